// The originals of a record, found again in a folder.
#pragma once

#include <string>
#include <string_view>

#include "onrecord/record.h"

namespace onrecord::cli {

/// The bytes of all documents below `folder`, one after another; what cannot be read is passed over.
[[nodiscard]] Record::NextDocument documents_below(const std::string& folder);

/// Runs intake on bytes that stood at the place of `original`, as an ingest of that file would have.
[[nodiscard]] Result<Article> intake_again(const Original& original, std::string_view bytes);

}  // namespace onrecord::cli
