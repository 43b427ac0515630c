// The headline of a page.
#pragma once

#include <optional>
#include <string>

#include "intake/html_metadata.h"

namespace onrecord {

struct PageTitle {
  PageClaim claim;              ///< empty when the page has none
  NodeIndex element = kNoNode;  ///< the <h1> it was read from
};

/// The <h1> that agrees best with what the metadata call the page, else the metadata's headline without the
/// name of the site. The name of the site is cut off only when the page proves it to be one: it is the
/// outlet's, the host's, or what another headline of the page does without. Costs O(bytes of headings and
/// metadata).
[[nodiscard]] PageTitle page_title(const HtmlTree& tree, const PageMetadata& metadata, std::string_view host);

}  // namespace onrecord
