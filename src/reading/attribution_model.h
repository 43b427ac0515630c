// The attribution model that is compiled in (models/attribution-fast.bin).
#pragma once

#include <string_view>

namespace onrecord {

/// The model file's bytes; they live as long as the program.
[[nodiscard]] std::string_view attribution_model();

}  // namespace onrecord
