// What can go wrong with input or with the system, and how it is told.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace onrecord {

enum class ErrorCode {
  kNotFound,           ///< no such file, article, quotation, ...
  kUnreadable,         ///< exists, but cannot be read (permission, not a plain file)
  kUnsupportedFormat,  ///< a format that OnRecord names and refuses (PDF, DOCX, ...)
  kMalformed,          ///< does not follow its format
  kTruncated,          ///< ends before its format says so
  kTooLarge,           ///< beyond the limit of bytes, also while inflating
  kTooDeep,            ///< beyond the limit of nesting
  kTooMany,            ///< beyond the limit of quotations or records in one document
  kTooSlow,            ///< beyond the limit of steps for one document
  kBadEncoding,        ///< no charset gives readable text
  kEmpty,              ///< nothing to read in it
  kInvalidArgument,    ///< the caller asked for something that cannot be
  kBusy,               ///< another process is writing
  kConflict,           ///< contradicts what is already there
  kDamaged,            ///< the record is not what it says it is
  kSystem,             ///< the operating system said no (disk full, ...)
};

/// One error. `message` says what is wrong and, where there is something to do, what; it is one line without
/// a final period. The place is told by the other members as far as it is known.
struct Error {
  ErrorCode code;
  std::string message;
  std::string file;                     ///< path as the user named it; "-" for standard input
  std::optional<std::uint64_t> record;  ///< number of the record in the file, from 1
  std::optional<std::uint64_t> offset;  ///< byte in the file (after decompression) where it shows
  std::string advice{};                 ///< what to do about it, a sentence, where `message` does not say
};

/// The name of a code in files and tables: "too-large", "malformed", ...
[[nodiscard]] std::string_view name(ErrorCode code);
/// The code of a name; `kSystem` for one that is not known.
[[nodiscard]] ErrorCode error_code(std::string_view name);

/// "FILE: record 3: byte 120: MESSAGE", leaving out what is not known.
[[nodiscard]] std::string describe(const Error& error);

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand at a return: `return fail(ErrorCode::kMalformed, "...")`.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message), {}, {}, {}});
}

}  // namespace onrecord
