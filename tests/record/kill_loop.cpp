// kill_loop [KILLS]: a child adds batches and writes down, after each, what was acknowledged; it is killed at
// random moments. After every kill the record must open, verify, and hold all that was written down.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "onrecord/record.h"

namespace {

using namespace onrecord;

constexpr int kArticlesOfABatch = 5;
constexpr useconds_t kShortestWindow = 60'000;    // microseconds
constexpr useconds_t kLongestWindow = 4'000'000;  // microseconds

std::vector<ReadArticle> batch_of(std::uint32_t number) {
  std::vector<ReadArticle> batch;
  for (int i = 0; i < kArticlesOfABatch; ++i) {
    ReadArticle& read = batch.emplace_back();
    read.article.text = fmt::format("“Lighthouse {} will shine again,” the keeper said.", number);
    read.article.fields = {
        {"outlet", "Harbor Wire", "option", {}},
        {"canonical_url", fmt::format("https://harbor.example/{}/{}", number, i), "option", {}}};
    Quotation& quotation = read.quotations.emplace_back();
    quotation.kind = QuotationKind::kDirect;
    quotation.content = quotation.quoted = quotation.content_with_marks = {{3, 13}};
    read.reading = "plain-1";
    read.original = {fmt::format("{}.txt", number), {}, std::string(64, '0'), {}};
  }
  return batch;
}

Result<Record> open(const std::filesystem::path& path) {
  RecordOptions options;
  options.mode = RecordOptions::Mode::kCreateOrWrite;
  return Record::open(path, options);
}

/// The child: adds batch after batch; the length of the state file is the number of acknowledged ones.
[[noreturn]] void work(const std::filesystem::path& path, const std::filesystem::path& state,
                       std::uint32_t next) {
  const int file = ::open(state.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600);
  auto record = open(path);
  while (record && file >= 0) {
    if (!record->add(batch_of(next++)) || ::write(file, ".", 1) != 1) break;
  }
  _exit(1);
}

bool fail(const std::string& message) {
  fmt::print(stderr, "kill_loop: {}\n", message);
  return false;
}

bool check(const std::filesystem::path& path, std::uint32_t acknowledged, int kill_number) {
  const auto record = open(path);
  if (!record) return fail(fmt::format("kill {}: {}", kill_number, describe(record.error())));
  const auto verified = record->verify();
  if (!verified || !verified->passed())
    return fail(fmt::format("kill {}: the record does not verify", kill_number));
  const auto counts = record->counts();
  if (!counts || counts->articles % kArticlesOfABatch != 0)
    return fail(fmt::format("kill {}: half a batch", kill_number));
  for (std::uint32_t batch = 0; batch < acknowledged; ++batch) {
    const auto has = record->has(batch_of(batch).front().article, "plain-1");
    if (!has || !*has)
      return fail(fmt::format("kill {}: batch {} was acknowledged and is lost", kill_number, batch));
  }
  return true;
}

bool run(int kills, const std::filesystem::path& folder) {
  const auto path = folder / "kill.db";
  const auto state = folder / "acknowledged";
  std::mt19937 random(20310304);
  std::uint32_t acknowledged = 0;
  // The latest moment of a kill. On an idle machine it is dozens of batches after the record was opened.
  useconds_t window = kShortestWindow;
  for (int i = 1; i <= kills; ++i) {
    const pid_t child = fork();
    if (child < 0) return fail("fork failed");
    if (child == 0) work(path, state, acknowledged);
    usleep(static_cast<useconds_t>(random() % window));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::error_code error;
    const auto written = std::filesystem::file_size(state, error);
    const std::uint32_t before = std::exchange(acknowledged, error ? 0 : static_cast<std::uint32_t>(written));
    // A child that got nothing done, on a busy machine or with a sanitizer, lets the next one live longer.
    window =
        acknowledged == before ? std::min(2 * window, kLongestWindow) : std::max(window / 2, kShortestWindow);
    if (!check(path, acknowledged, i)) return false;
  }
  fmt::print("{} kills, {} batches acknowledged, none lost\n", kills, acknowledged);
  return acknowledged > 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int kills = argc > 1 ? std::atoi(argv[1]) : 20;
  std::string pattern = (std::filesystem::temp_directory_path() / "onrecord_kill_XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(pattern.data());
  const bool passed = run(kills, folder);
  std::filesystem::remove_all(folder);
  return passed ? 0 : 1;
}
