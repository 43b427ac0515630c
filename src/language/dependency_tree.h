// Sentences and repaired arcs of a parse, as spaCy makes them after its parser (doc.pyx, nonproj.pyx).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace onrecord::spacy {

/// The leftmost and rightmost word below every word, and where sentences start.
struct TreeEdges {
  std::vector<std::uint32_t> left;
  std::vector<std::uint32_t> right;
  std::vector<std::uint8_t> starts;  ///< 1 at the leftmost word below each root
};

/// `heads[i]` is the head of word i, i itself for a root. At most 12 passes over the words.
void find_edges(std::span<const std::uint32_t> heads, TreeEdges& edges);

/// A label of an arc that training lifted to make the tree projective: "dobj||ccomp" is a dobj that belongs
/// below the ccomp. `label` is what stands before the bars, `lifted_from` what stands behind, 0 for other
/// labels.
struct LiftedLabel {
  std::uint32_t label = 0;
  std::uint32_t lifted_from = 0;
};

/// Puts lifted words back below the first word of the wanted label under their head, breadth first, and gives
/// them their plain label. `is_space` words are no candidates. `lifted` maps a label to its parts. `edges`
/// must be those of `heads` on entry; they are renewed.
void deprojectivize(std::span<std::uint32_t> heads, std::span<std::uint32_t> labels,
                    std::span<const std::uint8_t> is_space, std::span<const LiftedLabel> lifted,
                    TreeEdges& edges);

}  // namespace onrecord::spacy
