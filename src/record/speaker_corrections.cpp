// Speakers as people know them: merged, split, identified, and chosen by name.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/corrections.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/person_names.h"
#include "record/search_words.h"
#include "record/store.h"
#include "text/json_writer.h"

namespace onrecord {
namespace {

std::vector<std::int64_t> keys_with_words(Database& database, std::string_view words) {
  std::vector<std::int64_t> keys;
  const std::string match = all_words(words);
  if (match.empty()) return keys;
  auto rows =
      database.prepare("SELECT rowid FROM speaker_search WHERE speaker_search MATCH ? ORDER BY rowid");
  rows.bind(match);
  while (rows.step()) keys.push_back(rows.integer(0));
  return keys;
}

/// The speakers that stand for these.
std::vector<std::int64_t> persons_of(Database& database, const std::vector<std::int64_t>& speakers) {
  std::set<std::int64_t> persons;
  for (const std::int64_t speaker : speakers) persons.insert(person_of(database, speaker));
  return {persons.begin(), persons.end()};
}

struct Named {
  std::string id, name, kind, article;  ///< article: id, where the name holds in it only
};

Named named(Database& database, std::int64_t key) {
  auto row = database.prepare(
      "SELECT p.id, p.name, (SELECT name FROM code WHERE code = p.kind), a.id FROM speaker p "
      "LEFT JOIN article a ON a.key = p.article WHERE p.key = ?");
  if (!row.bind(key).step()) return {};
  return {row.string(0), row.string(1), row.string(2), row.string(3)};
}

/// A correction of speakers is held fast by their ids, which are made of kind and name, and of the article
/// for a name that holds in one.
std::string keep(Database& database, CorrectionKind kind, const Named& speaker, std::string_view article_id,
                 std::string_view value, std::string_view note, std::string_view now) {
  auto count = database.prepare("SELECT count(*) FROM correction");
  const std::string number = count.step() ? count.string(0) : std::string();
  Sha256 hash;
  hash.add_part("correction");
  for (const std::string_view part :
       {std::string_view(speaker.id), name(kind), value, std::string_view(number), now}) {
    hash.add_part(part);
  }
  std::string id = make_id('c', hash.finish());
  database
      .prepare(
          "INSERT INTO correction(id, kind, article_id, text_sha256, \"begin\", \"end\", words, value, note, "
          "made_at) "
          "VALUES (?, ?, ?, '', 0, 0, ?, ?, ?, ?)")
      .bind(id, name(kind), article_id, speaker.name, value, note, now)
      .run();
  return id;
}

void insert_identifier(Database& database, const SpeakerIdentifier& one, std::string_view folded) {
  database.prepare("INSERT OR IGNORE INTO identifier VALUES (?, ?, ?, ?, ?, ?)")
      .bind(one.name, one.identifier, one.role, one.since, one.until, folded)
      .run();
}

/// {"speaker":"p...","other":"p...", ...}: the view `corrections` finds the ids by their places, because a
/// view may not use SQLite's JSON functions in a file that is not trusted.
void write_speaker(JsonWriter& json, const Named& speaker, const Named& other = {}) {
  json.member("speaker", std::string_view(speaker.id));
  if (!other.id.empty()) json.member("other", std::string_view(other.id));
  json.member("name", std::string_view(speaker.name));
  json.member("kind", std::string_view(speaker.kind));
}

/// Where the name alone tells nobody, what was said in the article counts; elsewhere the row with this very
/// name.
Result<Located> locate_name(Database& database, std::string_view typed) {
  std::vector<std::int64_t> exact;
  {
    auto rows = database.prepare("SELECT key FROM speaker WHERE name = ? AND article IS NULL ORDER BY key");
    const std::string name = normalised_name(typed);
    rows.bind(name);
    while (rows.step()) exact.push_back(rows.integer(0));
  }
  if (exact.size() == 1) return Located{exact.front(), named(database, exact.front()).id};
  return locate_speaker(database, typed);
}

}  // namespace

std::vector<std::int64_t> speakers_called(Database& database, std::string_view typed) {
  std::vector<std::int64_t> named = keys_with_words(database, typed);
  const auto by_id = locate(database, "speaker", typed);
  // The beginning of an id can be a name too ("Pan"): then the name is meant.
  if (by_id && (named.empty() || by_id->id == typed)) return {person_of(database, by_id->key)};
  if (auto full = speakers_with_full_name(database, typed); !full.empty()) named = std::move(full);
  return persons_of(database, named);
}

Result<Located> locate_speaker(Database& database, std::string_view typed) {
  if (auto by_id = locate(database, "speaker", typed); by_id && keys_with_words(database, typed).empty())
    return by_id;
  const std::vector<std::int64_t> persons = speakers_called(database, typed);
  if (database.failed()) return std::unexpected(database.take_error());
  if (persons.size() == 1) return Located{persons.front(), named(database, persons.front()).id};
  if (persons.empty()) {
    Error missing{ErrorCode::kNotFound, fmt::format("no speaker is called {}", typed), {}, {}, {}};
    missing.advice = "onrecord speakers has the names and ids.";
    return std::unexpected(std::move(missing));
  }
  constexpr std::size_t kShown = 8;
  std::string candidates;
  for (std::size_t i = 0; i < std::min(kShown, persons.size()); ++i) {
    const Named one = named(database, persons[i]);
    candidates += fmt::format("{}{} ({})", i == 0 ? "" : ", ", one.name, one.id);
  }
  if (persons.size() > kShown) candidates += fmt::format(" and {} more", persons.size() - kShown);
  Error ambiguous{ErrorCode::kInvalidArgument,
                  fmt::format("{} speakers are called {}: {}", persons.size(), typed, candidates),
                  {},
                  {},
                  {}};
  ambiguous.advice = "Give the id of the one that is meant.";
  return std::unexpected(std::move(ambiguous));
}

Result<std::string> Record::merge_speakers(std::string_view one, std::string_view other,
                                           std::string_view note) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  const auto first = locate_name(database, one);
  if (!first) return std::unexpected(first.error());
  const auto second = locate_name(database, other);
  if (!second) return std::unexpected(second.error());
  if (first->key == second->key) return fail(ErrorCode::kInvalidArgument, "that is one speaker already");
  const Named speaker = named(database, first->key);
  const Named same = named(database, second->key);
  if (!speaker.article.empty() && !same.article.empty() && speaker.article != same.article) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format(
            "{} ({}) and {} ({}) are names that hold in their articles only; merge each with a speaker "
            "who is named in full",
            speaker.name, speaker.id, same.name, same.id));
  }
  JsonWriter json;
  json.begin_object();
  write_speaker(json, speaker, same);
  json.member("other_name", std::string_view(same.name));
  json.end_object();
  const std::string now = store_->now();
  const std::string article = speaker.article.empty() ? same.article : speaker.article;
  const std::string id =
      keep(database, CorrectionKind::kSameSpeaker, speaker, article, json.take(), note, now);
  join_again(database, {first->key, second->key});
  transaction.commit();
  return database.outcome(id);
}

Result<std::string> Record::split_speaker(std::string_view speaker, std::string_view article,
                                          std::string_view note) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  const auto located = locate_name(database, speaker);
  if (!located) return std::unexpected(located.error());
  const Named one = named(database, located->key);
  std::optional<Located> place;
  if (!article.empty()) {
    const auto found = locate(database, "article", article);
    if (!found) return std::unexpected(found.error());
    place = *found;
    auto said = database.prepare(
        "SELECT 1 FROM quotation q JOIN version v ON v.key = q.version WHERE v.article = ? AND v.current = 1 "
        "AND "
        "q.speaker = ? LIMIT 1");
    if (!said.bind(place->key, located->key).step()) {
      return fail(ErrorCode::kNotFound,
                  fmt::format("{} ({}) says nothing in {}", one.name, one.id, place->id));
    }
  } else if (person_of(database, located->key) == located->key &&
             with_their_aliases(database, {located->key}).size() == 1) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("{} ({}) is joined with nobody; two people of that name are told apart with --article",
                    one.name, one.id));
  }
  JsonWriter json;
  json.begin_object();
  write_speaker(json, one);
  if (place) json.member("article", std::string_view(place->id));
  json.end_object();
  const std::string now = store_->now();
  const std::string id = keep(database, CorrectionKind::kOtherSpeaker, one, place ? place->id : one.article,
                              json.take(), note, now);
  const std::vector<std::int64_t> joined = with_their_aliases(database, {located->key});
  if (place) {
    SpeakerJoins joins(database);
    attach_corrections(database, place->key);
    joins.settle(SpeakerJoins::Sweep::kUnnamedSpeakers);
  } else {
    join_again(database, joined);
  }
  transaction.commit();
  return database.outcome(id);
}

Result<std::uint64_t> Record::identify_speakers(std::span<const SpeakerIdentifier> identifiers) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  std::set<std::int64_t> speakers;
  const auto note_persons = [&] {
    auto rows = database.prepare("SELECT person FROM identified");
    while (rows.step()) speakers.insert(rows.integer(0));
  };
  note_persons();
  database.run("DELETE FROM identifier");
  for (const SpeakerIdentifier& one : identifiers) {
    if (one.name.empty() || one.identifier.empty()) {
      return fail(ErrorCode::kInvalidArgument, "an identifier needs a name and the identifier");
    }
    std::string folded = one.name;
    if (const auto by_id = locate(database, "speaker", one.name); by_id && by_id->id == one.name) {
      speakers.insert(by_id->key);
    } else {
      const FullName person = full_name(one.name, SpeakerKind::kPerson);
      const FullName body = full_name(one.name, SpeakerKind::kOrganization);
      for (const std::int64_t key : speakers_with_full_name(database, one.name)) speakers.insert(key);
      folded = first_and_last(person);
      if (first_and_last(body) != folded) insert_identifier(database, one, first_and_last(body));
    }
    if (!folded.empty()) insert_identifier(database, one, folded);
  }
  join_again(database, {speakers.begin(), speakers.end()});
  auto count = database.prepare("SELECT count(*) FROM identified");
  const std::uint64_t known = count.step() ? static_cast<std::uint64_t>(count.integer(0)) : 0;
  count.run();
  transaction.commit();
  return database.outcome(known);
}

Result<std::vector<SpeakerAlias>> Record::aliases(std::string_view speaker_id) const {
  Database& database = store_->database;
  const auto located = locate(database, "speaker", speaker_id);
  if (!located) return std::unexpected(located.error());
  const std::vector<std::int64_t> speakers = with_their_aliases(database, {located->key});
  auto rows = database.prepare(fmt::format(
      "SELECT p.id, p.name, iif(lower(w.source) IN ('he', 'she', 'they', 'it', 'who', 'i', 'we', 'you', "
      "'her', 'him', "
      "'them'), NULL, w.source) AS printed, count(*), count(DISTINCT v.article), min(COALESCE(q.said, "
      "v.published)), "
      "max(COALESCE(q.said, v.published)), (SELECT name FROM code WHERE code = j.basis), j.reason "
      "FROM (SELECT key FROM quotation WHERE speaker IN ({0}) UNION SELECT quotation FROM corrected WHERE "
      "speaker IN "
      "({0})) one JOIN quotation q ON q.key = one.key JOIN version v ON v.key = q.version AND v.current = 1 "
      "JOIN cue_and_source w ON w.quotation = q.key LEFT JOIN corrected c ON c.quotation = q.key "
      "JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END "
      "LEFT JOIN joined j ON j.speaker = p.key "
      "WHERE p.key IN ({0}) AND COALESCE(c.rejected, 0) = 0 AND c.merged_into IS NULL "
      "GROUP BY p.key, printed ORDER BY 4 DESC, 2, 3, 1",
      fmt::join(speakers, ",")));
  std::vector<SpeakerAlias> aliases;
  while (rows.step()) {
    aliases.push_back({rows.string(0), rows.string(1), rows.string(2),
                       static_cast<std::uint64_t>(rows.integer(3)),
                       static_cast<std::uint64_t>(rows.integer(4)), rows.string(5), rows.string(6),
                       rows.string(7), rows.string(8)});
  }
  return database.outcome(std::move(aliases));
}

}  // namespace onrecord
