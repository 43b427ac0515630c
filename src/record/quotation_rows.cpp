#include "record/quotation_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "record/ids.h"
#include "record/known_rows.h"
#include "record/quotation_json.h"
#include "record/reason_text.h"
#include "record/store.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

/// Confidences are kept as thousandths: more digits would only show noise.
std::int64_t thousandths(float confidence) {
  return std::lround(static_cast<double>(std::clamp(confidence, 0.0F, 1.0F)) * 1000.0);
}

float from_thousandths(std::int64_t value) { return static_cast<float>(value) / 1000.0F; }

/// `quotation.shared`: which parts stand where another does and have no rows of their own.
constexpr std::int64_t kSpeakerIsSource = 1;
constexpr std::int64_t kQuotedIsContent = 2;

/// The words that a quotation's reasons may leave out, because the record holds them elsewhere.
struct ReasonWords {
  Placeholders of_statement;
  Placeholders of_speaker;
};

ReasonWords words_of(const Quotation& quotation, std::string_view text, std::string speaker) {
  return {{{"{cue}", joined_pieces(text, quotation.cue)}},
          {{"{source}", joined_pieces(text, quotation.source)}, {"{speaker}", std::move(speaker)}}};
}

Span hull(const Spans& spans) { return spans.empty() ? Span{} : Span{spans.front().begin, spans.back().end}; }

/// The sentences that hold the content, the cue and the source; the content's own reach when there are none.
Span context_of(const Quotation& quotation, const Spans& sentences) {
  Span reach = hull(quotation.content);
  for (const Spans* spans : {&quotation.cue, &quotation.source}) {
    if (spans->empty()) continue;
    reach = {std::min(reach.begin, spans->front().begin), std::max(reach.end, spans->back().end)};
  }
  const auto first = std::ranges::upper_bound(sentences, reach.begin, {}, &Span::end);
  Span context = reach;
  for (auto sentence = first; sentence != sentences.end() && sentence->begin < reach.end; ++sentence) {
    context = {std::min(context.begin, sentence->begin), std::max(context.end, sentence->end)};
  }
  return context;
}

/// What the index holds of one quotation.
struct IndexEntry {
  std::string content;
  std::string context;
  std::string speaker;
};

bool inside(Span span, std::string_view text) { return span.begin <= span.end && span.end <= text.size(); }

/// The context without the content's reach, as the view `search_text` has it.
std::string around(std::string_view text, Span context, Span content) {
  std::string words;
  if (const Span before{context.begin, content.begin}; inside(before, text)) words += cut(text, before);
  words += " … ";
  if (const Span after{content.end, context.end}; inside(after, text)) words += cut(text, after);
  return words;
}

IndexEntry index_entry(Database& database, std::int64_t quotation, std::string_view text) {
  IndexEntry entry;
  auto row = database.prepare(
      "SELECT q.context_begin, q.context_end, p.name FROM quotation q LEFT JOIN corrected c ON c.quotation = "
      "q.key "
      "LEFT JOIN speaker p ON p.key = CASE WHEN c.speaker_known IS NULL THEN q.speaker ELSE c.speaker END "
      "WHERE q.key = ?");
  if (!row.bind(quotation).step()) return entry;
  const Span context{row.offset(0), row.offset(1)};
  entry.speaker = row.string(2);
  Spans content = corrected_content_of(database, quotation);
  if (content.empty()) content = content_of(database, quotation);
  entry.content = joined_pieces(text, content);
  entry.context = around(text, context, hull(content));
  return entry;
}

void tell_index(Database& database, std::string_view sql, std::int64_t quotation,
                const VersionInHand& version) {
  const IndexEntry entry = index_entry(database, quotation, version.text);
  auto statement = database.prepare(sql);
  statement.bind(quotation, entry.content, entry.context).bind_known(entry.speaker);
  statement.run();
}

void insert_quotation(Database& database, const VersionInHand& version, const Quotation& quotation,
                      std::uint32_t ordinal, const Spans& sentences) {
  const auto speaker = speaker_key(database, quotation.speaker.value, quotation.speaker_kind, version.article,
                                   version.article_id);
  const Span context = context_of(quotation, sentences);
  const std::string id = quotation_id(version.id, quotation.content, ordinal);
  auto insert = database.prepare(
      "INSERT INTO quotation(id, version, kind, mode, speaker, speaker_kind, addressee, venue, said, "
      "said_basis, "
      "confidence, speaker_confidence, addressee_confidence, venue_confidence, said_confidence, reason, "
      "speaker_reason, addressee_reason, venue_reason, said_reason, context_begin, context_end, "
      "content_begin, "
      "content_end, cue_begin, cue_end, source_begin, source_end, shared) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  const ReasonWords words =
      words_of(quotation, version.text, speaker ? normalised_name(quotation.speaker.value) : "");
  const auto reason = reason_key(database, short_reason(quotation.reason, words.of_statement));
  const auto speaker_reason = reason_key(database, short_reason(quotation.speaker.reason, words.of_speaker));
  const auto addressee_reason = reason_key(database, quotation.addressee.reason);
  const auto venue_reason = reason_key(database, quotation.venue.reason);
  const auto said_reason = reason_key(database, quotation.when.reason);
  insert
      .bind(id, version.key, code(quotation.kind), code(quotation.mode), speaker,
            code(quotation.speaker_kind))
      .bind_known(quotation.addressee.value)
      .bind_known(quotation.venue.value)
      .bind_known(quotation.when.value)
      .bind(code(quotation.when_basis), thousandths(quotation.confidence),
            thousandths(quotation.speaker.confidence), thousandths(quotation.addressee.confidence),
            thousandths(quotation.venue.confidence), thousandths(quotation.when.confidence), reason,
            speaker_reason, addressee_reason, venue_reason, said_reason, context.begin, context.end);
  for (const Spans* spans : {&quotation.content, &quotation.cue, &quotation.source}) {
    const Span reach = hull(*spans);
    spans->empty() ? insert.bind_null().bind_null() : insert.bind(reach.begin, reach.end);
  }
  const bool speaker_is_source = quotation.speaker.spans == quotation.source;
  const bool quoted_is_content = quotation.quoted == quotation.content;
  insert.bind((speaker_is_source ? kSpeakerIsSource : 0) | (quoted_is_content ? kQuotedIsContent : 0)).run();
  const std::int64_t key = database.last_key();
  const auto write = [&](Part part, const Spans& spans, std::uint32_t first = 0) {
    insert_spans(database, key, part, first, spans);
  };
  // A single piece stands in the quotation's own row.
  const auto write_pieces = [&](Part part, const Spans& spans) {
    if (spans.size() > 1) write(part, spans);
  };
  write_pieces(Part::kContent, quotation.content);
  if (quotation.content_with_marks != quotation.content)
    write(Part::kContentWithMarks, quotation.content_with_marks);
  if (!quoted_is_content) write(Part::kQuoted, quotation.quoted);
  write_pieces(Part::kCue, quotation.cue);
  write_pieces(Part::kSource, quotation.source);
  if (!speaker_is_source) write(Part::kSpeaker, quotation.speaker.spans);
  write(Part::kAddressee, quotation.addressee.spans);
  write(Part::kVenue, quotation.venue.spans);
  write(Part::kWhen, quotation.when.spans);
  write(Part::kUnnamedHowMany, quotation.unnamed.how_many.spans);
  write(Part::kUnnamedKind, quotation.unnamed.kind.spans);
  write(Part::kUnnamedReason, quotation.unnamed.reason.spans);
  for (std::uint32_t link = 0; link < quotation.authority.size(); ++link) {
    database.prepare("INSERT INTO authority VALUES (?, ?, ?)")
        .bind(key, link, quotation.authority[link].name)
        .run();
    write(Part::kAuthority, quotation.authority[link].spans, 256 * link);
  }
  add_to_index(database, key, version);
}

constexpr std::string_view kQuotationColumns =
    "SELECT q.id, q.version, q.kind, q.mode, q.speaker, q.speaker_kind, q.addressee, q.venue, q.said, "
    "q.said_basis, q.confidence, q.speaker_confidence, q.addressee_confidence, q.venue_confidence, "
    "q.said_confidence, q.reason, q.speaker_reason, q.addressee_reason, q.venue_reason, q.said_reason, "
    "q.context_begin, q.context_end, q.content_begin, q.content_end, q.cue_begin, q.cue_end, q.source_begin, "
    "q.source_end, q.shared, c.quotation IS NOT NULL, c.kind, c.speaker_known, c.speaker, c.speaker_kind, "
    "c.rejected, m.id FROM quotation q LEFT JOIN corrected c ON c.quotation = q.key "
    "LEFT JOIN quotation m ON m.key = c.merged_into WHERE q.key = ?";

/// Fills a quotation from the columns above and from the rows that they refer to.
class QuotationReader {
 public:
  QuotationReader(Database& database, KnownRows& known, const Statement& row, RecordedQuotation& out)
      : database_(database), known_(known), row_(row), out_(out) {}

  void read_version(const QuotedVersion& version) {
    out_.article = version.article, out_.version = version.id, out_.outlet = version.outlet;
    out_.title = version.title, out_.published = version.published, out_.url = version.url;
    out_.reading = version.reading, out_.added_at = version.added_at, out_.current = version.current;
  }

  void read_own_columns() {
    out_.id = row_.string(0);
    Quotation& quotation = out_.quotation;
    quotation.kind = quotation_kind_of(row_.integer(2));
    quotation.mode = quotation_mode_of(row_.integer(3));
    quotation.speaker = resolved({}, 11, 16);
    read_speaker(4);
    quotation.speaker_kind = speaker_kind_of(row_.integer(5));
    quotation.addressee = resolved(row_.string(6), 12, 17);
    quotation.venue = resolved(row_.string(7), 13, 18);
    quotation.when = resolved(row_.string(8), 14, 19);
    quotation.when_basis = date_basis_of(row_.integer(9));
    quotation.confidence = from_thousandths(row_.integer(10));
    quotation.reason = reason(15);
    out_.context = {row_.offset(20), row_.offset(21)};
  }

  void apply_corrections(std::int64_t key, const Spans& corrected_content);

 private:
  const std::string& reason(int column) { return known_.reason(database_, row_.integer(column)); }
  Resolved resolved(std::string value, int confidence, int reason_column) {
    return {std::move(value), {}, from_thousandths(row_.integer(confidence)), reason(reason_column)};
  }
  void read_speaker(int column) {
    const KnownSpeaker* speaker =
        row_.is_null(column) ? nullptr : known_.speaker(database_, row_.integer(column));
    out_.speaker_id = speaker == nullptr ? std::string() : speaker->id;
    out_.quotation.speaker.value = speaker == nullptr ? std::string() : speaker->name;
    out_.person = speaker == nullptr ? PersonOfSpeaker() : speaker->person;
  }

  Database& database_;
  KnownRows& known_;
  const Statement& row_;
  RecordedQuotation& out_;
};

/// A part of one piece, which has no rows of its own; its place begins at `column`.
void read_own_place(const Statement& row, int column, std::string_view text, Spans& part) {
  const Span place{row.offset(column), row.offset(column + 1)};
  if (part.empty() && !row.is_null(column) && cuts(text, place)) part.push_back(place);
}

/// Spans that do not cut the text are left out: only a damaged file has any, and `verify` tells of them.
void read_spans(Database& database, const Statement& row, std::int64_t key, std::string_view text,
                Quotation& quotation, Spans& corrected) {
  auto links = database.prepare("SELECT name FROM authority WHERE quotation = ? ORDER BY link");
  links.bind(key);
  while (links.step()) quotation.authority.push_back({links.string(0), {}});
  auto rows = database.prepare(
      "SELECT part, ordinal, \"begin\", \"end\" FROM span WHERE quotation = ? ORDER BY part, ordinal");
  rows.bind(key);
  while (rows.step()) {
    const Span span{rows.offset(2), rows.offset(3)};
    if (!cuts(text, span)) continue;
    switch (static_cast<Part>(rows.integer(0))) {
      case Part::kContent:
        quotation.content.push_back(span);
        break;
      case Part::kContentWithMarks:
        quotation.content_with_marks.push_back(span);
        break;
      case Part::kQuoted:
        quotation.quoted.push_back(span);
        break;
      case Part::kCue:
        quotation.cue.push_back(span);
        break;
      case Part::kSource:
        quotation.source.push_back(span);
        break;
      case Part::kSpeaker:
        quotation.speaker.spans.push_back(span);
        break;
      case Part::kAddressee:
        quotation.addressee.spans.push_back(span);
        break;
      case Part::kVenue:
        quotation.venue.spans.push_back(span);
        break;
      case Part::kWhen:
        quotation.when.spans.push_back(span);
        break;
      case Part::kAuthority: {
        const auto link = static_cast<std::size_t>(rows.integer(1) / 256);
        if (link < quotation.authority.size()) quotation.authority[link].spans.push_back(span);
        break;
      }
      case Part::kCorrectedContent:
        corrected.push_back(span);
        break;
      case Part::kUnnamedHowMany:
        quotation.unnamed.how_many.spans.push_back(span);
        break;
      case Part::kUnnamedKind:
        quotation.unnamed.kind.spans.push_back(span);
        break;
      case Part::kUnnamedReason:
        quotation.unnamed.reason.spans.push_back(span);
        break;
    }
  }
  read_own_place(row, 22, text, quotation.content);
  read_own_place(row, 24, text, quotation.cue);
  read_own_place(row, 26, text, quotation.source);
  if ((row.integer(28) & kSpeakerIsSource) != 0) quotation.speaker.spans = quotation.source;
  if ((row.integer(28) & kQuotedIsContent) != 0) quotation.quoted = quotation.content;
  if (quotation.content_with_marks.empty()) quotation.content_with_marks = quotation.content;
  for (Told* told : {&quotation.unnamed.how_many, &quotation.unnamed.kind, &quotation.unnamed.reason}) {
    told->value = joined_words(text, told->spans);
  }
}

void fill_reasons(Quotation& quotation, std::string_view text) {
  const ReasonWords words = words_of(quotation, text, quotation.speaker.value);
  quotation.reason = full_reason(quotation.reason, words.of_statement);
  quotation.speaker.reason = full_reason(quotation.speaker.reason, words.of_speaker);
}

/// The parts of `quoted` that lie inside `content`.
Spans within(const Spans& quoted, const Spans& content) {
  Spans parts;
  for (const Span piece : content) {
    for (const Span mark : quoted) {
      const Span common{std::max(piece.begin, mark.begin), std::min(piece.end, mark.end)};
      if (common.begin < common.end) parts.push_back(common);
    }
  }
  std::ranges::sort(parts);
  return parts;
}

void QuotationReader::apply_corrections(std::int64_t key, const Spans& corrected_content) {
  if (row_.integer(29) == 0) return;
  out_.automatic = out_.quotation;
  if (!row_.is_null(30)) out_.quotation.kind = quotation_kind_of(row_.integer(30));
  if (!row_.is_null(31)) {
    out_.quotation.speaker = {{}, {}, 1.0F, "corrected by a person"};
    read_speaker(32);
    out_.quotation.speaker_kind = speaker_kind_of(row_.integer(33));
  }
  if (!corrected_content.empty()) {
    out_.quotation.content = corrected_content;
    out_.quotation.content_with_marks = corrected_content;
    out_.quotation.quoted = within(out_.quotation.quoted, corrected_content);
  }
  out_.rejected = row_.integer(34) != 0;
  out_.merged_into = row_.string(35);
  auto ids =
      database_.prepare("SELECT id FROM correction WHERE quotation = ? AND undone_at IS NULL ORDER BY key");
  ids.bind(key);
  while (ids.step()) out_.corrections.push_back(ids.string(0));
}

}  // namespace

std::optional<std::int64_t> reason_key(Database& database, std::string_view reason) {
  if (reason.empty()) return std::nullopt;
  const Digest digest = sha256(reason);
  std::int64_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) bits = bits << 8 | digest[i];
  const std::int64_t longer = bits >> 1;
  std::int64_t key = bits >> 9;
  for (bool first = true;; first = false) {
    auto known = database.prepare("SELECT text FROM reason WHERE key = ?");
    if (!known.bind(key).step()) break;
    if (known.text(0) == reason) return key;
    key = first ? longer : key + 1;
  }
  database.prepare("INSERT INTO reason VALUES (?, ?)").bind(key, reason).run();
  return key;
}

std::string is_sure_sql(float least) {
  return fmt::format("(q.confidence >= {} OR c.quotation IS NOT NULL)", thousandths(least));
}

void insert_spans(Database& database, std::int64_t quotation, Part part, std::uint32_t first_ordinal,
                  const Spans& spans) {
  std::uint32_t ordinal = first_ordinal;
  for (const Span span : spans) {
    database.prepare("INSERT INTO span VALUES (?, ?, ?, ?, ?)")
        .bind(quotation, code(part), ordinal++, span.begin, span.end)
        .run();
  }
}

namespace {

Spans pieces_of(Database& database, std::int64_t quotation, Part part) {
  auto statement = database.prepare(
      "SELECT \"begin\", \"end\" FROM span WHERE quotation = ? AND part = ? ORDER BY ordinal");
  statement.bind(quotation, code(part));
  Spans spans;
  while (statement.step()) spans.push_back({statement.offset(0), statement.offset(1)});
  return spans;
}

}  // namespace

Spans content_of(Database& database, std::int64_t quotation) {
  Spans content = pieces_of(database, quotation, Part::kContent);
  if (!content.empty()) return content;
  auto own = database.prepare("SELECT content_begin, content_end FROM quotation WHERE key = ?");
  if (own.bind(quotation).step()) content.push_back({own.offset(0), own.offset(1)});
  return content;
}

Spans corrected_content_of(Database& database, std::int64_t quotation) {
  return pieces_of(database, quotation, Part::kCorrectedContent);
}

std::string joined_pieces(std::string_view text, const Spans& spans) {
  std::string words;
  for (const Span span : spans) {
    if (!inside(span, text)) continue;
    if (!words.empty()) words += " … ";
    words += cut(text, span);
  }
  return words;
}

std::optional<std::int64_t> speaker_key(Database& database, std::string_view name, SpeakerKind kind,
                                        std::int64_t article, std::string_view article_id, NameHolds holds) {
  if (name.empty()) return std::nullopt;
  const SpeakerIdentity speaker = identify_speaker(name, kind, article_id, holds);
  auto known = database.prepare("SELECT key FROM speaker WHERE id = ?");
  if (known.bind(speaker.id).step()) return known.integer(0);
  auto insert = database.prepare("INSERT INTO speaker(id, name, kind, article) VALUES (?, ?, ?, ?)");
  insert.bind(speaker.id, speaker.name, code(kind));
  if (speaker.is_of_article) {
    insert.bind(article);
  } else {
    insert.bind_null();
  }
  insert.run();
  const std::int64_t key = database.last_key();
  database.prepare("INSERT INTO speaker_search(rowid, name) VALUES (?, ?)").bind(key, speaker.name).run();
  return key;
}

void add_to_index(Database& database, std::int64_t quotation, const VersionInHand& version) {
  tell_index(database, "INSERT INTO search(rowid, content, context, speaker) VALUES (?, ?, ?, ?)", quotation,
             version);
}

void remove_from_index(Database& database, std::int64_t quotation, const VersionInHand& version) {
  tell_index(database,
             "INSERT INTO search(search, rowid, content, context, speaker) VALUES ('delete', ?, ?, ?, ?)",
             quotation, version);
}

void insert_quotations(Database& database, const VersionInHand& version,
                       const std::vector<Quotation>& quotations, const Spans& sentences) {
  std::map<Spans, std::uint32_t> seen;
  for (const Quotation& quotation : quotations) {
    insert_quotation(database, version, quotation, seen[quotation.content]++, sentences);
  }
}

void delete_quotations(Database& database, const VersionInHand& version) {
  std::vector<std::int64_t> keys;
  {
    auto rows = database.prepare("SELECT key FROM quotation WHERE version = ?");
    rows.bind(version.key);
    while (rows.step()) keys.push_back(rows.integer(0));
  }
  for (const std::int64_t key : keys) remove_from_index(database, key, version);
  // The id of a statement that was given out leads on to whatever stands at its place afterwards.
  database
      .prepare(
          "INSERT OR REPLACE INTO given_id SELECT 's' || substr(q.id, 2), v.id, q.content_begin, "
          "q.content_end FROM "
          "statement s JOIN quotation q ON q.key = s.first JOIN version v ON v.key = q.version WHERE "
          "q.version = ?")
      .bind(version.key)
      .run();
  database.prepare("DELETE FROM quotation WHERE version = ?").bind(version.key).run();
  mark_changed(database, version.article);
}

void mark_changed(Database& database, std::int64_t article) {
  database
      .prepare(
          "UPDATE compared SET provisional = 2 WHERE version IN (SELECT key FROM version WHERE article = ?)")
      .bind(article)
      .run();
}

std::optional<QuotedVersion> read_version(Database& database, std::int64_t key) {
  auto row = database.prepare(
      "SELECT v.id, a.id, a.outlet, v.title, v.published, a.canonical_url, v.reading, v.batch, v.current, "
      "v.text "
      "FROM version v JOIN article a ON a.key = v.article WHERE v.key = ?");
  if (!row.bind(key).step()) return std::nullopt;
  return QuotedVersion{row.string(0),       row.string(1),
                       row.string(2),       row.string(3),
                       row.string(4),       row.string(5),
                       row.string(6),       known_rows(database).batch(database, row.integer(7)),
                       row.integer(8) != 0, sound_text(row.text(9))};
}

std::vector<RecordedQuotation> read_quotations(Database& database, const std::vector<std::int64_t>& keys,
                                               const VersionOf& version_of) {
  std::vector<RecordedQuotation> out;
  KnownRows& known = known_rows(database);
  for (const std::int64_t key : keys) {
    auto row = database.prepare(kQuotationColumns);
    if (!row.bind(key).step()) continue;
    const QuotedVersion* version = version_of(row.integer(1));
    if (version == nullptr) continue;
    RecordedQuotation& quotation = out.emplace_back();
    QuotationReader reader(database, known, row, quotation);
    reader.read_version(*version);
    reader.read_own_columns();
    const std::string_view text = version->text;
    Spans corrected_content;
    read_spans(database, row, key, text, quotation.quotation, corrected_content);
    fill_reasons(quotation.quotation, text);
    if (!cuts(text, quotation.context)) quotation.context = {};
    reader.apply_corrections(key, corrected_content);
    quotation.content = joined_pieces(text, quotation.quotation.content);
  }
  return out;
}

std::vector<RecordedQuotation> read_quotations(Database& database, const std::vector<std::int64_t>& keys) {
  std::optional<QuotedVersion> in_hand;
  std::int64_t key_in_hand = -1;
  return read_quotations(database, keys, [&](std::int64_t key) -> const QuotedVersion* {
    if (std::exchange(key_in_hand, key) != key) in_hand = read_version(database, key);
    return in_hand ? &*in_hand : nullptr;
  });
}

}  // namespace onrecord
