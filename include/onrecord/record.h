// The record: one SQLite file that keeps articles, what they report, and what people corrected.
//
// The file's tables, views and ids are documented in docs/schema.md and are part of the interface.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/quotation.h"
#include "onrecord/span.h"

namespace onrecord {

/// Where an article was read from. The bytes are what intake was given for one article: the file's, or those
/// of one record in it, after decompression.
struct Original {
  std::string path;                     ///< as the user named it; "-" for standard input
  std::optional<std::uint64_t> record;  ///< number of the record in the file, from 1
  std::string sha256;                   ///< of the bytes, 64 hexadecimal digits
  std::optional<std::string> bytes;     ///< kept in the record, compressed, when given
};

/// One article with what was read in it, ready to be kept.
struct ReadArticle {
  Article article;
  Spans sentences;                    ///< of the document, in text order: the context that search looks into
  std::vector<Quotation> quotations;  ///< in text order
  std::string reading;                ///< `Reader::version()`
  Original original;
};

/// What became of one article that was added.
enum class AddOutcome {
  kNewArticle,  ///< an article the record did not have
  kNewVersion,  ///< other text or other fields under an article it has
  kReread,      ///< a version it has, by another reading: its quotations were replaced
  kKnown,       ///< a version it has by the same reading: only its original was added
  kRemoved,     ///< removed by a person before; not added again
};

struct Added {
  AddOutcome outcome = AddOutcome::kNewArticle;
  std::string article;           ///< id
  std::string version;           ///< id
  std::uint32_t quotations = 0;  ///< written now
};

struct RecordOptions {
  enum class Mode {
    kRead,           ///< changes no row; SQLite leaves a log and its index where it may not write
    kWrite,          ///< the file must exist
    kCreateOrWrite,  ///< makes it when it does not exist
  };
  Mode mode = Mode::kRead;
  /// How long a writer waits for another one before it gives up with `kBusy`. The default bridges the batches
  /// of an ingest beside ours (docs/limits-and-load.md has what one takes) but not a forgotten lock.
  std::chrono::milliseconds busy_timeout{10'000};
  /// The name of a SQLite VFS; empty for the platform's own. Tests inject faults here.
  std::string vfs;
  /// What time it is, ISO 8601 in UTC; empty for the system's clock. Only ever shown, never part of an id.
  std::function<std::string()> now;
};

/// Who a speaker is over all articles: the speaker that stands for all who are the same.
struct PersonOfSpeaker {
  std::string id;      ///< of the speaker that stands for them; that of the speaker itself when it is alone
  std::string name;    ///< its name
  std::string reason;  ///< why they are one, in a clause; empty when it is the speaker itself
  std::string identifier;  ///< as a file of the user gave it ("Q42"); empty when none did
};

/// A quotation as the record holds it, corrections applied.
struct RecordedQuotation {
  std::string id;
  std::string article;     ///< id
  std::string version;     ///< id
  std::string speaker_id;  ///< empty when the speaker is not known
  PersonOfSpeaker person;  ///< the same
  Quotation quotation;     ///< spans point into the version's text
  std::string content;     ///< the words; pieces joined by " … "
  Span context;            ///< the sentences that hold it, in the version's text
  std::string outlet, title, published, url;
  std::string reading;
  std::string added_at;                  ///< when its version was added
  bool current = true;                   ///< its version is its article's current one
  bool rejected = false;                 ///< a person said that it is no quotation
  std::string merged_into;               ///< id of the quotation that it is a part of, by correction
  std::optional<Quotation> automatic;    ///< what the reading said, when a correction changed it
  std::vector<std::string> corrections;  ///< ids of those that apply
};

/// An article's version with everything that is known of it.
struct RecordedArticle {
  std::string id;
  std::string version;
  bool current = true;
  Article article;
  std::string text_sha256;
  std::string reading;
  std::string added_at;
  std::vector<Original> originals;      ///< without their bytes
  std::vector<std::string> versions;    ///< ids of all versions, the current one first
  std::vector<std::string> quotations;  ///< ids, in text order
};

enum class SearchOrder {
  kRelevance,
  kDate,
  kUnsureSpeaker,  ///< those whose speaker the reading is least sure of first
};

/// What to look for. Every filter that is given must hold.
struct SearchQuery {
  /// Words, "phrases in marks", -without, beginning*. A question ("what did Ada Lowe say about options") is
  /// looked up by its words; those that only make it a question are left out. Who stands before the verb is
  /// the speaker; "since January", "until 2031-05" are dates. Empty: everything that the filters let through.
  std::string words;
  /// Id or its beginning, full name, or words of the name: everything that those who are called so said,
  /// under all their names. A full name goes before names that only have its words.
  std::string speaker;
  std::string article;               ///< id of an article or version
  std::string story;                 ///< id of a story, as `onrecord compare` told it
  std::string outlet;                ///< name or words of it, the case of ASCII letters aside
  std::string since;                 ///< ISO date; when it was said, or else when the article was published
  std::string until;                 ///< ISO date, that day, month or year included
  std::string new_since;             ///< ISO date or time; when the record got it
  std::vector<QuotationKind> kinds;  ///< empty: all
  std::vector<QuotationMode> modes = {QuotationMode::kSpeech, QuotationMode::kWriting};  ///< empty: all
  std::vector<SpeakerKind> speaker_kinds;                                                ///< empty: all
  /// Those that the reading is less sure of are left out, unless a person corrected something of them.
  float least_confidence = kLeastShownConfidence;
  bool unsure_speakers =
      false;  ///< only those whose speaker is known with less than even sureness, or withheld
  SearchOrder order = SearchOrder::kRelevance;  ///< by date (newest first) when there are no words
  std::uint32_t limit = 20;
  std::string cursor;  ///< `SearchResult::next` of the page before
};

struct SearchResult {
  std::vector<RecordedQuotation> rows;
  std::uint64_t total = 0;       ///< of all pages; counting stops at `kSearchCountLimit`
  bool total_is_capped = false;  ///< there are more than `total`
  std::string next;              ///< cursor of the next page, empty at the end
};

constexpr std::uint64_t kSearchCountLimit = 10'000;

/// Which articles. Every filter that is given must hold.
struct ArticleFilter {
  std::string outlet;       ///< as in `SearchQuery`
  std::string title_words;  ///< all of them, the case of ASCII letters aside
};

struct ArticleRow {
  std::string id, version, outlet, title, published, url, added_at;
  std::uint64_t text_bytes = 0;
  std::uint64_t quotations = 0;
  std::uint64_t versions = 0;
  std::string path;  ///< where its current version was read from, one of the places
};

/// A speaker with all who are the same.
struct SpeakerRow {
  std::string id, name;
  SpeakerKind kind = SpeakerKind::kUnknown;
  std::string article;  ///< id, when the name alone does not tell who it is beyond that article
  std::uint64_t quotations = 0;
  std::uint64_t articles = 0;
  std::string first, last;  ///< dates of what they said, as search reckons them
  std::uint64_t names = 0;  ///< how many different names articles give it
  std::string identifier;   ///< as a file of the user gave it; empty when none did
};

/// What articles call a speaker.
struct SpeakerAlias {
  std::string id;       ///< of the speaker with that name; its own, or one that is the same
  std::string name;     ///< the name as it was resolved
  std::string printed;  ///< the name or role as printed; empty where pronouns or nothing stood
  std::uint64_t quotations = 0;
  std::uint64_t articles = 0;
  std::string first, last;
  std::string joined_by;  ///< name, story or correction; empty for the speaker's own name
  std::string reason;     ///< why it is the same, in a clause
};

/// One line of a file with identifiers.
struct SpeakerIdentifier {
  std::string name;        ///< a full name, or the id of a speaker
  std::string identifier;  ///< "Q42"
  std::string role;        ///< for people to read; may be empty, as may the dates
  std::string since, until;
};

enum class CorrectionKind { kSpeaker, kKind, kBoundaries, kMerge, kReject, kSameSpeaker, kOtherSpeaker };
[[nodiscard]] std::string_view name(CorrectionKind kind);
[[nodiscard]] std::optional<CorrectionKind> correction_kind(std::string_view name);

/// What a person says is right about one quotation.
struct Correction {
  CorrectionKind kind = CorrectionKind::kReject;
  std::string quotation;                            ///< id
  std::string speaker;                              ///< kSpeaker: name; empty: nobody can tell. kSameSpeaker:
                                                    ///< name of the other one
  SpeakerKind speaker_kind = SpeakerKind::kPerson;  ///< kSpeaker
  QuotationKind quotation_kind = QuotationKind::kDirect;  ///< kKind
  Spans content;                                          ///< kBoundaries
  std::string other;  ///< kMerge: the quotation it is a part of; kSameSpeaker:
                      ///< the other speaker; kOtherSpeaker: article or empty
  std::string note;   ///< free text, may be empty
};

/// A correction as the record keeps it.
struct RecordedCorrection {
  std::string id;
  Correction correction;    ///< `quotation` and `other` empty when detached
  std::string article;      ///< id
  std::string text_sha256;  ///< of the text it was made on
  Span anchor;              ///< where the quotation's content stood in that text
  std::string words;        ///< those words
  std::string made_at;
  bool detached = false;  ///< fits nothing in the current version
};

struct RecordCounts {
  std::uint64_t articles = 0, versions = 0, quotations = 0, speakers = 0, corrections = 0, detached = 0,
                rejections = 0, tombstones = 0, originals_kept = 0, text_bytes = 0, file_bytes = 0;
};

/// One thing that `verify` found wrong.
struct Finding {
  std::string check;    ///< "span", "text-hash", "id", "integrity", "search-index", ...
  std::string subject;  ///< id or table
  std::string message;
};

struct Verification {
  std::vector<Finding> findings;  ///< the first `kMostFindings`
  std::uint64_t found = 0;        ///< all of them
  std::uint64_t versions = 0, quotations = 0, spans = 0, corrections = 0, originals = 0;
  std::vector<Original> missing;  ///< originals that were looked for and not found; the first `kMostFindings`
  std::uint64_t missing_count = 0;  ///< all of them
  /// Whether nothing is wrong. A missing original is not wrong: it leaves unproved what came from it.
  [[nodiscard]] bool passed() const { return found == 0; }
};

constexpr std::size_t kMostFindings = 1'000;

enum class ExportFormat { kJsonLines, kCsv, kWebAnnotation };

/// An open record. Used by one thread at a time; several objects, also in other processes, may have the same
/// file open: readers never wait, writers wait for each other (`RecordOptions::busy_timeout`).
///
/// Ids may be given as an unambiguous beginning ("q7k2"); an ambiguous one fails with `kInvalidArgument` and
/// names candidates, an unknown one with `kNotFound`. Every function fails with `kBusy` when another process
/// writes for too long, `kDamaged` when the file is not sound, `kSystem` when the disk says no.
class Record {
 public:
  static Result<Record> open(const std::filesystem::path& path, const RecordOptions& options = {});
  Record(Record&&) noexcept;
  Record& operator=(Record&&) noexcept;
  ~Record();

  // Writing. Each call is one transaction: all of it or nothing, and on the disk when it returns.

  /// Keeps articles; a batch of 50 to 500 costs one sync. Adding what is there already changes nothing.
  /// One outcome an article, in their order.
  Result<std::vector<Added>> add(std::span<const ReadArticle> articles);
  /// Keeps what could not be read, by `Error::file` and `Error::record`, once. Goes when that place is read.
  Result<void> add_rejections(std::span<const Error> rejections);
  /// Packs the file closer when half as much again was written since it was packed last, or says that there
  /// was no need to. O(size of the record), and needs room for two more copies while it runs. Nothing is lost
  /// when it fails or is killed. `begins` is called before the work, when there is any.
  Result<bool> compact_when_grown(const std::function<void()>& begins = {});
  /// Deletes the text, quotations and originals of an article (all versions) or of one version, and leaves
  /// a tombstone. Gives the ids that went. Deleted bytes are overwritten.
  Result<std::vector<std::string>> remove(std::string_view id, std::string_view reason);
  /// Takes the tombstone of an id or of a beginning of one away, so that it can be added again. Gives the id.
  Result<std::string> forgive(std::string_view id);
  /// Keeps a correction and applies it. Gives its id.
  Result<std::string> correct(const Correction& correction);
  /// Keeps that two speakers are one, or that one is nobody else: with `article` (id) in that article only,
  /// where the others of the name are somebody else; else not whom names or stories took it for. Speakers are
  /// given by id or by a name that only one has. Gives the correction's id.
  Result<std::string> merge_speakers(std::string_view one, std::string_view other, std::string_view note);
  Result<std::string> split_speaker(std::string_view speaker, std::string_view article,
                                    std::string_view note);
  /// Keeps these identifiers in place of those from before. Gives how many speakers have one now. A name that
  /// two identifiers fit gets none.
  Result<std::uint64_t> identify_speakers(std::span<const SpeakerIdentifier> identifiers);
  /// Takes a correction back. It stays in the record, marked as undone. Gives its id.
  Result<std::string> undo(std::string_view correction_id);

  // Reading.

  /// Whether this article, with this text and these fields, is there by this reading: then reading it again
  /// can be spared, and `add_original` is all there is to do.
  [[nodiscard]] Result<bool> has(const Article& article, std::string_view reading) const;
  /// Adds a place where a version that is there was found again.
  Result<Added> add_original(const Article& article, const Original& original);

  [[nodiscard]] Result<RecordedQuotation> quotation(std::string_view id) const;
  /// By the id of an article (its current version) or of a version.
  [[nodiscard]] Result<RecordedArticle> article(std::string_view id) const;
  /// By the id of any of its names.
  [[nodiscard]] Result<SpeakerRow> speaker(std::string_view id) const;
  /// What articles call a speaker, most often first.
  [[nodiscard]] Result<std::vector<SpeakerAlias>> aliases(std::string_view speaker_id) const;
  /// The speakers whom `name` may mean in `SearchQuery::speaker`: one when it is an id, or the full name of
  /// one.
  [[nodiscard]] Result<std::vector<SpeakerRow>> called(std::string_view name, std::uint32_t limit = 10) const;
  /// Quotations of a version in text order, rejected and merged ones included.
  [[nodiscard]] Result<std::vector<RecordedQuotation>> quotations_of(std::string_view version_id) const;
  [[nodiscard]] Result<SearchResult> search(const SearchQuery& asked) const;
  /// Articles by published date, newest first.
  [[nodiscard]] Result<std::vector<ArticleRow>> articles(const ArticleFilter& wanted = {},
                                                         std::uint32_t limit = 100,
                                                         std::uint64_t offset = 0) const;
  /// Of all pages of `articles`.
  [[nodiscard]] Result<std::uint64_t> count_articles(const ArticleFilter& wanted = {}) const;
  /// Speakers by number of quotations; `words` as in `SearchQuery::speaker`.
  [[nodiscard]] Result<std::vector<SpeakerRow>> speakers(std::string_view words = {},
                                                         std::uint32_t limit = 100,
                                                         std::uint64_t offset = 0) const;
  /// Of all pages of `speakers`.
  [[nodiscard]] Result<std::uint64_t> count_speakers(std::string_view words = {}) const;
  /// What could not be read, by path and record.
  [[nodiscard]] Result<std::vector<Error>> rejections(
      std::uint32_t limit = std::numeric_limits<std::uint32_t>::max(), std::uint64_t offset = 0) const;
  /// Those that are not undone, in the order they were made.
  [[nodiscard]] Result<std::vector<RecordedCorrection>> corrections() const;
  [[nodiscard]] Result<RecordCounts> counts() const;

  /// Calls `each` for every version (ids in canonical order) with its articles' text: to read it anew.
  Result<void> for_each_version(const std::function<Result<void>(const RecordedArticle&)>& each) const;

  /// Proves the record: cuts every span again, hashes every text again, asks SQLite. O(size of the record).
  [[nodiscard]] Result<Verification> verify() const;
  /// Runs `intake` on every original of the record among the documents whose bytes `next` gives one after
  /// another (those kept, when `next` is empty), and compares the text that it makes with the one that is
  /// stored. Documents that are no original are passed over; `Verification::originals` counts those that are,
  /// `Verification::missing` names the originals that `next` did not give.
  /// One pass, in whatever order; memory: one document, and some 200 bytes an original.
  using NextDocument = std::function<std::optional<std::string>()>;
  using RunIntake = std::function<Result<Article>(const Original&, std::string_view bytes)>;
  [[nodiscard]] Result<Verification> verify_originals(const NextDocument& next,
                                                      const RunIntake& intake) const;

  /// Writes what is current, neither rejected nor merged away, in canonical order: the same articles give the
  /// same bytes, whatever the order they came in. Calls `write` with pieces.
  Result<void> export_to(ExportFormat format,
                         const std::function<Result<void>(std::string_view)>& write) const;

  struct Store;  ///< the inside; src/record/store.h
  [[nodiscard]] Store& store() const { return *store_; }

 private:
  explicit Record(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

/// Ids: a letter (a article, v version, q quotation, p speaker, c correction) and twelve characters of
/// Crockford's base 32, from the SHA-256 of what they name. The article's id from its fields and text.
[[nodiscard]] std::string article_id(const Article& article);
[[nodiscard]] std::string version_id(const Article& article);

}  // namespace onrecord
