#include "intake/charset.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "intake/charset_prescan.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::size_t kPrescan = 1024;          // bytes; HTML standard, 13.2.3.2
constexpr std::size_t kLatePrescan = 64 << 10;  // bytes; where nothing else says anything
constexpr std::size_t kDetection = 64 << 10;    // bytes that ICU looks at: more changes no answer
constexpr std::int32_t kSureEnough = 50;        // of 100; ICU: "10 is a wild guess"
constexpr std::uint64_t kMostReplaced = 100;    // one byte in so many

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};
// UTF-32 before UTF-16, whose mark it begins with.
constexpr std::array<Mark, 5> kMarks = {{{"\xEF\xBB\xBF", "utf-8"},
                                         {{"\xFF\xFE\0\0", 4}, "utf-32le"},
                                         {{"\0\0\xFE\xFF", 4}, "utf-32be"},
                                         {"\xFF\xFE", "utf-16le"},
                                         {"\xFE\xFF", "utf-16be"}}};

// The name under which ICU has the tables of a WHATWG charset, where it differs.
const char* converter_name(std::string_view charset) {
  constexpr std::array<std::pair<std::string_view, const char*>, 5> kOther = {
      {{"shift_jis", "ibm-943_P15A-2003"},
       {"euc-kr", "windows-949"},
       {"big5", "Big5-HKSCS"},
       {"macintosh", "macintosh"},
       {"x-mac-cyrillic", "x-mac-cyrillic"}}};
  for (const auto& [name, converter] : kOther) {
    if (name == charset) return converter;
  }
  return charset.data();  // all names are literals, with a zero behind them
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// ICU's callback for bytes that the charset does not know: U+FFFD, and count them.
void U_CALLCONV replace_and_count(const void* context, UConverterToUnicodeArgs* arguments, const char*,
                                  int32_t size, UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;  // reset, close, clone: nothing to decode
  *static_cast<std::uint64_t*>(const_cast<void*>(context)) += static_cast<std::uint64_t>(size);
  *status = U_ZERO_ERROR;
  constexpr UChar kReplacement = 0xFFFD;
  ucnv_cbToUWriteUChars(arguments, &kReplacement, 1, 0, status);
}

void append_utf16(std::string& out, const std::vector<UChar>& units, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    char32_t c = units[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < size)
      c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00U);
    append_utf8(out, c);
  }
}

DecodedText decode_utf8(std::string_view bytes) {
  DecodedText decoded;
  decoded.charset = "utf-8";
  if (is_valid_utf8(bytes)) {
    decoded.text = bytes;
    return decoded;
  }
  decoded.text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t good = valid_utf8_prefix(bytes);
    decoded.text += bytes.substr(0, good);
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    append_utf8(decoded.text, 0xFFFD);
    do {
      bytes.remove_prefix(1);
      ++decoded.replaced;
    } while (!bytes.empty() && (static_cast<unsigned char>(bytes[0]) & 0xC0) == 0x80);
  }
  return decoded;
}

// By ICU's tables. Converts in blocks, so that memory stays near the size of the text.
std::optional<DecodedText> decode_with_icu(std::string_view bytes, std::string_view charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(converter_name(charset), &status));
  if (U_FAILURE(status)) return std::nullopt;
  DecodedText decoded;
  decoded.charset = charset;
  ucnv_setToUCallBack(converter.get(), replace_and_count, &decoded.replaced, nullptr, nullptr, &status);
  std::vector<UChar> units(16 << 10);
  const char* at = bytes.data();
  const char* const end = bytes.data() + bytes.size();
  std::vector<UChar> held;  // the first half of a pair that a block ended in
  do {
    status = U_ZERO_ERROR;
    UChar* to = units.data();
    ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &at, end, nullptr, true, &status);
    held.insert(held.end(), units.data(), to);
    const bool cut_pair =
        status == U_BUFFER_OVERFLOW_ERROR && !held.empty() && (held.back() & 0xFC00) == 0xD800;
    append_utf16(decoded.text, held, held.size() - (cut_pair ? 1 : 0));
    held.erase(held.begin(), held.end() - (cut_pair ? 1 : 0));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status)) return std::nullopt;
  return decoded;
}

Result<DecodedText> decode_as(std::string_view bytes, std::string_view charset, std::string_view found_in) {
  std::optional<DecodedText> decoded =
      charset == "utf-8" ? decode_utf8(bytes) : decode_with_icu(bytes, charset);
  if (!decoded) {
    return fail(ErrorCode::kBadEncoding, fmt::format("the charset {} cannot be read here", charset));
  }
  if (decoded->replaced * kMostReplaced > bytes.size()) {
    return fail(ErrorCode::kBadEncoding, fmt::format("{} of {} bytes are not {} ({})", decoded->replaced,
                                                     bytes.size(), charset, found_in));
  }
  decoded->found_in = found_in;
  return *std::move(decoded);
}

// How the bytes would do as UTF-8.
struct Utf8Evidence {
  std::uint64_t beyond_ascii = 0;  // characters of several bytes
  std::uint64_t damaged = 0;       // bytes that fit nowhere
};

Utf8Evidence utf8_evidence(std::string_view bytes) {
  Utf8Evidence evidence;
  while (!bytes.empty()) {
    const std::size_t good = valid_utf8_prefix(bytes);
    evidence.beyond_ascii += static_cast<std::uint64_t>(std::ranges::count_if(
        bytes.substr(0, good), [](char c) { return static_cast<unsigned char>(c) >= 0xC2; }));
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    bytes.remove_prefix(1);
    ++evidence.damaged;
  }
  return evidence;
}

// UTF-16 without a mark: English has a zero as every other byte.
std::string_view utf16_by_zeros(std::string_view bytes) {
  std::array<std::size_t, 2> zeros = {0, 0};
  const std::size_t pairs = bytes.size() / 2;
  for (std::size_t i = 0; i < pairs * 2; ++i) zeros[i % 2] += bytes[i] == '\0';
  if (pairs == 0 || bytes.size() % 2 != 0) return {};
  const auto is_most = [&](std::size_t count) { return count * 10 > pairs * 7; };
  const auto is_few = [&](std::size_t count) { return count * 100 < pairs; };
  if (is_most(zeros[1]) && is_few(zeros[0])) return "utf-16le";
  if (is_most(zeros[0]) && is_few(zeros[1])) return "utf-16be";
  return {};
}

std::string_view detect(std::string_view bytes, bool html) {
  bytes = bytes.substr(0, kDetection);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  ucsdet_enableInputFilter(detector.get(), html);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  const std::int32_t confidence = ucsdet_getConfidence(match, &status);
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || confidence < kSureEnough) return {};
  return charset_of_label(name);
}

// Nearly no control characters but the white ones: text in some single-byte charset.
bool is_mostly_printable(std::string_view bytes) {
  const auto controls = std::ranges::count_if(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool control = byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    const bool unused =
        byte == 0x7F || byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
    return control || unused;
  });
  return static_cast<std::uint64_t>(controls) * kMostReplaced <= bytes.size();
}

}  // namespace

Result<DecodedText> decode_text(std::string_view bytes, const CharsetEvidence& evidence) {
  for (const Mark& mark : kMarks) {
    if (bytes.starts_with(mark.bytes)) return decode_as(bytes.substr(mark.bytes.size()), mark.charset, "bom");
  }
  if (const auto charset = charset_of_label(evidence.header); !charset.empty()) {
    return decode_as(bytes, charset, "header");
  }
  const Utf8Evidence utf8 = utf8_evidence(bytes);
  constexpr std::uint64_t kSeveral = 3;  // by chance such runs do not come about in any other charset
  if (evidence.html && (utf8.damaged > 0 || utf8.beyond_ascii < kSeveral)) {
    if (const auto charset = charset_in_page(bytes.substr(0, kPrescan)); !charset.empty()) {
      return decode_as(bytes, charset, "meta");
    }
  }
  if (utf8.damaged == 0 && !bytes.contains('\0')) return decode_as(bytes, "utf-8", "utf-8");
  if (utf8.damaged * 4 < utf8.beyond_ascii) return decode_as(bytes, "utf-8", "utf-8");
  if (const auto charset = utf16_by_zeros(bytes); !charset.empty())
    return decode_as(bytes, charset, "detection");
  if (bytes.contains('\0'))
    return fail(ErrorCode::kUnsupportedFormat, "binary data, not text; save it as text or HTML first");
  if (evidence.html) {
    if (const auto charset = charset_in_page(bytes.substr(0, kLatePrescan)); !charset.empty()) {
      return decode_as(bytes, charset, "meta");
    }
  }
  if (const auto charset = detect(bytes, evidence.html); !charset.empty() && charset != "utf-8") {
    if (auto decoded = decode_as(bytes, charset, "detection")) return decoded;
  }
  if (is_mostly_printable(bytes)) return decode_as(bytes, "windows-1252", "fallback");
  return fail(ErrorCode::kBadEncoding, "no charset gives readable text; convert it to UTF-8");
}

std::string describe_encoding(const DecodedText& decoded) {
  if (decoded.replaced == 0) return decoded.charset;
  return fmt::format("{}, {} {} replaced", decoded.charset, decoded.replaced,
                     decoded.replaced == 1 ? "byte" : "bytes");
}

}  // namespace onrecord
