// URLs in the form by which an article is known.
#pragma once

#include <string>
#include <string_view>

namespace onrecord {

/// An http or https URL without what does not name the page: scheme and host in lower case, no default port,
/// no fragment, no tracking parameters (utm_*, fbclid, gclid, ...), an empty path as "/". Empty when `url` is
/// not an absolute http or https URL. Costs O(bytes). Thread-safe.
[[nodiscard]] std::string canonical_url(std::string_view url);

/// True when both URLs are of one site: the hosts are the same but for "www.", "m." and "amp.", or one is a
/// subdomain of the other.
[[nodiscard]] bool same_site(std::string_view first, std::string_view second);

}  // namespace onrecord
