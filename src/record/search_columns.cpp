#include "record/search_columns.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace onrecord {

std::uint32_t ValueList::number(std::string_view text) {
  if (text.empty()) return 0;
  const auto [known, added] = numbers_.try_emplace(std::string(text), size());
  if (added) texts_.emplace_back(text);
  return known->second;
}

std::vector<std::uint32_t> ValueList::sort() {
  std::vector<std::uint32_t> order(texts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin() + 1, order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  std::vector<std::uint32_t> numbers(texts_.size());
  std::vector<std::string> sorted(texts_.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    numbers[order[at]] = at;
    sorted[at] = std::move(texts_[order[at]]);
  }
  texts_ = std::move(sorted);
  numbers_.clear();
  return numbers;
}

void TitleList::add(const std::optional<std::string>& title) {
  // The blank tells an empty title from one that is missing.
  if (title) titles_ += " " + in_ascii_lower_case(*title);
  at_.push_back(titles_.size());
}

bool TitleList::has(std::uint32_t number, std::string_view lower_case) const {
  const std::string_view title = std::string_view(titles_).substr(at_[number], at_[number + 1] - at_[number]);
  return !title.empty() && title.substr(1).contains(lower_case);
}

void RowOfKey::assign(std::span<const std::int64_t> keys) {
  constexpr std::uint64_t kSpare = 1'000'000;
  const std::uint64_t most = 4 * keys.size() + kSpare;
  std::uint64_t size = 0;
  for (const std::int64_t key : keys) {
    const std::uint64_t end = static_cast<std::uint64_t>(key) + 1;
    if (key >= 0 && end <= most) size = std::max(size, end);
  }
  dense_.assign(size, kNone);
  sparse_.clear();
  for (std::uint32_t row = 0; row < keys.size(); ++row) {
    const auto at = static_cast<std::uint64_t>(keys[row]);
    if (at < size) {
      dense_[at] = row;
    } else {
      sparse_[keys[row]] = row;
    }
  }
}

std::optional<std::int64_t> IndexMemory::count(const std::string& phrase) const {
  const std::scoped_lock lock(mutex_);
  const auto found = counts_.find(phrase);
  return found == counts_.end() ? std::nullopt : std::optional(found->second);
}

void IndexMemory::keep_count(const std::string& phrase, std::int64_t count) {
  constexpr std::size_t kMostCounts = 100'000;
  const std::scoped_lock lock(mutex_);
  if (counts_.size() >= kMostCounts) counts_.clear();
  counts_[phrase] = count;
}

IndexMemory::Rows IndexMemory::rows(const std::string& match) {
  const std::scoped_lock lock(mutex_);
  for (auto kept = rows_.begin(); kept != rows_.end(); ++kept) {
    if (kept->first != match) continue;
    rows_.splice(rows_.begin(), rows_, kept);
    return kept->second;
  }
  return {};
}

void IndexMemory::keep_rows(const std::string& match, Rows rows) {
  constexpr std::size_t kMostLists = 256;  // they are looked through one by one
  const auto size = [](const Rows& of) { return of->size() * sizeof(std::uint32_t); };
  const std::scoped_lock lock(mutex_);
  bytes_ += size(rows);
  rows_.emplace_front(match, std::move(rows));
  while (rows_.size() > 1 && (bytes_ > kMostBytes || rows_.size() > kMostLists)) {
    bytes_ -= size(rows_.back().second);
    rows_.pop_back();
  }
}

std::string in_ascii_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

namespace {

/// The characters of an id after its letter, five bits each: compares as the id does.
std::uint64_t number_of_id(std::string_view id) {
  constexpr std::size_t kLength = 13;
  std::uint64_t number = 0;
  for (std::size_t i = 1; i < kLength; ++i) {
    const char c = i < id.size() ? id[i] : '0';
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'z' ? 10 + (c - 'a') - (c > 'i') - (c > 'l') - (c > 'o') -
                                                   (c > 'u')  // those are no digits
                                             : 31;
    number = number << 5 | static_cast<std::uint64_t>(digit);
  }
  return number;
}

/// The numbers of codes are small; one of a stranger's file that is not stands for nothing.
std::uint8_t code_of(std::int64_t number) {
  return number > 0 && number < 256 ? static_cast<std::uint8_t>(number) : std::uint8_t{0};
}

std::uint16_t thousandths_of(std::int64_t number) {
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(number, 0, 0xFFFF));
}

struct Corrected {
  std::uint8_t kind = 0;
  bool speaker_known = false;
  std::int64_t speaker = 0;
  std::uint8_t speaker_kind = 0;
  bool counts = true;
};

}  // namespace

/// Reads the tables, one after another.
class ColumnReader {
 public:
  explicit ColumnReader(Database& database) : database_(database) {}

  std::shared_ptr<const SearchColumns> read() {
    read_versions();
    read_speakers();
    read_corrections();
    read_quotations();
    sort_dates();
    sort_quotations();
    read_indexed_words();
    read_statements();
    read_stories();
    make_persons();
    return std::move(out_);
  }

 private:
  void read_versions() {
    auto rows = database_.prepare(
        "SELECT v.key, v.article, a.id, a.outlet, v.published, b.committed_at, v.title FROM version v JOIN "
        "article a ON a.key = v.article JOIN batch b ON b.key = v.batch WHERE v.current = 1");
    std::vector<SearchColumns::Version> versions;
    std::vector<std::optional<std::string>> titles;
    while (rows.step()) {
      versions.push_back({rows.integer(0), rows.integer(1), number_of_id(rows.text(2)),
                          out_->outlets_.number(rows.text(3)), out_->dates_.number(rows.text(4)),
                          out_->batches_.number(rows.text(5)), 0});
      titles.push_back(rows.is_null(6) ? std::nullopt : std::optional(rows.string(6)));
    }
    std::vector<std::uint32_t> order(versions.size());
    std::iota(order.begin(), order.end(), 0U);
    const ValueList& dates = out_->dates_;
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      const SearchColumns::Version &one = versions[a], &other = versions[b];
      if (one.published != other.published) return dates.text(one.published) > dates.text(other.published);
      return one.article_id < other.article_id;
    });
    for (const std::uint32_t at : order) {
      version_at_[versions[at].key] = static_cast<std::uint32_t>(out_->versions_.size());
      out_->versions_.push_back(versions[at]);
      out_->titles_.add(titles[at]);
    }
  }

  void read_speakers() {
    out_->speakers_.emplace_back();  // nobody
    names_.emplace_back();
    auto rows = database_.prepare(
        "SELECT p.key, COALESCE(j.person, p.key), p.name, p.id FROM speaker p LEFT JOIN joined j ON "
        "j.speaker = "
        "p.key");
    while (rows.step()) {
      speaker_at_[rows.integer(0)] = static_cast<std::uint32_t>(out_->speakers_.size());
      out_->speakers_.push_back({rows.integer(0), 0});
      names_.push_back({rows.string(2), rows.string(3), rows.integer(1)});
    }
  }

  void read_corrections() {
    auto rows = database_.prepare(
        "SELECT quotation, kind, speaker_known, speaker, speaker_kind, rejected, merged_into FROM corrected");
    while (rows.step()) {
      Corrected& correction = corrections_[rows.integer(0)];
      correction.kind = code_of(rows.integer(1));
      correction.speaker_known = !rows.is_null(2);
      correction.speaker = rows.integer(3);
      correction.speaker_kind = code_of(rows.integer(4));
      correction.counts = rows.integer(5) == 0 && rows.is_null(6);
    }
  }

  void read_quotations() {
    auto rows = database_.prepare(
        "SELECT key, id, version, kind, mode, speaker, speaker_kind, said, confidence, speaker_confidence, "
        "context_begin FROM quotation");
    std::int64_t version = -1;
    std::uint32_t version_at = SearchColumns::kNone;
    constexpr std::int64_t kEven = 500;  // thousandths
    while (rows.step()) {
      if (rows.integer(2) != version) {
        version = rows.integer(2);
        const auto found = version_at_.find(version);
        version_at = found == version_at_.end() ? SearchColumns::kNone : found->second;
      }
      if (version_at == SearchColumns::kNone) continue;
      const auto corrected = corrections_.find(rows.integer(0));
      const Corrected correction = corrected == corrections_.end() ? Corrected() : corrected->second;
      if (!correction.counts) continue;
      Sorted& sorted = sorted_.emplace_back();
      sorted.key = rows.integer(0), sorted.id = number_of_id(rows.text(1));
      sorted.context_begin = rows.integer(10);
      sorted.confidences = {thousandths_of(rows.integer(9)), thousandths_of(rows.integer(8))};
      SearchColumns::Quotation& quotation = sorted.quotation;
      quotation.version = version_at;
      quotation.kind = correction.kind != 0 ? correction.kind : code_of(rows.integer(3));
      quotation.mode = code_of(rows.integer(4));
      quotation.speaker_kind =
          correction.speaker_kind != 0 ? correction.speaker_kind : code_of(rows.integer(6));
      const auto speaker = speaker_at_.find(correction.speaker_known ? correction.speaker : rows.integer(5));
      quotation.speaker = speaker == speaker_at_.end() ? 0 : speaker->second;
      quotation.date =
          rows.is_null(7) ? out_->versions_[version_at].published : out_->dates_.number(rows.text(7));
      quotation.is_unsure = !correction.speaker_known && rows.integer(9) < kEven ? 1 : 0;
      quotation.is_corrected = corrected == corrections_.end() ? 0 : 1;
    }
  }

  /// From here on a later date has a greater number.
  void sort_dates() {
    const std::vector<std::uint32_t> numbers = out_->dates_.sort();
    for (SearchColumns::Version& version : out_->versions_) version.published = numbers[version.published];
    for (Sorted& sorted : sorted_) sorted.quotation.date = numbers[sorted.quotation.date];
  }

  void sort_quotations() {
    std::ranges::sort(sorted_, [&](const Sorted& a, const Sorted& b) {
      const auto place = [&](const Sorted& one) {
        return std::tuple(~one.quotation.date, out_->versions_[one.quotation.version].article_id,
                          one.context_begin, one.id);
      };
      return place(a) < place(b);
    });
    const std::size_t size = sorted_.size();
    out_->quotations_.reserve(size), out_->keys_.reserve(size), out_->ids_.reserve(size);
    out_->confidences_.reserve(size);
    for (const Sorted& sorted : sorted_) {
      ++out_->versions_[sorted.quotation.version].quotations;
      out_->quotations_.push_back(sorted.quotation);
      out_->keys_.push_back(sorted.key), out_->ids_.push_back(sorted.id);
      out_->confidences_.push_back(sorted.confidences);
    }
    sorted_ = {};
    out_->rows_.assign(out_->keys_);
  }

  /// FTS5 keeps the number of words of each column of a row, in its form of numbers
  /// (https://www.sqlite.org/fileformat2.html#varint).
  void read_indexed_words() {
    out_->indexed_words_.resize(out_->size());
    auto rows = database_.prepare("SELECT id, sz FROM search_docsize");
    while (rows.step()) {
      const SearchColumns::Row row = out_->row_of(rows.integer(0));
      if (row == SearchColumns::kNone) continue;
      std::uint32_t number = 0;
      for (const char byte : rows.blob(1)) {
        constexpr unsigned kMore = 0x80;
        const auto value = static_cast<unsigned char>(byte);
        number = number << 7U | (value & ~kMore);
        if ((value & kMore) != 0) continue;
        out_->indexed_words_[row] += std::exchange(number, 0);
      }
    }
  }

  void read_statements() {
    std::vector<SearchColumns::Statement> statements;
    std::unordered_map<std::int64_t, std::uint32_t> number_of;  // by key of the first
    auto rows = database_.prepare(
        "SELECT s.first, s.base, f.id, s.reports, s.independent FROM statement s JOIN quotation f ON f.key = "
        "s.first");
    while (rows.step()) {
      const SearchColumns::Row base = out_->row_of(rows.integer(1));
      number_of[rows.integer(0)] = static_cast<std::uint32_t>(statements.size());
      statements.push_back({rows.integer(0), number_of_id(rows.text(2)),
                            base == SearchColumns::kNone ? 0 : out_->quotation(base).date, rows.offset(3),
                            rows.offset(4)});
    }
    std::vector<std::pair<SearchColumns::Row, std::uint32_t>> witnesses;
    std::vector<std::uint8_t> counts(statements.size());
    auto carriers = database_.prepare("SELECT quotation, statement FROM witness");
    while (carriers.step()) {
      const SearchColumns::Row row = out_->row_of(carriers.integer(0));
      const auto number = number_of.find(carriers.integer(1));
      if (row == SearchColumns::kNone || number == number_of.end()) continue;
      witnesses.emplace_back(row, number->second);
      counts[number->second] = 1;
    }
    // Numbered in the order of `SearchColumns::Statement`, those left out that nobody carries any more.
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < statements.size(); ++i) {
      if (counts[i] != 0) order.push_back(i);
    }
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      const auto place = [&](const SearchColumns::Statement& one) {
        return std::tuple(~one.independent, ~one.reports, ~one.date, one.id);
      };
      return place(statements[a]) < place(statements[b]);
    });
    std::vector<std::uint32_t> numbers(statements.size());
    for (const std::uint32_t at : order) {
      numbers[at] = out_->statements();
      out_->statements_.push_back(statements[at]);
    }
    for (auto& [row, number] : witnesses) number = numbers[number];
    std::ranges::sort(witnesses);
    out_->witnesses_ = std::move(witnesses);
  }

  void read_stories() {
    struct Titled {
      SearchColumns::Story story;
      std::string id;
      std::optional<std::string> title;
      std::set<std::uint32_t> outlets;
    };
    std::vector<Titled> stories;
    std::unordered_map<std::int64_t, std::uint32_t> story_at;  // by key
    auto rows = database_.prepare("SELECT key, id, title FROM story");
    while (rows.step()) {
      story_at[rows.integer(0)] = static_cast<std::uint32_t>(stories.size());
      Titled& story = stories.emplace_back();
      story.story.key = rows.integer(0), story.id = rows.string(1);
      if (!rows.is_null(2)) story.title = rows.string(2);
    }
    auto members = database_.prepare("SELECT version, story FROM compared WHERE story IS NOT NULL");
    while (members.step()) {
      const auto version = version_at_.find(members.integer(0));
      const auto story = story_at.find(members.integer(1));
      if (version == version_at_.end() || story == story_at.end()) continue;
      add_to_story(out_->versions_[version->second], stories[story->second].story,
                   stories[story->second].outlets);
    }
    std::erase_if(stories, [](const Titled& story) { return story.story.articles == 0; });
    std::ranges::sort(stories, [](const Titled& a, const Titled& b) {
      return std::tuple(~a.story.articles, ~a.story.last, std::string_view(a.id)) <
             std::tuple(~b.story.articles, ~b.story.last, std::string_view(b.id));
    });
    std::vector<std::int64_t> keys;
    for (Titled& story : stories) {
      story.story.outlets = static_cast<std::uint32_t>(story.outlets.size());
      keys.push_back(story.story.key);
      out_->stories_.push_back(story.story);
      out_->story_titles_.add(story.title);
    }
    out_->story_of_.assign(keys);
    for (SearchColumns::Version& version : out_->versions_) {
      const auto known = story_key_of_.find(version.key);
      if (known != story_key_of_.end()) version.story = out_->story_of(known->second);
    }
  }

  void add_to_story(const SearchColumns::Version& version, SearchColumns::Story& story,
                    std::set<std::uint32_t>& outlets) {
    story_key_of_[version.key] = story.key;
    ++story.articles;
    if (version.outlet != 0) outlets.insert(version.outlet);
    if (version.published == 0) return;
    story.first = story.first == 0 ? version.published : std::min(story.first, version.published);
    story.last = std::max(story.last, version.published);
  }

  void make_persons() {
    std::unordered_map<std::int64_t, std::uint32_t> person_at;  // by key
    std::vector<std::uint32_t> of_speaker(names_.size(), SearchColumns::kNone);
    std::vector<SearchColumns::Person> persons;
    std::vector<std::set<std::string_view>> names;
    for (const SearchColumns::Quotation& quotation : out_->quotations_) {
      if (quotation.speaker == 0) continue;
      std::uint32_t& person = of_speaker[quotation.speaker];
      if (person == SearchColumns::kNone) {
        const std::int64_t key = names_[quotation.speaker].person;
        person = person_at.try_emplace(key, static_cast<std::uint32_t>(persons.size())).first->second;
        if (person == persons.size()) persons.emplace_back().key = key, names.emplace_back();
        names[person].insert(names_[quotation.speaker].name);
      }
      ++persons[person].quotations;
    }
    for (std::size_t i = 0; i < persons.size(); ++i)
      persons[i].names = static_cast<std::uint32_t>(names[i].size());
    order_persons(persons);
    number_speakers();
    fill_persons();
  }

  void order_persons(std::vector<SearchColumns::Person>& persons) {
    const Name nobody;
    const auto name_of = [&](const SearchColumns::Person& person) -> const Name& {
      const auto at = speaker_at_.find(person.key);
      return at == speaker_at_.end() ? nobody : names_[at->second];
    };
    std::ranges::sort(persons, [&](const SearchColumns::Person& a, const SearchColumns::Person& b) {
      if (a.quotations != b.quotations) return a.quotations > b.quotations;
      const Name &one = name_of(a), &other = name_of(b);
      return std::tie(one.name, one.id) < std::tie(other.name, other.id);
    });
    out_->persons_ = std::move(persons);
  }

  void number_speakers() {
    std::vector<std::int64_t> keys;
    for (const SearchColumns::Person& person : out_->persons_) keys.push_back(person.key);
    RowOfKey by_key;
    by_key.assign(keys);
    for (std::size_t i = 1; i < names_.size(); ++i) out_->speakers_[i].person = by_key(names_[i].person);
    out_->person_of_ = std::move(by_key);
  }

  void fill_persons() {
    std::uint32_t begin = 0;
    for (SearchColumns::Person& person : out_->persons_) {
      person.rows = begin;
      begin += person.quotations;
      person.quotations = 0;  // counted again below
    }
    out_->person_rows_.resize(begin);
    for (SearchColumns::Row row = 0; row < out_->size(); ++row) {
      const std::uint32_t speaker = out_->quotations_[row].speaker;
      if (speaker == 0) continue;
      SearchColumns::Person& person = out_->persons_[out_->speakers_[speaker].person];
      out_->person_rows_[person.rows + person.quotations++] = row;
    }
    std::vector<std::uint32_t> last_person(out_->versions_.size(), SearchColumns::kNone);
    for (std::uint32_t at = 0; at < out_->persons_.size(); ++at) {
      SearchColumns::Person& person = out_->persons_[at];
      for (const SearchColumns::Row row : out_->rows_of(at)) {
        const SearchColumns::Quotation& quotation = out_->quotations_[row];
        if (std::exchange(last_person[quotation.version], at) != at) ++person.articles;
        if (quotation.date != 0) {
          if (person.last == 0) person.last = quotation.date;
          person.first = quotation.date;
        }
      }
    }
  }

  struct Name {
    std::string name, id;
    std::int64_t person = 0;
  };
  struct Sorted {
    SearchColumns::Quotation quotation;
    std::int64_t key = 0;
    std::uint64_t id = 0;
    std::int64_t context_begin = 0;
    std::pair<std::uint16_t, std::uint16_t> confidences;
  };

  Database& database_;
  std::shared_ptr<SearchColumns> out_ = std::make_shared<SearchColumns>();
  std::unordered_map<std::int64_t, std::uint32_t> version_at_;
  std::unordered_map<std::int64_t, std::int64_t> story_key_of_;  // by key of the version
  std::unordered_map<std::int64_t, std::uint32_t> speaker_at_;
  std::vector<Name> names_;  // by number of the speaker
  std::unordered_map<std::int64_t, Corrected> corrections_;
  std::vector<Sorted> sorted_;
};

Result<std::shared_ptr<const SearchColumns>> SearchColumns::read(Database& database) {
  return database.outcome(ColumnReader(database).read());
}

std::span<const std::pair<SearchColumns::Row, std::uint32_t>> SearchColumns::statements_of(Row row) const {
  const auto [begin, end] =
      std::ranges::equal_range(witnesses_, row, {}, &std::pair<Row, std::uint32_t>::first);
  return {begin, end};
}

const std::string& SearchColumns::newest_published() const {
  return dates_.text(versions_.empty() ? 0 : versions_.front().published);
}

}  // namespace onrecord
