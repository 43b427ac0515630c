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

struct Signature {
  std::size_t at;  // offset in the file
  std::string_view bytes;
  std::string_view what;
  std::string_view advice;
};

// From the formats' own documents and the table of the Unix command file(1).
constexpr Signature kSignatures[] = {
    {0, "%PDF-"sv, "a PDF document", kConvert},
    {0, "{\\rtf"sv, "an RTF document", kConvert},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Word, Excel or Outlook file (OLE)", kConvert},
    {30, "mimetypeapplication/epub+zip"sv, "an EPUB book", kConvert},
    {30, "mimetypeapplication/vnd.oasis.opendocument"sv, "an OpenDocument file", kConvert},
    {30, "[Content_Types].xml"sv, "a Word, Excel or PowerPoint file", kConvert},
    {30, "word/"sv, "a Word document", kConvert},
    {0, "PK\x03\x04"sv, "a zip archive", "unpack it first"},
    {0, "PK\x05\x06"sv, "an empty zip archive", kNoArticle},
    {0, "BZh"sv, "compressed with bzip2", "decompress it first"},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "compressed with xz", "decompress it first"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive", "unpack it first"},
    {0, "Rar!\x1A\x07"sv, "a RAR archive", "unpack it first"},
    {257, "ustar"sv, "a tar archive", "unpack it first"},
    {0, "%!PS"sv, "a PostScript document", kConvert},
    {0, "SQLite format 3\0"sv, "an SQLite database", "export its texts as JSON Lines first"},
    {0, "PAR1"sv, "a Parquet file", "export its texts as JSON Lines first"},
    {0, "\x89PNG"sv, "a picture (PNG)", kNoArticle},
    {0, "\xFF\xD8\xFF"sv, "a picture (JPEG)", kNoArticle},
    {0, "GIF8"sv, "a picture (GIF)", kNoArticle},
    {0, "II*\0"sv, "a picture (TIFF)", kNoArticle},
    {0, "MM\0*"sv, "a picture (TIFF)", kNoArticle},
    {8, "WEBP"sv, "a picture (WebP)", kNoArticle},
    {8, "WAVE"sv, "a sound recording (WAV)", kNoArticle},
    {8, "AVI "sv, "a video (AVI)", kNoArticle},
    {4, "ftyp"sv, "a video, sound or picture file (MP4 family)", kNoArticle},
    {0, "\x1A\x45\xDF\xA3"sv, "a video (Matroska, WebM)", kNoArticle},
    {0, "OggS"sv, "a sound or video file (Ogg)", kNoArticle},
    {0, "ID3"sv, "a sound recording (MP3)", kNoArticle},
    {0, "\xFF\xFB"sv, "a sound recording (MP3)", kNoArticle},
    {0, "fLaC"sv, "a sound recording (FLAC)", kNoArticle},
    {0, "wOFF"sv, "a font", kNoArticle},
    {0, "wOF2"sv, "a font", kNoArticle},
    {0,
     "\x7F"
     "ELF"sv,
     "a program (ELF)", kNoArticle},
    {0, "\xCF\xFA\xED\xFE"sv, "a program (Mach-O)", kNoArticle},
    {0, "\0asm"sv, "a program (WebAssembly)", kNoArticle},
    {0, "WARC/"sv, "a WARC archive", "WARC is not read yet; extract its pages as HTML or JSON Lines first"},
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

// "MZ" and "BM" begin ordinary words too; a zero byte tells them apart.
std::string_view program_or_bitmap(std::string_view head) {
  if (!head.contains('\0') || has_wide_mark(head)) return {};
  if (head.starts_with("MZ")) return "a program (Windows)";
  if (head.starts_with("BM")) return "a picture (BMP)";
  return {};
}

std::optional<Error> refuse_binary(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() >= signature.at && head.substr(signature.at).starts_with(signature.bytes)) {
      return refuse(signature.what, signature.advice).error();
    }
  }
  if (const auto what = program_or_bitmap(head); !what.empty()) return refuse(what, kNoArticle).error();
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
