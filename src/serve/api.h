// The HTTP API over a record (docs/openapi.json): requests in, answers out, without the network.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "onrecord/record.h"
#include "record/article_reading.h"
#include "serve/answer_cache.h"
#include "serve/http.h"
#include "serve/record_watch.h"
#include "serve/served_record.h"

namespace onrecord {

/// What the API may do beside reading.
/// Makes the reading of texts at its first call; may be called from several threads.
using MakeReading = std::function<Result<std::shared_ptr<const ArticleReading>>()>;

struct ApiOptions {
  std::string record;
  std::string token;  ///< whoever has it may write; empty: nobody may
  /// How texts that are added, and drafts that are checked, are read. May be empty where nobody may write.
  MakeReading reading;
};

/// Answers requests. May be called from several threads, each with an open record of its own.
class Api {
 public:
  explicit Api(ApiOptions options) : options_(std::move(options)), watch_(options_.record) {}

  /// Reads what searches go by, so that the first one need not wait for it.
  void warm_up();
  /// `request.path` begins with "/api/v1".
  [[nodiscard]] Response answer(const Record& record, const Request& request);
  [[nodiscard]] const ApiOptions& options() const { return options_; }

 private:
  [[nodiscard]] Response read(const Record& record, const Request& request);
  [[nodiscard]] Response made(const ServedRecord& served, const Request& asked, std::string_view family,
                              std::string_view rest, bool may_write);
  [[nodiscard]] Response write(const Request& request);

  ApiOptions options_;
  RecordWatch watch_;
  AnswerCache cache_;
  KeptColumns columns_;
  std::mutex writing_;  ///< one writer at a time: SQLite would have the others wait anyway
};

/// Answers to reading, one a family of addresses; `rest` is what follows its name, without the slash.
[[nodiscard]] Response answer_record(const Record& record, const Request& request, bool writable);
[[nodiscard]] Response answer_quotations(const ServedRecord& served, const Request& request,
                                         std::string_view rest);
[[nodiscard]] Response answer_statements(const ServedRecord& served, const Request& request,
                                         std::string_view rest);
[[nodiscard]] Response answer_articles(const ServedRecord& served, const Request& request,
                                       std::string_view rest);
[[nodiscard]] Response answer_speakers(const ServedRecord& served, const Request& request,
                                       std::string_view rest);
[[nodiscard]] Response answer_stories(const ServedRecord& served, const Request& request,
                                      std::string_view rest);
[[nodiscard]] Response answer_timeline(const ServedRecord& served, const Request& request);
[[nodiscard]] Response answer_positions(const Record& record, const Request& request);
[[nodiscard]] Response answer_changes(const Record& record, const Request& request);
[[nodiscard]] Response answer_new(const ServedRecord& served, const Request& request);
[[nodiscard]] Response answer_proposals(const Record& record, const Request& request);
/// `reading` makes what reads who a draft quotes; may be empty. Where it fails, and of a very long draft, the
/// passages in marks are checked whoever said them.
[[nodiscard]] Response answer_check(const Record& record, const Request& request, const MakeReading& reading);
[[nodiscard]] Response answer_export(const std::string& record_path, const Request& request);

/// Writing; the record is opened for it.
[[nodiscard]] Response write_correction(Record& record, const Request& request);
[[nodiscard]] Response write_decision(Record& record, const Request& request);
[[nodiscard]] Response write_articles(const ApiOptions& options, const Request& request);

}  // namespace onrecord
