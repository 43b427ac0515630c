// A quotation as a person wants to read it: the speaker, the words, and what stands beside them.
#pragma once

#include <string>
#include <string_view>

#include "cli/console.h"
#include "onrecord/quotation.h"
#include "record/quotation_json.h"

namespace onrecord::cli {

/// "11 August 2025" for "2025-08-11T09:00", "August 2025", "2025", "1 to 7 August 2025" for an interval; the
/// value itself when it is no ISO date.
[[nodiscard]] std::string readable_date(std::string_view iso);

/// The speaker, or what is known in place of a name: "unnamed: two officials", "speaker unknown (he)".
[[nodiscard]] StyledText speaker_text(const Quotation& quotation, std::string_view text);

/// The words: in quotation marks when direct; else the cue before them and marks only where the article has
/// them.
[[nodiscard]] StyledText words_text(const Quotation& quotation, std::string_view text);

/// The last part of a path.
[[nodiscard]] std::string_view file_name(std::string_view path);

/// What the article's line says: "Harbor Ledger · 11 August 2025". Unknown is told as unknown; an article
/// without an outlet is told by its file.
[[nodiscard]] StyledText article_text(const QuotationContext& context);

/// What is known about the saying: kind, to whom, where, when, on whose authority, how uncertain. `text` is
/// what the quotation points into.
[[nodiscard]] StyledText circumstances_text(const Quotation& quotation, std::string_view text);

/// Prints quotations one after another in groups: a heading when the article changes (`Grouping::kArticle`),
/// the speaker when it changes.
class StatementPrinter {
 public:
  enum class Grouping {
    kArticle,  ///< articles as headings, as their statements come one after another
    kSpeaker,  ///< speakers as headings; each statement names its article
  };
  StatementPrinter(Console& console, Grouping grouping) : console_(console), grouping_(grouping) {}

  void print(const Quotation& quotation, const QuotationContext& context);

 private:
  void print_article_heading(const QuotationContext& context);

  Console& console_;
  Grouping grouping_;
  std::string article_;  // of the statement before
  std::string speaker_;
  bool first_ = true;
};

}  // namespace onrecord::cli
