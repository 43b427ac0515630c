#include "language/pattern.h"

#include <algorithm>
#include <memory>

#include "language/python_text.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kMostInstructions = 50'000;  // spaCy's English URL pattern has 400
constexpr std::size_t kMostRepeats = 1'000;
constexpr int kDeepest = 50;
constexpr std::size_t kNoEnd = ~std::size_t{0};

/// Syntax tree of a pattern.
struct Node {
  enum class Kind { kEmpty, kOne, kSet, kSequence, kChoice, kRepeat, kStart, kEnd, kLook };
  Kind kind = Kind::kEmpty;
  char32_t one = 0;
  CodePointSet set;
  std::vector<Node> parts;
  std::size_t least = 0;
  std::size_t most = 0;
  bool greedy = true;
  bool negated = false;
  bool behind = false;
};

struct Width {
  std::size_t least = 0;
  std::size_t most = 0;
};

std::size_t add_widths(std::size_t a, std::size_t b) { return a == kNoEnd || b == kNoEnd ? kNoEnd : a + b; }
std::size_t times(std::size_t width, std::size_t count) {
  if (width == 0 || count == 0) return 0;
  return width == kNoEnd || count == kNoEnd ? kNoEnd : width * count;
}

Width width_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kOne:
    case Node::Kind::kSet:
      return {1, 1};
    case Node::Kind::kSequence: {
      Width sum;
      for (const Node& part : node.parts) {
        const Width width = width_of(part);
        sum = {sum.least + width.least, add_widths(sum.most, width.most)};
      }
      return sum;
    }
    case Node::Kind::kChoice: {
      Width both = width_of(node.parts.front());
      for (const Node& part : node.parts) {
        const Width width = width_of(part);
        both = {std::min(both.least, width.least), std::max(both.most, width.most)};
      }
      return both;
    }
    case Node::Kind::kRepeat: {
      const Width width = width_of(node.parts.front());
      return {times(width.least, node.least), times(width.most, node.most)};
    }
    default:
      return {};
  }
}

/// Everything that a match of `node` may contain.
void add_consumed(const Node& node, CodePointSet& set) {
  if (node.kind == Node::Kind::kOne) set.add(node.one, node.one);
  if (node.kind == Node::Kind::kSet) set.add(node.set);
  if (node.kind == Node::Kind::kLook) return;
  for (const Node& part : node.parts) add_consumed(part, set);
}

/// Adds what a match of `node` may begin with; true when `node` may be empty, so that what follows counts
/// too.
bool add_first(const Node& node, CodePointSet& set) {
  switch (node.kind) {
    case Node::Kind::kOne:
      set.add(node.one, node.one);
      return false;
    case Node::Kind::kSet:
      set.add(node.set);
      return false;
    case Node::Kind::kSequence:
      return std::ranges::all_of(node.parts, [&](const Node& part) { return add_first(part, set); });
    case Node::Kind::kChoice: {
      bool empty = false;
      for (const Node& part : node.parts) empty = add_first(part, set) || empty;
      return empty;
    }
    case Node::Kind::kRepeat:
      return add_first(node.parts.front(), set) || node.least == 0;
    default:
      return true;
  }
}

bool begins_at_start(const Node& node) {
  if (node.kind == Node::Kind::kSequence) return !node.parts.empty() && begins_at_start(node.parts.front());
  return node.kind == Node::Kind::kStart;
}

bool ends_at_end(const Node& node) {
  if (node.kind == Node::Kind::kSequence) return !node.parts.empty() && ends_at_end(node.parts.back());
  return node.kind == Node::Kind::kEnd;
}

class Parser {
 public:
  explicit Parser(std::u32string_view source) : source_(source) {}

  Result<Node> parse() {
    if (source_.starts_with(U"(?u)")) at_ = 4;
    auto node = choice(0);
    if (node && at_ < source_.size()) return unsupported("an unmatched )");
    return node;
  }

 private:
  [[nodiscard]] bool done() const { return at_ >= source_.size(); }
  [[nodiscard]] char32_t peek() const { return done() ? 0 : source_[at_]; }
  bool take(std::u32string_view expected) {
    if (!source_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  [[nodiscard]] static std::unexpected<Error> unsupported(const std::string& what) {
    return fail(ErrorCode::kUnsupportedFormat,
                "a pattern of the tokeniser uses " + what + ", which is not supported");
  }

  Result<Node> choice(int depth) {
    if (depth > kDeepest) return unsupported("groups nested deeper than 50 levels");
    Node node;
    node.kind = Node::Kind::kChoice;
    do {
      auto part = sequence(depth);
      if (!part) return part;
      node.parts.push_back(std::move(*part));
    } while (take(U"|"));
    if (node.parts.size() == 1) return std::move(node.parts.front());
    return node;
  }

  Result<Node> sequence(int depth) {
    Node node;
    node.kind = Node::Kind::kSequence;
    while (!done() && peek() != U'|' && peek() != U')') {
      auto part = repeated(depth);
      if (!part) return part;
      node.parts.push_back(std::move(*part));
    }
    return node;
  }

  Result<Node> repeated(int depth) {
    auto part = atom(depth);
    if (!part) return part;
    Node node;
    if (take(U"*")) {
      node.most = kNoEnd;
    } else if (take(U"+")) {
      node.least = 1, node.most = kNoEnd;
    } else if (take(U"?")) {
      node.most = 1;
    } else if (!bounds(node)) {
      return part;
    }
    if (node.least > kMostRepeats || (node.most != kNoEnd && node.most > kMostRepeats)) {
      return unsupported("more than 1,000 repeats");
    }
    node.kind = Node::Kind::kRepeat;
    node.greedy = !take(U"?");
    if (take(U"+")) return unsupported("a possessive repeat");
    node.parts.push_back(std::move(*part));
    return node;
  }

  /// {3}, {3,}, {,3}, {2,3}; anything else leaves the brace a character, as in Python.
  bool bounds(Node& node) {
    const std::size_t begin = at_;
    if (!take(U"{")) return false;
    const auto least = number();
    node.least = least.value_or(0);
    if (take(U",")) {
      node.most = number().value_or(kNoEnd);
      if (take(U"}")) return true;
    } else if (least && take(U"}")) {
      node.most = node.least;
      return true;
    }
    at_ = begin;
    return false;
  }

  std::optional<std::size_t> number() {
    std::optional<std::size_t> value;
    while (peek() >= U'0' && peek() <= U'9') {
      value = std::min<std::size_t>(value.value_or(0) * 10 + (peek() - U'0'), 1U << 20);
      ++at_;
    }
    return value;
  }

  Result<Node> atom(int depth) {
    Node node;
    if (take(U"(")) return group(depth);
    if (take(U"[")) return set();
    if (take(U"^")) {
      node.kind = Node::Kind::kStart;
      return node;
    }
    if (take(U"$")) {
      node.kind = Node::Kind::kEnd;
      return node;
    }
    if (take(U".")) {
      node.kind = Node::Kind::kSet;
      node.set.add(U'\n', U'\n');
      node.set.close(true);
      return node;
    }
    if (peek() == U'*' || peek() == U'+' || peek() == U'?') return unsupported("a repeat of nothing");
    if (peek() == U'\\') {
      const auto escaped = escape(node.set);
      if (!escaped) return std::unexpected(escaped.error());
      node.kind = *escaped ? Node::Kind::kOne : Node::Kind::kSet;
      node.one = escaped->value_or(0);
      node.set.close(false);
      return node;
    }
    node.kind = Node::Kind::kOne;
    node.one = source_[at_++];
    return node;
  }

  Result<Node> group(int depth) {
    Node node;
    if (take(U"?=")) {
      node.kind = Node::Kind::kLook;
    } else if (take(U"?!")) {
      node.kind = Node::Kind::kLook, node.negated = true;
    } else if (take(U"?<=")) {
      node.kind = Node::Kind::kLook, node.behind = true;
    } else if (take(U"?<!")) {
      node.kind = Node::Kind::kLook, node.behind = true, node.negated = true;
    } else if (!take(U"?:") && peek() == U'?') {
      return unsupported("a group of another kind than (?: (?= (?! (?<= (?<!");
    }
    auto inner = choice(depth + 1);
    if (!inner) return inner;
    if (!take(U")")) return unsupported("an unmatched (");
    if (node.kind != Node::Kind::kLook) return inner;
    const Width width = width_of(*inner);
    if (node.behind && width.least != width.most) return unsupported("a lookbehind of varying width");
    if (width.most == kNoEnd) return unsupported("a lookahead without end");
    node.least = width.most;
    node.parts.push_back(std::move(*inner));
    return node;
  }

  /// After a backslash: the code point it stands for, or none when it is a property, which is added to `set`.
  Result<std::optional<char32_t>> escape(CodePointSet& set) {
    ++at_;
    if (done()) return unsupported("a backslash at its end");
    const char32_t name = source_[at_++];
    using Property = CodePointSet::Property;
    switch (name) {
      case U'w':
        set.add(Property::kWord);
        return std::nullopt;
      case U'W':
        set.add(Property::kNotWord);
        return std::nullopt;
      case U'd':
        set.add(Property::kDecimal);
        return std::nullopt;
      case U'D':
        set.add(Property::kNotDecimal);
        return std::nullopt;
      case U's':
        set.add(Property::kSpace);
        return std::nullopt;
      case U'S':
        set.add(Property::kNotSpace);
        return std::nullopt;
      case U'n':
        return U'\n';
      case U't':
        return U'\t';
      case U'r':
        return U'\r';
      case U'f':
        return U'\f';
      case U'v':
        return U'\v';
      case U'x':
        return hexadecimal(2);
      case U'u':
        return hexadecimal(4);
      case U'U':
        return hexadecimal(8);
      default:
        break;
    }
    if (name < 128 && is_alphanumeric(name))
      return unsupported("an escape \\" + std::string(1, static_cast<char>(name)));
    return name;
  }

  Result<std::optional<char32_t>> hexadecimal(std::size_t digits) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i, ++at_) {
      const char32_t c = peek();
      const bool is_number = c >= U'0' && c <= U'9';
      const char32_t letter = c | 0x20;
      if (!is_number && (letter < U'a' || letter > U'f')) return unsupported("a cut-off hexadecimal escape");
      value = value * 16 + (is_number ? c - U'0' : letter - U'a' + 10);
    }
    return value;
  }

  Result<Node> set() {
    Node node;
    node.kind = Node::Kind::kSet;
    const bool negated = take(U"^");
    bool first = true;
    while (first || peek() != U']') {
      if (done()) return unsupported("an unmatched [");
      first = false;
      const auto low = set_item(node.set);
      if (!low) return std::unexpected(low.error());
      const bool is_range = peek() == U'-' && at_ + 1 < source_.size() && source_[at_ + 1] != U']';
      if (!*low || !is_range) {
        if (*low) node.set.add(**low, **low);
        continue;
      }
      ++at_;
      const auto high = set_item(node.set);
      if (!high) return std::unexpected(high.error());
      if (!*high || **high < **low) return unsupported("a range that runs backwards");
      node.set.add(**low, **high);
    }
    ++at_;
    node.set.close(negated);
    return node;
  }

  Result<std::optional<char32_t>> set_item(CodePointSet& set) {
    if (peek() == U'\\') return escape(set);
    return source_[at_++];
  }

  std::u32string_view source_;
  std::size_t at_ = 0;
};

}  // namespace

void CodePointSet::add(const CodePointSet& other) {
  if (!other.negated_) {
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
    properties_.insert(properties_.end(), other.properties_.begin(), other.properties_.end());
    return;
  }
  // The complement: exact where there are ranges alone; with properties, everything, which is a superset.
  char32_t next = 0;
  if (other.properties_.empty()) {
    for (const auto& [first, last] : other.ranges_) {
      if (first > next) ranges_.emplace_back(next, first - 1);
      next = std::max(next, static_cast<char32_t>(last + 1));
    }
  }
  ranges_.emplace_back(next, 0x10FFFF);
}

void CodePointSet::close(bool negated) {
  std::ranges::sort(ranges_);
  std::vector<std::pair<char32_t, char32_t>> merged;
  for (const auto& range : ranges_) {
    if (!merged.empty() && range.first <= merged.back().second + 1) {
      merged.back().second = std::max(merged.back().second, range.second);
    } else {
      merged.push_back(range);
    }
  }
  ranges_ = std::move(merged);
  negated_ = negated;
  for (char32_t c = 0; c < kAscii; ++c) ascii_[c] = search(c);
}

bool CodePointSet::search(char32_t c) const {
  const auto after = std::ranges::upper_bound(ranges_, c, {}, &std::pair<char32_t, char32_t>::first);
  bool inside = after != ranges_.begin() && c <= std::prev(after)->second;
  for (const Property property : properties_) {
    if (inside) break;
    switch (property) {
      case Property::kWord:
        inside = is_alphanumeric(c) || c == U'_';
        break;
      case Property::kNotWord:
        inside = !is_alphanumeric(c) && c != U'_';
        break;
      case Property::kDecimal:
        inside = is_decimal(c);
        break;
      case Property::kNotDecimal:
        inside = !is_decimal(c);
        break;
      case Property::kSpace:
        inside = is_space(c);
        break;
      case Property::kNotSpace:
        inside = !is_space(c);
        break;
    }
  }
  return inside != negated_;
}

class PatternCompiler {
 public:
  Result<Pattern> compile(std::u32string_view source) {
    auto parsed = Parser(source).parse();
    if (!parsed) return std::unexpected(parsed.error());
    std::vector<Node> choices;
    if (parsed->kind == Node::Kind::kChoice) {
      choices = std::move(parsed->parts);
    } else {
      choices.push_back(std::move(*parsed));
    }
    pattern_.at_start_ = std::ranges::all_of(choices, begins_at_start);
    pattern_.at_end_ = std::ranges::all_of(choices, ends_at_end);
    pattern_.consumes_ =
        std::ranges::all_of(choices, [](const Node& node) { return width_of(node).least > 0; });
    for (const Node& node : choices) add_alternative(node);
    if (pattern_.program_.size() > kMostInstructions) {
      return fail(ErrorCode::kTooLarge, "a pattern of the tokeniser is too large");
    }
    return std::move(pattern_);
  }

 private:
  void add_alternative(const Node& node) {
    Pattern::Alternative alternative;
    alternative.begin = size();
    if (add_first(node, alternative.first)) alternative.first.add(0, 0x10FFFF);
    alternative.first.close(false);
    alternative.widest = width_of(node).most;
    add_consumed(node, alternative.consumed);
    alternative.consumed.close(false);
    emit(node);
    append({});
    const auto number = static_cast<std::uint16_t>(pattern_.alternatives_.size());
    for (char32_t c = 0; c < Pattern::kAscii; ++c) {
      if (alternative.first.contains(c)) pattern_.by_ascii_[c].push_back(number);
    }
    pattern_.alternatives_.push_back(std::move(alternative));
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(pattern_.program_.size()); }

  std::uint32_t append(Pattern::Instruction instruction) {
    if (size() <= kMostInstructions) pattern_.program_.push_back(instruction);
    return static_cast<std::uint32_t>(pattern_.program_.size() - 1);
  }

  std::uint32_t append_split() {
    Pattern::Instruction split;
    split.code = Pattern::Code::kSplit;
    split.ordinal = pattern_.splits_++;
    return append(split);
  }

  void emit(const Node& node) {
    if (size() > kMostInstructions) return;
    Pattern::Instruction one;
    switch (node.kind) {
      case Node::Kind::kEmpty:
        return;
      case Node::Kind::kOne:
        one.code = Pattern::Code::kOne;
        one.one = node.one;
        append(one);
        return;
      case Node::Kind::kSet:
        one.code = Pattern::Code::kSet;
        one.next = static_cast<std::uint32_t>(pattern_.sets_.size());
        pattern_.sets_.push_back(node.set);
        append(one);
        return;
      case Node::Kind::kStart:
        one.code = Pattern::Code::kStart;
        append(one);
        return;
      case Node::Kind::kEnd:
        one.code = Pattern::Code::kEnd;
        append(one);
        return;
      case Node::Kind::kSequence:
        for (const Node& part : node.parts) emit(part);
        return;
      case Node::Kind::kChoice:
        emit_choice(node);
        return;
      case Node::Kind::kRepeat:
        emit_repeat(node);
        return;
      case Node::Kind::kLook:
        emit_look(node);
        return;
    }
  }

  void emit_choice(const Node& node) {
    std::vector<std::uint32_t> jumps;
    for (std::size_t i = 0; i + 1 < node.parts.size(); ++i) {
      const std::uint32_t split = append_split();
      pattern_.program_[split].next = size();
      emit(node.parts[i]);
      jumps.push_back(append_jump());
      pattern_.program_[split].other = size();
    }
    emit(node.parts.back());
    for (const std::uint32_t jump : jumps) pattern_.program_[jump].next = size();
  }

  std::uint32_t append_jump() {
    Pattern::Instruction jump;
    jump.code = Pattern::Code::kJump;
    return append(jump);
  }

  void emit_repeat(const Node& node) {
    const Node& part = node.parts.front();
    for (std::size_t i = 0; i < node.least; ++i) emit(part);
    if (node.most == kNoEnd) {
      const std::uint32_t split = append_split();
      emit(part);
      const std::uint32_t jump = append_jump();
      pattern_.program_[jump].next = split;
      choose(split, split + 1, size(), node.greedy);
      return;
    }
    std::vector<std::uint32_t> splits;
    for (std::size_t i = node.least; i < node.most && size() <= kMostInstructions; ++i) {
      splits.push_back(append_split());
      emit(part);
    }
    for (const std::uint32_t split : splits) choose(split, split + 1, size(), node.greedy);
  }

  void choose(std::uint32_t split, std::uint32_t again, std::uint32_t leave, bool greedy) {
    pattern_.program_[split].next = greedy ? again : leave;
    pattern_.program_[split].other = greedy ? leave : again;
  }

  // A look's program stands behind a jump over it and ends in a match of its own.
  void emit_look(const Node& node) {
    Pattern::Instruction look;
    look.code = Pattern::Code::kLook;
    look.negated = node.negated;
    look.behind = node.behind;
    look.other = static_cast<std::uint32_t>(node.least);
    const std::uint32_t at = append(look);
    const std::uint32_t jump = append_jump();
    pattern_.program_[at].next = size();
    emit(node.parts.front());
    append({});
    pattern_.program_[jump].next = size();
  }

  Pattern pattern_;
};

Result<Pattern> Pattern::compile(std::u32string_view source) { return PatternCompiler().compile(source); }

bool Pattern::look(const Instruction& instruction, std::u32string_view text, std::size_t at,
                   Scratch& scratch) const {
  bool found = false;
  if (!instruction.behind) {
    found = run(instruction.next, text, at, scratch, false).has_value();
  } else if (at >= instruction.other) {
    // All that lies behind has one width, so a match from there ends here.
    found = run(instruction.next, text, at - instruction.other, scratch, false).has_value();
  }
  return found != instruction.negated;
}

std::optional<std::size_t> Pattern::run(std::uint32_t begin, std::u32string_view text, std::size_t at,
                                        Scratch& scratch, bool remember) const {
  const std::size_t bottom = scratch.stack.size();
  scratch.stack.emplace_back(begin, at);
  while (scratch.stack.size() > bottom) {
    auto [counter, place] = scratch.stack.back();
    scratch.stack.pop_back();
    bool alive = true;
    while (alive) {
      const Instruction& instruction = program_[counter];
      switch (instruction.code) {
        case Code::kOne:
          alive = place < text.size() && text[place] == instruction.one;
          ++place, ++counter;
          break;
        case Code::kSet:
          alive = place < text.size() && sets_[instruction.next].contains(text[place]);
          ++place, ++counter;
          break;
        case Code::kStart:
          alive = place == 0, ++counter;
          break;
        case Code::kEnd:  // as Python's $: also before a line feed at the very end
          alive = place == text.size() || (place + 1 == text.size() && text[place] == U'\n');
          ++counter;
          break;
        case Code::kJump:
          counter = instruction.next;
          break;
        case Code::kLook:
          alive = look(instruction, text, place, scratch), ++counter;
          break;
        case Code::kSplit:
          if (remember) {
            const std::size_t bit = instruction.ordinal * (text.size() + 1) + place;
            std::uint64_t& word = scratch.visited[bit / 64];
            const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
            alive = (word & mask) == 0;
            if (!alive) break;
            if (word == 0) scratch.touched.push_back(bit / 64);
            word |= mask;
          }
          scratch.stack.emplace_back(instruction.other, place);
          counter = instruction.next;
          break;
        case Code::kMatch:
          scratch.stack.resize(bottom);
          return place;
      }
    }
  }
  return std::nullopt;
}

std::optional<Pattern::Match> Pattern::match_at(std::u32string_view text, std::size_t at,
                                                Scratch& scratch) const {
  const auto try_one = [&](const Alternative& alternative) {
    return run(alternative.begin, text, at, scratch, true);
  };
  if (at < text.size() && text[at] < kAscii) {
    for (const std::uint16_t number : by_ascii_[text[at]]) {
      if (const auto end = try_one(alternatives_[number])) return Match{at, *end};
    }
    return std::nullopt;
  }
  for (const Alternative& alternative : alternatives_) {
    if (at < text.size() && !alternative.first.contains(text[at])) continue;
    if (const auto end = try_one(alternative)) return Match{at, *end};
  }
  return std::nullopt;
}

/// Where a match that must reach the end can begin at the earliest.
std::size_t Pattern::earliest(std::u32string_view text, std::size_t from) const {
  std::size_t begin = text.size();
  for (const Alternative& alternative : alternatives_) {
    std::size_t at = text.size();
    if (alternative.widest != kUnbounded) {
      // One more for the line feed that $ may leave.
      at -= std::min(text.size(), alternative.widest + 1);
    } else {
      while (at > from && (alternative.consumed.contains(text[at - 1]) || text[at - 1] == U'\n')) --at;
    }
    begin = std::min(begin, at);
  }
  return std::max(from, begin);
}

std::optional<Pattern::Match> Pattern::search(std::u32string_view text, std::size_t from,
                                              Scratch& scratch) const {
  for (const std::size_t word : scratch.touched) scratch.visited[word] = 0;
  scratch.touched.clear();
  const std::size_t words = splits_ * (text.size() + 1) / 64 + 1;
  if (scratch.visited.size() < words) scratch.visited.resize(words);
  if (at_start_) return from == 0 ? match_at(text, 0, scratch) : std::nullopt;
  for (std::size_t at = at_end_ ? earliest(text, from) : from; at <= text.size(); ++at) {
    if (auto match = match_at(text, at, scratch)) return match;
  }
  return std::nullopt;
}

}  // namespace onrecord::spacy
