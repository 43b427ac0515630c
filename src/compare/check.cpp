#include "compare/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "compare/quotation_index.h"
#include "compare/statements.h"
#include "language/plain_document.h"
#include "reading/quotation_marks.h"
#include "record/ids.h"
#include "record/quotation_rows.h"
#include "record/recorded_texts.h"
#include "record/store.h"

namespace onrecord {
namespace {

/// Quotations that are aligned with a claim word by word; the index puts the right ones first.
constexpr std::size_t kMostCandidates = 24;
/// Less of the claim's words in common is nothing like it. As statements are linked (COMPARE in
/// docs/comparing.md).
constexpr float kLeastKept = 0.6F;
/// A claim is word for word in the record when all of it is; the rest is for marks at its ends.
constexpr float kAllKept = 0.98F;
constexpr std::size_t kLeastWords = 3;

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name) {
    if (c == ' ' || c == '-' || c == '.') {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    } else {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

/// Whether two names can be one's: all words of the shorter one stand in the longer one. Unknown fits
/// everybody.
bool can_be_one(std::string_view one, std::string_view other) {
  std::vector<std::string> a = name_words(one);
  std::vector<std::string> b = name_words(other);
  if (a.size() > b.size()) std::swap(a, b);
  return std::ranges::all_of(a,
                             [&](const std::string& word) { return std::ranges::find(b, word) != b.end(); });
}

std::string_view name_of(const RecordedQuotation& row) {
  return row.person.name.empty() ? std::string_view(row.quotation.speaker.value)
                                 : std::string_view(row.person.name);
}

struct Candidate {
  RecordedQuotation row;
  Collation collation;
  float kept = 0;  ///< share of the claim's words that the record has so
  bool same_speaker = true;
};

std::size_t words_of(const Claim& claim) {
  const Span reach{claim.quotation.content.front().begin, claim.quotation.content.back().end};
  return name_words(cut(claim.text, reach)).size();
}

/// How much of the claim stands in the record so, by bytes, 0..1.
float kept_share(const Collation& collation) {
  std::uint32_t kept = 0;
  std::uint32_t all = 0;
  for (const AlignedWords& words : collation.words) {
    const bool same = words.kind == AlignmentKind::kSame || words.kind == AlignmentKind::kFolded;
    kept += same ? words.second.size() : 0;
    all += words.second.size();
  }
  return all == 0 ? 0.0F : static_cast<float>(kept) / static_cast<float>(all);
}

bool is_verbatim(const Candidate& candidate) {
  // A claim that goes on where the record's words end is cut the other way round: it says more than the
  // record.
  return candidate.collation.relation == WitnessRelation::kBracketed ||
         (candidate.collation.relation < WitnessRelation::kBracketed && candidate.kept > kAllKept);
}

/// Words for words first, then the outlets' own marks, then most of the claim, unchanged; then the claimed
/// speaker; then the earliest.
auto rank(const Candidate& candidate) {
  const Collation& collation = candidate.collation;
  return std::make_tuple(!is_verbatim(candidate), candidate.row.quotation.kind == QuotationKind::kIndirect,
                         -std::lround(candidate.kept * 20), collation.altered, !candidate.same_speaker,
                         collation.relation, candidate.row.published.empty(), candidate.row.published,
                         candidate.row.id);
}

Result<std::optional<Candidate>> best_candidate(const Record& record, const Claim& claim) {
  Database& database = record.store().database;
  const auto shingles = quotation_shingles(claim.text, claim.quotation.content);
  std::vector<std::int64_t> keys;
  for (const QuotationHit& hit : find_quotations(database, shingles, kMostCandidates))
    keys.push_back(hit.quotation);
  if (database.failed()) return std::unexpected(database.take_error());
  RecordedTexts texts(record);
  std::optional<Candidate> best;
  for (RecordedQuotation& row : read_quotations(database, keys)) {
    if (row.rejected || !row.merged_into.empty() || !row.current) continue;
    const auto article = texts.of_version(row.version);
    if (!article) return std::unexpected(article.error());
    Candidate candidate;
    candidate.collation = collate((*article)->version.text, row.quotation, claim.text, claim.quotation);
    candidate.kept = kept_share(candidate.collation);
    if (candidate.kept < kLeastKept) continue;
    candidate.same_speaker = can_be_one(claim.quotation.speaker.value, name_of(row));
    candidate.row = std::move(row);
    if (!best || rank(candidate) < rank(*best)) best = std::move(candidate);
  }
  return best;
}

CheckVerdict verdict_of(const Candidate& candidate) {
  if (candidate.collation.altered || !is_verbatim(candidate)) return CheckVerdict::kAltered;
  if (!candidate.same_speaker) return CheckVerdict::kOtherSpeaker;
  return candidate.collation.relation == WitnessRelation::kIdentical ? CheckVerdict::kExact
                                                                     : CheckVerdict::kCut;
}

std::string outlet_of(const RecordedQuotation& row) {
  return row.outlet.empty() ? "this article" : row.outlet;
}

std::string remark_on(const Claim& claim, const Checked& checked, const Candidate& candidate) {
  if (!candidate.same_speaker) {
    return fmt::format("the record has it by {}, not by {}", name_of(candidate.row),
                       claim.quotation.speaker.value);
  }
  const ToldStatement& statement = *checked.statement;
  const ToldWitness& witness = statement.witnesses[checked.witness];
  if (witness.altered) {
    return fmt::format("so in {}, but {} has other words: onrecord statement {}",
                       outlet_of(witness.quotation), outlet_of(statement.base_quotation()), statement.id);
  }
  const auto altered =
      std::ranges::count_if(statement.witnesses, [](const ToldWitness& one) { return one.altered; });
  if (altered == 0) return {};
  return altered == 1 ? "one witness has it altered" : fmt::format("{} witnesses have it altered", altered);
}

}  // namespace

std::string_view name(CheckVerdict verdict) {
  constexpr std::array<std::string_view, 6> kNames = {"exact",         "cut",           "altered",
                                                      "other_speaker", "not_in_record", "too_short"};
  return kNames.at(static_cast<std::size_t>(verdict));
}

Result<Checked> check(const Record& record, const Claim& claim) {
  Checked checked;
  if (claim.quotation.content.empty() || words_of(claim) < kLeastWords) {
    checked.verdict = CheckVerdict::kTooShort;
    return checked;
  }
  auto best = best_candidate(record, claim);
  if (!best) return std::unexpected(best.error());
  if (!*best) return checked;
  auto statement = Comparison(record).statement((*best)->row.id);
  if (!statement) return std::unexpected(statement.error());
  checked.statement = std::move(*statement);
  for (std::size_t i = 0; i < checked.statement->witnesses.size(); ++i) {
    if (checked.statement->witnesses[i].quotation.id == (*best)->row.id) checked.witness = i;
  }
  checked.verdict = verdict_of(**best);
  checked.remark = remark_on(claim, checked, **best);
  checked.collation = std::move((*best)->collation);
  return checked;
}

Claim claim_of(std::string_view words, std::string_view speaker) {
  Claim claim;
  claim.text = words;
  claim.quotation.kind = QuotationKind::kDirect;
  claim.quotation.content = {{0, static_cast<std::uint32_t>(words.size())}};
  claim.quotation.quoted = claim.quotation.content;
  claim.quotation.speaker.value = std::string(speaker);
  return claim;
}

std::vector<Quotation> other_passages(const Article& article, const std::vector<Quotation>& quotations,
                                      std::size_t least_words, const WordLists& lists) {
  std::vector<Quotation> passages;
  const Document document = make_document(article, Tokenizer(lists), Limits{});
  for (const MarkedPassage& passage : pair_quotation_marks(document)) {
    if (passage.depth > 0) continue;
    Quotation quotation;
    quotation.kind = QuotationKind::kDirect;
    std::size_t words = 0;
    for (const MarkedPiece& piece : passage.pieces) {
      if (piece.first >= piece.last) continue;
      quotation.content.push_back(
          {document.tokens[piece.first].span.begin, document.tokens[piece.last - 1].span.end});
      words += piece.last - piece.first;
    }
    const bool known = std::ranges::any_of(quotations, [&](const Quotation& one) {
      return std::ranges::any_of(one.content, [&](Span span) {
        return std::ranges::any_of(quotation.content, [&](Span mine) { return mine.overlaps(span); });
      });
    });
    if (known || words < least_words) continue;
    quotation.quoted = quotation.content;
    passages.push_back(std::move(quotation));
  }
  return passages;
}

std::vector<Claim> claims_of(const Article& article, const std::vector<Quotation>& quotations,
                             std::string_view speaker, std::size_t least_words, const WordLists& lists) {
  std::vector<Quotation> in_marks;
  for (const Quotation& quotation : quotations) {
    if (quotation.kind != QuotationKind::kIndirect) in_marks.push_back(quotation);
  }
  std::ranges::move(other_passages(article, quotations, least_words, lists), std::back_inserter(in_marks));
  std::ranges::sort(in_marks, {}, &Quotation::content);
  std::vector<Claim> claims;
  for (const Quotation& quotation : in_marks) {
    // Each passage in marks is looked up alone: a record may have them in statements of their own.
    const bool mixed = quotation.kind == QuotationKind::kMixed;
    for (const Span passage : mixed ? quotation.quoted : quotation.content) {
      Claim& claim = claims.emplace_back(
          claim_of(article.text, speaker.empty() ? std::string_view(quotation.speaker.value) : speaker));
      claim.quotation.content = claim.quotation.quoted = {passage};
    }
  }
  return claims;
}

}  // namespace onrecord
