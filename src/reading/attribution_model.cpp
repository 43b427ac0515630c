#include "reading/attribution_model.h"

// The file goes into the program as it is; ONRECORD_ATTRIBUTION_MODEL is its path, set by CMakeLists.txt.
asm(R"(
  .section .rodata
  .balign 64
onrecord_attribution_model_begin:
  .incbin ")" ONRECORD_ATTRIBUTION_MODEL R"("
onrecord_attribution_model_end:
  .previous
  .globl onrecord_attribution_model_begin
  .globl onrecord_attribution_model_end
)");

// NOLINTBEGIN(readability-identifier-naming): the names of the assembler's symbols.
extern "C" const char onrecord_attribution_model_begin[];
extern "C" const char onrecord_attribution_model_end[];
// NOLINTEND(readability-identifier-naming)

namespace onrecord {

std::string_view attribution_model() {
  return {onrecord_attribution_model_begin,
          static_cast<std::size_t>(onrecord_attribution_model_end - onrecord_attribution_model_begin)};
}

}  // namespace onrecord
