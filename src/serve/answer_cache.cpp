#include "serve/answer_cache.h"

namespace onrecord {

void AnswerCache::begin(const std::string& generation) {
  if (generation == generation_) return;
  generation_ = generation;
  kept_.clear(), by_key_.clear();
  bytes_ = 0;
}

std::optional<Response> AnswerCache::find(const std::string& generation, const std::string& key) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return std::nullopt;
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(const std::string& generation, const std::string& key, const Response& answer) {
  if (answer.body.size() > kMostOfOne || answer.stream) return;
  const std::lock_guard lock(mutex_);
  begin(generation);
  if (by_key_.contains(key)) return;
  kept_.push_front({key, answer});
  by_key_[key] = kept_.begin();
  bytes_ += key.size() + answer.body.size();
  while (bytes_ > kMostBytes && kept_.size() > 1) {
    const Kept& oldest = kept_.back();
    bytes_ -= oldest.key.size() + oldest.answer.body.size();
    by_key_.erase(oldest.key);
    kept_.pop_back();
  }
}

}  // namespace onrecord
