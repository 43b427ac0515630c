// What the program tells the shell that called it.
#pragma once

namespace onrecord::cli {

enum class ExitCode {
  kFound = 0,          ///< done, and there was something to show
  kNothing = 1,        ///< done, nothing found
  kError = 2,          ///< not done; standard error says what, where and what to do
  kRejections = 3,     ///< done, but documents were rejected; each is named with its reason
  kInterrupted = 130,  ///< stopped by Ctrl-C; what was done before is kept (128 + SIGINT, as shells say it)
};

}  // namespace onrecord::cli
