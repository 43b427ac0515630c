// Links as statements: around the fullest wording stand all that give a part of it.
#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "compare/collation_words.h"
#include "compare/statements.h"

namespace onrecord {
namespace {

/// What a link says of one end, seen from the other.
struct Neighbour {
  std::uint32_t node = 0;
  const QuotationLink* link = nullptr;
};

/// Quotations with links, by number, in canonical order.
class LinkGraph {
 public:
  LinkGraph(const Coverage& coverage, std::span<const QuotationLink> links) : coverage_(coverage) {
    for (const QuotationLink& link : links) {
      if (!link.proposed) places_.push_back(link.first), places_.push_back(link.second);
    }
    std::ranges::sort(places_);
    places_.erase(std::ranges::unique(places_).begin(), places_.end());
    neighbours_.resize(places_.size());
    for (const QuotationLink& link : links) {
      if (link.proposed) continue;
      const std::uint32_t a = number(link.first);
      const std::uint32_t b = number(link.second);
      neighbours_[a].push_back({b, &link});
      neighbours_[b].push_back({a, &link});
    }
    measure();
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(places_.size()); }
  [[nodiscard]] QuotationPlace place(std::uint32_t node) const { return places_[node]; }
  [[nodiscard]] std::uint32_t words(std::uint32_t node) const { return words_[node]; }
  /// Whether both stand in one article, and have bytes of it in common.
  [[nodiscard]] bool overlap(std::uint32_t a, std::uint32_t b) const {
    return one_article(a, b) && reach_[a].overlaps(reach_[b]);
  }
  [[nodiscard]] bool one_article(std::uint32_t a, std::uint32_t b) const {
    return places_[a].article == places_[b].article;
  }
  [[nodiscard]] const std::vector<Neighbour>& neighbours(std::uint32_t node) const {
    return neighbours_[node];
  }

  /// The fullest first: marks before an outlet's own words, then length, then the canonical order.
  [[nodiscard]] std::vector<std::uint32_t> by_fullness() const {
    std::vector<std::uint32_t> order(size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      const auto key = [&](std::uint32_t node) { return std::tuple(!quoted_[node], ~words_[node], node); };
      return key(a) < key(b);
    });
    return order;
  }

 private:
  [[nodiscard]] std::uint32_t number(QuotationPlace place) const {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(places_, place) - places_.begin());
  }
  void measure() {
    words_.reserve(size());
    quoted_.reserve(size());
    for (const QuotationPlace place : places_) {
      const auto covered = coverage_.article(place.article);
      const Quotation& quotation = covered->quotations[place.quotation].quotation;
      const auto words = collation_words(covered->article.text, quotation);
      words_.push_back(static_cast<std::uint32_t>(std::ranges::count(words, false, &CollationWord::nothing)));
      reach_.push_back({quotation.content.front().begin, quotation.content.back().end});
      quoted_.push_back(std::ranges::any_of(words, &CollationWord::quoted));
    }
  }

  const Coverage& coverage_;
  std::vector<QuotationPlace> places_;
  std::vector<std::vector<Neighbour>> neighbours_;
  std::vector<std::uint32_t> words_;
  std::vector<Span> reach_;
  std::vector<bool> quoted_;
};

/// Copies word for word are one node: what is linked to one of them is linked to all.
class Copies {
 public:
  explicit Copies(const LinkGraph& graph) : head_(graph.size()) {
    std::iota(head_.begin(), head_.end(), 0U);
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      for (const Neighbour& other : graph.neighbours(node)) {
        if (other.node < node && other.link->relation == WitnessRelation::kIdentical) join(other.node, node);
      }
    }
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      head_[node] = head_[head_[node]];  // the head of what comes before is known
      members_[head_[node]].push_back(node);
    }
  }
  /// The first of a node's copies.
  [[nodiscard]] std::uint32_t head(std::uint32_t node) const { return head_[node]; }
  [[nodiscard]] const std::vector<std::uint32_t>& members(std::uint32_t head) const {
    return members_.at(head);
  }

 private:
  std::uint32_t find(std::uint32_t node) {
    while (head_[node] != node) node = head_[node] = head_[head_[node]];
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a), b = find(b);
    head_[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::uint32_t> head_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> members_;
};

class Grouping {
 public:
  Grouping(const Coverage& coverage, std::span<const QuotationLink> links)
      : coverage_(coverage), graph_(coverage, links), copies_(graph_) {}

  std::vector<StatementGroup> group() {
    std::vector<StatementGroup> groups;
    std::vector<std::set<std::uint32_t>> bases_of(graph_.size());  // by head of copies
    const std::vector<std::uint32_t> order = graph_.by_fullness();
    fullness_.resize(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) fullness_[order[i]] = i;
    for (const std::uint32_t node : order) {
      const std::uint32_t head = copies_.head(node);
      if (!grouped_.insert(head).second) continue;
      std::map<std::uint32_t, const QuotationLink*> witnesses = around(head);
      drop_nested(node, witnesses);
      if (witnesses.size() < 2) continue;
      if (!tells_something_new(head, witnesses, bases_of)) continue;
      for (const auto& [witness, link] : witnesses) bases_of[copies_.head(witness)].insert(head);
      groups.push_back(make(with_fullest_base(node, witnesses), witnesses));
    }
    drop_parts(groups);
    std::ranges::sort(groups, {}, [](const StatementGroup& group) {
      return std::pair(group.witnesses.front().place, group.base);
    });
    return groups;
  }

 private:
  /// The copies of a node and what is linked to one of them, with its copies; each with a link that tells so.
  [[nodiscard]] std::map<std::uint32_t, const QuotationLink*> around(std::uint32_t head) const {
    std::map<std::uint32_t, const QuotationLink*> found;
    std::map<std::uint32_t, const QuotationLink*> heads;
    const auto keep = [](const QuotationLink*& known, const QuotationLink* link) {
      if (known == nullptr || link->confidence > known->confidence) known = link;
    };
    for (const std::uint32_t member : copies_.members(head)) {
      found.try_emplace(member, nullptr);
      for (const Neighbour& other : graph_.neighbours(member)) {
        keep(found[other.node], other.link);
        if (const std::uint32_t of_other = copies_.head(other.node); of_other != head)
          keep(heads[of_other], other.link);
      }
    }
    for (const auto& [of_other, link] : heads) {
      for (const std::uint32_t copy : copies_.members(of_other)) found.try_emplace(copy, link);
    }
    return found;
  }

  /// What others gather around may be a part of a fuller witness: then that one is the base.
  [[nodiscard]] std::uint32_t with_fullest_base(
      std::uint32_t hub, std::map<std::uint32_t, const QuotationLink*>& witnesses) const {
    std::uint32_t base = hub;
    for (const auto& [node, link] : witnesses) {
      if (fullness_[node] < fullness_[base]) base = node;
    }
    if (base != hub) witnesses[hub] = std::exchange(witnesses[base], nullptr);
    return base;
  }

  /// Leaves out groups all of whose witnesses stand in another one.
  static void drop_parts(std::vector<StatementGroup>& groups) {
    const auto places_of = [](const StatementGroup& group) {
      std::set<QuotationPlace> places;
      for (const Witness& witness : group.witnesses) places.insert(witness.place);
      return places;
    };
    std::map<QuotationPlace, std::vector<std::size_t>> groups_with;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (const Witness& witness : groups[i].witnesses) groups_with[witness.place].push_back(i);
    }
    std::vector<StatementGroup> kept;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const std::set<QuotationPlace> own = places_of(groups[i]);
      const bool is_part = std::ranges::any_of(groups_with.at(*own.begin()), [&](std::size_t other) {
        if (other == i) return false;
        const std::set<QuotationPlace> others = places_of(groups[other]);
        const bool larger = others.size() > own.size() || (others.size() == own.size() && other < i);
        return larger && std::ranges::includes(others, own);
      });
      if (!is_part) kept.push_back(groups[i]);
    }
    groups = std::move(kept);
  }

  /// Of two quotations of which one stands inside the other ("X said that Y had promised ..."), the one that
  /// is more surely a witness stays.
  void drop_nested(std::uint32_t base, std::map<std::uint32_t, const QuotationLink*>& witnesses) const {
    const auto sureness = [&](const auto& witness) {
      const float confidence = witness.second == nullptr ? 1.0F : witness.second->confidence;
      return std::tuple(witness.first == base, confidence, graph_.words(witness.first));
    };
    const auto gives_way = [&](auto one) {
      const auto is_surer = [&](auto other) {
        return graph_.overlap(one->first, other->first) &&
               (sureness(*one) < sureness(*other) ||
                (sureness(*one) == sureness(*other) && one->first > other->first));
      };
      // Those of one article stand beside each other.
      for (auto other = one; other != witnesses.begin();) {
        if (!graph_.one_article((--other)->first, one->first)) break;
        if (is_surer(other)) return true;
      }
      for (auto other = std::next(one); other != witnesses.end(); ++other) {
        if (!graph_.one_article(other->first, one->first)) break;
        if (is_surer(other)) return true;
      }
      return false;
    };
    for (auto one = witnesses.begin(); one != witnesses.end();) {
      one = gives_way(one) ? witnesses.erase(one) : std::next(one);
    }
  }

  /// Whether two of the witnesses stand together in no statement yet: the base, a witness of others itself,
  /// has one that none of them has.
  [[nodiscard]] bool tells_something_new(std::uint32_t head,
                                         const std::map<std::uint32_t, const QuotationLink*>& witnesses,
                                         const std::vector<std::set<std::uint32_t>>& bases_of) const {
    const std::set<std::uint32_t>& own = bases_of[head];
    if (own.empty()) return true;
    return std::ranges::any_of(witnesses, [&](const auto& witness) {
      const std::set<std::uint32_t>& of_witness = bases_of[copies_.head(witness.first)];
      return std::ranges::none_of(own, [&](std::uint32_t base) { return of_witness.contains(base); });
    });
  }

  [[nodiscard]] StatementGroup make(std::uint32_t base,
                                    const std::map<std::uint32_t, const QuotationLink*>& witnesses) const {
    StatementGroup group;
    group.base = graph_.place(base);
    for (const auto& [node, link] : witnesses)
      group.witnesses.push_back(witness(group.base, graph_.place(node), link));
    return group;
  }

  [[nodiscard]] Witness witness(QuotationPlace base, QuotationPlace place, const QuotationLink* link) const {
    Witness made;
    made.place = place;
    if (place == base) return made;
    const auto a = coverage_.article(base.article);
    const auto b = coverage_.article(place.article);
    const Collation collation = collate(a->article.text, a->quotations[base.quotation].quotation,
                                        b->article.text, b->quotations[place.quotation].quotation);
    made.relation = collation.relation;
    made.altered = collation.altered;
    if (link != nullptr) made.confidence = link->confidence;
    const bool is_direct = link != nullptr && (link->first == base || link->second == base) &&
                           (link->first == place || link->second == place);
    if (is_direct) {
      made.reason = link->reason;
    } else {
      made.reason = "the words of another witness";
      if (collation.altered) made.reason += "; " + collation.what_changed;
    }
    return made;
  }

  const Coverage& coverage_;
  LinkGraph graph_;
  Copies copies_;
  std::set<std::uint32_t> grouped_;
  std::vector<std::uint32_t> fullness_;  // by node: its place when the fullest stands first
};

}  // namespace

std::vector<StatementGroup> group_statements(const Coverage& coverage, std::span<const QuotationLink> links) {
  return Grouping(coverage, links).group();
}

}  // namespace onrecord
