// What a page says about its own charset.
#pragma once

#include <string_view>

namespace onrecord {

/// The charset that a page names in its first bytes: the algorithm "prescan a byte stream to determine its
/// encoding" of the HTML standard (13.2.3.2) over all of `bytes`, and the encoding of an XML declaration.
/// A WHATWG name, or empty. Costs O(bytes). Thread-safe.
[[nodiscard]] std::string_view charset_in_page(std::string_view bytes);

}  // namespace onrecord
