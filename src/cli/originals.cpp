#include "cli/originals.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "intake/intake.h"

namespace onrecord::cli {

Record::NextDocument documents_below(const std::string& folder) {
  auto stream = std::make_shared<DocumentStream>(std::vector<std::string>{folder}, SourceOptions{});
  return [stream]() -> std::optional<std::string> {
    while (std::optional<Result<RawDocument>> document = stream->next()) {
      if (*document) return std::move((*document)->bytes);
    }
    return std::nullopt;
  };
}

Result<Article> intake_again(const Original& original, std::string_view bytes) {
  DocumentStream stream(std::make_unique<MemoryBytes>(bytes), original.path, {});
  const std::optional<Result<RawDocument>> document = stream.next();
  if (!document) return fail(ErrorCode::kEmpty, "no document in the bytes of the original");
  if (!*document) return std::unexpected(document->error());
  return make_article(**document, Limits{});
}

}  // namespace onrecord::cli
