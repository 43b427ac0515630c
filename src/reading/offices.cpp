#include "reading/offices.h"

#include <algorithm>
#include <array>

#include "language/characters.h"
#include "reading/cues.h"
#include "reading/phrase_heads.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kLongestOffice = 3;  // "secretary of state"
constexpr std::size_t kDay = 10;             // "2031-05-04"

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string joined(const Words& words, std::uint32_t begin, std::uint32_t end) {
  std::string out;
  for (std::uint32_t t = begin; t < end; ++t) out += (out.empty() ? "" : " ") + lower(words.text(t));
  return out;
}

/// The office is not held: "former", "then-", "deputy".
bool is_not_in_office(const Words& words, std::uint32_t token) {
  static constexpr std::array<std::string_view, 17> kWords = {
      "former", "ex",      "then",     "late",     "deputy",   "vice",    "acting", "assistant", "next",
      "future", "onetime", "one-time", "incoming", "outgoing", "interim", "shadow", "state"};
  return words.is_one_of(token, kWords);
}

}  // namespace

Offices::Offices(const WordLists& lists) {
  std::multimap<std::string, std::string> names;
  std::set<std::string> countries = {"*"};
  for (const auto& row : lists.rows("demonyms")) {
    if (row.size() > 1) names.emplace(lower(row[1]), row[0]), countries.insert(row[0]);
  }
  std::set<std::string> regional;
  for (const auto& row : lists.rows("offices")) {
    if (row.size() > 1 && !countries.contains(row[1])) regional.insert(row[0]);
  }
  for (const auto& row : lists.rows("offices")) {
    if (row.size() < 5) continue;
    holders_.emplace(row[0], OfficeHolder{row[0], row[1], row[2], row[3], row[4],
                                          row.size() > 5 ? row[5] : "", regional.contains(row[0])});
    if (row[1] != "*") places_.emplace(row[1], row[1]);
  }
  for (const auto& [word, name] : names) {
    places_.emplace(word, name);
    // Britain and the United Kingdom have one adjective: each is called by the other's name.
    const auto [begin, end] = names.equal_range(word);
    for (auto other = begin; other != end; ++other) places_.emplace(name, other->second);
  }
}

std::set<std::string> Offices::places_called(const std::string& word) const {
  std::set<std::string> places;
  const auto [begin, end] = places_.equal_range(word);
  for (auto at = begin; at != end; ++at) places.insert(at->second);
  if (!places.empty() || !word.contains('.')) return places;
  std::string without_stops = word;
  std::erase(without_stops, '.');
  return places_called(without_stops);
}

std::set<std::string> Offices::place_before(const Words& words, std::uint32_t office) const {
  std::uint32_t end = office;
  if (end > 0 && (words.equals(end - 1, "'s") || words.text(end - 1) == "\xE2\x80\x99s")) --end;
  for (const std::uint32_t length : {2U, 1U}) {
    if (end < length || !words.is_capital(end - length)) continue;
    if (auto places = places_called(joined(words, end - length, end)); !places.empty()) return places;
  }
  return {};
}

std::set<std::string> Offices::place_after(const Words& words, std::uint32_t end) const {
  if (!words.equals(end, "of") && !words.equals(end, "from")) return {};
  std::uint32_t begin = end + 1;
  if (words.equals(begin, "the")) ++begin;
  for (const std::uint32_t length : {2U, 1U}) {
    if (!words.is_capital(begin)) continue;
    if (auto places = places_called(joined(words, begin, begin + length)); !places.empty()) return places;
  }
  return {};
}

TokenRange Offices::words_of_office(const Words& words, std::uint32_t head) const {
  for (std::uint32_t length = kLongestOffice; length > 0; --length) {
    for (const std::uint32_t begin : {head, head + 1 - std::min(head + 1, length)}) {
      const std::uint32_t end = begin + length;
      if (end > words.size() || head < begin || head >= end) continue;
      if (holders_.contains(joined(words, begin, end))) return {begin, end};
    }
  }
  return {};
}

std::optional<PrintedOffice> Offices::office_at(const Words& words, std::uint32_t head) const {
  const TokenRange office = words_of_office(words, head);
  if (office.empty()) return std::nullopt;
  const std::uint32_t begin = office.begin;
  // "the 2012 Republican nominee", too.
  if (begin > 0 && (is_not_in_office(words, begin - 1) || words.text(begin - 1) == "-" ||
                    words.text(begin - 1).find_first_of("0123456789") != std::string_view::npos))
    return std::nullopt;
  std::set<std::string> places = place_before(words, begin);
  if (!places.empty()) {
    // "the former German chancellor"
    for (std::uint32_t back = 1; back <= 3 && back <= begin; ++back) {
      if (is_not_in_office(words, begin - back)) return std::nullopt;
    }
  } else {
    places = place_after(words, office.end);
  }
  return PrintedOffice{joined(words, begin, office.end), std::move(places), office};
}

std::optional<PrintedOffice> Offices::former_office_at(const Words& words, std::uint32_t head) const {
  const TokenRange office = words_of_office(words, head);
  if (office.empty() || office.begin == 0) return std::nullopt;
  std::set<std::string> places = place_before(words, office.begin);
  const std::uint32_t before = office.begin - (places.empty() ? 1 : std::min(office.begin, 2U));
  if (!words.equals(before, "former")) return std::nullopt;
  if (places.empty()) places = place_after(words, office.end);
  return PrintedOffice{joined(words, office.begin, office.end), std::move(places), office};
}

template <class Fits>
const OfficeHolder* Offices::only_holder(const std::string& office, const Fits& fits) const {
  const OfficeHolder* found = nullptr;
  const auto [begin, end] = holders_.equal_range(office);
  for (auto at = begin; at != end; ++at) {
    if (!fits(at->second)) continue;
    if (found != nullptr && found->name != at->second.name) return nullptr;
    found = &at->second;
  }
  return found;
}

const OfficeHolder* Offices::holder(const PrintedOffice& printed, std::string_view surname,
                                    std::string_view day) const {
  // In a text without a date: whoever of that surname held it at any time.
  const bool dated = day.size() >= kDay;
  if (!dated && surname.empty()) return nullptr;
  day = day.substr(0, kDay);
  return only_holder(printed.office, [&](const OfficeHolder& one) {
    if (dated && (day < one.since || day > one.until)) return false;
    const bool here = one.place == "*" || printed.places.contains(one.place);
    return surname.empty() ? here
                           : (here || printed.places.empty()) && folded(last_word(one.name)) == surname;
  });
}

const OfficeHolder* Offices::former_holder(const PrintedOffice& printed, std::string_view surname,
                                           std::string_view day) const {
  if (day.size() < kDay) return nullptr;
  day = day.substr(0, kDay);
  return only_holder(printed.office, [&](const OfficeHolder& one) {
    const bool here = printed.places.empty() || one.place == "*" || printed.places.contains(one.place);
    return here && day > one.until && folded(last_word(one.name)) == surname;
  });
}

}  // namespace onrecord
