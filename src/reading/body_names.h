// Names of bodies in full: "NGU" is the National Growers Union where an article says so, "the board" the
// Harbor Board, "the newspaper" the Quay Post.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reading/people.h"
#include "reading/speaker.h"
#include "reading/syntax.h"
#include "reading/words.h"

namespace onrecord {

/// The bodies an article names in full. Built when the first name is asked for; costs O(tokens).
class BodyNames {
 public:
  /// `parse` may be null.
  BodyNames(const Words& words, const Syntax* parse, const People& people, StepCounter& steps)
      : words_(words), parse_(parse), people_(people), steps_(steps) {}

  /// A body that is called by its initials, by the first word of a name that the article gave before, or by
  /// what it is, with the whole name; anybody else as given. `source` is where it is called so.
  [[nodiscard]] Speaker with_whole_name(Speaker speaker, TokenRange source);

 private:
  struct Name {
    std::string text;
    std::uint32_t token = 0;  ///< where it begins
    bool is_only_one = true;  ///< of those that are called so for short
  };
  using Index = std::unordered_map<std::string, Name>;
  struct Body {
    TokenRange name;
    bool is_outlet = false;
  };
  using ByWord = std::unordered_map<std::string, std::vector<std::size_t>>;  ///< folded; places in `bodies_`

  void find_names();
  /// "National Growers Union" of its initials; the names that begin inside of a longer one, too.
  void note_initials(TokenRange name);
  void note_first_word(TokenRange name);
  void note(Index& index, std::string shortened, TokenRange name);
  void note_body(TokenRange name);
  /// Whom "the board", "the newspaper", "the company" means at `source`: the last body before it whose name
  /// ends so, or that was described so; the last outlet of the eight sentences before; whom the sentences
  /// before are about. Empty when nobody.
  [[nodiscard]] TokenRange meant_by(TokenRange source) const;
  [[nodiscard]] TokenRange last_outlet(std::uint32_t token) const;
  /// The only body named in this sentence and the one before, those in marks aside; of several the only
  /// subject; else the one that the article is about. Empty when nobody.
  [[nodiscard]] TokenRange of_the_sentences_before(std::uint32_t token) const;
  /// Whether "the company" may be this body: no outlet, no surname; one of the state only for an agency.
  [[nodiscard]] bool may_be_meant(const Body& body, bool state) const;
  /// The body that is named most, often and twice as often as any other.
  void find_topic();
  /// How many bodies begin before a token.
  [[nodiscard]] std::size_t bodies_before(std::uint32_t token) const;
  /// Where the sentence before a token's begins that does not stand in marks.
  [[nodiscard]] std::uint32_t sentence_before(std::uint32_t token) const;
  /// The last body before `source` that is known by `word` and ends as `source` does, its "the" left out.
  [[nodiscard]] TokenRange last_of(const ByWord& bodies, const std::string& word, TokenRange source) const;
  [[nodiscard]] bool ends_alike(TokenRange name, TokenRange source) const;
  /// Of "the INSURER Gantry", "Norland's biggest INSURER, Gantry" the noun; none when the name is not
  /// described so.
  [[nodiscard]] std::uint32_t noun_before(TokenRange name) const;
  /// Of "the Growers' League, a small GROUP of ..." the noun; none when the name is not described so.
  [[nodiscard]] std::uint32_t noun_behind(TokenRange name) const;
  /// "The Harbor Board" of "the Board": the longest name before that ends so.
  [[nodiscard]] TokenRange longest_form(TokenRange name) const;

  const Words& words_;
  const Syntax* parse_;
  const People& people_;
  StepCounter& steps_;
  bool is_built_ = false;
  Index by_initials_;
  Index by_first_word_;
  std::vector<Body> bodies_;  ///< in text order, outside of words in marks
  ByWord by_last_word_;
  ByWord by_description_;
  TokenRange topic_;
};

}  // namespace onrecord
