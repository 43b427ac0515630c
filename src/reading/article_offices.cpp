#include "reading/article_offices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "language/characters.h"

namespace onrecord {
namespace {

/// "prime minister of united kingdom on the day of publication (offices)".
constexpr std::string_view kOnTheDay = "on the day of publication";
constexpr std::string_view kAtSomeTime = "at some time, the article having no date";

std::string as_told(const OfficeHolder& holder, std::string_view when) {
  return fmt::format("{}{} {} (offices)", holder.office, holder.place == "*" ? "" : " of " + holder.place,
                     when);
}

/// Whether a person of the holder's surname has the same first name, or none in the article.
bool may_be(const Person& person, const OfficeHolder& holder) {
  return person.names.size() < 2 ||
         holder.name.starts_with(person.full_name.substr(0, person.full_name.find(' ')));
}

}  // namespace

ArticleOffices::ArticleOffices(const Words& words, const Offices& offices, const People& people,
                               std::string_view published, StepCounter& steps)
    : words_(words), offices_(offices), people_(people), published_(published), steps_(steps) {
  find_office_holders();
}

std::string_view ArticleOffices::when() const { return published_.empty() ? kAtSomeTime : kOnTheDay; }

void ArticleOffices::find_office_holders() {
  for (const PersonMention& mention : people_.mentions()) {
    steps_.count();
    const Person& person = people_.person(mention.person);
    if (person.names.size() > 1 || mention.name.size() > 1 || mention.name.begin == 0) continue;
    const auto printed = offices_.office_at(words_, mention.name.begin - 1);
    if (!printed || printed->words.end != mention.name.begin) continue;
    const OfficeHolder* holder = offices_.holder(*printed, person.names[0], published_);
    if (holder != nullptr && holder->regional && printed->places.empty()) continue;
    if (holder != nullptr) office_holders_.try_emplace(mention.person, *holder);
  }
}

Speaker ArticleOffices::with_whole_name(Speaker speaker) const {
  const auto in_office = office_holders_.find(speaker.person);
  if (in_office == office_holders_.end() || speaker.name != people_.person(speaker.person).full_name)
    return speaker;
  speaker.reason += "; " + in_office->second.name + " was " + as_told(in_office->second, when());
  speaker.name = in_office->second.name;
  return speaker;
}

std::optional<Speaker> ArticleOffices::of_office(std::uint32_t head) const {
  const auto printed = offices_.office_at(words_, head);
  if (!printed) return std::nullopt;
  const OfficeHolder* holder = offices_.holder(*printed, {}, published_);
  // One of several: whom of them the article names.
  if (holder == nullptr && !printed->places.empty()) return only_holder(*printed);
  if (holder == nullptr) return std::nullopt;
  // "the Democratic nominee for governor"
  const std::uint32_t end = printed->words.end;
  if (holder->place == "*" && words_.equals(end, "for") && !words_.equals(end + 1, "president"))
    return std::nullopt;
  Speaker speaker{holder->name, SpeakerKind::kPerson, -1, 0.85F, as_told(*holder, when())};
  const std::string surname = folded(std::string_view(holder->name).substr(holder->name.rfind(' ') + 1));
  for (std::size_t i = 0; i < people_.persons().size(); ++i) {
    const Person& person = people_.persons()[i];
    if (person.names.back() != surname) continue;
    // The article names two of that surname, or another one.
    if (speaker.person >= 0 || !may_be(person, *holder)) return std::nullopt;
    speaker.person = static_cast<std::int32_t>(i);
    if (person.names.size() > 1) speaker.name = person.full_name;
  }
  return speaker;
}

bool ArticleOffices::holds_another(std::int32_t person, const OfficeHolder& holder) const {
  static constexpr std::array<std::string_view, 6> kOffices = {"chancellor", "secretary", "governor",
                                                               "senator",    "mayor",     "president"};
  return std::ranges::any_of(kOffices, [&](std::string_view office) {
    const std::vector<PersonRole>* called = people_.with_role(std::string(office));
    return called != nullptr && !holder.office.contains(office) &&
           std::ranges::find(*called, person, &PersonRole::person) != called->end();
  });
}

template <class HolderOf>
std::optional<Speaker> ArticleOffices::only_holder(const HolderOf& holder_of, std::string_view when,
                                                   bool placed) const {
  std::optional<Speaker> only;
  for (std::size_t i = 0; i < people_.persons().size(); ++i) {
    steps_.count();
    const Person& person = people_.persons()[i];
    const OfficeHolder* holder = holder_of(person.surname);
    if (holder == nullptr || !may_be(person, *holder)) continue;
    if (published_.empty() && holds_another(static_cast<std::int32_t>(i), *holder)) continue;
    if ((published_.empty() || (holder->regional && !placed)) && person.names.size() < 2) continue;
    if (only) return std::nullopt;
    only = Speaker{person.names.size() < 2 ? holder->name : person.full_name, SpeakerKind::kPerson,
                   static_cast<std::int32_t>(i), 0.75F, as_told(*holder, when)};
  }
  return only;
}

std::optional<Speaker> ArticleOffices::only_holder(const PrintedOffice& printed) const {
  return only_holder(
      [&](const std::string& surname) { return offices_.holder(printed, surname, published_); }, when(),
      !printed.places.empty());
}

std::optional<Speaker> ArticleOffices::of_office_somewhere(std::uint32_t head) const {
  if (const auto printed = offices_.office_at(words_, head)) {
    if (!printed->places.empty()) return std::nullopt;
    return only_holder(*printed);
  }
  if (const auto former = offices_.former_office_at(words_, head)) {
    return only_holder(
        [&](const std::string& surname) { return offices_.former_holder(*former, surname, published_); },
        "before the day of publication", false);
  }
  return std::nullopt;
}

std::set<std::int32_t> ArticleOffices::persons_in_office(std::uint32_t head) const {
  const auto printed = offices_.office_at(words_, head);
  if (!printed || !printed->places.empty()) return {};
  std::set<std::int32_t> all;
  for (std::size_t i = 0; i < people_.persons().size(); ++i) {
    steps_.count();
    const Person& person = people_.persons()[i];
    const OfficeHolder* holder = offices_.holder(*printed, person.surname, published_);
    if (holder != nullptr && person.names.size() > 1 && may_be(person, *holder))
      all.insert(static_cast<std::int32_t>(i));
  }
  // One after the other: without a date nobody knows which.
  if (published_.empty() && all.size() > 1) return {};
  return all;
}

}  // namespace onrecord
