#include "serve/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>

namespace onrecord {
namespace {

/// A network of IPv4 addresses, as in RFC 6890.
struct Network {
  std::uint32_t begin;
  int bits;
};

constexpr std::uint32_t ipv4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array kNotPublic = {
    Network{ipv4(0, 0, 0, 0), 8},      Network{ipv4(10, 0, 0, 0), 8},     Network{ipv4(100, 64, 0, 0), 10},
    Network{ipv4(127, 0, 0, 0), 8},    Network{ipv4(169, 254, 0, 0), 16}, Network{ipv4(172, 16, 0, 0), 12},
    Network{ipv4(192, 0, 0, 0), 24},   Network{ipv4(192, 0, 2, 0), 24},   Network{ipv4(192, 88, 99, 0), 24},
    Network{ipv4(192, 168, 0, 0), 16}, Network{ipv4(198, 18, 0, 0), 15},  Network{ipv4(198, 51, 100, 0), 24},
    Network{ipv4(203, 0, 113, 0), 24}, Network{ipv4(224, 0, 0, 0), 4},    Network{ipv4(240, 0, 0, 0), 4}};

bool is_public(std::uint32_t address) {
  return std::ranges::none_of(kNotPublic, [&](const Network& network) {
    return address >> (32 - network.bits) == network.begin >> (32 - network.bits);
  });
}

bool begins_with(std::span<const std::uint8_t> address, std::initializer_list<std::uint8_t> bytes) {
  return std::equal(bytes.begin(), bytes.end(), address.begin());
}

std::uint32_t ipv4_at(std::span<const std::uint8_t> address, std::size_t at) {
  return ipv4(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

bool is_public(std::span<const std::uint8_t> address) {
  const auto zeros = [&](std::size_t size) {
    return std::ranges::all_of(address.first(size), [](std::uint8_t byte) { return byte == 0; });
  };
  // ::/96 (unspecified, loopback, IPv4-compatible) and ::ffff:0:0/96 (IPv4-mapped) are never on the public
  // internet; the mapped ones are judged as what they are.
  if (zeros(10) && address[10] == 0xFF && address[11] == 0xFF) return is_public(ipv4_at(address, 12));
  if (zeros(12)) return false;
  // NAT64 under its well-known prefix; what is translated for a network alone (64:ff9b:1::/48) is local.
  if (begins_with(address, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
    return is_public(ipv4_at(address, 12));
  if (begins_with(address, {0x20, 0x02})) return is_public(ipv4_at(address, 2));      // 6to4
  if (begins_with(address, {0x20, 0x01}) && (address[2] & 0xFEU) == 0) return false;  // 2001::/23, Teredo too
  if (begins_with(address, {0x20, 0x01, 0x0D, 0xB8})) return false;                   // documentation
  if (begins_with(address, {0x3F, 0xFF}) && (address[2] & 0xF0U) == 0)
    return false;  // documentation (RFC 9637)
  // Global unicast is 2000::/3; everything else is local, multicast or reserved.
  return (address[0] & 0xE0) == 0x20;
}

struct Fetching {
  const FetchLimits* limits;
  std::string bytes;
  bool refused = false;  // an address that may not be reached
  bool too_large = false;
};

std::size_t take(const char* data, std::size_t size, std::size_t count, void* user) {
  auto* fetching = static_cast<Fetching*>(user);
  if (fetching->bytes.size() + size * count > fetching->limits->bytes) {
    fetching->too_large = true;
    return 0;
  }
  fetching->bytes.append(data, size * count);
  return size * count;
}

/// libcurl asks for a socket when it knows the address that it is about to connect to: that very address is
/// judged, so that a name cannot resolve to another one in between.
curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto* fetching = static_cast<Fetching*>(user);
  if (!fetching->limits->reaches(address->addr)) {
    fetching->refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Error failure(CURLcode code, const Fetching& fetching, const FetchLimits& limits, const std::string& url,
              const char* detail) {
  const auto told = [&](ErrorCode kind, std::string message) {
    return Error{kind, std::move(message), url, {}, {}};
  };
  if (fetching.refused) {
    return told(
        ErrorCode::kInvalidArgument,
        "the address leads to this machine or to a private network; only public addresses are fetched");
  }
  if (fetching.too_large || code == CURLE_FILESIZE_EXCEEDED) {
    return told(ErrorCode::kTooLarge, fmt::format("the page has more than {} MiB", limits.bytes >> 20));
  }
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return told(ErrorCode::kTooSlow,
                  fmt::format("the page did not come within {} seconds", limits.seconds));
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return told(ErrorCode::kInvalidArgument, "that is no http or https address");
    case CURLE_TOO_MANY_REDIRECTS:
      return told(ErrorCode::kInvalidArgument,
                  fmt::format("the address leads on more than {} times", limits.redirects));
    case CURLE_COULDNT_RESOLVE_HOST:
      return told(ErrorCode::kNotFound, "no such host");
    default:
      return told(ErrorCode::kSystem, *detail != '\0' ? detail : curl_easy_strerror(code));
  }
}

/// libcurl takes "page.html" for a host's name and asks for it.
bool begins_as_web_address(std::string_view url) {
  const std::string_view scheme = url.substr(0, url.find("://"));
  return scheme.size() < url.size() && (curl_strequal(std::string(scheme).c_str(), "http") != 0 ||
                                        curl_strequal(std::string(scheme).c_str(), "https") != 0);
}

void limit_protocols(CURL* curl) {
  // The names came with 7.85; Debian 12 and 13 have them.
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
    return is_public(std::span<const std::uint8_t>(bytes));
  }
  return false;
}

Result<Fetched> fetch(const std::string& url, const FetchLimits& limits) {
  // Once for all threads; the standard has it made by the first.
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  if (global != CURLE_OK || !curl) return fail(ErrorCode::kSystem, "libcurl could not be started");
  Fetching fetching{&limits, {}};
  std::array<char, CURL_ERROR_SIZE> detail{};
  if (!begins_as_web_address(url))
    return std::unexpected(failure(CURLE_URL_MALFORMAT, fetching, limits, url, detail.data()));
  limit_protocols(curl.get());
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");  // a proxy would connect for us, to wherever
  curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &fetching);
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, limits.redirects);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, limits.seconds);
  curl_easy_setopt(curl.get(), CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes));
  curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "onrecord/" ONRECORD_VERSION);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &fetching);
  const CURLcode code = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_HTTP_RETURNED_ERROR) {
    return std::unexpected(Error{status == 404 || status == 410 ? ErrorCode::kNotFound : ErrorCode::kSystem,
                                 fmt::format("the server answered {}", status),
                                 url,
                                 {},
                                 {}});
  }
  if (code != CURLE_OK) return std::unexpected(failure(code, fetching, limits, url, detail.data()));
  Fetched fetched;
  fetched.bytes = std::move(fetching.bytes);
  const char* told = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &told);
  fetched.url = told == nullptr ? url : told;
  told = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &told);
  fetched.type = told == nullptr ? "" : told;
  return fetched;
}

}  // namespace onrecord
