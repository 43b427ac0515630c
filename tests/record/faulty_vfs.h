// A SQLite VFS that passes everything on to the platform's own and fails the Nth write, sync, truncate or
// open.
#pragma once

#include <sqlite3.h>

#include <string>

namespace onrecord {

/// What is counted and made to fail. One fault at a time; set by the test, used by every file of the VFS.
struct Fault {
  enum class Kind { kNone, kWrite, kSync, kOpen, kNoSpace };
  Kind kind = Kind::kNone;
  int at = 0;          ///< the operation that fails, from 1; with kNoSpace all from there on
  int count = 0;       ///< operations of this kind so far
  bool fired = false;  ///< the fault has happened
};

/// The fault of the process's only faulty VFS.
Fault& fault();

/// Registers the VFS (once) and gives its name.
std::string faulty_vfs();

}  // namespace onrecord
