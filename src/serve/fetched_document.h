// A document that came by the network, as a stream that ingest can read.
#pragma once

#include "intake/source.h"
#include "serve/fetch.h"

namespace onrecord {

/// Its bytes under its address. An address that the page does not name itself becomes its URL. `fetched` must
/// outlive the stream.
[[nodiscard]] DocumentStream stream_of(const Fetched& fetched, SourceOptions options = {});

}  // namespace onrecord
