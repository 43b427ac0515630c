#include "serve/fetched_document.h"

#include <memory>

#include "intake/intake.h"

namespace onrecord {
namespace {

DocumentStream plain_stream(const Fetched& fetched, const SourceOptions& options) {
  return DocumentStream(std::make_unique<MemoryBytes>(fetched.bytes), fetched.url, options);
}

/// Whether the page says itself what its address is.
bool names_its_address(const Fetched& fetched, const SourceOptions& options) {
  DocumentStream stream = plain_stream(fetched, options);
  const auto document = stream.next();
  if (!document || !*document) return false;
  const auto article = make_article(**document, options.limits);
  return article && !article->field("canonical_url").empty();
}

}  // namespace

DocumentStream stream_of(const Fetched& fetched, SourceOptions options) {
  if (fetched.type.starts_with("text/html") || fetched.type.starts_with("application/xhtml"))
    options.format = SourceFormat::kHtml;
  if (fetched.type.starts_with("text/plain")) options.format = SourceFormat::kText;
  if (options.url.empty() && !names_its_address(fetched, options)) options.url = fetched.url;
  return plain_stream(fetched, options);
}

}  // namespace onrecord
