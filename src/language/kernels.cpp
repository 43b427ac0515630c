#include "language/kernels.h"

namespace onrecord::spacy {

std::span<const Kernels* const> available_kernels() {
#if defined(__x86_64__)
  static constexpr const Kernels* kAll[] = {&kAvx512Kernels, &kAvx2Kernels, &kPortableKernels};
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") &&
                          __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512bw");
  if (has_avx512) return kAll;
  return std::span(kAll).subspan(has_avx2 ? 1 : 2);
#else
  static constexpr const Kernels* kAll[] = {&kPortableKernels};
  return kAll;
#endif
}

}  // namespace onrecord::spacy
