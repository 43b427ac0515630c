// From the bytes of a document to an article.
#pragma once

#include "intake/source.h"
#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"

namespace onrecord {

/// Makes the article of one document: decodes it, finds paragraphs and fields, and puts what the user said
/// about it (`document.given`) before what was found: the user's word is the best value, and what the
/// document says itself stays after it with its own `found_in`.
///
/// - `published` and `modified` given by the user or by a JSON record are written as ISO 8601
///   (intake/iso_date.h); what is no date, or one that could be two, is `kInvalidArgument`, but for
///   `modified` and `retrieved` of a record, which are then kept as `extra.KEY`.
/// - `url` stays as given; `canonical_url` is it cleaned (intake/canonical_url.h).
/// - An outlet that nobody named stays unknown.
/// - `encoding` says the charset and how it is known.
///
/// A document without a letter or a digit in its readable text is `kEmpty`. Other errors: `kBadEncoding`,
/// `kMalformed`, `kTooLarge`, `kTooDeep`, `kUnsupportedFormat` (binary data). Every error names file and
/// record.
/// A pure function: the same document gives the same article, from any thread. Costs O(bytes).
[[nodiscard]] Result<Article> make_article(const RawDocument& document, const Limits& limits);

}  // namespace onrecord
