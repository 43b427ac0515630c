// Text for a person's eyes: styles, widths and lines that fit the terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"

namespace onrecord::cli {

enum class Style {
  kPlain,
  kStrong,   ///< names, headings
  kDim,      ///< what stands beside the words: outlet, date, id
  kWords,    ///< the content of a quotation
  kSource,   ///< the mention of the one who said it
  kCue,      ///< the verb or phrase that reports it
  kWarning,  ///< what is not known or not certain
};

/// Pieces of text, each with a style. White space between words is kept as one space when printed.
class StyledText {
 public:
  StyledText() = default;
  explicit StyledText(std::string_view text, Style style = Style::kPlain) { add(text, style); }

  struct Piece {
    std::string text;
    Style style;
  };

  /// Adds `text` with what could steer a terminal taken out (`printable`).
  StyledText& add(std::string_view text, Style style = Style::kPlain);
  StyledText& add(const StyledText& more);
  /// Adds "SEPARATOR" before `text` unless this is empty so far.
  StyledText& add_separated(std::string_view separator, std::string_view text, Style style);
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  [[nodiscard]] bool empty() const { return pieces_.empty(); }

 private:
  std::vector<Piece> pieces_;
};

/// The text with control characters and those that turn the direction of writing replaced by spaces, so that
/// no article can steer the terminal or show words in another order than they stand.
[[nodiscard]] std::string printable(std::string_view text);

/// The columns that a terminal needs for valid UTF-8: two for wide East Asian characters, none for combining
/// marks.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The beginning of `text` that fits `width` columns, with an ellipsis where it was cut.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width);

/// Where lines begin.
struct Indent {
  std::size_t first = 0;  ///< spaces before the first line
  std::size_t rest = 0;   ///< spaces before the others
};

/// Lines of at most `terminal.width` columns, each ended by a newline. A single word that is wider (a URL)
/// stays whole.
[[nodiscard]] std::string wrap(const StyledText& text, const Terminal& terminal, Indent indent = {});

/// The text on one line without a newline.
[[nodiscard]] std::string render(const StyledText& text, const Terminal& terminal);

}  // namespace onrecord::cli
