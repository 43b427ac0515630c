// Who may ask a server that listens on this machine alone: its own pages, and programs of this machine.
#pragma once

#include <cstdint>
#include <optional>

#include "serve/http.h"

namespace onrecord {

/// The answer to a request that did not come from a page of this server or from a program; nothing when it
/// may go on. A name that an attacker points at 127.0.0.1 shows in Host (421); another site's script in
/// Origin or Sec-Fetch-Site (403). A person may follow a link from elsewhere to a page.
[[nodiscard]] std::optional<Response> refusal(const Request& request, std::uint16_t port);

/// What every answer carries: no scripts, styles or frames but our own, nothing kept by others.
void add_safe_headers(Response& response);

}  // namespace onrecord
