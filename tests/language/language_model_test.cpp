// The language model against what Python's spaCy says (tests/language/golden, made by eval/make_goldens.py).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <thread>

#include "language/pipeline.h"
#include "language/test_model.h"
#include "onrecord/language.h"
#include "text/utf8.h"

namespace onrecord {
namespace {

namespace fs = std::filesystem;

fs::path golden(const std::string& name) {
  return fs::path(ONRECORD_SOURCE_DIR) / "tests/language/golden" / name;
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string words(const simdjson::dom::element& value) {
  std::string_view text;
  bool flag = false;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.get(flag) == simdjson::SUCCESS) return flag ? "true" : "false";
  return simdjson::minify(value);
}

std::vector<std::string> entity_marks(const Parse& parse) {
  std::vector<std::string> marks(parse.tokens.size(), "O");
  for (const Entity& entity : parse.entities) {
    for (std::uint32_t i = entity.first; i < entity.last; ++i) {
      marks[i] = (i == entity.first ? "B-" : "I-") + parse.names->entities[entity.label];
    }
  }
  return marks;
}

/// What a golden row has before the ids of the word, which the dumps with vectors leave out.
constexpr std::size_t kColumnsWithoutIds = 11;

/// The tokens of a parse, each as the golden dump has it.
std::vector<std::vector<std::string>> rows(const Parse& parse, const LanguageModel::Workspace::State& state) {
  const CodePointIndex code_points(parse.text);
  const auto marks = entity_marks(parse);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < parse.tokens.size(); ++i) {
    const ParsedToken& token = parse.tokens[i];
    const TokenAnnotation& annotation = token.annotation;
    const CodePointSpan place = code_points.to_code_points(token.span);
    const spacy::LexicalAttributes& word = state.tokenizer.lexemes[state.tokens[i].lexeme].attributes;
    rows.push_back(
        {std::to_string(place.begin), std::to_string(place.end), token.followed_by_space ? "true" : "false",
         parse.names->tags[annotation.tag], std::string(name(annotation.part_of_speech)),
         parse.names->morphologies[annotation.morphology], std::string(cut(parse.lemmas, annotation.lemma)),
         std::to_string(annotation.head), parse.names->dependencies[annotation.dependency],
         token.starts_sentence ? "true" : "false", marks[i], std::to_string(word.orth),
         std::to_string(word.norm), std::to_string(word.prefix), std::to_string(word.suffix),
         std::to_string(word.shape)});
  }
  return rows;
}

/// The model says of a text what the golden dump says, token by token; where the dump has fewer columns, the
/// first of them.
void expect_golden(const LanguageModel& model, const std::string& text_name, const std::string& dump_name) {
  const std::string text = read_file(golden(text_name + ".txt"));
  LanguageModel::Workspace workspace(model);
  const auto parse = model.parse(text, workspace);
  ASSERT_TRUE(parse) << parse.error().message;
  auto ours = rows(*parse, workspace.state());
  simdjson::dom::parser json;
  simdjson::dom::array theirs = json.load(golden(dump_name + ".json").string())["tokens"];
  ASSERT_EQ(ours.size(), theirs.size());
  std::size_t i = 0;
  for (const simdjson::dom::element token : theirs) {
    std::vector<std::string> expected;
    for (const simdjson::dom::element value : token.get_array()) expected.push_back(words(value));
    ASSERT_GE(expected.size(), kColumnsWithoutIds);
    ours[i].resize(std::min(ours[i].size(), expected.size()));
    EXPECT_THAT(ours[i], testing::ElementsAreArray(expected))
        << dump_name << " token " << i << " \"" << cut(text, parse->tokens[i].span) << '"';
    ++i;
  }
}

/// Both encoders give the text `encoder` spaCy's numbers, with every kernel.
void expect_golden_encoders(const LanguageModel& model, const std::string& dump_name) {
  const LanguageModel::Pipeline& pipeline = model.pipeline();
  const std::string text = read_file(golden("encoder.txt"));
  simdjson::dom::parser json;
  const simdjson::dom::element dump = json.load(golden(dump_name + ".json").string());
  for (const spacy::Kernels* const kernels : spacy::available_kernels()) {
    spacy::TokenizerCache cache;
    std::vector<spacy::TokenPiece> tokens;
    pipeline.tokenizer.tokenize(text, pipeline.norms, cache, tokens);
    for (const auto& [name, encoder] :
         {std::pair("tok2vec", &*pipeline.tok2vec), std::pair("ner", &*pipeline.ner_tok2vec)}) {
      spacy::EncoderCache encoder_cache;
      std::vector<float> out(tokens.size() * encoder->width());
      encoder->encode(tokens, 0, tokens.size(), cache.lexemes, *kernels, encoder_cache, out.data());
      std::size_t at = 0;
      for (const simdjson::dom::element row : dump[name].get_array()) {
        for (const simdjson::dom::element value : row.get_array()) {
          ASSERT_LT(at, out.size());
          ASSERT_NEAR(out[at], value.get_double().value(), 1e-4)
              << kernels->name << " " << name << " value " << at;
          ++at;
        }
      }
      EXPECT_EQ(at, out.size());
    }
  }
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, EveryTokenAndLabelIsSpacys) {
  ONRECORD_NEEDS_MODEL();
  expect_golden(*test_model(), GetParam(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Texts, Golden,
                         testing::Values("empty", "white_space", "encoder", "news", "marks", "urls",
                                         "unicode", "lines", "capitals", "long_token", "contractions",
                                         "random"),
                         [](const auto& one) { return one.param; });

/// A second pipeline, whose encoders also look up the word's vector.
class GoldenWithVectors : public testing::TestWithParam<std::string> {};

TEST_P(GoldenWithVectors, EveryTokenAndLabelIsSpacys) {
  ONRECORD_NEEDS(test_model_with_vectors());
  expect_golden(*test_model_with_vectors(), GetParam(), "with_vectors/" + GetParam());
}

INSTANTIATE_TEST_SUITE_P(Texts, GoldenWithVectors,
                         testing::Values("empty", "white_space", "encoder", "news", "marks", "urls",
                                         "unicode", "capitals"),
                         [](const auto& one) { return one.param; });

TEST(LanguageModel, EncoderOutputIsSpacysWithinOneTenThousandth) {
  ONRECORD_NEEDS_MODEL();
  expect_golden_encoders(*test_model(), "encoder");
  ONRECORD_NEEDS(test_model_with_vectors());
  expect_golden_encoders(*test_model_with_vectors(), "with_vectors/encoder");
}

TEST(LanguageModel, EncodingInPiecesGivesTheSameBits) {
  ONRECORD_NEEDS_MODEL();
  const LanguageModel::Pipeline& pipeline = test_model()->pipeline();
  const std::string text = read_file(golden("marks.txt"));
  spacy::TokenizerCache cache;
  std::vector<spacy::TokenPiece> tokens;
  pipeline.tokenizer.tokenize(text, pipeline.norms, cache, tokens);
  const std::size_t width = pipeline.tok2vec->width();
  std::vector<float> reference;
  for (const spacy::Kernels* const kernels : spacy::available_kernels()) {
    spacy::EncoderCache encoder_cache;
    std::vector<float> whole(tokens.size() * width);
    pipeline.tok2vec->encode(tokens, 0, tokens.size(), cache.lexemes, *kernels, encoder_cache, whole.data());
    if (reference.empty()) reference = whole;
    EXPECT_EQ(whole, reference) << kernels->name << " differs from "
                                << spacy::available_kernels().front()->name;
    std::vector<float> pieces(tokens.size() * width);
    for (std::size_t first = 0; first < tokens.size(); first += 7) {
      const std::size_t last = std::min(tokens.size(), first + 7);
      pipeline.tok2vec->encode(tokens, first, last, cache.lexemes, *kernels, encoder_cache,
                               &pieces[first * width]);
    }
    EXPECT_EQ(pieces, reference) << kernels->name;
  }
}

std::string fingerprint(const Parse& parse, const LanguageModel::Workspace::State& state) {
  std::string all;
  for (const auto& row : rows(parse, state)) {
    for (const std::string& value : row) all += value + "\t";
  }
  return all;
}

TEST(LanguageModel, WhatWasParsedBeforeAndOtherThreadsChangeNothing) {
  ONRECORD_NEEDS_MODEL();
  const std::string news = read_file(golden("news.txt"));
  const std::string noise = read_file(golden("random.txt"));
  LanguageModel::Workspace fresh(*test_model());
  const std::string expected = fingerprint(*test_model()->parse(news, fresh), fresh.state());
  const auto work = [&](std::string& answer) {
    LanguageModel::Workspace workspace(*test_model());
    for (int i = 0; i < 3; ++i) {
      (void)*test_model()->parse(noise, workspace);
      answer = fingerprint(*test_model()->parse(news, workspace), workspace.state());
      if (i == 1) workspace.state().tokenizer.clear();  // as when it is full
    }
  };
  std::vector<std::string> answers(3);
  {
    std::vector<std::jthread> threads;
    for (std::string& answer : answers) threads.emplace_back(work, std::ref(answer));
  }
  for (const std::string& answer : answers) EXPECT_EQ(answer, expected);
}

TEST(LanguageModel, ParagraphsAreParsedByThemselves) {
  ONRECORD_NEEDS_MODEL();
  const std::string text = "Ada Lowe said she\n\nwould  leave. Nobody asked.\n\nOtis Brandt agreed.";
  const std::vector<Paragraph> paragraphs = {
      {{0, 17}, ParagraphRole::kBody}, {{19, 46}, ParagraphRole::kBody}, {{48, 67}, ParagraphRole::kBody}};
  LanguageModel::Workspace workspace(*test_model());
  const auto document = test_model()->annotate(text, paragraphs, workspace);
  ASSERT_TRUE(document) << document.error().message;
  ASSERT_TRUE(document->annotations);
  ASSERT_EQ(document->annotations->tokens.size(), document->tokens.size());
  std::uint32_t next = 0;
  for (const Sentence& sentence : document->sentences) {
    EXPECT_EQ(sentence.first, next);
    EXPECT_LT(sentence.first, sentence.last);
    next = sentence.last;
    EXPECT_TRUE(paragraphs[sentence.paragraph].span.contains(document->span(sentence)));
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const std::uint32_t head = document->head(i);
      EXPECT_TRUE(paragraphs[sentence.paragraph].span.contains(document->tokens[head].span));
      EXPECT_EQ(document->word(i).find_first_of(" \n"), std::string_view::npos);
    }
  }
  EXPECT_EQ(next, document->tokens.size());
  EXPECT_EQ(document->sentences.size(), 4U);
  EXPECT_EQ(document->word(2), "said");
  EXPECT_EQ(document->tag(2), "VBD");
  EXPECT_EQ(document->lemma(2), "say");
  ASSERT_FALSE(document->annotations->entities.empty());
  EXPECT_EQ(document->label(document->annotations->entities.front()), "PERSON");
  EXPECT_EQ(cut(text, document->span(document->annotations->entities.front())), "Ada Lowe");
}

TEST(LanguageModel, RefusesWhatItCannotRead) {
  ONRECORD_NEEDS_MODEL();
  LanguageModel::Workspace workspace(*test_model());
  EXPECT_EQ(test_model()->parse("caf\xE9", workspace).error().code, ErrorCode::kBadEncoding);
  const std::vector<Paragraph> overlapping = {{{0, 5}, ParagraphRole::kBody}, {{3, 6}, ParagraphRole::kBody}};
  EXPECT_EQ(test_model()->annotate("abc def", overlapping, workspace).error().code,
            ErrorCode::kInvalidArgument);
  const std::vector<Paragraph> outside = {{{0, 50}, ParagraphRole::kBody}};
  EXPECT_EQ(test_model()->annotate("abc def", outside, workspace).error().code, ErrorCode::kInvalidArgument);
}

/// Counted work, not seconds: twice the text, about twice the transitions.
TEST(LanguageModel, WorkGrowsWithTheText) {
  ONRECORD_NEEDS_MODEL();
  const std::string news = read_file(golden("news.txt"));
  const auto transitions = [&](int copies) {
    std::string text;
    for (int i = 0; i < copies; ++i) text += news;
    LanguageModel::Workspace workspace(*test_model());
    (void)*test_model()->parse(text, workspace);
    return workspace.state().parser.transitions;
  };
  EXPECT_LE(transitions(8), 8 * transitions(1) + 100);
  // No sentence ends in these: the stack runs full.
  for (const char* const one : {"and ", "( ", "\n \n ", "Smith "}) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += one;
    LanguageModel::Workspace workspace(*test_model());
    const auto parse = test_model()->parse(text, workspace);
    ASSERT_TRUE(parse);
    EXPECT_LE(workspace.state().parser.transitions, 5 * parse->tokens.size() + 100) << one;
  }
}

/// A file whose checksum is right but whose content is not: every part in turn gets wrong bytes or loses
/// some.
TEST(LanguageModel, HostileFilesAreRefusedOrRun) {
  ONRECORD_NEEDS_MODEL();
  const spacy::ModelFile& file = test_model()->pipeline().file;
  std::mt19937 random(11);
  int refused = 0;
  for (const std::string& name : file.names()) {
    constexpr std::size_t kWeights = 2'000'000;  // tables of numbers alone: no value in them can be wrong
    const std::size_t size = file.section(name).size();
    for (int round = 0; round < (size > kWeights ? 1 : 3); ++round) {
      std::string changed(file.section(name));
      if (round == 0) {
        changed.resize(random() % (size + 1));
      } else {
        for (int i = 0; i < 8 && size > 0; ++i)
          changed[random() % std::min<std::size_t>(size, 4'000)] = static_cast<char>(random());
      }
      spacy::ModelFileWriter writer;
      for (const std::string& other : file.names()) {
        writer.add(other, other == name ? changed : std::string(file.section(other)));
      }
      const std::string bytes = writer.bytes();
      const std::unique_ptr<char, decltype(&std::free)> aligned(
          static_cast<char*>(std::aligned_alloc(64, (bytes.size() + 63) / 64 * 64)), &std::free);
      std::memcpy(aligned.get(), bytes.data(), bytes.size());
      const auto model = LanguageModel::over({aligned.get(), bytes.size()});
      if (!model) {
        ++refused;
        continue;
      }
      LanguageModel::Workspace workspace(*model);
      const auto parse = model->parse("The board won't sign, Ada Lowe said.  \"Not now!\"", workspace);
      EXPECT_TRUE(parse) << name;
    }
  }
  EXPECT_GT(refused, 30);
}

}  // namespace
}  // namespace onrecord
