// What an article tells of where its text comes from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare/coverage.h"

namespace onrecord {

/// An agency whose report an article says it prints.
struct AgencyCopy {
  std::string agency;    ///< full name; empty when it tells of none
  std::string evidence;  ///< where it stands, as a clause: "its author is the Associated Press"
};

/// Signs of origin, read once an article. A value.
struct Provenance {
  std::string outlet;                        ///< in small letters, without "the"
  std::string printed_outlet;                ///< as the article has it
  std::string host;                          ///< of its own address, without "www."
  std::string address;                       ///< its own canonical URL
  std::vector<std::string> other_addresses;  ///< canonical URLs on other sites that it names as its own
  std::string republication;                 ///< what notices of republication say, in small letters
  AgencyCopy by_author;               ///< an agency is author, or has the copyright or credit of the text
  AgencyCopy by_dateline;             ///< "(AP)" in the dateline
  std::string own_agency;             ///< the outlet is this agency
  std::vector<std::string> credited;  ///< outlets that statements are reported on the word of, as `outlet`
  std::string published;              ///< ISO 8601
  bool is_release = false;            ///< a press release

  /// The agency whose report the text is; empty when nothing tells of one.
  [[nodiscard]] const std::string& agency() const {
    if (!own_agency.empty()) return own_agency;
    return by_author.agency.empty() ? by_dateline.agency : by_author.agency;
  }
};

/// Costs one pass over fields and paragraphs. "The Associated Press contributed to this report" and credits
/// of pictures tell nothing of the text.
[[nodiscard]] Provenance provenance_of(const CoveredArticle& article);

/// The agency that `passage` says somebody told something ("told AFP", "told The Associated Press"): only the
/// agency itself writes so of itself. Full name; empty when there is none.
[[nodiscard]] std::string agency_told(std::string_view passage);

}  // namespace onrecord
