#include "language/dependency_tree.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace onrecord::spacy {
namespace {

constexpr int kMostPasses = 12;  // spaCy's set_children_from_heads gives up after ten and the first two

void widen(std::span<const std::uint32_t> heads, std::size_t i, TreeEdges& edges) {
  const std::uint32_t head = heads[i];
  edges.left[head] = std::min(edges.left[head], edges.left[i]);
  edges.right[head] = std::max(edges.right[head], edges.right[i]);
}

/// Whether in every piece between two starts all heads lie in the piece or on the word behind it.
bool sentences_hold(std::span<const std::uint32_t> heads, const TreeEdges& edges) {
  const std::size_t count = heads.size();
  std::size_t begin = 0;
  for (std::size_t i = 1; i < count; ++i) {
    if (edges.starts[i] == 0 && i + 1 != count) continue;
    for (std::size_t j = begin; j < i; ++j) {
      if (heads[j] < begin || heads[j] > i) return false;
    }
    begin = i;
  }
  return true;
}

/// Breadth first below `from`: the first word labelled `wanted`, left to right on each level.
std::optional<std::uint32_t> find_below(std::uint32_t from, std::uint32_t wanted, std::uint32_t self,
                                        std::span<const std::uint32_t> heads,
                                        std::span<const std::uint32_t> labels,
                                        std::span<const std::uint8_t> is_space, const TreeEdges& edges) {
  std::vector<std::uint32_t> level = {from};
  std::vector<std::uint32_t> next;
  // No word comes twice unless heads run in a circle, which arcs cannot; the count ends that all the same.
  for (std::size_t seen = 0; !level.empty() && seen <= heads.size(); seen += level.size()) {
    next.clear();
    for (const std::uint32_t parent : level) {
      for (std::uint32_t child = edges.left[parent]; child <= edges.right[parent]; ++child) {
        if (heads[child] != parent || child == parent || child == self || is_space[child] != 0) continue;
        next.push_back(child);
      }
    }
    for (const std::uint32_t child : next) {
      if (labels[child] == wanted) return child;
    }
    level.swap(next);
  }
  return std::nullopt;
}

}  // namespace

void find_edges(std::span<const std::uint32_t> heads, TreeEdges& edges) {
  const std::size_t count = heads.size();
  edges.left.resize(count);
  edges.right.resize(count);
  std::iota(edges.left.begin(), edges.left.end(), 0U);
  std::iota(edges.right.begin(), edges.right.end(), 0U);
  for (int pass = 0; pass < kMostPasses; ++pass) {
    for (std::size_t i = 0; i < count; ++i) widen(heads, i, edges);
    for (std::size_t i = count; i > 0; --i) widen(heads, i - 1, edges);
    edges.starts.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
      if (heads[i] == i) edges.starts[edges.left[i]] = 1;
    }
    if (sentences_hold(heads, edges)) return;
  }
}

void deprojectivize(std::span<std::uint32_t> heads, std::span<std::uint32_t> labels,
                    std::span<const std::uint8_t> is_space, std::span<const LiftedLabel> lifted,
                    TreeEdges& edges) {
  bool changed = false;
  for (std::uint32_t i = 0; i < heads.size(); ++i) {
    const LiftedLabel& parts = lifted[labels[i]];
    if (parts.lifted_from == 0) continue;
    labels[i] = parts.label;
    changed = true;
    const auto found = find_below(heads[i], parts.lifted_from, i, heads, labels, is_space, edges);
    if (found) heads[i] = *found;
  }
  if (changed) find_edges(heads, edges);
}

}  // namespace onrecord::spacy
