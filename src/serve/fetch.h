// One page from the web, when a person asks for it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "onrecord/error.h"

struct sockaddr;

namespace onrecord {

/// Whether an address is public: no loopback, private, link-local, multicast, documentation or reserved one,
/// and no IPv6 form of one (RFC 6890, RFC 4291, RFC 6052, RFC 3056).
[[nodiscard]] bool is_public_address(const sockaddr& address);

struct FetchLimits {
  std::uint64_t bytes = 8ULL << 20;  ///< of the body, as it comes over the wire and inflated
  long seconds = 20;                 ///< for all of it, redirects included
  long redirects = 5;
  /// Which addresses may be reached; asked for each connection, so also after a redirect. Tests alone let
  /// their own server through.
  std::function<bool(const sockaddr&)> reaches = is_public_address;
};

struct Fetched {
  std::string bytes;
  std::string url;   ///< where it was found, after redirects
  std::string type;  ///< the Content-Type that was told
};

/// Fetches `url` with http or https. The address that a name resolves to is looked at when the connection is
/// made, at every redirect: only public ones are reached. `kInvalidArgument` for an address that may not be
/// reached or is none, `kTooLarge`, `kTooSlow`; `kNotFound` when the server says so; `kSystem` for what the
/// network does.
[[nodiscard]] Result<Fetched> fetch(const std::string& url, const FetchLimits& limits = {});

}  // namespace onrecord
