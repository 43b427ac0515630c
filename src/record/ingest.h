// From documents to the record: everything a stream gives, read by several threads, kept in order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "intake/source.h"
#include "onrecord/error.h"
#include "onrecord/record.h"
#include "record/article_reading.h"

namespace onrecord {

struct IngestOptions {
  unsigned threads = 1;
  bool keep_originals = false;  ///< keep the documents' bytes in the record
};

/// What became of the documents so far.
struct IngestCounts {
  std::uint64_t documents = 0;  ///< all that the stream gave, rejected ones included
  std::uint64_t bytes = 0;      ///< of them
  std::uint64_t new_articles = 0;
  std::uint64_t new_versions = 0;
  std::uint64_t reread = 0;   ///< known, but read in another way before
  std::uint64_t known = 0;    ///< passed over
  std::uint64_t removed = 0;  ///< a person removed them before; passed over
  std::uint64_t quotations = 0;
  std::uint64_t rejected = 0;
};

/// Where the run is.
struct IngestPlace {
  std::string path;          ///< of the document that was done last
  std::uint64_t offset = 0;  ///< its end in that file, after decompression
};

/// Calls into the program around it, all from the thread that called `ingest`. Any may be empty.
struct IngestEvents {
  std::function<void(const IngestCounts&, const IngestPlace&)> progress;  ///< after every document
  std::function<void(const Error&)> rejected;
  std::function<void()> packing;     ///< all is kept; the file is packed closer, which takes a while
  std::function<bool()> wants_stop;  ///< asked after every document; on true the batch is finished
};

struct IngestSummary {
  IngestCounts counts;
  std::map<ErrorCode, std::uint64_t> rejections;  ///< how many for which reason
  bool stopped = false;                           ///< `wants_stop` said so
};

/// Reads all of `stream` into the record at `record`, which is made when it is not there.
///
/// Documents are made articles and read in `options.threads` threads; articles that the record has by the
/// same reading are known before they are read and only their place is noted. One writer commits batches in
/// the order of the stream, so that the same stream gives the same record. What was committed stays, whatever
/// happens later. Memory is bounded by the bytes in flight, not by the stream. Fails when the record cannot
/// be opened or written (`kBusy`, `kDamaged`, `kSystem`); a document that cannot be read is a recorded
/// rejection.
[[nodiscard]] Result<IngestSummary> ingest(const std::filesystem::path& record, DocumentStream& stream,
                                           const ArticleReading& reading, const IngestOptions& options,
                                           const IngestEvents& events);

}  // namespace onrecord
