#include "serve/guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace onrecord {
namespace {

bool is_own_host(std::string_view host, std::uint16_t port) {
  constexpr std::array<std::string_view, 3> kNames = {"localhost", "127.0.0.1", "[::1]"};
  return std::ranges::any_of(kNames,
                             [&](std::string_view name) { return host == fmt::format("{}:{}", name, port); });
}

}  // namespace

std::optional<Response> refusal(const Request& request, std::uint16_t port) {
  if (!is_own_host(request.header("host"), port)) {
    return error_response(421, "host", "this server answers at its own address only",
                          fmt::format("Open http://127.0.0.1:{}/", port));
  }
  constexpr std::string_view kScheme = "http://";
  const std::string_view origin = request.header("origin");
  const bool own_origin = origin.starts_with(kScheme) && is_own_host(origin.substr(kScheme.size()), port);
  if (!origin.empty() && !own_origin)
    return error_response(403, "origin", "another site's page may not ask this server");
  const std::string_view site = request.header("sec-fetch-site");
  const bool follows_link =
      request.method == Method::kGet && request.header("sec-fetch-mode") == "navigate" &&
      request.header("sec-fetch-dest") == "document" && !request.path.starts_with("/api/");
  if (!site.empty() && site != "same-origin" && site != "none" && !follows_link)
    return error_response(403, "origin", "another site's page may not ask this server");
  return std::nullopt;
}

void add_safe_headers(Response& response) {
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                                "data:; font-src 'self'; connect-src "
                                "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                                "require-trusted-types-for 'script'; "
                                "trusted-types 'none'");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.emplace_back("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

}  // namespace onrecord
