#include "language/model_import.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "language/model_file.h"
#include "language/msgpack.h"
#include "language/network_import.h"
#include "language/pipeline_config.h"
#include "language/string_ids.h"
#include "language/string_list.h"
#include "text/json_writer.h"
#include "text/sha256.h"

namespace onrecord::spacy {
namespace {

constexpr std::uintmax_t kMostBytes = 1ULL << 30;
constexpr std::monostate kDone;

// The files that are read, and with them those whose SHA-256 the model file keeps.
constexpr std::string_view kUsedFiles[] = {"config.cfg",
                                           "meta.json",
                                           "tokenizer",
                                           "vocab/lookups.bin",
                                           "vocab/vectors",
                                           "vocab/key2row",
                                           "vocab/vectors.cfg",
                                           "tok2vec/model",
                                           "tagger/model",
                                           "tagger/cfg",
                                           "parser/model",
                                           "parser/cfg",
                                           "parser/moves",
                                           "ner/model",
                                           "ner/cfg",
                                           "ner/moves",
                                           "attribute_ruler/patterns",
                                           "lemmatizer/lookups/lookups.bin",
                                           "senter/model",
                                           "vocab/strings.json"};

std::unexpected<Error> in_file(std::string_view file, Error error) {
  error.message = std::string(file) + ": " + error.message;
  return std::unexpected(std::move(error));
}

std::unexpected<Error> malformed(std::string_view file, std::string_view what) {
  return fail(ErrorCode::kMalformed, std::string(file) + ": " + std::string(what));
}

std::unexpected<Error> cannot_run(std::string_view component, std::string_view why) {
  return fail(ErrorCode::kUnsupportedFormat, "the pipeline's component \"" + std::string(component) +
                                                 "\" cannot be run here: " + std::string(why));
}

const std::string_view* text_at(const PackedValue& map, std::string_view key) {
  const PackedValue* const value = map.find(key);
  return value == nullptr ? nullptr : value->as_text();
}

/// A class of a transition net.
struct TransitionClass {
  std::uint64_t action = 0;
  std::int64_t frequency = 0;
  std::string label;
};

/// One import: the files it reads, the model file it writes.
class Import {
 public:
  Import(const PipelineFiles& files, std::string_view source) : files_(files), source_(source) {}

  Result<std::string> run() {
    constexpr std::array kSteps = {&Import::read_config,    &Import::add_tokenizer, &Import::add_norms,
                                   &Import::add_vectors,    &Import::add_tok2vec,   &Import::add_tagger,
                                   &Import::add_parser,     &Import::add_entities,  &Import::add_ruler,
                                   &Import::add_lemmatizer, &Import::add_about};
    for (const auto step : kSteps) {
      if (auto done = (this->*step)(); !done) return std::unexpected(done.error());
    }
    return out_.bytes();
  }

 private:
  Result<std::string_view> file(std::string_view name) const {
    const auto found = files_.find(name);
    if (found == files_.end())
      return fail(ErrorCode::kNotFound, "the pipeline has no file " + std::string(name));
    return std::string_view(found->second);
  }

  Result<PackedValue> packed(std::string_view name) const {
    const auto bytes = file(name);
    if (!bytes) return std::unexpected(bytes.error());
    auto value = read_msgpack(*bytes);
    if (!value) return in_file(name, value.error());
    return value;
  }

  Result<ThincModel> net(std::string_view component) const {
    const std::string name = std::string(component) + "/model";
    const auto bytes = file(name);
    if (!bytes) return std::unexpected(bytes.error());
    auto model = ThincModel::read(*bytes);
    if (!model) return in_file(name, model.error());
    return model;
  }

  Result<simdjson::dom::element> json(std::string_view name) {
    const auto bytes = file(name);
    if (!bytes) return std::unexpected(bytes.error());
    simdjson::dom::element root;
    if (json_parser_.parse(simdjson::padded_string(*bytes)).get(root) != simdjson::SUCCESS) {
      return malformed(name, "is not JSON");
    }
    return root;
  }

  [[nodiscard]] std::size_t position(std::string_view component) const {
    return static_cast<std::size_t>(std::ranges::find(enabled_, component) - enabled_.begin());
  }
  [[nodiscard]] bool runs(std::string_view component) const { return position(component) < enabled_.size(); }

  /// Which components there are and whether all of them can be run in their order.
  Done read_config() {
    const auto bytes = file("config.cfg");
    if (!bytes) return std::unexpected(bytes.error());
    auto config = PipelineConfig::parse(*bytes);
    if (!config) return std::unexpected(config.error());
    config_ = std::move(*config);
    if (config_.text("nlp", "lang") != "en") {
      return fail(ErrorCode::kUnsupportedFormat,
                  "the pipeline's language is \"" + std::string(config_.text("nlp", "lang")) +
                      "\": word forms and lemmas are known for English (en) alone");
    }
    const auto disabled = config_.list("nlp", "disabled");
    for (const std::string& name : config_.list("nlp", "pipeline")) {
      if (std::ranges::find(disabled, name) == disabled.end()) enabled_.push_back(name);
    }
    for (const std::string& name : enabled_) {
      if (auto done = check_component(name); !done) return done;
    }
    return check_order();
  }

  Done check_component(std::string_view name) const {
    constexpr std::string_view kKnown[] = {"tok2vec",         "tagger",     "parser",
                                           "attribute_ruler", "lemmatizer", "ner"};
    const std::string section = "components." + std::string(name);
    std::string_view factory = config_.text(section, "factory");
    if (factory.empty()) factory = name;  // a config that was stripped of its components
    if (std::ranges::find(kKnown, factory) == std::end(kKnown) || factory != name) {
      return cannot_run(name, "it is made by \"" + std::string(factory) + "\"");
    }
    const std::string_view mode = config_.text(section, "mode");
    if (name == "lemmatizer" && !mode.empty() && mode != "rule") {
      return cannot_run(name, "its mode is \"" + std::string(mode) + "\", not \"rule\"");
    }
    return kDone;
  }

  Done check_order() const {
    const auto after = [&](std::string_view late, std::string_view early) {
      return !runs(late) || !runs(early) || position(early) < position(late);
    };
    if (!after("attribute_ruler", "tagger") || !after("attribute_ruler", "parser")) {
      return cannot_run("attribute_ruler", "it comes before the tagger or the parser");
    }
    if (!after("lemmatizer", "attribute_ruler"))
      return cannot_run("lemmatizer", "it comes before attribute_ruler");
    if (!after("ner", "parser")) return cannot_run("ner", "it comes before the parser");
    return kDone;
  }

  Done add_about() {
    const auto meta = json("meta.json");
    if (!meta) return std::unexpected(meta.error());
    JsonWriter about;
    about.begin_object();
    for (const char* const key :
         {"lang", "name", "version", "description", "author", "url", "license", "spacy_version"}) {
      std::string_view value;
      if ((*meta)[key].get(value) == simdjson::SUCCESS) about.member(key, value);
    }
    about.member("source", source_);
    about.key("components");
    about.begin_array();
    for (const std::string& name : enabled_) about.value(name);
    about.end_array();
    about.key("files");
    about.begin_object();
    for (const std::string_view name : kUsedFiles) {
      const auto found = files_.find(name);
      if (found != files_.end()) about.member(name, std::string_view(hex(sha256(found->second))));
    }
    about.end_object();
    about.end_object();
    out_.add("about", about.take());
    return kDone;
  }

  Done add_tokenizer() {
    const auto settings = packed("tokenizer");
    if (!settings) return std::unexpected(settings.error());
    const PackedValue* const token_match = settings->find("token_match");
    const PackedValue* const heuristics = settings->find("faster_heuristics");
    if (token_match != nullptr && !token_match->is_nil())
      return cannot_run("tokenizer", "it has a token_match");
    if (heuristics == nullptr || heuristics->as_bool() == nullptr || !*heuristics->as_bool()) {
      return cannot_run("tokenizer", "its faster_heuristics are off");
    }
    RecordWriter record;
    for (const char* const key : {"prefix_search", "suffix_search", "infix_finditer", "url_match"}) {
      const std::string_view* const pattern = text_at(*settings, key);
      if (pattern == nullptr) return cannot_run("tokenizer", "it has no " + std::string(key));
      record.text(*pattern);
    }
    const PackedValue* const exceptions = settings->find("exceptions");
    if (exceptions == nullptr || exceptions->as_map() == nullptr)
      return malformed("tokenizer", "has no exceptions");
    record.number(exceptions->as_map()->size());
    for (const auto& [text, tokens] : *exceptions->as_map()) {
      if (auto done = add_special_case(text, tokens, record); !done) return done;
    }
    out_.add("tokenizer", record.take());
    return kDone;
  }

  static Done add_special_case(const PackedValue& text, const PackedValue& tokens, RecordWriter& record) {
    if (text.as_text() == nullptr || tokens.as_array() == nullptr || tokens.as_array()->empty()) {
      return malformed("tokenizer", "has an exception that is no list of tokens");
    }
    record.text(*text.as_text());
    record.number(tokens.as_array()->size());
    std::string joined;
    for (const PackedValue& token : *tokens.as_array()) {
      const PackedValue* const word = token.find(string_id("ORTH"));
      const PackedValue* const norm = token.find(string_id("NORM"));
      if (word == nullptr || word->as_text() == nullptr || word->as_text()->empty()) {
        return malformed("tokenizer", "has an exception with a token that has no text");
      }
      const bool known = token.as_map()->size() == (norm == nullptr ? 1U : 2U);
      if (!known) return cannot_run("tokenizer", "an exception sets more than text and norm");
      joined += *word->as_text();
      record.text(*word->as_text());
      record.text(norm == nullptr || norm->as_text() == nullptr ? std::string_view() : *norm->as_text());
    }
    if (joined != *text.as_text())
      return malformed("tokenizer", "has an exception whose tokens are not its text");
    return kDone;
  }

  Done add_norms() {
    std::vector<std::pair<std::uint64_t, std::string>> norms;
    if (files_.contains("vocab/lookups.bin")) {
      const auto lookups = packed("vocab/lookups.bin");
      if (!lookups) return std::unexpected(lookups.error());
      const PackedValue* const table = lookups->find("lexeme_norm");
      if (table != nullptr && table->as_map() != nullptr) {
        for (const auto& [id, norm] : *table->as_map()) {
          if (id.as_unsigned() == nullptr || norm.as_text() == nullptr) {
            return malformed("vocab/lookups.bin", "lexeme_norm is no table of strings by id");
          }
          norms.emplace_back(*id.as_unsigned(), *norm.as_text());
        }
      }
    }
    std::ranges::sort(norms);
    std::vector<std::uint64_t> ids;
    std::vector<std::string> values;
    for (auto& [id, norm] : norms) {
      ids.push_back(id);
      values.push_back(std::move(norm));
    }
    out_.add_array<std::uint64_t>("norms.ids", ids);
    out_.add("norms.values", StringList::write(values));
    return kDone;
  }

  /// The table of word vectors; nothing when it is empty.
  Done add_vectors() {
    const auto mode = json("vocab/vectors.cfg");
    std::string_view mode_name;
    if (mode && (*mode)["mode"].get(mode_name) == simdjson::SUCCESS && mode_name != "default") {
      return cannot_run("vectors", "their mode is \"" + std::string(mode_name) + "\"");
    }
    if (!files_.contains("vocab/vectors") || !files_.contains("vocab/key2row")) return kDone;
    const auto table = read_npy(*file("vocab/vectors"));
    if (!table) return std::unexpected(table.error());
    if (table->values.empty()) return kDone;
    const auto rows = packed("vocab/key2row");
    if (!rows) return std::unexpected(rows.error());
    if (rows->as_map() == nullptr) return malformed("vocab/key2row", "is no table of rows by id");
    std::vector<std::pair<std::uint64_t, std::uint32_t>> row_of;
    for (const auto& [id, row] : *rows->as_map()) {
      const bool valid =
          id.as_unsigned() != nullptr && row.as_unsigned() != nullptr && *row.as_unsigned() < table->shape[0];
      if (valid) row_of.emplace_back(*id.as_unsigned(), static_cast<std::uint32_t>(*row.as_unsigned()));
    }
    std::ranges::sort(row_of);
    std::vector<std::uint64_t> ids;
    std::vector<std::uint32_t> row_numbers;
    for (const auto& [id, row] : row_of) {
      ids.push_back(id);
      row_numbers.push_back(row);
    }
    RecordWriter record;
    record.number(table->shape[0]);
    record.number(table->shape[1]);
    record.number(ids.size());
    out_.add("vectors", record.take());
    out_.add_array<std::uint64_t>("vectors.ids", ids);
    out_.add_array<std::uint32_t>("vectors.rows", row_numbers);
    out_.add_array<float>("vectors.table", table->values);
    return kDone;
  }

  /// The NumPy format, version 1: "\x93NUMPY", two bytes of version, u16 size of the header, the header, the
  /// data.
  static Result<Tensor> read_npy(std::string_view bytes) {
    constexpr std::size_t kBeforeHeader = 10;
    if (bytes.size() < kBeforeHeader || !bytes.starts_with("\x93NUMPY\x01")) {
      return malformed("vocab/vectors", "is no NumPy file of version 1");
    }
    const std::size_t header_size =
        static_cast<std::uint8_t>(bytes[8]) + (std::size_t{static_cast<std::uint8_t>(bytes[9])} << 8);
    const std::string_view header = bytes.substr(kBeforeHeader, header_size);
    const std::size_t open = header.find("'shape': (");
    const bool plain = header.find("'<f4'") != std::string_view::npos &&
                       header.find("'fortran_order': False") != std::string_view::npos;
    if (open == std::string_view::npos || !plain)
      return malformed("vocab/vectors", "is not made of 32-bit floats");
    Tensor table;
    std::string_view shape = header.substr(open + std::string_view("'shape': (").size());
    for (int dimension = 0; dimension < 2; ++dimension) {
      std::size_t value = 0;
      const auto [end, error] = std::from_chars(shape.data(), shape.data() + shape.size(), value);
      if (error != std::errc() || value > kMostBytes)
        return malformed("vocab/vectors", "has an impossible shape");
      table.shape.push_back(value);
      shape.remove_prefix(static_cast<std::size_t>(end - shape.data()));
      shape.remove_prefix(std::min(shape.size(), shape.find_first_of("0123456789)")));
    }
    const std::string_view data = bytes.substr(std::min(bytes.size(), kBeforeHeader + header_size));
    if (table.shape[0] * table.shape[1] * sizeof(float) != data.size())
      return malformed("vocab/vectors", "is cut off");
    table.values.resize(data.size() / sizeof(float));
    std::copy_n(data.data(), data.size(), reinterpret_cast<char*>(table.values.data()));
    return table;
  }

  Done add_tok2vec() {
    if (!runs("tok2vec")) return kDone;
    const auto model = net("tok2vec");
    if (!model) return std::unexpected(model.error());
    const auto width = import_encoder(*model, "tok2vec", out_);
    if (!width) return std::unexpected(width.error());
    shared_width_ = *width;
    return kDone;
  }

  /// The width of what a component reads: its own encoder's, which is imported, or the shared one's.
  Result<std::size_t> input_width(const ThincModel& model, const std::string& component) {
    if (model.layers("tok2vec-listener").size() == 1) {
      if (shared_width_ == 0) return cannot_run(component, "it listens to a tok2vec that is not there");
      return shared_width_;
    }
    return import_encoder(model, component, out_);
  }

  Done add_tagger() {
    if (!runs("tagger")) return kDone;
    const auto model = net("tagger");
    if (!model) return std::unexpected(model.error());
    const auto width = input_width(*model, "tagger");
    if (!width) return std::unexpected(width.error());
    const auto settings = json("tagger/cfg");
    if (!settings) return std::unexpected(settings.error());
    simdjson::dom::array labels;
    if ((*settings)["labels"].get(labels) != simdjson::SUCCESS)
      return malformed("tagger/cfg", "has no labels");
    std::vector<std::string> names;
    for (const simdjson::dom::element label : labels) {
      std::string_view name;
      if (label.get(name) != simdjson::SUCCESS)
        return malformed("tagger/cfg", "has a label that is no string");
      names.emplace_back(name);
    }
    const auto layers = model->layers("softmax");
    if (layers.size() != 1) return cannot_run("tagger", "it is not Tagger.v2");
    out_.add("tagger.labels", StringList::write(names));
    return import_affine(layers.front(), "tagger.output", *width, names.size(), out_);
  }

  Done add_parser() {
    constexpr std::size_t kSlots = 8;
    return runs("parser") ? add_transitions("parser", kSlots) : Done(kDone);
  }

  Done add_entities() {
    constexpr std::size_t kSlots = 3;
    return runs("ner") ? add_transitions("ner", kSlots) : Done(kDone);
  }

  Done add_transitions(const std::string& component, std::size_t slots) {
    const auto settings = json(component + "/cfg");
    if (!settings) return std::unexpected(settings.error());
    std::int64_t beam_width = 1;
    bool learn_tokens = false;
    const bool has_width = (*settings)["beam_width"].get(beam_width) == simdjson::SUCCESS;
    const bool has_learn = (*settings)["learn_tokens"].get(learn_tokens) == simdjson::SUCCESS;
    if (has_width && beam_width != 1) return cannot_run(component, "it searches with a beam");
    if (has_learn && learn_tokens) return cannot_run(component, "it learns tokens");
    const auto classes = read_classes(component);
    if (!classes) return std::unexpected(classes.error());
    RecordWriter record;
    record.number(classes->size());
    for (const TransitionClass& one : *classes) {
      record.number(one.action);
      record.text(one.label);
    }
    out_.add(component + ".classes", record.take());
    const auto model = net(component);
    if (!model) return std::unexpected(model.error());
    const auto width = input_width(*model, component);
    if (!width) return std::unexpected(width.error());
    return import_transitions(*model, component, *width, slots, classes->size(), out_);
  }

  /// The classes in the net's order: by action, then the more frequent label first, then the later in the
  /// alphabet; labels of negative frequency after all others.
  Result<std::vector<TransitionClass>> read_classes(const std::string& component) {
    const std::string name = component + "/moves";
    const auto moves = packed(name);
    if (!moves) return std::unexpected(moves.error());
    const std::string_view* const text = text_at(*moves, "moves");
    simdjson::dom::element root;
    simdjson::dom::object actions;
    if (text == nullptr ||
        json_parser_.parse(simdjson::padded_string(*text)).get(root) != simdjson::SUCCESS ||
        root.get(actions) != simdjson::SUCCESS) {
      return malformed(name, "holds no JSON of actions");
    }
    std::vector<TransitionClass> classes;
    for (const auto action : actions) {
      simdjson::dom::object labels;
      std::uint64_t number = 0;
      const auto [end, error] =
          std::from_chars(action.key.data(), action.key.data() + action.key.size(), number);
      if (error != std::errc() || action.value.get(labels) != simdjson::SUCCESS)
        return malformed(name, "is no table of actions");
      for (const auto label : labels) {
        std::int64_t frequency = 0;
        if (label.value.get(frequency) != simdjson::SUCCESS)
          return malformed(name, "has a label without frequency");
        classes.push_back({number, frequency, std::string(label.key)});
      }
    }
    std::ranges::sort(classes, [](const TransitionClass& a, const TransitionClass& b) {
      const bool rare_a = a.frequency < 0;
      const bool rare_b = b.frequency < 0;
      if (rare_a != rare_b) return rare_b;
      if (!rare_a && a.action != b.action) return a.action < b.action;
      if (a.frequency != b.frequency) return a.frequency > b.frequency;
      return a.label != b.label ? a.label > b.label : a.action < b.action;
    });
    return classes;
  }

  Done add_ruler() {
    if (!runs("attribute_ruler")) return kDone;
    const auto rules = packed("attribute_ruler/patterns");
    if (!rules) return std::unexpected(rules.error());
    if (rules->as_array() == nullptr) return malformed("attribute_ruler/patterns", "is no list");
    RecordWriter record;
    record.number(rules->as_array()->size());
    for (const PackedValue& rule : *rules->as_array()) {
      if (auto done = add_rule(rule, record); !done) return done;
    }
    out_.add("ruler", record.take());
    return kDone;
  }

  static Done add_rule(const PackedValue& rule, RecordWriter& record) {
    const PackedValue* const patterns = rule.find("patterns");
    const PackedValue* const attributes = rule.find("attrs");
    const PackedValue* const index = rule.find("index");
    if (patterns == nullptr || patterns->as_array() == nullptr || attributes == nullptr ||
        attributes->as_map() == nullptr || index == nullptr || index->as_unsigned() == nullptr) {
      return cannot_run("attribute_ruler", "a rule is not patterns, attributes and an index from 0");
    }
    record.number(patterns->as_array()->size());
    for (const PackedValue& pattern : *patterns->as_array()) {
      if (pattern.as_array() == nullptr || pattern.as_array()->size() <= *index->as_unsigned()) {
        return cannot_run("attribute_ruler", "a rule's index is outside its pattern");
      }
      record.number(pattern.as_array()->size());
      for (const PackedValue& token : *pattern.as_array()) {
        if (auto done = add_token_pattern(token, record); !done) return done;
      }
    }
    record.number(attributes->as_map()->size());
    for (const auto& [name, value] : *attributes->as_map()) {
      if (name.as_text() == nullptr || value.as_text() == nullptr) {
        return cannot_run("attribute_ruler", "a rule sets something that is no string");
      }
      record.text(*name.as_text());
      record.text(*value.as_text());
    }
    record.number(*index->as_unsigned());
    return kDone;
  }

  /// A token's conditions: attribute, operator, values. A plain value is IN with one.
  static Done add_token_pattern(const PackedValue& token, RecordWriter& record) {
    if (token.as_map() == nullptr) return cannot_run("attribute_ruler", "a pattern's token is no table");
    record.number(token.as_map()->size());
    for (const auto& [attribute, wanted] : *token.as_map()) {
      if (attribute.as_text() == nullptr)
        return cannot_run("attribute_ruler", "a pattern's attribute has no name");
      record.text(*attribute.as_text());
      if (wanted.as_bool() != nullptr || wanted.as_text() != nullptr) {
        record.text("IN");
        record.number(1);
        record.text(wanted.as_text() != nullptr ? *wanted.as_text() : *wanted.as_bool() ? "True" : "False");
        continue;
      }
      if (wanted.as_map() == nullptr || wanted.as_map()->size() != 1 ||
          wanted.as_map()->front().first.as_text() == nullptr) {
        return cannot_run("attribute_ruler", "a pattern's condition has more than one operator");
      }
      const auto& [operation, operand] = wanted.as_map()->front();
      record.text(*operation.as_text());
      if (operand.as_text() != nullptr) {
        record.number(1);
        record.text(*operand.as_text());
        continue;
      }
      if (operand.as_array() == nullptr)
        return cannot_run("attribute_ruler", "a pattern's operator has no strings");
      record.number(operand.as_array()->size());
      for (const PackedValue& value : *operand.as_array()) {
        if (value.as_text() == nullptr)
          return cannot_run("attribute_ruler", "a pattern's operator has no strings");
        record.text(*value.as_text());
      }
    }
    return kDone;
  }

  Done add_lemmatizer() {
    if (!runs("lemmatizer")) return kDone;
    const auto lookups = packed("lemmatizer/lookups/lookups.bin");
    if (!lookups) return std::unexpected(lookups.error());
    const PackedValue* const rules = lookups->find("lemma_rules");
    const PackedValue* const index = lookups->find("lemma_index");
    const PackedValue* const exceptions = lookups->find("lemma_exc");
    if (rules == nullptr || index == nullptr || exceptions == nullptr) {
      return cannot_run("lemmatizer", "it lacks one of its tables lemma_rules, lemma_index, lemma_exc");
    }
    RecordWriter record;
    constexpr std::string_view kParts[] = {"adj",   "adp",   "adv",   "aux", "conj", "cconj",
                                           "det",   "intj",  "noun",  "num", "part", "pron",
                                           "propn", "punct", "sconj", "sym", "verb", "x"};
    std::vector<std::string_view> parts;
    for (const std::string_view part : kParts) {
      const auto id = string_id(part);
      if (rules->find(id) != nullptr || index->find(id) != nullptr || exceptions->find(id) != nullptr)
        parts.push_back(part);
    }
    record.number(parts.size());
    for (const std::string_view part : parts) {
      if (auto done = add_lemma_part(part, *rules, *index, *exceptions, record); !done) return done;
    }
    out_.add("lemmatizer", record.take());
    return kDone;
  }

  Done add_lemma_part(std::string_view part, const PackedValue& rules, const PackedValue& index,
                      const PackedValue& exceptions, RecordWriter& record) {
    const auto id = string_id(part);
    record.text(part);
    const PackedValue* const suffixes = rules.find(id);
    const PackedArray none;
    const PackedArray& list =
        suffixes != nullptr && suffixes->as_array() != nullptr ? *suffixes->as_array() : none;
    record.number(list.size());
    for (const PackedValue& rule : list) {
      const PackedArray* const pair = rule.as_array();
      if (pair == nullptr || pair->size() != 2 || (*pair)[0].as_text() == nullptr ||
          (*pair)[1].as_text() == nullptr) {
        return malformed("lemmatizer/lookups/lookups.bin", "has a rule that is no pair of suffixes");
      }
      record.text(*(*pair)[0].as_text());
      record.text(*(*pair)[1].as_text());
    }
    std::vector<std::string> forms;
    if (const PackedValue* const known = index.find(id); known != nullptr && known->as_array() != nullptr) {
      for (const PackedValue& form : *known->as_array()) {
        if (form.as_text() != nullptr) forms.emplace_back(*form.as_text());
      }
    }
    std::ranges::sort(forms);
    out_.add("lemma.index." + std::string(part), StringList::write(forms));
    return add_lemma_exceptions(part, exceptions.find(id));
  }

  Done add_lemma_exceptions(std::string_view part, const PackedValue* exceptions) {
    std::vector<std::pair<std::string, std::string>> entries;  // word, its forms separated by line feeds
    if (exceptions != nullptr && exceptions->as_map() != nullptr) {
      for (const auto& [word, forms] : *exceptions->as_map()) {
        if (word.as_text() == nullptr || forms.as_array() == nullptr) {
          return malformed("lemmatizer/lookups/lookups.bin", "has an exception that is no list of forms");
        }
        std::string joined;
        for (const PackedValue& form : *forms.as_array()) {
          if (form.as_text() == nullptr) continue;
          if (!joined.empty()) joined += '\n';
          joined += *form.as_text();
        }
        entries.emplace_back(*word.as_text(), joined);
      }
    }
    std::ranges::sort(entries);
    std::vector<std::string> words;
    std::vector<std::string> forms;
    for (auto& [word, joined] : entries) {
      words.push_back(std::move(word));
      forms.push_back(std::move(joined));
    }
    out_.add("lemma.exceptions." + std::string(part), StringList::write(words));
    out_.add("lemma.forms." + std::string(part), StringList::write(forms));
    return kDone;
  }

  const PipelineFiles& files_;
  std::string_view source_;
  PipelineConfig config_;
  std::vector<std::string> enabled_;
  std::size_t shared_width_ = 0;
  simdjson::dom::parser json_parser_;
  ModelFileWriter out_;
};

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  if (!stream) return fail(ErrorCode::kUnreadable, "cannot read " + path.string());
  return bytes;
}

}  // namespace

std::span<const std::string_view> pipeline_file_names() { return kUsedFiles; }

Result<void> check_digests(const PipelineFiles& files, const FileDigests& expected) {
  for (const auto& [name, digest] : expected) {
    const auto found = files.find(name);
    if (found == files.end()) return fail(ErrorCode::kDamaged, "the pipeline has no file " + name);
    if (hex(sha256(found->second)) != digest) {
      return fail(ErrorCode::kDamaged,
                  "the pipeline's file " + name + " is not the one that is known: its SHA-256 differs");
    }
  }
  return {};
}

Result<PipelineFiles> read_pipeline_folder(const std::filesystem::path& folder) {
  PipelineFiles files;
  std::uintmax_t total = 0;
  for (const std::string_view name : kUsedFiles) {
    const std::filesystem::path path = folder / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) continue;
    total += std::filesystem::file_size(path, error);
    if (error || total > kMostBytes) return fail(ErrorCode::kTooLarge, "the pipeline is larger than 1 GiB");
    auto bytes = read_file(path);
    if (!bytes) return std::unexpected(bytes.error());
    files.emplace(name, std::move(*bytes));
  }
  if (!files.contains("config.cfg")) {
    return fail(ErrorCode::kNotFound, "no spaCy pipeline in " + folder.string() + ": it has no config.cfg");
  }
  return files;
}

Result<std::string> import_pipeline(const PipelineFiles& files, std::string_view source) {
  return Import(files, source).run();
}

}  // namespace onrecord::spacy
