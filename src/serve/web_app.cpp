#include "serve/web_app.h"

#include <algorithm>

namespace onrecord {
namespace {

Response file_response(const WebFile& file, const Request& request) {
  Response response;
  response.type = file.type;
  const bool packed = !file.gzip.empty() && request.header("accept-encoding").contains("gzip");
  response.body = packed ? file.gzip : file.bytes;
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  // The names of assets have their content's hash.
  response.headers.emplace_back("Cache-Control", file.path.starts_with("/assets/")
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  return response;
}

}  // namespace

Response answer_page(const Request& request) {
  if (request.method != Method::kGet && request.method != Method::kHead)
    return error_response(405, "method", "pages are only read");
  const std::span<const WebFile> files = web_files();
  if (const auto found = std::ranges::find(files, request.path, &WebFile::path); found != files.end())
    return file_response(*found, request);
  if (request.path.starts_with("/assets/")) return error_response(404, "not-found", "there is no such file");
  const auto index = std::ranges::find(files, "/index.html", &WebFile::path);
  if (index != files.end()) return file_response(*index, request);
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body =
      "<!doctype html><html lang=\"en\"><title>OnRecord</title><h1>OnRecord</h1><p>This program was built "
      "without the "
      "pages. The API answers at <a href=\"/api/v1/record\">/api/v1/record</a>.</p></html>\n";
  return response;
}

}  // namespace onrecord
