// Ids: what things are called, derived from what they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "onrecord/article.h"
#include "onrecord/quotation.h"
#include "text/sha256.h"

namespace onrecord {

/// `prefix` and the first 60 bits of `digest` in Crockford's base 32 (lower case).
[[nodiscard]] std::string make_id(char prefix, const Digest& digest);

/// An id as a person typed it, or its beginning, in the form it is stored: lower case, with o read as 0 and
/// i and l as 1. Empty when it cannot be an id with one of the letters in `prefixes`.
[[nodiscard]] std::string normalise_id(std::string_view typed, std::string_view prefixes);

/// What tells an article from others: its outlet with its canonical URL, or with its text's hash where it has
/// none.
struct ArticleIdentity {
  std::string outlet;
  std::string canonical_url;
  std::string text_sha256;
  std::string article;  ///< id
  std::string version;  ///< id
};
[[nodiscard]] ArticleIdentity identify(const Article& article);

/// `ordinal` tells quotations with the same content in one version apart, in their order.
[[nodiscard]] std::string quotation_id(std::string_view version_id, const Spans& content,
                                       std::uint32_t ordinal);

/// Composed (NFC), single spaces, straight apostrophes.
[[nodiscard]] std::string normalised_name(std::string_view name);

/// A speaker: a name and, where the name alone tells nobody, the article it was read in.
struct SpeakerIdentity {
  std::string id;
  std::string name;            ///< normalised
  bool is_of_article = false;  ///< the same name in another article may be somebody else
};
enum class NameHolds {
  kAsFarAsItTells,  ///< a person with a bare surname, a group, a document and an unnamed source: in their
                    ///< article
  kInItsArticle,    ///< a person said that this one is not the others of the name
};
[[nodiscard]] SpeakerIdentity identify_speaker(std::string_view name, SpeakerKind kind,
                                               std::string_view article_id,
                                               NameHolds holds = NameHolds::kAsFarAsItTells);

}  // namespace onrecord
