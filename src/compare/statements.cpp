#include "compare/statements.h"

namespace onrecord {
std::vector<QuotationLink> find_sure_links(const Coverage&, const CompareOptions&) { return {}; }
std::vector<QuotationLink> find_links(const Coverage&, std::span<const ReusePair>,
                                      std::span<const std::uint32_t>, const CompareOptions&) {
  return {};
}
std::vector<StatementGroup> group_statements(const Coverage&, std::span<const QuotationLink>) { return {}; }
}  // namespace onrecord
