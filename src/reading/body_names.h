// Names of bodies in full: "NGU" is the National Growers Union where an article says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "reading/speaker.h"
#include "reading/words.h"

namespace onrecord {

/// The bodies an article names in full. Built when the first name is asked for; costs O(tokens).
class BodyNames {
 public:
  BodyNames(const Words& words, StepCounter& steps) : words_(words), steps_(steps) {}

  /// A body that is called by its initials, or by the first word of a name that the article gave before, with
  /// the whole name; anybody else as given. `source` is where it is called so.
  [[nodiscard]] Speaker with_whole_name(Speaker speaker, TokenRange source);

 private:
  struct Name {
    std::string text;
    std::uint32_t token = 0;  ///< where it begins
    bool is_only_one = true;  ///< of those that are called so for short
  };
  using Index = std::unordered_map<std::string, Name>;

  void find_names();
  /// "National Growers Union" of its initials; the names that begin inside of a longer one, too.
  void note_initials(TokenRange name);
  void note_first_word(TokenRange name);
  void note(Index& index, std::string shortened, TokenRange name);

  const Words& words_;
  StepCounter& steps_;
  bool is_built_ = false;
  Index by_initials_;
  Index by_first_word_;
};

}  // namespace onrecord
