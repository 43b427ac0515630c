#include "record/relevance.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "record/search_columns.h"

namespace onrecord {

std::vector<std::string> phrases_of(std::string_view match) {
  std::vector<std::string> phrases;
  std::string columns;
  for (std::size_t at = 0; at < match.size(); ++at) {
    if (match[at] == '{') {
      const std::size_t end = std::min(match.find('}', at), match.size() - 1);
      columns = match.substr(at, end - at + 1);
      at = end;
    } else if (match[at] == '"') {
      std::size_t end = at + 1;
      // A doubled mark stands for itself.
      while (end < match.size() && (match[end] != '"' || match.substr(end).starts_with("\"\""))) {
        end += match[end] == '"' ? 2 : 1;
      }
      if (match.substr(std::min(end + 1, match.size())).starts_with('*')) ++end;
      phrases.push_back(columns + std::string(match.substr(at, end - at + 1)));
      columns.clear();
      at = end;
    }
  }
  return phrases;
}

/// What scoring a row takes, made at the first row of a search.
struct Relevance::Weights {
  double average_size = 0;     // words of a row
  std::vector<double> rarity;  // of each phrase
};

Relevance::Relevance(Database& database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  // https://www.sqlite.org/fts5.html, 7: how an extension gets at FTS5.
  if (sqlite3_prepare_v2(database.handle(), "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api != nullptr) api->xCreateFunction(api, "relevance", this, &Relevance::score, nullptr);
}

std::vector<ScoredHit> Relevance::hits(Database& database, const std::string& match,
                                       const SearchColumns& columns,
                                       const std::function<bool(std::uint32_t)>& passes, std::size_t most) {
  passes_ = &passes, columns_ = &columns, phrases_ = phrases_of(match);
  std::vector<ScoredHit> found;
  auto rows = database.prepare(
      fmt::format("SELECT rowid, relevance(search, {}) FROM search WHERE search MATCH ? ORDER BY rowid DESC",
                  kColumnWeights));
  rows.bind(match);
  while (found.size() < most && rows.step()) {
    if (!rows.is_null(1)) found.push_back({columns.row_of(rows.integer(0)), rows.real(1)});
  }
  passes_ = nullptr;
  return found;
}

std::int64_t Relevance::rows_with(const Fts5ExtensionApi* api, Fts5Context* row, int phrase, int& code) {
  // Phrases that FTS5 counts otherwise have no name to keep a count under.
  const bool named = phrases_.size() == static_cast<std::size_t>(api->xPhraseCount(row));
  if (named) {
    if (const auto known = columns_->index_memory().count(phrases_[static_cast<std::size_t>(phrase)]))
      return *known;
  }
  std::int64_t count = 0;
  code = api->xQueryPhrase(row, phrase, &count, [](const Fts5ExtensionApi*, Fts5Context*, void* counted) {
    ++*static_cast<std::int64_t*>(counted);
    return SQLITE_OK;
  });
  if (named && code == SQLITE_OK)
    columns_->index_memory().keep_count(phrases_[static_cast<std::size_t>(phrase)], count);
  return count;
}

Relevance::Weights* Relevance::weights_of(const Fts5ExtensionApi* api, Fts5Context* row, int& code) {
  if (void* made = api->xGetAuxdata(row, 0)) return static_cast<Weights*>(made);
  auto* self = static_cast<Relevance*>(api->xUserData(row));
  auto weights = std::make_unique<Weights>();
  sqlite3_int64 rows = 0;
  sqlite3_int64 words = 0;
  code = api->xRowCount(row, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(row, -1, &words);
  weights->average_size = static_cast<double>(words) / static_cast<double>(rows);
  const int phrases = api->xPhraseCount(row);
  for (int phrase = 0; phrase < phrases && code == SQLITE_OK; ++phrase) {
    const std::int64_t with = self->rows_with(api, row, phrase, code);
    // A phrase that most rows have still counts a little.
    constexpr double kLeastRarity = 1e-6;
    const double rarity =
        std::log((static_cast<double>(rows - with) + 0.5) / (static_cast<double>(with) + 0.5));
    weights->rarity.push_back(rarity <= 0 ? kLeastRarity : rarity);
  }
  if (code != SQLITE_OK) return nullptr;
  Weights* made = weights.release();
  code = api->xSetAuxdata(row, made, [](void* old) { delete static_cast<Weights*>(old); });
  return code == SQLITE_OK ? made : nullptr;
}

void Relevance::score(const Fts5ExtensionApi* api, Fts5Context* row, sqlite3_context* result, int count,
                      sqlite3_value** values) {
  const auto* self = static_cast<const Relevance*>(api->xUserData(row));
  if (self->passes_ == nullptr) return;  // NULL
  const std::uint32_t at = self->columns_->row_of(api->xRowid(row));
  if (at == SearchColumns::kNone || !(*self->passes_)(at)) return;
  int code = SQLITE_OK;
  const Weights* weights = weights_of(api, row, code);
  if (code != SQLITE_OK || weights == nullptr) return sqlite3_result_error_code(result, code);
  // Robertson and Zaragoza (2009), with the constants that FTS5 has.
  constexpr double kSaturation = 1.2;
  constexpr double kBySize = 0.75;
  double score = 0;
  const double size = self->columns_->indexed_words(at);
  for (std::size_t i = 0; i < weights->rarity.size(); ++i) {
    double frequency = 0;
    Fts5PhraseIter places;
    int column = 0;
    int place = 0;
    for (code = api->xPhraseFirst(row, static_cast<int>(i), &places, &column, &place);
         code == SQLITE_OK && column >= 0; api->xPhraseNext(row, &places, &column, &place)) {
      frequency += column < count ? sqlite3_value_double(values[column]) : 1.0;
    }
    score += weights->rarity[i] *
             ((frequency * (kSaturation + 1.0)) /
              (frequency + kSaturation * (1 - kBySize + kBySize * size / weights->average_size)));
  }
  sqlite3_result_double(result, -1.0 * score);
}

}  // namespace onrecord
