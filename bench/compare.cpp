// How fast reuse is looked for: from articles' text to candidates, with the index that `find_reuse` uses.
//
// usage: bench_compare [--most N] [--threads N] [--words FOLDER]...   the table; run at the root, for its
// samples/
//        bench_compare --peer N [--write FILE]                        N articles once; FILE gets them as JSON
//        Lines
// The news is made while the clock stands still (made_news.h), of the words of samples/articles and of every
// FOLDER. The cost at N articles is that of the second half of them, in which each table grows once.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "compare/folded_words.h"
#include "compare/parallel.h"
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
  unsigned threads = 0;  // 0: one, then two
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

/// Paragraphs, words, shingles.
void sketch(const MadeArticle& article, FoldedWords& words, ArticleSketch& made) {
  words.clear();
  bool open = false;
  const std::string_view text = article.text;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("\n\n", at), text.size());
    append_folded_words(text, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, open, words);
    at = end + 2;
  }
  made.outlet = article.outlet;
  sample_shingles(words, made.shingles);
}

/// What was measured up to a number of articles.
struct Point {
  std::size_t articles = 0;
  Time time;
  std::size_t text_bytes = 0;
  std::size_t index_bytes = 0;
  std::size_t candidates = 0;
  std::size_t reprints = 0;  ///< that the news holds
  std::size_t found = 0;     ///< of them with what they copy among their candidates
};

class Run {
 public:
  Run(const Options& options, const std::vector<std::string>& words, unsigned threads)
      : news_(words, kSeed), threads_(threads) {
    if (!options.write.empty()) file_.open(options.write);
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
      sketch(made[i], words, sketches[i]);
    });
    const auto candidates = index_.add(sketches, threads_);
    const Time end = now();
    at_.time.wall += end.wall - begin.wall;
    at_.time.processor += end.processor - begin.processor;
    for (std::size_t i = 0; i < size; ++i) {
      at_.candidates += candidates[i].size();
      if (made[i].reprint_of < 0) continue;
      ++at_.reprints;
      at_.found +=
          std::ranges::any_of(candidates[i],
                              [&](const ReuseCandidate& one) { return one.article == made[i].reprint_of; })
              ? 1U
              : 0U;
    }
    at_.articles += size;
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
};

/// Seconds an article of the second half.
double cost(const Point& half, const Point& whole) {
  return (whole.time.wall - half.time.wall) / static_cast<double>(whole.articles - half.articles);
}

void print_row(unsigned threads, const Point& half, const Point& whole) {
  const auto articles = static_cast<double>(whole.articles);
  const double seconds = cost(half, whole);
  const double bytes = static_cast<double>(whole.text_bytes) / articles;
  fmt::print("{:>9}  {:>7}  {:>10.0f}  {:>6.0f}  {:>8.1f}  {:>9.1f}  {:>11.0f}  {:>10.1f}  {:>9.1f} %\n",
             whole.articles, threads, 1 / seconds, bytes / seconds / 1e6, seconds * 1e6,
             (whole.time.processor - half.time.processor) /
                 static_cast<double>(whole.articles - half.articles) * 1e6,
             static_cast<double>(whole.index_bytes) / articles,
             static_cast<double>(whole.candidates) / articles,
             100.0 * static_cast<double>(whole.found) /
                 static_cast<double>(std::max<std::size_t>(whole.reprints, 1)));
  std::fflush(stdout);
}

void print_table(const Options& options, const std::vector<std::string>& words) {
  fmt::print("{:>9}  {:>7}  {:>10}  {:>6}  {:>8}  {:>9}  {:>11}  {:>10}  {:>11}\n", "articles", "threads",
             "articles/s", "MB/s", "us each", "us of CPU", "index bytes", "candidates", "reprints");
  double at_10_k = 0;
  double at_most = 0;
  double fast = 0;
  for (const unsigned threads : options.threads != 0 ? std::vector{options.threads} : std::vector{1U, 2U}) {
    Run run(options, words, threads);
    for (std::size_t articles = 10'000; articles <= options.most; articles *= 10) {
      const Point half = run.up_to(articles / 2);
      const Point whole = run.up_to(articles);
      print_row(threads, half, whole);
      if (threads != 1) continue;
      if (articles == 10'000) at_10_k = cost(half, whole);
      if (articles == 100'000) fast = 1 / cost(half, whole);
      at_most = cost(half, whole);
    }
  }
  fmt::print("the index is kept in memory; nothing of it is written to disk\n");
  if (options.threads <= 1 && options.most == 1'000'000) {
    fmt::print("slope {:.2f} (cost an article at 1 M / at 10 k), {:.0f} articles/s\n", at_most / at_10_k,
               fast);
  }
}

void print_peer(const Options& options, const std::vector<std::string>& words) {
  const Point point = Run(options, words, 1).up_to(options.peer);
  fmt::print("{{\"articles\":{},\"text_bytes\":{},\"seconds\":{:.6f},\"found\":{},\"reprints\":{}}}\n",
             point.articles, point.text_bytes, point.time.wall, point.found, point.reprints);
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string value = argv[i + 1];
    if (name == "--most") options.most = std::stoul(value);
    if (name == "--threads") options.threads = static_cast<unsigned>(std::stoul(value));
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
  options.peer != 0 ? print_peer(options, words) : print_table(options, words);
  return 0;
}
