// Bytes as a file of JSON records: through the stream, and each record to an article.
#include <cstdlib>

#include "intake/intake.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onrecord;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  SourceOptions options;
  options.format = SourceFormat::kJsonLines;
  options.limits.document_bytes = 1 << 16;
  for (const char* path : {"fuzz.jsonl", "fuzz.json"}) {
    DocumentStream stream(std::make_unique<MemoryBytes>(bytes), path, options);
    std::uint64_t record = 0;
    while (const auto document = stream.next()) {
      if (!*document) continue;
      if ((*document)->record <= record || (*document)->bytes.size() > options.limits.document_bytes)
        std::abort();
      record = (*document)->record;
      const auto article = make_article(**document, options.limits);
      if (!article) continue;
      if (!is_valid_utf8(article->text)) std::abort();
      for (const Field& field : article->fields) {
        if (!is_valid_utf8(field.value) || field.value.contains('\0')) std::abort();
      }
    }
  }
  return 0;
}
