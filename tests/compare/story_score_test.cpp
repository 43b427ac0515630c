#include "compare/story_score.h"

#include <gtest/gtest.h>

namespace onrecord {
namespace {

StoryLikeness alike() {
  StoryLikeness likeness;
  likeness.words = 0.3F;
  likeness.nearest_articles = 0.3F;
  likeness.head_words = 0.6F;
  likeness.own_name_missing = 0.5F;
  likeness.story_name_missing = 0.3F;
  likeness.days_apart = 1;
  return likeness;
}

TEST(StoryScore, LikeArticlesBelongTogetherAndOthersDoNot) {
  EXPECT_GT(story_score(alike()), 0);
  StoryLikeness other;
  other.words = 0.03F;
  other.own_name_missing = 1;
  other.story_name_missing = 1;
  other.days_apart = 1;
  EXPECT_LT(story_score(other), 0);
}

TEST(StoryScore, ALargeStoryAsksForMore) {
  StoryLikeness large = alike();
  large.articles = 30;
  EXPECT_LT(story_score(large), story_score(alike()));
}

TEST(StoryScore, DaysTakeOffAndWhatIsUndatedIsInBetween) {
  StoryLikeness late = alike();
  late.days_apart = 40;
  StoryLikeness undated = alike();
  undated.days_apart.reset();
  EXPECT_LT(story_score(late), story_score(undated));
  EXPECT_LT(story_score(undated), story_score(alike()));
  StoryLikeness before = alike();
  before.days_apart = -40;
  EXPECT_EQ(story_score(late), story_score(before));
}

TEST(StoryScore, EvidenceAddsAndMissingNamesTakeOff) {
  StoryLikeness copied = alike();
  copied.copied = true;
  EXPECT_GT(story_score(copied), story_score(alike()));
  StoryLikeness quoted = alike();
  quoted.same_quotations = 3;
  EXPECT_GT(story_score(quoted), story_score(alike()));
  StoryLikeness more = alike();
  more.same_quotations = 300;
  EXPECT_EQ(story_score(quoted), story_score(more));
  StoryLikeness missing = alike();
  missing.own_name_missing = 1;
  missing.story_name_missing = 1;
  EXPECT_LT(story_score(missing), story_score(alike()));
}

}  // namespace
}  // namespace onrecord
