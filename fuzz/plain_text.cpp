// Bytes of any charset to an article: decoding, paragraphs, roles, fields.
#include "intake/plain_text.h"

#include <cstdlib>

#include "intake/charset.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

void check(bool promise) {
  if (!promise) std::abort();
}

void check_article(const Article& article, const std::string& text) {
  check(article.text == text);
  std::uint32_t end = 0;
  for (const Paragraph& paragraph : article.paragraphs) {
    check(paragraph.span.begin >= end && paragraph.span.begin < paragraph.span.end);
    check(paragraph.span.end <= text.size() && is_valid_utf8(cut(text, paragraph.span)));
    end = paragraph.span.end;
  }
  for (const Field& field : article.fields) {
    check(field.span && field.span->begin < field.span->end && field.span->end <= text.size());
    check(is_valid_utf8(cut(text, *field.span)) && is_valid_utf8(field.value));
  }
}

}  // namespace
}  // namespace onrecord

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace onrecord;
  if (size == 0) return 0;
  constexpr const char* kHeaders[] = {"",     "utf-8",  "shift_jis",    "gb18030",
                                      "big5", "euc-jp", "windows-1251", "utf-16le"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto decoded = decode_text(bytes, {kHeaders[data[0] % 8], (data[0] & 8) != 0});
  if (!decoded) return 0;
  check(is_valid_utf8(decoded->text));
  const auto article = article_from_text(decoded->text, {"Pier closed", {"Ada Lowe"}}, {});
  if (article) check_article(*article, decoded->text);
  return 0;
}
