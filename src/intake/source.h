// Finding and reading documents: from paths as a user names them to the bytes of one document after another.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/byte_source.h"
#include "onrecord/article.h"
#include "onrecord/error.h"
#include "onrecord/limits.h"
#include "text/sha256.h"

namespace onrecord {

/// How the files are to be read.
enum class SourceFormat { kText, kHtml, kJsonLines };
/// What one document is.
enum class DocumentFormat { kText, kHtml, kJsonRecord };

/// "text", "html", "jsonl": the words of `--format`.
[[nodiscard]] std::string_view name(SourceFormat format);
[[nodiscard]] std::optional<SourceFormat> source_format(std::string_view name);

/// What the user says about all documents of a run. Empty = not said.
struct SourceOptions {
  Limits limits;
  std::optional<SourceFormat> format;  ///< instead of extension and sniffing
  std::string outlet;
  std::string published;
  std::string url;  ///< one document's: with it or a title, every document after the first is an error
  std::string title;
  /// Files that are left out below folders: the record itself. They need not exist yet.
  std::vector<std::string> passed_over;
};

/// The bytes of one document, and what the user says about it. A value.
struct RawDocument {
  std::string path;          ///< as the user named it, or that and the way below it; "-" is standard input
  std::uint64_t record = 0;  ///< number in a file of JSON records, from 1; 0 when the file is one document
  std::uint64_t offset = 0;  ///< first byte of the record in the file, after decompression
  std::string bytes;         ///< of this one document, inflated
  DocumentFormat format = DocumentFormat::kText;
  Digest sha256{};           ///< of `bytes`
  std::vector<Field> given;  ///< the user's word: options first, then the sidecar's
};

/// Gives the documents of files, folders and standard input one after another:
///
///   DocumentStream stream({"coverage/", "page.html", "-"}, options);
///   while (std::optional<Result<RawDocument>> document = stream.next()) { ... }
///
/// An error stands for one document that was rejected or one path that could not be read; the stream goes on
/// after it. Every error names its file, and the record and byte where there is one.
///
/// Folders are read with all folders below them, sorted by name (bytes), so that a run can be repeated;
/// names that begin with a dot are passed over, as are sidecars (NAME.meta.json), whose fields stand in
/// `given` of the document they lie beside. A folder is read once: a link back to one that is being read is
/// an error, a second way to one that was read is passed over.
///
/// gzip and zstd are recognised by their first bytes and inflated while reading, within the limits.
/// Memory: one document (`Limits::document_bytes`) and fixed buffers, whatever the size of the file.
/// Not for use by several threads at once; the documents are values and may go to other threads.
class DocumentStream {
 public:
  DocumentStream(std::vector<std::string> paths, SourceOptions options);
  /// One source instead of paths, as if it were the file `path`.
  DocumentStream(std::unique_ptr<ByteSource> bytes, std::string path, SourceOptions options);
  ~DocumentStream();
  DocumentStream(DocumentStream&&) noexcept;
  DocumentStream& operator=(DocumentStream&&) noexcept;

  /// The next document or error; nothing when all is read.
  [[nodiscard]] std::optional<Result<RawDocument>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onrecord
