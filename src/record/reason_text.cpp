#include "record/reason_text.h"

#include <algorithm>

namespace onrecord {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to, bool whole_words) {
  std::string out;
  while (!from.empty()) {
    const std::size_t at = text.find(from);
    if (at == std::string_view::npos) break;
    const std::size_t end = at + from.size();
    const char before = at > 0 ? text[at - 1] : (out.empty() ? ' ' : out.back());
    const bool stands_alone = !is_word(before) && (end == text.size() || !is_word(text[end]));
    out += text.substr(0, at);
    out += whole_words && !stands_alone ? from : to;
    text.remove_prefix(end);
  }
  out += text;
  return out;
}

}  // namespace

std::string full_reason(std::string_view kept, const Placeholders& placeholders) {
  std::string text(kept);
  for (const auto& [placeholder, words] : placeholders) text = replaced(text, placeholder, words, false);
  return text;
}

std::string short_reason(std::string_view reason, const Placeholders& placeholders) {
  std::string kept(reason);
  for (const auto& [placeholder, words] : placeholders) kept = replaced(kept, words, placeholder, true);
  if (full_reason(kept, placeholders) == reason) return kept;
  kept = reason;
  if (full_reason(kept, placeholders) == reason) return kept;
  std::ranges::replace(kept, '{', '(');
  std::ranges::replace(kept, '}', ')');
  return kept;
}

}  // namespace onrecord
