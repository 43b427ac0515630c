// Where, when and to whom something was said, carried from one statement of a speaker to the next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "onrecord/quotation.h"
#include "reading/circumstances.h"
#include "reading/dates.h"
#include "reading/drafts.h"
#include "reading/scenes.h"
#include "reading/speaker_resolution.h"
#include "reading/syntax.h"

namespace onrecord {

/// What was told of the occasion of a speaker's words.
struct Occasion {
  Resolved venue;
  Resolved when;
  Resolved addressee;
  QuotationMode mode = QuotationMode::kSpeech;
  std::uint32_t paragraph = 0;
  std::uint32_t sentence = 0;       ///< of the statement that told it
  Resolved longest_venue;           ///< the most that was told of a venue: "interview in Quayport"
  Resolved interviewer;             ///< a hearer who stands for an outlet ...
  std::string interviewer_in_full;  ///< ... and the words for him: "Harbor News's Robin Quill"
  bool is_passing = false;          ///< told by the way: it holds for its paragraph alone
  [[nodiscard]] bool is_known() const {
    return !venue.value.empty() || !when.value.empty() || !addressee.value.empty();
  }
};

class Occasions {
 public:
  /// `parse` may be null; `published` is the article's date.
  Occasions(const Words& words, const Syntax* parse, const SpeakerResolution& resolution,
            std::string_view published, StepCounter& steps)
      : words_(words), parse_(parse), resolution_(resolution), dates_(words, published), steps_(steps) {}

  /// Fills venue, date and hearer of a quotation: from its sentence, else from the scene set before it, else
  /// from the speaker's last told occasion. `before` is the draft before it; `heard`, whom the speaker spoke
  /// to in a sentence before.
  void fill(const Draft& draft, const Draft* before, const Speaker& speaker, Resolved heard,
            Quotation& quotation);
  /// Gives a speaker's statements the occasion that is told later: a few paragraphs later at the article's
  /// beginning, in the next paragraph before an interview.
  void fill_leads(const std::vector<Draft>& drafts, std::vector<Quotation>& quotations);
  /// Dates the rest of what a speaker says where the article tells one day of it, and tells it more than
  /// once.
  void fill_only_day(const std::vector<Draft>& drafts, std::vector<Quotation>& quotations) const;
  /// Gives what a speaker tells somebody the venue of what is told the same hearer elsewhere: an interview.
  void join_by_hearer(std::vector<Quotation>& quotations);

 private:
  /// Who is asked something in the midst of an interview is asked it there.
  void ask_on_occasion_of_hearer(const Draft& draft, Quotation& question) const;
  /// ASKED the council whether: an answer follows.
  [[nodiscard]] bool asks(const Draft& draft) const;
  /// Who was asked something answers there and then, and to the one who asked.
  void keep_for_answer(const Draft& draft, const Quotation& question);
  /// Notes a hearer who asks for an outlet ("Harbor News's Robin Quill"): he is meant when the speaker tells
  /// "Harbor News" something later, or speaks on a programme of it.
  void note_interviewer(Quotation& quotation, Occasion& occasion) const;
  /// Keeps the occasion of a statement for what its speaker says next.
  void keep(const Draft& draft, const Quotation& quotation, bool by_scene, Occasion& occasion) const;
  /// Who interviews somebody speaks on the same occasion.
  void keep_for_interviewer(const Quotation& quotation, Occasion occasion);
  /// Whether whom a cue addresses hears the rest, too: who is TOLD something or interviews, not who is URGED.
  [[nodiscard]] bool stays(const Draft& draft) const;
  /// The day of a speaker's occasion that is told of again.
  static void remember_day(std::string_view venue, const Resolved& day, Quotation& quotation);
  /// "Speaking later on THE SAME SHOW": the day of the one told last.
  void date_same_venue(std::uint32_t paragraph, Quotation& quotation);
  /// Who asks on "The Ada Lowe Show": Ada Lowe, where another's words there were told before.
  void host_own_programme(const Draft& draft, std::uint32_t paragraph, Quotation& quotation) const;
  /// A turn of a transcript is of the occasion that was told above it.
  void stand_in_transcript(const Draft& draft, Quotation& quotation) const;
  void note_transcribed(const Quotation& quotation);
  /// Who has heard somebody in an interview asks and answers there.
  void answer_on_occasion(const Draft& draft, Quotation& quotation) const;
  /// Whether one of `words`, with the spaces beside it, stands before the venue.
  [[nodiscard]] bool stands_behind(const Resolved& venue,
                                   std::initializer_list<std::string_view> words) const;
  /// `near`: the occasion was told at most two paragraphs away.
  void inherit(const Draft& draft, const Occasion& occasion, bool near, Quotation& quotation) const;
  /// Whether a statement is reported by its cue: "set about", "his rules" may tell of another time and place.
  [[nodiscard]] bool reports(const Draft& draft) const;
  /// The circumstances of a sentence right before that reports nothing and has the speaker as its subject.
  Circumstances scene_before(const Draft& draft, const Draft* before, const Speaker& speaker);
  /// Dates words whose sentence tells no day by what the speaker did in a sentence before. Whether it did.
  bool tell_day_of_scene(const Draft& draft, const Speaker& speaker, const Quotation& quotation,
                         Circumstances& told) const;
  /// "INITIALLY said", "said AT FIRST,": not when what else is said was said.
  [[nodiscard]] bool is_of_another_time(const Draft& draft) const;
  /// "She SAYS": no month in which she once spoke.
  [[nodiscard]] bool is_present(const Draft& draft) const;
  /// "A few weeks EARLIER Lowe spoke", "said a year AGO": another time than the article's.
  [[nodiscard]] bool is_told_by_the_way(const Draft& draft, const Resolved& venue) const;
  /// "often says", "has long argued": no single occasion.
  [[nodiscard]] bool is_habit(const Draft& draft) const;

  const Words& words_;
  const Syntax* parse_;
  const SpeakerResolution& resolution_;
  StatementDates dates_;
  StepCounter& steps_;
  std::unordered_map<std::string, Occasion> by_speaker_;
  Occasion latest_;       ///< the last one of which a venue and a day are known, whoever spoke there
  Occasion transcribed_;  ///< the last one whose venue was told: a transcript below it is of it
  std::unordered_map<std::string, std::string> heard_by_;  ///< hearer to speaker
};

}  // namespace onrecord
