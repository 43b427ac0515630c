// gzip and zstd, recognised by their first bytes and inflated while reading.
#pragma once

#include <memory>

#include "intake/byte_source.h"
#include "onrecord/limits.h"

namespace onrecord {

/// A source of what `from` holds: its own bytes, or the inflated ones when it begins as gzip (RFC 1952, all
/// members) or zstd (RFC 8878, all frames) does; what is inflated is looked at again, four times at most
/// (`kTooDeep`).
///
/// Reading fails with `kTooLarge` when more than `Limits::inflation_ratio` bytes came of each stored one
/// (beyond the first MiB), with `kTruncated` when the compressed data ends early and with `kMalformed` when
/// it is damaged; the bytes before the damage were given by then. Memory: 32 KiB a gzip layer, a zstd layer
/// the window of its frame, 128 MiB at most.
[[nodiscard]] std::unique_ptr<ByteSource> inflating(std::unique_ptr<ByteSource> from, const Limits& limits);

}  // namespace onrecord
