// Scenes: the day on which a speaker was at something, and to whom he spoke there, told in a sentence before
// that of the words.
#pragma once

#include <cstdint>

#include "reading/circumstances.h"
#include "reading/dates.h"
#include "reading/drafts.h"
#include "reading/speaker_resolution.h"
#include "reading/syntax.h"

namespace onrecord {

/// The day that a sentence in this or the last few paragraphs tells of what `person` did, the nearest one
/// before sentence `own` and not before sentence `low`. Empty when none does. A few sentences are looked at.
[[nodiscard]] Circumstances day_of_scene(const Words& words, const Syntax& parse,
                                         const SpeakerResolution& resolution, const StatementDates& dates,
                                         std::int32_t person, std::uint32_t low, std::uint32_t own,
                                         StepCounter& steps);

/// To whom a sentence right before sentence `own` has `person` speak: "Lowe spoke to GROWERS", "was
/// interviewed by HARBOR NEWS", "HARBOR NEWS interviewed Lowe". `surname`: of the person, as printed. Empty
/// when none does.
[[nodiscard]] TokenRange hearer_of_scene(const Words& words, const Syntax& parse,
                                         const SpeakerResolution& resolution, std::int32_t person,
                                         std::string_view surname, std::uint32_t own, StepCounter& steps);

}  // namespace onrecord
