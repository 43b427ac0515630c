#include "cli/originals.h"

#include <memory>

#include "intake/intake.h"
#include "text/sha256.h"

namespace onrecord::cli {

Originals::Originals(const std::string& folder) {
  DocumentStream stream({folder}, {});
  while (const std::optional<Result<RawDocument>> document = stream.next()) {
    if (*document)
      places_.try_emplace(hex((*document)->sha256), Place{(*document)->path, (*document)->record});
  }
}

std::optional<std::string> Originals::find(const Original& original) const {
  const auto place = places_.find(original.sha256);
  if (place == places_.end()) return std::nullopt;
  DocumentStream stream({place->second.path}, {});
  while (std::optional<Result<RawDocument>> document = stream.next()) {
    if (*document && (*document)->record == place->second.record) return std::move((*document)->bytes);
  }
  return std::nullopt;
}

Result<Article> intake_again(const Original& original, std::string_view bytes) {
  DocumentStream stream(std::make_unique<MemoryBytes>(bytes), original.path, {});
  const std::optional<Result<RawDocument>> document = stream.next();
  if (!document) return fail(ErrorCode::kEmpty, "no document in the bytes of the original");
  if (!*document) return std::unexpected(document->error());
  return make_article(**document, Limits{});
}

}  // namespace onrecord::cli
