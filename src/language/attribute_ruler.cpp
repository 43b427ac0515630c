#include "language/attribute_ruler.h"

#include <algorithm>

#include "language/label_names.h"
#include "text/utf8.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kMostSequenceTokens = 64;  // bits of Ruling::part_of

std::unexpected<Error> cannot_run(const std::string& why) {
  return fail(ErrorCode::kUnsupportedFormat,
              "the pipeline's component \"attribute_ruler\" cannot be run here: " + why);
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_at(text, at);
    out.push_back(c.value);
    at += c.size;
  }
  return out;
}

}  // namespace

Result<AttributeRuler::Condition> AttributeRuler::read_condition(RecordReader& record, RuledNames names) {
  Condition condition;
  const std::string_view attribute = record.text();
  if (attribute == "TAG") {
    condition.attribute = Attribute::kTag;
  } else if (attribute == "DEP") {
    condition.attribute = Attribute::kDependency;
  } else if (attribute == "LOWER") {
    condition.attribute = Attribute::kLower;
  } else if (attribute == "IS_SPACE") {
    condition.attribute = Attribute::kIsSpace;
  } else {
    return cannot_run("a rule asks for " + std::string(attribute));
  }
  const std::string_view operation = record.text();
  if (operation == "NOT_IN") {
    condition.operation = Operation::kNotIn;
  } else if (operation == "REGEX" && condition.attribute == Attribute::kLower) {
    condition.operation = Operation::kMatches;
  } else if (operation != "IN") {
    return cannot_run("a rule uses the operator " + std::string(operation));
  }
  const std::size_t values = record.count();
  for (std::size_t i = 0; i < values; ++i) {
    const std::string_view value = record.text();
    if (condition.operation == Operation::kMatches) {
      if (!is_valid_utf8(value)) return cannot_run("a pattern of a rule is not UTF-8");
      auto pattern = Pattern::compile(decode(value));
      if (!pattern) return std::unexpected(pattern.error());
      condition.patterns.push_back(std::move(*pattern));
    } else if (condition.attribute == Attribute::kTag) {
      condition.numbers.push_back(intern_label(*names.tags, value));
    } else if (condition.attribute == Attribute::kDependency) {
      condition.numbers.push_back(intern_label(*names.dependencies, value));
    } else if (condition.attribute == Attribute::kLower) {
      condition.texts.emplace_back(value);
    } else {
      condition.is_space = value == "True";
    }
  }
  return condition;
}

Result<AttributeRuler::Setting> AttributeRuler::read_setting(RecordReader& record, RuledNames names) {
  const std::string_view name = record.text();
  std::string_view value = record.text();
  const std::pair<std::string_view, std::vector<std::string>*> known[] = {{"TAG", names.tags},
                                                                          {"DEP", names.dependencies},
                                                                          {"POS", names.parts_of_speech},
                                                                          {"MORPH", names.morphologies},
                                                                          {"LEMMA", names.lemmas}};
  for (std::size_t i = 0; i < std::size(known); ++i) {
    if (known[i].first != name) continue;
    if (name == "MORPH" && value == "_") value = {};
    return Setting{i, intern_label(*known[i].second, value)};
  }
  return cannot_run("a rule sets " + std::string(name));
}

Result<AttributeRuler> AttributeRuler::read(const ModelFile& file, RuledNames names) {
  AttributeRuler ruler;
  RecordReader record(file.section("ruler"));
  const auto damaged = [] { return fail(ErrorCode::kDamaged, "the model's ruler is damaged"); };
  const std::size_t rules = record.count();
  std::size_t bits = 0;
  for (std::uint32_t r = 0; r < rules; ++r) {
    Rule rule;
    std::vector<Sequence> sequences;
    const std::size_t patterns = record.count();
    for (std::size_t p = 0; p < patterns; ++p) {
      std::vector<TokenPattern> tokens(record.count());
      for (TokenPattern& token : tokens) {
        const std::size_t conditions = record.count();
        for (std::size_t c = 0; c < conditions; ++c) {
          auto condition = read_condition(record, names);
          if (!condition) return std::unexpected(condition.error());
          token.push_back(std::move(*condition));
        }
      }
      if (tokens.size() > 1) {
        sequences.push_back({r, tokens.size(), bits, tokens});
        bits += tokens.size();
        if (bits > kMostSequenceTokens) return cannot_run("its rules over several tokens are too many");
      } else {
        rule.patterns.push_back(std::move(tokens));
      }
    }
    const std::size_t settings = record.count();
    for (std::size_t s = 0; s < settings; ++s) {
      const auto setting = read_setting(record, names);
      if (!setting) return std::unexpected(setting.error());
      rule.settings.push_back(*setting);
    }
    rule.index = record.number();
    const bool inside =
        std::ranges::all_of(sequences,
                            [&](const Sequence& sequence) { return rule.index < sequence.size; }) &&
        std::ranges::all_of(rule.patterns, [&](const auto& tokens) { return rule.index < tokens.size(); });
    if (!record.good() || !inside) return damaged();
    for (Sequence& sequence : sequences) {
      ruler.first_parts_ |= std::uint64_t{1} << sequence.first_bit;
      ruler.sequences_.push_back(std::move(sequence));
    }
    ruler.rules_.push_back(std::move(rule));
  }
  return ruler;
}

bool AttributeRuler::holds(const Condition& condition, const Lexeme& lexeme, std::uint32_t tag,
                           std::uint32_t dependency) {
  bool in = false;
  switch (condition.attribute) {
    case Attribute::kTag:
      in = std::ranges::find(condition.numbers, tag) != condition.numbers.end();
      break;
    case Attribute::kDependency:
      in = std::ranges::find(condition.numbers, dependency) != condition.numbers.end();
      break;
    case Attribute::kIsSpace:
      in = condition.is_space == lexeme.attributes.is_space;
      break;
    case Attribute::kLower:
      if (condition.operation == Operation::kMatches) {
        Pattern::Scratch scratch;
        const std::u32string word = decode(lexeme.lower);
        return std::ranges::any_of(condition.patterns, [&](const Pattern& pattern) {
          return pattern.search(word, 0, scratch).has_value();
        });
      }
      in = std::ranges::find(condition.texts, lexeme.lower) != condition.texts.end();
      break;
  }
  return in != (condition.operation == Operation::kNotIn);
}

bool AttributeRuler::holds(const TokenPattern& pattern, const Lexeme& lexeme, std::uint32_t tag,
                           std::uint32_t dependency) {
  return std::ranges::all_of(
      pattern, [&](const Condition& condition) { return holds(condition, lexeme, tag, dependency); });
}

Ruling AttributeRuler::rule(const Lexeme& lexeme, std::uint32_t tag, std::uint32_t dependency) const {
  Ruling ruling;
  for (std::uint32_t r = 0; r < rules_.size(); ++r) {
    const bool matches =
        std::ranges::any_of(rules_[r].patterns, [&](const std::vector<TokenPattern>& tokens) {
          return holds(tokens.front(), lexeme, tag, dependency);
        });
    if (!matches) continue;
    for (const Setting& setting : rules_[r].settings) ruling.set(setting.what, r + 1, setting.value);
  }
  for (const Sequence& sequence : sequences_) {
    for (std::size_t i = 0; i < sequence.size; ++i) {
      if (holds(sequence.tokens[i], lexeme, tag, dependency)) {
        ruling.part_of |= std::uint64_t{1} << (sequence.first_bit + i);
      }
    }
  }
  return ruling;
}

}  // namespace onrecord::spacy
