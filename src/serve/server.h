// The HTTP server: this machine's own, for this machine alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "onrecord/error.h"
#include "serve/api.h"

namespace onrecord {

struct ServerLimits {
  std::uint32_t header_bytes = 16U << 10;
  std::uint64_t body_bytes = 1ULL << 20;     ///< of a request
  std::uint64_t upload_bytes = 32ULL << 20;  ///< of POST /articles
  std::uint32_t connections = 256;           ///< at once; more are closed at once
  std::uint32_t streams = 4;                 ///< exports at once
  std::chrono::seconds request_time{20};     ///< for a request to come in, and for an answer to go out
  std::chrono::seconds idle_time{60};        ///< of a connection between requests
};

struct ServerOptions {
  std::string record;
  std::uint16_t port = 0;  ///< 0: one that is free
  unsigned threads = 2;
  std::string token;  ///< empty: read-only
  std::function<Result<std::shared_ptr<const ArticleReading>>()> reading;
  ServerLimits limits;
};

/// Listens on 127.0.0.1 and, where there is one, ::1 on the same port. Each thread has the record open for
/// itself.
class Server {
 public:
  /// Fails with `kSystem` when the port is taken, and as `Record::open` does.
  static Result<std::unique_ptr<Server>> start(ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Stops listening, lets answers that are being written end, and joins the threads. May be called from any
  /// thread but the server's own; done by the destructor too.
  void stop();

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// 32 characters from the system's random numbers.
[[nodiscard]] std::string make_token();

}  // namespace onrecord
