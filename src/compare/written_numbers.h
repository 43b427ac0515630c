// Numbers as texts write them: "1,500", "twenty-five", "two hundred and five thousand".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compare/raw_words.h"

namespace onrecord {

/// A number read from words, and how many of them.
struct ReadNumber {
  double value = 0;
  std::size_t words = 0;
  bool ordinal = false;
};

/// The number that begins at word `first`, the longest that can be read; of no words when there is none.
[[nodiscard]] ReadNumber read_number(const std::vector<RawWord>& words, std::size_t first);

/// In digits: "205000", "1.5"; "21st".
[[nodiscard]] std::string plain_number(double value);
[[nodiscard]] std::string ordinal_number(double value);

/// The sign of a currency that is written out ("dollars"); 0 of any other word.
[[nodiscard]] char32_t currency_word(std::string_view lower);

}  // namespace onrecord
