#include "record/quotation_json.h"

#include <cmath>
#include <initializer_list>
#include <utility>

namespace onrecord {
namespace {

void write_span(JsonWriter& json, std::string_view text, const CodePointIndex& code_points, Span span) {
  const CodePointSpan in_code_points = code_points.to_code_points(span);
  json.begin_object();
  json.key("bytes"), json.begin_array(), json.value(span.begin), json.value(span.end), json.end_array();
  json.key("code_points"), json.begin_array();
  json.value(in_code_points.begin), json.value(in_code_points.end), json.end_array();
  json.member("text", cut(text, span));
  json.end_object();
}

/// One value of a quotation, written with what its kind adds before the value's confidence.
class MemberWriter {
 public:
  MemberWriter(JsonWriter& json, const QuotationContext& context) : json_(json), context_(context) {}

  void spans(std::string_view name, const Spans& spans) {
    json_.key(name);
    write_spans(json_, context_.text, *context_.code_points, spans);
  }

  /// A resolved value with what its kind adds (name and value, both empty or none); null when nothing was
  /// told and nothing is known.
  void resolved(std::string_view name, const Resolved& value,
                std::initializer_list<std::pair<std::string_view, std::string_view>> more = {}) {
    json_.key(name);
    if (value.value.empty() && value.spans.empty()) return json_.null();
    json_.begin_object();
    json_.member_or_null("value", value.value);
    for (const auto& [key, text] : more) optional(key, text);
    json_.member("confidence", rounded(value.confidence));
    json_.member("reason", std::string_view(value.reason));
    spans("spans", value.spans);
    json_.end_object();
  }

  void optional(std::string_view name, std::string_view value) {
    if (!value.empty()) json_.member(name, value);
  }

 private:
  JsonWriter& json_;
  const QuotationContext& context_;
};

void write_place(JsonWriter& json, MemberWriter& members, const QuotationContext& context) {
  members.optional("id", context.id);
  members.optional("path", context.path);
  if (context.record) json.member("record", *context.record);
  json.member_or_null("article", context.article);
  members.optional("version", context.version);
  members.optional("outlet", context.outlet);
  members.optional("title", context.title);
  members.optional("published", context.published);
  members.optional("url", context.url);
}

void write_authority(JsonWriter& json, MemberWriter& members, const std::vector<AuthorityLink>& authority) {
  json.key("authority");
  json.begin_array();
  for (const AuthorityLink& link : authority) {
    json.begin_object();
    json.member("name", std::string_view(link.name));
    members.spans("spans", link.spans);
    json.end_object();
  }
  json.end_array();
}

void write_unnamed(JsonWriter& json, MemberWriter& members, const UnnamedSource& unnamed) {
  if (unnamed.kind.value.empty() && unnamed.how_many.value.empty() && unnamed.reason.value.empty()) return;
  json.key("unnamed");
  json.begin_object();
  const auto told = [&](std::string_view name, const Told& words) {
    json.key(name);
    if (words.value.empty()) return json.null();
    json.begin_object();
    json.member("value", std::string_view(words.value));
    members.spans("spans", words.spans);
    json.end_object();
  };
  told("how_many", unnamed.how_many);
  told("kind", unnamed.kind);
  told("reason", unnamed.reason);
  json.end_object();
}

void write_candidates(JsonWriter& json, const std::vector<SpeakerCandidate>& candidates) {
  json.key("candidates");
  json.begin_array();
  for (const SpeakerCandidate& candidate : candidates) {
    json.begin_object();
    json.member("value", std::string_view(candidate.name));
    json.member("worth", rounded(candidate.worth));
    json.key("evidence"), json.begin_object();
    for (const auto& [name, value] : candidate.evidence) json.member(name, rounded(value));
    json.end_object();
    json.end_object();
  }
  json.end_array();
}

bool only_space_between(std::string_view text, Span before, Span after) {
  return text.substr(before.end, after.begin - before.end).find_first_not_of(" \t\r\n") ==
         std::string_view::npos;
}

}  // namespace

double rounded(float confidence) { return std::round(static_cast<double>(confidence) * 1000.0) / 1000.0; }

QuotationContext context_of(const Article& article, const CodePointIndex& code_points) {
  QuotationContext context;
  context.text = article.text;
  context.code_points = &code_points;
  context.outlet = article.field("outlet");
  context.title = article.field("title");
  context.published = article.field("published");
  context.url = article.field("canonical_url");
  if (context.url.empty()) context.url = article.field("url");
  return context;
}

QuotationContext context_of(const RecordedQuotation& row, std::string_view text,
                            const CodePointIndex& code_points) {
  QuotationContext context;
  context.text = text;
  context.code_points = &code_points;
  context.id = row.id;
  context.article = row.article;
  context.version = row.version;
  context.speaker_id = row.speaker_id;
  context.person_id = row.person.id, context.person = row.person.name;
  context.person_reason = row.person.reason, context.identifier = row.person.identifier;
  context.outlet = row.outlet;
  context.title = row.title;
  context.published = row.published;
  context.url = row.url;
  return context;
}

std::string joined_words(std::string_view text, const Spans& content) {
  std::string words;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (i > 0) words += only_space_between(text, content[i - 1], content[i]) ? " " : " … ";
    bool space = false;
    for (const char c : cut(text, content[i])) {
      const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!is_space || !space) words += is_space ? ' ' : c;
      space = is_space;
    }
  }
  return words;
}

void write_spans(JsonWriter& json, std::string_view text, const CodePointIndex& code_points,
                 const Spans& spans) {
  json.begin_array();
  for (const Span span : spans) write_span(json, text, code_points, span);
  json.end_array();
}

std::string quotation_json(const Quotation& quotation, const QuotationContext& context) {
  JsonWriter json;
  MemberWriter members(json, context);
  json.begin_object();
  json.member("schema", kQuotationSchema);
  write_place(json, members, context);
  json.member("kind", name(quotation.kind));
  json.member("mode", name(quotation.mode));
  json.member("words", std::string_view(joined_words(context.text, quotation.content)));
  members.spans("content", quotation.content);
  members.spans("content_with_marks", quotation.content_with_marks);
  members.spans("quoted", quotation.quoted);
  members.spans("cue", quotation.cue);
  members.spans("source", quotation.source);
  members.resolved("speaker", quotation.speaker,
                   {{"id", context.speaker_id},
                    {"kind", name(quotation.speaker_kind)},
                    {"person", context.person},
                    {"person_id", context.person_id},
                    {"person_reason", context.person_reason},
                    {"identifier", context.identifier}});
  if (context.candidates) write_candidates(json, quotation.speaker_candidates);
  write_unnamed(json, members, quotation.unnamed);
  members.resolved("addressee", quotation.addressee);
  members.resolved("venue", quotation.venue);
  members.resolved("when", quotation.when, {{"basis", name(quotation.when_basis)}});
  write_authority(json, members, quotation.authority);
  json.member("confidence", rounded(quotation.confidence));
  json.member("reason", std::string_view(quotation.reason));
  if (context.sentences) {
    json.key("context");
    write_span(json, context.text, *context.code_points, *context.sentences);
  }
  if (context.current) json.member("current", *context.current);
  json.end_object();
  return json.take();
}

}  // namespace onrecord
