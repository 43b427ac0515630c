#include "intake/canonical_url.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "intake/ascii.h"

namespace onrecord {
namespace {

// Parameters that say where a reader came from. From the documentation of Google Analytics (utm_*, gclid),
// Meta (fbclid), Microsoft (msclkid), Mailchimp (mc_cid, mc_eid), X (ref_src), Yandex, HubSpot, Matomo.
constexpr std::array<std::string_view, 22> kTracking = {
    "fbclid",  "gclid",   "gclsrc", "dclid",  "gbraid", "wbraid", "msclkid", "mc_cid",
    "mc_eid",  "igshid",  "igsh",   "twclid", "ttclid", "yclid",  "_hsenc",  "_hsmi",
    "ref_src", "ref_url", "cmpid",  "ocid",   "smid",   "_ga"};
constexpr std::array<std::string_view, 4> kTrackingPrefixes = {"utm_", "pk_", "mtm_", "hsa_"};

bool is_tracking(std::string_view parameter) {
  const std::string key = ascii_lower(parameter.substr(0, parameter.find('=')));
  return std::ranges::find(kTracking, key) != kTracking.end() ||
         std::ranges::any_of(kTrackingPrefixes,
                             [&](std::string_view prefix) { return key.starts_with(prefix); });
}

struct UrlParts {
  std::string scheme;  // lower case
  std::string host;    // lower case, without default port
  std::string_view path;
  std::string_view query;
};

// The host of "user@Host.example:80" without a port that the scheme has anyway.
std::string host_of(std::string_view authority, std::string_view scheme) {
  std::string host = ascii_lower(authority.substr(authority.rfind('@') + 1));
  const std::string_view default_port = scheme == "http" ? ":80" : ":443";
  if (host.ends_with(default_port)) host.resize(host.size() - default_port.size());
  if (host.ends_with(':') || host.ends_with('.')) host.pop_back();
  return host;
}

// All parts empty when it is no absolute http(s) URL.
UrlParts parts_of(std::string_view url) {
  url = trim_ascii(url);
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  UrlParts parts;
  parts.scheme = ascii_lower(url.substr(0, colon));
  if (parts.scheme != "http" && parts.scheme != "https") return {};
  const auto is_control_or_space = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; };
  if (std::ranges::any_of(url, is_control_or_space)) return {};
  url = url.substr(colon + 3);
  url = url.substr(0, url.find('#'));
  const std::size_t end_of_host = std::min(url.find_first_of("/?"), url.size());
  parts.host = host_of(url.substr(0, end_of_host), parts.scheme);
  if (parts.host.empty()) return {};
  url.remove_prefix(end_of_host);
  const std::size_t question = url.find('?');
  parts.path = url.substr(0, question);
  if (question != std::string_view::npos) parts.query = url.substr(question + 1);
  return parts;
}

std::string site_of(std::string_view url) {
  std::string host = parts_of(url).host;
  for (const std::string_view prefix : {"www.", "m.", "amp."}) {
    if (host.starts_with(prefix)) host.erase(0, prefix.size());
  }
  return host;
}

}  // namespace

std::string canonical_url(std::string_view url) {
  const UrlParts parts = parts_of(url);
  if (parts.host.empty()) return {};
  std::string out = parts.scheme + "://" + parts.host;
  out += parts.path.empty() ? "/" : parts.path;
  char separator = '?';
  for (const auto part : parts.query | std::views::split('&')) {
    const std::string_view parameter(part.begin(), part.end());
    if (parameter.empty() || is_tracking(parameter)) continue;
    out += separator;
    out += parameter;
    separator = '&';
  }
  return out;
}

bool same_site(std::string_view first, std::string_view second) {
  const std::string one = site_of(first);
  const std::string other = site_of(second);
  if (one.empty() || other.empty()) return false;
  return one == other || one.ends_with("." + other) || other.ends_with("." + one);
}

}  // namespace onrecord
