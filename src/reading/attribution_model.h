// The attribution models that are compiled in (models/README.md).
#pragma once

#include <string_view>

namespace onrecord {

/// A model file's bytes, aligned to 64; they live as long as the program.
[[nodiscard]] std::string_view fast_attribution_model();
[[nodiscard]] std::string_view precise_attribution_model();

}  // namespace onrecord
