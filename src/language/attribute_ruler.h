// spaCy's attribute ruler: rules that derive parts of speech, morphology and fixed lemmas from tags, words
// and labels.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/lexemes.h"
#include "language/model_file.h"
#include "language/pattern.h"
#include "onrecord/error.h"

namespace onrecord::spacy {

/// The label names that rules speak of; rules may add some.
struct RuledNames {
  std::vector<std::string>* tags;
  std::vector<std::string>* dependencies;
  std::vector<std::string>* parts_of_speech;
  std::vector<std::string>* morphologies;
  std::vector<std::string>* lemmas;
};

/// What rules can set of a token, in the order of `Ruling::values`.
enum class Ruled : std::uint8_t { kTag, kDependency, kPartOfSpeech, kMorphology, kLemma };
inline constexpr std::size_t kRuledCount = 5;

/// What the rules make of one token: for each attribute the last rule that sets it (0: none, else its number
/// + 1) and the name's number.
struct Ruling {
  std::array<std::uint32_t, kRuledCount> rule{};
  std::array<std::uint32_t, kRuledCount> value{};
  /// Which tokens of rules over several tokens it can be, a bit each.
  std::uint64_t part_of = 0;

  [[nodiscard]] bool has(Ruled what) const { return rule[static_cast<std::size_t>(what)] != 0; }
  [[nodiscard]] std::uint32_t operator[](Ruled what) const { return value[static_cast<std::size_t>(what)]; }
  void set(std::size_t what, std::uint32_t by_rule, std::uint32_t to) {
    if (by_rule < rule[what]) return;
    rule[what] = by_rule;
    value[what] = to;
  }
};

/// Immutable after `read`.
class AttributeRuler {
 public:
  static Result<AttributeRuler> read(const ModelFile& file, RuledNames names);

  /// The rules of one token, applied to a token by itself. A function of its word, tag and label. O(rules).
  [[nodiscard]] Ruling rule(const Lexeme& lexeme, std::uint32_t tag, std::uint32_t dependency) const;

  /// Rules over several tokens that begin at `at`. Changes `rulings` of the tokens that they set; calls
  /// `changed` with the token. `rulings[i].part_of` must be those of `rule`.
  template <class Changed>
  void rule_sequences(std::vector<Ruling>& rulings, std::size_t at, Changed changed) const {
    if ((rulings[at].part_of & first_parts_) == 0) return;
    for (const Sequence& sequence : sequences_) {
      if (at + sequence.size > rulings.size()) continue;
      bool all = true;
      for (std::size_t i = 0; i < sequence.size && all; ++i) {
        all = (rulings[at + i].part_of >> (sequence.first_bit + i) & 1U) != 0;
      }
      if (!all) continue;
      const Rule& rule = rules_[sequence.rule];
      for (const Setting& setting : rule.settings) {
        rulings[at + rule.index].set(setting.what, sequence.rule + 1, setting.value);
      }
      changed(at + rule.index);
    }
  }

 private:
  enum class Attribute : std::uint8_t { kTag, kDependency, kLower, kIsSpace };
  enum class Operation : std::uint8_t { kIn, kNotIn, kMatches };
  struct Condition {
    Attribute attribute = Attribute::kTag;
    Operation operation = Operation::kIn;
    std::vector<std::uint32_t> numbers;  // tags or labels
    std::vector<std::string> texts;
    std::vector<Pattern> patterns;
    bool is_space = false;
  };
  using TokenPattern = std::vector<Condition>;
  struct Setting {
    std::size_t what = 0;
    std::uint32_t value = 0;
  };
  struct Rule {
    std::vector<std::vector<TokenPattern>> patterns;
    std::vector<Setting> settings;
    std::size_t index = 0;
  };
  struct Sequence {
    std::uint32_t rule = 0;
    std::size_t size = 0;
    std::size_t first_bit = 0;
    std::vector<TokenPattern> tokens;
  };

  static Result<Condition> read_condition(RecordReader& record, RuledNames names);
  static Result<Setting> read_setting(RecordReader& record, RuledNames names);
  static bool holds(const Condition& condition, const Lexeme& lexeme, std::uint32_t tag,
                    std::uint32_t dependency);
  static bool holds(const TokenPattern& pattern, const Lexeme& lexeme, std::uint32_t tag,
                    std::uint32_t dependency);

  std::vector<Rule> rules_;
  std::vector<Sequence> sequences_;
  std::uint64_t first_parts_ = 0;
};

}  // namespace onrecord::spacy
