// News that nobody wrote, for benchmarks: as long as articles are, with reprints, quotations that several
// outlets carry, stock phrases and what each outlet prints below its articles. The same seed makes the same
// news.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/intake.h"
#include "intake/source.h"
#include "onrecord/limits.h"

namespace onrecord::bench {

/// splitmix64 (Steele and others 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }
  double share() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

/// The words of the articles in `folders`, each as often as it stands there.
inline std::vector<std::string> words_of(const std::vector<std::string>& folders) {
  std::vector<std::string> words;
  DocumentStream stream({folders.begin(), folders.end()}, SourceOptions{});
  while (auto document = stream.next()) {
    if (!*document) continue;
    const auto article = make_article(**document, Limits{});
    if (!article) continue;
    for (const Paragraph& paragraph : article->paragraphs) {
      std::string_view rest = cut(article->text, paragraph.span);
      while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of(" \n\t\"\u201C\u201D"), rest.size());
        std::string word(rest.substr(0, end));
        while (!word.empty() && std::string_view(".,;:!?()").find(word.back()) != std::string_view::npos)
          word.pop_back();
        if (!word.empty() && static_cast<signed char>(word.front()) > 0) words.push_back(std::move(word));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }
  return words;
}

struct MadeArticle {
  std::string text;              ///< paragraphs parted by an empty line
  std::uint32_t outlet = 0;      ///< from 1
  std::int64_t reprint_of = -1;  ///< the number of the article that it copies
};

class MadeNews {
 public:
  MadeNews(std::vector<std::string> words, std::uint64_t seed)
      : words_(std::move(words)), random_(seed), seed_(seed) {
    Random random(seed + 1);
    for (std::size_t i = 0; i < kStockPhrases; ++i) stock_.push_back(run_of_words(random, 7));
  }

  MadeArticle next() {
    MadeArticle made;
    made.outlet = static_cast<std::uint32_t>(1 + random_.below(kOutlets));
    const bool is_reprint = number_ > 0 && random_.share() < kReprints;
    if (is_reprint) {
      made.reprint_of =
          number_ - 1 - static_cast<std::int64_t>(random_.below(std::min<std::uint64_t>(number_, kRecent)));
      made.text = edited(recent_[static_cast<std::size_t>(made.reprint_of) % kRecent]);
    } else {
      made.text = written();
    }
    if (random_.share() < kNotes) {
      Random of_outlet(seed_ ^ (made.outlet * 0x51ED2701ULL));
      made.text += "\n\n" + run_of_words(of_outlet, 35) + ".";
    }
    recent_[static_cast<std::size_t>(number_++) % kRecent] = made.text;
    return made;
  }

 private:
  // What the evaluation folder's news shows: 26 % of BASIL's words stand in marks, three to ten outlets carry
  // a story, reprints come within days; an outlet's note is some 35 words long (PolNeAR).
  static constexpr std::uint64_t kOutlets = 400;
  static constexpr std::size_t kStockPhrases = 3000;
  static constexpr std::uint64_t kRecent = 2048;
  static constexpr std::int64_t kStory = 8;
  static constexpr double kReprints = 0.1;
  static constexpr double kNotes = 0.3;
  static constexpr double kStock = 0.15;  // of sentences

  const std::string& word(Random& random) { return words_[random.below(words_.size())]; }

  std::string run_of_words(Random& random, std::size_t count) {
    std::string run;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) run += ' ';
      run += word(random);
    }
    return run;
  }

  /// One of the five statements of a story, 12 to 36 words.
  std::string statement(std::int64_t story) {
    Random of_statement(seed_ ^
                        (static_cast<std::uint64_t>(story) * 8 + random_.below(5)) * 0xA24BAED4963EE407ULL);
    return run_of_words(of_statement, 12 + of_statement.below(25));
  }

  std::string sentence() {
    std::string made = run_of_words(random_, 8 + random_.below(20));
    if (random_.share() < kStock) {
      // Few phrases are frequent: the square of an even share.
      const double at = random_.share() * random_.share();
      made += ' ' + stock_[static_cast<std::size_t>(at * static_cast<double>(kStockPhrases))];
    }
    return made + ". ";
  }

  /// Lengths vary as a logarithmic normal distribution does; the mean is some 4,950 bytes
  /// (docs/limits-and-load.md measures with the same).
  std::string written() {
    const double normal =
        std::sqrt(-2.0 * std::log(random_.share() + 1e-12)) * std::cos(6.283185307 * random_.share());
    const auto bytes = static_cast<std::size_t>(std::clamp(4400.0 * std::exp(0.5 * normal), 300.0, 60'000.0));
    const std::int64_t story = number_ / kStory;
    std::string text;
    while (text.size() < bytes) {
      if (random_.share() < 0.35) {
        text += "\"" + statement(story) + ",\" said " + word(random_) + ". ";
      } else {
        text += sentence();
      }
      if (random_.below(3) == 0) text += "\n\n";
    }
    return text;
  }

  /// A fifth of the paragraphs left out, one word in fifty another one.
  std::string edited(std::string_view text) {
    std::string made;
    while (!text.empty()) {
      const auto end = std::min(text.find("\n\n"), text.size());
      if (random_.below(5) != 0) {
        std::string_view paragraph = text.substr(0, end);
        while (!paragraph.empty()) {
          const auto space = std::min(paragraph.find(' '), paragraph.size());
          made += random_.below(50) == 0 ? std::string_view(word(random_)) : paragraph.substr(0, space);
          made += ' ';
          paragraph.remove_prefix(std::min(space + 1, paragraph.size()));
        }
        made += "\n\n";
      }
      text.remove_prefix(std::min(end + 2, text.size()));
    }
    return made;
  }

  std::vector<std::string> words_;
  std::vector<std::string> stock_;
  std::array<std::string, kRecent> recent_;
  Random random_;
  std::uint64_t seed_;
  std::int64_t number_ = 0;
};

}  // namespace onrecord::bench
