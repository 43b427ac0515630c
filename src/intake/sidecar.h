// What a user wrote down about a file in another one beside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"

namespace onrecord {

/// True for NAME.meta.json.
[[nodiscard]] bool is_sidecar(std::string_view path);

/// The fields of the sidecar of `document`, each `found_in` "sidecar"; none when there is no sidecar.
/// For "page.html.gz" these are looked for beside it, the first one counts: page.html.gz.meta.json,
/// page.html.meta.json, page.meta.json (the last for the extensions of documents only). A sidecar is one JSON
/// object with the members of a JSON record, except html and text. The error names the sidecar.
[[nodiscard]] Result<std::vector<Field>> sidecar_fields(const std::string& document, const Limits& limits);

/// True when a file lies beside `sidecar` that it tells about.
[[nodiscard]] bool has_document(const std::string& sidecar);

}  // namespace onrecord
