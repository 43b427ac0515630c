#include "intake/html_guard.h"

#include <fmt/format.h>

#include <algorithm>

#include "intake/ascii.h"

namespace onrecord {
namespace {

// Pages in the wild stay below 60 (the 421 pages of the evaluation folder).
constexpr std::size_t kMostAttributes = 256;

/// Walks over a page's tags the way the parser does, as far as needed to count attributes.
class TagScanner {
 public:
  explicit TagScanner(std::string_view html) : html_(html) {}

  /// The largest number of attributes of one element.
  std::size_t most_attributes() {
    std::size_t most = 0;
    while ((at_ = html_.find('<', at_)) != std::string_view::npos) {
      ++at_;
      if (html_.substr(at_).starts_with("!--")) {
        skip_to("-->");
      } else if (at_ < html_.size() && is_ascii_letter(html_[at_])) {
        most = std::max(most, start_tag());
      }
    }
    return most;
  }

 private:
  // A start tag; the contents of a script or style are passed over with it.
  std::size_t start_tag() {
    const std::size_t begin = at_;
    while (at_ < html_.size() && !ends_word(html_[at_])) ++at_;
    const std::string name = ascii_lower(html_.substr(begin, at_ - begin));
    const std::size_t count = attributes();
    if (name == "script") skip_to("</script");
    if (name == "style") skip_to("</style");
    return count;
  }

  std::size_t attributes() {
    std::size_t count = 0;
    while (at_ < html_.size() && html_[at_] != '>' && html_[at_] != '<') {
      if (is_ascii_space(html_[at_]) || html_[at_] == '/' || html_[at_] == '=') {
        ++at_;
        continue;
      }
      ++count;
      while (at_ < html_.size() && !ends_word(html_[at_]) && html_[at_] != '=') ++at_;
      skip_spaces();
      if (at_ < html_.size() && html_[at_] == '=') value();
    }
    return count;
  }

  void value() {
    ++at_;
    skip_spaces();
    if (at_ >= html_.size()) return;
    const char quote = html_[at_];
    if (quote == '"' || quote == '\'') {
      at_ = std::min(html_.find(quote, at_ + 1), html_.size() - 1) + 1;
    } else {
      while (at_ < html_.size() && !is_ascii_space(html_[at_]) && html_[at_] != '>') ++at_;
    }
  }

  void skip_spaces() {
    while (at_ < html_.size() && is_ascii_space(html_[at_])) ++at_;
  }
  void skip_to(std::string_view mark) {
    const std::size_t size = html_.size();
    while (at_ < size &&
           !(html_[at_] == mark[0] && equals_ignoring_case(html_.substr(at_, mark.size()), mark))) {
      ++at_;
    }
  }
  static bool ends_word(char c) { return is_ascii_space(c) || c == '>' || c == '/' || c == '<'; }

  std::string_view html_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::string> without_parser_traps(std::string_view html) {
  if (TagScanner(html).most_attributes() > kMostAttributes) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("an element with more than {} attributes", kMostAttributes));
  }
  std::string guarded(html);
  std::ranges::replace(guarded, '\0', ' ');
  return guarded;
}

}  // namespace onrecord
