#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace onrecord::cli {
namespace {

constexpr std::size_t kDefaultWidth = 80;  // the width of a terminal that does not say its own
constexpr std::size_t kLeastWidth = 40;    // narrower, lists would be one word a line
constexpr std::size_t kMostWidth = 120;    // wider lines are hard to read back to the left margin

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::size_t columns(int descriptor) {
  const std::string_view told = environment("COLUMNS");
  std::size_t width = 0;
  if (std::from_chars(told.data(), told.data() + told.size(), width).ec == std::errc() && width > 0) {
    return width;
  }
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kDefaultWidth;
}

}  // namespace

Terminal terminal_of(int descriptor) {
  Terminal terminal;
  terminal.interactive = isatty(descriptor) == 1;
  const std::string_view kind = environment("TERM");
  terminal.colour =
      terminal.interactive && environment("NO_COLOR").empty() && !kind.empty() && kind != "dumb";
  terminal.width = std::clamp(columns(descriptor), kLeastWidth, kMostWidth);
  return terminal;
}

}  // namespace onrecord::cli
