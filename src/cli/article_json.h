// The JSON form of an article: text, paragraphs, fields.
#pragma once

#include <string>

#include "onrecord/article.h"
#include "onrecord/record.h"

namespace onrecord::cli {

/// What intake made of one document, as a line.
[[nodiscard]] std::string article_json(const Original& original, const Article& article);
/// What the record holds of it, as a line.
[[nodiscard]] std::string article_json(const RecordedArticle& recorded);

}  // namespace onrecord::cli
