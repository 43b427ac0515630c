#include "record/column_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <set>
#include <tuple>

#include "record/column_sieve.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/store.h"

namespace onrecord {
namespace {

using Row = SearchColumns::Row;

ArticleRow read_article_row(Database& database, const SearchColumns::Version& version) {
  ArticleRow article;
  auto row = database.prepare(
      "SELECT a.id, v.id, a.outlet, v.title, v.published, a.canonical_url, b.committed_at, (SELECT count(*) "
      "FROM "
      "version o WHERE o.article = a.key) FROM version v JOIN article a ON a.key = v.article JOIN batch b ON "
      "b.key = v.batch WHERE v.key = ?");
  if (!row.bind(version.key).step()) return article;
  article.id = row.string(0), article.version = row.string(1), article.outlet = row.string(2);
  article.title = row.string(3), article.published = row.string(4), article.url = row.string(5);
  article.added_at = row.string(6);
  article.quotations = version.quotations, article.versions = static_cast<std::uint64_t>(row.integer(7));
  return article;
}

/// What `ArticleFilter` lets through.
class ArticleSieve {
 public:
  ArticleSieve(const SearchColumns& columns, const ArticleFilter& wanted) : columns_(columns) {
    if (!wanted.outlet.empty()) outlets_ = outlets_called(columns.outlets(), wanted.outlet);
    for (const auto word : std::views::split(wanted.title_words, ' '))
      words_.push_back(in_ascii_lower_case(std::string_view(word.begin(), word.end())));
  }
  [[nodiscard]] bool passes(std::uint32_t version) const {
    if (!outlets_.empty() && outlets_[columns_.versions()[version].outlet] == 0) return false;
    return std::ranges::all_of(words_,
                               [&](const std::string& word) { return columns_.titles().has(version, word); });
  }

 private:
  const SearchColumns& columns_;
  std::vector<std::uint8_t> outlets_;
  std::vector<std::string> words_;
};

}  // namespace

Result<ListPage<ArticleRow>> articles_page(const Record& record, const SearchColumns& columns,
                                           const ArticleFilter& wanted, std::uint32_t limit,
                                           std::uint64_t offset) {
  Database& database = record.store().database;
  const ArticleSieve sieve(columns, wanted);
  ListPage<ArticleRow> page;
  for (std::uint32_t version = 0; version < columns.versions().size(); ++version) {
    if (!sieve.passes(version)) continue;
    if (page.total++ < offset || page.rows.size() >= limit) continue;
    page.rows.push_back(read_article_row(database, columns.versions()[version]));
  }
  return database.outcome(std::move(page));
}

Result<ListPage<SpeakerRow>> speakers_page(const Record& record, const SearchColumns& columns,
                                           std::string_view words, std::uint32_t limit,
                                           std::uint64_t offset) {
  Database& database = record.store().database;
  std::vector<std::uint32_t> persons;
  const auto choose = [&](std::uint64_t total, const auto& person_at) -> Result<ListPage<SpeakerRow>> {
    ListPage<SpeakerRow> page;
    page.total = total;
    for (std::uint64_t at = offset; at < std::min<std::uint64_t>(total, offset + limit); ++at) {
      auto row = speaker_row(record, columns, person_at(at));
      if (!row) return std::unexpected(row.error());
      page.rows.push_back(std::move(*row));
    }
    return page;
  };
  if (words.empty())
    return choose(columns.persons().size(), [](std::uint64_t at) { return static_cast<std::uint32_t>(at); });
  for (const std::int64_t key : persons_with_words(database, words)) {
    const std::uint32_t person = columns.person_of(key);
    if (person != SearchColumns::kNone) persons.push_back(person);
  }
  std::ranges::sort(persons);
  return choose(persons.size(), [&](std::uint64_t at) { return persons[at]; });
}

Result<std::uint32_t> locate_person(const Record& record, const SearchColumns& columns, std::string_view id) {
  Database& database = record.store().database;
  const auto located = locate(database, "speaker", id);
  if (!located) return std::unexpected(located.error());
  const std::uint32_t person = columns.person_of(person_of(database, located->key));
  if (database.failed()) return std::unexpected(database.take_error());
  if (person != SearchColumns::kNone) return person;
  return fail(ErrorCode::kNotFound, fmt::format("the speaker {} has no quotation that counts any more", id));
}

Result<SpeakerRow> speaker_row(const Record& record, const SearchColumns& columns, std::uint32_t person) {
  Database& database = record.store().database;
  const SearchColumns::Person& counted = columns.persons()[person];
  auto row = database.prepare(
      "SELECT r.id, r.name, k.name, a.id, i.identifier FROM speaker r LEFT JOIN code k ON k.code = r.kind "
      "LEFT "
      "JOIN article a ON a.key = r.article LEFT JOIN identified i ON i.person = r.key WHERE r.key = ?");
  SpeakerRow speaker;
  if (row.bind(counted.key).step()) {
    speaker.id = row.string(0), speaker.name = row.string(1);
    speaker.kind = speaker_kind(row.text(2)).value_or(SpeakerKind::kUnknown);
    speaker.article = row.string(3), speaker.identifier = row.string(4);
  }
  speaker.quotations = counted.quotations, speaker.articles = counted.articles, speaker.names = counted.names;
  speaker.first = columns.dates().text(counted.first), speaker.last = columns.dates().text(counted.last);
  return database.outcome(std::move(speaker));
}

std::vector<std::pair<std::string, std::uint64_t>> outlets_of(const SearchColumns& columns,
                                                              std::uint32_t person) {
  std::vector<std::uint64_t> counts(columns.outlets().size());
  for (const Row row : columns.rows_of(person))
    ++counts[columns.versions()[columns.quotation(row).version].outlet];
  std::vector<std::pair<std::string, std::uint64_t>> outlets;
  for (std::uint32_t outlet = 1; outlet < counts.size(); ++outlet) {
    if (counts[outlet] > 0) outlets.emplace_back(columns.outlets().text(outlet), counts[outlet]);
  }
  std::ranges::sort(outlets, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return outlets;
}

namespace {

/// What is printed for a name, and when.
struct Printed {
  std::uint64_t quotations = 0;
  std::set<std::uint32_t> versions;
  std::uint32_t first = 0, last = 0;
};

bool is_pronoun(std::string_view printed) {
  constexpr std::array<std::string_view, 11> kPronouns = {"he", "she", "they", "it",  "who", "i",
                                                          "we", "you", "her",  "him", "them"};
  return std::ranges::find(kPronouns, in_ascii_lower_case(printed)) != kPronouns.end();
}

std::string source_of(Database& database, std::int64_t quotation) {
  auto row = database.prepare("SELECT source FROM cue_and_source WHERE quotation = ?");
  return row.bind(quotation).step() ? row.string(0) : std::string();
}

}  // namespace

Result<std::vector<SpeakerAlias>> aliases_of(const Record& record, const SearchColumns& columns,
                                             std::uint32_t person) {
  Database& database = record.store().database;
  std::map<std::uint32_t, std::vector<Row>> by_name;
  for (const Row row : columns.rows_of(person)) by_name[columns.quotation(row).speaker].push_back(row);
  std::vector<SpeakerAlias> aliases;
  const std::size_t all = columns.rows_of(person).size();
  for (const auto& [speaker, rows] : by_name) {
    // Every name has its share of what is read, one quotation at least.
    const std::size_t share = std::max<std::size_t>(1, kMostRead * rows.size() / all);
    const std::size_t step = all <= kMostRead ? 1 : (rows.size() + share - 1) / share;
    std::map<std::string, Printed> printed;
    for (std::size_t at = 0; at < rows.size(); at += step) {
      const SearchColumns::Quotation& one = columns.quotation(rows[at]);
      std::string source = source_of(database, columns.key(rows[at]));
      if (is_pronoun(source)) source.clear();
      Printed& words = printed[source];
      ++words.quotations, words.versions.insert(one.version);
      if (one.date == 0) continue;
      if (words.last == 0) words.last = one.date;
      words.first = one.date;
    }
    auto row = database.prepare(
        "SELECT p.id, p.name, (SELECT name FROM code WHERE code = j.basis), j.reason FROM speaker p LEFT "
        "JOIN "
        "joined j ON j.speaker = p.key WHERE p.key = ?");
    if (!row.bind(columns.speakers()[speaker].key).step()) continue;
    for (const auto& [source, words] : printed) {
      aliases.push_back({row.string(0), row.string(1), source, words.quotations * step,
                         words.versions.size() * step, columns.dates().text(words.first),
                         columns.dates().text(words.last), row.string(2), row.string(3)});
    }
  }
  std::ranges::stable_sort(aliases, [](const SpeakerAlias& a, const SpeakerAlias& b) {
    return std::tuple(~a.quotations, std::string_view(a.name), std::string_view(a.printed)) <
           std::tuple(~b.quotations, std::string_view(b.name), std::string_view(b.printed));
  });
  return database.outcome(std::move(aliases));
}

}  // namespace onrecord
