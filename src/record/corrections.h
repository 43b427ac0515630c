// What people said is right, held fast to the words it was said about.
#pragma once

#include <cstdint>

#include "record/sqlite.h"

namespace onrecord {

/// Finds for every correction of the article the quotation of its current version that it is about, and
/// applies those that fit. To be called whenever quotations of the article came, went, or its current version
/// changed. Gives whether there were any: then speakers may be left whom nothing names any more.
bool attach_corrections(Database& database, std::int64_t article);

}  // namespace onrecord
