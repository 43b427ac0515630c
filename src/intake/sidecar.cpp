#include "intake/sidecar.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "intake/ascii.h"
#include "intake/byte_source.h"
#include "intake/format.h"
#include "intake/json_lines.h"

namespace onrecord {
namespace {

constexpr std::string_view kSuffix = ".meta.json";
constexpr std::size_t kMostBytes = 1 << 20;  // a sidecar holds a few lines

bool exists(const std::string& path) {
  struct stat facts{};
  return ::stat(path.c_str(), &facts) == 0;
}

bool is_document_extension(std::string_view extension) {
  return std::ranges::find(document_extensions(), ascii_lower(extension)) != document_extensions().end();
}

// The sidecars that `document` may have, in the order in which they count.
std::vector<std::string> candidates(const std::string& document) {
  const std::size_t name_at = document.rfind('/') + 1;
  const std::string folder = document.substr(0, name_at);
  std::string name = document.substr(name_at);
  std::vector<std::string> paths = {folder + name + std::string(kSuffix)};
  if (const std::string inflated(name_without_compression(name)); inflated != name) {
    name = inflated;
    paths.push_back(folder + name + std::string(kSuffix));
  }
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0 && is_document_extension(name.substr(dot + 1))) {
    paths.push_back(folder + name.substr(0, dot) + std::string(kSuffix));
  }
  return paths;
}

Result<std::string> read_small(const std::string& path) {
  auto file = open_file(path);
  if (!file) return std::unexpected(std::move(file).error());
  BufferedBytes bytes(*std::move(file));
  const std::string_view all = bytes.peek(kMostBytes + 1);
  if (all.size() > kMostBytes) return fail(ErrorCode::kTooLarge, "a sidecar of more than a MiB");
  return std::string(all);
}

Result<std::vector<Field>> read_sidecar(const std::string& path, const Limits& limits) {
  auto json = read_small(path);
  if (!json) return std::unexpected(std::move(json).error());
  auto record = parse_json_record(*json, "sidecar", limits);
  if (!record) return std::unexpected(std::move(record).error());
  if (record->body_kind != JsonRecord::Body::kNone) {
    return fail(ErrorCode::kMalformed, "a sidecar tells about a file; it cannot hold html or text itself");
  }
  return std::move(record->fields);
}

}  // namespace

bool is_sidecar(std::string_view path) { return path.ends_with(kSuffix); }

Result<std::vector<Field>> sidecar_fields(const std::string& document, const Limits& limits) {
  for (const std::string& path : candidates(document)) {
    if (!exists(path)) continue;
    auto fields = read_sidecar(path, limits);
    if (!fields) fields.error().file = path;
    return fields;
  }
  return {};
}

bool has_document(const std::string& sidecar) {
  const std::string stem = sidecar.substr(0, sidecar.size() - kSuffix.size());
  if (exists(stem)) return true;
  for (const std::string_view extension : document_extensions()) {
    for (const std::string_view compression : {"", ".gz", ".zst"}) {
      if (exists(fmt::format("{}.{}{}", stem, extension, compression))) return true;
    }
  }
  return false;
}

}  // namespace onrecord
