// Writing: POST /corrections, /decisions, /articles
#include <fmt/format.h>

#include <map>

#include "compare/compare_record.h"
#include "compare/decisions.h"
#include "intake/byte_source.h"
#include "intake/source.h"
#include "record/store.h"
#include "serve/api.h"
#include "serve/fetched_document.h"
#include "text/json_writer.h"

namespace onrecord {
namespace {

/// The members of the JSON object in a request's body that are texts; null and numbers are left out.
Result<std::map<std::string, std::string>> members_of(Database& database, const Request& request) {
  std::map<std::string, std::string> members;
  auto valid = database.prepare("SELECT json_valid(?1) AND json_type(?1) = 'object'");
  if (!valid.bind(request.body).step() || valid.integer(0) == 0)
    return fail(ErrorCode::kMalformed, "the body must be one JSON object");
  auto rows = database.prepare("SELECT key, value FROM json_each(?) WHERE type = 'text'");
  rows.bind(request.body);
  while (rows.step()) members[rows.string(0)] = rows.string(1);
  return members;
}

Response with_id(std::string_view id) {
  JsonWriter json;
  json.begin_object(), json.member("id", id), json.end_object();
  Response response;
  response.body = json.take();
  return response;
}

/// What came of texts that were added.
struct Taken {
  std::vector<ReadArticle> articles;
  std::vector<Error> rejections;
};

void read_all(DocumentStream stream, const ArticleReading& reading, Taken& taken) {
  while (auto document = stream.next()) {
    if (!*document) {
      taken.rejections.push_back(document->error());
      continue;
    }
    auto read = reading.read(**document);
    if (read) {
      taken.articles.push_back(std::move(*read));
    } else {
      taken.rejections.push_back(read.error());
    }
  }
}

std::string member_of(const std::map<std::string, std::string>& members, const std::string& name) {
  const auto found = members.find(name);
  return found == members.end() ? std::string() : found->second;
}

/// The last part of a name that a browser told: it never becomes a path.
std::string plain_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

Result<Taken> take(const Request& request, Database& database, const ArticleReading& reading) {
  Taken taken;
  SourceOptions source;
  if (!request.header("content-type").starts_with("application/json")) {
    const std::string name = plain_name(request.parameter("name"));
    read_all(
        DocumentStream(std::make_unique<MemoryBytes>(request.body), name.empty() ? "upload" : name, source),
        reading, taken);
    return taken;
  }
  const auto members = members_of(database, request);
  if (!members) return std::unexpected(members.error());
  source.outlet = member_of(*members, "outlet"), source.published = member_of(*members, "published");
  source.title = member_of(*members, "title");
  if (const std::string address = member_of(*members, "fetch"); !address.empty()) {
    const auto fetched = fetch(address);
    if (!fetched) return std::unexpected(fetched.error());
    read_all(stream_of(*fetched, source), reading, taken);
    return taken;
  }
  const std::string text = member_of(*members, "text");
  if (text.empty()) return fail(ErrorCode::kInvalidArgument, "send \"text\" or \"fetch\", or a file's bytes");
  source.url = member_of(*members, "url");
  source.format = SourceFormat::kText;
  read_all(DocumentStream(std::make_unique<MemoryBytes>(text), "pasted text", source), reading, taken);
  return taken;
}

std::string added_json(const std::vector<Added>& added, const Taken& taken) {
  std::map<AddOutcome, std::uint64_t> counts;
  std::uint64_t quotations = 0;
  for (const Added& one : added) ++counts[one.outcome], quotations += one.quotations;
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/ingest/1");
  json.member("documents", added.size() + taken.rejections.size());
  json.member("new_articles", counts[AddOutcome::kNewArticle]);
  json.member("new_versions", counts[AddOutcome::kNewVersion]);
  json.member("reread", counts[AddOutcome::kReread]), json.member("known", counts[AddOutcome::kKnown]);
  json.member("removed", counts[AddOutcome::kRemoved]);
  json.member("quotations", quotations), json.member("rejected", taken.rejections.size());
  json.key("added"), json.begin_array();
  for (std::size_t i = 0; i < added.size(); ++i) {
    json.begin_object();
    json.member("article", std::string_view(added[i].article));
    json.member_or_null("title", taken.articles[i].article.field("title"));
    json.end_object();
  }
  json.end_array();
  json.key("rejected_documents"), json.begin_array();
  for (const Error& error : taken.rejections) {
    json.begin_object();
    json.member("path", std::string_view(error.file)), json.member("reason", name(error.code));
    json.member("message", std::string_view(error.message));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

Result<Record> open_for_writing(const std::string& path) {
  RecordOptions how;
  how.mode = RecordOptions::Mode::kWrite;
  return Record::open(path, how);
}

}  // namespace

Response write_correction(Record& record, const Request& request) {
  const auto members = members_of(record.store().database, request);
  if (!members) return error_response(members.error());
  if (const std::string id = member_of(*members, "undo"); !id.empty()) {
    const auto undone = record.undo(id);
    return undone ? with_id(*undone) : error_response(undone.error());
  }
  Correction correction;
  const std::string kind = member_of(*members, "kind");
  const auto known = correction_kind(kind);
  if (!known || (*known != CorrectionKind::kSpeaker && *known != CorrectionKind::kReject &&
                 *known != CorrectionKind::kKind)) {
    return error_response(400, "invalid-argument", "kind must be speaker, kind or reject",
                          "Bounds and merges are corrected on the command line: onrecord correct.");
  }
  correction.kind = *known;
  correction.quotation = member_of(*members, "quotation");
  correction.note = member_of(*members, "note");
  const std::string value = member_of(*members, "value");
  if (*known == CorrectionKind::kSpeaker) {
    correction.speaker = value;
    correction.speaker_kind =
        speaker_kind(member_of(*members, "speaker_kind")).value_or(SpeakerKind::kPerson);
  }
  if (*known == CorrectionKind::kKind) {
    const auto quotation = quotation_kind(value);
    if (!quotation) return error_response(400, "invalid-argument", "value must be direct, mixed or indirect");
    correction.quotation_kind = *quotation;
  }
  const auto id = record.correct(correction);
  if (!id) return error_response(id.error());
  // What follows of it for statements and stories is told at once.
  if (auto compared = compare_new_articles(record, {}); !compared) return error_response(compared.error());
  return with_id(*id);
}

Response write_decision(Record& record, const Request& request) {
  const auto members = members_of(record.store().database, request);
  if (!members) return error_response(members.error());
  if (const std::string id = member_of(*members, "undo"); !id.empty()) {
    const auto undone = undo_decision(record, id);
    return undone ? with_id(*undone) : error_response(undone.error());
  }
  const auto kind = decision_kind(member_of(*members, "kind"));
  if (!kind) {
    return error_response(400, "invalid-argument",
                          "kind must be same-statement, other-statement, same-story, other-story or no-copy");
  }
  const auto id = decide(record, {*kind, member_of(*members, "first"), member_of(*members, "second"),
                                  member_of(*members, "note")});
  return id ? with_id(*id) : error_response(id.error());
}

Response write_articles(const ApiOptions& options, const Request& request) {
  const auto reading = options.reading ? options.reading() : fail(ErrorCode::kSystem, "no reading is set up");
  if (!reading) return error_response(reading.error());
  auto record = open_for_writing(options.record);
  if (!record) return error_response(record.error());
  const auto taken = take(request, record->store().database, **reading);
  if (!taken) return error_response(taken.error());
  const auto added = record->add(taken->articles);
  if (!added) return error_response(added.error());
  if (auto kept = record->add_rejections(taken->rejections); !kept) return error_response(kept.error());
  if (auto compared = compare_new_articles(*record, {}); !compared) return error_response(compared.error());
  Response response;
  response.body = added_json(*added, *taken);
  return response;
}

}  // namespace onrecord
