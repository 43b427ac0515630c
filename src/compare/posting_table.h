// A hash table from shingles to the articles that have them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compare/coverage.h"
#include "compare/shingles.h"

namespace onrecord {

/// An article and whose words its shingle is made of, in four bytes.
class Posting {
 public:
  Posting() = default;
  Posting(ArticleNumber article, bool quoted) : bits_(article << 1U | (quoted ? 1U : 0U)) {}
  [[nodiscard]] ArticleNumber article() const { return bits_ >> 1U; }
  [[nodiscard]] bool quoted() const { return (bits_ & 1U) != 0; }
  [[nodiscard]] std::uint32_t bits() const { return bits_; }
  [[nodiscard]] static Posting of_bits(std::uint32_t bits) {
    Posting posting;
    posting.bits_ = bits;
    return posting;
  }

 private:
  std::uint32_t bits_ = 0;
};

/// The articles that a list names at most: the first ones. A shingle of more articles is a stock phrase, or
/// stands in a report that so many printed that its copies are found through the first ones. This is what
/// keeps the work an article flat, however many articles there are.
constexpr std::size_t kLongestList = 16;
/// Articles it can number; two bits of a posting say what it is.
constexpr ArticleNumber kMostArticles = (1U << 30U) - 2;

/// Shingles to postings; open addressing with linear probing. A shingle is known by 32 bits of its hash, so a
/// table of a million takes one shingle in some four thousand for another: candidates are aligned word by
/// word before anything is said of them. A shingle of one article takes eight bytes and no list. At most 3/4
/// full.
class PostingTable {
 public:
  PostingTable();

  /// The part of a shingle's hash that the table knows it by.
  [[nodiscard]] static std::uint32_t tag(std::uint64_t shingle) {
    return static_cast<std::uint32_t>(shingle);
  }

  /// Asks the memory for the place of `tag`; the answer is there a little later.
  void prefetch(std::uint32_t tag) const { __builtin_prefetch(&slots_[tag >> shift_], 1); }

  /// Gives the postings that stand there and adds `posting`, unless the list is full or closed, or its last
  /// posting is of the same article. A closed list gives nothing. The view lives until the next call.
  std::span<const Posting> look_up_and_add(std::uint32_t tag, Posting posting);

  /// The postings of a shingle; also those of a closed list.
  [[nodiscard]] std::span<const Posting> find(std::uint32_t tag) const;
  /// Closes a list: it gives no candidates any more.
  void close(std::uint32_t tag);
  [[nodiscard]] bool is_closed(std::uint32_t tag) const;

  [[nodiscard]] std::size_t bytes() const;
  /// Slots looked at and postings given so far: what its time is spent on.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

 private:
  /// Empty, one posting, or the number of a list.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t value = kEmpty;
  };
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFU;
  static constexpr std::uint32_t kIsList = 0x80000000U;

  struct ListHead {
    std::uint32_t size = 0;
    std::uint32_t size_class = 0;
    bool closed = false;
  };
  [[nodiscard]] static ListHead head_of(Posting first);
  [[nodiscard]] static Posting first_of(ListHead head);

  [[nodiscard]] std::size_t slot_of(std::uint32_t tag, std::uint64_t& steps) const;
  [[nodiscard]] std::uint32_t list_of(std::uint32_t tag) const;
  void grow();
  void start_list(Slot& slot, Posting posting);
  void append(Slot& slot, Posting posting);
  [[nodiscard]] std::uint32_t new_block(std::uint32_t size_class);

  std::vector<Slot> slots_;
  unsigned shift_ = 0;
  std::size_t used_ = 0;
  /// Lists: a word with the number of postings, the size class and whether it is closed, then the postings.
  std::vector<Posting> blocks_;
  std::array<std::vector<std::uint32_t>, 3> free_;  ///< blocks that lists grew out of, by size class
  std::uint64_t steps_ = 0;
  Posting single_;  ///< what a view of a slot without a list shows
};

}  // namespace onrecord
