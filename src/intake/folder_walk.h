// The files below the paths that a user names.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "onrecord/error.h"

namespace onrecord {

/// Gives plain files (and whatever else is no folder: opening it tells) one after another, in the order of
/// the paths, below a folder sorted by name. See DocumentStream for what is passed over. Memory: the names in
/// the folders on the way to the current file.
class FolderWalk {
 public:
  struct Found {
    std::string path;
    bool named = false;  ///< the user named it, not a folder above it
  };

  /// `passed_over` are files that are left out below folders; they need not exist yet.
  FolderWalk(std::vector<std::string> paths, std::uint32_t folder_depth,
             const std::vector<std::string>& passed_over = {});

  /// The next file or error (a path that does not exist, a folder that cannot be read or nests too deep, a
  /// link back to a folder that is being read); nothing when all is given.
  [[nodiscard]] std::optional<Result<Found>> next();

 private:
  using Identity = std::pair<std::uint64_t, std::uint64_t>;  // device, inode
  struct Folder {
    std::string path;
    Identity identity;
    std::vector<std::string> names;  // sorted from last to first: the next one is at the back
  };

  [[nodiscard]] bool is_passed_over(const std::string& path) const;
  [[nodiscard]] std::optional<Error> enter(const std::string& path, Identity identity);

  std::vector<std::string> paths_;  // from last to first
  std::uint32_t folder_depth_;
  std::set<std::string> passed_over_;        // absolute, links resolved
  std::set<std::string> passed_over_names_;  // their last parts: few files need the costlier look
  std::vector<Folder> open_;
  std::set<Identity> read_;
};

}  // namespace onrecord
