#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "record/person_names.h"
#include "record/record_fixture.h"

namespace onrecord {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

FullName person(std::string_view name) { return full_name(name, SpeakerKind::kPerson); }

TEST(PersonNames, FoldDiacriticsTitlesStopsAndInitials) {
  EXPECT_EQ(folded_name("Bjørn  O’Neil-Łasz, Jr."), "bjorn oneil lasz jr");
  EXPECT_EQ(person("Dr. José Ramos"), person("Jose Ramos"));
  EXPECT_EQ(person("Ada Lowe, Jr."), person("Ada Lowe Jr"));
  EXPECT_EQ(person("Jan van der Berg").last, "van der berg");
  EXPECT_FALSE(person("Lowe").known());
  EXPECT_FALSE(person("Mayor Lowe").known());
  EXPECT_TRUE(may_be_one(person("Ada Lowe"), person("Ada F. Lowe")));
  EXPECT_TRUE(may_be_one(person("Ada Fern Lowe"), person("Ada F. Lowe")));
  EXPECT_FALSE(may_be_one(person("Ada Fern Lowe"), person("Ada Lowe")));
  EXPECT_FALSE(may_be_one(person("Ada G. Lowe"), person("Ada F. Lowe")));
  EXPECT_FALSE(may_be_one(person("Rolf Dall"), person("Rolf Dall Jr."))) << "a father and his son";
  EXPECT_FALSE(may_be_one(person("Jan Berg"), person("Jan van der Berg")));
  EXPECT_EQ(full_name("The Pier Board", SpeakerKind::kOrganization).first, "pier board");
  EXPECT_FALSE(full_name("two officials", SpeakerKind::kUnnamed).known());
  EXPECT_EQ(surname("Ada Lowe", SpeakerKind::kPerson), "lowe");
}

/// "“Words,” Speaker said." in an article of its own, with more text around.
ReadArticle article(std::string_view number, std::string_view words, std::string_view speaker,
                    std::string_view published = "2031-03-04", std::string_view more = "",
                    SpeakerKind kind = SpeakerKind::kPerson) {
  std::string text = "“";
  text += std::string(words) + ",” " + std::string(speaker) + " said." + (more.empty() ? "" : " ") +
          std::string(more);
  return read_article("https://harbor.example/" + std::string(number), text, {{words, speaker, kind}},
                      published);
}

constexpr std::string_view kStory =
    "Mayor Dall met the Pier Board in Low Sandling. Oda Fernhollow and Ivo Drumlane came.";
constexpr std::string_view kSameStory =
    "Rolf Dall, the mayor, spoke in Low Sandling. Oda Fernhollow waited. Ivo Drumlane left.";

class JoinedSpeakers : public testing::Test {
 protected:
  JoinedSpeakers() : record_(create_record(folder_ / "a.db")) {}

  void add(const std::vector<ReadArticle>& articles) { expect_done(record_.add(articles)); }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const SpeakerRow& row : value_of(record_.speakers())) names.push_back(row.name);
    std::ranges::sort(names);
    return names;
  }
  std::uint64_t said_by(std::string_view speaker) {
    SearchQuery query;
    query.speaker = speaker;
    return value_of(record_.search(query)).total;
  }
  std::string reason(std::string_view words) {
    SearchQuery query;
    query.words = words;
    return value_of(record_.search(query)).rows.at(0).person.reason;
  }
  void expect_sound() {
    const auto verified = value_of(record_.verify());
    EXPECT_TRUE(verified.passed()) << (verified.findings.empty() ? "" : verified.findings[0].message);
  }

  TemporaryFolder folder_;
  Record record_;
};

TEST_F(JoinedSpeakers, TheSameFullNameIsOne) {
  add({article("1", "The pier opens", "José Ramos"), article("2", "It rains", "Jose F. Ramos", "2031-03-09"),
       article("3", "We pay", "The Pier Board", "2031-03-04", "", SpeakerKind::kOrganization),
       article("4", "We paid", "Pier Board", "2031-03-05", "", SpeakerKind::kOrganization),
       article("5", "Nobody pays", "Josefa Ramos")});
  EXPECT_THAT(names(), ElementsAre("Jose F. Ramos", "Josefa Ramos", "The Pier Board"));
  EXPECT_EQ(said_by("José Ramos"), 2U);
  EXPECT_EQ(said_by("pier board"), 2U);
  EXPECT_EQ(said_by("Ramos"), 3U);
  EXPECT_EQ(value_of(record_.called("Ramos")).size(), 2U);
  EXPECT_EQ(value_of(record_.called("Jose Ramos")).size(), 1U);
  EXPECT_EQ(reason("opens"), "the same name");
  const SpeakerRow ramos = value_of(record_.called("jose ramos")).at(0);
  EXPECT_EQ(ramos.quotations, 2U);
  EXPECT_EQ(ramos.names, 2U);
  EXPECT_EQ(ramos.first, "2031-03-04");
  EXPECT_EQ(ramos.last, "2031-03-09");
  const auto aliases = value_of(record_.aliases(ramos.id));
  ASSERT_EQ(aliases.size(), 2U);
  EXPECT_EQ(aliases[0].printed, "Jose F. Ramos");
  EXPECT_EQ(aliases[1].printed, "José Ramos");
  EXPECT_EQ(aliases[1].joined_by, "name");
  EXPECT_EQ(value_of(record_.speaker(aliases[1].id)).id, ramos.id);
  expect_sound();
}

TEST_F(JoinedSpeakers, InitialsThatContradictKeepTheBareNameFromBoth) {
  add({article("1", "The pier opens", "Rolf Dall"), article("2", "It rains", "Rolf W. Dall")});
  EXPECT_THAT(names(), ElementsAre("Rolf W. Dall"));
  add({article("3", "We pay", "Rolf H. W. Dall")});
  EXPECT_THAT(names(), ElementsAre("Rolf Dall", "Rolf H. W. Dall", "Rolf W. Dall"));
  ASSERT_TRUE(record_.remove(article_id(article("3", "We pay", "Rolf H. W. Dall").article), ""));
  EXPECT_THAT(names(), ElementsAre("Rolf W. Dall"));
  expect_sound();
}

TEST_F(JoinedSpeakers, ABareSurnameNeedsRoleAndStory) {
  add({article("1", "The pier opens", "Dall", "2031-03-04", kStory)});
  add({article("2", "It rains", "Rolf Dall", "2031-03-06", kSameStory)});
  EXPECT_THAT(names(), ElementsAre("Rolf Dall"));
  EXPECT_THAT(reason("opens"), HasSubstr("mayor Dall of the same story as Rolf Dall"));
  EXPECT_THAT(reason("opens"), HasSubstr("ivo drumlane, low sandling, oda fernhollow"));
  EXPECT_EQ(said_by("Rolf Dall"), 2U);
  expect_sound();
}

TEST_F(JoinedSpeakers, ABareSurnameAloneNeverJoins) {
  add({article("1", "The pier opens", "Dall", "2031-03-04", kStory),
       article("2", "It rains", "Rolf Dall", "2031-03-06",
               "Rolf Dall spoke in Low Sandling with Oda Fernhollow and "
               "Ivo Drumlane.")});
  EXPECT_THAT(names(), ElementsAre("Dall", "Rolf Dall")) << "no role";
  add({article("3", "We pay", "Rolf Dall", "2031-03-06", "Rolf Dall, the mayor, spoke.")});
  EXPECT_THAT(names(), ElementsAre("Dall", "Rolf Dall")) << "no story";
  add({article("4", "We paid", "Rolf Dall", "2031-06-06", kSameStory)});
  EXPECT_THAT(names(), ElementsAre("Dall", "Rolf Dall")) << "another time";
}

TEST_F(JoinedSpeakers, TwoWhoFitAreNobody) {
  add({article("1", "The pier opens", "Dall", "2031-03-04", kStory),
       article("2", "It rains", "Rolf Dall", "2031-03-06", kSameStory)});
  EXPECT_THAT(names(), ElementsAre("Rolf Dall"));
  const ReadArticle other = article("3", "We pay", "Ina Dall", "2031-03-07", "Mayor Ina Dall came.");
  add({other});
  EXPECT_THAT(names(), ElementsAre("Dall", "Ina Dall", "Rolf Dall"));
  ASSERT_TRUE(record_.remove(article_id(other.article), ""));
  EXPECT_THAT(names(), ElementsAre("Rolf Dall"));
  expect_sound();
}

TEST_F(JoinedSpeakers, GoWithTheArticleThatToldThem) {
  const ReadArticle told = article("2", "It rains", "Rolf Dall", "2031-03-06", kSameStory);
  add({article("1", "The pier opens", "Dall", "2031-03-04", kStory), told});
  EXPECT_THAT(names(), ElementsAre("Rolf Dall"));
  ASSERT_TRUE(record_.remove(article_id(told.article), ""));
  EXPECT_THAT(names(), ElementsAre("Dall"));
  EXPECT_EQ(reason("opens"), "");
  expect_sound();
}

TEST_F(JoinedSpeakers, MergesAndSplitsHoldAndAreUndone) {
  add({article("1", "The pier opens", "Dall", "2031-03-04"), article("2", "It rains", "Rolf Dall"),
       article("3", "We pay", "Rolf W. Dall")});
  EXPECT_THAT(names(), ElementsAre("Dall", "Rolf W. Dall"));
  const std::string bare = value_of(record_.search({})).rows[0].speaker_id;
  std::string dall;
  for (const SpeakerRow& row : value_of(record_.speakers())) {
    if (row.name == "Dall") dall = row.id;
  }
  const std::string merge = value_of(record_.merge_speakers(dall, "Rolf Dall", "asked him"));
  EXPECT_THAT(names(), ElementsAre("Rolf W. Dall"));
  EXPECT_THAT(reason("opens"), HasSubstr("merged by a person: asked him (correction " + merge));
  EXPECT_EQ(said_by("Rolf Dall"), 3U);
  const std::string split = value_of(record_.split_speaker("Rolf W. Dall", "", "his cousin"));
  EXPECT_THAT(names(), ElementsAre("Rolf Dall", "Rolf W. Dall"));
  EXPECT_EQ(said_by("Rolf Dall"), 2U);
  ReadArticle again = article("3", "We pay", "Rolf W. Dall");
  again.reading = "plain-4";
  add({again});
  EXPECT_THAT(names(), ElementsAre("Rolf Dall", "Rolf W. Dall"));
  EXPECT_EQ(value_of(record_.corrections()).size(), 2U);
  EXPECT_FALSE(value_of(record_.corrections()).at(0).detached);
  expect_sound();
  expect_done(record_.undo(split));
  EXPECT_THAT(names(), ElementsAre("Rolf W. Dall"));
  expect_done(record_.undo(merge));
  EXPECT_THAT(names(), ElementsAre("Dall", "Rolf W. Dall"));
  EXPECT_EQ(record_.merge_speakers("Rolf Dall", "Nobody", "").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(record_.merge_speakers("Rolf Dall", "Rolf Dall", "").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(record_.split_speaker(dall, "", "").error().code, ErrorCode::kInvalidArgument);
}

TEST_F(JoinedSpeakers, ASplitInAnArticleTellsTwoOfOneNameApart) {
  const ReadArticle other = article("2", "It rains", "Rolf Dall");
  add({article("1", "The pier opens", "Rolf Dall"), other});
  EXPECT_EQ(value_of(record_.speakers()).size(), 1U);
  const std::string split = value_of(record_.split_speaker("Rolf Dall", article_id(other.article), ""));
  EXPECT_EQ(value_of(record_.speakers()).size(), 2U);
  ReadArticle again = other;
  again.reading = "plain-4";
  add({again});
  EXPECT_EQ(value_of(record_.speakers()).size(), 2U);
  expect_sound();
  expect_done(record_.undo(split));
  EXPECT_EQ(value_of(record_.speakers()).size(), 1U);
  expect_sound();
}

TEST_F(JoinedSpeakers, IdentifiersFollowTheNames) {
  const std::vector<SpeakerIdentifier> given = {{"Jose Ramos", "Q1", "mayor", "", ""},
                                                {"Ina Dall", "Q2", "", "", ""},
                                                {"Ina Dall", "Q3", "", "", ""},
                                                {"Pier Board", "Q4", "", "", ""}};
  add({article("1", "The pier opens", "José Ramos"), article("2", "We pay", "Ina Dall")});
  EXPECT_EQ(value_of(record_.identify_speakers(given)), 1U);
  add({article("3", "It rains", "Jose F. Ramos"),
       article("4", "We paid", "The Pier Board", "2031-03-04", "", SpeakerKind::kOrganization)});
  EXPECT_EQ(value_of(record_.called("Jose Ramos")).at(0).identifier, "Q1");
  EXPECT_EQ(value_of(record_.called("Ina Dall")).at(0).identifier, "") << "two fit";
  EXPECT_EQ(value_of(record_.called("Pier Board")).at(0).identifier, "Q4");
  const std::vector<SpeakerIdentifier> by_id = {
      {value_of(record_.called("Ina Dall")).at(0).id, "Q3", "", "", ""}};
  EXPECT_EQ(value_of(record_.identify_speakers(by_id)), 1U);
  EXPECT_EQ(value_of(record_.called("Ina Dall")).at(0).identifier, "Q3");
  EXPECT_EQ(value_of(record_.called("Jose Ramos")).at(0).identifier, "");
  expect_sound();
}

TEST_F(JoinedSpeakers, ARemovedArticleLeavesNoNameBehind) {
  const ReadArticle secret = article("2", "It rains", "Rolf Dall", "2031-03-06",
                                     "Rolf Dall, the mayor, spoke in Low Sandling. Oda Fernhollow waited. "
                                     "Ivo Drumlane left. Zebulon Quirke paid.");
  add({article("1", "The pier opens", "Dall", "2031-03-04", std::string(kStory) + " Zebulon Quirke stayed."),
       secret});
  EXPECT_THAT(names(), ElementsAre("Rolf Dall"));
  const auto merged = record_.merge_speakers("Rolf Dall", "Dall", "");
  for (const auto& read :
       {article("1", "The pier opens", "Dall", "2031-03-04", std::string(kStory) + " Zebulon Quirke stayed."),
        secret}) {
    ASSERT_TRUE(record_.remove(article_id(read.article), ""));
  }
  expect_sound();
  std::string bytes;
  for (const auto& file : std::filesystem::directory_iterator((folder_ / "a.db").parent_path())) {
    std::ifstream in(file.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  EXPECT_EQ(bytes.find("zebulon"), std::string::npos);
  EXPECT_EQ(bytes.find("Quirke"), std::string::npos);
}

TEST(JoinedSpeakersOrder, AnyOrderAndAnyBatchesJoinTheSame) {
  std::vector<ReadArticle> corpus = {
      article("1", "The pier opens", "Dall", "2031-03-04", kStory),
      article("2", "It rains", "Rolf Dall", "2031-03-06", kSameStory),
      article("3", "We pay", "Rolf W. Dall", "2031-03-09", kSameStory),
      article("4", "We paid", "Rolf H. Dall", "2031-05-09"),
      article("2", "It rains", "Rolf Dall", "2031-03-07", "Rolf Dall was there."),
      article("5", "Nobody pays", "Dr. Rolf W. Dall", "2031-03-02")};
  std::vector<std::size_t> order(corpus.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::string expected;
  do {
    const TemporaryFolder folder(quick_folder());
    Record record = create_record(folder / "a.db");
    std::vector<ReadArticle> batch;
    for (const std::size_t i : order) {
      batch.push_back(corpus[i]);
      if (batch.size() > order[0] % 3) {
        ASSERT_TRUE(record.add(std::exchange(batch, {})));
      }
    }
    ASSERT_TRUE(record.add(batch));
    std::string all;
    expect_done(record.export_to(ExportFormat::kJsonLines, [&](std::string_view piece) -> Result<void> {
      all += piece;
      return {};
    }));
    for (const SpeakerRow& row : value_of(record.speakers())) {
      all += row.name + row.id;
      for (const SpeakerAlias& alias : value_of(record.aliases(row.id)))
        all += alias.id + alias.printed + alias.reason;
    }
    if (expected.empty()) expected = all;
    ASSERT_EQ(all, expected);
    for (int skip = 0; skip < 30 && std::ranges::next_permutation(order).found; ++skip) {
    }
  } while (!std::ranges::is_sorted(order));
}

}  // namespace
}  // namespace onrecord
