#include "intake/json_lines.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <set>

#include "intake/charset.h"
#include "intake/html_byline.h"

namespace onrecord {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Members whose type is a promise of the format: another type is an error.
constexpr std::array<std::string_view, 7> kPromised = {"url",    "outlet", "title", "published",
                                                       "author", "html",   "text"};
// Members that are taken as fields when they are strings, and kept as they are otherwise.
constexpr std::array<std::string_view, 5> kOptional = {"modified", "canonical_url", "language", "section",
                                                       "retrieved"};

bool is_promised(std::string_view key) { return std::ranges::find(kPromised, key) != kPromised.end(); }
bool is_optional(std::string_view key) { return std::ranges::find(kOptional, key) != kOptional.end(); }

std::string_view name_of(element_type type) {
  switch (type) {
    case element_type::ARRAY:
      return "a list";
    case element_type::OBJECT:
      return "an object";
    case element_type::STRING:
      return "a string";
    case element_type::BOOL:
      return "true or false";
    case element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

// The string that `value` is; empty when it is none.
std::string_view string_of(const element& value) {
  std::string_view text;
  return value.get_string().get(text) ? std::string_view() : text;
}

Error error_of(simdjson::error_code code) {
  switch (code) {
    case simdjson::DEPTH_ERROR:
      return {ErrorCode::kTooDeep, "the JSON nests deeper than the limit", {}, {}, {}};
    case simdjson::CAPACITY:
      return {ErrorCode::kTooLarge, "the JSON is larger than the limit", {}, {}, {}};
    case simdjson::MEMALLOC:
      return {ErrorCode::kSystem, "no memory for the JSON record", {}, {}, {}};
    case simdjson::UTF8_ERROR:
      return {ErrorCode::kBadEncoding, "the JSON is not UTF-8", {}, {}, {}};
    case simdjson::UNCLOSED_STRING:
    case simdjson::EMPTY:
      return {ErrorCode::kMalformed, "the JSON ends in the middle", {}, {}, {}};
    default:
      return {ErrorCode::kMalformed, fmt::format("no JSON: {}", simdjson::error_message(code)), {}, {}, {}};
  }
}

// The four digits after "\u" at `at`, or nothing.
std::optional<unsigned> escaped_unit(std::string_view json, std::size_t at) {
  if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  for (const char c : json.substr(at + 2, 4)) {
    const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                           : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                           : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10)
                                                  : 16U;
    if (digit > 15) return std::nullopt;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high_surrogate(std::optional<unsigned> unit) { return unit && *unit >= 0xD800 && *unit < 0xDC00; }
bool is_low_surrogate(std::optional<unsigned> unit) { return unit && *unit >= 0xDC00 && *unit < 0xE000; }

// Writes \ufffd over every escaped surrogate without its other half (programs that cut strings between the
// two write such JSON; simdjson refuses it). Gives how many there were.
std::uint64_t replace_lone_surrogates(std::string& json) {
  std::uint64_t replaced = 0;
  for (std::size_t at = 0; at + 1 < json.size(); ++at) {
    if (json[at] != '\\') continue;
    const auto unit = escaped_unit(json, at);
    if (is_high_surrogate(unit) && is_low_surrogate(escaped_unit(json, at + 6))) {
      at += 11;
    } else if (is_high_surrogate(unit) || is_low_surrogate(unit)) {
      json.replace(at + 2, 4, "fffd");
      ++replaced;
      at += 5;
    } else {
      ++at;  // the escaped character is none of ours
    }
  }
  return replaced;
}

// "Ada Lowe and Jun Park" are two; a line that holds anything but names of persons stays as it is.
std::vector<std::string> separate_names(std::string line) {
  std::vector<std::string> names;
  for (Author& author : authors_in(line)) {
    if (!is_person_name(author.name)) return {std::move(line)};
    names.push_back(std::move(author.name));
  }
  if (names.size() < 2) return {std::move(line)};
  return names;
}

// Reads the members of one object into a record.
class RecordReader {
 public:
  RecordReader(JsonRecord& record, std::string_view origin) : record_(record), origin_(origin) {}

  std::optional<Error> take(const simdjson::dom::object& object) {
    for (const auto& member : object) {
      const std::string key = clean(member.key);
      if (is_promised(key) || is_optional(key)) {
        if (!seen_.insert(key).second) return malformed(fmt::format("\"{}\" stands there twice", key));
      }
      if (member.value.is_null()) continue;
      if (auto error = take_member(key, member.value)) return error;
    }
    std::ranges::stable_partition(record_.fields,
                                  [](const Field& f) { return !f.name.starts_with("extra."); });
    return std::nullopt;
  }

 private:
  static Error malformed(std::string message) {
    return {ErrorCode::kMalformed, std::move(message), {}, {}, {}};
  }
  static Error wrong_type(std::string_view key, std::string_view wanted, element_type found) {
    return malformed(fmt::format("\"{}\" must be {}, not {}", key, wanted, name_of(found)));
  }

  // Zeros cannot be stored in a text that other programs read to its end.
  std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
      if (c == '\0') {
        out += kReplacement;
        ++record_.replaced;
      } else {
        out += c;
      }
    }
    return out;
  }

  void add(std::string name, std::string_view key, std::string value) {
    if (value.empty()) return;
    record_.fields.push_back({std::move(name),
                              std::move(value),
                              origin_ == "json" ? fmt::format("json:{}", key) : std::string(origin_),
                              {}});
  }

  std::optional<Error> take_member(const std::string& key, const element& value) {
    if (key == "author") return take_authors(value);
    if (key == "html" || key == "text") return take_body(key, value);
    const bool is_string = value.is_string();
    if (is_promised(key)) {
      if (!is_string) return wrong_type(key, "a string", value.type());
      add(key, key, clean(string_of(value)));
    } else if (is_string && is_optional(key)) {
      add(key, key, clean(string_of(value)));
    } else {
      add("extra." + key, key, is_string ? clean(string_of(value)) : clean(simdjson::minify(value)));
    }
    return std::nullopt;
  }

  std::optional<Error> take_authors(const element& value) {
    if (value.is_string()) {
      for (std::string& name : separate_names(clean(string_of(value)))) {
        add("author", "author", std::move(name));
      }
      return std::nullopt;
    }
    simdjson::dom::array authors;
    if (value.get_array().get(authors)) {
      return wrong_type("author", "a string or a list of strings", value.type());
    }
    for (const element author : authors) {
      if (!author.is_string()) return wrong_type("author", "a list of strings only", author.type());
      add("author", "author", clean(string_of(author)));
    }
    return std::nullopt;
  }

  std::optional<Error> take_body(const std::string& key, const element& value) {
    if (!value.is_string()) return wrong_type(key, "a string", value.type());
    std::string body = clean(string_of(value));
    if (body.empty()) return std::nullopt;
    if (record_.body_kind != JsonRecord::Body::kNone) {
      return malformed("both \"html\" and \"text\": keep the one that is to be read");
    }
    record_.body_kind = key == "html" ? JsonRecord::Body::kHtml : JsonRecord::Body::kText;
    record_.body = std::move(body);
    return std::nullopt;
  }

  JsonRecord& record_;
  std::string_view origin_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

Result<JsonRecord> parse_json_record(std::string_view json, std::string_view origin, const Limits& limits) {
  auto decoded = decode_text(json, {.header = "utf-8", .html = false});
  if (!decoded) return std::unexpected(std::move(decoded).error());
  std::string& text = decoded->text;
  JsonRecord record;
  record.replaced = decoded->replaced + replace_lone_surrogates(text);

  simdjson::dom::parser parser;
  if (const auto code = parser.allocate(std::max<std::size_t>(text.size(), 64), limits.json_depth)) {
    return std::unexpected(error_of(code));
  }
  element root;
  if (const auto code = parser.parse(simdjson::padded_string(text)).get(root)) {
    return std::unexpected(error_of(code));
  }
  simdjson::dom::object object;
  if (root.get_object().get(object)) {
    return fail(ErrorCode::kMalformed,
                fmt::format("a record must be an object, not {}", name_of(root.type())));
  }
  if (auto error = RecordReader(record, origin).take(object)) return std::unexpected(*std::move(error));
  return record;
}

}  // namespace onrecord
