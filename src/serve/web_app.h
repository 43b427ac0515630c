// The pages, compiled in (web/).
#pragma once

#include <span>
#include <string_view>

#include "serve/http.h"

namespace onrecord {

/// A built file of the web app.
struct WebFile {
  std::string_view path;  ///< "/index.html", "/assets/index-1a2b3c.js"
  std::string_view type;
  std::string_view bytes;
  std::string_view gzip;  ///< the same, compressed; empty where that is not smaller
};

/// All of them; empty when the program was built without the app.
[[nodiscard]] std::span<const WebFile> web_files();

/// The file at an address; every other address of a page gets index.html, which finds its way by the address.
[[nodiscard]] Response answer_page(const Request& request);

}  // namespace onrecord
