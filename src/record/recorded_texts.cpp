#include "record/recorded_texts.h"

#include <fmt/format.h>

#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {

Result<const IndexedText*> RecordedTexts::of_version(const std::string& version) {
  if (const auto found = texts_.find(version); found != texts_.end()) return found->second.get();
  Database& database = record_.store().database;
  auto row = database.prepare("SELECT text FROM version WHERE id = ?");
  if (!row.bind(version).step()) {
    if (database.failed()) return std::unexpected(database.take_error());
    return fail(ErrorCode::kNotFound, fmt::format("no version with the id {}", version));
  }
  auto& place = texts_[version];
  place = std::make_unique<IndexedText>(sound_text(row.text(0)));
  return place.get();
}

std::vector<RecordedQuotation> RecordedTexts::quotations(const std::vector<std::int64_t>& keys) {
  return read_quotations(
      record_.store().database, keys, [&](const std::string& version, std::int64_t key) -> std::string_view {
        auto& place = texts_[version];
        if (!place) place = std::make_unique<IndexedText>(text_of_version(record_.store().database, key));
        return place->text;
      });
}

Result<QuotationContext> RecordedTexts::json_context_of(const RecordedQuotation& row) {
  const Result<const IndexedText*> indexed = of_version(row.version);
  if (!indexed) return std::unexpected(indexed.error());
  return onrecord::context_of(row, (*indexed)->text, (*indexed)->code_points);
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
