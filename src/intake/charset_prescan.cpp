#include "intake/charset_prescan.h"

#include <string>

#include "intake/ascii.h"
#include "intake/charset.h"

namespace onrecord {
namespace {

// A page that can be read as ASCII so far is not UTF-16, whatever it says; x-user-defined is for scripts
// only.
std::string_view as_declared_in_page(std::string_view label) {
  const std::string_view charset = charset_of_label(label);
  return charset.starts_with("utf-16") ? "utf-8" : charset;
}

// "text/html; charset=..." (HTML standard, "extracting a character encoding from a meta element").
std::string_view charset_in_content(std::string_view content) {
  const std::string lower = ascii_lower(content);
  for (std::size_t at = lower.find("charset"); at != std::string::npos; at = lower.find("charset", at)) {
    at += std::string_view("charset").size();
    std::string_view rest = trim_ascii(std::string_view(content).substr(at));
    if (!rest.starts_with('=')) continue;
    rest = trim_ascii(rest.substr(1));
    if (rest.empty()) return {};
    if (rest.front() == '"' || rest.front() == '\'') {
      const std::size_t end = rest.find(rest.front(), 1);
      return end == std::string_view::npos ? std::string_view()
                                           : as_declared_in_page(rest.substr(1, end - 1));
    }
    return as_declared_in_page(rest.substr(0, rest.find_first_of("; \t\n\r\f")));
  }
  return {};
}

class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

  std::string_view run() {
    if (const auto declared = xml_declaration(); !declared.empty()) return declared;
    while (at_ < bytes_.size()) {
      const std::string_view rest = bytes_.substr(at_);
      if (rest.starts_with("<!--")) {
        skip_past("-->", 2);  // "<!-->" is a whole comment
      } else if (is_meta(rest)) {
        at_ += 5;
        if (const auto charset = meta(); !charset.empty()) return charset;
      } else if (is_tag(rest)) {
        at_ = std::min(bytes_.find_first_of("\t\n\f\r >", at_), bytes_.size());
        Attribute ignored;
        while (next_attribute(ignored)) {
        }
        ++at_;
      } else if (rest.starts_with("<!") || rest.starts_with("</") || rest.starts_with("<?")) {
        skip_past(">", 0);
      } else {
        at_ = std::min(bytes_.find('<', at_ + 1), bytes_.size());
      }
    }
    return {};
  }

 private:
  struct Attribute {
    std::string name;
    std::string value;
  };

  static bool is_meta(std::string_view rest) {
    return rest.size() > 5 && equals_ignoring_case(rest.substr(0, 5), "<meta") &&
           (is_ascii_space(rest[5]) || rest[5] == '/');
  }
  static bool is_tag(std::string_view rest) {
    if (rest.size() < 2 || rest[0] != '<') return false;
    return is_ascii_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_ascii_letter(rest[2]));
  }

  // <?xml version="1.0" encoding="..."?>
  std::string_view xml_declaration() const {
    if (!bytes_.starts_with("<?xml")) return {};
    const std::string_view declaration = bytes_.substr(0, bytes_.find('>'));
    std::size_t at = declaration.find("encoding");
    if (at == std::string_view::npos) return {};
    const std::string_view rest = trim_ascii(declaration.substr(at + 8));
    if (!rest.starts_with('=')) return {};
    const std::string_view quoted = trim_ascii(rest.substr(1));
    if (quoted.empty() || (quoted[0] != '"' && quoted[0] != '\'')) return {};
    const std::size_t end = quoted.find(quoted[0], 1);
    return end == std::string_view::npos ? std::string_view()
                                         : as_declared_in_page(quoted.substr(1, end - 1));
  }

  void skip_past(std::string_view end, std::size_t after) {
    const std::size_t found = bytes_.find(end, at_ + after);
    at_ = found == std::string_view::npos ? bytes_.size() : found + end.size();
  }

  // The attributes of a <meta>, and the charset that they name.
  std::string_view meta() {
    Attribute attribute;
    bool is_content_type = false;
    std::string_view from_charset;
    std::string_view from_content;
    while (next_attribute(attribute)) {
      if (attribute.name == "http-equiv")
        is_content_type = equals_ignoring_case(attribute.value, "content-type");
      if (attribute.name == "content" && from_content.empty())
        from_content = charset_in_content(attribute.value);
      if (attribute.name == "charset" && from_charset.empty())
        from_charset = as_declared_in_page(attribute.value);
    }
    if (!from_charset.empty()) return from_charset;
    return is_content_type ? from_content : std::string_view();
  }

  // "get an attribute": false at the end of the tag.
  bool next_attribute(Attribute& attribute) {
    at_ = std::min(bytes_.find_first_not_of("\t\n\f\r /", at_), bytes_.size());
    if (at_ == bytes_.size() || bytes_[at_] == '>') return false;
    const std::size_t end_of_name = std::min(bytes_.find_first_of("\t\n\f\r />=", at_ + 1), bytes_.size());
    attribute.name = ascii_lower(bytes_.substr(at_, end_of_name - at_));
    attribute.value.clear();
    at_ = end_of_name;
    const std::size_t equals = bytes_.find_first_not_of("\t\n\f\r ", at_);
    if (equals == std::string_view::npos || bytes_[equals] != '=') return true;
    at_ = std::min(bytes_.find_first_not_of("\t\n\f\r ", equals + 1), bytes_.size());
    if (at_ < bytes_.size()) attribute.value = attribute_value();
    return true;
  }

  std::string attribute_value() {
    const char quote = bytes_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = std::min(bytes_.find(quote, at_ + 1), bytes_.size());
      const std::string value = ascii_lower(bytes_.substr(at_ + 1, end - at_ - 1));
      at_ = std::min(end + 1, bytes_.size());
      return value;
    }
    const std::size_t end = std::min(bytes_.find_first_of("\t\n\f\r >", at_), bytes_.size());
    const std::string value = ascii_lower(bytes_.substr(at_, end - at_));
    at_ = end;
    return value;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view charset_in_page(std::string_view bytes) { return Prescan(bytes).run(); }

}  // namespace onrecord
