#include "serve/fetch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cstring>
#include <string>
#include <thread>
#include <utility>

#include "intake/intake.h"
#include "serve/fetched_document.h"

namespace onrecord {
namespace {

bool is_public(const char* text) {
  sockaddr_storage storage{};
  if (std::strchr(text, ':') != nullptr) {
    auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
    six->sin6_family = AF_INET6;
    EXPECT_EQ(inet_pton(AF_INET6, text, &six->sin6_addr), 1) << text;
  } else {
    auto* four = reinterpret_cast<sockaddr_in*>(&storage);
    four->sin_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, text, &four->sin_addr), 1) << text;
  }
  return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

TEST(Fetch, KnowsPublicAddresses) {
  for (const char* address : {"8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.0.1",
                              "100.128.0.1", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
    EXPECT_TRUE(is_public(address)) << address;
  for (const char* address : {"0.0.0.0",
                              "10.1.2.3",
                              "127.0.0.1",
                              "127.255.255.254",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "100.64.0.1",
                              "192.0.2.7",
                              "198.18.0.1",
                              "198.51.100.1",
                              "203.0.113.9",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::127.0.0.1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::127.0.0.1",
                              "2002:7f00:1::",
                              "2001:db8::1",
                              "2001::1",
                              "2001:100::1",
                              "64:ff9b:1::1",
                              "3fff::1",
                              "fe80::1",
                              "fc00::1",
                              "fd12::1",
                              "ff02::1"})
    EXPECT_FALSE(is_public(address)) << address;
}

/// A web server of one answer a connection, on a free port of this machine.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer)
      : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}),
        answer_(std::move(answer)),
        thread_([this] {
          for (;;) {
            boost::system::error_code error;
            boost::asio::ip::tcp::socket socket(context_);
            acceptor_.accept(socket, error);
            if (error || stopping_) return;
            std::string request;
            boost::asio::read_until(socket, boost::asio::dynamic_buffer(request), "\r\n\r\n", error);
            boost::asio::write(socket, boost::asio::buffer(answer_), error);
          }
        }) {}
  ~OneAnswer() {
    stopping_ = true;
    boost::system::error_code ignored;
    boost::asio::ip::tcp::socket socket(context_);
    socket.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::string answer_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

/// 127.0.0.1, where the tests' own servers are, and nothing else of this machine.
FetchLimits for_tests() {
  FetchLimits limits;
  limits.reaches = [](const sockaddr& address) {
    sockaddr_in four{};
    if (address.sa_family == AF_INET) std::memcpy(&four, &address, sizeof four);
    return four.sin_addr.s_addr == htonl(INADDR_LOOPBACK) || is_public_address(address);
  };
  limits.bytes = 1000;
  limits.seconds = 5;
  return limits;
}

TEST(Fetch, GetsAPage) {
  const OneAnswer server(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  const auto fetched = fetch(server.url(), for_tests());
  ASSERT_TRUE(fetched) << describe(fetched.error());
  EXPECT_EQ(fetched->bytes, "hello");
  EXPECT_EQ(fetched->type, "text/html");
}

TEST(Fetch, RefusesTheSamePageWhereOnlyPublicAddressesMayBeReached) {
  const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  const auto fetched = fetch(server.url());
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().code, ErrorCode::kInvalidArgument);
}

TEST(Fetch, StopsAtItsLimits) {
  const OneAnswer large("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(5'000, 'x'));
  const auto too_large = fetch(large.url(), for_tests());
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error().code, ErrorCode::kTooLarge);
  const OneAnswer loop(
      "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  const auto around = fetch(loop.url(), for_tests());
  ASSERT_FALSE(around);
  EXPECT_EQ(around.error().code, ErrorCode::kInvalidArgument);
}

TEST(Fetch, ReachesThisMachineByNoOtherName) {
  const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret");
  const std::string port_and_path = server.url().substr(std::string("http://127.0.0.1").size());
  for (const char* host :
       {"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "127.0.0.2", "[::]"}) {
    const auto fetched = fetch("http://" + std::string(host) + port_and_path);
    ASSERT_FALSE(fetched) << host;
    EXPECT_EQ(fetched.error().code, ErrorCode::kInvalidArgument) << host << describe(fetched.error());
  }
}

TEST(Fetch, TakesNothingButWebAddresses) {
  for (const char* url :
       {"", "page.html", "file:///etc/passwd", "ftp://files.example/x", "gopher://127.0.0.1/", "://x", "http",
        "http:/x", "httpx://news.example/", "dict://127.0.0.1:11211/"}) {
    const auto fetched = fetch(url);
    ASSERT_FALSE(fetched) << url;
    EXPECT_EQ(fetched.error().code, ErrorCode::kInvalidArgument) << url << describe(fetched.error());
  }
}

TEST(Fetch, FollowsNoRedirectIntoThisMachine) {
  for (const char* target :
       {"http://127.0.0.2/", "http://[::1]/", "http://[::ffff:127.0.0.2]/", "http://2130706434/",
        "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://0.0.0.0/"}) {
    const OneAnswer server(
        std::string("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: ") + target +
        "\r\n\r\n");
    const auto fetched = fetch(server.url(), for_tests());
    ASSERT_FALSE(fetched) << target;
    EXPECT_EQ(fetched.error().code, ErrorCode::kInvalidArgument) << target << describe(fetched.error());
  }
}

/// The title of the one article that a fetched page makes, and its canonical URL.
std::pair<std::string, std::string> read_fetched(const std::string& html) {
  const Fetched fetched{html, "https://news.example/a?utm_source=x", "text/html; charset=utf-8"};
  DocumentStream stream = stream_of(fetched);
  const auto document = stream.next();
  if (!document || !*document) return {};
  const auto article = make_article(**document, Limits{});
  if (!article) return {};
  return {std::string(article->field("title")), std::string(article->field("canonical_url"))};
}

TEST(FetchedDocument, APageIsAtTheAddressItNamesElseWhereItWasFound) {
  const std::string body =
      "<title>Roof leaks</title></head><body><article><h1>Roof leaks</h1><p>The new roof of the ferry pier "
      "let "
      "the rain through on Saturday, two days after it was opened.</p></article></body></html>";
  EXPECT_EQ(read_fetched("<html><head>" + body),
            std::pair(std::string("Roof leaks"), std::string("https://news.example/a")));
  EXPECT_EQ(
      read_fetched("<html><head><link rel=\"canonical\" href=\"https://post.example/roof\">" + body).second,
      "https://post.example/roof");
}

TEST(Fetch, FollowsNoRedirectToAFile) {
  const OneAnswer server(
      "HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\nConnection: "
      "close\r\n\r\n");
  const auto fetched = fetch(server.url(), for_tests());
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().code, ErrorCode::kInvalidArgument);
}

TEST(Fetch, TellsThatAPageIsNotThere) {
  const OneAnswer server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  const auto fetched = fetch(server.url(), for_tests());
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace onrecord
