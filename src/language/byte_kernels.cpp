#include "language/byte_kernels.h"

namespace onrecord::spacy {

std::span<const ByteKernels* const> available_byte_kernels() {
#if defined(__x86_64__)
  static constexpr const ByteKernels* kAll[] = {&kVnniByteKernels, &kAvx2ByteKernels, &kPortableByteKernels};
  const bool has_avx2 = __builtin_cpu_supports("avx2");
  const bool has_vnni = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
  if (has_vnni) return kAll;
  return std::span(kAll).subspan(has_avx2 ? 1 : 2);
#else
  static constexpr const ByteKernels* kAll[] = {&kPortableByteKernels};
  return kAll;
#endif
}

ByteRows ByteBuffer::quantize(const ByteKernels& kernels, ConstRows rows, std::size_t width) {
  bytes_.resize(rows.count * width);
  low_.resize(rows.count);
  step_.resize(rows.count);
  for (std::size_t r = 0; r < rows.count; ++r) {
    kernels.quantize_row(rows.data + r * rows.stride, width, bytes_.data() + r * width, low_[r], step_[r]);
  }
  return {width, bytes_.data(), low_.data(), step_.data()};
}

}  // namespace onrecord::spacy
