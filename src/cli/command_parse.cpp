// `onrecord parse PATH...`: what the language model says of a text, token by token.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "cli/command.h"
#include "cli/models.h"
#include "cli/options.h"
#include "cli/table.h"
#include "intake/byte_source.h"
#include "onrecord/language.h"
#include "onrecord/limits.h"
#include "text/json_writer.h"
#include "text/utf8.h"

namespace onrecord::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string model;
  std::string format;
};

/// A text as `ingest` would open it: a plain file or standard input, up to the limit of a document.
Result<std::string> read_text(const std::string& path) {
  auto bytes =
      path == "-" ? Result<std::unique_ptr<ByteSource>>(descriptor_bytes(STDIN_FILENO)) : open_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  return read_whole(**bytes, Limits{}.document_bytes);
}

/// "B-PERSON", "I-PERSON" or "O" for every token.
std::vector<std::string> entity_marks(std::size_t tokens, const std::vector<Entity>& entities,
                                      const LabelNames& names) {
  std::vector<std::string> marks(tokens, "O");
  for (const Entity& entity : entities) {
    for (std::uint32_t i = entity.first; i < entity.last; ++i) {
      marks[i] = (i == entity.first ? "B-" : "I-") + names.entities[entity.label];
    }
  }
  return marks;
}

/// One object a text: every token as spaCy counts them, white space included.
std::string json_line(const std::string& path, const Parse& parse) {
  const CodePointIndex code_points(parse.text);
  const auto marks = entity_marks(parse.tokens.size(), parse.entities, *parse.names);
  JsonWriter json;
  json.begin_object();
  json.member("schema", "onrecord/parse/1");
  json.member("path", std::string_view(path));
  json.key("tokens");
  json.begin_array();
  for (std::size_t i = 0; i < parse.tokens.size(); ++i) {
    const ParsedToken& token = parse.tokens[i];
    const TokenAnnotation& annotation = token.annotation;
    const CodePointSpan place = code_points.to_code_points(token.span);
    json.begin_object();
    json.member("text", cut(parse.text, token.span));
    json.member("begin", token.span.begin);
    json.member("end", token.span.end);
    json.member("code_point_begin", place.begin);
    json.member("code_point_end", place.end);
    json.member("space", token.followed_by_space);
    json.member("tag", std::string_view(parse.names->tags[annotation.tag]));
    json.member("pos", name(annotation.part_of_speech));
    json.member("morph", std::string_view(parse.names->morphologies[annotation.morphology]));
    json.member("lemma", cut(parse.lemmas, annotation.lemma));
    json.member("head", annotation.head);
    json.member("dep", std::string_view(parse.names->dependencies[annotation.dependency]));
    json.member("sentence_start", token.starts_sentence);
    json.member("entity", std::string_view(marks[i]));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

std::string_view or_dash(std::string_view text) { return text.empty() ? "_" : text; }

/// The white space between a token and the next.
std::string_view space_after(const Document& document, std::uint32_t token) {
  if (token + 1 >= document.tokens.size()) return {};
  return cut(document.text, {document.tokens[token].span.end, document.tokens[token + 1].span.begin});
}

/// The words of a sentence with one space where the text has white space, so that the tokens make it up.
std::string sentence_text(const Document& document, const Sentence& sentence) {
  std::string text;
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    text += document.word(i);
    if (i + 1 < sentence.last && !space_after(document, i).empty()) text += ' ';
  }
  return text;
}

/// What the column MISC says of the white space after a token; nothing for one space. The letters of the
/// escapes are those of UDPipe, which CoNLL-U refers to (https://universaldependencies.org/misc.html).
std::string space_mark(std::string_view space) {
  if (space.empty()) return "|SpaceAfter=No";
  if (space == " ") return {};
  std::string mark = "|SpacesAfter=";
  for (const char c : space) {
    switch (c) {
      case ' ':
        mark += "\\s";
        break;
      case '\t':
        mark += "\\t";
        break;
      case '\r':
        mark += "\\r";
        break;
      case '\n':
        mark += "\\n";
        break;
      default:
        mark += c;
    }
  }
  return mark;
}

/// CoNLL-U (https://universaldependencies.org/format.html) without the white space tokens; the label of the
/// dependency is the model's own but for the root's, entities stand in the last column.
std::string conllu(const std::string& path, const Document& document) {
  const auto marks =
      entity_marks(document.tokens.size(), document.annotations->entities, *document.annotations->names);
  std::string out = "# newdoc id = " + path + "\n";
  for (std::size_t s = 0; s < document.sentences.size(); ++s) {
    const Sentence& sentence = document.sentences[s];
    out += fmt::format("# sent_id = {}\n# text = {}\n", s + 1, sentence_text(document, sentence));
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const std::uint32_t head = document.head(i);
      const bool root = head == i || head < sentence.first || head >= sentence.last;
      out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\tStartByte={}|NER={}{}\n", i - sentence.first + 1,
                         document.word(i), or_dash(document.lemma(i)),
                         or_dash(name(document.annotation(i).part_of_speech)), or_dash(document.tag(i)),
                         or_dash(document.morphology(i)), root ? 0 : head - sentence.first + 1,
                         root ? "root" : or_dash(document.dependency(i)), document.tokens[i].span.begin,
                         marks[i], space_mark(space_after(document, i)));
    }
    out += "\n";
  }
  return out;
}

std::string table(const Document& document, const Terminal& terminal) {
  const auto marks =
      entity_marks(document.tokens.size(), document.annotations->entities, *document.annotations->names);
  std::string out;
  for (const Sentence& sentence : document.sentences) {
    Table rows({{"", Align::kRight, Style::kDim},
                {"word", Align::kLeft, Style::kStrong},
                {"tag"},
                {"part"},
                {"lemma"},
                {"dependency"},
                {"of"},
                {"entity"}});
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const std::uint32_t head = document.head(i);
      rows.add_row({std::to_string(i - sentence.first + 1), std::string(document.word(i)),
                    std::string(document.tag(i)), std::string(name(document.annotation(i).part_of_speech)),
                    std::string(document.lemma(i)), std::string(document.dependency(i)),
                    head == i ? "" : std::string(document.word(head)), marks[i] == "O" ? "" : marks[i]});
    }
    out += rows.render(terminal) + "\n";
  }
  return out;
}

Result<std::string> parsed(const std::string& path, std::string_view text, const std::string& format,
                           const LanguageModel& model, LanguageModel::Workspace& workspace,
                           const Terminal& terminal) {
  if (format == "jsonl") {
    const auto parse = model.parse(text, workspace);
    if (!parse) return std::unexpected(parse.error());
    return json_line(path, *parse);
  }
  const Paragraph whole{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody};
  const auto document = model.annotate(text, {&whole, 1}, workspace);
  if (!document) return std::unexpected(document.error());
  return format == "conllu" ? conllu(path, *document) : table(*document, terminal);
}

ExitCode parse(const Options& options, Console& console) {
  if (!check_paths(options.paths, console)) return ExitCode::kError;
  const auto model = open_model(options.model);
  if (!model) return console.fail(model.error());
  LanguageModel::Workspace workspace(*model);
  const std::string standard = console.output().interactive ? "table" : "jsonl";
  const std::string& format = options.format.empty() ? standard : options.format;
  bool refused = false;
  bool found = false;
  for (const std::string& file : options.paths) {
    const auto text = read_text(file);
    auto result = text ? parsed(file, *text, format, *model, workspace, console.output())
                       : Result<std::string>(std::unexpected(text.error()));
    if (result) {
      found = found || text->find_first_not_of(" \t\r\n") != std::string::npos;
      console.print(*result);
    } else {
      result.error().file = file;
      console.error(result.error());
      refused = true;
    }
  }
  if (refused) return ExitCode::kRejections;
  return found ? ExitCode::kFound : ExitCode::kNothing;
}

}  // namespace

Action declare_parse(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->paths, "Plain texts in UTF-8, or - for standard input")->required();
  app.add_option("--model", options->model, "Name or path of the language model; without it the default one")
      ->type_name("MODEL");
  app.add_option("--format", options->format,
                 "How to print; without it a table on a terminal, jsonl in a pipe")
      ->type_name("NAME")
      ->check(CLI::IsMember({"table", "conllu", "jsonl"}));
  add_examples(app, {{"onrecord parse speech.txt", "tags, dependencies and entities, sentence by sentence"},
                     {"onrecord parse --format conllu speech.txt", "for other tools of linguistics"},
                     {"echo 'She said so.' | onrecord parse -", "a text from a pipe"}});
  return [options](Console& console) { return parse(*options, console); };
}

}  // namespace onrecord::cli
