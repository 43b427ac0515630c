// How fast quotations are linked and grouped, at three sizes; the cost of one should not grow with their
// number.
//
// usage: bench_statements [THREADS] [MOST]     up to MOST quotations, 1,000,000 by default
// The quotations are made: words drawn as often as the words of a language are (Zipf), seven of ten new,
// three cut from one of the last two days, as outlets do. Ten an article, 2,000 articles a day.
#include "compare/statements.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace onrecord {
namespace {

constexpr std::uint32_t kQuotationsAnArticle = 10;
constexpr std::uint32_t kArticlesADay = 2'000;

std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

/// Draws from a seed; every number of it is its own stream.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(mix(seed + 1)) {}
  std::uint64_t below(std::uint64_t bound) { return (state_ = mix(state_ + 0x9E3779B97F4A7C15U)) % bound; }
  /// A word's rank: rank r comes 1/r as often as the first.
  std::uint64_t rank() {
    constexpr double kVocabulary = 100'000;
    const double uniform = static_cast<double>(below(1U << 30U)) / static_cast<double>(1U << 30U);
    return static_cast<std::uint64_t>(std::pow(kVocabulary, uniform));
  }

 private:
  std::uint64_t state_;
};

std::string word(std::uint64_t rank) {
  std::string made;
  for (std::uint64_t left = mix(rank) % 900'000 + 1'000; left > 0; left /= 20)
    made += "bcdfghjklmnprstvwzae"[left % 20];
  return made;
}

std::string own_words(std::uint32_t number) {
  Draw draw(number);
  std::string words;
  for (std::uint64_t left = 8 + draw.below(24); left > 0; --left)
    words += (words.empty() ? "" : " ") + word(draw.rank());
  return words;
}

/// The words of quotation `number`: its own, or most of another's.
std::string words_of(std::uint32_t number) {
  Draw draw(number + 0x100000000U);
  constexpr std::uint32_t kTwoDays = 2 * kArticlesADay * kQuotationsAnArticle;
  if (number == 0 || draw.below(10) < 7) return own_words(number);
  std::string words =
      own_words(number - 1 - static_cast<std::uint32_t>(draw.below(std::min(number, kTwoDays))));
  const std::size_t cut = words.find(' ', draw.below(words.size() / 2 + 1));
  return draw.below(2) == 0 || cut == std::string::npos ? words : words.substr(cut + 1);
}

class MadeCoverage : public Coverage {
 public:
  explicit MadeCoverage(ArticleNumber size) : size_(size) {}
  [[nodiscard]] ArticleNumber size() const override { return size_; }
  [[nodiscard]] std::shared_ptr<const CoveredArticle> article(ArticleNumber number) const override {
    auto made = std::make_shared<CoveredArticle>();
    const std::uint32_t day = number / kArticlesADay;
    made->article.fields.push_back(
        {"published",
         fmt::format("{:04}-{:02}-{:02}", 2031 + day / 336, 1 + day / 28 % 12, 1 + day % 28),
         "option",
         {}});
    for (std::uint32_t i = 0; i < kQuotationsAnArticle; ++i) {
      CoveredQuotation one;
      const auto begin = static_cast<std::uint32_t>(made->article.text.size());
      made->article.text += words_of(number * kQuotationsAnArticle + i);
      one.quotation.kind = QuotationKind::kDirect;
      one.quotation.content = {{begin, static_cast<std::uint32_t>(made->article.text.size())}};
      one.quotation.quoted = one.quotation.content;
      made->article.text += "\n";
      made->quotations.push_back(std::move(one));
    }
    return made;
  }

 private:
  ArticleNumber size_;
};

void measure(std::uint32_t quotations, unsigned threads) {
  const MadeCoverage coverage(quotations / kQuotationsAnArticle);
  std::vector<std::uint32_t> stories(coverage.size());
  for (std::uint32_t i = 0; i < stories.size(); ++i) stories[i] = i;
  CompareOptions options;
  options.threads = threads;
  const auto begin = std::chrono::steady_clock::now();
  const auto links = find_links(coverage, {}, stories, options);
  const auto linked = std::chrono::steady_clock::now();
  const auto groups = group_statements(coverage, links);
  const auto end = std::chrono::steady_clock::now();
  const auto micros = [&](auto span) {
    return std::chrono::duration<double, std::micro>(span).count() / static_cast<double>(quotations);
  };
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{:>10} quotations  {:>8} links  {:>8} statements  {:>6.1f} us each to link  {:>5.1f} to group  {:>6} "
      "MB at most\n",
      quotations, links.size(), groups.size(), micros(linked - begin), micros(end - linked),
      usage.ru_maxrss / 1024);
  std::fflush(stdout);
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  const unsigned threads = argc > 1 ? static_cast<unsigned>(std::stoul(argv[1])) : 1U;
  const std::uint32_t most = argc > 2 ? static_cast<std::uint32_t>(std::stoul(argv[2])) : 1'000'000U;
  for (std::uint32_t quotations = 10'000; quotations <= most; quotations *= 10)
    onrecord::measure(quotations, threads);
  return 0;
}
