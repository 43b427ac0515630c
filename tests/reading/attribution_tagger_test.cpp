#include "reading/attribution_tagger.h"

#include <gtest/gtest.h>

#include <string>

#include "language/string_ids.h"
#include "reading/attribution_model.h"

namespace onrecord {
namespace {

std::vector<TaggerToken> row_of_words(const std::vector<std::string_view>& words) {
  std::vector<TaggerToken> rows;
  for (const std::string_view word : words) {
    TaggerToken row;
    row.text = word;
    row.norm = row.prefix = row.suffix = row.shape = spacy::string_id(word);
    row.tag = "NN";
    row.head = static_cast<std::uint32_t>(rows.size());
    rows.push_back(row);
  }
  return rows;
}

TEST(AttributionTagger, LoadsWhatIsCompiledIn) {
  EXPECT_EQ(AttributionTagger::fast().vector_width(), 192U);
  EXPECT_EQ(AttributionTagger::precise().vector_width(), 192U);
}

TEST(AttributionTagger, RefusesAModelCutAnywhereOrWithMoreAtItsEnd) {
  for (const std::string_view whole : {fast_attribution_model(), precise_attribution_model()}) {
    for (std::size_t size = 0; size < whole.size(); size = size < 4096 ? size + 7 : size * 2) {
      EXPECT_FALSE(AttributionTagger::load(whole.substr(0, size)).has_value()) << size;
    }
  }
  EXPECT_FALSE(AttributionTagger::load(std::string(fast_attribution_model()) + "x").has_value());
  std::string wrong(fast_attribution_model());
  wrong[8] = '\x11';  // a width that is no multiple of 16
  EXPECT_FALSE(AttributionTagger::load(wrong).has_value());
}

TEST(AttributionTagger, APieceGoesOnOnlyWithItsOwnKind) {
  std::vector<TaggerToken> rows;
  for (int i = 0; i < 40; ++i) {
    for (TaggerToken& row :
         row_of_words({"the", "minister", "said", "that", "\"", "ferries", "will", "run", "\"", "."})) {
      row.head = static_cast<std::uint32_t>(rows.size());
      rows.push_back(row);
    }
  }
  for (const AttributionTagger* const tagger : {&AttributionTagger::fast(), &AttributionTagger::precise()}) {
    const auto [labels, margins] = tagger->tag(rows);
    ASSERT_EQ(labels.size(), rows.size());
    ASSERT_EQ(margins.size(), rows.size());
    for (const float margin : margins) EXPECT_GE(margin, 0.0F);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const auto label = static_cast<int>(labels[i]);
      if (label == 0 || label % 2 == 1) continue;
      ASSERT_GT(i, 0U);
      const auto before = static_cast<int>(labels[i - 1]);
      EXPECT_TRUE(before == label || before == label - 1) << i;
    }
  }
}

TEST(AttributionTagger, NothingGivesNothing) {
  EXPECT_TRUE(AttributionTagger::fast().tag({}).labels.empty());
  EXPECT_TRUE(AttributionTagger::precise().tag({}).labels.empty());
}

}  // namespace
}  // namespace onrecord
