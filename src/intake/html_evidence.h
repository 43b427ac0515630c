// What the names of elements say about them.
#pragma once

#include <cstdint>
#include <vector>

#include "intake/html_tree.h"

namespace onrecord {

/// What an element, or one around it, is by its tag, role, class or id. Bits.
enum Evidence : std::uint16_t {
  kNoEvidence = 0,
  kClutter = 1,        ///< named as something that is not the article
  kApart = 2,          ///< <nav>, <aside>, <footer>, <form>
  kFigure = 4,         ///< <figure>
  kCaptionName = 8,    ///< <figcaption>, or named as a caption
  kCreditName = 16,    ///< named as a credit
  kBylineName = 32,    ///< named as a byline
  kSubtitleName = 64,  ///< named as a standfirst
  kDateName = 128,     ///< named as a date, <time>
  kListItem = 256,     ///< <li>
  kTable = 512,        ///< <table>
  kHeading = 1024,     ///< <h1> to <h6>
  kHeader = 2048,      ///< <header>
  kMainText = 4096,    ///< itemprop=articleBody
  kEmbed = 8192,       ///< a post of a social network
};

/// Whether the element's class calls it a credit. Costs O(bytes of the class).
[[nodiscard]] bool is_named_credit(const HtmlTree& tree, NodeIndex element);

/// The evidence of every node, that of the elements around it included. Costs O(nodes + bytes of names).
/// Elements for which `is_main` is true are not clutter whatever they are called, and neither `kApart`.
[[nodiscard]] std::vector<std::uint16_t> evidence_of(const HtmlTree& tree, const std::vector<bool>& is_main);

}  // namespace onrecord
