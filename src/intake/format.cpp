#include "intake/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "intake/ascii.h"

namespace onrecord {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kConvert = "convert it to text or HTML first";
constexpr std::string_view kNoArticle = "it holds no article";

// A zero byte tells a format whose signature is an ordinary word from a text that begins with it.
enum class Zero { kNotNeeded, kNeeded };

struct Signature {
  std::string_view begin;
  std::size_t at;         // offset of `then` in the file
  std::string_view then;  // empty when `begin` is enough
  Zero zero;
  std::string_view what;
  std::string_view advice;
};

constexpr auto kAny = Zero::kNotNeeded;

// From the formats' own documents and the table of the Unix command file(1).
constexpr Signature kSignatures[] = {
    {"%PDF-"sv, 0, {}, kAny, "a PDF document", kConvert},
    {"{\\rtf"sv, 0, {}, kAny, "an RTF document", kConvert},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, 0, {}, kAny, "an old Word, Excel or Outlook file (OLE)", kConvert},
    {"PK\x03\x04"sv, 30, "mimetypeapplication/epub+zip"sv, kAny, "an EPUB book", kConvert},
    {"PK\x03\x04"sv, 30, "mimetypeapplication/vnd.oasis.opendocument"sv, kAny, "an OpenDocument file",
     kConvert},
    {"PK\x03\x04"sv, 30, "[Content_Types].xml"sv, kAny, "a Word, Excel or PowerPoint file", kConvert},
    {"PK\x03\x04"sv, 30, "word/"sv, kAny, "a Word document", kConvert},
    {"PK\x03\x04"sv, 0, {}, kAny, "a zip archive", "unpack it first"},
    {"PK\x05\x06"sv, 0, {}, kAny, "an empty zip archive", kNoArticle},
    {"BZh"sv, 4, "1AY&SY"sv, kAny, "compressed with bzip2", "decompress it first"},
    {"\xFD"
     "7zXZ\0"sv,
     0,
     {},
     kAny,
     "compressed with xz",
     "decompress it first"},
    {"7z\xBC\xAF\x27\x1C"sv, 0, {}, kAny, "a 7-Zip archive", "unpack it first"},
    {"Rar!\x1A\x07"sv, 0, {}, kAny, "a RAR archive", "unpack it first"},
    {""sv, 257, "ustar"sv, Zero::kNeeded, "a tar archive", "unpack it first"},
    {"%!PS"sv, 0, {}, kAny, "a PostScript document", kConvert},
    {"SQLite format 3\0"sv, 0, {}, kAny, "an SQLite database", "export its texts as JSON Lines first"},
    {"PAR1"sv, 0, {}, Zero::kNeeded, "a Parquet file", "export its texts as JSON Lines first"},
    {"\x89PNG"sv, 0, {}, kAny, "a picture (PNG)", kNoArticle},
    {"\xFF\xD8\xFF"sv, 0, {}, kAny, "a picture (JPEG)", kNoArticle},
    {"GIF8"sv, 0, {}, Zero::kNeeded, "a picture (GIF)", kNoArticle},
    {"BM"sv, 0, {}, Zero::kNeeded, "a picture (BMP)", kNoArticle},
    {"II*\0"sv, 0, {}, kAny, "a picture (TIFF)", kNoArticle},
    {"MM\0*"sv, 0, {}, kAny, "a picture (TIFF)", kNoArticle},
    {"RIFF"sv, 8, "WEBP"sv, kAny, "a picture (WebP)", kNoArticle},
    {"RIFF"sv, 8, "WAVE"sv, kAny, "a sound recording (WAV)", kNoArticle},
    {"RIFF"sv, 8, "AVI "sv, kAny, "a video (AVI)", kNoArticle},
    {""sv, 4, "ftyp"sv, Zero::kNeeded, "a video, sound or picture file (MP4 family)", kNoArticle},
    {"\x1A\x45\xDF\xA3"sv, 0, {}, kAny, "a video (Matroska, WebM)", kNoArticle},
    {"OggS"sv, 0, {}, Zero::kNeeded, "a sound or video file (Ogg)", kNoArticle},
    {"ID3"sv, 0, {}, Zero::kNeeded, "a sound recording (MP3)", kNoArticle},
    {"\xFF\xFB"sv, 0, {}, kAny, "a sound recording (MP3)", kNoArticle},
    {"fLaC"sv, 0, {}, Zero::kNeeded, "a sound recording (FLAC)", kNoArticle},
    {"wOFF"sv, 0, {}, Zero::kNeeded, "a font", kNoArticle},
    {"wOF2"sv, 0, {}, Zero::kNeeded, "a font", kNoArticle},
    {"\x7F"
     "ELF"sv,
     0,
     {},
     kAny,
     "a program (ELF)",
     kNoArticle},
    {"\xCF\xFA\xED\xFE"sv, 0, {}, kAny, "a program (Mach-O)", kNoArticle},
    {"\0asm"sv, 0, {}, kAny, "a program (WebAssembly)", kNoArticle},
    {"MZ"sv, 0, {}, Zero::kNeeded, "a program (Windows)", kNoArticle},
    {"WARC/"sv,
     0,
     {},
     kAny,
     "a WARC archive",
     "WARC is not read yet; extract its pages as HTML or JSON Lines first"},
};

struct Refused {
  std::string_view extensions;  // separated by one space
  std::string_view what;
  std::string_view advice;
};

// Files that lie beside articles and would pass for text.
constexpr Refused kRefused[] = {
    {"css js mjs map json5 wasm", "part of a web page", kNoArticle},
    {"svg ico", "a picture", kNoArticle},
    {"csv tsv", "a table", "convert it to JSON Lines first"},
    {"warc", "a WARC archive", "WARC is not read yet; extract its pages as HTML or JSON Lines first"},
    {"rss atom", "a feed", "feeds are not read yet; give the pages or JSON Lines"},
    {"mhtml mht eml msg", "a mail or web archive", kConvert},
    {"tex", "a LaTeX document", kConvert},
};

constexpr std::array<std::string_view, 10> kExtensions = {"txt", "text",  "md",    "markdown", "html",
                                                          "htm", "xhtml", "jsonl", "ndjson",   "json"};

SourceFormat format_of(std::string_view document_extension) {
  if (document_extension.contains("htm")) return SourceFormat::kHtml;
  return document_extension.contains("json") ? SourceFormat::kJsonLines : SourceFormat::kText;
}

bool lists(std::string_view words, std::string_view word) {
  return std::ranges::any_of(words | std::views::split(' '), [&](auto listed) {
    return std::string_view(listed.begin(), listed.end()) == word;
  });
}

std::unexpected<Error> refuse(std::string_view what, std::string_view advice) {
  return fail(ErrorCode::kUnsupportedFormat, fmt::format("this is {}; {}", what, advice));
}

std::string extension_of(std::string_view path) {
  const std::string_view name = name_without_compression(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lower(name.substr(dot + 1));
}

bool begins_as(std::string_view head, const Signature& signature) {
  if (!head.starts_with(signature.begin)) return false;
  if (signature.zero == Zero::kNeeded && !head.contains('\0')) return false;
  return head.size() >= signature.at && head.substr(signature.at).starts_with(signature.then);
}

std::optional<Error> refuse_binary(std::string_view head) {
  if (has_wide_mark(head)) return std::nullopt;  // text, whose zero bytes say nothing
  for (const Signature& signature : kSignatures) {
    if (begins_as(head, signature)) return refuse(signature.what, signature.advice).error();
  }
  return std::nullopt;
}

// Where the first tag, comment or declaration begins, if nothing but white space stands before it.
std::string_view from_first_tag(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim_ascii(head);
  return head.starts_with('<') ? head : std::string_view();
}

bool contains_tag(std::string_view lower, std::string_view name) {
  for (std::size_t at = lower.find(name); at != std::string_view::npos; at = lower.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end < lower.size() && (is_ascii_space(lower[end]) || lower[end] == '>')) return true;
  }
  return false;
}

enum class Markup { kNone, kHtml, kFeed, kOtherXml };

Markup markup_of(std::string_view head) {
  const std::string lower = ascii_lower(from_first_tag(head));
  if (lower.empty()) return Markup::kNone;
  if (contains_tag(lower, "<rss") || contains_tag(lower, "<feed") || contains_tag(lower, "<rdf:rdf")) {
    return Markup::kFeed;
  }
  if (lower.starts_with("<!doctype html")) return Markup::kHtml;
  for (const std::string_view tag :
       {"<html", "<head", "<body", "<title", "<meta", "<article", "<div", "<p", "<h1"}) {
    if (contains_tag(lower, tag)) return Markup::kHtml;
  }
  return lower.starts_with("<?xml") ? Markup::kOtherXml : Markup::kNone;
}

bool looks_like_json(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim_ascii(head);
  if (head.starts_with('[')) {
    const std::string_view inside = trim_ascii(head.substr(1));
    return inside.starts_with('{');
  }
  return head.starts_with('{') && trim_ascii(head.substr(1)).starts_with('"');
}

Result<SourceFormat> recognise_by_content(std::string_view head) {
  switch (markup_of(head)) {
    case Markup::kHtml:
      return SourceFormat::kHtml;
    case Markup::kFeed:
      return refuse("a feed (RSS or Atom)", "feeds are not read yet; give the pages or JSON Lines");
    case Markup::kOtherXml:
      return refuse("XML", kConvert);
    case Markup::kNone:
      break;
  }
  return looks_like_json(head) ? SourceFormat::kJsonLines : SourceFormat::kText;
}

}  // namespace

bool has_wide_mark(std::string_view head) {
  return head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv) ||
         head.starts_with("\0\0\xFE\xFF"sv);
}

std::span<const std::string_view> document_extensions() { return kExtensions; }

std::string_view name_without_compression(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view extension : {".gz", ".zst"}) {
    if (name.ends_with(extension)) name.remove_suffix(extension.size());
  }
  return name;
}

Result<SourceFormat> recognise_format(std::string_view path, std::string_view head,
                                      std::optional<SourceFormat> told) {
  if (auto error = refuse_binary(head)) return std::unexpected(*std::move(error));
  if (told) return *told;
  const std::string extension = extension_of(path);
  for (const Refused& refused : kRefused) {
    if (lists(refused.extensions, extension)) return refuse(refused.what, refused.advice);
  }
  if (std::ranges::find(kExtensions, extension) != kExtensions.end()) return format_of(extension);
  return recognise_by_content(head);
}

}  // namespace onrecord
