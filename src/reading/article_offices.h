// The offices that an article's persons hold, and whom an office means in it: "the German chancellor".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "reading/offices.h"
#include "reading/people.h"
#include "reading/speaker.h"
#include "reading/words.h"

namespace onrecord {

/// What it is given must outlive it. Immutable, but for the steps that it counts. Building costs one look at
/// each mention of a person.
class ArticleOffices {
 public:
  /// `published`: the article's day (ISO); may be empty.
  ArticleOffices(const Words& words, const Offices& offices, const People& people, std::string_view published,
                 StepCounter& steps);

  /// "The German chancellor": who that was when the article was published. By the name that the article gives
  /// to whom it names with the holder's surname.
  [[nodiscard]] std::optional<Speaker> of_office(std::uint32_t head) const;

  /// "The president", of no place: the only person of the article who was that somewhere on its day; "the
  /// former president": who was it before.
  [[nodiscard]] std::optional<Speaker> of_office_somewhere(std::uint32_t head) const;

  /// The persons named in full who on the article's day held the office at `head`, which stands there without
  /// a place. Empty when `head` is no such office.
  [[nodiscard]] std::set<std::int32_t> persons_in_office(std::uint32_t head) const;

  /// The speaker, with the whole name of whom the article names by surname and office only.
  [[nodiscard]] Speaker with_whole_name(Speaker speaker) const;

 private:
  /// Whether the article calls a person by another office than the one of the table: "Chancellor Ada Lowe" is
  /// no prime minister yet.
  [[nodiscard]] bool holds_another(std::int32_t person, const OfficeHolder& holder) const;
  /// When an office was held, as the reasons tell it.
  [[nodiscard]] std::string_view when() const;
  /// Whom the article names by surname only, and with an office that somebody of that surname held on its
  /// day.
  void find_office_holders();
  /// Who of the article's persons held an office; `holder_of` gives the holder of a surname.
  template <class HolderOf>
  [[nodiscard]] std::optional<Speaker> only_holder(const HolderOf& holder_of, std::string_view when,
                                                   bool placed) const;
  [[nodiscard]] std::optional<Speaker> only_holder(const PrintedOffice& printed) const;

  const Words& words_;
  const Offices& offices_;
  const People& people_;
  std::string_view published_;
  StepCounter& steps_;
  std::unordered_map<std::int32_t, OfficeHolder> office_holders_;  ///< by person
};

}  // namespace onrecord
