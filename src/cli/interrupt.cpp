#include "cli/interrupt.h"

#include <csignal>

namespace onrecord::cli {
namespace {

volatile std::sig_atomic_t noted = 0;  // NOLINT: a signal handler can reach nothing else

void note_signal(int /*signal*/) { noted = 1; }

/// SA_RESETHAND: the next one finds the default, which ends the program. Reads that wait are restarted, so
/// that no document is taken for cut off.
void install(int signal) {
  struct sigaction action{};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  noted = 0;
  install(SIGINT);
  install(SIGTERM);
}

InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool InterruptGuard::interrupted() { return noted != 0; }

}  // namespace onrecord::cli
