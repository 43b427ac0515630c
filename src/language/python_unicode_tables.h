// What Python's str methods say of code points, as sorted ranges (Unicode 14.0, the version of Python 3.11).
#pragma once

#include <cstdint>
#include <span>

namespace onrecord::spacy {

struct CodePointRange {
  char32_t first;
  char32_t last;
};

/// Code points first, first + step, ... last become themselves + shift in lower case.
struct LowerRun {
  char32_t first;
  char32_t last;
  std::int32_t step;
  std::int32_t shift;
};

[[nodiscard]] std::span<const CodePointRange> alphabetic_ranges();
[[nodiscard]] std::span<const CodePointRange> uppercase_ranges();
[[nodiscard]] std::span<const CodePointRange> digit_ranges();
[[nodiscard]] std::span<const CodePointRange> decimal_ranges();
[[nodiscard]] std::span<const CodePointRange> alphanumeric_ranges();
/// Skipped when lower() looks for a cased letter around a capital sigma.
[[nodiscard]] std::span<const CodePointRange> ignorable_ranges();
/// Cased and not ignorable.
[[nodiscard]] std::span<const CodePointRange> cased_ranges();
/// Every lower-case mapping but that of U+0130, the only one that gives two code points.
[[nodiscard]] std::span<const LowerRun> lower_runs();

}  // namespace onrecord::spacy
