#include "serve/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "record/store.h"

namespace onrecord {
namespace {

constexpr std::string_view kPrefix = "/api/v1";

/// The family of an address and what follows: "/api/v1/articles/a1/diff" is "articles" and "a1/diff".
struct Address {
  std::string_view family;
  std::string_view rest;
};

Address address_of(std::string_view path) {
  path.remove_prefix(std::min(path.size(), kPrefix.size() + 1));
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

/// Lists have twins by suffix: "quotations.csv", "quotations.atom".
Request with_format(const Request& request, std::string_view& family) {
  Request asked = request;
  for (const std::string_view format : {"csv", "atom"}) {
    if (family.ends_with(format) && family.size() > format.size() &&
        family[family.size() - format.size() - 1] == '.') {
      asked.query["format"] = format;
      family.remove_suffix(format.size() + 1);
    }
  }
  return asked;
}

/// All that an answer depends on, beside the record.
std::string key_of(const Request& asked, std::string_view family, std::string_view rest, bool may_write) {
  std::string key = fmt::format("{}{}/{}", may_write ? "w " : "", family, rest);
  for (const auto& [name, value] : asked.query) key += fmt::format("\n{}={}", name, value);
  // Feeds name the host that they were asked at.
  return key + "\n" + std::string(asked.header("host"));
}

bool is_one_of(std::string_view family, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, family) != names.end();
}

}  // namespace

Response Api::answer(const Record& record, const Request& request) {
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  const std::string_view family = address_of(request.path).family;
  if (reads || (request.method == Method::kPost && family == "check")) return read(record, request);
  if (request.method != Method::kPost)
    return error_response(405, "method", "this address takes GET, or POST to write");
  return write(request);
}

Response Api::read(const Record& record, const Request& request) {
  const bool may_write = has_token(request, options_.token);
  auto [family, rest] = address_of(request.path);
  const Request asked = with_format(request, family);
  if (family == "check") {
    if (request.method == Method::kPost) return answer_check(record, asked, options_.reading);
    return error_response(405, "method", "send the draft by POST");
  }
  // The state before the answer is made: a change in between then shows at the next request.
  const auto state = watch_.state();
  if (!state) return error_response(state.error());
  const std::string tag = fmt::format("\"{}{}\"", *state, may_write ? "-w" : "");
  if (request.header("if-none-match") == tag) {
    Response same;
    same.status = 304;
    same.headers.emplace_back("ETag", tag);
    return same;
  }
  const std::string key = key_of(asked, family, rest, may_write);
  auto kept = cache_.find(*state, key);
  Response response = kept
                          ? std::move(*kept)
                          : made({record, options_.record, *state, columns_}, asked, family, rest, may_write);
  if (!kept && response.status == 200) cache_.keep(*state, key, response);
  if (response.status == 200) response.headers.emplace_back("ETag", tag);
  return response;
}

void Api::warm_up() {
  const auto state = watch_.state();
  const auto record = Record::open(options_.record);
  if (!state || !record) return;
  if (const auto read = columns_.at(*state, *record); !read) return;  // what is wrong is told to who asks
}

Response Api::made(const ServedRecord& served, const Request& asked, std::string_view family,
                   std::string_view rest, bool may_write) {
  const Record& record = served.record();
  const Snapshot snapshot(record.store().database);
  if (family == "record" && rest.empty()) return answer_record(record, asked, may_write);
  if (family == "quotations") return answer_quotations(served, asked, rest);
  if (family == "statements") return answer_statements(served, asked, rest);
  if (family == "articles") return answer_articles(served, asked, rest);
  if (family == "speakers") return answer_speakers(served, asked, rest);
  if (family == "stories") return answer_stories(served, asked, rest);
  if (family == "timeline" && rest.empty()) return answer_timeline(served, asked);
  if (family == "positions" && rest.empty()) return answer_positions(record, asked);
  if (family == "changes" && rest.empty()) return answer_changes(record, asked);
  if (family == "new" && rest.empty()) return answer_new(served, asked);
  if (family == "proposals" && rest.empty()) return answer_proposals(record, asked);
  if (family == "export" && rest.empty()) return answer_export(options_.record, asked);
  if (is_one_of(family, {"corrections", "decisions"}))
    return error_response(405, "method", "this address takes POST");
  return error_response(404, "not-found", "there is nothing at this address",
                        "docs/openapi.json has them all.");
}

Response Api::write(const Request& request) {
  if (options_.token.empty()) {
    return error_response(403, "read-only", "this server only reads",
                          "Start it with onrecord serve --write to change the record.");
  }
  if (!has_token(request, options_.token)) {
    return error_response(401, "token", "writing needs the token that onrecord serve printed",
                          "Open the address that it printed, with the token at its end.");
  }
  const auto [family, rest] = address_of(request.path);
  if (!rest.empty() || !is_one_of(family, {"articles", "corrections", "decisions"}))
    return error_response(404, "not-found", "there is nothing to write at this address");
  const std::scoped_lock lock(writing_);
  if (family == "articles") return write_articles(options_, request);
  RecordOptions how;
  how.mode = RecordOptions::Mode::kWrite;
  auto record = Record::open(options_.record, how);
  if (!record) return error_response(record.error());
  return family == "corrections" ? write_correction(*record, request) : write_decision(*record, request);
}

}  // namespace onrecord
