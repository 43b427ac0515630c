#include "cli/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "record/quotation_json.h"

namespace onrecord::cli {
namespace {

bool was_corrected(const RecordedQuotation& row, bool (*differs)(const Quotation&, const Quotation&)) {
  return row.automatic && differs(*row.automatic, row.quotation);
}

Explained explain(std::string field, const Resolved& resolved, std::string_view text) {
  if (resolved.value.empty()) {
    const std::string printed = joined_words(text, resolved.spans);
    std::string reason = resolved.reason.empty() ? "the article does not say, or the reading did not find it"
                                                 : resolved.reason;
    return {std::move(field), printed.empty() ? "unknown" : fmt::format("unknown (“{}”)", printed),
            std::move(reason), 0};
  }
  return {std::move(field), resolved.value, resolved.reason, resolved.confidence};
}

Explained explain_speaker(const RecordedQuotation& row, std::string_view text) {
  Explained speaker = explain("speaker", row.quotation.speaker, text);
  if (!row.quotation.speaker.value.empty()) {
    speaker.value += fmt::format(" ({})", name(row.quotation.speaker_kind));
  }
  const bool corrected = was_corrected(row, [](const Quotation& before, const Quotation& now) {
    return before.speaker.value != now.speaker.value || before.speaker_kind != now.speaker_kind;
  });
  if (corrected) {
    const std::string& before = row.automatic->speaker.value;
    speaker.reason =
        fmt::format("corrected by a person; the reading said {}", before.empty() ? "nobody" : before);
    speaker.confidence = 1;
  }
  return speaker;
}

/// Who the speaker is over all articles, where that is somebody of another name or of other articles.
void explain_person(const RecordedQuotation& row, std::vector<Explained>& fields) {
  if (!row.person.reason.empty()) {
    fields.push_back(
        {"person", fmt::format("{} ({})", row.person.name, row.person.id), row.person.reason, 0});
  }
  if (!row.person.identifier.empty()) {
    fields.push_back({"identifier", row.person.identifier, "given by a file for the name", 0});
  }
}

Explained explain_statement(const RecordedQuotation& row) {
  Explained statement{"statement", fmt::format("{}, {}", name(row.quotation.kind), name(row.quotation.mode)),
                      row.quotation.reason, row.quotation.confidence};
  if (was_corrected(row,
                    [](const Quotation& before, const Quotation& now) { return before.kind != now.kind; })) {
    statement.reason +=
        fmt::format("; the kind was corrected by a person from {}", name(row.automatic->kind));
  }
  if (was_corrected(
          row, [](const Quotation& before, const Quotation& now) { return before.content != now.content; })) {
    statement.reason += "; its boundaries were corrected by a person";
  }
  if (row.rejected) statement.reason += "; rejected by a person: this is no statement";
  if (!row.merged_into.empty()) statement.reason += "; merged by a person into " + row.merged_into;
  return statement;
}

/// What is told of a source without a name: how many, of what kind, why.
std::optional<Explained> explain_unnamed(const UnnamedSource& unnamed) {
  if (unnamed.kind.value.empty() && unnamed.how_many.value.empty()) return std::nullopt;
  std::string who = unnamed.how_many.value;
  if (!who.empty() && !unnamed.kind.value.empty()) who += ' ';
  who += unnamed.kind.value;
  std::string reason = unnamed.reason.value;
  if (reason.empty()) reason = "the article does not say why no name is given";
  return Explained{"not named", std::move(who), std::move(reason), 0};
}

}  // namespace

std::vector<Explained> explain_fields(const RecordedQuotation& row, std::string_view text) {
  const Quotation& quotation = row.quotation;
  std::vector<Explained> fields{explain_statement(row), explain_speaker(row, text)};
  if (auto unnamed = explain_unnamed(quotation.unnamed)) fields.push_back(std::move(*unnamed));
  explain_person(row, fields);
  fields.push_back(explain("addressee", quotation.addressee, text));
  fields.push_back(explain("venue", quotation.venue, text));
  Explained when = explain("when", quotation.when, text);
  if (!quotation.when.value.empty()) when.value += fmt::format(" ({})", name(quotation.when_basis));
  fields.push_back(std::move(when));
  std::string chain;
  for (const AuthorityLink& link : quotation.authority)
    chain += (chain.empty() ? "" : ", citing ") + link.name;
  if (chain.empty()) {
    fields.push_back({"authority", "the article itself", "no other outlet or source is named for it", 0});
  } else {
    const bool here = std::ranges::any_of(quotation.authority,
                                          [](const AuthorityLink& link) { return !link.spans.empty(); });
    const std::string_view reason =
        here ? "named for this statement"
             : "named elsewhere in the article, for what this statement belongs to";
    fields.push_back({"authority", chain, std::string(reason), 0});
  }
  return fields;
}

std::string sentence(const Explained& explained) {
  std::string text = fmt::format("{}: {}", explained.field, explained.value);
  if (!explained.reason.empty()) text += " – " + explained.reason;
  if (explained.confidence > 0) text += fmt::format(" ({:.0f} %)", explained.confidence * 100);
  return text;
}

}  // namespace onrecord::cli
