// How fast the language model is: tokens a second on texts that it meets for the first time, on one core.
//
// usage: bench_language MODEL LIST [--kernels NAME] [--threads N] [--labels FILE] [--phases]
// LIST names one text file a line. Every text is parsed once, from cold caches; reading the files and opening
// the model are timed apart. --labels writes what was found in the timed run: a line a text, a field a token.
#include "onrecord/language.h"

#include <fmt/format.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "language/pipeline.h"

namespace onrecord {
namespace {

using Clock = std::chrono::steady_clock;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Options {
  std::string model;
  std::string list;
  std::string kernels;
  std::string labels;
  unsigned threads = 1;
};

Options read_options(int count, char** words) {
  Options options{words[1], words[2], {}, {}, 1};
  for (int i = 3; i + 1 < count; i += 2) {
    const std::string_view name = words[i];
    if (name == "--kernels") options.kernels = words[i + 1];
    if (name == "--labels") options.labels = words[i + 1];
    if (name == "--threads") options.threads = static_cast<unsigned>(std::stoul(words[i + 1]));
  }
  return options;
}

std::vector<std::string> read_texts(const std::string& list) {
  std::vector<std::string> texts;
  std::ifstream names(list);
  for (std::string name; std::getline(names, name);) {
    std::ifstream stream(name, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
}

/// The fields that bench/language_vs_spacy.py compares.
std::string labels_of(const Parse& parse) {
  std::vector<std::string> entities(parse.tokens.size(), "O");
  for (const Entity& entity : parse.entities) {
    for (std::uint32_t i = entity.first; i < entity.last; ++i) {
      entities[i] = (i == entity.first ? "B-" : "I-") + parse.names->entities[entity.label];
    }
  }
  std::string line;
  for (std::size_t i = 0; i < parse.tokens.size(); ++i) {
    const TokenAnnotation& annotation = parse.tokens[i].annotation;
    line += fmt::format("{}/{}/{}/{}/{} ", parse.names->tags[annotation.tag], annotation.head,
                        parse.names->dependencies[annotation.dependency],
                        parse.tokens[i].starts_sentence ? 1 : 0, entities[i]);
  }
  return line;
}

int run(const Options& options) {
  const std::vector<std::string> texts = read_texts(options.list);
  const Clock::time_point before_open = Clock::now();
  const auto opened = LanguageModel::open(options.model);
  if (!opened) {
    fmt::print(stderr, "{}\n", opened.error().message);
    return 2;
  }
  const double open_seconds = seconds_since(before_open);
  const LanguageModel& model = *opened;
  const auto& pipeline = model.pipeline();
  for (const spacy::Kernels* const kernels : spacy::available_kernels()) {
    // A benchmark may choose what the program chooses by itself.
    if (kernels->name == options.kernels) const_cast<LanguageModel::Pipeline&>(pipeline).kernels = kernels;
  }
  std::vector<Parse> parses(options.labels.empty() ? 0 : texts.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> tokens = 0;
  std::atomic<std::size_t> memory = 0;
  std::atomic<std::uint64_t> transitions = 0;
  const auto work = [&] {
    LanguageModel::Workspace workspace(model);
    for (std::size_t i = next++; i < texts.size(); i = next++) {
      auto parse = model.parse(texts[i], workspace);
      if (!parse) continue;
      tokens += parse->tokens.size();
      if (!parses.empty()) parses[i] = std::move(*parse);
    }
    memory += workspace.bytes();
    transitions += workspace.state().parser.transitions;
  };
  const double cpu_before = cpu_seconds();
  const Clock::time_point begin = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < options.threads; ++i) threads.emplace_back(work);
    work();
  }
  const double seconds = seconds_since(begin);
  const double cpu = cpu_seconds() - cpu_before;
  if (!options.labels.empty()) {
    std::ofstream out(options.labels);
    for (const Parse& parse : parses) out << labels_of(parse) << "\n";
  }
  const auto count = static_cast<double>(tokens);
  double steps = 0;
  if (pipeline.tok2vec) steps += static_cast<double>(pipeline.tok2vec->convolution_steps());
  if (pipeline.ner_tok2vec) steps += static_cast<double>(pipeline.ner_tok2vec->convolution_steps());
  if (pipeline.parser) {
    const auto& net = pipeline.parser->net();
    steps += static_cast<double>(net.word_steps()) +
             static_cast<double>(transitions) / count * static_cast<double>(net.transition_steps());
  }
  if (pipeline.ner) {
    steps += static_cast<double>(pipeline.ner->net().word_steps() + pipeline.ner->net().transition_steps());
  }
  fmt::print(
      "kernels {}, threads {}, open {:.1f} ms, memory {:.1f} MB a thread, transitions a token {:.2f}, "
      "multiply-adds a token without the mixing layers {:.0f}\n",
      pipeline.kernels->name, options.threads, open_seconds * 1e3,
      static_cast<double>(memory) / 1e6 / options.threads, static_cast<double>(transitions) / count, steps);
  fmt::print("{} texts, {} tokens, {:.3f} s, {:.0f} tokens/s; processor time {:.3f} s, {:.0f} tokens/s\n",
             texts.size(), tokens.load(), seconds, count / seconds, cpu, count / cpu);
  return 0;
}

}  // namespace
}  // namespace onrecord

int main(int count, char** words) {
  if (count < 3) {
    fmt::print(stderr, "usage: bench_language MODEL LIST [--kernels NAME] [--threads N] [--labels FILE]\n");
    return 2;
  }
  return onrecord::run(onrecord::read_options(count, words));
}
