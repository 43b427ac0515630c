#include "record/ids.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "onrecord/record.h"

namespace onrecord {
namespace {

constexpr std::string_view kDigits =
    "0123456789abcdefghjkmnpqrstvwxyz";  // https://www.crockford.com/base32.html
constexpr int kIdDigits = 12;

void add_number(Sha256& hash, std::uint64_t number) {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(number >> (8 * i));
  hash.add(std::string_view(bytes.data(), bytes.size()));
}

/// A page is the same whatever part of it a link jumps to.
std::string without_fragment(std::string_view url) { return std::string(url.substr(0, url.find('#'))); }

/// Says where the bytes came from, not what the article is.
bool is_about_the_file(const Field& field) { return field.name == "encoding"; }

std::string version_id_of(std::string_view article_id, std::string_view text_sha256, const Article& article) {
  Sha256 hash;
  hash.add_part("version");
  hash.add_part(article_id);
  hash.add_part(text_sha256);
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  for (const Field& field : article.fields) {
    if (!is_about_the_file(field)) fields.emplace_back(field.name, field.value);
  }
  // The order of different names is chance; among fields of one name the first is the best.
  std::ranges::stable_sort(fields, {}, &std::pair<std::string_view, std::string_view>::first);
  for (const auto& [field_name, value] : fields) hash.add_part(field_name), hash.add_part(value);
  for (const Paragraph& paragraph : article.paragraphs) {
    hash.add_part(name(paragraph.role));
    add_number(hash, paragraph.span.begin);
    add_number(hash, paragraph.span.end);
  }
  return make_id('v', hash.finish());
}

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const icu::UnicodeString source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::UnicodeString result = nfc->normalize(source, status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out;
  result.toUTF8String(out);
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool tells_who(std::string_view name, SpeakerKind kind) {
  if (kind == SpeakerKind::kOrganization) return true;
  return kind == SpeakerKind::kPerson && name.find(' ') != std::string_view::npos;
}

}  // namespace

std::string make_id(char prefix, const Digest& digest) {
  std::uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | digest[static_cast<std::size_t>(i)];
  std::string id(1, prefix);
  for (int i = 0; i < kIdDigits; ++i, bits <<= 5) id += kDigits[bits >> 59];
  return id;
}

std::string normalise_id(std::string_view typed, std::string_view prefixes) {
  if (typed.size() < 2 || typed.size() > 1 + kIdDigits) return {};
  std::string id;
  for (const char c : typed) {
    char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (id.empty()) {
      if (prefixes.find(lower) == std::string_view::npos) return {};
    } else {
      if (lower == 'o') lower = '0';
      if (lower == 'i' || lower == 'l') lower = '1';
      if (kDigits.find(lower) == std::string_view::npos) return {};
    }
    id += lower;
  }
  return id;
}

ArticleIdentity identify(const Article& article) {
  ArticleIdentity identity;
  identity.outlet = article.field("outlet");
  identity.canonical_url = without_fragment(article.field("canonical_url"));
  if (identity.canonical_url.empty()) identity.canonical_url = without_fragment(article.field("url"));
  identity.text_sha256 = hex(sha256(article.text));
  Sha256 hash;
  hash.add_part("article");
  hash.add_part(identity.outlet);
  hash.add_part(identity.canonical_url.empty() ? "text" : "url");
  hash.add_part(identity.canonical_url.empty() ? identity.text_sha256 : identity.canonical_url);
  identity.article = make_id('a', hash.finish());
  identity.version = version_id_of(identity.article, identity.text_sha256, article);
  return identity;
}

std::string quotation_id(std::string_view version_id, const Spans& content, std::uint32_t ordinal) {
  Sha256 hash;
  hash.add_part("quotation");
  hash.add_part(version_id);
  add_number(hash, ordinal);
  for (const Span span : content) add_number(hash, span.begin), add_number(hash, span.end);
  return make_id('q', hash.finish());
}

std::string normalised_name(std::string_view name) {
  std::string text = composed(name);
  replace_all(text, "\xE2\x80\x99", "'");  // right single quotation mark, as an apostrophe
  replace_all(text, "\xC2\xA0", " ");      // no-break space
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

SpeakerIdentity identify_speaker(std::string_view name, SpeakerKind kind, std::string_view article_id,
                                 NameHolds holds) {
  SpeakerIdentity identity;
  identity.name = normalised_name(name);
  identity.is_of_article = holds == NameHolds::kInItsArticle || !tells_who(identity.name, kind);
  Sha256 hash;
  hash.add_part("speaker");
  hash.add_part(onrecord::name(kind));
  hash.add_part(identity.name);
  hash.add_part(identity.is_of_article ? article_id : std::string_view());
  identity.id = make_id('p', hash.finish());
  return identity;
}

std::string article_id(const Article& article) { return identify(article).article; }
std::string version_id(const Article& article) { return identify(article).version; }

}  // namespace onrecord
