#include "serve/http.h"

#include <algorithm>

#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

enum class PlusIs { kPlus, kBlank };

std::optional<std::string> decoded(std::string_view text, PlusIs plus) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == PlusIs::kBlank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    }
  }
  if (out.find('\0') != std::string::npos || !is_valid_utf8(out)) return std::nullopt;
  return out;
}

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kInvalidArgument:
    case ErrorCode::kMalformed:
    case ErrorCode::kTruncated:
    case ErrorCode::kBadEncoding:
    case ErrorCode::kEmpty:
      return 400;
    case ErrorCode::kUnsupportedFormat:
      return 415;
    case ErrorCode::kTooLarge:
    case ErrorCode::kTooDeep:
    case ErrorCode::kTooMany:
    case ErrorCode::kTooSlow:
      return 413;
    case ErrorCode::kBusy:
      return 503;
    case ErrorCode::kConflict:
      return 409;
    case ErrorCode::kUnreadable:
    case ErrorCode::kDamaged:
    case ErrorCode::kSystem:
      break;
  }
  return 500;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found = headers.find(std::string(name));
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string Request::parameter(std::string_view name) const {
  const auto found = query.find(std::string(name));
  return found == query.end() ? std::string() : found->second;
}

std::optional<Target> parse_target(std::string_view target) {
  Target out;
  const std::size_t mark = target.find('?');
  const auto path = decoded(target.substr(0, mark), PlusIs::kPlus);
  if (!path || !path->starts_with('/')) return std::nullopt;
  out.path = *path;
  if (mark == std::string_view::npos) return out;
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = decoded(pair.substr(0, equals), PlusIs::kBlank);
    const auto value = decoded(pair.substr(std::min(pair.size(), equals + 1)), PlusIs::kBlank);
    if (!name || !value) return std::nullopt;
    if (!name->empty()) out.query[*name] = *value;
  }
  return out;
}

Response error_response(unsigned status, std::string_view code, std::string_view message,
                        std::string_view hint) {
  JsonWriter json;
  json.begin_object();
  json.key("error"), json.begin_object();
  json.member("code", code), json.member("message", message);
  if (!hint.empty()) json.member("hint", hint);
  json.end_object();
  json.end_object();
  Response response;
  response.status = status;
  response.body = json.take();
  return response;
}

Response error_response(const Error& error) {
  return error_response(status_of(error.code), name(error.code), describe(error), error.advice);
}

bool has_token(const Request& request, std::string_view token) {
  constexpr std::string_view kBearer = "Bearer ";
  std::string_view given = request.header("authorization");
  if (token.empty() || !given.starts_with(kBearer)) return false;
  given.remove_prefix(kBearer.size());
  unsigned difference = given.size() == token.size() ? 0U : 1U;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char other = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(token[i] ^ other);
  }
  return difference == 0;
}

}  // namespace onrecord
