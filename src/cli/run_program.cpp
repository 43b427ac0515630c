#include "cli/run_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

extern char** environ;

namespace onrecord::cli {
namespace {

/// What to do with the streams of a program before it begins.
class Streams {
 public:
  Streams() { posix_spawn_file_actions_init(&actions_); }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  void output_to_error() { posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO); }
  void none() {
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

Result<pid_t> spawn(const std::vector<std::string>& words, const Streams& streams) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, arguments[0], streams.get(), nullptr, arguments.data(), environ) != 0)
    return fail(ErrorCode::kNotFound, words.front() + " cannot be run: install it first");
  return child;
}

}  // namespace

Result<int> run_program(const std::vector<std::string>& words) {
  Streams streams;
  streams.output_to_error();
  const auto child = spawn(words, streams);
  if (!child) return std::unexpected(child.error());
  int status = 0;
  while (::waitpid(*child, &status, 0) < 0) {
    if (errno != EINTR) return fail(ErrorCode::kSystem, words.front() + " was lost");
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

Result<void> start_program(const std::vector<std::string>& words) {
  Streams streams;
  streams.none();
  const auto child = spawn(words, streams);
  if (!child) return std::unexpected(child.error());
  return {};
}

}  // namespace onrecord::cli
