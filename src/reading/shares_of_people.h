// Numbers of people who say something: "61 percent of voters".
#pragma once

#include "reading/words.h"

namespace onrecord {

/// "61 percent of voters", "a third of Norlanders", "one in four drivers", "at least 300": how many say
/// something.
[[nodiscard]] bool is_share_of_people(const Words& words, TokenRange source, StepCounter& steps);

}  // namespace onrecord
