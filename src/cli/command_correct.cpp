// `onrecord correct ...`: what a person knows better than the reading.
#include <fmt/format.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/statement_text.h"
#include "cli/table.h"
#include "record/recorded_texts.h"
#include "text/json_writer.h"

namespace onrecord::cli {
namespace {

constexpr std::string_view kCorrectionSchema = "onrecord/correction/1";

/// What the subcommands share. One of them is chosen; each fills in its part of `correction`.
struct Options {
  RecordOption record;
  FormatOption format;
  Correction correction;
  std::string speaker_kind = "person";
  bool speaker_unknown = false;
  std::string quotation_kind;
  std::vector<std::uint32_t> offsets;
  bool in_code_points = false;
  std::string words;
  std::string undo;
};

Result<Record> open_to_write(const Options& options) {
  RecordOptions writing;
  writing.mode = RecordOptions::Mode::kWrite;
  return Record::open(options.record.path, writing);
}

/// Where `words` stand in `text`: of several places the one nearest to `near`.
std::optional<Span> nearest(std::string_view text, std::string_view words, Span near) {
  std::optional<Span> best;
  std::uint32_t best_distance = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const auto begin = static_cast<std::uint32_t>(at);
    const std::uint32_t distance = begin > near.begin ? begin - near.begin : near.begin - begin;
    if (distance < best_distance) {
      best_distance = distance;
      best = Span{begin, begin + static_cast<std::uint32_t>(words.size())};
    }
  }
  return best;
}

/// The new content as the user named it: by words that stand in the article, or by offsets.
Result<Spans> boundaries(const Record& record, const Options& options) {
  const Result<RecordedQuotation> row = record.quotation(options.correction.quotation);
  if (!row) return std::unexpected(row.error());
  RecordedTexts texts(record);
  const Result<QuotationContext> context = texts.context_of(*row);
  if (!context) return std::unexpected(context.error());
  if (!options.words.empty()) {
    const std::optional<Span> found = nearest(context->text, options.words, row->quotation.content.front());
    if (found) return Spans{*found};
    return onrecord::fail(ErrorCode::kNotFound,
                          "these words do not stand in the article in this form; `onrecord show " +
                              row->article + "` shows its text");
  }
  if (options.offsets.empty() || options.offsets.size() % 2 != 0) {
    return onrecord::fail(ErrorCode::kInvalidArgument,
                          "boundaries are pairs of begin and end, or --words TEXT");
  }
  Spans spans;
  for (std::size_t i = 0; i < options.offsets.size(); i += 2) {
    const std::uint32_t begin = options.offsets[i];
    const std::uint32_t end = options.offsets[i + 1];
    spans.push_back(options.in_code_points ? context->code_points->to_bytes({begin, end}) : Span{begin, end});
  }
  return spans;
}

void tell(Console& console, const Options& options, const std::string& id) {
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", kCorrectionSchema);
    json.member("id", std::string_view(id));
    json.end_object();
    console.print(json.take() + "\n");
    return;
  }
  console.print(
      StyledText(fmt::format("Corrected; it is kept as {} and holds for new readings too. To take it back: "
                             "onrecord correct undo {}",
                             id, id)));
}

ExitCode correct(Options& options, Console& console) {
  Result<Record> record = open_to_write(options);
  if (!record) return console.fail(record.error());
  Correction& correction = options.correction;
  if (correction.kind == CorrectionKind::kSpeaker) {
    if (options.speaker_unknown != correction.speaker.empty()) {
      console.error("either a NAME or --unknown", "See: onrecord correct speaker --help");
      return ExitCode::kError;
    }
    correction.speaker_kind =
        options.speaker_unknown ? SpeakerKind::kUnknown : *speaker_kind(options.speaker_kind);
  }
  if (correction.kind == CorrectionKind::kKind)
    correction.quotation_kind = *quotation_kind(options.quotation_kind);
  if (correction.kind == CorrectionKind::kBoundaries) {
    Result<Spans> spans = boundaries(*record, options);
    if (!spans) return console.fail(spans.error());
    correction.content = std::move(*spans);
  }
  const Result<std::string> id = record->correct(correction);
  if (!id) return console.fail(id.error());
  tell(console, options, *id);
  return ExitCode::kFound;
}

ExitCode undo(const Options& options, Console& console) {
  Result<Record> record = open_to_write(options);
  if (!record) return console.fail(record.error());
  const Result<std::string> undone = record->undo(options.undo);
  if (!undone) return console.fail(undone.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    JsonWriter json;
    json.begin_object();
    json.member("schema", kCorrectionSchema);
    json.member("id", std::string_view(*undone));
    json.member("undone", true);
    json.end_object();
    console.print(json.take() + "\n");
  } else {
    console.print(StyledText(fmt::format("The correction {} was taken back.", *undone)));
  }
  return ExitCode::kFound;
}

std::string what_it_says(const Correction& correction) {
  switch (correction.kind) {
    case CorrectionKind::kSpeaker:
      return correction.speaker.empty() ? "nobody can tell" : correction.speaker;
    case CorrectionKind::kKind:
      return std::string(name(correction.quotation_kind));
    case CorrectionKind::kMerge:
      return "a part of " + correction.other;
    case CorrectionKind::kBoundaries:
      return "other boundaries";
    case CorrectionKind::kReject:
      return "no statement";
    case CorrectionKind::kSameSpeaker:
      return fmt::format("the same as {} ({})", correction.speaker, correction.other);
    case CorrectionKind::kOtherSpeaker:
      return correction.other.empty() ? "not whom it was joined with"
                                      : "somebody else in " + correction.other;
  }
  return {};
}

std::string correction_json(const RecordedCorrection& row) {
  const Correction& correction = row.correction;
  JsonWriter json;
  json.begin_object();
  json.member("schema", kCorrectionSchema);
  json.member("id", std::string_view(row.id));
  json.member("kind", name(correction.kind));
  json.member_or_null("quotation", correction.quotation);
  json.member("value", std::string_view(what_it_says(correction)));
  json.member("article", std::string_view(row.article));
  json.member("text_sha256", std::string_view(row.text_sha256));
  json.key("anchor"), json.begin_array(), json.value(row.anchor.begin), json.value(row.anchor.end),
      json.end_array();
  json.member("words", std::string_view(row.words));
  json.member_or_null("note", correction.note);
  json.member("made_at", std::string_view(row.made_at));
  json.member("detached", row.detached);
  json.end_object();
  return json.take() + "\n";
}

ExitCode list(const Options& options, Console& console) {
  const Result<Record> record = Record::open(options.record.path);
  if (!record) return console.fail(record.error());
  const auto rows = record->corrections();
  if (!rows) return console.fail(rows.error());
  if (options.format.resolve(console.output()) == Format::kJsonLines) {
    for (const RecordedCorrection& row : *rows) console.print(correction_json(row));
  } else if (rows->empty()) {
    console.print(StyledText("No corrections."));
  } else {
    Table table({{"id"}, {"what"}, {"is"}, {"of"}, {"words", Align::kLeft, Style::kStrong}, {"note"}});
    for (const RecordedCorrection& row : *rows) {
      table.add_row({row.id, std::string(name(row.correction.kind)), what_it_says(row.correction),
                     row.detached ? "fits nothing now" : row.correction.quotation, shorten(row.words, 60),
                     row.correction.note});
    }
    console.print(table.render(console.output()));
  }
  return rows->empty() ? ExitCode::kNothing : ExitCode::kFound;
}

using Chosen = std::shared_ptr<Action>;

/// A subcommand that makes a correction of `kind`.
CLI::App* add_kind(CLI::App& app, const Chosen& chosen, const std::shared_ptr<Options>& options,
                   CorrectionKind kind, const std::string& summary) {
  CLI::App* command = app.add_subcommand(std::string(name(kind)), summary);
  command->add_option("ID", options->correction.quotation, "The statement (q...)")->required();
  options->record.declare(*command);
  options->format.declare(*command, {"table", "jsonl"});
  command->add_option("--note", options->correction.note, "Why, in your words")->type_name("TEXT");
  command->callback([chosen, options, kind] {
    options->correction.kind = kind;
    *chosen = [options](Console& console) { return correct(*options, console); };
  });
  return command;
}

void declare_speaker(CLI::App& app, const Chosen& chosen, const std::shared_ptr<Options>& options) {
  CLI::App* command = add_kind(app, chosen, options, CorrectionKind::kSpeaker, "Somebody else said it");
  command->add_option("NAME", options->correction.speaker, "Who said it: the full name");
  command->add_flag("--unknown", options->speaker_unknown, "Nobody can tell who said it");
  command->add_option("--kind", options->speaker_kind, "What the speaker is")
      ->type_name("KIND")
      ->check(CLI::IsMember({"person", "organization", "group", "document", "unnamed"}))
      ->capture_default_str();
  add_examples(*command, {{"onrecord correct speaker q7k2m 'Lene Harrowick'", ""},
                          {"onrecord correct speaker q7k2m --unknown --note 'the page does not say'", ""}});
}

void declare_boundaries(CLI::App& app, const Chosen& chosen, const std::shared_ptr<Options>& options) {
  CLI::App* command =
      add_kind(app, chosen, options, CorrectionKind::kBoundaries, "The words begin or end somewhere else");
  command->add_option("OFFSETS", options->offsets,
                      "Begin and end of each piece, in bytes of the article's text");
  command->add_flag("--code-points", options->in_code_points, "The offsets count code points");
  command->add_option("--words", options->words, "Instead of offsets: the words as they stand in the article")
      ->type_name("TEXT");
  add_examples(*command, {{"onrecord correct boundaries q7k2m --words 'the bridge would stay closed'", ""},
                          {"onrecord correct boundaries q7k2m 120 164 190 201", "two pieces, by bytes"}});
}

void declare_list_and_undo(CLI::App& app, const Chosen& chosen, const std::shared_ptr<Options>& options) {
  CLI::App* take_back = app.add_subcommand("undo", "Take a correction back");
  take_back->add_option("ID", options->undo, "The correction (c...)")->required();
  options->record.declare(*take_back);
  options->format.declare(*take_back, {"table", "jsonl"});
  add_examples(*take_back, {{"onrecord correct undo c5n8p", ""}});
  take_back->callback(
      [chosen, options] { *chosen = [options](Console& console) { return undo(*options, console); }; });
  CLI::App* show = app.add_subcommand("list", "List the corrections, and those that fit nothing now");
  options->record.declare(*show);
  options->format.declare(*show, {"table", "jsonl"});
  add_examples(*show, {{"onrecord correct list", ""}});
  show->callback(
      [chosen, options] { *chosen = [options](Console& console) { return list(*options, console); }; });
}

}  // namespace

Action declare_correct(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto chosen = std::make_shared<Action>();
  app.require_subcommand(1);
  declare_speaker(app, chosen, options);
  CLI::App* kind = add_kind(app, chosen, options, CorrectionKind::kKind, "It is direct, mixed or indirect");
  kind->add_option("KIND", options->quotation_kind, "What it is")
      ->required()
      ->check(CLI::IsMember({"direct", "mixed", "indirect"}));
  add_examples(*kind, {{"onrecord correct kind q7k2m mixed", ""}});
  declare_boundaries(app, chosen, options);
  CLI::App* merge =
      add_kind(app, chosen, options, CorrectionKind::kMerge, "It is a part of another statement");
  merge->add_option("OTHER", options->correction.other, "The statement that it is a part of (q...)")
      ->required();
  add_examples(*merge, {{"onrecord correct merge q7k2m q9x3d", ""}});
  CLI::App* reject = add_kind(app, chosen, options, CorrectionKind::kReject, "It is no statement");
  add_examples(*reject, {{"onrecord correct reject q7k2m --note 'the title of a film'", ""}});
  declare_list_and_undo(app, chosen, options);
  add_examples(app, {{"onrecord correct speaker q7k2m 'Lene Harrowick'", "somebody else said it"},
                     {"onrecord correct reject q7k2m", "it is no statement"},
                     {"onrecord correct list", "all corrections; they survive a new reading"}});
  return [chosen](Console& console) { return (*chosen)(console); };
}

}  // namespace onrecord::cli
