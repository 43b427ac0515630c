// Requests and answers as the API sees them, without the network.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "onrecord/error.h"

namespace onrecord {

enum class Method { kGet, kHead, kPost, kOther };

struct Request {
  Method method = Method::kGet;
  std::string path;                            ///< percent-decoded, without the query
  std::map<std::string, std::string> query;    ///< decoded; of a name given twice the last
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;

  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// Empty when it is not there.
  [[nodiscard]] std::string parameter(std::string_view name) const;
};

/// Gives pieces of a body one after another through `write`, which fails when the reader is gone.
using WritePieces = std::function<Result<void>(const std::function<Result<void>(std::string_view)>& write)>;

struct Response {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  WritePieces stream{};  ///< in place of `body`: written as it is made
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// The address of a request: `/path?query`, percent-decoded; nothing when it is no sound UTF-8, or has a NUL.
struct Target {
  std::string path;
  std::map<std::string, std::string> query;
};
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

/// {"error":{"code","message","hint"}}, with the status that fits its code.
[[nodiscard]] Response error_response(const Error& error);
[[nodiscard]] Response error_response(unsigned status, std::string_view code, std::string_view message,
                                      std::string_view hint = {});

/// `Authorization: Bearer ...` against the token, in a time that does not depend on where they differ.
[[nodiscard]] bool has_token(const Request& request, std::string_view token);

}  // namespace onrecord
