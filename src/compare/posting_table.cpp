#include "compare/posting_table.h"

#include <algorithm>

namespace onrecord {
namespace {

constexpr unsigned kFirstBits = 8;
/// Words of a block: the head and 3, 7 or all postings.
constexpr std::array<std::uint32_t, 3> kBlockSizes = {4, 8, 1 + kLongestList};

}  // namespace

PostingTable::PostingTable() : slots_(std::size_t{1} << kFirstBits), shift_(32 - kFirstBits) {}

PostingTable::ListHead PostingTable::head_of(Posting first) {
  const std::uint32_t bits = first.bits();
  return {bits & 0xFFU, (bits >> 8U) & 0xFU, (bits >> 12U) != 0};
}

Posting PostingTable::first_of(ListHead head) {
  return Posting::of_bits(head.size | head.size_class << 8U | (head.closed ? 1U << 12U : 0U));
}

std::size_t PostingTable::slot_of(std::uint32_t tag, std::uint64_t& steps) const {
  std::size_t slot = tag >> shift_;
  ++steps;
  while (slots_[slot].value != kEmpty && slots_[slot].tag != tag) {
    slot = slot + 1 == slots_.size() ? 0 : slot + 1;
    ++steps;
  }
  return slot;
}

std::span<const Posting> PostingTable::look_up_and_add(std::uint32_t tag, Posting posting) {
  Slot* slot = &slots_[slot_of(tag, steps_)];
  if (slot->value == kEmpty) {
    if ((used_ + 1) * 4 > slots_.size() * 3) {
      grow();
      slot = &slots_[slot_of(tag, steps_)];
    }
    ++used_;
    *slot = {tag, posting.bits()};
    return {};
  }
  if ((slot->value & kIsList) == 0) {
    single_ = Posting::of_bits(slot->value);
    if (single_.article() == posting.article()) return {};
    ++steps_;
    start_list(*slot, posting);
    return {&single_, 1};
  }
  const std::uint32_t list = slot->value & ~kIsList;
  const ListHead head = head_of(blocks_[list]);
  if (head.closed) return {};
  std::size_t given = head.size;
  if (blocks_[list + head.size].article() == posting.article()) {
    --given;
  } else if (head.size < kLongestList) {
    append(*slot, posting);
  }
  steps_ += given;
  return {&blocks_[(slot->value & ~kIsList) + 1], given};
}

std::uint32_t PostingTable::list_of(std::uint32_t tag) const {
  std::uint64_t steps = 0;
  const Slot& slot = slots_[slot_of(tag, steps)];
  return slot.value == kEmpty || (slot.value & kIsList) == 0 ? kEmpty : slot.value & ~kIsList;
}

std::span<const Posting> PostingTable::find(std::uint32_t tag) const {
  const std::uint32_t list = list_of(tag);
  return list == kEmpty ? std::span<const Posting>{}
                        : std::span(&blocks_[list + 1], head_of(blocks_[list]).size);
}

void PostingTable::close(std::uint32_t tag) {
  const std::uint32_t list = list_of(tag);
  if (list == kEmpty) return;
  ListHead head = head_of(blocks_[list]);
  head.closed = true;
  blocks_[list] = first_of(head);
}

bool PostingTable::is_closed(std::uint32_t tag) const {
  const std::uint32_t list = list_of(tag);
  return list != kEmpty && head_of(blocks_[list]).closed;
}

void PostingTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  --shift_;
  std::uint64_t steps = 0;
  for (const Slot& slot : old) {
    if (slot.value != kEmpty) slots_[slot_of(slot.tag, steps)] = slot;
  }
  steps_ += old.size();
}

void PostingTable::start_list(Slot& slot, Posting posting) {
  const std::uint32_t list = new_block(0);
  blocks_[list] = first_of({2, 0, false});
  blocks_[list + 1] = Posting::of_bits(slot.value);
  blocks_[list + 2] = posting;
  slot.value = kIsList | list;
}

void PostingTable::append(Slot& slot, Posting posting) {
  std::uint32_t list = slot.value & ~kIsList;
  ListHead head = head_of(blocks_[list]);
  if (head.size + 1 == kBlockSizes.at(head.size_class)) {
    const std::uint32_t larger = new_block(head.size_class + 1);
    std::copy_n(blocks_.begin() + list, head.size + 1, blocks_.begin() + larger);
    free_.at(head.size_class).push_back(list);
    ++head.size_class;
    list = larger;
    slot.value = kIsList | list;
  }
  blocks_[list + ++head.size] = posting;
  blocks_[list] = first_of(head);
}

std::uint32_t PostingTable::new_block(std::uint32_t size_class) {
  std::vector<std::uint32_t>& free = free_.at(size_class);
  if (!free.empty()) {
    const std::uint32_t block = free.back();
    free.pop_back();
    return block;
  }
  const auto block = static_cast<std::uint32_t>(blocks_.size());
  blocks_.resize(blocks_.size() + kBlockSizes.at(size_class));
  return block;
}

std::size_t PostingTable::bytes() const {
  std::size_t bytes = slots_.capacity() * sizeof(Slot) + blocks_.capacity() * sizeof(Posting);
  for (const auto& free : free_) bytes += free.capacity() * sizeof(std::uint32_t);
  return bytes;
}

}  // namespace onrecord
