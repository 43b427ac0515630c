#include "compare/recorded_coverage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>

#include "record/store.h"

namespace onrecord {
namespace {

/// Some 20 KB an article with its quotations: 80 MB at most.
constexpr std::size_t kKeptArticles = 4096;

}  // namespace

RecordedCoverage::RecordedCoverage(const Record& record) : record_(record) { list(nullptr); }

RecordedCoverage::RecordedCoverage(const Record& record, const std::vector<std::int64_t>& versions)
    : record_(record) {
  list(&versions);
}

void RecordedCoverage::list(const std::vector<std::int64_t>* versions) {
  const std::string given = versions == nullptr ? "[]" : fmt::format("[{}]", fmt::join(*versions, ","));
  auto rows = record_.store().database.prepare(fmt::format(
      "SELECT v.key, v.id FROM version v JOIN article a ON a.key = v.article WHERE v.current = 1 AND {} "
      "ORDER BY COALESCE(v.published, '') = '', v.published, v.text_sha256, a.id",
      versions == nullptr ? "? = '[]'" : "v.key IN (SELECT value FROM json_each(?))"));
  rows.bind(given);
  while (rows.step()) articles_.push_back({rows.integer(0), rows.string(1)});
}

std::shared_ptr<const CoveredArticle> RecordedCoverage::load(ArticleNumber number) const {
  auto covered = std::make_shared<CoveredArticle>();
  auto recorded = record_.article(articles_[number].id);
  auto quotations = record_.quotations_of(articles_[number].id);
  if (!recorded || !quotations) {
    if (!error_) error_ = recorded ? quotations.error() : recorded.error();
    return covered;
  }
  covered->id = recorded->id;
  covered->text_sha256 = recorded->text_sha256;
  covered->article = std::move(recorded->article);
  for (RecordedQuotation& one : *quotations) {
    if (one.rejected || !one.merged_into.empty()) continue;
    covered->quotations.push_back({std::move(one.id), std::move(one.quotation), std::move(one.person.id)});
  }
  return covered;
}

std::shared_ptr<const CoveredArticle> RecordedCoverage::article(ArticleNumber number) const {
  const std::scoped_lock lock(mutex_);
  if (const auto known = at_.find(number); known != at_.end()) {
    kept_.splice(kept_.begin(), kept_, known->second);
    return known->second->article;
  }
  kept_.push_front({number, load(number)});
  at_[number] = kept_.begin();
  if (kept_.size() > kKeptArticles) {
    at_.erase(kept_.back().number);
    kept_.pop_back();
  }
  return kept_.front().article;
}

std::int64_t RecordedCoverage::quotation(QuotationPlace place) const {
  const auto in = article(place.article);
  const std::scoped_lock lock(mutex_);
  auto row = record_.store().database.prepare("SELECT key FROM quotation WHERE id = ?");
  return row.bind(in->quotations[place.quotation].id).step() ? row.integer(0) : 0;
}

Result<void> RecordedCoverage::outcome() const {
  const std::scoped_lock lock(mutex_);
  if (error_) return std::unexpected(*error_);
  return record_.store().database.outcome();
}

}  // namespace onrecord
