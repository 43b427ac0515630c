// Answers that were made since the record last changed.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "serve/http.h"

namespace onrecord {

/// Keeps the answers asked for last, as many as fit into `kMostBytes`. For several threads.
class AnswerCache {
 public:
  static constexpr std::size_t kMostBytes = 32U << 20;
  static constexpr std::size_t kMostOfOne = 2U << 20;

  /// The answer to `key` of this generation of the record.
  [[nodiscard]] std::optional<Response> find(const std::string& generation, const std::string& key);
  void keep(const std::string& generation, const std::string& key, const Response& answer);

 private:
  struct Kept {
    std::string key;
    Response answer;
  };
  void begin(const std::string& generation);

  std::mutex mutex_;
  std::string generation_;
  std::size_t bytes_ = 0;
  std::list<Kept> kept_;  // the one asked for last first
  std::unordered_map<std::string, std::list<Kept>::iterator> by_key_;
};

}  // namespace onrecord
