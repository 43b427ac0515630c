// Word lists: plain text files under data/, compiled in, which a user may extend.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "onrecord/error.h"

namespace onrecord {

/// The lists that are compiled in, and on top of them those of a folder the user names (`--data DIR`).
/// A list is a text file: one entry a line, columns separated by tabs, '#' begins a comment line.
/// A line "-entry" in a user's file takes the compiled-in entry with that first column away.
/// A compiled-in list may say what a column holds, and a user's rows are held to it:
///   #= 2: speech writing thought      column 2, where it stands, is made of these words
///   #= 2 needed: male female either   the same, and no row may be without it
class WordLists {
 public:
  WordLists() = default;
  /// Entries of `folder`/NAME.txt are added to those of the compiled-in list NAME. Fails with `kNotFound`
  /// when the folder does not exist, or when a file in it extends no list (a typing error, most likely), and
  /// with `kMalformed`, naming file and line, at a row that the list cannot take: no UTF-8, too many or too
  /// few columns, a word that its column does not know.
  static Result<WordLists> with_folder(const std::filesystem::path& folder);

  /// The rows of list `name`, each split at tabs. An unknown name gives no rows.
  [[nodiscard]] std::vector<std::vector<std::string>> rows(std::string_view name) const;
  /// The first column of every row.
  [[nodiscard]] std::vector<std::string> entries(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> added_;  // list name, text of the user's file
};

}  // namespace onrecord
