// How many documents a second the time expressions of are found, on one core: intake and reading apart.
//
// usage: bench_times [--benchmark_... options]; run at the root of the repository, for its samples/
// A document is as long as a news article mostly is: sample articles one after the other up to kLength bytes.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "intake/intake.h"
#include "intake/source.h"
#include "onrecord/limits.h"
#include "reading/time_expressions.h"

namespace onrecord {
namespace {

constexpr std::size_t kLength = 4950;  // the mean of the articles that docs/limits-and-load.md measures with

struct Text {
  std::string text;
  std::vector<Paragraph> paragraphs;
};

/// The paragraphs of all samples, cut into documents of kLength bytes.
std::vector<Text> documents() {
  std::vector<Text> made(1);
  DocumentStream stream({"samples"}, SourceOptions{});
  while (auto document = stream.next()) {
    if (!*document) continue;
    const auto article = make_article(**document, Limits{});
    if (!article) continue;
    for (const Paragraph& paragraph : article->paragraphs) {
      Text& last = made.back();
      const auto begin = static_cast<std::uint32_t>(last.text.size());
      last.text += cut(article->text, paragraph.span);
      last.paragraphs.push_back({{begin, static_cast<std::uint32_t>(last.text.size())}, paragraph.role});
      last.text += "\n\n";
      if (last.text.size() >= kLength) made.emplace_back();
    }
  }
  made.pop_back();  // the last one is shorter
  return made;
}

void find_times(benchmark::State& state) {
  const std::vector<Text> texts = documents();
  if (texts.empty()) return state.SkipWithError("no samples here: run at the root of the repository");
  const TimeReader reader{WordLists{}};
  const auto published = date_of("2026-10-09");
  std::size_t at = 0;
  std::size_t bytes = 0;
  std::size_t expressions = 0;
  for (auto _ : state) {
    const Text& text = texts[at++ % texts.size()];
    const TimeReading reading = reader.read(text.text, text.paragraphs, published);
    benchmark::DoNotOptimize(reading.expressions.data());
    bytes += text.text.size();
    expressions += reading.expressions.size();
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.counters["documents"] = static_cast<double>(texts.size());
  state.counters["times_each"] = static_cast<double>(expressions) / static_cast<double>(state.iterations());
}
BENCHMARK(find_times)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace onrecord

BENCHMARK_MAIN();
