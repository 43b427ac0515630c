// The originals of a record, found again in a folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "intake/source.h"
#include "onrecord/record.h"

namespace onrecord::cli {

/// Documents below a folder by the hash of their bytes. Built by reading all of them once; keeps places, not
/// bytes.
class Originals {
 public:
  explicit Originals(const std::string& folder);

  /// The bytes of `original`, read again; nothing when no document has its hash.
  [[nodiscard]] std::optional<std::string> find(const Original& original) const;
  [[nodiscard]] std::size_t count() const { return places_.size(); }

 private:
  struct Place {
    std::string path;
    std::uint64_t record = 0;
  };
  std::unordered_map<std::string, Place> places_;  // by SHA-256
};

/// Runs intake on bytes that stood at the place of `original`, as an ingest of that file would have.
[[nodiscard]] Result<Article> intake_again(const Original& original, std::string_view bytes);

}  // namespace onrecord::cli
