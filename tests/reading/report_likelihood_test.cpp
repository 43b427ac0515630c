#include "reading/report_likelihood.h"

#include <gtest/gtest.h>

#include <string>

#include "text/word_list.h"

namespace onrecord {
namespace {

constexpr std::string_view kText = "Ada Lowe said that the old pier will close. \"Yes.\"";

class ReportLikelihoods : public ::testing::Test {
 protected:
  static Quotation said() {
    Quotation quotation;
    quotation.source = {{0, 8}};
    quotation.cue = {{9, 13}};
    quotation.content = quotation.content_with_marks = {{14, 42}};
    quotation.speaker.value = "Ada Lowe";
    quotation.confidence = 0.7F;
    return quotation;
  }
  [[nodiscard]] float of(const Quotation& quotation) const {
    return likelihood_.of(quotation, kText, lexicon_);
  }

 private:
  Lexicon lexicon_{WordLists{}};
  ReportLikelihood likelihood_{WordLists{}};
};

TEST_F(ReportLikelihoods, WhatIsSaidByASpeakerWithACueIsLikely) {
  EXPECT_GT(of(said()), 0.75F);
  EXPECT_LT(of(said()), 1.0F);
}

TEST_F(ReportLikelihoods, GrowsWithTheTaggersMargin) {
  Quotation unsure = said();
  unsure.confidence = 0.1F;
  EXPECT_LT(of(unsure), of(said()));
}

TEST_F(ReportLikelihoods, IsLessWithoutSpeakerCueOrAReportingVerb) {
  Quotation nobody = said();
  nobody.speaker.value.clear();
  EXPECT_LT(of(nobody), of(said()));
  Quotation no_cue = said();
  no_cue.cue.clear();
  EXPECT_LT(of(no_cue), of(said()));
  Quotation other_cue = said();
  other_cue.cue = {{23, 26}};  // "old"
  EXPECT_LT(of(other_cue), of(said()));
}

TEST_F(ReportLikelihoods, AWordInMarksWithoutCueAndSpeakerIsNotShown) {
  Quotation yes;
  yes.kind = QuotationKind::kDirect;
  yes.content = {{45, 49}};
  yes.content_with_marks = {{44, 50}};
  EXPECT_LT(of(yes), kLeastShownConfidence);
}

TEST_F(ReportLikelihoods, ALongPassageInMarksIsShown) {
  Quotation passage;
  passage.kind = QuotationKind::kDirect;
  passage.content = passage.content_with_marks = {{14, 42}};
  EXPECT_GE(of(passage), kLeastShownConfidence);
  passage.mode = QuotationMode::kWriting;  // less likely
  EXPECT_EQ(of(passage), kLeastShownConfidence);
}

}  // namespace
}  // namespace onrecord
