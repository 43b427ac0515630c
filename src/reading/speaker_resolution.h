// Whom the words for a speaker mean: a name, a role, a pronoun, or nothing at all.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "onrecord/article.h"
#include "reading/drafts.h"
#include "reading/offices.h"
#include "reading/speaker.h"
#include "reading/syntax.h"

namespace onrecord {

/// The words that tell who speaks.
[[nodiscard]] TokenRange mention_of(const Draft& draft);

/// Whether one name is the other or its end: "Lowe" and "Ada Lowe". Nobody tells himself something.
[[nodiscard]] bool is_same_name(std::string_view one, std::string_view other);

/// Resolves the mentions of one article, asked in the order of the text: what was said before, and by whom,
/// decides. What it is given must outlive it.
class SpeakerResolution {
 public:
  /// `parse` may be null.
  SpeakerResolution(const Article& article, const Words& words, const Syntax* parse, const Offices& offices,
                    StepCounter& steps);
  ~SpeakerResolution();
  SpeakerResolution(const SpeakerResolution&) = delete;
  SpeakerResolution& operator=(const SpeakerResolution&) = delete;

  /// `previous`: the draft before it, or null.
  [[nodiscard]] Speaker speaker_of(const Draft& draft, const Draft* previous);
  [[nodiscard]] Speaker of_mention(TokenRange mention);
  /// Notes how far the text was read.
  void note_position(std::uint32_t token);
  /// Whether a person is the subject of a sentence.
  [[nodiscard]] bool has_subject(const Sentence& sentence, std::int32_t person) const;

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace onrecord
