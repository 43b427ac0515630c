// Reading: a document in, its quotations out. Every way of reading implements this interface.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "onrecord/article.h"
#include "onrecord/document.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"
#include "onrecord/quotation.h"

namespace onrecord {

/// Finds what is reported inside one article. Implementations are immutable after construction: one reader
/// may be used by several threads at once, and the same article gives the same quotations, bit for bit.
class Reader {
 public:
  virtual ~Reader() = default;

  /// What the record keeps as the way an article was read: "plain-4". Changes when its answers may change.
  [[nodiscard]] virtual std::string_view version() const = 0;

  /// Quotations in text order of their content. `document` was made from `article`, whose fields (outlet,
  /// publication date, authors) are evidence. Costs O(bytes of the text); beyond `limits` it fails with
  /// `kTooMany` or `kTooSlow`.
  [[nodiscard]] virtual Result<std::vector<Quotation>> read(const Article& article, const Document& document,
                                                            const Limits& limits) const = 0;
};

}  // namespace onrecord
