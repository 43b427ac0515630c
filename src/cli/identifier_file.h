// A file that tells which identifier a speaker has elsewhere, Wikidata for instance.
#pragma once

#include <string>
#include <vector>

#include "onrecord/error.h"
#include "onrecord/record.h"

namespace onrecord::cli {

struct IdentifierFile {
  std::vector<SpeakerIdentifier> rows;
  std::vector<Error> wrong;  ///< one for each line that cannot be taken, with file and line
};

/// Reads CSV (RFC 4180, UTF-8; a record ends with its line): name, identifier and, where known, role, since
/// and until (a year, month or day). A first line "name,identifier..." and empty lines are passed over. Fails
/// with `kNotFound` or `kUnreadable` when there is no such file.
[[nodiscard]] Result<IdentifierFile> read_identifiers(const std::string& path);

}  // namespace onrecord::cli
