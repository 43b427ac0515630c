// What a line of a news page is, by its words.
#pragma once

#include <string_view>

namespace onrecord {

enum class LineMeaning {
  kNothing,  ///< its words say nothing about its part in the page
  kClutter,  ///< an appeal, a label, a link: no part of the article
  kHeading,  ///< a heading over what is no part of the article
  kAuthor,   ///< about the writer
  kCredit,
  kCorrection,
  kRepublication,
  kCopyright,
};

/// Reads lines of at most 600 bytes; a longer one is prose and means nothing here. Costs O(bytes).
[[nodiscard]] LineMeaning meaning_of_line(std::string_view line);

}  // namespace onrecord
