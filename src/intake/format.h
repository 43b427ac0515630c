// What a file is, by its name and its first bytes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "intake/source.h"
#include "onrecord/error.h"

namespace onrecord {

/// Bytes that are enough to recognise every format.
inline constexpr std::size_t kHeadBytes = 4096;

/// How the file `path` that begins with `head` (inflated) is to be read. Formats that OnRecord refuses by
/// name
/// (`kUnsupportedFormat`: PDF, Word, pictures, ...) are known by their content, whatever the extension says
/// or the user told; else what the user told decides, then the extension, then the content. The message says
/// what to do.
[[nodiscard]] Result<SourceFormat> recognise_format(std::string_view path, std::string_view head,
                                                    std::optional<SourceFormat> told = {});

/// True when `head` begins with the byte order mark of UTF-16 or UTF-32.
[[nodiscard]] bool has_wide_mark(std::string_view head);

/// The extensions of documents: "txt", "html", "jsonl", ...; lower case, without the dot. The views are
/// static.
[[nodiscard]] std::span<const std::string_view> document_extensions();

/// The last part of a path without the extensions ".gz" and ".zst".
[[nodiscard]] std::string_view name_without_compression(std::string_view path);

}  // namespace onrecord
