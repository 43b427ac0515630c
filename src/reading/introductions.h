// Whom an article names after it has told of him without a name: "A judge blocked the plan. ... Judge Ada
// Lowe".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reading/people.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// What it is given must outlive it. Immutable, but for the steps that it counts.
class Introductions {
 public:
  Introductions(const Words& words, const Syntax& parse, const People& people, StepCounter& steps)
      : words_(words), parse_(parse), people_(people), steps_(steps) {}

  /// "A harbor lawmaker", "Former growers chairman" in a headline or one of the first paragraphs: the person
  /// who enters a few paragraphs later and is described alike. Nothing when nobody is, or two are as well, or
  /// when the words tell that the name is kept back.
  [[nodiscard]] std::optional<Speaker> named_later(TokenRange source, std::uint32_t head) const;

 private:
  [[nodiscard]] bool may_be_named_later(TokenRange source, std::uint32_t head) const;
  /// "A harbor lawmaker FROM NORLAND", without "who blocked the plan".
  [[nodiscard]] TokenRange without_clause(TokenRange source, std::uint32_t head) const;
  /// The words, folded, that tell one person from another; `names` are those of bodies, places and people.
  struct Description {
    std::vector<std::string> words;
    std::vector<std::string> names;
  };
  [[nodiscard]] Description description(TokenRange phrase, std::uint32_t but) const;
  /// The words that tell who somebody is where he is named first: before the name, and in what is set beside
  /// it.
  [[nodiscard]] TokenRange around(const PersonMention& mention) const;
  /// Points for what speaks for the person of a mention; `is_first`: nobody else has entered since.
  [[nodiscard]] int likeness(const Description& told, std::uint32_t head, const PersonMention& mention,
                             bool is_first) const;
  /// Whether the mention is the subject of a verb of saying.
  [[nodiscard]] bool speaks(const PersonMention& mention) const;

  const Words& words_;
  const Syntax& parse_;
  const People& people_;
  StepCounter& steps_;
};

}  // namespace onrecord
