#include "reading/drafts.h"

#include <algorithm>

#include "reading/mentions.h"

namespace onrecord {
namespace {

constexpr std::uint32_t kContentReach = 400;  // tokens; no sentence of a newspaper is longer

/// Tokens of one paragraph.
struct ParagraphRange {
  TokenRange tokens;
  std::uint32_t paragraph = 0;
};

std::vector<ParagraphRange> paragraph_ranges(const Document& document) {
  std::vector<ParagraphRange> ranges;
  for (const Sentence& sentence : document.sentences) {
    if (ranges.empty() || ranges.back().paragraph != sentence.paragraph)
      ranges.push_back({{sentence.first, sentence.last}, sentence.paragraph});
    ranges.back().tokens.end = sentence.last;
  }
  return ranges;
}

class Drafting {
 public:
  Drafting(const Words& words, StepCounter& steps)
      : words_(words), steps_(steps), used_(words.size(), false) {}

  std::vector<Draft> run(const std::vector<bool>& paragraph_is_read) {
    for (const ParagraphRange& range : paragraph_ranges(words_.document())) {
      if (range.paragraph < paragraph_is_read.size() && !paragraph_is_read[range.paragraph]) continue;
      paragraph_ = range.tokens;
      paragraph_number_ = range.paragraph;
      paragraph_draft_ = -1;
      read_paragraph();
    }
    std::erase_if(drafts_, [&](Draft& draft) { return !has_words(draft); });
    std::ranges::stable_sort(drafts_, {}, [](const Draft& draft) { return draft.content.front().begin; });
    return std::move(drafts_);
  }

 private:
  /// The index of the first of the last `count` drafts.
  [[nodiscard]] std::size_t first_of_last(std::size_t count) const {
    return drafts_.size() > count ? drafts_.size() - count : 0;
  }

  /// Whether there is a word in what is reported: a label before a lone period reports nothing.
  [[nodiscard]] bool has_words(Draft& draft) const {
    std::erase_if(draft.content, [](TokenRange range) { return range.empty(); });
    return std::ranges::any_of(draft.content,
                               [&](TokenRange range) { return word_count(words_, range) > 0; });
  }

  void read_paragraph() {
    speaker_label();
    const std::vector<Cue> cues = find_cues(words_, paragraph_, steps_);
    for (std::size_t i = 0; i < cues.size(); ++i) {
      if (used_[cues[i].head]) continue;
      next_cue_ = i + 1 < cues.size() ? cues[i + 1].range.begin : paragraph_.end;
      read_cue(cues[i]);
    }
    attach_free_passages();
  }

  // --- places ---------------------------------------------------------------------------------------

  [[nodiscard]] bool is(std::uint32_t token, std::string_view word) const {
    return token < paragraph_.end && words_.equals(token, word);
  }
  [[nodiscard]] bool in_marks(std::uint32_t token) const {
    return token < words_.size() && words_.passage_of(token) >= 0;
  }
  /// The end of the sentence without its final mark; a passage in marks at the end stays whole.
  [[nodiscard]] std::uint32_t sentence_end(std::uint32_t token) const {
    std::uint32_t end = words_.sentence(token).last;
    if (end > token && !in_marks(end - 1) && (is(end - 1, ".") || is(end - 1, "!") || is(end - 1, "?")))
      --end;
    return end;
  }
  [[nodiscard]] TokenRange passage_tokens(std::uint32_t token) const {
    TokenRange range = Words::with_marks(words_.piece_at(token));
    return {std::max(range.begin, paragraph_.begin), std::min(range.end, paragraph_.end)};
  }
  [[nodiscard]] static std::uint32_t word_count(const Words& words, TokenRange range) {
    std::uint32_t count = 0;
    for (std::uint32_t t = range.begin; t < range.end; ++t) count += words.is_mark(t) ? 0 : 1;
    return count;
  }

  /// After a mark that ends a passage, or after the comma behind it: the passage's last token, else none.
  [[nodiscard]] std::uint32_t passage_before(std::uint32_t token) const {
    std::uint32_t at = token;
    if (at > paragraph_.begin && is(at - 1, ",") && !in_marks(at - 1)) --at;
    if (at > paragraph_.begin && in_marks(at - 1)) return at - 1;
    return kNoToken;
  }

  /// The opening mark of the passage that begins at `token`, after a comma or colon; none when none does.
  [[nodiscard]] std::uint32_t passage_at(std::uint32_t token) const {
    std::uint32_t at = token;
    while (
        at < paragraph_.end && !in_marks(at) &&
        (is(at, ",") || is(at, ":") || is(at, ".") || is(at, "\u2014") || is(at, "--") || is(at, "\u2013")))
      ++at;
    return at < paragraph_.end && in_marks(at) ? at : kNoToken;
  }

  // --- drafts ---------------------------------------------------------------------------------------

  Draft& add(const Cue& cue, std::vector<TokenRange> content, TokenRange source, float confidence,
             std::string reason) {
    Draft draft;
    draft.content = std::move(content);
    draft.cue = {cue.range};
    draft.source = source;
    draft.head = cue.head;
    draft.mode = cue.mode;
    draft.confidence = confidence;
    draft.reason = std::move(reason);
    for (const TokenRange& range : draft.content) mark_used(range);
    drafts_.push_back(std::move(draft));
    paragraph_draft_ = static_cast<std::int64_t>(drafts_.size()) - 1;
    return drafts_.back();
  }

  void mark_used(TokenRange range) {
    for (std::uint32_t t = range.begin; t < range.end; ++t) used_[t] = true;
    steps_.count(range.size());
  }

  /// All that is free of a passage that ends at `last`, from the passage's begin in this paragraph.
  void read_cue(const Cue& cue) {
    switch (cue.kind) {
      case CueKind::kAccording:
        return read_according(cue);
      case CueKind::kNoun:
        return read_noun(cue);
      case CueKind::kGerund:
        return read_forward(cue, earlier_source(cue), true);
      default:
        return read_verb(cue);
    }
  }

  /// The source of the nearest cue before in the same sentence, else the sentence's subject.
  TokenRange earlier_source(const Cue& cue) {
    const Sentence& sentence = words_.sentence(cue.head);
    if (!drafts_.empty() && paragraph_draft_ >= 0) {
      const Draft& last = drafts_[paragraph_draft_];
      if (last.head != kNoToken && words_.sentence_of(last.head) == words_.sentence_of(cue.head) &&
          last.head < cue.head && !last.source.empty())
        return last.source;
    }
    return sentence_subject(words_, sentence, cue.range.begin, steps_);
  }

  void read_verb(const Cue& cue) {
    const ReportingVerb& verb = words_.verb(cue.head);
    const std::uint32_t low = std::max(words_.sentence(cue.head).first, last_passage_end(cue.range.begin));
    if (verb.takes(Frame::kQuote) && read_trailing(cue, low)) return;
    TokenRange source = mention_before(words_, cue.range.begin, low, steps_);
    bool inherited = false;
    if (cue.passive) {
      source = source_after_by(cue);
    } else if (source.empty() || cue.infinitive) {
      source = earlier_source(cue);
      inherited = true;
    }
    read_forward(cue, source, inherited);
  }

  TokenRange source_after_by(const Cue& cue) {
    const std::uint32_t end = sentence_end(cue.head);
    for (std::uint32_t t = cue.range.end; t < std::min(end, cue.range.end + 4); ++t) {
      if (is(t, "by")) return mention_after(words_, t + 1, end, steps_);
    }
    return {};
  }

  /// The end of the last passage in marks before `token` in its sentence, else the sentence's begin.
  std::uint32_t last_passage_end(std::uint32_t token) {
    const std::uint32_t first = words_.sentence(token).first;
    for (std::uint32_t at = token; at > first && token - at < 60; --at) {
      steps_.count();
      if (in_marks(at - 1) && !words_.is_fragment(words_.piece_at(at - 1))) return at;
    }
    return first;
  }

  /// "...," X said. / "...," said X. / ..., X said. / ..., said X.
  bool read_trailing(const Cue& cue, std::uint32_t low) {
    const std::uint32_t vg = cue.range.begin;
    // 1. Inverted: the verb stands right after the passage, or after a comma.
    const bool after_comma = vg > paragraph_.begin && is(vg - 1, ",");
    const std::uint32_t passage = passage_before(vg);
    const bool inverted_place = passage != kNoToken || after_comma;
    if (inverted_place && cue.range.size() <= 2) {
      const TokenRange source = mention_after(words_, cue.range.end, paragraph_.end, steps_);
      const bool object_follows =
          is(cue.range.end, "that") || in_marks(cue.range.end) || is(cue.range.end, "to");
      if (!source.empty() && !object_follows) {
        const bool named = words_.is_capital(source.begin) || words_.is(source.begin, WordClass::kPronoun) ||
                           words_.is(source.begin, WordClass::kDeterminer) || passage != kNoToken ||
                           words_.is(source.begin, WordClass::kPossessive);
        const bool subject_before = passage == kNoToken && !mention_before(words_, vg, low, steps_).empty();
        const bool closes =
            source.end >= paragraph_.end || words_.is_mark(source.end) ||
            words_.is(source.end, WordClass::kPreposition) || words_.is(source.end, WordClass::kTime) ||
            words_.is(source.end, WordClass::kSubordinator) || words_.is(source.end, WordClass::kConjunction);
        if (named && closes && !subject_before && finish_trailing(cue, passage, vg, source.end, source))
          return true;
      }
    }
    // 2. Subject before the verb.
    const TokenRange source = mention_before(words_, vg, low, steps_);
    if (source.empty() || cue.passive || cue.infinitive) return false;
    const std::uint32_t before = passage_before(source.begin);
    const bool comma = source.begin > paragraph_.begin && is(source.begin - 1, ",");
    if (before == kNoToken && !comma) return false;
    std::uint32_t after = cue.range.end;
    TokenRange addressee;
    if (words_.verb(cue.head).takes(Frame::kPerson)) {
      addressee = hearer(after, sentence_end(cue.head));
      if (!addressee.empty()) after = addressee.end;
    }
    if (!ends_report(after)) return false;
    if (!finish_trailing(cue, before, source.begin, after, source)) return false;
    drafts_.back().addressee = addressee;
    return true;
  }

  /// Whether what follows a cue cannot be its content: a mark, a time, a place, a hearer.
  [[nodiscard]] bool ends_report(std::uint32_t at) const {
    if (at >= paragraph_.end) return true;
    if (is(at, ":")) return false;
    if (words_.is_mark(at) && !in_marks(at)) return true;
    if (words_.is(at, WordClass::kTime) || words_.is(at, WordClass::kAdverb)) return true;
    if (is(at, "that")) return false;
    if (words_.is(at, WordClass::kPreposition) || words_.is(at, WordClass::kSubordinator)) return true;
    if (is(at, "and") || is(at, "but")) return true;
    const LexiconEntry& entry = words_.entry(at);
    if (entry.verb >= 0 && entry.form == VerbForm::kGerund) return true;
    return words_.text(at).ends_with("ing");
  }

  bool finish_trailing(const Cue& cue, std::uint32_t passage_token, std::uint32_t content_end,
                       std::uint32_t after, TokenRange source) {
    std::vector<TokenRange> content;
    std::string reason;
    if (passage_token != kNoToken) {
      TokenRange passage = passage_tokens(passage_token);
      if (used_[passage.end - 1]) return false;
      const std::uint32_t begin = content_begin_before(passage);
      content.push_back({begin, passage.end});
      reason = begin < passage.begin ? "clause with marks before the cue" : "marks before the cue";
    } else {
      const std::uint32_t comma = content_end - 1;
      const std::uint32_t begin = clause_begin_before(comma);
      if (begin >= comma || comma - begin < 2 || used_[comma - 1]) return false;
      content.push_back({begin, comma});
      reason = "clause set off by a comma before the cue";
    }
    // A passage that goes on after the cue belongs to the same statement.
    const std::uint32_t rest = continuation_after(after, cue, passage_token != kNoToken);
    if (rest != kNoToken)
      content.push_back(through_passages(passage_tokens(rest)));
    else if (passage_token == kNoToken && is(after, ",") && !in_marks(after)) {
      const std::uint32_t end = content_end_after(after + 1, sentence_end(cue.head), false);
      if (end > after + 4) content.push_back({after + 1, end});
    }
    add(cue, std::move(content), source, passage_token != kNoToken ? 0.93F : 0.75F,
        reason + " '" + std::string(words_.text(cue.head)) + "'");
    return true;
  }

  /// Passages that follow each other sentence by sentence with nothing between are one.
  TokenRange through_passages(TokenRange range) const {
    while (range.end < paragraph_.end && in_marks(range.end)) {
      const TokenRange next = passage_tokens(range.end);
      if (has_own_cue(next.end)) break;
      range.end = next.end;
    }
    return range;
  }

  /// Whether a cue with its source follows right after a passage: ..." she added.
  bool has_own_cue(std::uint32_t after) const {
    if (is(after, ",")) ++after;
    for (std::uint32_t at = after; at < std::min(paragraph_.end, after + 8); ++at) {
      if (words_.is_mark(at) || words_.is(at, WordClass::kConjunction)) return false;
      if (is_reporting_verb(words_, at)) return words_.verb(at).takes(Frame::kQuote);
    }
    return false;
  }

  /// Words before a passage in its sentence that belong to what is reported: He was "tired," she said.
  std::uint32_t content_begin_before(TokenRange passage) {
    std::uint32_t begin = passage.begin;
    const std::uint32_t first = words_.sentence(passage.begin).first;
    if (begin == first || passage.begin <= paragraph_.begin) return begin;
    for (std::uint32_t at = begin; at > first && begin - at < 80; --at) {
      steps_.count();
      if (used_[at - 1]) return begin;
      if (!in_marks(at - 1) && is_reporting_verb(words_, at - 1) &&
          words_.entry(at - 1).form != VerbForm::kGerund)
        return begin;
      if (is(at - 1, ":")) return begin;
    }
    return first;
  }

  /// Where a clause begins that ends at the comma: the sentence's begin, or after what was read before.
  std::uint32_t clause_begin_before(std::uint32_t comma) {
    const std::uint32_t first = words_.sentence(comma).first;
    std::uint32_t begin = comma;
    while (begin > first && comma - begin < kContentReach && !used_[begin - 1]) {
      steps_.count();
      if (!in_marks(begin - 1) && (is(begin - 1, ";") || is(begin - 1, ":"))) break;
      --begin;
    }
    if (begin > first && is(begin, ",")) ++begin;
    while (begin < comma && (is(begin, "but") || is(begin, "and"))) ++begin;
    return begin;
  }

  /// The passage that goes on after "...," X said, / X said. — or none.
  std::uint32_t continuation_after(std::uint32_t after, const Cue& cue, bool marks) {
    if (!marks) return kNoToken;
    const std::uint32_t stop = std::min(paragraph_.end, after + 40);
    const std::uint32_t end = words_.sentence(cue.head).last;
    for (std::uint32_t at = after; at < stop; ++at) {
      steps_.count();
      if (in_marks(at)) {
        const TokenRange passage = passage_tokens(at);
        if (has_own_cue(passage.end)) return kNoToken;
        if (at >= end) return passage.begin;
        const bool comma = at > after && (is(at - 1, ",") || is(at - 1, ":") || is(at - 1, "."));
        return (at == after || comma) && word_count(words_, passage) > 1 ? passage.begin : kNoToken;
      }
      if (at >= end) return kNoToken;
      if (at > after && is_reporting_verb(words_, at)) return kNoToken;
    }
    return kNoToken;
  }

  // --- content after the cue -------------------------------------------------------------------------

  void read_forward(const Cue& original, TokenRange source, bool inherited) {
    Cue cue = original;
    const ReportingVerb& verb = words_.verb(cue.head);
    const std::uint32_t hi = sentence_end(cue.head);
    std::uint32_t at = cue.range.end;
    TokenRange addressee;
    bool clause = false;
    std::uint32_t begin = kNoToken;
    if (cue.passive && is(at, "by") && !source.empty() && source.begin == at + 1) at = source.end;
    at = skip_adverbials(at, hi);
    if (verb.takes(Frame::kPerson) && !cue.passive) {
      addressee = hearer(at, hi);
      if (!addressee.empty()) at = skip_adverbials(addressee.end, hi);
    } else if (is(at, "to") && at + 1 < hi && verb.takes(Frame::kQuote) &&
               (words_.is(at + 1, WordClass::kGroupNoun) || words_.is_capital(at + 1))) {
      addressee = mention_after(words_, at + 1, hi, steps_);
      if (!addressee.empty()) at = skip_adverbials(addressee.end, hi);
    }
    if (at >= hi && !(is(at, ":") || in_marks(at))) return;
    const std::uint32_t marks =
        verb.takes(Frame::kQuote) || verb.takes(Frame::kObject) || verb.takes(Frame::kThat) ? passage_at(at)
                                                                                            : kNoToken;
    if (marks != kNoToken &&
        words_.sentence_of(marks) <= words_.sentence_of(cue.head) + (is(marks - 1, ":") ? 1 : 0)) {
      begin = marks;
      clause = true;
    } else if (is(at, ":")) {
      if (!verb.takes(Frame::kQuote) || at + 1 >= paragraph_.end) return;
      begin = at + 1;
      clause = true;
    } else if (is(at, "that") && verb.takes(Frame::kThat)) {
      begin = at;
      clause = true;
    } else if (is(at, ",") && (is(at + 1, "that")) && verb.takes(Frame::kThat)) {
      begin = at + 1;
      clause = true;
    } else if (words_.is(at, WordClass::kWh) && verb.takes(Frame::kWh)) {
      begin = at;
      clause = true;
    } else if (is(at, "to") &&
               (verb.takes(Frame::kTo) || (verb.takes(Frame::kPerson) && !addressee.empty()))) {
      begin = at;
    } else if (const std::uint32_t matter = after_preposition(verb, at); matter != kNoToken) {
      begin = matter;
      cue.range.end = matter;
    } else if (verb.takes(Frame::kClause) && begins_clause(at)) {
      begin = at;
      clause = true;
    } else if (verb.takes(Frame::kPerson) && !addressee.empty() && begins_clause(at) &&
               !words_.is(at, WordClass::kPreposition)) {
      begin = at;
      clause = true;
    } else if (verb.takes(Frame::kDocument) && names_document(source) && begins_object(at)) {
      begin = at;
      clause = true;
    } else if (verb.takes(Frame::kObject) && begins_object(at)) {
      begin = at;
    } else if (is(at, ",") && at + 2 < hi && verb.takes(Frame::kQuote) && !cue.infinitive &&
               original.kind == CueKind::kVerb && at == cue.range.end) {
      // X said, the hall was full
      if (is(at + 1, "and") || is(at + 1, "but") || words_.is(at + 1, WordClass::kSubordinator) ||
          words_.text(at + 1).ends_with("ing"))
        return;
      begin = at + 1;
      clause = true;
    }
    if (begin == kNoToken || used_[begin]) return;
    if (cue.passive && !clause) return;
    if (cue.infinitive && !clause) return;
    if (original.kind == CueKind::kGerund && !clause && cue.range.begin > paragraph_.begin &&
        !is(cue.range.begin - 1, ",") && !is(cue.range.begin - 1, "by") && !is(cue.range.begin - 1, "and"))
      return;
    std::uint32_t end = content_end_after(begin, std::max(hi, begin), !clause);
    if (end <= begin) return;
    const bool only_marks = in_marks(begin) && passage_tokens(begin).end >= end;
    const bool from_marks = in_marks(begin);
    std::vector<TokenRange> content = {{begin, end}};
    if (only_marks && clause) content[0] = through_passages(content[0]);
    std::string reason = from_marks ? "cue '" : clause ? "clause after the cue '" : "matter of the cue '";
    Draft& draft = add(cue, std::move(content), source,
                       from_marks ? 0.9F
                       : clause   ? 0.8F
                                  : 0.6F,
                       reason + std::string(words_.text(cue.head)) + (from_marks ? "' before marks" : "'"));
    draft.addressee = addressee;
    draft.source_inherited = inherited;
  }

  /// The hearer of "told reporters", "asked her": a short noun phrase or an object pronoun.
  TokenRange hearer(std::uint32_t at, std::uint32_t hi) {
    if (words_.is(at, WordClass::kObjectPronoun) || is(at, "her") || is(at, "you") || is(at, "it"))
      return {at, at + 1};
    if (in_marks(at) || words_.is(at, WordClass::kWh) || is(at, "that") || is(at, "to")) return {};
    return mention_after(words_, at, hi, steps_);
  }

  /// Skips adverbs, times and short asides between a cue and its content: "said on Friday", "said in an
  /// interview".
  std::uint32_t skip_adverbials(std::uint32_t at, std::uint32_t hi) {
    const std::uint32_t start = at;
    while (at < hi && at < start + 40) {
      steps_.count();
      if (in_marks(at)) return at;
      if (words_.is(at, WordClass::kTime) && !words_.is(at + 1, WordClass::kAuxiliary)) {
        ++at;
        continue;
      }
      if (words_.is(at, WordClass::kAdverb) && at == start && !is(at, "only")) {
        ++at;
        continue;
      }
      if (is(at, "on") || is(at, "in") || is(at, "during") || is(at, "at") || is(at, "after") ||
          is(at, "of") || is(at, "to") || is(at, "about") || is(at, "before") || is(at, "via") ||
          is(at, "through") || is(at, "from")) {
        const std::uint32_t end = aside_end(at, hi);
        if (end == kNoToken) return at;
        at = end;
        continue;
      }
      return at;
    }
    return at;
  }

  /// The end of an aside that begins with a preposition when a that-clause, a mark or a passage follows it.
  std::uint32_t aside_end(std::uint32_t at, std::uint32_t hi) {
    const bool time = words_.is(at + 1, WordClass::kTime);
    if (time) {
      std::uint32_t end = at + 1;
      while (end < hi && (words_.is(end, WordClass::kTime) || words_.is_number(end) ||
                          (is(end, ",") && (words_.is_number(end + 1) || is(end + 1, "that")))))
        ++end;
      return end;
    }
    for (std::uint32_t end = at + 1; end < std::min(hi, at + 16); ++end) {
      steps_.count();
      if (in_marks(end)) return is(end - 1, ",") || is(end - 1, ":") ? end : kNoToken;
      if (is(end, "that") || is(end, ":")) return end;
      if (is(end, ",") && in_marks(end + 1)) return end + 1;
      if (words_.is(end, WordClass::kAuxiliary) || words_.is(end, WordClass::kPronoun) || is(end, ",")) {
        return kNoToken;
      }
    }
    return kNoToken;
  }

  std::uint32_t after_preposition(const ReportingVerb& verb, std::uint32_t at) const {
    static constexpr std::pair<std::string_view, Frame> kPrepositions[] = {
        {"for", Frame::kFor}, {"about", Frame::kAbout}, {"of", Frame::kOf},          {"on", Frame::kOn},
        {"at", Frame::kAt},   {"with", Frame::kWith},   {"against", Frame::kAgainst}};
    for (const auto& [word, frame] : kPrepositions) {
      if (verb.takes(frame) && is(at, word) && at + 1 < paragraph_.end) return at + 1;
    }
    return kNoToken;
  }

  [[nodiscard]] bool begins_clause(std::uint32_t at) const {
    if (at + 1 >= paragraph_.end) return false;
    if (in_marks(at)) return true;
    if (words_.is_mark(at)) return is(at, "$");
    if (words_.is(at, WordClass::kPronoun) || words_.is(at, WordClass::kDeterminer) ||
        words_.is(at, WordClass::kPossessive) || words_.is_capital(at) || words_.is_number(at) ||
        is(at, "there"))
      return true;
    if (words_.is(at, WordClass::kSubordinator))
      return is(at, "if") || is(at, "when") || is(at, "while") || is(at, "what");
    if (words_.is(at, WordClass::kPreposition) || words_.is(at, WordClass::kConjunction) || is(at, "to") ||
        words_.is(at, WordClass::kObjectPronoun) || words_.is(at, WordClass::kAuxiliary))
      return false;
    return true;
  }

  [[nodiscard]] bool names_document(TokenRange source) const {
    for (std::uint32_t t = source.begin; t < source.end; ++t) {
      if (words_.is(t, WordClass::kDocumentNoun)) return true;
    }
    return false;
  }

  [[nodiscard]] bool begins_object(std::uint32_t at) const {
    if (at >= paragraph_.end) return false;
    if (in_marks(at)) return true;
    return is_phrase_word(words_, at) || words_.is(at, WordClass::kObjectPronoun);
  }

  /// Where a report that begins at `begin` ends. `narrow` = a phrase, which ends earlier than a clause does.
  std::uint32_t content_end_after(std::uint32_t begin, std::uint32_t hi, bool narrow) {
    std::uint32_t at = begin;
    while (at < hi || in_marks(at)) {
      steps_.count();
      if (at >= paragraph_.end || at - begin > kContentReach) break;
      if (in_marks(at)) {
        const TokenRange passage = passage_tokens(at);
        at = std::max(at + 1, passage.end);
        if (at >= hi) return at;
        // A passage that holds whole sentences ends the report.
        if (words_.sentence_of(passage.end - 1) != words_.sentence_of(passage.begin)) return at;
        continue;
      }
      if (at > begin && ends_content(at, hi, narrow)) break;
      ++at;
    }
    while (at > begin + 1 && !in_marks(at - 1) &&
           (is(at - 1, ",") || is(at - 1, ";") || is(at - 1, "\u2014")))
      --at;
    return at;
  }

  bool ends_content(std::uint32_t at, std::uint32_t hi, bool narrow) {
    if (is(at, ";")) return true;
    if (is(at, "according") && is(at + 1, "to")) return true;
    const bool comma = is(at, ",");
    if (comma) {
      if (is(at + 1, "according")) return true;
      if (words_.is_reporting(at + 1) && words_.entry(at + 1).form == VerbForm::kGerund) return true;
      if (cue_ends_sentence(at + 1, hi)) return true;
      if (narrow) return !is(at + 1, "and") || cue_follows(at + 2, hi);
      if ((is(at + 1, "but") || is(at + 1, "and") || is(at + 1, "while") || is(at + 1, "although") ||
           is(at + 1, "though")) &&
          cue_follows(at + 2, hi))
        return true;
      return false;
    }
    if ((is(at, "and") || is(at, "but")) && is_reporting_verb(words_, skip_group(at + 1, hi)) &&
        words_.entry(skip_group(at + 1, hi)).form == VerbForm::kPast)
      return true;
    if (!narrow) return false;
    if (words_.is(at, WordClass::kTime) && words_.is_capital(at)) return true;
    if (is(at, "on") && words_.is(at + 1, WordClass::kTime)) return true;
    if (is(at, "and") &&
        (words_.is(at + 1, WordClass::kCommonVerb) || words_.is(at + 1, WordClass::kAuxiliary)))
      return true;
    return is(at, "during") || is(at, "when") || is(at, "while") || is(at, "after") || is(at, "because") ||
           is(at, "but") ||
           (is(at, "in") && (is(at + 2, "interview") || is(at + 2, "statement") || is(at + 2, "speech") ||
                             is(at + 2, "tweet")));
  }

  std::uint32_t skip_group(std::uint32_t at, std::uint32_t hi) const {
    while (at < hi && (words_.is(at, WordClass::kAdverb) || words_.is(at, WordClass::kAuxiliary))) ++at;
    return at;
  }

  /// A finite reporting verb within the next tokens: the next clause reports by itself.
  bool cue_follows(std::uint32_t at, std::uint32_t hi) {
    for (std::uint32_t t = at; t < std::min(hi, at + 9); ++t) {
      steps_.count();
      if (in_marks(t) || is(t, ",")) return false;
      if (is_reporting_verb(words_, t) && words_.entry(t).form != VerbForm::kGerund) return true;
    }
    return false;
  }

  /// "…, the mayor said." at the sentence's end.
  bool cue_ends_sentence(std::uint32_t at, std::uint32_t hi) {
    for (std::uint32_t t = at; t < std::min(hi, at + 8); ++t) {
      steps_.count();
      if (in_marks(t)) return false;
      if (is_reporting_verb(words_, t) && words_.entry(t).form != VerbForm::kGerund &&
          words_.verb(t).takes(Frame::kQuote))
        return t + 1 >= hi || (t == at && t + 4 >= hi);
    }
    return false;
  }

  // --- other cues ------------------------------------------------------------------------------------

  void read_according(const Cue& cue) {
    const Sentence& sentence = words_.sentence(cue.head);
    const std::uint32_t hi = sentence_end(cue.head);
    TokenRange source = mention_after(words_, cue.range.end, hi, steps_);
    if (source.empty()) return;
    std::uint32_t before = cue.range.begin;
    if (before > sentence.first && is(before - 1, ",") && !in_marks(before - 1)) --before;
    // "She said ..., according to the Gazette": the statement is hers, the Gazette is where it is from.
    if (before > sentence.first && used_[before - 1] && give_authority(sentence, before, source)) return;
    std::vector<TokenRange> content;
    const std::uint32_t begin = before > sentence.first ? clause_begin_before(before) : before;
    if (before > begin + 1 && !used_[before - 1]) {
      content.push_back({begin, before});
      if (is(source.end, ",") && source.end + 4 < hi && !in_marks(source.end) &&
          !words_.is(source.end + 1, WordClass::kSubordinator) &&
          !words_.text(source.end + 1).ends_with("ing")) {
        const std::uint32_t end = content_end_after(source.end + 1, hi, false);
        if (is_middle(begin, before) && end > source.end + 3) content.push_back({source.end + 1, end});
      }
    } else if (is(source.end, ",")) {
      const std::uint32_t end = content_end_after(source.end + 1, hi, false);
      if (end > source.end + 2) content.push_back({source.end + 1, end});
    }
    if (content.empty()) return;
    const TokenRange cited = cited_after(source, hi);
    Draft& draft = add(cue, std::move(content), cited.empty() ? source : cited, 0.8F, "cue 'according to'");
    if (!cited.empty()) draft.authority.push_back(source);
  }

  /// "..., which cited two officials", "..., citing a memo": whom the named outlet has it from.
  TokenRange cited_after(TokenRange source, std::uint32_t hi) {
    std::uint32_t at = source.end;
    if (is(at, ",")) ++at;
    if (is(at, "which") || is(at, "who")) ++at;
    if (!is(at, "cited") && !is(at, "citing") && !is(at, "quoting") && !is(at, "quoted")) return {};
    const TokenRange cited = mention_after(words_, at + 1, hi, steps_);
    if (!cited.empty()) used_[at] = true;
    return cited;
  }

  /// Gives `authority` to the statements of a sentence that end right before `end`. Whether there is one.
  bool give_authority(const Sentence& sentence, std::uint32_t end, TokenRange authority) {
    bool given = false;
    for (std::size_t end_index = drafts_.size(); end_index > first_of_last(6); --end_index) {
      const std::size_t i = end_index - 1;
      Draft& draft = drafts_[i];
      if (draft.head == kNoToken || draft.head < sentence.first || draft.head >= end || draft.source.empty())
        continue;
      if (draft.content.back().end + 2 < end) continue;
      draft.authority.push_back(authority);
      given = true;
    }
    return given;
  }

  /// Whether a clause is cut in its middle: what stands before has no finite verb.
  bool is_middle(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t t = begin; t < end; ++t) {
      if (words_.is(t, WordClass::kAuxiliary) || words_.is(t, WordClass::kCommonVerb) ||
          words_.is_reporting(t) || words_.text(t).ends_with("ed"))
        return false;
    }
    return true;
  }

  void read_noun(const Cue& cue) {
    const std::uint32_t begin = cue.range.end;
    if (used_[begin]) return;
    const std::uint32_t end = content_end_after(begin, sentence_end(cue.head), false);
    if (end <= begin + 2) return;
    const Sentence& sentence = words_.sentence(cue.head);
    TokenRange source;
    Cue whole = cue;
    std::uint32_t at = cue.head;
    while (at > sentence.first && cue.head - at < 4 && words_.is_lower_word(at - 1) &&
           is_phrase_word(words_, at - 1) && !words_.is(at - 1, WordClass::kPossessive) &&
           !words_.equals(at - 1, "'s"))
      --at;
    if (at > sentence.first && words_.is(at - 1, WordClass::kPossessive)) {
      source = {at - 1, at};
    } else if (at > sentence.first && (words_.equals(at - 1, "'s") || words_.text(at - 1) == "\u2019")) {
      source = mention_before(words_, at - 1, sentence.first, steps_);
    } else {
      source = earlier_source(cue);
    }
    add(whole, {{begin, end}}, source, 0.6F,
        "clause after the noun '" + std::string(words_.text(cue.head)) + "'");
  }

  /// "LOWE: ..." at a paragraph's begin.
  void speaker_label() {
    std::uint32_t colon = paragraph_.begin;
    while (colon < paragraph_.end && colon < paragraph_.begin + 6 && !in_marks(colon) && !is(colon, ":"))
      ++colon;
    if (!is(colon, ":") || colon == paragraph_.begin || colon + 1 >= paragraph_.end) return;
    const TokenRange source = {paragraph_.begin, colon};
    for (std::uint32_t t = source.begin; t < source.end; ++t) {
      if (!words_.is_capital(t) && !words_.is(t, WordClass::kTitle)) return;
    }
    if (source.size() > 4 || words_.is(source.begin, WordClass::kLabel)) return;
    const bool marks = in_marks(colon + 1);
    const bool person =
        words_.is(source.begin, WordClass::kFirstName) || words_.is(source.begin, WordClass::kTitle);
    if (!marks && !person && !is_all_capitals(source)) return;
    Cue cue;
    cue.kind = CueKind::kColon;
    cue.head = colon;
    cue.range = {colon, colon + 1};
    const TokenRange content = marks ? through_passages(passage_tokens(colon + 1))
                                     : TokenRange{colon + 1, trim_period(paragraph_.end)};
    add(cue, {content}, source, 0.7F, "name and colon before the words");
  }

  [[nodiscard]] std::uint32_t trim_period(std::uint32_t end) const {
    return end > paragraph_.begin && !in_marks(end - 1) && is(end - 1, ".") ? end - 1 : end;
  }
  [[nodiscard]] bool is_all_capitals(TokenRange range) const {
    for (std::uint32_t t = range.begin; t < range.end; ++t) {
      if (!words_.is_in_capitals(t)) return false;
    }
    return words_.text(range.begin).size() > 2;
  }

  // --- passages that no cue took ----------------------------------------------------------------------

  void attach_free_passages() {
    for (std::uint32_t at = paragraph_.begin; at < paragraph_.end; ++at) {
      if (!in_marks(at)) continue;
      const TokenRange passage = passage_tokens(at);
      if (!used_[at] && !used_[passage.end - 1]) attach(passage);
      at = passage.end - 1;
    }
    last_paragraph_ends_in_marks_ = in_marks(paragraph_.end - 1);
    last_paragraph_number_ = paragraph_number_;
    last_direct_ = last_paragraph_ends_in_marks_ ? draft_that_ends_at(paragraph_.end) : -1;
    if (last_direct_ >= 0 && !ends_in_whole_sentence(drafts_[last_direct_])) last_direct_ = -1;
  }

  /// Whether the last passage of a draft is a sentence of its own, or was never closed: only such words go on
  /// in the next paragraph; a fragment inside a reporter's sentence does not.
  [[nodiscard]] bool ends_in_whole_sentence(const Draft& draft) const {
    const std::uint32_t last = draft.content.back().end - 1;
    if (!in_marks(last)) return false;
    const MarkedPiece& piece = words_.piece_at(last);
    if (piece.close == kNoToken) return true;
    const std::uint32_t begin = Words::with_marks(piece).begin;
    return begin == words_.sentence(begin).first || is(begin - 1, ":") ||
           (is(begin - 1, ",") && words_.is_capital(begin + 1));
  }

  [[nodiscard]] std::int64_t draft_that_ends_at(std::uint32_t end) const {
    for (std::size_t end_index = drafts_.size(); end_index > first_of_last(8); --end_index) {
      const std::size_t i = end_index - 1;
      if (drafts_[i].content.back().end == end) return static_cast<std::int64_t>(i);
    }
    return -1;
  }

  void attach(TokenRange passage) {
    const bool begins_paragraph = passage.begin == paragraph_.begin;
    const bool begins_sentence = words_.sentence(passage.begin).first == passage.begin;
    const std::uint32_t count = word_count(words_, passage);
    // 1. A paragraph that goes on with the words of the one before.
    if (begins_paragraph && last_paragraph_ends_in_marks_ && last_direct_ >= 0 &&
        paragraph_number_ == last_paragraph_number_ + 1) {
      Draft& draft = drafts_[last_direct_];
      draft.content.push_back(passage);
      mark_used(passage);
      return;
    }
    // 2. A sentence in marks after a statement of the same paragraph.
    if (begins_sentence && paragraph_draft_ >= 0 && !begins_paragraph) {
      Draft* before = nullptr;
      const std::int64_t index = nearest_draft_before(passage.begin);
      if (index >= 0) before = &drafts_[index];
      if (before != nullptr && only_cue_between(*before, passage.begin)) {
        before->content.push_back(passage);
        mark_used(passage);
        return;
      }
    }
    if (count < 6 && !(begins_sentence && count >= 3)) return;
    Draft draft;
    draft.content = {passage};
    draft.source = begins_sentence
                       ? TokenRange{}
                       : sentence_subject(words_, words_.sentence(passage.begin), passage.begin, steps_);
    draft.source_inherited = true;
    draft.confidence = count >= 8 ? 0.6F : 0.4F;
    draft.reason = "marks without a cue";
    mark_used(passage);
    drafts_.push_back(std::move(draft));
    paragraph_draft_ = static_cast<std::int64_t>(drafts_.size()) - 1;
  }

  [[nodiscard]] std::int64_t nearest_draft_before(std::uint32_t token) const {
    std::int64_t best = -1;
    for (std::size_t end_index = drafts_.size(); end_index > first_of_last(16); --end_index) {
      const std::size_t i = end_index - 1;
      const std::uint32_t end = drafts_[i].content.back().end;
      if (end > token || drafts_[i].content.front().begin < paragraph_.begin) continue;
      if (best < 0 || drafts_[best].content.back().end < end) best = static_cast<std::int64_t>(i);
    }
    return best;
  }

  /// Whether only the draft's own cue and source (one sentence at most) stand between it and `token`.
  bool only_cue_between(const Draft& draft, std::uint32_t token) {
    const std::uint32_t end = draft.content.back().end;
    if (end == token || (end + 1 == token && words_.is_mark(end))) return true;
    if (draft.head == kNoToken || draft.head < end) return false;
    return words_.sentence(draft.head).last == token;
  }

  const Words& words_;
  StepCounter& steps_;
  std::vector<bool> used_;  // tokens inside the content of a draft
  std::vector<Draft> drafts_;
  TokenRange paragraph_;
  std::uint32_t paragraph_number_ = 0;
  std::uint32_t next_cue_ = 0;
  std::int64_t paragraph_draft_ = -1;  // the last draft of this paragraph
  std::int64_t last_direct_ = -1;
  bool last_paragraph_ends_in_marks_ = false;
  std::uint32_t last_paragraph_number_ = 0;
};

}  // namespace

bool in_content(const Draft& draft, std::uint32_t token) {
  return std::ranges::any_of(draft.content,
                             [&](TokenRange range) { return range.begin <= token && token < range.end; });
}

std::uint32_t first_of_report(const Draft& draft) {
  return std::min(draft.head, draft.content.front().begin);  // kNoToken is behind every token
}

std::vector<Draft> find_drafts(const Words& words, const std::vector<bool>& paragraph_is_read,
                               StepCounter& steps) {
  return Drafting(words, steps).run(paragraph_is_read);
}

}  // namespace onrecord
