// Where a command writes: results to standard output, everything else to standard error.
#pragma once

#include <string>
#include <string_view>

#include "cli/exit_code.h"
#include "cli/styled_text.h"
#include "cli/terminal.h"
#include "onrecord/error.h"

namespace onrecord::cli {

class Console {
 public:
  Console();

  /// Adds to standard output, which is buffered.
  void print(std::string_view text);
  /// Adds wrapped text to standard output.
  void print(const StyledText& text, Indent indent = {}) { print(wrap(text, output_, indent)); }
  /// Writes to standard error at once, after what stands in the buffer.
  void note(std::string_view text);
  /// An error: what is wrong, where, and what to do about it.
  void error(const Error& error);
  /// The same, for a command that cannot go on.
  ExitCode fail(const Error& error) {
    this->error(error);
    return ExitCode::kError;
  }
  /// An error of the command line itself.
  void error(std::string_view what, std::string_view what_to_do);
  /// Fails when standard output could not take something so far.
  [[nodiscard]] Result<void> check() const;
  /// Writes out what is buffered. Fails when standard output cannot take it (disk full).
  [[nodiscard]] Result<void> finish();

  [[nodiscard]] const Terminal& output() const { return output_; }
  [[nodiscard]] const Terminal& errors() const { return errors_; }

 private:
  void write_out();

  Terminal output_;
  Terminal errors_;
  std::string buffer_;
  int failed_ = 0;  // errno of the first failed write
};

/// What a person can do about an error: its own advice, else what its code says about any document; empty
/// when the message says it or nothing can be done.
[[nodiscard]] std::string advice(const Error& error);

}  // namespace onrecord::cli
