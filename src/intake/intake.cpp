#include "intake/intake.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "intake/canonical_url.h"
#include "intake/charset.h"
#include "intake/html.h"
#include "intake/iso_date.h"
#include "intake/json_lines.h"
#include "intake/plain_text.h"

namespace onrecord {
namespace {

// A document taken apart: what is told about it, and its body in UTF-8.
struct Opened {
  std::vector<Field> told;  // by the user, then by the record
  DocumentFormat body_format = DocumentFormat::kText;
  DecodedText body;
};

std::string_view value_of(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

Result<Opened> open_record(const RawDocument& document, const Limits& limits) {
  auto record = parse_json_record(document.bytes, "json", limits);
  if (!record) return std::unexpected(std::move(record).error());
  if (record->body_kind == JsonRecord::Body::kNone) {
    return fail(ErrorCode::kEmpty, "neither \"text\" nor \"html\" in the record");
  }
  Opened opened;
  opened.told = document.given;
  opened.told.insert(opened.told.end(), record->fields.begin(), record->fields.end());
  opened.body_format =
      record->body_kind == JsonRecord::Body::kHtml ? DocumentFormat::kHtml : DocumentFormat::kText;
  opened.body = {std::move(record->body), "utf-8", "json", record->replaced};
  return opened;
}

Result<Opened> open(const RawDocument& document, const Limits& limits) {
  if (document.format == DocumentFormat::kJsonRecord) return open_record(document, limits);
  auto body = decode_text(document.bytes, {.header = {}, .html = document.format == DocumentFormat::kHtml});
  if (!body) return std::unexpected(std::move(body).error());
  return Opened{document.given, document.format, *std::move(body)};
}

Result<Article> read_body(Opened& opened, const Limits& limits) {
  if (opened.body_format == DocumentFormat::kHtml) {
    return article_from_html(
        opened.body.text,
        {std::string(value_of(opened.told, "url")), std::string(value_of(opened.told, "retrieved"))}, limits);
  }
  TextFacts facts;
  facts.title = value_of(opened.told, "title");
  for (const Field& field : opened.told) {
    if (field.name == "author") facts.authors.push_back(field.value);
  }
  return article_from_text(std::move(opened.body.text), facts, limits);
}

// Dates that a person or a program wrote, in ISO 8601.
std::optional<Error> normalise_dates(std::vector<Field>& told) {
  for (Field& field : told) {
    if (field.name != "published" && field.name != "modified" && field.name != "retrieved") continue;
    auto date = iso_date(field.value);
    if (!date && field.name != "published" && field.found_in.starts_with("json:")) {
      field.name = "extra." + field.name;  // a program's word for when it saw the page, not the user's
      continue;
    }
    if (!date) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{} \"{}\" ({}) is no date that has one meaning; write it as 2025-08-11",
                               field.name, field.value, field.found_in),
                   {},
                   {},
                   {}};
    }
    field.value = *std::move(date);
  }
  return std::nullopt;
}

// The address by which the article is known: the one the user gave, or the one the page names when it is of
// the same site or nobody gave any. A page that names another site as its origin is a reprint, not the
// original.
void add_canonical_url(Article& article) {
  const Field* url = article.find("url");
  const std::string own = url == nullptr ? std::string() : canonical_url(url->value);
  std::vector<Field> named;
  for (const Field& field : article.fields) {
    if (field.name == "canonical_url") named.push_back(field);
  }
  std::erase_if(article.fields, [](const Field& field) { return field.name == "canonical_url"; });
  if (!own.empty()) named.push_back({"canonical_url", own, url->found_in, {}});
  for (Field& field : named) {
    if (std::string clean = canonical_url(field.value); !clean.empty()) field.value = std::move(clean);
  }
  const auto foreign = [&](const Field& field) { return !own.empty() && !same_site(field.value, own); };
  std::ranges::stable_partition(named, [&](const Field& field) { return !foreign(field); });
  std::ranges::move(named, std::back_inserter(article.fields));
}

Result<Article> make(const RawDocument& document, const Limits& limits) {
  auto opened = open(document, limits);
  if (!opened) return std::unexpected(std::move(opened).error());
  if (auto error = normalise_dates(opened->told)) return std::unexpected(*std::move(error));
  auto article = read_body(*opened, limits);
  if (!article) return article;
  article->fields.insert(article->fields.begin(), opened->told.begin(), opened->told.end());
  add_canonical_url(*article);
  article->fields.push_back({"encoding", describe_encoding(opened->body), opened->body.found_in, {}});
  return article;
}

}  // namespace

Result<Article> make_article(const RawDocument& document, const Limits& limits) {
  auto article = make(document, limits);
  if (!article) {
    Error& error = article.error();
    error.file = document.path;
    if (document.record != 0) error.record = document.record;
    if (document.record != 0 && !error.offset) error.offset = document.offset;
  }
  return article;
}

}  // namespace onrecord
