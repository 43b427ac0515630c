#include "reading/attribution_model.h"

// The files go into the program as they are; CMakeLists.txt tells their paths.
#define ONRECORD_INCLUDE_MODEL(name, path) \
  asm(".section .rodata\n"                 \
      ".balign 64\n"                       \
      "onrecord_" name                     \
      "_model_begin:\n"                    \
      ".incbin \"" path                    \
      "\"\n"                               \
      "onrecord_" name                     \
      "_model_end:\n"                      \
      ".previous\n"                        \
      ".globl onrecord_" name              \
      "_model_begin\n"                     \
      ".globl onrecord_" name "_model_end\n")

ONRECORD_INCLUDE_MODEL("fast", ONRECORD_FAST_MODEL);
ONRECORD_INCLUDE_MODEL("precise", ONRECORD_PRECISE_MODEL);

// NOLINTBEGIN(readability-identifier-naming): the names of the assembler's symbols.
extern "C" const char onrecord_fast_model_begin[];
extern "C" const char onrecord_fast_model_end[];
extern "C" const char onrecord_precise_model_begin[];
extern "C" const char onrecord_precise_model_end[];
// NOLINTEND(readability-identifier-naming)

namespace onrecord {

std::string_view fast_attribution_model() {
  return {onrecord_fast_model_begin,
          static_cast<std::size_t>(onrecord_fast_model_end - onrecord_fast_model_begin)};
}

std::string_view precise_attribution_model() {
  return {onrecord_precise_model_begin,
          static_cast<std::size_t>(onrecord_precise_model_end - onrecord_precise_model_begin)};
}

}  // namespace onrecord
