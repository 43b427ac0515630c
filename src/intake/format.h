// What a file is, by its name and its first bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intake/source.h"
#include "onrecord/error.h"

namespace onrecord {

/// Bytes that are enough to recognise every format.
inline constexpr std::size_t kHeadBytes = 4096;

/// How the file `path` that begins with `head` (inflated) is to be read. The content decides about formats
/// that OnRecord refuses by name (`kUnsupportedFormat`: PDF, Word, pictures, ...), whatever the extension
/// says; then the extension decides, then the content. The message says what to do.
[[nodiscard]] Result<SourceFormat> recognise_format(std::string_view path, std::string_view head);

/// The same, where the user said what it is: only what can never be text is refused.
[[nodiscard]] std::optional<Error> refuse_binary(std::string_view head);

/// The last part of a path without the extensions ".gz" and ".zst".
[[nodiscard]] std::string_view name_without_compression(std::string_view path);

}  // namespace onrecord
