// How fast the readings are, stage by stage: tokens a second of processor time on one core, each text met for
// the first time.
//
// usage: bench_reading MODEL LIST
// LIST names one text file a line; a line of a text is a paragraph.
#include <fmt/format.h>
#include <time.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "onrecord/language.h"
#include "reading/attribution_tagger.h"
#include "reading/learned_reader.h"
#include "reading/tagger_rows.h"

namespace onrecord {
namespace {

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Article article_of(std::string text) {
  Article article;
  article.text = std::move(text);
  std::uint32_t begin = 0;
  const auto size = static_cast<std::uint32_t>(article.text.size());
  for (std::uint32_t at = 0; at <= size; ++at) {
    if (at < size && article.text[at] != '\n') continue;
    if (at > begin && article.text.find_first_not_of(" \t\r", begin) < at)
      article.paragraphs.push_back({{begin, at}, ParagraphRole::kBody});
    begin = at + 1;
  }
  return article;
}

std::vector<Article> read_articles(const std::string& list) {
  std::vector<Article> articles;
  std::ifstream names(list);
  for (std::string name; std::getline(names, name);) {
    std::ifstream stream(name, std::ios::binary);
    articles.push_back(
        article_of({std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()}));
  }
  return articles;
}

// Seconds of processor time, all articles together.
struct Stages {
  double language = 0;
  double tagging = 0;
  double whole_reading = 0;  // tagging included
  std::size_t tokens = 0;
  std::size_t quotations = 0;
};

Stages measure(const LanguageModel& model, const std::vector<Article>& articles, LearnedReading which) {
  const auto reader = make_learned_reader(WordLists{}, which);
  const AttributionTagger& tagger =
      which == LearnedReading::kFast ? AttributionTagger::fast() : AttributionTagger::precise();
  LanguageModel::Workspace workspace(model);
  Stages stages;
  for (const Article& article : articles) {
    const double begin = cpu_seconds();
    const auto document = model.annotate(article, workspace, Keep::kEncoded);
    const double parsed = cpu_seconds();
    if (!document) continue;
    const auto quotations = reader->read(article, *document, Limits{});
    const double read = cpu_seconds();
    if (!quotations) continue;
    (void)tagger.tag(make_tagger_rows(*document, std::vector<bool>(document->paragraphs.size(), true)).rows);
    stages.language += parsed - begin;
    stages.whole_reading += read - parsed;
    stages.tagging += cpu_seconds() - read;
    stages.tokens += document->tokens.size();
    stages.quotations += quotations->size();
  }
  return stages;
}

void print(const char* name, const Stages& stages, std::size_t articles) {
  const auto tokens = static_cast<double>(stages.tokens);
  const double whole = stages.language + stages.whole_reading;
  fmt::print("{:8} {:>9.0f} {:>9.0f} {:>9.0f} {:>9.0f} {:>10.1f} {:>10}\n", name, tokens / stages.language,
             tokens / stages.tagging, tokens / (stages.whole_reading - stages.tagging), tokens / whole,
             static_cast<double>(articles) / whole, stages.quotations);
}

int run(const std::string& path, const std::string& list) {
  const auto model = LanguageModel::open(path);
  if (!model) {
    fmt::print(stderr, "{}\n", model.error().message);
    return 2;
  }
  const std::vector<Article> articles = read_articles(list);
  std::size_t bytes = 0;
  for (const Article& article : articles) bytes += article.text.size();
  fmt::print("{} articles, {} bytes; tokens a second of processor time by stage and whole\n", articles.size(),
             bytes);
  fmt::print("{:8} {:>9} {:>9} {:>9} {:>9} {:>10} {:>10}\n", "", "language", "tagger", "the rest", "whole",
             "articles/s", "quotations");
  print("fast", measure(*model, articles, LearnedReading::kFast), articles.size());
  print("precise", measure(*model, articles, LearnedReading::kPrecise), articles.size());
  return 0;
}

}  // namespace
}  // namespace onrecord

int main(int count, char** words) {
  if (count != 3) {
    fmt::print(stderr, "usage: bench_reading MODEL LIST\n");
    return 2;
  }
  return onrecord::run(words[1], words[2]);
}
