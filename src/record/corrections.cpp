#include "record/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "onrecord/record.h"
#include "record/codes.h"
#include "record/ids.h"
#include "record/joined_speakers.h"
#include "record/quotation_rows.h"
#include "record/store.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

constexpr std::array<std::string_view, 7> kCorrectionNames = {
    "speaker", "kind", "boundaries", "merge", "reject", "same-speaker", "other-speaker"};

/// Where a quotation stood when somebody corrected it.
struct Anchor {
  std::string text_sha256;
  Span span;
  std::string words;
};

/// A quotation of the current version, as the reading found it.
struct Candidate {
  std::int64_t key = 0;
  Spans content;
  Span hull;
  std::string words;
  std::string speaker_id;
};

struct CurrentVersion {
  VersionInHand in_hand;
  std::string text;
  std::string text_sha256;
  std::vector<Candidate> candidates;
};

/// A correction as it is kept, with what is needed to apply it.
struct Kept {
  std::int64_t key = 0;
  CorrectionKind kind = CorrectionKind::kReject;
  Anchor anchor;
  std::string value;  ///< JSON
};

/// What all corrections of one quotation come to.
struct Effect {
  std::optional<QuotationKind> kind;
  bool speaker_known = false;
  std::string speaker;
  SpeakerKind speaker_kind = SpeakerKind::kUnknown;
  NameHolds name_holds = NameHolds::kAsFarAsItTells;
  Spans content;
  bool rejected = false;
  std::optional<std::int64_t> merged_into;
};

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

Span hull_of(const Spans& spans) {
  return spans.empty() ? Span{} : Span{spans.front().begin, spans.back().end};
}

std::optional<CurrentVersion> load_current_version(Database& database, std::int64_t article) {
  CurrentVersion current;
  auto row = database.prepare(
      "SELECT v.key, v.id, a.id, v.text, v.text_sha256 FROM version v JOIN article a ON a.key = v.article "
      "WHERE v.article = ? AND v.current = 1");
  if (!row.bind(article).step()) return std::nullopt;
  current.text = sound_text(row.text(3));
  current.text_sha256 = row.string(4);
  current.in_hand = {row.integer(0), article, row.string(1), row.string(2), {}};
  auto quotations = database.prepare(
      "SELECT q.key, p.id FROM quotation q LEFT JOIN speaker p ON p.key = q.speaker WHERE q.version = ? "
      "ORDER BY q.key");
  quotations.bind(current.in_hand.key);
  while (quotations.step()) {
    Spans content = content_of(database, quotations.integer(0));
    std::erase_if(content, [&](Span span) { return !cuts(current.text, span); });
    if (!content.empty())
      current.candidates.push_back({quotations.integer(0), std::move(content), {}, {}, quotations.string(1)});
  }
  for (Candidate& candidate : current.candidates) {
    candidate.hull = hull_of(candidate.content);
    candidate.words = single_spaced(joined_pieces(current.text, candidate.content));
  }
  return current;
}

std::uint32_t distance(Span one, Span other) {
  return one.begin < other.begin ? other.begin - one.begin : one.begin - other.begin;
}

/// Shared bytes over covered bytes.
double overlap(Span one, Span other) {
  const std::uint32_t begin = std::max(one.begin, other.begin);
  const std::uint32_t end = std::min(one.end, other.end);
  if (begin >= end) return 0;
  return static_cast<double>(end - begin) /
         static_cast<double>(std::max(one.end, other.end) - std::min(one.begin, other.begin));
}

std::vector<std::string> sorted_words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  std::ranges::sort(words);
  return words;
}

/// Twice the shared words over all words of both (Dice).
double likeness(const std::string& one, const std::string& other) {
  const auto a = sorted_words(one);
  const auto b = sorted_words(other);
  std::vector<std::string> shared;
  std::ranges::set_intersection(a, b, std::back_inserter(shared));
  return a.empty() && b.empty()
             ? 0
             : 2.0 * static_cast<double>(shared.size()) / static_cast<double>(a.size() + b.size());
}

/// Below these a correction is about other words: a half of the reach in the same text, and three words of
/// five in a changed one. Judgement, not measured: a sentence cut shorter by half should hold still, its
/// neighbour should not.
constexpr double kLeastOverlap = 0.5;
constexpr double kLeastLikeness = 0.6;

/// The quotation that an anchor is about: the same words, nearest by position; else the best overlap.
const Candidate* find_anchored(const CurrentVersion& current, const Anchor& anchor) {
  const std::string words = single_spaced(anchor.words);
  const Candidate* best = nullptr;
  for (const Candidate& candidate : current.candidates) {
    if (candidate.words != words) continue;
    if (best == nullptr || distance(candidate.hull, anchor.span) < distance(best->hull, anchor.span))
      best = &candidate;
  }
  if (best != nullptr) return best;
  const bool same_text = anchor.text_sha256 == current.text_sha256;
  double best_score = same_text ? kLeastOverlap : kLeastLikeness;
  for (const Candidate& candidate : current.candidates) {
    const double score = same_text ? overlap(candidate.hull, anchor.span) : likeness(candidate.words, words);
    if (score < best_score || (best != nullptr && score == best_score)) continue;
    best = &candidate;
    best_score = score;
  }
  return best;
}

std::vector<Kept> load_corrections(Database& database, std::string_view article_id) {
  auto rows = database.prepare(
      "SELECT key, kind, text_sha256, \"begin\", \"end\", words, value FROM correction "
      "WHERE article_id = ? AND undone_at IS NULL ORDER BY key");
  rows.bind(article_id);
  std::vector<Kept> corrections;
  while (rows.step()) {
    corrections.push_back({rows.integer(0),
                           correction_kind(rows.text(1)).value_or(CorrectionKind::kReject),
                           {rows.string(2), {rows.offset(3), rows.offset(4)}, rows.string(5)},
                           rows.string(6)});
  }
  return corrections;
}

std::string json_text(Database& database, const std::string& json, const std::string& path) {
  auto statement = database.prepare("SELECT json_extract(?, ?)");
  return statement.bind(json, path).step() ? statement.string(0) : std::string();
}

/// The place of `words` nearest to `expected`; nothing when they do not stand in the text.
std::optional<Span> nearest(std::string_view text, std::string_view words, std::int64_t expected) {
  std::optional<Span> best;
  for (std::size_t at = text.find(words); at != std::string_view::npos && !words.empty();
       at = text.find(words, at + 1)) {
    const Span found{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
    if (!best || std::abs(found.begin - expected) < std::abs(best->begin - expected)) best = found;
  }
  return best;
}

/// The corrected content in the current text: each piece by its words, nearest to where it should be by the
/// distance that the quotation itself moved. Empty when a piece is not to be found.
Spans place_content(Database& database, const CurrentVersion& current, const Kept& correction,
                    const Candidate& at) {
  auto pieces = database.prepare(
      "SELECT json_extract(value, '$.begin'), json_extract(value, '$.words') FROM json_each(?, '$.content')");
  pieces.bind(correction.value);
  const std::int64_t moved = std::int64_t{at.hull.begin} - correction.anchor.span.begin;
  Spans content;
  while (pieces.step()) {
    const auto place = nearest(current.text, pieces.text(1), pieces.integer(0) + moved);
    if (!place || (!content.empty() && place->begin < content.back().end)) return {};
    content.push_back(*place);
  }
  return content;
}

Spans united(Spans spans, const Spans& more) {
  spans.insert(spans.end(), more.begin(), more.end());
  std::ranges::sort(spans);
  Spans out;
  for (const Span span : spans) {
    if (!out.empty() && span.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

/// Applies corrections one after the other, each to the quotation it holds on to.
class Attacher {
 public:
  Attacher(Database& database, const CurrentVersion& current) : database_(database), current_(current) {}

  void attach(const Kept& correction) {
    if (correction.kind == CorrectionKind::kSameSpeaker) return;  // of the record, not of the article
    if (correction.kind == CorrectionKind::kOtherSpeaker) return split(correction);
    const Candidate* at = find_anchored(current_, correction.anchor);
    if (at == nullptr) return;
    Effect& effect = effects_[at->key];
    bool holds = true;
    std::optional<std::int64_t> other;
    switch (correction.kind) {
      case CorrectionKind::kSpeaker:
        effect.speaker_known = true;
        effect.name_holds = NameHolds::kAsFarAsItTells;
        effect.speaker = json_text(database_, correction.value, "$.name");
        effect.speaker_kind =
            speaker_kind(json_text(database_, correction.value, "$.kind")).value_or(SpeakerKind::kUnknown);
        break;
      case CorrectionKind::kKind:
        effect.kind = quotation_kind(json_text(database_, correction.value, "$.kind"));
        break;
      case CorrectionKind::kBoundaries: {
        Spans content = place_content(database_, current_, correction, *at);
        holds = !content.empty();
        if (holds) effect.content = std::move(content);
        break;
      }
      case CorrectionKind::kMerge:
        other = merge(correction, *at);
        holds = other.has_value();
        break;
      case CorrectionKind::kReject:
        effect.rejected = true;
        break;
      case CorrectionKind::kSameSpeaker:
      case CorrectionKind::kOtherSpeaker:
        break;
    }
    if (holds) hold(correction, at->key, other);
  }

  /// Writes what the corrections come to.
  void write() {
    for (const auto& [quotation, effect] : effects_) {
      if (written_.contains(quotation)) write(quotation, effect);
    }
  }

 private:
  /// What the speaker says in this article is somebody's who has the name here only.
  void split(const Kept& correction) {
    if (json_text(database_, correction.value, "$.article").empty()) return;
    const std::string speaker = json_text(database_, correction.value, "$.speaker");
    for (const Candidate& candidate : current_.candidates) {
      if (candidate.speaker_id != speaker) continue;
      Effect& effect = effects_[candidate.key];
      effect.speaker_known = true;
      effect.speaker = json_text(database_, correction.value, "$.name");
      effect.speaker_kind =
          speaker_kind(json_text(database_, correction.value, "$.kind")).value_or(SpeakerKind::kUnknown);
      effect.name_holds = NameHolds::kInItsArticle;
      hold(correction, candidate.key, std::nullopt);
    }
  }

  /// The part goes into the whole, which then has the words of both.
  std::optional<std::int64_t> merge(const Kept& correction, const Candidate& part) {
    const Anchor anchor{
        correction.anchor.text_sha256,
        {static_cast<std::uint32_t>(std::atol(json_text(database_, correction.value, "$.begin").c_str())),
         static_cast<std::uint32_t>(std::atol(json_text(database_, correction.value, "$.end").c_str()))},
        json_text(database_, correction.value, "$.words")};
    const Candidate* whole = find_anchored(current_, anchor);
    if (whole == nullptr || whole->key == part.key || effects_[whole->key].merged_into == part.key)
      return std::nullopt;
    effects_[part.key].merged_into = whole->key;
    Effect& effect = effects_[whole->key];
    effect.content = united(effect.content.empty() ? whole->content : effect.content,
                            effects_[part.key].content.empty() ? part.content : effects_[part.key].content);
    written_.insert(whole->key);
    return whole->key;
  }

  void hold(const Kept& correction, std::int64_t quotation, std::optional<std::int64_t> other) {
    written_.insert(quotation);
    database_.prepare("UPDATE correction SET quotation = ?, other = ? WHERE key = ?")
        .bind(quotation, other, correction.key)
        .run();
  }

  void write(std::int64_t quotation, const Effect& effect) {
    remove_from_index(database_, quotation, current_.in_hand);
    std::optional<std::int64_t> speaker;
    if (effect.speaker_known) {
      speaker = speaker_key(database_, effect.speaker, effect.speaker_kind, current_.in_hand.article,
                            current_.in_hand.article_id, effect.name_holds);
    }
    std::optional<std::int64_t> kind;
    if (effect.kind) kind = code(*effect.kind);
    std::optional<std::int64_t> speaker_known;
    std::optional<std::int64_t> speaker_kind;
    if (effect.speaker_known) speaker_known = 1, speaker_kind = code(effect.speaker_kind);
    database_.prepare("INSERT INTO corrected VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(quotation, kind, speaker_known, speaker, speaker_kind, effect.rejected, effect.merged_into)
        .run();
    insert_spans(database_, quotation, Part::kCorrectedContent, 0, effect.content);
    add_to_index(database_, quotation, current_.in_hand);
  }

  Database& database_;
  const CurrentVersion& current_;
  std::map<std::int64_t, Effect> effects_;
  std::set<std::int64_t> written_;
};

/// Takes every correction of the article off its quotations, whichever version they are of.
void detach_all(Database& database, std::int64_t article, std::string_view article_id) {
  std::vector<std::pair<std::int64_t, std::int64_t>> corrected;  // quotation, version
  {
    auto rows = database.prepare(
        "SELECT q.key, q.version FROM version v JOIN quotation q ON q.version = v.key "
        "JOIN corrected c ON c.quotation = q.key WHERE v.article = ?");
    rows.bind(article);
    while (rows.step()) corrected.emplace_back(rows.integer(0), rows.integer(1));
  }
  for (const auto& [quotation, version] : corrected) {
    auto row = database.prepare("SELECT text FROM version WHERE key = ?");
    const std::string text = row.bind(version).step() ? row.string(0) : std::string();
    const VersionInHand in_hand{version, article, {}, {}, text};
    remove_from_index(database, quotation, in_hand);
    database.prepare("DELETE FROM corrected WHERE quotation = ?").bind(quotation).run();
    database.prepare("DELETE FROM span WHERE quotation = ? AND part = ?")
        .bind(quotation, code(Part::kCorrectedContent))
        .run();
    add_to_index(database, quotation, in_hand);
  }
  database.prepare("UPDATE correction SET quotation = NULL, other = NULL WHERE article_id = ?")
      .bind(article_id)
      .run();
}

bool has_corrections(Database& database, std::string_view article_id) {
  auto row = database.prepare("SELECT 1 FROM correction WHERE article_id = ? LIMIT 1");
  return row.bind(article_id).step();
}

std::string article_id_of(Database& database, std::int64_t article) {
  auto row = database.prepare("SELECT id FROM article WHERE key = ?");
  return row.bind(article).step() ? row.string(0) : std::string();
}

/// A correctable quotation and where it stands.
struct Target {
  std::int64_t key = 0;
  std::int64_t article = 0;
  std::string article_id;
  std::string version_id;
  std::string text;
  Anchor anchor;
};

Result<Target> find_target(Database& database, std::string_view id) {
  const auto located = locate(database, "quotation", id);
  if (!located) return std::unexpected(located.error());
  auto row = database.prepare(
      "SELECT a.key, a.id, v.id, v.text, v.text_sha256, v.current FROM quotation q "
      "JOIN version v ON v.key = q.version JOIN article a ON a.key = v.article WHERE q.key = ?");
  Target target;
  target.key = located->key;
  if (row.bind(located->key).step()) {
    if (row.integer(5) == 0) {
      return fail(
          ErrorCode::kInvalidArgument,
          fmt::format("the quotation {} is of an older version of its article; correct the current one", id));
    }
    target.article = row.integer(0), target.article_id = row.string(1), target.version_id = row.string(2);
    target.text = sound_text(row.text(3));
    const Spans content = content_of(database, located->key);
    target.anchor = {row.string(4), hull_of(content), joined_pieces(target.text, content)};
  }
  return database.outcome(std::move(target));
}

Result<void> check_boundaries(const Target& target, const Spans& content) {
  std::uint32_t end = 0;
  for (const Span span : content) {
    if (!cuts(target.text, span) || span.begin < end) {
      return fail(ErrorCode::kInvalidArgument,
                  "the new bounds are not places in the text, in order, at whole characters");
    }
    end = span.end;
  }
  if (content.empty())
    return fail(ErrorCode::kInvalidArgument, "no new bounds were given; to take it away, reject it");
  return {};
}

Result<std::string> value_json(Database& database, const Correction& correction, const Target& target) {
  JsonWriter json;
  json.begin_object();
  switch (correction.kind) {
    case CorrectionKind::kSpeaker:
      json.member("name", std::string_view(correction.speaker));
      json.member("kind", name(correction.speaker_kind));
      break;
    case CorrectionKind::kKind:
      json.member("kind", name(correction.quotation_kind));
      break;
    case CorrectionKind::kBoundaries: {
      if (auto sound = check_boundaries(target, correction.content); !sound)
        return std::unexpected(sound.error());
      json.key("content"), json.begin_array();
      for (const Span span : correction.content) {
        json.begin_object();
        json.member("begin", span.begin), json.member("end", span.end);
        json.member("words", cut(target.text, span));
        json.end_object();
      }
      json.end_array();
      break;
    }
    case CorrectionKind::kMerge: {
      const auto other = find_target(database, correction.other);
      if (!other) return std::unexpected(other.error());
      if (other->version_id != target.version_id || other->key == target.key) {
        return fail(ErrorCode::kInvalidArgument, "only two quotations of one article can be merged");
      }
      json.member("begin", other->anchor.span.begin), json.member("end", other->anchor.span.end);
      json.member("words", std::string_view(other->anchor.words));
      break;
    }
    case CorrectionKind::kReject:
    case CorrectionKind::kSameSpeaker:
    case CorrectionKind::kOtherSpeaker:
      break;
  }
  json.end_object();
  return json.take();
}

std::string correction_id(Database& database, const Target& target, std::string_view kind,
                          std::string_view value) {
  auto count = database.prepare("SELECT count(*) FROM correction WHERE article_id = ?");
  const std::string number = count.bind(target.article_id).step() ? count.string(0) : std::string();
  Sha256 hash;
  hash.add_part("correction");
  for (const std::string_view part :
       {std::string_view(target.article_id), std::string_view(target.anchor.text_sha256),
        std::string_view(target.anchor.words), kind, value, std::string_view(number)}) {
    hash.add_part(part);
  }
  return make_id('c', hash.finish());
}

Spans spans_in(Database& database, const std::string& value) {
  auto pieces = database.prepare(
      "SELECT json_extract(value, '$.begin'), json_extract(value, '$.end') FROM json_each(?, '$.content')");
  pieces.bind(value);
  Spans spans;
  while (pieces.step()) spans.push_back({pieces.offset(0), pieces.offset(1)});
  return spans;
}

}  // namespace

std::string_view name(CorrectionKind kind) { return kCorrectionNames[static_cast<std::size_t>(kind)]; }

std::optional<CorrectionKind> correction_kind(std::string_view name) {
  const auto* found = std::ranges::find(kCorrectionNames, name);
  if (found == kCorrectionNames.end()) return std::nullopt;
  return static_cast<CorrectionKind>(found - kCorrectionNames.begin());
}

bool attach_corrections(Database& database, std::int64_t article) {
  const std::string article_id = article_id_of(database, article);
  if (article_id.empty() || !has_corrections(database, article_id)) return false;
  detach_all(database, article, article_id);
  auto current = load_current_version(database, article);
  if (!current) return true;
  current->in_hand.text = current->text;
  Attacher attacher(database, *current);
  for (const Kept& correction : load_corrections(database, article_id)) attacher.attach(correction);
  attacher.write();
  return true;
}

Result<std::string> Record::correct(const Correction& correction) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  if (correction.kind == CorrectionKind::kSameSpeaker || correction.kind == CorrectionKind::kOtherSpeaker) {
    return fail(ErrorCode::kInvalidArgument, "speakers are merged and split by functions of their own");
  }
  const auto target = find_target(database, correction.quotation);
  if (!target) return std::unexpected(target.error());
  const auto value = value_json(database, correction, *target);
  if (!value) return std::unexpected(value.error());
  const std::string id = correction_id(database, *target, name(correction.kind), *value);
  const std::string now = store_->now();
  database
      .prepare(
          "INSERT INTO correction(id, kind, article_id, text_sha256, \"begin\", \"end\", words, value, note, "
          "made_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(id, name(correction.kind), target->article_id, target->anchor.text_sha256,
            target->anchor.span.begin, target->anchor.span.end, target->anchor.words, *value, correction.note,
            now)
      .run();
  SpeakerJoins joins(database);
  attach_corrections(database, target->article);
  mark_changed(database, target->article);
  joins.settle(SpeakerJoins::Sweep::kUnnamedSpeakers);
  transaction.commit();
  return database.outcome(id);
}

Result<std::string> Record::undo(std::string_view correction_id) {
  if (auto writable = store_->check_writable(); !writable) return std::unexpected(writable.error());
  Database& database = store_->database;
  Transaction transaction(database);
  const auto located = locate(database, "correction", correction_id);
  if (!located) return std::unexpected(located.error());
  const std::string now = store_->now();
  database.prepare("UPDATE correction SET undone_at = COALESCE(undone_at, ?) WHERE key = ?")
      .bind(now, located->key)
      .run();
  std::optional<std::int64_t> article;
  std::vector<std::int64_t> speakers;
  {
    auto row = database.prepare(
        "SELECT a.key, p.key, o.key FROM correction c LEFT JOIN article a ON a.id = c.article_id "
        "LEFT JOIN speaker p ON p.id = json_extract(c.value, '$.speaker') "
        "LEFT JOIN speaker o ON o.id = json_extract(c.value, '$.other') WHERE c.key = ?");
    if (row.bind(located->key).step()) {
      if (!row.is_null(0)) article = row.integer(0);
      for (const int column : {1, 2}) {
        if (!row.is_null(column)) speakers.push_back(row.integer(column));
      }
    }
  }
  SpeakerJoins joins(database);
  if (article) {
    attach_corrections(database, *article);
    mark_changed(database, *article);
  }
  joins.settle(SpeakerJoins::Sweep::kUnnamedSpeakers);
  join_again(database, speakers);
  transaction.commit();
  return database.outcome(located->id);
}

Result<std::vector<RecordedCorrection>> Record::corrections() const {
  Database& database = store_->database;
  auto rows = database.prepare(
      "SELECT id, kind, quotation, other, article, text_sha256, \"begin\", \"end\", words, value, note, "
      "made_at, detached "
      "FROM corrections WHERE undone_at IS NULL ORDER BY made_at, id");
  std::vector<RecordedCorrection> out;
  while (rows.step()) {
    RecordedCorrection& one = out.emplace_back();
    one.id = rows.string(0);
    Correction& correction = one.correction;
    correction.kind = correction_kind(rows.text(1)).value_or(CorrectionKind::kReject);
    correction.quotation = rows.string(2);
    correction.other = rows.string(3);
    correction.note = rows.string(10);
    const std::string value = rows.string(9);
    if (correction.kind == CorrectionKind::kSpeaker) {
      correction.speaker = json_text(database, value, "$.name");
      correction.speaker_kind =
          speaker_kind(json_text(database, value, "$.kind")).value_or(SpeakerKind::kUnknown);
    } else if (correction.kind == CorrectionKind::kKind) {
      correction.quotation_kind =
          quotation_kind(json_text(database, value, "$.kind")).value_or(QuotationKind::kIndirect);
    } else if (correction.kind == CorrectionKind::kBoundaries) {
      correction.content = spans_in(database, value);
    } else if (correction.kind == CorrectionKind::kSameSpeaker) {
      correction.speaker = json_text(database, value, "$.other_name");
      correction.other = json_text(database, value, "$.other");
    } else if (correction.kind == CorrectionKind::kOtherSpeaker) {
      correction.other = json_text(database, value, "$.article");
    }
    one.article = rows.string(4), one.text_sha256 = rows.string(5);
    one.anchor = {rows.offset(6), rows.offset(7)};
    one.words = rows.string(8), one.made_at = rows.string(11), one.detached = rows.integer(12) != 0;
  }
  return database.outcome(std::move(out));
}

}  // namespace onrecord
