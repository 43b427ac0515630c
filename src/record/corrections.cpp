#include "record/corrections.h"

#include "onrecord/record.h"

namespace onrecord {
void attach_corrections(Database&, std::int64_t) {}
}  // namespace onrecord
