// Bytes as a file that may be compressed, whatever is in it.
#include <cstdlib>

#include "intake/intake.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onrecord;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  SourceOptions options;
  options.limits.document_bytes = 1 << 20;
  DocumentStream stream(std::make_unique<MemoryBytes>(bytes), "-", options);
  while (const auto document = stream.next()) {
    if (!*document) continue;
    if ((*document)->bytes.size() > options.limits.document_bytes) std::abort();
    if ((*document)->format == DocumentFormat::kHtml) continue;  // a target of its own
    const auto article = make_article(**document, options.limits);
    if (article && !is_valid_utf8(article->text)) std::abort();
  }
  return 0;
}
