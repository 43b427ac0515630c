#include "compare/reuse_direction.h"

#include <fmt/format.h>

#include <algorithm>

#include "intake/canonical_url.h"

namespace onrecord {
namespace {

/// What is asked of the two in turn: "does `one` say that it has the text from `other`?"
using Question = std::string (*)(const Provenance& one, const Provenance& other);

std::string by_canonical_link(const Provenance& one, const Provenance& other) {
  for (const std::string& address : one.other_addresses) {
    if (!other.address.empty() && (address == other.address || same_site(address, other.address))) {
      return fmt::format("names {} as its canonical address", address);
    }
  }
  return {};
}

std::string by_notice(const Provenance& one, const Provenance& other) {
  if (one.republication.empty()) return {};
  const auto names = [&](const std::string& name) {
    return name.size() > 2 && one.republication.find(name) != std::string::npos;
  };
  if (names(other.outlet)) return fmt::format("says that {} published it first", other.printed_outlet);
  if (names(other.host)) return fmt::format("says that {} published it first", other.host);
  return {};
}

std::string by_credit(const Provenance& one, const Provenance& other) {
  const bool credits = !other.outlet.empty() && std::ranges::binary_search(one.credited, other.outlet);
  return credits ? fmt::format("reports on the word of {}", other.printed_outlet) : std::string();
}

/// Which one says so; nothing when none does, or both.
DirectionVerdict ask(Question question, const Provenance& first, const Provenance& second) {
  const std::string of_first = question(first, second);
  const std::string of_second = question(second, first);
  if (of_first.empty() == of_second.empty()) return {};
  if (!of_first.empty()) return {ReuseDirection::kFirstFromSecond, "the first " + of_first};
  return {ReuseDirection::kSecondFromFirst, "the second " + of_second};
}

/// An agency's report, if one or both are copies of it. When one outlet is the agency, the other has it from
/// there.
DirectionVerdict by_agency(const Provenance& first, const AgencyCopy& of_first, const Provenance& second,
                           const AgencyCopy& of_second) {
  const auto is_copy_of = [](const AgencyCopy& copy, const Provenance& other) {
    return !copy.agency.empty() && copy.agency == other.own_agency;
  };
  if (is_copy_of(of_first, second)) return {ReuseDirection::kFirstFromSecond, of_first.evidence};
  if (is_copy_of(of_second, first)) return {ReuseDirection::kSecondFromFirst, of_second.evidence};
  if (!of_first.agency.empty() && !of_second.agency.empty() && of_first.agency != of_second.agency) return {};
  const AgencyCopy& copy = of_first.agency.empty() ? of_second : of_first;
  if (copy.agency.empty()) return {};
  return {ReuseDirection::kBothFromAgency, copy.evidence};
}

/// The agency's own site printed one of them. Of a report that was taken in part both hold another version.
DirectionVerdict by_agency_site(const Provenance& first, const Provenance& second, ReuseClass reuse) {
  if (first.own_agency.empty() == second.own_agency.empty()) return {};
  if (reuse == ReuseClass::kPartialCopy) {
    return {ReuseDirection::kBothFromAgency,
            fmt::format("one is {}'s own", first.own_agency + second.own_agency)};
  }
  if (!first.own_agency.empty()) {
    return {ReuseDirection::kSecondFromFirst, fmt::format("the first is {}'s own", first.own_agency)};
  }
  return {ReuseDirection::kFirstFromSecond, fmt::format("the second is {}'s own", second.own_agency)};
}

/// Days only: hours are told in zones that nobody names.
int compare_days(std::string_view first, std::string_view second) {
  if (first.size() < 10 || second.size() < 10) return 0;
  return first.substr(0, 10).compare(second.substr(0, 10));
}

DirectionVerdict by_time(const Provenance& first, const Provenance& second, const ReuseMeasures& measures,
                         ReuseClass reuse) {
  const int days = compare_days(first.published, second.published);
  if (days == 0 || (reuse != ReuseClass::kFullReprint && reuse != ReuseClass::kAbridged)) return {};
  const bool first_is_longer = measures.first.narrative >= measures.second.narrative;
  const bool longer_is_earlier = (days < 0) == first_is_longer;
  if (reuse == ReuseClass::kAbridged && !longer_is_earlier) return {};
  return {days < 0 ? ReuseDirection::kSecondFromFirst : ReuseDirection::kFirstFromSecond,
          fmt::format("the {} was published earlier", days < 0 ? "first" : "second"), true};
}

}  // namespace

DirectionVerdict direction_of(const Provenance& first, const Provenance& second,
                              const ReuseMeasures& measures, ReuseClass reuse, std::string_view shared) {
  if (reuse == ReuseClass::kQuotesOnly || reuse == ReuseClass::kIndependent) return {};
  DirectionVerdict verdict = ask(by_canonical_link, first, second);
  const auto or_else = [&](auto&& next) {
    if (verdict.evidence.empty()) verdict = next();
  };
  or_else([&] { return ask(by_notice, first, second); });
  or_else([&] { return by_agency(first, first.by_author, second, second.by_author); });
  or_else([&] { return by_agency_site(first, second, reuse); });
  or_else([&] { return by_agency(first, first.by_dateline, second, second.by_dateline); });
  or_else([&]() -> DirectionVerdict {
    const std::string agency = agency_told(shared);
    if (agency.empty()) return {};
    return {ReuseDirection::kBothFromAgency, fmt::format("the shared words are told to {}", agency)};
  });
  or_else([&] { return ask(by_credit, first, second); });
  or_else([&] { return by_time(first, second, measures, reuse); });
  return verdict;
}

}  // namespace onrecord
