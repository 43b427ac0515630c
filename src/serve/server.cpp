#include "serve/server.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "record/store.h"
#include "serve/guard.h"
#include "serve/web_app.h"

namespace onrecord {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Parser = http::request_parser<http::string_body>;
using Answer = http::response<http::string_body>;

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::kGet;
    case http::verb::head:
      return Method::kHead;
    case http::verb::post:
      return Method::kPost;
    default:
      return Method::kOther;
  }
}

std::string_view view_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

/// Without its body. Nothing when the address cannot be read.
std::optional<Request> request_of(const Parser::value_type& message) {
  auto target = parse_target(view_of(message.target()));
  if (!target) return std::nullopt;
  Request request;
  request.method = method_of(message.method());
  request.path = std::move(target->path), request.query = std::move(target->query);
  for (const auto& field : message) {
    std::string& value = request.headers[lower(view_of(field.name_string()))];
    // Two fields of one name are one list (RFC 9110): two hosts are none of ours.
    value += fmt::format("{}{}", value.empty() ? "" : ", ", view_of(field.value()));
  }
  return request;
}

/// What the threads of a server share.
struct Shared {
  explicit Shared(ServerOptions given)
      : options(std::move(given)), api({options.record, options.token, options.reading}) {}
  ServerOptions options;
  Api api;
  std::uint16_t port = 0;
  std::atomic<std::uint32_t> connections = 0;
  std::atomic<std::uint32_t> streams = 0;
  std::atomic<bool> stopping = false;
  asio::thread_pool slow{3};  // for what fetches, reads a text or writes: pages do not wait for it
};

/// The record as this thread has it open; opened at its first request.
Result<const Record*> record_of_thread(const Shared& shared) {
  thread_local std::optional<Record> record;
  thread_local const Shared* of = nullptr;
  if (of != &shared || !record) {
    auto opened = Record::open(shared.options.record);
    if (!opened) return std::unexpected(opened.error());
    record.emplace(std::move(*opened));
    of = &shared;
    // SQLite's own 2 MB hold not even the inner pages of a large record's trees.
    record->store().database.run("PRAGMA cache_size = -65536");  // KiB
  }
  return &*record;
}

Response answer(Shared& shared, const Request& request) {
  if (!request.path.starts_with("/api/")) return answer_page(request);
  if (!request.path.starts_with("/api/v1/")) return error_response(404, "not-found", "the API is at /api/v1");
  const auto record = record_of_thread(shared);
  if (!record) return error_response(record.error());
  return shared.api.answer(**record, request);
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.connections;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { --shared_.connections; }

  void run() { read_header(); }

 private:
  void read_header() {
    parser_.emplace();
    parser_->header_limit(shared_.options.limits.header_bytes);
    parser_->body_limit(shared_.options.limits.upload_bytes);
    stream_.expires_after(served_ == 0 ? shared_.options.limits.request_time
                                       : shared_.options.limits.idle_time);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
  }

  void on_header(beast::error_code error) {
    if (error == http::error::header_limit)
      return refuse(431, "headers", "the request's headers are too long");
    if (error) return end_or_refuse(error);
    const auto& message = parser_->get();
    is_head_ = message.method() == http::verb::head;
    keep_alive_ = message.keep_alive() && !shared_.stopping;
    auto request = request_of(message);
    if (!request) return refuse_unread(error_response(400, "address", "the address cannot be read"));
    if (auto refused = refusal(*request, shared_.port)) return refuse_unread(std::move(*refused));
    request_ = std::move(*request);
    const bool uploads = request_.path == "/api/v1/articles" && has_token(request_, shared_.options.token);
    const std::uint64_t most =
        uploads ? shared_.options.limits.upload_bytes : shared_.options.limits.body_bytes;
    parser_->body_limit(most);
    // What the request says of its length was held to the larger limit above.
    if (parser_->content_length().value_or(0) > most) return on_request(http::error::body_limit);
    stream_.expires_after(shared_.options.limits.request_time);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code read, std::size_t) { self->on_request(read); });
  }

  void on_request(beast::error_code error) {
    if (error == http::error::body_limit) return refuse(413, "too-large", "the request's body is too large");
    if (error) return end_or_refuse(error);
    ++served_;
    request_.body = std::move(parser_->get().body());
    if (request_.method != Method::kPost) return send(answer(shared_, request_));
    stream_.expires_never();
    asio::post(shared_.slow, [self = shared_from_this()] {
      auto made = std::make_shared<Response>(answer(self->shared_, self->request_));
      asio::dispatch(self->stream_.get_executor(), [self, made] { self->send(std::move(*made)); });
    });
  }

  /// Refuses what has not come in whole: the connection cannot go on when there is more of it.
  void refuse_unread(Response response) {
    keep_alive_ = keep_alive_ && parser_->is_done();
    send(std::move(response));
  }

  /// Something that is no HTTP gets an answer that says so; a reader who left gets none.
  void end_or_refuse(beast::error_code error) {
    if (error == http::error::end_of_stream || error == beast::error::timeout || error == asio::error::eof ||
        error == asio::error::connection_reset || error == asio::error::operation_aborted)
      return close();
    refuse(400, "request", "the request is not HTTP as it should be");
  }

  void refuse(unsigned status, std::string_view code, std::string_view message) {
    keep_alive_ = false;
    send(error_response(status, code, message));
  }

  void send(Response response) {
    add_safe_headers(response);
    if (response.stream) return send_stream(std::move(response));
    answer_ = std::make_unique<Answer>();
    Answer& out = *answer_;
    out.version(11);
    out.result(response.status);
    out.set(http::field::server, "onrecord");
    for (const auto& [name, value] : response.headers) out.insert(name, value);
    out.keep_alive(keep_alive_);
    if (response.status != 304) out.set(http::field::content_type, response.type);
    if (!out.count(http::field::cache_control)) out.set(http::field::cache_control, "no-cache");
    out.content_length(response.body.size());
    if (!is_head_ && response.status != 304) out.body() = std::move(response.body);
    if (response.status == 304) out.content_length(boost::none);
    stream_.expires_after(shared_.options.limits.request_time);
    http::async_write(
        stream_, serializer_.emplace(out),
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_sent(error); });
  }

  void on_sent(beast::error_code error) {
    if (error || !keep_alive_) return close();
    read_header();
  }

  /// A thread of its own writes a body as it is made, so that a slow reader holds up nobody else.
  void send_stream(Response response) {
    if (shared_.streams >= shared_.options.limits.streams || is_head_) {
      response.stream = {};
      if (is_head_) return send(std::move(response));
      return send(error_response(503, "busy", "too many exports at once; try again in a while"));
    }
    ++shared_.streams;
    // From here on the socket is the thread's: blocking, with the same time for every piece.
    beast::error_code error;
    tcp::socket socket = stream_.release_socket();
    error = socket.non_blocking(false, error);
    const timeval time{shared_.options.limits.request_time.count(), 0};
    setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
    std::thread([self = shared_from_this(), socket = std::move(socket),
                 response = std::move(response)]() mutable {
      write_stream(socket, response);
      --self->shared_.streams;
    }).detach();
  }

  static void write_stream(tcp::socket& socket, const Response& response) {
    std::string head =
        "HTTP/1.1 200 OK\r\nServer: onrecord\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n";
    head += fmt::format("Content-Type: {}\r\n", response.type);
    for (const auto& [name, value] : response.headers) head += fmt::format("{}: {}\r\n", name, value);
    head += "\r\n";
    beast::error_code error;
    asio::write(socket, asio::buffer(head), error);
    std::string chunk;
    const auto flush = [&]() -> Result<void> {
      if (chunk.empty()) return {};
      const std::string size = fmt::format("{:x}\r\n", chunk.size());
      chunk += "\r\n";
      asio::write(socket, std::array<asio::const_buffer, 2>{asio::buffer(size), asio::buffer(chunk)}, error);
      chunk.clear();
      if (error) return fail(ErrorCode::kSystem, "the reader is gone");
      return {};
    };
    constexpr std::size_t kChunk = 64U << 10;
    const Result<void> made = response.stream([&](std::string_view piece) -> Result<void> {
      chunk += piece;
      return chunk.size() < kChunk ? Result<void>{} : flush();
    });
    // Without the last chunk a reader knows that something is missing.
    if (made && flush()) asio::write(socket, asio::buffer("0\r\n\r\n", 5), error);
    error = socket.shutdown(tcp::socket::shutdown_both, error);
  }

  void close() {
    beast::error_code ignored;
    ignored = stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Shared& shared_;
  std::optional<Parser> parser_;
  Request request_;
  std::unique_ptr<Answer> answer_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  std::uint64_t served_ = 0;
  bool keep_alive_ = true;
  bool is_head_ = false;
};

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(asio::io_context& context, Shared& shared)
      : context_(context), acceptor_(context), shared_(shared) {}

  [[nodiscard]] beast::error_code listen(const tcp::endpoint& endpoint) {
    beast::error_code error;
    error = acceptor_.open(endpoint.protocol(), error);
    if (!error && endpoint.address().is_v6()) error = acceptor_.set_option(asio::ip::v6_only(true), error);
    if (!error) error = acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) error = acceptor_.bind(endpoint, error);
    if (!error) error = acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void run() { accept(); }
  void close() {
    asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
      beast::error_code ignored;
      ignored = self->acceptor_.close(ignored);
    });
  }

 private:
  void accept() {
    acceptor_.async_accept(asio::make_strand(context_), [self = shared_from_this()](beast::error_code error,
                                                                                    tcp::socket socket) {
      if (error == asio::error::operation_aborted || self->shared_.stopping) return;
      // Beyond the limit the socket closes here.
      if (!error && self->shared_.connections < self->shared_.options.limits.connections)
        std::make_shared<Session>(std::move(socket), self->shared_)->run();
      self->accept();
    });
  }

  asio::io_context& context_;
  tcp::acceptor acceptor_;
  Shared& shared_;
};

}  // namespace

struct Server::State {
  explicit State(ServerOptions options) : shared(std::move(options)) {}
  Shared shared;
  asio::io_context context;
  std::vector<std::shared_ptr<Listener>> listeners;
  std::vector<std::jthread> threads;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
  // What is wrong with the record is told now, and an older one is brought up by one thread alone.
  if (const auto record = Record::open(options.record); !record) return std::unexpected(record.error());
  auto state = std::make_unique<State>(std::move(options));
  const auto four = std::make_shared<Listener>(state->context, state->shared);
  const std::uint16_t wanted = state->shared.options.port;
  if (const auto error = four->listen({asio::ip::address_v4::loopback(), wanted})) {
    Error taken{ErrorCode::kSystem,
                fmt::format("port {} cannot be listened on: {}", wanted, error.message()),
                {},
                {},
                {}};
    taken.advice = "Another server may have it; choose one with --port N.";
    return std::unexpected(std::move(taken));
  }
  state->shared.port = four->port();
  state->listeners.push_back(four);
  // Machines without IPv6 do without.
  const auto six = std::make_shared<Listener>(state->context, state->shared);
  if (!six->listen({asio::ip::address_v6::loopback(), state->shared.port})) state->listeners.push_back(six);
  for (const auto& listener : state->listeners) listener->run();
  asio::post(state->shared.slow, [&api = state->shared.api] { api.warm_up(); });
  for (unsigned i = 0; i < std::max(1U, state->shared.options.threads); ++i) {
    state->threads.emplace_back([context = &state->context] { context->run(); });
  }
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const { return state_->shared.port; }

void Server::stop() {
  if (state_->shared.stopping.exchange(true)) return;
  for (const auto& listener : state_->listeners) listener->close();
  // Exports that are being written have a moment to end; their threads use what is about to go.
  for (int i = 0; i < 100 && state_->shared.streams > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  state_->shared.slow.join();
  state_->context.stop();
  state_->threads.clear();
}

std::string make_token() {
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<unsigned char, 32> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return {};
  std::string token;
  for (const unsigned char byte : random) token += kDigits[byte % kDigits.size()];
  return token;
}

}  // namespace onrecord
