// Rows of timelines for a person's eyes.
#pragma once

#include "cli/console.h"
#include "compare/timeline.h"
#include "record/recorded_texts.h"

namespace onrecord::cli {

/// The date, who, the words, how many carry them, and below them each lead: both wordings, dated, with their
/// ids.
[[nodiscard]] Result<void> print_timeline_row(Console& console, const TimelineRow& row, RecordedTexts& texts);

}  // namespace onrecord::cli
