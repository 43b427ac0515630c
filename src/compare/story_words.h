// The words of an article's story, told apart by whose they are.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compare/coverage.h"
#include "compare/folded_words.h"
#include "compare/reuse_index.h"

namespace onrecord {

/// The words of an article's story; quoted are those in marks and those of quotations that the reading found.
[[nodiscard]] FoldedWords story_words(const CoveredArticle& article);

/// The same with boilerplate marked, as the index has learnt it: a paragraph of which every sampled shingle
/// is boilerplate, and else the words from one such shingle to the next.
[[nodiscard]] FoldedWords story_words(const CoveredArticle& article, const ReuseIndex& index);

/// Who published the article: the outlet's name, else its address' host, both in small letters; empty when
/// neither is known.
[[nodiscard]] std::string outlet_of(const Article& article);

/// Numbers for outlets, from 1, by first appearance; 0 for an empty name.
class OutletNumbers {
 public:
  OutletNumber number(std::string_view outlet);

 private:
  std::map<std::string, OutletNumber, std::less<>> numbers_;
};

}  // namespace onrecord
