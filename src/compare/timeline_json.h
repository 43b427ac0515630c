// Timelines as JSON: what the command line, the HTTP API and the tests write (docs/commands.md).
#pragma once

#include <string>

#include "compare/timeline.h"
#include "compare/whats_new.h"
#include "onrecord/error.h"
#include "record/recorded_texts.h"

namespace onrecord {

/// One row, schema "onrecord/timeline/1", without a newline.
[[nodiscard]] Result<std::string> timeline_row_json(const TimelineRow& row, RecordedTexts& texts);
/// {"rows":[...],"total","leads","capped"}.
[[nodiscard]] Result<std::string> timeline_json(const Timeline& timeline, RecordedTexts& texts);

/// All lines of what is new, schema "onrecord/new/1", each with its newline: first the counts, then
/// statements, witnesses, leads, copies and stories.
[[nodiscard]] Result<std::string> whats_new_lines(const WhatsNew& found, RecordedTexts& texts);
/// The same as one object: {"counts":{...},"items":[...]}.
[[nodiscard]] Result<std::string> whats_new_json(const WhatsNew& found, RecordedTexts& texts);

}  // namespace onrecord
