// A hash table from texts to numbers, made for many look-ups of short texts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace onrecord::spacy {

/// Maps (hash, text) to a number. The caller computes the hash, which may take more than the text into
/// account, and owns the texts, which must outlive the entries. Open addressing; grows by doubling.
class TextMap {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  /// The number under this key, `kNone` when there is none.
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, std::string_view text) const {
    if (slots_.empty()) return kNone;
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.number == kNone) return kNone;
      if (slot.hash == hash && slot.text == text) return slot.number;
    }
  }
  /// The key must not be there yet.
  void insert(std::uint64_t hash, std::string_view text, std::uint32_t number) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    place({hash, text, number});
    ++size_;
  }
  void clear() {
    slots_.clear();
    size_ = 0;
  }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::string_view text;
    std::uint32_t number = kNone;
  };

  void place(const Slot& slot) {
    std::size_t at = slot.hash & mask_;
    while (slots_[at].number != kNone) at = (at + 1) & mask_;
    slots_[at] = slot;
  }
  void grow() {
    constexpr std::size_t kFirstSize = 1024;
    std::vector<Slot> old(slots_.empty() ? kFirstSize : slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.number != kNone) place(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

}  // namespace onrecord::spacy
