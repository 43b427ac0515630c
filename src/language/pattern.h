// The regular expressions of spaCy's tokenisers, with the meaning that Python's `re` gives them.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord::spacy {

/// A set of code points: ranges and Python's \w, \d, \s with their opposites.
class CodePointSet {
 public:
  enum class Property : std::uint8_t { kWord, kNotWord, kDecimal, kNotDecimal, kSpace, kNotSpace };

  void add(char32_t first, char32_t last) { ranges_.emplace_back(first, last); }
  void add(Property property) { properties_.push_back(property); }
  void add(const CodePointSet& other);
  /// Sorts what was added; `negated` makes it the set of all others. To be called once, before `contains`.
  void close(bool negated);
  [[nodiscard]] bool contains(char32_t code_point) const {
    return code_point < kAscii ? ascii_[code_point] : search(code_point);
  }

 private:
  static constexpr std::size_t kAscii = 128;
  [[nodiscard]] bool search(char32_t code_point) const;

  std::vector<std::pair<char32_t, char32_t>> ranges_;
  std::vector<Property> properties_;
  bool negated_ = false;
  std::bitset<kAscii> ascii_;
};

/// A compiled pattern. Immutable: threads share it, each with its own `Scratch`.
///
/// The syntax is the part of Python's that spaCy's languages use: alternatives, groups, classes, \w \d \s,
/// greedy and lazy repeats, ^ $, fixed-width lookbehind, bounded lookahead. Alternatives are ordered: the
/// first that matches wins, not the longest. Matching backtracks, but never enters a state twice at one
/// place, so a search costs O(text x pattern) whatever the text (the memoisation of RE2's bit-state engine).
class Pattern {
 public:
  struct Match {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// Memory that a thread lends to searches.
  struct Scratch {
    std::vector<std::uint64_t> visited;
    std::vector<std::size_t> touched;
    std::vector<std::pair<std::uint32_t, std::size_t>> stack;
  };

  /// Fails with `kUnsupportedFormat`, naming the construct, when the pattern uses what is not supported here.
  static Result<Pattern> compile(std::u32string_view source);

  /// Leftmost match that begins at or after `from`, as `re.search`.
  [[nodiscard]] std::optional<Match> search(std::u32string_view text, std::size_t from,
                                            Scratch& scratch) const;
  /// True when every match is at least one code point long.
  [[nodiscard]] bool consumes() const { return consumes_; }

 private:
  friend class PatternCompiler;

  enum class Code : std::uint8_t { kOne, kSet, kSplit, kJump, kStart, kEnd, kLook, kMatch };
  struct Instruction {
    Code code = Code::kMatch;
    bool negated = false;       // kLook
    bool behind = false;        // kLook
    char32_t one = 0;           // kOne
    std::uint32_t next = 0;     // kSplit: preferred; kJump: target; kLook: program of the look; kSet: index
    std::uint32_t other = 0;    // kSplit: second choice; kLook: width when behind
    std::uint32_t ordinal = 0;  // kSplit: number among the splits
  };
  /// One of the alternatives at the top of the pattern.
  struct Alternative {
    std::uint32_t begin = 0;
    CodePointSet first;      // what it may begin with
    std::size_t widest = 0;  // code points, kUnbounded when a repeat has no end
    CodePointSet consumed;   // all it may contain, when unbounded
  };

  [[nodiscard]] std::size_t earliest(std::u32string_view text, std::size_t from) const;
  [[nodiscard]] std::optional<std::size_t> run(std::uint32_t begin, std::u32string_view text, std::size_t at,
                                               Scratch& scratch, bool remember) const;
  [[nodiscard]] bool look(const Instruction& instruction, std::u32string_view text, std::size_t at,
                          Scratch& scratch) const;
  [[nodiscard]] std::optional<Match> match_at(std::u32string_view text, std::size_t at,
                                              Scratch& scratch) const;

  static constexpr std::size_t kUnbounded = ~std::size_t{0};
  static constexpr std::size_t kAscii = 128;

  std::vector<Instruction> program_;
  std::vector<CodePointSet> sets_;
  std::vector<Alternative> alternatives_;
  std::array<std::vector<std::uint16_t>, kAscii> by_ascii_;  // alternatives that may begin with it, in order
  std::uint32_t splits_ = 0;
  bool at_start_ = false;  // every alternative begins with ^
  bool at_end_ = false;    // every alternative ends with $
  bool consumes_ = false;
};

}  // namespace onrecord::spacy
