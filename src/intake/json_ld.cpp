#include "intake/json_ld.h"

#include <libxml/HTMLparser.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "intake/ascii.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kArticleTypes[] = {"AnalysisNewsArticle",
                                              "Article",
                                              "AskPublicNewsArticle",
                                              "BackgroundNewsArticle",
                                              "BlogPosting",
                                              "LiveBlogPosting",
                                              "NewsArticle",
                                              "OpinionNewsArticle",
                                              "Report",
                                              "ReportageNewsArticle",
                                              "ReviewNewsArticle",
                                              "SocialMediaPosting"};

// JSON with the mistakes that pages make mended: raw control characters in strings, trailing commas, and a
// comment or CDATA section around the whole.
std::string mended(std::string_view script) {
  std::string json;
  json.reserve(script.size() + simdjson::SIMDJSON_PADDING);
  constexpr std::string_view kSectionBegin = "<![CDATA[";
  const std::size_t section = script.find(kSectionBegin);
  constexpr std::size_t kFirstLines = 64;  // where a section around the whole begins
  if (section < kFirstLines) {
    script = script.substr(section + kSectionBegin.size());
    script = script.substr(0, script.rfind("]]>"));
  }
  const std::size_t begin = script.find_first_of("{[");
  const std::size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return json;
  bool in_string = false;
  for (std::size_t at = begin; at <= end; ++at) {
    const char c = script[at];
    if (in_string && c == '\\' && at < end) {
      json += c;
      json += script[++at];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && (c == '}' || c == ']')) {
      while (!json.empty() && json.back() == ' ') json.pop_back();
      if (!json.empty() && json.back() == ',') json.pop_back();
    }
    json += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return json;
}

std::string_view string_of(dom::element element) {
  std::string_view text;
  return element.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::string_view string_of(const simdjson::simdjson_result<dom::element>& found) {
  return found.error() == simdjson::SUCCESS ? string_of(found.value_unsafe()) : std::string_view();
}

bool is_one_of(std::string_view type, std::span<const std::string_view> types) {
  const std::size_t slash = type.find_last_of('/');
  if (slash != std::string_view::npos) type.remove_prefix(slash + 1);
  return std::ranges::find(types, type) != types.end();
}

bool has_type(const dom::object& object, std::span<const std::string_view> types) {
  dom::element type;
  if (object["@type"].get(type) != simdjson::SUCCESS) return false;
  if (type.is_string()) return is_one_of(string_of(type), types);
  dom::array list;
  if (type.get(list) != simdjson::SUCCESS) return false;
  for (dom::element one : list) {
    if (is_one_of(string_of(one), types)) return true;
  }
  return false;
}

void add(PageClaims& claims, std::string_view value, std::string_view key) {
  std::string plain = plain_value(value);
  if (!plain.empty()) claims.push_back({std::move(plain), "json-ld:" + std::string(key)});
}

/// Reads the objects of one script, articles wherever they stand.
class JsonLdReader {
 public:
  explicit JsonLdReader(PageMetadata& metadata) : metadata_(metadata) {}

  [[nodiscard]] bool read_article() const { return read_article_; }

  // The recursion is bounded by the parser's depth limit.
  void read(dom::element element) {
    if (element.is_array()) {
      for (dom::element one : dom::array(element)) read(one);
    } else if (element.is_object()) {
      const dom::object object = element;
      if (has_type(object, kArticleTypes) && !read_article_) return add_article(object);
      for (const dom::key_value_pair member : object) read(member.value);
    }
  }

 private:
  void add_article(const dom::object& article) {
    read_article_ = true;
    add(metadata_.headlines, string_of(article["headline"]), "headline");
    add(metadata_.headlines, string_of(article["name"]), "name");
    add(metadata_.subtitles, string_of(article["alternativeHeadline"]), "alternativeHeadline");
    add(metadata_.descriptions, string_of(article["description"]), "description");
    add(metadata_.published, string_of(article["datePublished"]), "datePublished");
    add(metadata_.modified, string_of(article["dateModified"]), "dateModified");
    add(metadata_.languages, string_of(article["inLanguage"]), "inLanguage");
    add(metadata_.outlets, name_of(article["publisher"]), "publisher");
    add(metadata_.canonicals, page_of(article["mainEntityOfPage"]), "mainEntityOfPage");
    add(metadata_.canonicals, string_of(article["url"]), "url");
    each(article["articleSection"],
         [&](dom::element one) { add(metadata_.sections, string_of(one), "articleSection"); });
    each(article["author"], [&](dom::element one) { add_author(one, "author"); });
    if (metadata_.authors.empty()) {
      each(article["creator"], [&](dom::element one) { add_author(one, "creator"); });
    }
  }

  void add_author(dom::element one, std::string_view key) {
    static constexpr std::string_view kOrganizations[] = {"Organization", "NewsMediaOrganization",
                                                          "Corporation", "NGO", "GovernmentOrganization"};
    AuthorClaim author;
    author.name = {plain_value(name_of(one)), "json-ld:" + std::string(key)};
    if (author.name.value.empty() || metadata_.authors.size() >= kMostAuthors) return;
    author.is_organization = one.is_object() && has_type(dom::object(one), kOrganizations);
    metadata_.authors.push_back(std::move(author));
  }

  template <class Action>
  static void each(const simdjson::simdjson_result<dom::element>& found, Action action) {
    if (found.error() != simdjson::SUCCESS) return;
    const dom::element element = found.value_unsafe();
    if (!element.is_array()) return action(element);
    for (dom::element one : dom::array(element)) action(one);
  }

  // The name of a thing that is written as text, as an object, or as a list of those.
  static std::string_view name_of(dom::element element) {
    if (element.is_object()) return string_of(dom::object(element)["name"]);
    dom::array list;
    if (element.get(list) != simdjson::SUCCESS) return string_of(element);
    return list.size() == 0 || list.at(0).value_unsafe().is_array() ? std::string_view()
                                                                    : name_of(list.at(0).value_unsafe());
  }
  static std::string_view name_of(const simdjson::simdjson_result<dom::element>& found) {
    return found.error() == simdjson::SUCCESS ? name_of(found.value_unsafe()) : std::string_view();
  }

  static std::string_view page_of(const simdjson::simdjson_result<dom::element>& found) {
    if (found.error() != simdjson::SUCCESS) return {};
    const dom::element element = found.value_unsafe();
    return element.is_object() ? string_of(dom::object(element)["@id"]) : string_of(element);
  }

  PageMetadata& metadata_;
  bool read_article_ = false;
};

// The code point of "#8217" or "#x2019" or "rsquo", 0 when there is none.
char32_t code_point_of(std::string_view reference) {
  if (!reference.starts_with('#')) {
    if (reference == "apos") return U'\'';
    const std::string name(reference);
    const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
    return entity == nullptr ? 0 : entity->value;
  }
  reference.remove_prefix(1);
  const bool hexadecimal = reference.starts_with('x') || reference.starts_with('X');
  if (hexadecimal) reference.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(reference.data(), reference.data() + reference.size(), value, hexadecimal ? 16 : 10);
  const bool is_scalar = value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF);
  return error == std::errc() && end == reference.data() + reference.size() && is_scalar ? value : 0;
}

std::string decoded(std::string_view value) {
  constexpr std::size_t kLongestReference = 10;  // "&thetasym;"
  std::string out;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const std::size_t end =
        value[at] == '&' ? value.substr(0, at + kLongestReference + 1).find(';', at) : std::string_view::npos;
    const char32_t c = end == std::string_view::npos ? 0 : code_point_of(value.substr(at + 1, end - at - 1));
    if (c == 0) {
      out += value[at];
    } else {
      append_utf8(out, c);
      at = end;
    }
  }
  return out;
}

}  // namespace

std::string plain_value(std::string_view value) {
  std::string plain = value.contains('&') ? decoded(value) : std::string(value);
  if (plain.contains("&")) plain = decoded(plain);
  std::string out;
  for (const char c : plain) {
    if (!is_ascii_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trim_ascii(out));
}

bool add_json_ld(std::string_view script, const Limits& limits, PageMetadata& metadata) {
  const simdjson::padded_string json(mended(script));
  dom::parser parser;
  if (parser.allocate(json.size() + 1, limits.json_depth) != simdjson::SUCCESS) return false;
  dom::element root;
  if (parser.parse(json).get(root) != simdjson::SUCCESS) return false;
  JsonLdReader reader(metadata);
  reader.read(root);
  return reader.read_article();
}

}  // namespace onrecord
