// To UTF-8 from whatever charset a document is in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "onrecord/error.h"

namespace onrecord {

/// What is told about the charset from outside, and whether the bytes may tell it themselves.
struct CharsetEvidence {
  std::string header;  ///< charset of an HTTP header or of the container; empty when unknown
  bool html = false;   ///< a <meta> tag or XML declaration may name it
};

/// Text in valid UTF-8, never normalised, without a byte order mark.
struct DecodedText {
  std::string text;
  std::string charset;         ///< WHATWG name: "utf-8", "windows-1252", "shift_jis", ...
  std::string found_in;        ///< "bom", "header", "meta", "utf-8", "detection", "fallback"
  std::uint64_t replaced = 0;  ///< bytes that the charset does not know; each run is one U+FFFD in the text
};

/// Decodes by the first of these that says something:
///   1. a byte order mark (UTF-8, UTF-16, UTF-32);
///   2. the header;
///   3. for HTML, <meta charset>, http-equiv or the XML declaration in the first 1024 bytes (HTML standard,
///      "prescan a byte stream"), later ones where nothing else helps; bytes that are valid UTF-8 with
///      several characters beyond ASCII are UTF-8 whatever the page says about itself (it was converted when
///      saved);
///   4. bytes that are valid UTF-8, or are so but for a few damaged ones;
///   5. zero bytes at every other place: UTF-16 without a mark;
///   6. ICU's detection, where it is sure enough;
///   7. windows-1252, where the text is nearly all printable.
/// Labels mean what the WHATWG Encoding standard says ("iso-8859-1" is windows-1252); charsets that the
/// standard leaves out (UTF-7, ...) are not known.
/// More than one byte in a hundred replaced, or nothing that fits: `kBadEncoding`.
/// Costs O(bytes). Thread-safe.
[[nodiscard]] Result<DecodedText> decode_text(std::string_view bytes, const CharsetEvidence& evidence);

/// The WHATWG name that `label` stands for ("latin1" -> "windows-1252"); empty when there is none.
[[nodiscard]] std::string_view charset_of_label(std::string_view label);

/// The value of the `encoding` field: "utf-8", "utf-8, 3 bytes replaced".
[[nodiscard]] std::string describe_encoding(const DecodedText& decoded);

}  // namespace onrecord
