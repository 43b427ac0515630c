// How fast reuse is looked for: from articles' text to candidates, with the index that `find_reuse` uses.
//
// usage: bench_compare [--most N] [--threads N] [--words FOLDER]...   the table; run at the root, for its
// samples/
//        bench_compare --whole N                                      find_reuse over N articles in memory
//        bench_compare --peer N [--write FILE]                        N articles once; FILE gets them as JSON
//        Lines
// The news is made while the clock stands still (made_news.h), of the words of samples/articles and of every
// FOLDER. The cost at N articles is that of the second half of them, in which each table grows once. It is
// told in processor time, which other programs on the machine disturb least; with two threads it is that of
// both.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "compare/coverage.h"
#include "compare/folded_words.h"
#include "compare/parallel.h"
#include "compare/reprints.h"
#include "compare/reuse_index.h"
#include "compare/shingles.h"
#include "made_news.h"
#include "text/json_writer.h"

namespace onrecord {
namespace {

using bench::MadeArticle;
using bench::MadeNews;

constexpr std::size_t kBatch = 512;  // as find_reuse
constexpr std::uint64_t kSeed = 2026;

struct Options {
  std::size_t most = 1'000'000;
  unsigned threads = 0;  // 0: two, then one
  std::size_t whole = 0;
  std::size_t peer = 0;
  std::string write;
  std::vector<std::string> folders = {"samples/articles"};
};

/// Wall clock and processor time of all threads, in seconds.
struct Time {
  double wall = 0;
  double processor = 0;
};
Time now() {
  timespec processor{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &processor);
  return {std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
          static_cast<double>(processor.tv_sec) + 1e-9 * static_cast<double>(processor.tv_nsec)};
}

/// The words of a text, by paragraphs.
void find_words(std::string_view text, FoldedWords& words) {
  words.clear();
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("\n\n", at), text.size());
    append_folded_words(text, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, open, words);
    at = end + 2;
  }
}

/// What was measured up to a number of articles.
struct Point {
  std::size_t articles = 0;
  Time time;
  double words = 0;  ///< seconds of `time.processor` that finding the words took; only with --peer
  std::size_t text_bytes = 0;
  std::size_t index_bytes = 0;
  std::size_t candidates = 0;
  std::size_t reprints = 0;  ///< that the news holds
  std::size_t found = 0;     ///< of them with what they copy among their candidates
  std::vector<std::pair<std::size_t, std::int64_t>> copies;  ///< reprints with what they copy
};

class Run {
 public:
  Run(const Options& options, const std::vector<std::string>& words, unsigned threads)
      : news_(words, kSeed), threads_(threads) {
    if (!options.write.empty()) file_.open(options.write);
    keeps_copies_ = options.peer != 0;
  }

  Point up_to(std::size_t articles) {
    while (at_.articles < articles) batch(std::min(kBatch, articles - at_.articles));
    at_.index_bytes = index_.bytes();
    return at_;
  }

 private:
  void batch(std::size_t size) {
    std::vector<MadeArticle> made;
    for (std::size_t i = 0; i < size; ++i) {
      made.push_back(news_.next());
      at_.text_bytes += made.back().text.size();
      if (file_.is_open()) file_ << json_line(made.back().text);
    }
    const Time begin = now();
    std::vector<ArticleSketch> sketches(size);
    for_each_in_parallel(size, threads_, [&](std::size_t i) {
      thread_local FoldedWords words;
      find_words(made[i].text, words);
      sketches[i].outlet = made[i].outlet;
      sample_shingles(words, sketches[i].shingles);
    });
    const auto candidates = index_.add(sketches, threads_);
    const Time end = now();
    at_.time.wall += end.wall - begin.wall;
    at_.time.processor += end.processor - begin.processor;
    if (keeps_copies_) at_.words += seconds_for_words(made);
    for (std::size_t i = 0; i < size; ++i) {
      at_.candidates += candidates[i].size();
      if (made[i].reprint_of < 0) continue;
      ++at_.reprints;
      if (keeps_copies_) at_.copies.emplace_back(at_.articles + i, made[i].reprint_of);
      at_.found +=
          std::ranges::any_of(candidates[i],
                              [&](const ReuseCandidate& one) { return one.article == made[i].reprint_of; })
              ? 1U
              : 0U;
    }
    at_.articles += size;
  }

  static double seconds_for_words(const std::vector<MadeArticle>& made) {
    FoldedWords words;
    const Time begin = now();
    for (const MadeArticle& article : made) find_words(article.text, words);
    return now().processor - begin.processor;
  }

  static std::string json_line(const std::string& text) {
    JsonWriter json;
    json.begin_object();
    json.member("text", std::string_view(text));
    json.end_object();
    return json.take() + "\n";
  }

  MadeNews news_;
  ReuseIndex index_;
  unsigned threads_;
  Point at_;
  std::ofstream file_;
  bool keeps_copies_ = false;
};

/// Processor seconds an article of the second half.
double cost(const Point& half, const Point& whole) {
  return (whole.time.processor - half.time.processor) / static_cast<double>(whole.articles - half.articles);
}

void print_row(unsigned threads, const Point& half, const Point& whole) {
  const auto articles = static_cast<double>(whole.articles);
  const double wall =
      (whole.time.wall - half.time.wall) / static_cast<double>(whole.articles - half.articles);
  const double seconds = cost(half, whole);
  const double bytes = static_cast<double>(whole.text_bytes) / articles;
  fmt::print("{:>9}{:>9}{:>15.1f}{:>19.0f}{:>8.0f}{:>15.0f}{:>13.0f}{:>13.1f}{:>16.1f} %\n", whole.articles,
             threads, seconds * 1e6, 1 / seconds, bytes / seconds / 1e6, 1 / wall,
             static_cast<double>(whole.index_bytes) / articles,
             static_cast<double>(whole.candidates) / articles,
             100.0 * static_cast<double>(whole.found) /
                 static_cast<double>(std::max<std::size_t>(whole.reprints, 1)));
  std::fflush(stdout);
}

void print_table(const Options& options, const std::vector<std::string>& words) {
  fmt::print("{:>9}{:>9}{:>15}{:>19}{:>8}{:>15}{:>13}{:>13}{:>18}\n", "articles", "threads", "us an article",
             "articles/s a core", "MB/s", "articles/s all", "index bytes", "candidates", "reprints found");
  double at_10_k = 0;
  double at_100_k = 0;
  double at_1_m = 0;
  // One thread last: the last line is about it.
  for (const unsigned threads : options.threads != 0 ? std::vector{options.threads} : std::vector{2U, 1U}) {
    Run run(options, words, threads);
    for (std::size_t articles = 10'000; articles <= options.most; articles *= 10) {
      const Point half = run.up_to(articles / 2);
      const Point whole = run.up_to(articles);
      print_row(threads, half, whole);
      if (threads != 1) continue;
      if (articles == 10'000) at_10_k = cost(half, whole);
      if (articles == 100'000) at_100_k = cost(half, whole);
      if (articles == 1'000'000) at_1_m = cost(half, whole);
    }
  }
  fmt::print("index bytes are memory, an article; nothing is written to disk\n");
  if (at_1_m > 0) {
    fmt::print("slope {:.2f} (cost an article at 1 M / at 10 k), {:.0f} articles/s\n", at_1_m / at_10_k,
               1 / at_100_k);
  }
}

void print_peer(const Options& options, const std::vector<std::string>& words) {
  const Point point = Run(options, words, 1).up_to(options.peer);
  std::string copies;
  for (const auto& [copy, of] : point.copies)
    copies += fmt::format("{}[{},{}]", copies.empty() ? "" : ",", copy, of);
  fmt::print(
      "{{\"articles\":{},\"text_bytes\":{},\"text\":{:.6f},\"given\":{:.6f},\"found\":{},\"copies\":[{}]}}\n",
      point.articles, point.text_bytes, point.time.processor, point.time.processor - point.words, point.found,
      copies);
}

/// An article as a coverage gives it.
CoveredArticle covered(const MadeArticle& made, std::size_t number) {
  CoveredArticle article;
  article.id = fmt::format("a{}", number);
  article.text_sha256 = fmt::format("{:08}", number);  // the order in which they were made
  article.article.text = made.text;
  article.article.fields.push_back({"outlet", fmt::format("Outlet {}", made.outlet), "bench", {}});
  for (std::size_t at = 0; at < made.text.size();) {
    const auto end = std::min(made.text.find("\n\n", at), made.text.size());
    article.article.paragraphs.push_back({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
    at = end + 2;
  }
  return article;
}

void print_whole(const Options& options, const std::vector<std::string>& words) {
  MadeNews news(words, kSeed);
  std::vector<CoveredArticle> articles;
  std::size_t reprints = 0;
  for (std::size_t i = 0; i < options.whole; ++i) {
    const MadeArticle made = news.next();
    reprints += made.reprint_of >= 0 ? 1U : 0U;
    articles.push_back(covered(made, i));
  }
  const CoverageInMemory coverage(std::move(articles));
  const Time begin = now();
  const auto pairs = find_reuse(coverage, {options.threads == 0 ? 1 : options.threads, {}});
  const double seconds = now().processor - begin.processor;
  std::array<std::size_t, 6> classes{};
  for (const ReusePair& pair : pairs) ++classes.at(static_cast<std::size_t>(pair.reuse.reuse));
  fmt::print(
      "{} articles, {} reprints made: {} full, {} abridged, {} partial, {} of quotations; {:.0f} articles/s "
      "a core\n",
      options.whole, reprints, classes[0], classes[1], classes[2], classes[4],
      static_cast<double>(options.whole) / seconds);
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string value = argv[i + 1];
    if (name == "--most") options.most = std::stoul(value);
    if (name == "--threads") options.threads = static_cast<unsigned>(std::stoul(value));
    if (name == "--whole") options.whole = std::stoul(value);
    if (name == "--peer") options.peer = std::stoul(value);
    if (name == "--write") options.write = value;
    if (name == "--words") options.folders.push_back(value);
  }
  return options;
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  using namespace onrecord;
  const Options options = read_options(argc, argv);
  const std::vector<std::string> words = bench::words_of(options.folders);
  if (words.empty()) {
    fmt::print(stderr, "no samples here: run at the root of the repository\n");
    return 1;
  }
  if (options.peer != 0) {
    print_peer(options, words);
  } else if (options.whole != 0) {
    print_whole(options, words);
  } else {
    print_table(options, words);
  }
  return 0;
}
