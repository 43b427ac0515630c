// A feed of quotations (RFC 4287), so that a feed reader tells what is new in a search.
#pragma once

#include <string>
#include <string_view>

#include "onrecord/record.h"

namespace onrecord {

class AtomFeed {
 public:
  /// `host` as the reader asked for it: entries lead to its pages.
  AtomFeed(std::string_view path, std::string_view words, std::string_view host);
  void add(const RecordedQuotation& row);
  [[nodiscard]] std::string finish();

 private:
  std::string host_;
  std::string head_;
  std::string entries_;
  std::string updated_;
};

}  // namespace onrecord
