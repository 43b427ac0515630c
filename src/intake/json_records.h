// Cuts a stream of JSON into records: one a line, or one value after another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "intake/byte_source.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"

namespace onrecord {

/// Where one record ends and the next begins.
enum class JsonLayout {
  kLines,   ///< one record a line; a damaged line costs that line only
  kValues,  ///< objects one after another, or an array of them, over as many lines as they like
};

/// The layout of JSON that begins with `head` (some thousand bytes): lines when the first line is a whole
/// object, or when no line ends within `head`.
[[nodiscard]] JsonLayout json_layout(std::string_view head);

/// Follows brackets and strings of JSON, one byte after another, without a stack.
class JsonNesting {
 public:
  void take(char c);
  /// A bracket or a string is open.
  [[nodiscard]] bool open() const { return depth_ > 0 || in_string_; }

 private:
  std::uint64_t depth_ = 0;
  bool in_string_ = false;
  bool after_backslash_ = false;
};

struct JsonPiece {
  std::uint64_t record = 0;  ///< from 1; empty lines do not count
  std::uint64_t offset = 0;  ///< of its first byte
  std::string bytes;         ///< without white space around it
};

/// Reads record after record. An error carries record and offset; the records after it are still given,
/// except after the source itself failed or ended in the middle of a record (`kTruncated`).
/// Memory: one record, `Limits::document_bytes` at most (a longer one is `kTooLarge` and passed over).
class JsonRecords {
 public:
  JsonRecords(ByteSource& from, JsonLayout layout, const Limits& limits)
      : from_(from), layout_(layout), limits_(limits) {}

  [[nodiscard]] std::optional<Result<JsonPiece>> next();

 private:
  [[nodiscard]] std::optional<Result<JsonPiece>> next_line();
  [[nodiscard]] std::optional<Result<JsonPiece>> next_value();
  [[nodiscard]] std::optional<Result<JsonPiece>> at_end();
  [[nodiscard]] bool fill();
  [[nodiscard]] bool enter_or_leave_array(char c);
  void begin_record();
  void keep(std::string_view bytes);
  [[nodiscard]] Result<JsonPiece> finish_record();
  [[nodiscard]] Error error(ErrorCode code, std::string message) const;

  ByteSource& from_;
  JsonLayout layout_;
  Limits limits_;

  std::string block_;
  std::size_t at_ = 0;              // in block_
  std::uint64_t block_offset_ = 0;  // of block_ in the stream
  bool ended_ = false;
  std::optional<Error> failed_;  // what the source said instead of more bytes
  bool done_ = false;

  JsonPiece piece_;  // the record that is being read, or the last one that was
  bool in_record_ = false;
  bool too_large_ = false;
  JsonNesting nesting_;
  enum class Array { kNone, kInside, kAfter } array_ = Array::kNone;  // the one around all records
};

}  // namespace onrecord
