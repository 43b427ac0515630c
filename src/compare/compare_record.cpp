#include "compare/compare_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compare/decisions.h"
#include "compare/families.h"
#include "compare/quotation_index.h"
#include "compare/recorded_coverage.h"
#include "compare/reprints.h"
#include "compare/statements.h"
#include "compare/stories.h"
#include "record/codes.h"
#include "record/quotation_rows.h"
#include "record/store.h"

namespace onrecord {
namespace {

std::int64_t thousandths(float share) {
  return std::lround(static_cast<double>(std::clamp(share, 0.0F, 1.0F)) * 1000.0);
}

bool is_reprint(const Reuse& reuse) {
  return reuse.reuse == ReuseClass::kFullReprint || reuse.reuse == ReuseClass::kAbridged;
}

/// Whether the words of `quotation` stand in a passage that the two articles share.
bool is_copied(const std::vector<SharedPassage>& passages, const Quotation& quotation, bool in_first) {
  return std::ranges::any_of(passages, [&](const SharedPassage& passage) {
    const Span span = in_first ? passage.first : passage.second;
    return !quotation.content.empty() && span.overlaps(quotation.content.front());
  });
}

/// Everything that a comparison finds out, before it is written.
struct Findings {
  std::vector<ReusePair> reuse;
  Stories stories;
  std::vector<QuotationLink> links;
  std::vector<StatementGroup> statements;
};

struct Counted {
  std::size_t reports = 0, outlets = 0, independent = 0;
};

class Writer {
 public:
  Writer(Record& record, const RecordedCoverage& coverage, const Findings& findings)
      : database_(record.store().database), coverage_(coverage), findings_(findings) {
    for (const ReusePair& pair : findings.reuse) reuse_[{pair.first, pair.second}] = &pair.reuse;
  }

  CompareCounts write() {
    clear();
    counts_.articles = coverage_.size();
    write_stories();
    write_reuse();
    write_statements();
    write_proposals();
    write_index();
    return counts_;
  }

 private:
  void clear() {
    for (const std::string_view table : {"compared", "story", "reuse", "witness", "statement", "proposal"}) {
      database_.run(fmt::format("DELETE FROM {}", table));
    }
  }

  /// The article that each one's report is a reprint of: of a family of reprints the one that no other is the
  /// source of, as far as directions tell; else the first.
  [[nodiscard]] std::vector<ArticleNumber> originals() const {
    const std::size_t size = coverage_.size();
    Families families(size);
    std::vector<bool> is_copy(size, false);
    for (const ReusePair& pair : findings_.reuse) {
      if (!is_reprint(pair.reuse)) continue;
      families.join(pair.first, pair.second);
      if (pair.reuse.direction == ReuseDirection::kFirstFromSecond) is_copy[pair.first] = true;
      if (pair.reuse.direction == ReuseDirection::kSecondFromFirst) is_copy[pair.second] = true;
    }
    std::map<std::size_t, ArticleNumber> original_of;
    for (ArticleNumber i = 0; i < size; ++i) {
      const auto [known, is_new] = original_of.try_emplace(families.head(i), i);
      if (!is_new && is_copy[known->second] && !is_copy[i]) known->second = i;
    }
    std::vector<ArticleNumber> originals(size);
    for (ArticleNumber i = 0; i < size; ++i) originals[i] = original_of[families.head(i)];
    return originals;
  }

  void write_stories() {
    const Stories& stories = findings_.stories;
    std::map<ArticleNumber, std::vector<ArticleNumber>> articles_of;
    for (ArticleNumber i = 0; i < coverage_.size(); ++i) articles_of[stories.story_of[i]].push_back(i);
    for (ArticleNumber i = 0; i < coverage_.size(); ++i) articles_of.try_emplace(stories.first_assignment[i]);
    std::map<ArticleNumber, std::int64_t> keys;
    for (const auto& [first, articles] : articles_of) {
      const std::string id = "t" + coverage_.article(first)->id.substr(1);
      const std::string title = story_title(coverage_, articles);
      database_.prepare("INSERT INTO story(id, title) VALUES (?, ?)").bind(id).bind_known(title).run();
      keys[first] = database_.last_key();
      counts_.stories += articles.size() > 1 ? 1U : 0U;
    }
    const std::vector<ArticleNumber> original = originals();
    for (ArticleNumber i = 0; i < coverage_.size(); ++i) {
      auto insert = database_.prepare("INSERT INTO compared VALUES (?, ?, 0, ?, ?, ?, ?)");
      insert.bind(coverage_.version(i), i, keys[stories.story_of[i]], keys[stories.first_assignment[i]],
                  reason_key(database_, stories.reasons[i]));
      original[i] == i ? insert.bind_null() : insert.bind(coverage_.version(original[i]));
      insert.run();
    }
  }

  void write_reuse() {
    for (const ReusePair& pair : findings_.reuse) {
      const Reuse& reuse = pair.reuse;
      ++counts_.reuse.at(static_cast<std::size_t>(reuse.reuse));
      database_.prepare("INSERT INTO reuse VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)")
          .bind(coverage_.version(pair.first), coverage_.version(pair.second), code(reuse.reuse),
                code(reuse.direction), thousandths(reuse.narrative_containment),
                thousandths(reuse.quotation_containment), thousandths(reuse.confidence),
                reason_key(database_, reuse.reason))
          .run();
    }
  }

  /// Whether one of the two articles has the statement from the other, or both from one hand: the same
  /// outlet, a reprint, or words that stand in a passage which was copied.
  [[nodiscard]] bool depend(const Witness& a, const Witness& b) const {
    if (a.place.article == b.place.article) return true;
    const auto first = coverage_.article(a.place.article);
    const auto second = coverage_.article(b.place.article);
    const std::string_view outlet = first->article.field("outlet");
    if (!outlet.empty() && outlet == second->article.field("outlet")) return true;
    const bool in_order = a.place.article < b.place.article;
    const auto key = std::minmax(a.place.article, b.place.article);
    const auto reuse = reuse_.find({key.first, key.second});
    if (reuse == reuse_.end()) return false;
    if (is_reprint(*reuse->second)) return true;
    if (reuse->second->reuse != ReuseClass::kPartialCopy && reuse->second->reuse != ReuseClass::kCommonSource)
      return false;
    return is_copied(reuse->second->passages, first->quotations[a.place.quotation].quotation, in_order) &&
           is_copied(reuse->second->passages, second->quotations[b.place.quotation].quotation, !in_order);
  }

  [[nodiscard]] Counted count(const StatementGroup& statement) const {
    std::set<ArticleNumber> articles;
    std::set<std::string> outlets;
    Families families(statement.witnesses.size());
    for (std::size_t i = 0; i < statement.witnesses.size(); ++i) {
      const ArticleNumber article = statement.witnesses[i].place.article;
      articles.insert(article);
      const auto covered = coverage_.article(article);
      const std::string_view outlet = covered->article.field("outlet");
      // Of an outlet that nobody names, each article is one of its own.
      outlets.insert(outlet.empty() ? covered->id : std::string(outlet));
      for (std::size_t k = 0; k < i; ++k) {
        if (depend(statement.witnesses[k], statement.witnesses[i])) families.join(k, i);
      }
    }
    return {articles.size(), outlets.size(), families.count()};
  }

  /// The quotation that gives a statement its id: its first witness; a fragment that is the first of several
  /// statements gives it to one, and the others take their next.
  [[nodiscard]] std::int64_t first_of(const StatementGroup& statement) {
    for (const Witness& witness : statement.witnesses) {
      const std::int64_t key = coverage_.quotation(witness.place);
      if (given_.insert(key).second) return key;
    }
    return 0;
  }

  void write_statements() {
    for (const StatementGroup& statement : findings_.statements) {
      const Counted counted = count(statement);
      const std::int64_t first = first_of(statement);
      if (first == 0) continue;  // all of it is told by others
      database_.prepare("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)")
          .bind(first, coverage_.quotation(statement.base), statement.witnesses.size(), counted.reports,
                counted.outlets, counted.independent)
          .run();
      ++counts_.statements;
      for (const Witness& witness : statement.witnesses) {
        ++counts_.witnesses;
        counts_.altered += witness.altered ? 1U : 0U;
        database_.prepare("INSERT INTO witness VALUES (?, ?, ?, ?, ?, 0, ?)")
            .bind(first, coverage_.quotation(witness.place), code(witness.relation), witness.altered ? 1 : 0,
                  thousandths(witness.confidence), reason_key(database_, witness.reason))
            .run();
      }
    }
  }

  /// Whether other links have joined the two already.
  [[nodiscard]] bool share_a_statement(std::int64_t first, std::int64_t second) {
    auto row = database_.prepare(
        "SELECT 1 FROM witness a JOIN witness b ON b.statement = a.statement WHERE a.quotation = ? AND "
        "b.quotation = ? "
        "LIMIT 1");
    return row.bind(first, second).step();
  }

  void write_proposals() {
    for (const QuotationLink& link : findings_.links) {
      if (!link.proposed) continue;
      const std::int64_t first = coverage_.quotation(link.first);
      const std::int64_t second = coverage_.quotation(link.second);
      if (share_a_statement(first, second)) continue;
      ++counts_.proposals;
      database_.prepare("INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?)")
          .bind(first, second, code(link.relation), link.altered ? 1 : 0, thousandths(link.confidence),
                reason_key(database_, link.reason))
          .run();
    }
  }

  /// Every quotation, so that any words can be looked up.
  void write_index() {
    QuotationIndexWriter index;
    for (ArticleNumber i = 0; i < coverage_.size(); ++i) {
      const auto covered = coverage_.article(i);
      for (std::uint32_t k = 0; k < covered->quotations.size(); ++k) {
        index.add(coverage_.quotation({i, k}), covered->article.text,
                  covered->quotations[k].quotation.content);
      }
    }
    index.write(database_);
  }

  Database& database_;
  const RecordedCoverage& coverage_;
  const Findings& findings_;
  std::map<std::pair<ArticleNumber, ArticleNumber>, const Reuse*> reuse_;
  std::set<std::int64_t> given_;  // quotations that have given a statement its id
  CompareCounts counts_;
};

}  // namespace

std::string_view name(CompareStep step) {
  constexpr std::array<std::string_view, 5> kNames = {"looking for copied passages", "lining up quotations",
                                                      "telling stories apart", "joining statements",
                                                      "writing"};
  return kNames.at(static_cast<std::size_t>(step));
}

Result<CompareCounts> compare_record(Record& record, const CompareRecordOptions& options) {
  Record::Store& store = record.store();
  if (auto writable = store.check_writable(); !writable) return std::unexpected(writable.error());
  Transaction transaction(store.database);
  const RecordedCoverage coverage(record);
  const auto step = [&](CompareStep which) {
    CompareOptions at{options.threads, {}};
    if (options.progress) {
      options.progress(which, 0, coverage.size());
      at.progress = [&, which](ArticleNumber done) { options.progress(which, done, coverage.size()); };
    }
    return at;
  };
  Findings found;
  found.reuse = find_reuse(coverage, step(CompareStep::kReuse));
  const auto sure = find_sure_links(coverage, step(CompareStep::kSureLinks));
  found.stories = find_stories(coverage, found.reuse, sure, step(CompareStep::kStories));
  found.links = find_links(coverage, found.reuse, found.stories.story_of, step(CompareStep::kLinks));
  found.statements = group_statements(coverage, found.links);
  if (auto read = coverage.outcome(); !read) return std::unexpected(read.error());
  (void)step(CompareStep::kWriting);
  const CompareCounts counts = Writer(record, coverage, found).write();
  apply_decisions(record);
  store.database.prepare("INSERT OR REPLACE INTO meta VALUES ('compared_at', ?), ('compared_by', ?)")
      .bind(store.now(), fmt::format("{} {} {}", kReuseMethod, kStatementMethod, kStoryMethod))
      .run();
  note_all_compared(store.database);
  transaction.commit();
  return store.database.outcome(counts);
}

void note_all_compared(Database& database) {
  database.run("INSERT OR REPLACE INTO meta SELECT 'compared_through', COALESCE(max(key), 0) FROM batch");
}

std::uint64_t versions_not_compared(Database& database) {
  const auto count = [&](std::string_view sql) {
    auto row = database.prepare(sql);
    return row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
  };
  const std::uint64_t nothing_came = count(
      "SELECT count(*) FROM meta WHERE name = 'compared_through' AND CAST(value AS INTEGER) = (SELECT "
      "COALESCE(max(key), 0) FROM batch)");
  if (nothing_came == 1)
    return count(
        "SELECT count(*) FROM compared c JOIN version v ON v.key = c.version WHERE c.provisional = 2 AND "
        "v.current = 1");
  return count(
      "SELECT count(*) FROM version WHERE current = 1 AND key NOT IN (SELECT version FROM compared WHERE "
      "provisional < 2)");
}

}  // namespace onrecord
