#include "record/ingest.h"

#include <mutex>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "record/ordered_pipeline.h"

namespace onrecord {
namespace {

/// A batch is one transaction and one sync: large enough that syncs do not count (milliseconds each on most
/// disks), small enough that a crash loses seconds of work (docs/limits-and-load.md).
constexpr std::size_t kBatchArticles = 256;
constexpr std::size_t kBatchBytes = 8U << 20;

/// An article that the record has by the same reading.
struct KnownArticle {
  Article article;
  Original original;
};

/// What a worker made of one document.
struct Outcome {
  IngestPlace place;
  std::uint64_t bytes = 0;
  std::variant<Error, KnownArticle, ReadArticle> made;
};

/// Asks the record from several threads; a reader of its own, so that the writer is never waited for.
class KnownArticles {
 public:
  KnownArticles(Record record, std::string_view reading) : record_(std::move(record)), reading_(reading) {}

  /// False also when the record cannot tell: then the writer will find out.
  bool has(const Article& article) {
    const std::scoped_lock lock(mutex_);
    return record_.has(article, reading_).value_or(false);
  }

 private:
  std::mutex mutex_;
  Record record_;
  std::string reading_;
};

/// What the threads do: pure work on one document.
class Worker {
 public:
  Worker(const ArticleReading& reading, KnownArticles& known, const IngestOptions& options)
      : reading_(reading), known_(known), options_(options) {}

  Outcome operator()(Result<RawDocument> document) const {
    if (!document) return {{document.error().file, 0}, 0, document.error()};
    Outcome outcome{{document->path, document->offset + document->bytes.size()}, document->bytes.size(), {}};
    Result<Article> article = reading_.article(*document);
    if (!article) {
      outcome.made = article.error();
      return outcome;
    }
    Original original = original_of(*document);
    if (options_.keep_originals) original.bytes = std::move(document->bytes);
    if (known_.has(*article)) {
      outcome.made = KnownArticle{std::move(*article), std::move(original)};
      return outcome;
    }
    Result<ReadArticle> read = reading_.read(std::move(*article), std::move(original));
    if (read) {
      outcome.made = std::move(*read);
    } else {
      outcome.made = read.error();
    }
    return outcome;
  }

 private:
  const ArticleReading& reading_;
  KnownArticles& known_;
  const IngestOptions& options_;
};

/// Takes outcomes in order, gathers them in batches and commits them.
class Writer {
 public:
  Writer(Record& record, const ArticleReading& reading, const IngestEvents& events)
      : record_(record), reading_(reading), events_(events) {}

  Flow take(Outcome outcome) {
    ++summary_.counts.documents;
    summary_.counts.bytes += outcome.bytes;
    std::visit([this](auto& made) { take_made(made); }, outcome.made);
    if (articles_.size() >= kBatchArticles || batch_bytes_ >= kBatchBytes ||
        rejections_.size() >= kBatchArticles) {
      commit();
    }
    if (events_.progress) events_.progress(summary_.counts, outcome.place);
    if (events_.wants_stop && events_.wants_stop()) summary_.stopped = true;
    return summary_.stopped || failure_ ? Flow::kStop : Flow::kGoOn;
  }

  /// Commits what is left, and tells how it all went.
  Result<IngestSummary> finish() {
    commit();
    if (failure_) return std::unexpected(*failure_);
    return std::move(summary_);
  }

 private:
  void take_made(const Error& error) {
    ++summary_.counts.rejected;
    ++summary_.rejections[error.code];
    if (events_.rejected) events_.rejected(error);
    rejections_.push_back(error);
  }

  void take_made(KnownArticle& known) {
    const Result<Added> added = record_.add_original(known.article, known.original);
    if (added) {
      ++summary_.counts.known;
      return;
    }
    if (added.error().code != ErrorCode::kNotFound) return note_failure(added.error());
    // Somebody removed it since the worker asked: what to do with it is for `add` to say.
    Result<ReadArticle> read = reading_.read(std::move(known.article), std::move(known.original));
    read ? take_made(*read) : take_made(read.error());
  }

  void take_made(ReadArticle& read) {
    batch_bytes_ += read.article.text.size() + (read.original.bytes ? read.original.bytes->size() : 0);
    articles_.push_back(std::move(read));
  }

  void commit() {
    if (!failure_ && !articles_.empty()) add(articles_);
    if (!failure_ && !rejections_.empty()) {
      if (const auto kept = record_.add_rejections(rejections_); !kept) note_failure(kept.error());
    }
    articles_.clear();
    rejections_.clear();
    batch_bytes_ = 0;
  }

  void add(std::span<const ReadArticle> articles) {
    const Result<std::vector<Added>> added = record_.add(articles);
    if (added) {
      for (const Added& one : *added) count(one);
    } else if (added.error().code != ErrorCode::kInvalidArgument) {
      note_failure(added.error());
    } else if (articles.size() == 1) {
      take_made(added.error());
    } else {
      // One article of the batch cannot be kept; the others can.
      for (const ReadArticle& article : articles) add({&article, 1});
    }
  }

  void count(const Added& added) {
    IngestCounts& counts = summary_.counts;
    counts.quotations += added.quotations;
    switch (added.outcome) {
      case AddOutcome::kNewArticle:
        ++counts.new_articles;
        break;
      case AddOutcome::kNewVersion:
        ++counts.new_versions;
        break;
      case AddOutcome::kReread:
        ++counts.reread;
        break;
      case AddOutcome::kKnown:
        ++counts.known;
        break;
      case AddOutcome::kRemoved:
        ++counts.removed;
        break;
    }
  }

  void note_failure(const Error& error) {
    if (!failure_) failure_ = error;
  }

  Record& record_;
  const ArticleReading& reading_;
  const IngestEvents& events_;
  IngestSummary summary_;
  std::vector<ReadArticle> articles_;  // of the batch in hand
  std::vector<Error> rejections_;
  std::size_t batch_bytes_ = 0;
  std::optional<Error> failure_;  // of the record; nothing more is written after it
};

}  // namespace

Result<IngestSummary> ingest(const std::filesystem::path& record, DocumentStream& stream,
                             const ArticleReading& reading, const IngestOptions& options,
                             const IngestEvents& events) {
  RecordOptions writing;
  writing.mode = RecordOptions::Mode::kCreateOrWrite;
  Result<Record> written = Record::open(record, writing);
  if (!written) return std::unexpected(written.error());
  Result<Record> asked = Record::open(record);
  if (!asked) return std::unexpected(asked.error());

  KnownArticles known(std::move(*asked), reading.version());
  const Worker worker(reading, known, options);
  Writer writer(*written, reading, events);
  using Input = Result<RawDocument>;
  OrderedPipeline<Input, Outcome>([&] { return stream.next(); },
                                  [](const Input& document) { return document ? document->bytes.size() : 0; },
                                  worker, [&](Outcome outcome) { return writer.take(std::move(outcome)); },
                                  {.workers = options.threads})
      .run();
  Result<IngestSummary> summary = writer.finish();
  // All is kept by now. Where it cannot be packed closer (no room for a second copy, somebody else writes),
  // it stays as it is.
  if (summary && !summary->stopped) std::ignore = written->compact_when_grown(events.packing);
  return summary;
}

}  // namespace onrecord
