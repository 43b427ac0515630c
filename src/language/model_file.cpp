#include "language/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <limits>

#include "text/sha256.h"

namespace onrecord::spacy {
namespace {

static_assert(std::endian::native == std::endian::little,
              "model files are little-endian and used as they lie");

constexpr std::string_view kMagic = "ONRECMDL";
constexpr std::size_t kAlignment = 64;  // of every section: a cache line, and a vector of AVX-512
constexpr std::size_t kLongestName = 47;
constexpr std::uint32_t kMostSections = 1'000;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t sections;
  std::uint64_t size;         // of the whole file
  std::uint8_t checksum[32];  // SHA-256 of all bytes after the header
  std::uint64_t unused;
};
static_assert(sizeof(Header) == kAlignment);

struct DirectoryEntry {
  char name[kLongestName + 1];  // zero-terminated
  std::uint64_t offset;         // from the begin of the file
  std::uint64_t size;
};
static_assert(sizeof(DirectoryEntry) == kAlignment);

std::size_t align(std::size_t offset) { return (offset + kAlignment - 1) / kAlignment * kAlignment; }

template <class Pod>
void write_at(std::string& bytes, std::size_t offset, const Pod& value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

template <class Pod>
Pod read_at(std::string_view bytes, std::size_t offset) {
  Pod value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

}  // namespace

std::uint64_t RecordReader::number() {
  std::uint64_t value = 0;
  if (rest_.size() < sizeof value) {
    good_ = false;
    rest_ = {};
    return 0;
  }
  std::memcpy(&value, rest_.data(), sizeof value);
  rest_.remove_prefix(sizeof value);
  return value;
}

std::string_view RecordReader::text() {
  const std::uint64_t size = number();
  if (size > rest_.size()) {
    good_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

std::size_t RecordReader::count(std::size_t least_bytes) {
  const std::uint64_t items = number();
  if (items <= rest_.size() / least_bytes) return items;
  good_ = false;
  rest_ = {};
  return 0;
}

void ModelFileWriter::add(std::string name, std::string bytes) {
  sections_.emplace_back(std::move(name), std::move(bytes));
}

std::string ModelFileWriter::bytes() const {
  auto sections = sections_;
  std::ranges::sort(sections);
  const std::size_t directory = sizeof(Header);
  std::size_t end = directory + sections.size() * sizeof(DirectoryEntry);
  std::string bytes(end, '\0');
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const auto& [name, content] = sections[i];
    DirectoryEntry entry{};
    std::memcpy(entry.name, name.data(), std::min(name.size(), kLongestName));
    entry.offset = align(bytes.size());
    entry.size = content.size();
    bytes.resize(entry.offset);
    bytes += content;
    write_at(bytes, directory + i * sizeof entry, entry);
  }
  Header header{};
  std::memcpy(header.magic, kMagic.data(), kMagic.size());
  header.version = kModelFileVersion;
  header.sections = static_cast<std::uint32_t>(sections.size());
  header.size = bytes.size();
  const Digest digest = sha256(std::string_view(bytes).substr(sizeof header));
  std::memcpy(header.checksum, digest.data(), digest.size());
  write_at(bytes, 0, header);
  return bytes;
}

struct ModelFile::Mapping {
  void* data = nullptr;
  std::size_t size = 0;
  Mapping(void* mapped, std::size_t bytes) : data(mapped), size(bytes) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { ::munmap(data, size); }
};

Result<ModelFile> ModelFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail(missing ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                missing ? "there is no such model file" : "the model file cannot be opened");
  }
  struct stat status{};
  const bool plain = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = static_cast<std::size_t>(plain ? status.st_size : 0);
  void* const mapped =
      size < sizeof(Header) ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (!plain) return fail(ErrorCode::kUnreadable, "the model is not a plain file");
  if (size < sizeof(Header)) return fail(ErrorCode::kTruncated, "too short for a model file");
  if (mapped == MAP_FAILED) return fail(ErrorCode::kSystem, "the model file cannot be mapped into memory");
  auto mapping = std::make_shared<const Mapping>(mapped, size);
  auto file = over({static_cast<const char*>(mapped), size});
  if (file) file->mapping_ = std::move(mapping);
  return file;
}

Result<ModelFile> ModelFile::over(std::string_view bytes) {
  if (bytes.size() < sizeof(Header)) return fail(ErrorCode::kTruncated, "too short for a model file");
  const auto header = read_at<Header>(bytes, 0);
  if (std::string_view(header.magic, kMagic.size()) != kMagic) {
    return fail(
        ErrorCode::kMalformed,
        "not a model file of OnRecord (to convert a spaCy model: onrecord model install --from PATH)");
  }
  if (header.version != kModelFileVersion) {
    return fail(ErrorCode::kUnsupportedFormat, "a model file of version " + std::to_string(header.version) +
                                                   ", this program reads version " +
                                                   std::to_string(kModelFileVersion) +
                                                   ": install the model again");
  }
  if (header.size != bytes.size()) return fail(ErrorCode::kTruncated, "the model file is cut off");
  const Digest digest = sha256(bytes.substr(sizeof header));
  if (std::memcmp(digest.data(), header.checksum, digest.size()) != 0) {
    return fail(ErrorCode::kDamaged, "the model file's checksum is wrong");
  }
  const std::size_t room = (bytes.size() - sizeof header) / sizeof(DirectoryEntry);
  if (header.sections > kMostSections || header.sections > room) {
    return fail(ErrorCode::kDamaged, "the model file's directory is damaged");
  }
  ModelFile file;
  file.bytes_ = bytes;
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    const std::size_t at = sizeof header + i * sizeof(DirectoryEntry);
    const auto entry = read_at<DirectoryEntry>(bytes, at);
    const bool fits = entry.offset % kAlignment == 0 && entry.offset <= bytes.size() &&
                      entry.size <= bytes.size() - entry.offset && entry.name[kLongestName] == '\0';
    if (!fits) return fail(ErrorCode::kDamaged, "the model file's directory is damaged");
    file.entries_.push_back(
        {std::string_view(bytes.data() + at, ::strlen(entry.name)), bytes.substr(entry.offset, entry.size)});
  }
  std::ranges::sort(file.entries_, {}, &Entry::name);
  return file;
}

bool ModelFile::has(std::string_view name) const {
  return std::ranges::binary_search(entries_, name, {}, &Entry::name);
}

std::string_view ModelFile::section(std::string_view name) const {
  const auto found = std::ranges::lower_bound(entries_, name, {}, &Entry::name);
  return found != entries_.end() && found->name == name ? found->bytes : std::string_view();
}

std::vector<std::string> ModelFile::names() const {
  std::vector<std::string> names;
  names.reserve(entries_.size());
  for (const Entry& entry : entries_) names.emplace_back(entry.name);
  return names;
}

std::string ModelFile::checksum() const {
  Digest digest;
  std::memcpy(digest.data(), read_at<Header>(bytes_, 0).checksum, digest.size());
  return hex(digest);
}

}  // namespace onrecord::spacy
