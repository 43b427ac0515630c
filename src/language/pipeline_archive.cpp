#include "language/pipeline_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "intake/byte_source.h"

namespace onrecord::spacy {
namespace {

constexpr std::size_t kMostBytes = 1ULL << 30;
constexpr std::size_t kMostEntries = 100'000;
constexpr std::string_view kRootFile = "config.cfg";

/// libarchive's way to ask for bytes: they come from a source that was opened as a document is.
struct ArchiveBytes {
  std::unique_ptr<ByteSource> source;
  std::array<char, 64 << 10> block;
};

la_ssize_t read_block(archive*, void* from, const void** block) {
  auto& bytes = *static_cast<ArchiveBytes*>(from);
  const auto size = bytes.source->read(bytes.block);
  *block = bytes.block.data();
  return size ? static_cast<la_ssize_t>(*size) : ARCHIVE_FATAL;
}

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

Result<std::string> read_entry(archive* from, std::size_t& total) {
  std::string bytes;
  char buffer[1 << 16];
  while (true) {
    const la_ssize_t size = archive_read_data(from, buffer, sizeof buffer);
    if (size == 0) return bytes;
    if (size < 0) return fail(ErrorCode::kMalformed, "the archive is damaged");
    total += static_cast<std::size_t>(size);
    if (total > kMostBytes) return fail(ErrorCode::kTooLarge, "the archive holds more than 1 GiB");
    bytes.append(buffer, static_cast<std::size_t>(size));
  }
}

/// The folder part of `path` when it ends in the pipeline's file `name`.
std::optional<std::string> folder_of(std::string_view path, std::string_view name) {
  if (!path.ends_with(name)) return std::nullopt;
  const std::string_view folder = path.substr(0, path.size() - name.size());
  if (!folder.empty() && folder.back() != '/') return std::nullopt;
  return std::string(folder);
}

}  // namespace

Result<PipelineFiles> read_pipeline_archive(const std::filesystem::path& path) {
  auto source = open_file(path.string());
  if (!source) return std::unexpected(source.error());
  ArchiveBytes bytes_of{*std::move(source), {}};
  const Archive file(archive_read_new(), &archive_read_free);
  archive_read_support_format_zip(file.get());
  archive_read_support_format_tar(file.get());
  archive_read_support_filter_gzip(file.get());
  archive_read_support_filter_bzip2(file.get());
  archive_read_support_filter_xz(file.get());
  archive_read_support_filter_zstd(file.get());
  if (archive_read_open(file.get(), &bytes_of, nullptr, &read_block, nullptr) != ARCHIVE_OK) {
    return fail(ErrorCode::kMalformed, "neither a folder nor an archive (wheel, zip, tar) that can be read");
  }
  std::map<std::string, PipelineFiles> by_folder;
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (std::size_t entries = 0;; ++entries) {
    const int status = archive_read_next_header(file.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) return fail(ErrorCode::kMalformed, "the archive is damaged");
    if (entries > kMostEntries) return fail(ErrorCode::kTooMany, "the archive has more than 100,000 entries");
    const char* const name = archive_entry_pathname(entry);
    if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG) continue;
    for (const std::string_view used : pipeline_file_names()) {
      const auto folder = folder_of(name, used);
      if (!folder) continue;
      auto bytes = read_entry(file.get(), total);
      if (!bytes) return std::unexpected(bytes.error());
      by_folder[*folder].insert_or_assign(std::string(used), std::move(*bytes));
      break;
    }
  }
  for (auto& [folder, files] : by_folder) {
    if (files.contains(kRootFile)) return std::move(files);
  }
  return fail(ErrorCode::kNotFound, "no spaCy pipeline in the archive: it has no config.cfg");
}

Result<PipelineFiles> read_pipeline(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return fail(ErrorCode::kNotFound, "there is no such file or folder");
  if (!std::filesystem::is_directory(path, error)) return read_pipeline_archive(path);
  if (std::filesystem::exists(path / kRootFile, error)) return read_pipeline_folder(path);
  // An unpacked package: PACKAGE/PACKAGE-VERSION/config.cfg, three levels at most.
  constexpr int kDeepest = 3;
  std::vector<std::filesystem::path> found;
  std::filesystem::recursive_directory_iterator walk(path, error);
  for (; !error && walk != std::filesystem::recursive_directory_iterator(); walk.increment(error)) {
    if (walk.depth() >= kDeepest) walk.disable_recursion_pending();
    if (walk->path().filename() == kRootFile) found.push_back(walk->path().parent_path());
  }
  if (found.size() == 1) return read_pipeline_folder(found.front());
  return fail(ErrorCode::kNotFound, found.empty()
                                        ? "no spaCy pipeline there: no config.cfg"
                                        : "several spaCy pipelines there: name one of their folders");
}

}  // namespace onrecord::spacy
