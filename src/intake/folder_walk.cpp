#include "intake/folder_walk.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <ranges>

#include "intake/ascii.h"
#include "intake/system_error.h"

namespace onrecord {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Error error_at(ErrorCode code, std::string message, const std::string& path) {
  return {code, std::move(message), path, {}, {}};
}

// What people put beside a collection to tell about it; it is no article of the collection.
bool tells_about_the_folder(std::string_view name) {
  constexpr std::array<std::string_view, 8> kStems = {"readme", "license", "licence",   "copying",
                                                      "notice", "notices", "changelog", "contributing"};
  const std::string stem = ascii_lower(name.substr(0, name.find('.')));
  return std::ranges::find(kStems, stem) != kStems.end();
}

// The names in a folder but those that begin with a dot or tell about it, from last to first.
Result<std::vector<std::string>> names_in(const std::string& path) {
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path.c_str()));
  if (folder == nullptr) return std::unexpected(error_of_system(errno, path));
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());  // NOLINT(concurrency-mt-unsafe): the folder is ours alone
    if (entry == nullptr) break;
    if (entry->d_name[0] != '.' && !tells_about_the_folder(entry->d_name)) names.emplace_back(entry->d_name);
  }
  if (errno != 0) return std::unexpected(error_of_system(errno, path));
  std::ranges::sort(names, std::ranges::greater());
  return names;
}

std::string below(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

// One spelling for a file that need not exist; empty when the system does not tell.
std::string resolved(const std::string& path) {
  std::error_code error;
  return std::filesystem::weakly_canonical(path, error).string();
}

}  // namespace

FolderWalk::FolderWalk(std::vector<std::string> paths, std::uint32_t folder_depth,
                       const std::vector<std::string>& passed_over)
    : paths_(std::move(paths)), folder_depth_(folder_depth) {
  std::ranges::reverse(paths_);
  for (const std::string& path : passed_over) {
    passed_over_.insert(resolved(path));
    passed_over_names_.insert(std::filesystem::path(path).filename().string());
  }
}

bool FolderWalk::is_passed_over(const std::string& path) const {
  return passed_over_names_.contains(path.substr(path.rfind('/') + 1)) &&
         passed_over_.contains(resolved(path));
}

std::optional<Error> FolderWalk::enter(const std::string& path, Identity identity) {
  if (std::ranges::find(open_, identity, &Folder::identity) != open_.end()) {
    return error_at(ErrorCode::kUnreadable, "a link back to a folder above it; passed over", path);
  }
  if (read_.contains(identity)) return std::nullopt;
  if (open_.size() > folder_depth_) {
    return error_at(ErrorCode::kTooDeep,
                    fmt::format("more than {} folders deep; name it on its own to read it", folder_depth_),
                    path);
  }
  read_.insert(identity);
  auto names = names_in(path);
  if (!names) return std::move(names).error();
  open_.push_back({path, identity, *std::move(names)});
  return std::nullopt;
}

std::optional<Result<FolderWalk::Found>> FolderWalk::next() {
  for (;;) {
    while (!open_.empty() && open_.back().names.empty()) open_.pop_back();
    const bool named = open_.empty();
    if (named && paths_.empty()) return std::nullopt;
    std::vector<std::string>& from = named ? paths_ : open_.back().names;
    const std::string path = named ? from.back() : below(open_.back().path, from.back());
    from.pop_back();
    if (named && path == "-") return Found{path, named};

    if (!named && is_passed_over(path)) continue;
    struct stat facts{};
    if (::stat(path.c_str(), &facts) != 0) return std::unexpected(error_of_system(errno, path));
    if (!S_ISDIR(facts.st_mode)) return Found{path, named};
    if (auto error = enter(path, {facts.st_dev, facts.st_ino})) return std::unexpected(*std::move(error));
  }
}

}  // namespace onrecord
