#include "record/joined_speakers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <chrono>
#include <map>
#include <numeric>
#include <optional>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/described_speakers.h"
#include "record/person_names.h"
#include "text/sha256.h"
#include "text/word_list.h"

namespace onrecord {
namespace {

/// A story's articles come out within days of each other. Judgement: a week on either side.
constexpr std::int64_t kStoryDays = 7;
/// Names of several words, other than the speaker's, that two articles of one story share. Judgement, on the
/// safe side: two articles on a parliament share its name and its city's.
constexpr std::size_t kSharedNames = 3;
/// A surname that more articles of a fortnight speak of is not looked into: too many texts, and too many
/// people.
constexpr std::size_t kMostSightings = 20;

/// 23 bits of a hash: three bytes in a row. What hashes alike is compared by name.
std::int64_t short_hash(std::string_view text) {
  const Digest digest = sha256(text);
  return (std::int64_t{digest[0]} << 16 | std::int64_t{digest[1]} << 8 | digest[2]) >> 1;
}

std::int64_t hash_of(const FullName& name) { return short_hash(first_and_last(name)); }

std::optional<std::int64_t> day_of(std::string_view date) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const auto number = [&](std::size_t at, std::size_t size, auto& value) {
    if (date.size() < at + size) return false;
    const auto [end, error] = std::from_chars(date.data() + at, date.data() + at + size, value);
    return error == std::errc() && end == date.data() + at + size;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
  const std::chrono::year_month_day calendar{std::chrono::year(year), std::chrono::month(month),
                                             std::chrono::day(day)};
  if (!calendar.ok()) return std::nullopt;
  return std::chrono::sys_days(calendar).time_since_epoch().count();
}

/// A row of `speaker`.
struct Speaker {
  std::int64_t key = 0;
  std::string id, name;
  SpeakerKind kind = SpeakerKind::kUnknown;
  bool is_of_article = false;
  std::int64_t article = 0;
  FullName full;  ///< nothing known when the name holds in one article only
};

std::optional<Speaker> read_speaker(Database& database, std::int64_t key) {
  auto row = database.prepare("SELECT id, name, kind, article FROM speaker WHERE key = ?");
  if (!row.bind(key).step()) return std::nullopt;
  Speaker speaker{
      key, row.string(0), row.string(1), speaker_kind_of(row.integer(2)), !row.is_null(3), row.integer(3),
      {}};
  if (!speaker.is_of_article) speaker.full = full_name(speaker.name, speaker.kind);
  return speaker;
}

std::vector<std::int64_t> keys_of(Statement& rows) {
  std::vector<std::int64_t> keys;
  while (rows.step()) keys.push_back(rows.integer(0));
  return keys;
}

/// All speakers with the same first and last name, whatever stands between them.
std::vector<Speaker> namesakes(Database& database, const FullName& name, SpeakerKind kind) {
  std::vector<std::int64_t> keys;
  {
    auto rows = database.prepare("SELECT speaker FROM full_name WHERE folded = ? ORDER BY speaker");
    rows.bind(hash_of(name));
    keys = keys_of(rows);
  }
  std::vector<Speaker> found;
  for (const std::int64_t key : keys) {
    auto one = read_speaker(database, key);
    if (one && one->kind == kind && one->full.first == name.first && one->full.last == name.last) {
      found.push_back(std::move(*one));
    }
  }
  return found;
}

// --- sightings: which surnames the current version of an article has as speakers, and when
// -------------------

struct Sighting {
  std::int64_t surname = 0;
  std::int64_t day = 0;
  std::int64_t speaker = 0;
};

std::vector<Sighting> sightings_in(Database& database, std::int64_t article) {
  std::vector<Sighting> sightings;
  auto rows = database.prepare(
      "SELECT DISTINCT p.key, p.name, v.published FROM version v JOIN quotation q ON q.version = v.key "
      "JOIN speaker p ON p.key = q.speaker WHERE v.article = ? AND v.current = 1 AND p.kind = ?");
  rows.bind(article, code(SpeakerKind::kPerson));
  while (rows.step()) {
    const auto day = day_of(rows.text(2));
    const std::string last = surname(rows.text(1), SpeakerKind::kPerson);
    if (day && !last.empty()) sightings.push_back({short_hash(last), *day, rows.integer(0)});
  }
  return sightings;
}

// --- evidence that a bare surname is a person of another article
// ----------------------------------------------

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool in_word(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

const std::set<std::string>& small_words() {
  static const std::set<std::string> words = [] {
    std::set<std::string> made;
    for (const auto& row : WordLists().rows("function_words")) made.insert(row[0]);
    return made;
  }();
  return words;
}

/// Runs of at least two capitalised words, folded: "low sandling", "marta quillfeather". A small word that
/// begins a sentence, a weekday and a month end a run.
std::set<std::string> names_in(std::string_view text) {
  std::set<std::string> names;
  std::string run;
  std::size_t length = 0;
  const auto end_run = [&] {
    if (length > 1) names.insert(run);
    run.clear();
    length = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!in_word(text[at])) {
      if (text[at] != ' ') end_run();
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && in_word(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    if (word.ends_with("'s")) word.remove_suffix(2);
    if (word.ends_with("\xE2\x80\x99s")) word.remove_suffix(4);
    const std::string folded = is_capital(text[at]) ? folded_name(word) : std::string();
    if (folded.empty() || small_words().contains(folded)) {
      end_run();
    } else {
      run += (run.empty() ? "" : " ") + folded;
      ++length;
    }
    at = end;
  }
  end_run();
  return names;
}

/// The last words of `text` that stand right at its end and name an office: "harbor master" before a name.
void add_roles_before(std::string_view text, std::set<std::string>& roles) {
  const std::vector<std::string> words = mention_words(text, {}, {});
  for (auto word = words.rbegin(); word != words.rend() && names_an_office(*word); ++word)
    roles.insert(*word);
}

/// The roles that the text gives to whom it calls `name`: right before the name, or in an apposition behind.
std::set<std::string> roles_of(std::string_view text, std::string_view name) {
  constexpr std::size_t kBeside = 60;
  std::set<std::string> roles;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && in_word(text[at - 1])) || (end < text.size() && in_word(text[end]))) continue;
    const std::size_t begin = at - std::min(at, kBeside);
    add_roles_before(text.substr(begin, at - begin), roles);
    for (std::string& word : mention_words({}, {}, text.substr(end).substr(0, kBeside))) {
      if (names_an_office(word)) roles.insert(std::move(word));
    }
  }
  return roles;
}

/// "sen" stands for "senator", and a "chair" is a "chairwoman".
bool same_role(const std::string& one, const std::string& other) {
  constexpr std::size_t kLeast = 3;
  return (one.size() >= kLeast && other.starts_with(one)) ||
         (other.size() >= kLeast && one.starts_with(other));
}

std::string shared_role(const std::set<std::string>& roles, const std::set<std::string>& others) {
  for (const std::string& role : roles) {
    if (std::ranges::any_of(others, [&](const std::string& other) { return same_role(role, other); }))
      return role;
  }
  return {};
}

struct Evidence {
  std::int64_t person = 0;
  std::string reason;
};

/// What the articles of some days have of a surname; texts are read once.
class Stories {
 public:
  explicit Stories(Database& database) : database_(database) {}

  /// Looks for evidence for every bare surname within reach of that day, and writes what is found.
  void look(std::int64_t surname, std::int64_t day) {
    const auto near = sightings_near(surname, day);
    for (std::int64_t at = day - kStoryDays; at <= day + kStoryDays; ++at) {
      if (!looked_.emplace(surname, at).second) continue;
      if (count_near(near, surname, at) <= kMostSightings) {
        look_at_day(surname, at);
      } else {
        forget_day(surname, at);
      }
    }
  }

  /// Those whose evidence is another now.
  [[nodiscard]] const std::set<std::int64_t>& changed() const { return changed_; }

 private:
  struct Facts {
    std::string text, article_id, published;
    std::optional<std::set<std::string>> names;                  ///< when they were asked for
    std::map<std::string, std::set<std::string>> roles_by_name;  ///< likewise
  };

  using Days = std::map<std::int64_t, std::size_t>;  // sightings by day

  /// Nothing when there are more than are worth reading at once: then days are asked one by one.
  std::optional<Days> sightings_near(std::int64_t surname, std::int64_t day) {
    constexpr std::size_t kMost = 8 * kMostSightings;
    auto rows =
        database_.prepare("SELECT day FROM sighting WHERE surname = ? AND day BETWEEN ? AND ? LIMIT ?");
    rows.bind(surname, day - 2 * kStoryDays, day + 2 * kStoryDays, kMost);
    Days days;
    std::size_t count = 0;
    for (; rows.step(); ++count) ++days[rows.integer(0)];
    return count < kMost ? std::optional(std::move(days)) : std::nullopt;
  }

  /// How many sightings a bare surname of that day has around it; counting stops beyond `kMostSightings`.
  std::size_t count_near(const std::optional<Days>& days, std::int64_t surname, std::int64_t day) {
    std::size_t count = 0;
    if (days) {
      for (auto at = days->lower_bound(day - kStoryDays); at != days->end() && at->first <= day + kStoryDays;
           ++at)
        count += at->second;
      return count;
    }
    auto rows = database_.prepare("SELECT 1 FROM sighting WHERE surname = ? AND day BETWEEN ? AND ? LIMIT ?");
    rows.bind(surname, day - kStoryDays, day + kStoryDays, kMostSightings + 1);
    while (rows.step()) ++count;
    return count;
  }

  void look_at_day(std::int64_t surname, std::int64_t day) {
    std::set<std::int64_t> bare;
    {
      auto rows = database_.prepare(
          "SELECT s.speaker FROM sighting s JOIN speaker p ON p.key = s.speaker WHERE s.surname = ? AND "
          "s.day = ? AND "
          "p.article IS NOT NULL UNION SELECT speaker FROM same_story WHERE surname = ?1 AND day = ?2");
      rows.bind(surname, day);
      for (const std::int64_t key : keys_of(rows)) bare.insert(key);
    }
    for (const std::int64_t key : bare) {
      const auto speaker = read_speaker(database_, key);
      if (speaker) write(key, surname, day, find(*speaker, surname, day));
    }
  }

  void forget_day(std::int64_t surname, std::int64_t day) {
    std::vector<std::int64_t> bare;
    {
      auto rows = database_.prepare("SELECT speaker FROM same_story WHERE surname = ? AND day = ?");
      rows.bind(surname, day);
      bare = keys_of(rows);
    }
    for (const std::int64_t key : bare) write(key, surname, day, std::nullopt);
  }

  Facts& facts_of(std::int64_t article) {
    const auto [at, is_new] = facts_.try_emplace(article);
    Facts& facts = at->second;
    if (!is_new) return facts;
    auto row = database_.prepare(
        "SELECT v.text, a.id, v.published FROM version v JOIN article a ON a.key = v.article WHERE v.article "
        "= ? AND "
        "v.current = 1");
    if (row.bind(article).step()) facts = {row.string(0), row.string(1), row.string(2), {}, {}};
    return facts;
  }

  struct Candidate {
    std::int64_t article = 0;
    Speaker speaker;
  };

  std::optional<Evidence> find(const Speaker& bare, std::int64_t surname_hash, std::int64_t day) {
    const std::string last = surname(bare.name, bare.kind);
    std::vector<Candidate> candidates;
    if (!candidates_for(bare, last, surname_hash, day, candidates) || candidates.empty()) return std::nullopt;
    Facts& own = facts_of(bare.article);
    const std::set<std::string>& roles = roles_in(own, bare.name);
    if (roles.empty()) return std::nullopt;
    std::optional<Evidence> best;
    std::pair<std::string, std::string> best_place;
    std::vector<FullName> in_that_role;
    for (const Candidate& candidate : candidates) {
      Facts& other = facts_of(candidate.article);
      const std::string role = shared_role(roles, roles_in(other, candidate.speaker.name));
      if (role.empty()) continue;
      in_that_role.push_back(candidate.speaker.full);
      const std::vector<std::string> shared = shared_names(own, other, last);
      if (shared.size() < kSharedNames) continue;
      std::pair place{other.article_id, candidate.speaker.id};
      if (best && best_place <= place) continue;
      best = Evidence{
          candidate.speaker.key,
          fmt::format("{} {} of the same story as {}, {} ({} of {}): both articles name {}", role, bare.name,
                      candidate.speaker.name, role, other.article_id, other.published.substr(0, 10),
                      fmt::join(shared.begin(), shared.begin() + kSharedNames, ", "))};
      best_place = std::move(place);
    }
    // A second person of that surname in that role, in this story or not: nobody can tell.
    for (const FullName& one : in_that_role) {
      const bool alone =
          std::ranges::all_of(in_that_role, [&](const FullName& other) { return may_be_one(one, other); });
      if (!alone) return std::nullopt;
    }
    return best;
  }

  /// The persons of that surname, named in full, of those days. False when the surname's own article has one:
  /// then the reading knew of that person, and took the surname for another's.
  bool candidates_for(const Speaker& bare, const std::string& last, std::int64_t surname_hash,
                      std::int64_t day, std::vector<Candidate>& candidates) {
    auto rows = database_.prepare(
        "SELECT s.article, s.speaker FROM sighting s JOIN speaker p ON p.key = s.speaker WHERE s.surname = ? "
        "AND s.day "
        "BETWEEN ? AND ? AND p.article IS NULL");
    rows.bind(surname_hash, day - kStoryDays, day + kStoryDays);
    while (rows.step()) {
      auto speaker = read_speaker(database_, rows.integer(1));
      if (!speaker || !speaker->full.known() || speaker->full.last != last) continue;
      if (rows.integer(0) == bare.article) return false;
      candidates.push_back({rows.integer(0), std::move(*speaker)});
    }
    return true;
  }

  static const std::set<std::string>& roles_in(Facts& facts, const std::string& name) {
    const auto [at, is_new] = facts.roles_by_name.try_emplace(name);
    if (is_new) at->second = roles_of(facts.text, name);
    return at->second;
  }

  static const std::set<std::string>& names_of(Facts& facts) {
    if (!facts.names) facts.names = names_in(facts.text);
    return *facts.names;
  }

  static std::vector<std::string> shared_names(Facts& one, Facts& other, const std::string& last) {
    std::vector<std::string> shared;
    std::ranges::set_intersection(names_of(one), names_of(other), std::back_inserter(shared));
    std::erase_if(shared, [&](const std::string& name) { return name.ends_with(last); });
    return shared;
  }

  void write(std::int64_t speaker, std::int64_t surname, std::int64_t day,
             const std::optional<Evidence>& evidence) {
    auto known = database_.prepare("SELECT person, reason FROM same_story WHERE speaker = ?");
    const bool had = known.bind(speaker).step();
    if (!had && !evidence) return;
    if (had && evidence && known.integer(0) == evidence->person && known.text(1) == evidence->reason) return;
    changed_.insert(speaker);
    database_.prepare("DELETE FROM same_story WHERE speaker = ?").bind(speaker).run();
    if (!evidence) return;
    database_.prepare("INSERT INTO same_story VALUES (?, ?, ?, ?, ?)")
        .bind(speaker, evidence->person, surname, day, evidence->reason)
        .run();
  }

  Database& database_;
  std::map<std::int64_t, Facts> facts_;
  std::set<std::pair<std::int64_t, std::int64_t>> looked_;  // surname, day
  std::set<std::int64_t> changed_;
};

// --- what names, evidence and corrections come to
// ----------------------------------------------------------------

/// `speakers merge` and `speakers split` that hold.
struct SpeakerCorrection {
  std::int64_t number = 0;
  std::string id, note;
  bool is_same = false;
  std::int64_t speaker = 0;
  std::int64_t other = 0;  ///< of a merge
};

std::vector<SpeakerCorrection> speaker_corrections(Database& database) {
  std::vector<SpeakerCorrection> corrections;
  auto rows = database.prepare(
      "SELECT c.key, c.id, c.note, c.kind = 'same-speaker', p.key, o.key FROM correction c "
      "JOIN speaker p ON p.id = json_extract(c.value, '$.speaker') "
      "LEFT JOIN speaker o ON o.id = json_extract(c.value, '$.other') "
      "WHERE c.undone_at IS NULL AND c.kind IN ('same-speaker', 'other-speaker') AND "
      "json_extract(c.value, '$.article') IS NULL ORDER BY c.key");
  while (rows.step()) {
    if (rows.integer(3) != 0 && rows.is_null(5)) continue;
    corrections.push_back({rows.integer(0), rows.string(1), rows.string(2), rows.integer(3) != 0,
                           rows.integer(4), rows.integer(5)});
  }
  return corrections;
}

/// Why two speakers are one.
struct Link {
  std::int64_t one = 0;
  std::int64_t other = 0;
  JoinedBy basis = JoinedBy::kName;
  std::string reason;
};

/// Speakers that one correction or one name ties together, and who is who among them.
class Joiner {
 public:
  explicit Joiner(Database& database) : database_(database), corrections_(speaker_corrections(database)) {}

  void join(std::int64_t key) {
    if (done_.contains(key)) return;
    speakers_.clear();
    links_.clear();
    gather(key);
    for (const auto& [found, speaker] : speakers_) done_.insert(found);
    link_corrections();
    link_names();
    link_stories();
    write();
  }

 private:
  /// Everybody whom names, corrections, stories or the joins as they stand tie to `first`. Bare surnames that
  /// only a story ties are left to `follow`: a person may have thousands.
  void gather(std::int64_t first) {
    std::vector<std::int64_t> waiting{first};
    while (!waiting.empty()) {
      const std::int64_t key = waiting.back();
      waiting.pop_back();
      if (speakers_.contains(key)) continue;
      auto speaker = read_speaker(database_, key);
      if (!speaker) continue;
      if (speaker->full.known()) {
        for (const Speaker& namesake : namesakes(database_, speaker->full, speaker->kind))
          waiting.push_back(namesake.key);
      }
      for (const SpeakerCorrection& correction : corrections_) {
        if (!correction.is_same || (correction.speaker != key && correction.other != key)) continue;
        waiting.push_back(correction.speaker), waiting.push_back(correction.other);
      }
      auto tied = database_.prepare(
          "SELECT person FROM same_story WHERE speaker = ?1 UNION SELECT person FROM joined WHERE speaker = "
          "?1 "
          "UNION SELECT speaker FROM joined WHERE person = ?1 AND basis <> ?2");
      tied.bind(key, code(JoinedBy::kStory));
      for (const std::int64_t other : keys_of(tied)) waiting.push_back(other);
      speakers_.emplace(key, std::move(*speaker));
    }
  }

  /// The number of the last split of a speaker: what was joined before it no longer holds.
  [[nodiscard]] std::int64_t split_at(std::int64_t speaker) const {
    std::int64_t last = -1;
    for (const SpeakerCorrection& correction : corrections_) {
      if (!correction.is_same && correction.speaker == speaker) last = correction.number;
    }
    return last;
  }
  [[nodiscard]] bool is_split(std::int64_t speaker) const { return split_at(speaker) >= 0; }

  void link_corrections() {
    for (const SpeakerCorrection& merge : corrections_) {
      if (!merge.is_same || !speakers_.contains(merge.speaker) || !speakers_.contains(merge.other)) continue;
      if (std::max(split_at(merge.speaker), split_at(merge.other)) > merge.number) continue;
      links_.push_back({merge.speaker, merge.other, JoinedBy::kCorrection,
                        fmt::format("merged by a person{}{} (correction {})", merge.note.empty() ? "" : ": ",
                                    merge.note, merge.id)});
    }
  }

  /// Among namesakes a name joins all whom it may be, when these are one themselves.
  void link_names() {
    std::vector<const Speaker*> named;
    for (const auto& [key, speaker] : speakers_) {
      if (speaker.full.known() && !is_split(key)) named.push_back(&speaker);
    }
    for (const Speaker* one : named) {
      for (const Speaker* other : named) {
        if (one->key < other->key && one->kind == other->kind && is_the_same_name(*one, *other, named)) {
          links_.push_back({one->key, other->key, JoinedBy::kName, "the same name"});
        }
      }
    }
  }

  static bool is_the_same_name(const Speaker& one, const Speaker& other,
                               const std::vector<const Speaker*>& named) {
    if (!may_be_one(one.full, other.full)) return false;
    if (one.full == other.full) return true;
    // Whoever may be one of the two may be the other as well, and there is nobody else whom they may be.
    std::vector<const Speaker*> like;
    for (const Speaker* third : named) {
      if (third->kind == one.kind &&
          (may_be_one(third->full, one.full) || may_be_one(third->full, other.full)))
        like.push_back(third);
    }
    return std::ranges::all_of(like, [&](const Speaker* a) {
      return std::ranges::all_of(like, [&](const Speaker* b) { return may_be_one(a->full, b->full); });
    });
  }

  void link_stories() {
    for (const auto& [key, speaker] : speakers_) {
      auto row = database_.prepare("SELECT person, reason FROM same_story WHERE speaker = ?");
      if (!row.bind(key).step() || !speakers_.contains(row.integer(0))) continue;
      if (is_split(key)) continue;
      links_.push_back({key, row.integer(0), JoinedBy::kStory, row.string(1)});
    }
  }

  /// Capitals that follow one another: "CASIMIR Dollenby" stands for nobody while there is "Casimir
  /// Dollenby".
  static std::size_t loudness(std::string_view name) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    std::size_t count = 0;
    for (std::size_t i = 1; i < name.size(); ++i)
      count += is_capital(name[i]) && is_capital(name[i - 1]) ? 1 : 0;
    return count;
  }

  /// The fullest name stands for all: one that holds beyond its article, with most letters.
  static bool stands_before(const Speaker& one, const Speaker& other) {
    if (one.is_of_article != other.is_of_article) return other.is_of_article;
    const std::size_t loud_one = loudness(one.name);
    const std::size_t loud_other = loudness(other.name);
    if (loud_one != loud_other) return loud_one < loud_other;
    if (one.name.size() != other.name.size()) return one.name.size() > other.name.size();
    return std::tie(one.name, one.id) < std::tie(other.name, other.id);
  }

  std::int64_t root(std::int64_t key) {
    while (roots_[key] != key) key = roots_[key] = roots_[roots_[key]];
    return key;
  }

  void write() {
    roots_.clear();
    for (const auto& [key, speaker] : speakers_) roots_[key] = key;
    for (const Link& link : links_) {
      const std::int64_t one = root(link.one);
      const std::int64_t other = root(link.other);
      if (one == other) continue;
      const bool first = stands_before(speakers_.at(one), speakers_.at(other));
      roots_[first ? other : one] = first ? one : other;
    }
    std::map<std::int64_t, std::vector<std::int64_t>> persons;
    for (const auto& [key, speaker] : speakers_) persons[root(key)].push_back(key);
    for (const auto& [person, members] : persons) {
      for (const std::int64_t member : members) write(member, person);
      identify(person, members);
    }
  }

  void write(std::int64_t speaker, std::int64_t person) {
    const std::int64_t before = person_of(database_, speaker);
    if (speaker == person) {
      database_.prepare("DELETE FROM joined WHERE speaker = ?").bind(speaker).run();
    } else {
      const Link& why = reason_for(speaker, person);
      database_.prepare("INSERT OR REPLACE INTO joined VALUES (?, ?, ?, ?)")
          .bind(speaker, person, code(why.basis), why.reason)
          .run();
    }
    if (before != person) follow(speaker, person);
  }

  /// A bare surname of another article goes where the person of its story goes.
  void follow(std::int64_t speaker, std::int64_t person) {
    auto rows = database_.prepare("SELECT speaker FROM same_story WHERE person = ?");
    rows.bind(speaker);
    for (const std::int64_t bare : keys_of(rows)) {
      if (speakers_.contains(bare) || is_split(bare)) continue;
      database_.prepare("UPDATE joined SET person = ? WHERE speaker = ?").bind(person, bare).run();
    }
  }

  /// The link to the person itself, if there is one; else the first.
  const Link& reason_for(std::int64_t speaker, std::int64_t person) {
    const Link* best = nullptr;
    std::string best_id;
    for (const Link& link : links_) {
      if (link.one != speaker && link.other != speaker) continue;
      const std::int64_t to = link.one == speaker ? link.other : link.one;
      const std::string& id = speakers_.at(to).id;
      const bool better =
          best == nullptr || to == person || (best_id > id && best_id != speakers_.at(person).id);
      if (better) best = &link, best_id = id;
    }
    assert(best != nullptr);  // a speaker with another root was linked to it
    return *best;
  }

  void identify(std::int64_t person, const std::vector<std::int64_t>& members) {
    std::set<std::string> identifiers;
    for (const std::int64_t member : members) {
      const Speaker& speaker = speakers_.at(member);
      database_.prepare("DELETE FROM identified WHERE person = ?").bind(member).run();
      auto rows = database_.prepare("SELECT name, identifier FROM identifier WHERE folded IN (?, ?)");
      const std::string folded = first_and_last(speaker.full);
      rows.bind(folded, speaker.id);
      while (rows.step()) {
        const bool fits =
            rows.text(0) == speaker.id || may_be_one(full_name(rows.text(0), speaker.kind), speaker.full);
        if (fits) identifiers.insert(rows.string(1));
      }
    }
    if (identifiers.size() != 1) return;
    database_.prepare("INSERT INTO identified VALUES (?, ?)").bind(person, *identifiers.begin()).run();
  }

  Database& database_;
  std::vector<SpeakerCorrection> corrections_;
  std::map<std::int64_t, Speaker> speakers_;
  std::vector<Link> links_;
  std::map<std::int64_t, std::int64_t> roots_;
  std::set<std::int64_t> done_;
};

/// Deletes speakers whom no quotation and no story names any more. Gives those who have lost a namesake.
std::vector<std::int64_t> delete_unnamed_speakers(Database& database) {
  std::vector<Speaker> gone;
  {
    auto rows = database.prepare(
        "SELECT key FROM speaker p WHERE NOT EXISTS (SELECT 1 FROM quotation WHERE speaker = p.key) "
        "AND NOT EXISTS (SELECT 1 FROM corrected WHERE speaker = p.key)");
    for (const std::int64_t key : keys_of(rows)) {
      if (auto speaker = read_speaker(database, key)) gone.push_back(std::move(*speaker));
    }
  }
  std::set<std::int64_t> left;
  for (const Speaker& speaker : gone) {
    auto tied = database.prepare(
        "SELECT speaker FROM joined WHERE person = ?1 UNION SELECT person FROM joined WHERE speaker = ?1");
    tied.bind(speaker.key);
    for (const std::int64_t key : keys_of(tied)) left.insert(key);
    if (speaker.full.known()) {
      for (const Speaker& namesake : namesakes(database, speaker.full, speaker.kind))
        left.insert(namesake.key);
      database.prepare("DELETE FROM full_name WHERE folded = ? AND speaker = ?")
          .bind(hash_of(speaker.full), speaker.key)
          .run();
    }
    database.prepare("INSERT INTO speaker_search(speaker_search, rowid, name) VALUES ('delete', ?, ?)")
        .bind(speaker.key, speaker.name)
        .run();
    database.prepare("DELETE FROM speaker WHERE key = ?").bind(speaker.key).run();
  }
  for (const Speaker& speaker : gone) left.erase(speaker.key);
  return {left.begin(), left.end()};
}

}  // namespace

SpeakerJoins::SpeakerJoins(Database& database, From from) : database_(database) {
  if (from == From::kTheBeginning) return;
  auto row = database.prepare("SELECT COALESCE(max(key), 0) FROM speaker");
  if (row.step()) newest_ = row.integer(0);
}

void SpeakerJoins::before_change(std::int64_t article) {
  for (const Sighting& one : sightings_in(database_, article)) {
    seen_.emplace(one.surname, one.day);
    database_.prepare("DELETE FROM sighting WHERE surname = ? AND day = ? AND article = ? AND speaker = ?")
        .bind(one.surname, one.day, article, one.speaker)
        .run();
  }
  // A bare surname that the current version no longer has belongs to nobody's story.
  database_.prepare("DELETE FROM same_story WHERE speaker IN (SELECT key FROM speaker WHERE article = ?)")
      .bind(article)
      .run();
  auto bare = database_.prepare(
      "SELECT j.speaker FROM speaker p JOIN joined j ON j.speaker = p.key WHERE p.article = ?");
  bare.bind(article);
  for (const std::int64_t key : keys_of(bare)) unsettled_.insert(key);
}

void SpeakerJoins::after_change(std::int64_t article) {
  for (const Sighting& one : sightings_in(database_, article)) {
    seen_.emplace(one.surname, one.day);
    database_.prepare("INSERT OR IGNORE INTO sighting VALUES (?, ?, ?, ?)")
        .bind(one.surname, one.day, article, one.speaker)
        .run();
  }
}

void SpeakerJoins::settle(Sweep sweep) {
  {
    auto rows = database_.prepare("SELECT key FROM speaker WHERE key > ? AND article IS NULL ORDER BY key");
    rows.bind(newest_);
    for (const std::int64_t key : keys_of(rows)) {
      const auto speaker = read_speaker(database_, key);
      if (!speaker || !speaker->full.known()) continue;
      unsettled_.insert(key);
      database_.prepare("INSERT OR IGNORE INTO full_name VALUES (?, ?)")
          .bind(hash_of(speaker->full), key)
          .run();
    }
  }
  if (sweep == Sweep::kUnnamedSpeakers) {
    for (const std::int64_t key : delete_unnamed_speakers(database_)) unsettled_.insert(key);
  }
  Stories stories(database_);
  for (const auto& [surname, day] : seen_) stories.look(surname, day);
  unsettled_.insert(stories.changed().begin(), stories.changed().end());
  join_again(database_, {unsettled_.begin(), unsettled_.end()});
  unsettled_.clear();
  seen_.clear();
}

void join_again(Database& database, std::vector<std::int64_t> speakers) {
  if (speakers.empty()) return;
  Joiner joiner(database);
  for (const std::int64_t speaker : speakers) joiner.join(speaker);
}

void join_all_speakers(Database& database) {
  std::vector<std::int64_t> articles;
  {
    auto rows = database.prepare("SELECT key FROM article ORDER BY key");
    articles = keys_of(rows);
  }
  SpeakerJoins joins(database, SpeakerJoins::From::kTheBeginning);
  for (const std::int64_t article : articles) joins.after_change(article);
  joins.settle(SpeakerJoins::Sweep::kNo);
}

std::int64_t person_of(Database& database, std::int64_t speaker) {
  auto row = database.prepare("SELECT person FROM joined WHERE speaker = ?");
  return row.bind(speaker).step() ? row.integer(0) : speaker;
}

std::vector<std::int64_t> with_their_aliases(Database& database, const std::vector<std::int64_t>& speakers) {
  std::set<std::int64_t> all;
  for (const std::int64_t speaker : speakers) {
    const std::int64_t person = person_of(database, speaker);
    if (!all.insert(person).second) continue;
    auto rows = database.prepare("SELECT speaker FROM joined WHERE person = ?");
    rows.bind(person);
    for (const std::int64_t key : keys_of(rows)) all.insert(key);
  }
  return {all.begin(), all.end()};
}

std::vector<std::int64_t> speakers_with_full_name(Database& database, std::string_view name) {
  std::vector<std::int64_t> same;
  std::vector<std::int64_t> like;
  for (const SpeakerKind kind : {SpeakerKind::kPerson, SpeakerKind::kOrganization}) {
    const FullName full = full_name(name, kind);
    if (!full.known()) continue;
    for (const Speaker& speaker : namesakes(database, full, kind)) {
      if (full == speaker.full) same.push_back(speaker.key);
      if (may_be_one(full, speaker.full)) like.push_back(speaker.key);
    }
  }
  return same.empty() ? like : same;
}

}  // namespace onrecord
