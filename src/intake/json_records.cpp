#include "intake/json_records.h"

#include <fmt/format.h>

#include <utility>

namespace onrecord {
namespace {

constexpr std::string_view kAfterACut = "Fetch or copy it again; the records before the cut were read.";

constexpr std::size_t kBlock = 256 << 10;  // bytes asked of the source at once
constexpr std::string_view kWhiteSpace = " \t\r\n";

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // byte order mark: not JSON, but common

bool is_white(char c) { return kWhiteSpace.contains(c); }

}  // namespace

void JsonNesting::take(char c) {
  if (after_backslash_) {
    after_backslash_ = false;
  } else if (in_string_) {
    after_backslash_ = c == '\\';
    in_string_ = c != '"';
  } else if (c == '"') {
    in_string_ = true;
  } else if (c == '{' || c == '[') {
    ++depth_;
  } else if ((c == '}' || c == ']') && depth_ > 0) {
    --depth_;
  }
}

JsonLayout json_layout(std::string_view head) {
  if (head.starts_with(kMark)) head.remove_prefix(kMark.size());
  const std::size_t begin = head.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return JsonLayout::kLines;
  if (head[begin] == '[') return JsonLayout::kValues;
  JsonNesting nesting;
  for (const char c : head.substr(begin)) {
    if (c == '\n') return nesting.open() ? JsonLayout::kValues : JsonLayout::kLines;
    nesting.take(c);
  }
  return JsonLayout::kLines;
}

Error JsonRecords::error(ErrorCode code, std::string message) const {
  return {code, std::move(message), {}, piece_.record, piece_.offset};
}

bool JsonRecords::fill() {
  if (at_ < block_.size()) return true;
  if (ended_) return false;
  block_offset_ += block_.size();
  at_ = 0;
  block_.resize(kBlock);
  Result<std::size_t> size = from_.read(block_);
  block_.resize(size.value_or(0));
  if (!size) failed_ = std::move(size).error();
  ended_ = block_.empty();
  if (block_offset_ == 0 && block_.starts_with(kMark)) at_ = kMark.size();
  return at_ < block_.size() || fill();
}

void JsonRecords::begin_record() {
  in_record_ = true;
  too_large_ = false;
  nesting_ = {};
  ++piece_.record;
  piece_.offset = block_offset_ + at_;
  piece_.bytes.clear();
}

void JsonRecords::keep(std::string_view bytes) {
  too_large_ = too_large_ || piece_.bytes.size() + bytes.size() > limits_.document_bytes;
  if (!too_large_) piece_.bytes += bytes;
}

Result<JsonPiece> JsonRecords::finish_record() {
  in_record_ = false;
  if (too_large_) {
    return std::unexpected(error(ErrorCode::kTooLarge,
                                 fmt::format("the record has more than {} bytes", limits_.document_bytes)));
  }
  piece_.bytes.resize(piece_.bytes.find_last_not_of(kWhiteSpace) + 1);
  return JsonPiece{piece_.record, piece_.offset, std::exchange(piece_.bytes, {})};
}

std::optional<Result<JsonPiece>> JsonRecords::next() {
  if (done_) return std::nullopt;
  return layout_ == JsonLayout::kLines ? next_line() : next_value();
}

std::optional<Result<JsonPiece>> JsonRecords::next_line() {
  while (fill()) {
    const std::string_view rest = std::string_view(block_).substr(at_);
    if (!in_record_) {
      const std::size_t white = std::min(rest.find_first_not_of(kWhiteSpace), rest.size());
      at_ += white;
      if (white < rest.size()) begin_record();
      continue;
    }
    const std::size_t line = rest.find('\n');
    keep(rest.substr(0, line));
    at_ += std::min(line, rest.size());
    if (line != std::string_view::npos) return finish_record();
  }
  return at_end();
}

bool JsonRecords::enter_or_leave_array(char c) {
  if (c == '[' && piece_.record == 0 && array_ == Array::kNone) {
    array_ = Array::kInside;
    return true;
  }
  if (c == ']' && array_ == Array::kInside) {
    array_ = Array::kAfter;
    return true;
  }
  return false;
}

std::optional<Result<JsonPiece>> JsonRecords::next_value() {
  bool scalar = false;
  while (fill()) {
    const char c = block_[at_];
    if (!in_record_) {
      if (is_white(c) || (c == ',' && array_ == Array::kInside) || enter_or_leave_array(c)) {
        ++at_;
        continue;
      }
      begin_record();
      if (array_ == Array::kAfter) {
        done_ = true;
        return std::unexpected(error(ErrorCode::kMalformed, "something follows the array of records"));
      }
      scalar = c != '{' && c != '[' && c != '"';
    } else if (scalar && (is_white(c) || c == ',' || c == ']' || c == '{')) {
      return finish_record();
    }
    keep({&c, 1});
    nesting_.take(c);
    ++at_;
    if (!scalar && !nesting_.open()) return finish_record();
  }
  return at_end();
}

std::optional<Result<JsonPiece>> JsonRecords::at_end() {
  done_ = true;
  if (failed_) {
    piece_.record += in_record_ ? 0 : 1;
    piece_.offset = block_offset_ + at_;
    Error failed = error(failed_->code, failed_->message);
    failed.advice = failed.code == ErrorCode::kTruncated ? kAfterACut : failed_->advice;
    return std::unexpected(std::move(failed));
  }
  if (!in_record_ && array_ != Array::kInside) return std::nullopt;
  JsonNesting nesting;
  for (const char c : piece_.bytes) nesting.take(c);
  if (in_record_ && !nesting.open()) return finish_record();
  piece_.offset = block_offset_ + at_;
  Error cut_off =
      error(ErrorCode::kTruncated, in_record_ ? "the file ends in the middle of the record"
                                              : "the file ends before the array of records is closed");
  cut_off.advice = kAfterACut;
  return std::unexpected(std::move(cut_off));
}

}  // namespace onrecord
