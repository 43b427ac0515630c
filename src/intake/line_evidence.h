// What the words of one paragraph tell about it: bylines, datelines, credits, notices.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/span.h"

namespace onrecord {

/// A value that a line tells: the name of a field and where the value stands in the line.
struct LineField {
  std::string name;
  std::string value;
  Span span;  ///< in the line
};

/// What a line says it is.
struct LineReading {
  ParagraphRole role = ParagraphRole::kBody;
  std::vector<LineField> fields;
  std::uint32_t split = 0;  ///< not 0: up to here it is a caption, from here on a credit
};

/// The role that a line claims by its own words, wherever it stands: copyright, correction, republication,
/// credit (of a picture, after its caption or alone), contributors, links to other stories. Nothing in doubt.
/// The phrases are those of data/notices.txt and data/credit_agencies.txt. All functions here cost O(bytes)
/// and are thread-safe; lines are valid UTF-8 without white space around them.
[[nodiscard]] std::optional<LineReading> read_notice(std::string_view line);

/// "By Ada Lowe and Jun Park – Source Harbor Wire": a byline with its authors. Only names, affiliations and
/// what joins them may stand there. Nothing otherwise.
[[nodiscard]] std::optional<LineReading> read_byline(std::string_view line);

/// "Published August 11, 2025 9:00 am | Updated: ...": a line of dates alone, to the day. Without a word that
/// says which date it is, it is the date of publication.
[[nodiscard]] std::optional<LineReading> read_date_line(std::string_view line);

/// "HARBOR CITY, Aug. 11 (HW) —" at the start of a story: place, day and agency in front of a dash; without
/// the dash. Empty when there is none.
[[nodiscard]] Span dateline_at_start(std::string_view line);

/// "OPRT/WXW", "(AP)": the short names of agencies alone, as they stand below a story.
[[nodiscard]] bool is_agency_sign(std::string_view line);

/// Letters in capitals only, four words or more, no end of sentence: a headline put between paragraphs.
[[nodiscard]] bool is_headline_in_capitals(std::string_view line);

/// Words between white space.
[[nodiscard]] std::size_t count_words(std::string_view line);

/// True when the line ends as a sentence does: with . ! ? … before closing marks.
[[nodiscard]] bool ends_sentence(std::string_view line);

}  // namespace onrecord
