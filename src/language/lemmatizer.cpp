#include "language/lemmatizer.h"

#include <algorithm>

#include "language/python_text.h"

namespace onrecord::spacy {
namespace {

/// The value of a feature in "Case=Nom|Number=Sing"; empty when it is not there.
std::string_view feature(std::string_view morphology, std::string_view name) {
  while (!morphology.empty()) {
    const std::size_t end = std::min(morphology.find('|'), morphology.size());
    const std::string_view one = morphology.substr(0, end);
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
    morphology.remove_prefix(std::min(end + 1, morphology.size()));
  }
  return {};
}

/// Forms that are their own lemma (lang/en/lemmatizer.py).
bool is_base_form(std::string_view part, std::string_view morphology) {
  const std::string_view verb_form = feature(morphology, "VerbForm");
  const std::string_view number = feature(morphology, "Number");
  if (part == "noun" && number == "Sing") return true;
  if (part == "verb" && verb_form == "Fin" && feature(morphology, "Tense") == "Pres" && number.empty())
    return true;
  return verb_form == "Inf" || verb_form == "None" || feature(morphology, "Degree") == "Pos";
}

std::string ascii_lower(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Result<Lemmatizer> Lemmatizer::read(const ModelFile& file) {
  constexpr std::size_t kMostParts = 32;
  const auto damaged = [] { return fail(ErrorCode::kDamaged, "the model's lemmatizer is damaged"); };
  Lemmatizer lemmatizer;
  RecordReader record(file.section("lemmatizer"));
  const std::size_t parts = record.count();
  if (parts > kMostParts) return damaged();
  for (std::size_t i = 0; i < parts; ++i) {
    Part part;
    part.name = record.text();
    const std::size_t rules = record.count(2 * sizeof(std::uint64_t));
    for (std::size_t r = 0; r < rules; ++r) {
      const std::string_view suffix = record.text();
      part.rules.emplace_back(suffix, record.text());
    }
    const std::string name(part.name);
    for (const auto& [list, section] : {std::pair(&part.index, "lemma.index." + name),
                                        std::pair(&part.exceptions, "lemma.exceptions." + name),
                                        std::pair(&part.forms, "lemma.forms." + name)}) {
      const auto read = StringList::read(file.section(section));
      if (!read) return std::unexpected(read.error());
      *list = *read;
    }
    if (part.forms.size() != part.exceptions.size()) return damaged();
    lemmatizer.parts_.push_back(std::move(part));
  }
  if (!record.good()) return damaged();
  return lemmatizer;
}

std::vector<std::string> Lemmatizer::forms_of(const Part& part, std::string_view lower) {
  std::vector<std::string> forms;
  std::vector<std::string> unknown;
  for (const auto& [suffix, replacement] : part.rules) {
    if (!lower.ends_with(suffix)) continue;
    std::string form(lower.substr(0, lower.size() - suffix.size()));
    form += replacement;
    if (form.empty()) continue;
    if (part.index.find(form)) {
      forms.insert(forms.begin(), std::move(form));
    } else if (!is_alphabetic(form)) {
      forms.push_back(std::move(form));
    } else {
      unknown.push_back(std::move(form));
    }
  }
  if (const auto exception = part.exceptions.find(lower)) {
    std::string_view rest = part.forms[*exception];
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view form = rest.substr(0, end);
      if (std::ranges::find(forms, form) == forms.end()) forms.emplace(forms.begin(), form);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return forms.empty() ? unknown : forms;
}

std::string Lemmatizer::lemma(std::string_view text, std::string_view lower, std::string_view part_of_speech,
                              std::string_view morphology) const {
  const std::string name = ascii_lower(part_of_speech);
  if (name.empty() || name == "space" || is_base_form(name, morphology)) return std::string(lower);
  const auto part = std::ranges::find(parts_, name, &Part::name);
  if (part == parts_.end()) return std::string(name == "propn" ? text : lower);
  auto forms = forms_of(*part, lower);
  return forms.empty() ? std::string(text) : std::move(forms.front());
}

}  // namespace onrecord::spacy
