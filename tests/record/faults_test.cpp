// Whatever write, sync or open fails, and when the disk is full: what was acknowledged is there afterwards,
// the record opens and verifies, and the same work done again goes through.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <utility>

#include "record/faulty_vfs.h"
#include "record/record_fixture.h"

namespace onrecord {
namespace {

/// A file of the platform with our methods in front.
struct FaultyFile {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file)->real; }

/// Counts an operation; true when it is the one that fails.
bool fails(Fault::Kind kind) {
  Fault& now = fault();
  const bool full = now.kind == Fault::Kind::kNoSpace && kind == Fault::Kind::kWrite;
  if (now.kind != kind && !full) return false;
  ++now.count;
  const bool fire = full ? now.count >= now.at : now.count == now.at;
  now.fired = now.fired || fire;
  return fire;
}

int failed_write() { return fault().kind == Fault::Kind::kNoSpace ? SQLITE_FULL : SQLITE_IOERR_WRITE; }

int close_file(sqlite3_file* file) {
  sqlite3_file* real = real_of(file);
  const int code = real->pMethods->xClose(real);
  sqlite3_free(real);
  return code;
}
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return real_of(file)->pMethods->xRead(real_of(file), to, size, at);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  sqlite3_file* real = real_of(file);
  if (!fails(Fault::Kind::kWrite)) return real->pMethods->xWrite(real, from, size, at);
  // A torn write: half of it gets through.
  real->pMethods->xWrite(real, from, size / 2, at);
  return failed_write();
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  if (fails(Fault::Kind::kSync)) return SQLITE_IOERR_FSYNC;
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock_file(sqlite3_file* file, int level) { return real_of(file)->pMethods->xLock(real_of(file), level); }
int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int control_file(sqlite3_file* file, int what, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int shm_unmap(sqlite3_file* file, int erase) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), erase);
}

const sqlite3_io_methods& methods() {
  static const sqlite3_io_methods table = [] {
    sqlite3_io_methods made{};
    made.iVersion = 2;
    made.xClose = close_file, made.xRead = read_file, made.xWrite = write_file,
    made.xTruncate = truncate_file;
    made.xSync = sync_file, made.xFileSize = file_size, made.xLock = lock_file, made.xUnlock = unlock_file;
    made.xCheckReservedLock = check_lock, made.xFileControl = control_file, made.xSectorSize = sector_size;
    made.xDeviceCharacteristics = characteristics, made.xShmMap = shm_map, made.xShmLock = shm_lock;
    made.xShmBarrier = shm_barrier, made.xShmUnmap = shm_unmap;
    return made;
  }();
  return table;
}

sqlite3_vfs* platform_vfs() {
  static sqlite3_vfs* const vfs = sqlite3_vfs_find("unix");
  return vfs;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (fails(Fault::Kind::kOpen)) return SQLITE_CANTOPEN;
  sqlite3_vfs* platform = platform_vfs();
  auto* real = static_cast<sqlite3_file*>(sqlite3_malloc(platform->szOsFile));
  std::memset(real, 0, static_cast<std::size_t>(platform->szOsFile));
  const int code = platform->xOpen(platform, name, real, flags, out_flags);
  if (code != SQLITE_OK) {
    sqlite3_free(real);
    return code;
  }
  reinterpret_cast<FaultyFile*>(file)->real = real;
  file->pMethods = &methods();
  return SQLITE_OK;
}

}  // namespace

Fault& fault() {
  static Fault the_fault;
  return the_fault;
}

std::string faulty_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made = *platform_vfs();
    made.pNext = nullptr;
    made.zName = "faulty";
    made.szOsFile = sizeof(FaultyFile);
    made.xOpen = open_file;
    return made;
  }();
  if (sqlite3_vfs_find("faulty") == nullptr) sqlite3_vfs_register(&vfs, 0);
  return "faulty";
}

namespace {

std::vector<ReadArticle> batch_of(int number) {
  std::vector<ReadArticle> batch;
  for (int i = 0; i < 3; ++i) {
    const std::string url = "https://harbor.example/" + std::to_string(number) + "/" + std::to_string(i);
    batch.push_back(read_article(url, "“The pier will open in May,” Ada Lowe said.",
                                 {{"The pier will open in May", "Ada Lowe"}}));
  }
  return batch;
}

constexpr int kBatches = 3;

/// Opens, adds batches until one fails, and tells how many were acknowledged.
int work(const std::filesystem::path& path, const std::string& vfs) {
  RecordOptions options = for_writing();
  options.vfs = vfs;
  auto record = Record::open(path, options);
  int acknowledged = 0;
  while (record && acknowledged < kBatches && record->add(batch_of(acknowledged))) ++acknowledged;
  return acknowledged;
}

/// One run with one fault. False when the fault never came, as the work was done before.
bool survives(Fault::Kind kind, int at) {
  const TemporaryFolder folder(quick_folder());
  const auto path = folder / "a.db";
  fault() = {kind, at, 0, false};
  const int acknowledged = work(path, faulty_vfs());
  const bool fired = std::exchange(fault(), {}).fired;
  const std::string when = "fault " + std::to_string(static_cast<int>(kind)) + " at " + std::to_string(at);
  auto record = Record::open(path, for_writing());
  EXPECT_TRUE(record.has_value()) << when << ": " << describe(record.error());
  if (!record) return false;
  const auto articles = value_of(record->counts()).articles;
  // A batch whose commit failed at its very end may be there as a whole; never a part of one.
  EXPECT_GE(articles, static_cast<std::uint64_t>(3 * acknowledged)) << when;
  EXPECT_LE(articles, static_cast<std::uint64_t>(3 * acknowledged + 3)) << when;
  EXPECT_EQ(articles % 3, 0U) << when;
  for (int i = 0; i < acknowledged; ++i) {
    EXPECT_TRUE(value_of(record->has(batch_of(i)[0].article, "plain-1"))) << when;
  }
  const auto verified = value_of(record->verify());
  EXPECT_TRUE(verified.passed()) << when << (verified.findings.empty() ? "" : verified.findings[0].message);
  for (int i = 0; i < kBatches; ++i) EXPECT_TRUE(record->add(batch_of(i))) << when;
  EXPECT_EQ(value_of(record->counts()).articles, 3U * kBatches) << when;
  return fired;
}

class EveryFault : public testing::TestWithParam<Fault::Kind> {};

TEST_P(EveryFault, LoseNothingAcknowledged) {
  int at = 1;
  while (survives(GetParam(), at) && !HasFailure()) ++at;
  // Fewer would mean that the shim counts nothing.
  EXPECT_GT(at, 3);
  RecordProperty("faults", at - 1);
}

std::string name_of(const testing::TestParamInfo<Fault::Kind>& fault_kind) {
  constexpr std::array<const char*, 5> kNames = {"None", "Write", "Sync", "Open", "NoSpace"};
  return kNames[static_cast<std::size_t>(fault_kind.param)];
}

INSTANTIATE_TEST_SUITE_P(Faults, EveryFault,
                         testing::Values(Fault::Kind::kWrite, Fault::Kind::kSync, Fault::Kind::kOpen,
                                         Fault::Kind::kNoSpace),
                         name_of);

TEST(FullDisk, IsToldAsSuch) {
  const TemporaryFolder folder;
  RecordOptions options = for_writing();
  options.vfs = faulty_vfs();
  auto record = Record::open(folder / "a.db", options);
  ASSERT_TRUE(record.has_value());
  fault() = {Fault::Kind::kNoSpace, 1, 0, false};
  const auto added = record->add(batch_of(0));
  fault() = {};
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, ErrorCode::kSystem);
  EXPECT_NE(added.error().message.find("disk is full"), std::string::npos);
  EXPECT_TRUE(record->add(batch_of(0)).has_value());
}

TEST(TwoWriters, TheSecondSaysSoOrWaits) {
  const TemporaryFolder folder;
  const Record first = create_record(folder / "a.db");
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "a.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  RecordOptions options = for_writing();
  options.busy_timeout = std::chrono::milliseconds(1);
  auto second = Record::open(folder / "a.db", options);
  ASSERT_TRUE(second.has_value()) << describe(second.error());
  const auto added = second->add(batch_of(0));
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, ErrorCode::kBusy);
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_TRUE(second->add(batch_of(0)).has_value());
}

}  // namespace
}  // namespace onrecord
