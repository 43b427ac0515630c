// Documents in, something made of each of them out: what `extract`, `quotes` and `times` share.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/rejection_log.h"
#include "intake/intake.h"
#include "intake/source.h"
#include "onrecord/record.h"
#include "record/article_reading.h"
#include "record/ordered_pipeline.h"

namespace onrecord::cli {

/// What became of the documents of a stream.
struct StreamOutcome {
  std::uint64_t made = 0;
  std::uint64_t rejected = 0;

  [[nodiscard]] ExitCode exit_code() const { return exit_code(made); }
  /// Where `found` things in the documents are what was asked for.
  [[nodiscard]] ExitCode exit_code(std::uint64_t found) const {
    if (rejected > 0) return ExitCode::kRejections;
    return found > 0 ? ExitCode::kFound : ExitCode::kNothing;
  }
};

/// As many workers as were asked for, else one a core.
[[nodiscard]] unsigned worker_count(unsigned asked);

/// Calls `make` for every document of `stream` in `threads` threads, and `take` with what it made in the
/// order of the documents. Documents that are rejected are told as errors on the console.
template <class Made>
StreamOutcome for_each_made(DocumentStream& stream,
                            const std::function<Result<Made>(const RawDocument&)>& make, unsigned threads,
                            Console& console, const std::function<void(const Original&, const Made&)>& take) {
  using Raw = Result<RawDocument>;
  struct Item {
    Original original;
    Result<Made> made;
  };
  StreamOutcome outcome;
  RejectionLog rejections(console);
  const auto work = [&](Raw document) -> Item {
    if (!document) return {{}, std::unexpected(document.error())};
    return {original_of(*document), make(*document)};
  };
  const auto take_item = [&](Item item) {
    if (item.made) {
      ++outcome.made;
      take(item.original, *item.made);
    } else {
      rejections.add(item.made.error());
    }
    return Flow::kGoOn;
  };
  OrderedPipeline<Raw, Item>([&] { return stream.next(); },
                             [](const Raw& document) { return document ? document->bytes.size() : 0; }, work,
                             take_item, {.workers = worker_count(threads)})
      .run();
  rejections.close();
  outcome.rejected = rejections.count();
  return outcome;
}

}  // namespace onrecord::cli
