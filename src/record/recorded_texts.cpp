#include "record/recorded_texts.h"

#include <fmt/format.h>

#include "record/store.h"

namespace onrecord {

const IndexedVersion* RecordedTexts::of_key(std::int64_t key) {
  const auto [place, is_new] = versions_.try_emplace(key);
  if (is_new) {
    if (auto version = read_version(record_.store().database, key)) {
      place->second = std::make_unique<IndexedVersion>(std::move(*version));
      by_id_[place->second->version.id] = place->second.get();
    }
  }
  return place->second.get();
}

Result<const IndexedVersion*> RecordedTexts::of_version(const std::string& version) {
  if (const auto found = by_id_.find(version); found != by_id_.end()) return found->second;
  Database& database = record_.store().database;
  auto row = database.prepare("SELECT key FROM version WHERE id = ?");
  const IndexedVersion* found = row.bind(version).step() ? of_key(row.integer(0)) : nullptr;
  if (database.failed()) return std::unexpected(database.take_error());
  if (found == nullptr) return fail(ErrorCode::kNotFound, fmt::format("no version with the id {}", version));
  return found;
}

std::vector<RecordedQuotation> RecordedTexts::quotations(const std::vector<std::int64_t>& keys) {
  return read_quotations(record_.store().database, keys, [&](std::int64_t key) -> const QuotedVersion* {
    const IndexedVersion* indexed = of_key(key);
    return indexed == nullptr ? nullptr : &indexed->version;
  });
}

Result<QuotationContext> RecordedTexts::json_context_of(const RecordedQuotation& row) {
  const Result<const IndexedVersion*> indexed = of_version(row.version);
  if (!indexed) return std::unexpected(indexed.error());
  return onrecord::context_of(row, (*indexed)->version.text, (*indexed)->code_points);
}

Result<QuotationContext> RecordedTexts::context_of(const RecordedQuotation& row) {
  auto context = json_context_of(row);
  if (!context) return context;
  const auto [origin, added] = origins_.try_emplace(row.version);
  if (added) {
    auto original = record_.store().database.prepare(
        "SELECT path FROM original WHERE version = (SELECT key FROM version WHERE id = ?) ORDER BY path, "
        "record, sha256 LIMIT 1");
    if (original.bind(row.version).step()) origin->second = original.string(0);
  }
  context->origin = origin->second;
  return context;
}

}  // namespace onrecord
