#include "intake/source.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "intake/folder_walk.h"
#include "intake/format.h"
#include "intake/inflate.h"
#include "intake/json_records.h"
#include "intake/sidecar.h"

namespace onrecord {
namespace {

constexpr std::array<std::string_view, 3> kFormatNames = {"text", "html", "jsonl"};

std::vector<Field> fields_of(const SourceOptions& options) {
  std::vector<Field> fields;
  const auto add = [&](std::string name, const std::string& value) {
    if (!value.empty()) fields.push_back({std::move(name), value, "option", {}});
  };
  add("title", options.title);
  add("outlet", options.outlet);
  add("published", options.published);
  add("url", options.url);
  return fields;
}

// The documents of one file, whatever it is.
class FileDocuments {
 public:
  FileDocuments(std::unique_ptr<ByteSource> bytes, std::string path, std::vector<Field> given,
                const SourceOptions& options)
      : path_(std::move(path)),
        given_(std::move(given)),
        limits_(options.limits),
        bytes_(inflating(std::move(bytes), options.limits)) {
    format_ = find_format(options.format);
    if (format_ == SourceFormat::kJsonLines) open_records();
  }

  std::optional<Result<RawDocument>> next() {
    if (!format_) return done_once(std::unexpected(std::move(format_).error()));
    if (records_) return next_record();
    return done_once(whole());
  }

 private:
  Result<SourceFormat> find_format(std::optional<SourceFormat> told) {
    const std::string_view head = bytes_.peek(kHeadBytes);
    auto format = recognise_format(path_, head, told);
    if (format && *format == SourceFormat::kJsonLines && has_wide_mark(head)) {
      return fail(ErrorCode::kUnsupportedFormat, "JSON in UTF-16 or UTF-32; convert it to UTF-8 first");
    }
    return format;
  }

  void open_records() {
    constexpr std::size_t kLayoutHead = 64 << 10;  // bytes in which a pretty-printed object has ended a line
    const std::string_view name = name_without_compression(path_);
    const bool is_lines = name.ends_with(".jsonl") || name.ends_with(".ndjson");
    const JsonLayout layout = is_lines ? JsonLayout::kLines : json_layout(bytes_.peek(kLayoutHead));
    records_.emplace(bytes_, layout, limits_);
  }

  std::optional<Result<RawDocument>> done_once(Result<RawDocument> last) {
    if (std::exchange(done_, true)) return std::nullopt;
    if (!last) last.error().file = path_;
    return last;
  }

  Result<RawDocument> whole() {
    auto bytes = read_whole(bytes_, limits_.document_bytes);
    if (!bytes) return std::unexpected(std::move(bytes).error());
    return document(*std::move(bytes),
                    *format_ == SourceFormat::kHtml ? DocumentFormat::kHtml : DocumentFormat::kText);
  }

  std::optional<Result<RawDocument>> next_record() {
    auto piece = records_->next();
    if (!piece) {
      if (any_record_) return std::nullopt;
      return done_once(fail(ErrorCode::kEmpty, "no record in it"));
    }
    any_record_ = true;
    if (!*piece) {
      piece->error().file = path_;
      return std::unexpected(std::move(*piece).error());
    }
    RawDocument raw = document(std::move((*piece)->bytes), DocumentFormat::kJsonRecord);
    raw.record = (*piece)->record;
    raw.offset = (*piece)->offset;
    return raw;
  }

  RawDocument document(std::string bytes, DocumentFormat format) const {
    RawDocument raw;
    raw.path = path_;
    raw.sha256 = sha256(bytes);
    raw.bytes = std::move(bytes);
    raw.format = format;
    raw.given = given_;
    return raw;
  }

  std::string path_;
  std::vector<Field> given_;
  Limits limits_;
  BufferedBytes bytes_;
  Result<SourceFormat> format_ = SourceFormat::kText;
  std::optional<JsonRecords> records_;
  bool any_record_ = false;
  bool done_ = false;
};

}  // namespace

std::string_view name(SourceFormat format) { return kFormatNames[static_cast<std::size_t>(format)]; }

std::optional<SourceFormat> source_format(std::string_view name) {
  for (std::size_t i = 0; i < kFormatNames.size(); ++i) {
    if (kFormatNames[i] == name) return static_cast<SourceFormat>(i);
  }
  return std::nullopt;
}

struct DocumentStream::State {
  SourceOptions options;
  FolderWalk walk;
  std::unique_ptr<FileDocuments> file;
  bool any_document = false;

  // A URL or a title that the user gave is one document's: under it all others would be versions of the
  // first.
  Result<RawDocument> alone_where_named(Result<RawDocument> document) {
    if (!document || (options.url.empty() && options.title.empty())) return document;
    if (!std::exchange(any_document, true)) return document;
    Error error{ErrorCode::kInvalidArgument,
                "the URL or title that was given is one article's, and went to the first document",
                document->path,
                {},
                {}};
    if (document->record != 0) error.record = document->record, error.offset = document->offset;
    return std::unexpected(std::move(error));
  }

  // Opens the next file; an error when that file cannot be read, nothing when it is open.
  std::optional<Error> open(const FolderWalk::Found& found) {
    if (found.path == "-") {
      file =
          std::make_unique<FileDocuments>(descriptor_bytes(STDIN_FILENO), "-", fields_of(options), options);
      return std::nullopt;
    }
    if (is_sidecar(found.path)) {
      if (has_document(found.path)) return std::nullopt;
      return Error{
          ErrorCode::kNotFound, "a sidecar without the file that it tells about", found.path, {}, {}};
    }
    auto opened = open_file(found.path);
    if (!opened) return std::move(opened).error();
    auto sidecar = sidecar_fields(found.path, options.limits);
    if (!sidecar) return std::move(sidecar).error();
    std::vector<Field> given = fields_of(options);
    given.insert(given.end(), sidecar->begin(), sidecar->end());
    file = std::make_unique<FileDocuments>(*std::move(opened), found.path, std::move(given), options);
    return std::nullopt;
  }
};

DocumentStream::DocumentStream(std::vector<std::string> paths, SourceOptions options)
    : state_(std::make_unique<State>(
          State{.options = {},
                .walk = FolderWalk(std::move(paths), options.limits.folder_depth, options.passed_over),
                .file = nullptr})) {
  state_->options = std::move(options);
}

DocumentStream::DocumentStream(std::unique_ptr<ByteSource> bytes, std::string path, SourceOptions options)
    : DocumentStream({}, std::move(options)) {
  state_->file = std::make_unique<FileDocuments>(std::move(bytes), std::move(path),
                                                 fields_of(state_->options), state_->options);
}

DocumentStream::~DocumentStream() = default;
DocumentStream::DocumentStream(DocumentStream&&) noexcept = default;
DocumentStream& DocumentStream::operator=(DocumentStream&&) noexcept = default;

std::optional<Result<RawDocument>> DocumentStream::next() {
  for (;;) {
    if (state_->file != nullptr) {
      if (auto document = state_->file->next()) return state_->alone_where_named(*std::move(document));
      state_->file.reset();
    }
    auto found = state_->walk.next();
    if (!found) return std::nullopt;
    if (!*found) return std::unexpected(std::move(*found).error());
    if (auto error = state_->open(**found)) return std::unexpected(*std::move(error));
  }
}

}  // namespace onrecord
