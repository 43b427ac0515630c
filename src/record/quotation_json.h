// The one JSON form of a quotation: what `quotes`, `search` and `export` write, one object a line
// (docs/commands.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "onrecord/article.h"
#include "onrecord/quotation.h"
#include "onrecord/record.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord {

/// The value of "schema" in every object. The number grows when a member changes its meaning or goes; new
/// members come without notice.
constexpr std::string_view kQuotationSchema = "onrecord/quotation/1";

/// What a quotation does not say itself: the text it points into and the article that carries it. A view;
/// what is unknown is empty.
struct QuotationContext {
  std::string_view text;
  const CodePointIndex* code_points = nullptr;  ///< of `text`; never null
  std::string_view id;                          ///< the quotation's own
  std::string_view article;                     ///< the article's id
  std::string_view version;                     ///< the id of the article's version
  std::string_view speaker_id;
  std::string_view person_id;           ///< of the speaker that stands for this one and all who are the same
  std::string_view person;              ///< its name
  std::string_view person_reason;       ///< why they are one; empty when it is the speaker itself
  std::string_view identifier;          ///< that a file of the user gave the person
  std::string_view path;                ///< the file it was read from
  std::optional<std::uint64_t> record;  ///< number of the record in that file, from 1
  std::string_view outlet;
  std::string_view title;
  std::string_view published;
  std::string_view url;
  std::string_view origin;        ///< the file that a record has the article from; for people, not in JSON
  std::optional<Span> sentences;  ///< those that hold it: the member "context", where one asked for it
  bool candidates = false;        ///< the member "candidates", where one asked for it
  std::optional<bool> current;    ///< whether its version is its article's current one; the same
};

/// The context that an article's own fields give.
[[nodiscard]] QuotationContext context_of(const Article& article, const CodePointIndex& code_points);
/// The context of a quotation of a record. The views live as long as `row` and `text`.
[[nodiscard]] QuotationContext context_of(const RecordedQuotation& row, std::string_view text,
                                          const CodePointIndex& code_points);

/// The words of `content` as one line for a reader: its pieces, joined by " … " where something else stands
/// between them, white space as single spaces.
[[nodiscard]] std::string joined_words(std::string_view text, const Spans& content);

/// A confidence as it is written: three places, more would only show the noise of the estimate.
[[nodiscard]] double rounded(float confidence);

/// Writes [{"bytes":[b,e],"code_points":[b,e],"text":"..."}, ...].
void write_spans(JsonWriter& json, std::string_view text, const CodePointIndex& code_points,
                 const Spans& spans);

/// One object, without a newline. Costs O(bytes of the spans).
[[nodiscard]] std::string quotation_json(const Quotation& quotation, const QuotationContext& context);

}  // namespace onrecord
