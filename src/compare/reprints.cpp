#include "compare/reprints.h"

namespace onrecord {
std::vector<ReusePair> find_reuse(const Coverage&, const CompareOptions&) { return {}; }
}  // namespace onrecord
