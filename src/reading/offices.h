// Who held an office on a day: "the German chancellor", "Chancellor Merkel" (data/offices.txt).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reading/words.h"
#include "text/word_list.h"

namespace onrecord {

struct OfficeHolder {
  std::string office;  ///< folded: "prime minister"
  std::string place;   ///< folded: "united kingdom"; "*" when the office needs none
  std::string name;
  std::string since, until;  ///< ISO days, both included
  std::string source;        ///< where the row is from
  bool regional = false;     ///< of a part of a country, as other places have it at the same time: governors
};

/// An office as an article prints it.
struct PrintedOffice {
  std::string office;
  std::set<std::string> places;  ///< what the place beside it may be; empty when none stands there
  TokenRange words;              ///< of the office alone
};

/// The table of offices. Immutable: may be used by several threads at once.
class Offices {
 public:
  explicit Offices(const WordLists& lists);

  /// The office whose last word or, with an "of" in it, first word is `head`, with the place before it
  /// ("German", "Germany's") or after it ("of Germany", "from Ohio"). Nothing when `head` is no office of the
  /// table, or a former, a coming or a deputy one.
  [[nodiscard]] std::optional<PrintedOffice> office_at(const Words& words, std::uint32_t head) const;
  /// Who held it on `day` (ISO, of which the first ten characters count). With a surname (folded), who of
  /// that surname did, and no place is needed; with a surname and no day, who did at any time. Null when
  /// nobody or more than one fits: on the day when an office changes hands, too.
  [[nodiscard]] const OfficeHolder* holder(const PrintedOffice& printed, std::string_view surname,
                                           std::string_view day) const;

  /// The same of "the former German chancellor".
  [[nodiscard]] std::optional<PrintedOffice> former_office_at(const Words& words, std::uint32_t head) const;
  /// Who of a surname (folded) held it before `day`. Null when nobody or more than one did.
  [[nodiscard]] const OfficeHolder* former_holder(const PrintedOffice& printed, std::string_view surname,
                                                  std::string_view day) const;

 private:
  /// Null when none fits, or several.
  template <class Fits>
  [[nodiscard]] const OfficeHolder* only_holder(const std::string& office, const Fits& fits) const;
  /// The longest office that `head` is the last word or, with an "of" in it, the first word of; else empty.
  [[nodiscard]] TokenRange words_of_office(const Words& words, std::uint32_t head) const;
  [[nodiscard]] std::set<std::string> places_called(const std::string& word) const;
  [[nodiscard]] std::set<std::string> place_before(const Words& words, std::uint32_t office) const;
  [[nodiscard]] std::set<std::string> place_after(const Words& words, std::uint32_t end) const;

  std::multimap<std::string, OfficeHolder> holders_;  ///< by office
  std::multimap<std::string, std::string> places_;    ///< by name, adjective or abbreviation
};

}  // namespace onrecord
