#include "reading/pronoun_evidence.h"

#include <gtest/gtest.h>

#include <string>

#include "language/plain_document.h"
#include "reading/plain_reader.h"

namespace onrecord {
namespace {

PronounEvidenceValues evidence_of(std::initializer_list<std::pair<PronounEvidence, float>> told) {
  PronounEvidenceValues values{};
  values[static_cast<std::size_t>(PronounEvidence::kAlways)] = 1;
  for (const auto& [which, value] : told) values[static_cast<std::size_t>(which)] = value;
  return values;
}

TEST(PronounWeights, WhoIsNearAndTheSubjectIsWorthMore) {
  const PronounWeights weights{WordLists{}};
  const float near = weights.worth(evidence_of({{PronounEvidence::kMainSubject, 1}}));
  EXPECT_GT(near, weights.worth(evidence_of({{PronounEvidence::kObject, 1}})));
  EXPECT_GT(
      near,
      weights.worth(evidence_of({{PronounEvidence::kMainSubject, 1}, {PronounEvidence::kSentencesBack, 3}})));
}

TEST(PronounWeights, WhoIsFarAndInAnotherParagraphIsWorthLessThanNobody) {
  const PronounWeights weights{WordLists{}};
  EXPECT_LT(weights.worth(
                evidence_of({{PronounEvidence::kSentencesBack, 5}, {PronounEvidence::kParagraphsBack, 3}})),
            0.0F);
}

TEST(PronounWeights, EveryEvidenceHasANameAndAWeight) {
  const PronounWeights weights{WordLists{}};
  for (std::size_t i = 0; i < kPronounEvidence; ++i) {
    const auto which = static_cast<PronounEvidence>(i);
    EXPECT_FALSE(name(which).empty());
    if (which == PronounEvidence::kAlways) continue;
    EXPECT_NE(weights.worth(evidence_of({{which, 1}})), weights.worth(evidence_of({}))) << name(which);
  }
}

TEST(PronounCandidates, AreAllWhomThePronounMayMeanBestFirst) {
  const auto reader = make_plain_reader(WordLists{});
  const Tokenizer tokenizer{WordLists{}};
  Article article;
  article.text = "Ben Quill met Peter Marsh and Ada Lowe. Quill spoke. \"The pier is not safe,\" he said.";
  article.paragraphs = {{{0, static_cast<std::uint32_t>(article.text.size())}, ParagraphRole::kBody}};
  const auto quotations = reader->read(article, make_document(article, tokenizer, Limits{}), Limits{});
  ASSERT_TRUE(quotations.has_value());
  ASSERT_EQ(quotations->size(), 1U);
  const std::vector<SpeakerCandidate>& candidates = quotations->front().speaker_candidates;
  ASSERT_EQ(candidates.size(), 2U);  // she is no he
  EXPECT_EQ(candidates[0].name, "Ben Quill");
  EXPECT_EQ(candidates[0].name, quotations->front().speaker.value);
  EXPECT_EQ(candidates[1].name, "Peter Marsh");
  EXPECT_GT(candidates[0].worth, candidates[1].worth);
  EXPECT_FALSE(candidates[0].evidence.empty());
}

}  // namespace
}  // namespace onrecord
