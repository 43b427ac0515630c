#include "serve/api.h"

#include <algorithm>
#include <array>

#include "text/sha256.h"

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
    if (request.method == Method::kPost) return answer_check(record, asked);
    return error_response(405, "method", "send the draft by POST");
  }
  const std::string tag =
      "\"" + hex(sha256(state_tag(record) + "\n" + (may_write ? "w" : "") + ONRECORD_VERSION)).substr(0, 20) +
      "\"";
  if (request.header("if-none-match") == tag) {
    Response same;
    same.status = 304;
    same.headers.emplace_back("ETag", tag);
    return same;
  }
  Response response;
  if (family == "record" && rest.empty()) {
    response = answer_record(record, asked, may_write);
  } else if (family == "quotations") {
    response = answer_quotations(record, asked, rest);
  } else if (family == "statements") {
    response = answer_statements(record, asked, rest);
  } else if (family == "articles") {
    response = answer_articles(record, asked, rest);
  } else if (family == "speakers") {
    response = answer_speakers(record, asked, rest);
  } else if (family == "stories") {
    response = answer_stories(record, asked, rest);
  } else if (family == "timeline" && rest.empty()) {
    response = answer_timeline(record, asked);
  } else if (family == "positions" && rest.empty()) {
    response = answer_positions(record, asked);
  } else if (family == "changes" && rest.empty()) {
    response = answer_changes(record, asked);
  } else if (family == "new" && rest.empty()) {
    response = answer_new(record, asked);
  } else if (family == "proposals" && rest.empty()) {
    response = answer_proposals(record, asked);
  } else if (family == "export" && rest.empty()) {
    response = answer_export(options_.record, asked);
  } else if (is_one_of(family, {"corrections", "decisions"})) {
    return error_response(405, "method", "this address takes POST");
  } else {
    return error_response(404, "not-found", "there is nothing at this address",
                          "docs/openapi.json has them all.");
  }
  if (response.status == 200) response.headers.emplace_back("ETag", tag);
  return response;
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
