// The real server over the loopback: who may ask, what is answered, what is refused.
#include "serve/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "compare/compare_record.h"
#include "record/record_fixture.h"

namespace onrecord {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// What comes back for `bytes`, until the server closes.
std::string raw(std::uint16_t port, const std::string& bytes) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::socket socket(context);
  socket.connect({boost::asio::ip::address_v4::loopback(), port});
  boost::system::error_code error;
  boost::asio::write(socket, boost::asio::buffer(bytes), error);
  std::string answer;
  boost::asio::read(socket, boost::asio::dynamic_buffer(answer), error);
  return answer;
}

class TheServer : public testing::Test {
 protected:
  void SetUp() override {
    Record record = create_record(folder_ / "served.db");
    expect_done(record.add(two_articles()));
    expect_done(compare_record(record, {}));
    start("");
  }
  using MakeReading = std::function<Result<std::shared_ptr<const ArticleReading>>()>;
  void start(const std::string& token, MakeReading reading = {}) {
    server_.reset();
    ServerOptions options;
    options.record = (folder_ / "served.db").string();
    options.token = token;
    options.reading = reading ? std::move(reading) : []() -> Result<std::shared_ptr<const ArticleReading>> {
      return std::make_shared<const ArticleReading>(ArticleReading::plain(WordLists()));
    };
    options.limits.request_time = std::chrono::seconds(2);
    options.limits.body_bytes = 4096;
    auto server = Server::start(std::move(options));
    ASSERT_TRUE(server.has_value()) << describe(server.error());
    server_ = std::move(*server);
  }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server_->port()); }
  [[nodiscard]] std::string ask(const std::string& request_line, const std::string& headers = "",
                                const std::string& body = "") const {
    std::string bytes = request_line + " HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n" + headers;
    if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return raw(server_->port(), bytes + "\r\n" + body);
  }

  TemporaryFolder folder_;
  std::unique_ptr<Server> server_;
};

const std::vector<std::string> kRoutes = {"/",
                                          "/search?q=pier",
                                          "/api/v1/record",
                                          "/api/v1/quotations",
                                          "/api/v1/statements",
                                          "/api/v1/articles",
                                          "/api/v1/speakers",
                                          "/api/v1/stories",
                                          "/api/v1/timeline",
                                          "/api/v1/new",
                                          "/api/v1/proposals",
                                          "/api/v1/export",
                                          "/api/v1/quotations.atom",
                                          "/api/v1/quotations.csv"};

TEST_F(TheServer, AnswersEveryRouteToItsOwnPages) {
  for (const std::string& route : kRoutes) {
    const std::string answer = ask("GET " + route);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK")) << route;
    EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'none'")) << route;
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff")) << route;
  }
}

TEST_F(TheServer, AnswersNoOtherHostOriginOrSite) {
  for (const std::string& route : kRoutes) {
    const std::string begin = "GET " + route + " HTTP/1.1\r\nConnection: close\r\nHost: ";
    EXPECT_THAT(raw(server_->port(), begin + "evil.example\r\n\r\n"), StartsWith("HTTP/1.1 421")) << route;
    EXPECT_THAT(raw(server_->port(), begin + "127.0.0.1:1\r\n\r\n"), StartsWith("HTTP/1.1 421")) << route;
    EXPECT_THAT(ask("GET " + route, "Origin: http://evil.example\r\n"), StartsWith("HTTP/1.1 403")) << route;
    EXPECT_THAT(ask("GET " + route, "Origin: null\r\n"), StartsWith("HTTP/1.1 403")) << route;
    EXPECT_THAT(ask("GET " + route, "Sec-Fetch-Site: cross-site\r\n"), StartsWith("HTTP/1.1 403")) << route;
    EXPECT_THAT(ask("GET " + route, "Origin: http://" + host() + "\r\nSec-Fetch-Site: same-origin\r\n"),
                StartsWith("HTTP/1.1 200"))
        << route;
  }
  EXPECT_THAT(raw(server_->port(), "GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 421"));
}

TEST_F(TheServer, ALinkFromElsewhereOpensAPageButNoAnswerOfTheApi) {
  const std::string link =
      "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
  EXPECT_THAT(ask("GET /statement/s123", link), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("GET /api/v1/record", link), StartsWith("HTTP/1.1 403"));
}

TEST_F(TheServer, FindsStatementsByWords) {
  const std::string answer = ask("GET /api/v1/quotations?q=pier%20open&limit=1");
  EXPECT_THAT(answer, HasSubstr("The pier will open in May"));
  EXPECT_THAT(answer, HasSubstr("\"facets\":{\"speaker\":[{\"value\":"));
  EXPECT_THAT(answer, HasSubstr("\"total\":1"));
}

TEST_F(TheServer, TellsWhatIsWrongWithARequest) {
  for (const auto& [line, status, words] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"GET /api/v1/nothing", "404", "nothing at this address"},
           {"GET /api/v1/quotations/q000", "404", "no statement"},
           {"GET /api/v1/quotations/%3Cscript%3E", "400", "is no id"},
           {"GET /api/v1/quotations?limit=x", "400", "limit must be a number"},
           {"GET /api/v1/quotations?kind=loud", "400", "kind cannot be"},
           {"GET /api/v1/export?format=exe", "400", "format must be"},
           {"GET /%FF", "400", "cannot be read"},
           {"GET /a%00b", "400", "cannot be read"},
           {"GET /assets/../../etc/passwd", "404", "no such file"},
           {"GET /assets/%2e%2e/%2e%2e/etc/passwd", "404", "no such file"},
           {"DELETE /api/v1/articles", "405", "GET"},
           {"GET /api/v1/check", "405", "POST"}}) {
    const std::string answer = ask(line);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status)) << line;
    EXPECT_THAT(answer, HasSubstr(words)) << line;
  }
}

TEST_F(TheServer, RefusesWhatIsTooLongAndWhatIsNoHttp) {
  EXPECT_THAT(ask("GET /", "X-Long: " + std::string(20'000, 'x') + "\r\n"), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(ask("POST /api/v1/check", "", std::string(8'000, 'x')), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(raw(server_->port(), "\x16\x03\x01\x02\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST_F(TheServer, ClosesOnWhoeverSendsTooSlowly) {
  // Half a request, then nothing: the read ends because the server closes.
  EXPECT_EQ(raw(server_->port(), "GET / HTTP/1.1\r\nHost: "), "");
}

TEST_F(TheServer, SaysThatNothingChanged) {
  const std::string first = ask("GET /api/v1/articles");
  const std::size_t at = first.find("ETag: ");
  ASSERT_NE(at, std::string::npos);
  const std::string tag = first.substr(at + 6, first.find("\r\n", at) - at - 6);
  EXPECT_THAT(ask("GET /api/v1/articles", "If-None-Match: " + tag + "\r\n"), StartsWith("HTTP/1.1 304"));
  Record record = create_record(folder_ / "served.db");
  expect_done(record.add(std::vector{
      read_article("https://harbor.example/new", "“It rains,” Ada Lowe said.", {{"It rains", "Ada Lowe"}})}));
  EXPECT_THAT(ask("GET /api/v1/articles", "If-None-Match: " + tag + "\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(TheServer, ChecksADraft) {
  const std::string answer = ask("POST /api/v1/check", "Content-Type: text/plain\r\n",
                                 "“No ferry sails in a storm,” he said. “No ferry sails on a holiday,” he "
                                 "said. “The moon is made of cheese,” too.");
  EXPECT_THAT(answer, HasSubstr("\"verdict\":\"exact\""));
  EXPECT_THAT(answer, HasSubstr("\"verdict\":\"not_in_record\""));
}

TEST_F(TheServer, ChecksWhoADraftSaysSpoke) {
  const std::string headers = "Content-Type: text/plain\r\n";
  const std::string own = ask("POST /api/v1/check", headers, "“No ferry sails in a storm,” Jun Park said.");
  EXPECT_THAT(own, HasSubstr("\"speakers_read\":true"));
  EXPECT_THAT(own, HasSubstr("\"verdict\":\"exact\""));
  const std::string other =
      ask("POST /api/v1/check", headers, "“No ferry sails in a storm,” Bo Dunmore said.");
  EXPECT_THAT(other, HasSubstr("\"verdict\":\"other_speaker\""));
  start("", []() -> Result<std::shared_ptr<const ArticleReading>> {
    return fail(ErrorCode::kSystem, "no language model");
  });
  const std::string unread =
      ask("POST /api/v1/check", headers, "“No ferry sails in a storm,” Bo Dunmore said.");
  EXPECT_THAT(unread, HasSubstr("\"speakers_read\":false"));
  EXPECT_THAT(unread, HasSubstr("\"verdict\":\"exact\""));
}

TEST_F(TheServer, WritesNothingWithoutTheToken) {
  const std::string body = R"({"text":"“A roof is needed,” Ada Lowe said.","outlet":"Drum Gazette"})";
  const std::string json = "Content-Type: application/json\r\n";
  EXPECT_THAT(ask("POST /api/v1/articles", json, body), StartsWith("HTTP/1.1 403"));
  start("the-right-token");
  EXPECT_THAT(ask("POST /api/v1/articles", json, body), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(ask("POST /api/v1/articles", json + "Authorization: Bearer the-wrong-token\r\n", body),
              StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(ask("POST /api/v1/articles", json + "Authorization: Bearer the-right-token-\r\n", body),
              StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(ask("GET /api/v1/record"), HasSubstr("\"writable\":false"));
  EXPECT_THAT(ask("GET /api/v1/quotations?q=roof"), HasSubstr("\"total\":0"));
  const std::string right = json + "Authorization: Bearer the-right-token\r\n";
  EXPECT_THAT(ask("POST /api/v1/articles", right, body), HasSubstr("\"new_articles\":1"));
  EXPECT_THAT(ask("GET /api/v1/record", right), HasSubstr("\"writable\":true"));
  EXPECT_THAT(ask("GET /api/v1/quotations?q=roof"), HasSubstr("\"total\":1"));
}

TEST_F(TheServer, CorrectsDecidesAndTakesBack) {
  start("t");
  const std::string right = "Content-Type: application/json\r\nAuthorization: Bearer t\r\n";
  const std::string list = ask("GET /api/v1/quotations?q=kept");
  const std::size_t at = list.find("\"id\":\"q");
  ASSERT_NE(at, std::string::npos);
  const std::string id = list.substr(at + 6, 13);
  const std::string corrected = ask("POST /api/v1/corrections", right,
                                    R"({"kind":"speaker","quotation":")" + id + R"(","value":"Mara Quill"})");
  ASSERT_THAT(corrected, HasSubstr("\"id\":\"c"));
  EXPECT_THAT(ask("GET /api/v1/quotations/" + id), HasSubstr("Mara Quill"));
  const std::string correction = corrected.substr(corrected.find("\"id\":\"c") + 6, 13);
  EXPECT_THAT(ask("POST /api/v1/corrections", right, R"({"undo":")" + correction + R"("})"),
              StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("GET /api/v1/quotations/" + id), Not(HasSubstr("Mara Quill")));
  EXPECT_THAT(ask("POST /api/v1/decisions", right, R"({"kind":"same-statement","first":"q0","second":"q1"})"),
              StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(ask("POST /api/v1/decisions", right, "[]"), StartsWith("HTTP/1.1 400"));
}

TEST_F(TheServer, AnUploadNeverReachesAPathAndTellsWhatItRefused) {
  start("t");
  const std::string right = "Authorization: Bearer t\r\nContent-Type: application/octet-stream\r\n";
  const std::string answer =
      ask("POST /api/v1/articles?name=..%2F..%2Fetc%2Fpasswd.pdf", right, "%PDF-1.4 nothing");
  EXPECT_THAT(answer, HasSubstr("\"rejected\":1"));
  EXPECT_THAT(answer, HasSubstr("passwd.pdf"));
  EXPECT_THAT(answer, Not(HasSubstr("../")));
}

TEST_F(TheServer, FetchesFromNoPrivateAddress) {
  start("t");
  const std::string right = "Content-Type: application/json\r\nAuthorization: Bearer t\r\n";
  for (const std::string url :
       {"http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://2130706433/", "http://0x7f000001/", "http://10.0.0.1/", "http://169.254.169.254/",
        "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"}) {
    const std::string answer = ask("POST /api/v1/articles", right, R"({"fetch":")" + url + R"("})");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << url << answer;
  }
}

TEST_F(TheServer, ReadsNoBodyOfWhomItRefuses) {
  start("t");
  // The body never comes: an answer shows that nobody waited for it.
  const std::string length = "Connection: close\r\nContent-Length: 4000\r\n";
  const std::string line = "POST /api/v1/articles HTTP/1.1\r\n" + length;
  EXPECT_THAT(raw(server_->port(), line + "Host: evil.example\r\n\r\n"), StartsWith("HTTP/1.1 421"));
  EXPECT_THAT(raw(server_->port(), line + "Host: " + host() + "\r\nHost: evil.example\r\n\r\n"),
              StartsWith("HTTP/1.1 421"));
  EXPECT_THAT(raw(server_->port(), line + "Host: " + host() + "\r\nOrigin: http://evil.example\r\n\r\n"),
              StartsWith("HTTP/1.1 403"));
  const std::string large = "Host: " + host() + "\r\nConnection: close\r\nContent-Length: 1000000\r\n";
  EXPECT_THAT(raw(server_->port(), "POST /api/v1/articles HTTP/1.1\r\n" + large + "\r\n"),
              StartsWith("HTTP/1.1 413"))
      << "only who has the token may send a document";
}

TEST_F(TheServer, PagesDoNotWaitForTextsThatAreRead) {
  std::promise<void> released;
  const std::shared_future<void> release = released.get_future().share();
  start("t", [release]() -> Result<std::shared_ptr<const ArticleReading>> {
    release.wait();
    return std::make_shared<const ArticleReading>(ArticleReading::plain(WordLists()));
  });
  const std::string right = "Content-Type: application/json\r\nAuthorization: Bearer t\r\n";
  std::vector<std::future<std::string>> writers;
  for (int i = 0; i < 3; ++i) {
    writers.push_back(std::async(std::launch::async, [&, i] {
      return ask("POST /api/v1/articles", right,
                 R"({"text":"“Door )" + std::to_string(i) + R"( is open,” Ada Lowe said."})");
    }));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  for (int i = 0; i < 4; ++i) EXPECT_THAT(ask("GET /api/v1/quotations"), StartsWith("HTTP/1.1 200"));
  released.set_value();
  for (auto& writer : writers) EXPECT_THAT(writer.get(), HasSubstr("\"new_articles\":1"));
}

TEST_F(TheServer, CountsAllPagesOfALimitedList) {
  EXPECT_THAT(ask("GET /api/v1/articles?q=a&limit=1"), HasSubstr("\"total\":2"));
  EXPECT_THAT(ask("GET /api/v1/articles?q=pier"), HasSubstr("\"total\":0"));
  EXPECT_THAT(ask("GET /api/v1/speakers?limit=1"), HasSubstr("\"total\":3"));
  EXPECT_THAT(ask("GET /api/v1/speakers?q=lowe&limit=1"), HasSubstr("\"total\":1"));
  EXPECT_THAT(ask("GET /api/v1/statements?reports=1&limit=1"), HasSubstr("\"total\":3"));
  EXPECT_THAT(ask("GET /api/v1/stories?articles=1&limit=1"), HasSubstr("\"total\":2"));
}

TEST_F(TheServer, ATableHasAllHits) {
  const std::string answer = ask("GET /api/v1/quotations.csv?limit=1");
  for (const char* words : {"The pier will open in May", "We kept our word", "No ferry sails in a storm"})
    EXPECT_THAT(answer, HasSubstr(words));
}

TEST_F(TheServer, TakesDatesOnlyAsDates) {
  for (const std::string list : {"quotations", "timeline", "statements", "positions"}) {
    EXPECT_THAT(ask("GET /api/v1/" + list + "?since=2031-03"), StartsWith("HTTP/1.1 200")) << list;
    for (const std::string wrong : {"yesterday", "03/01/2031", "2031-3-1", "2031-03-", "-2031"})
      EXPECT_THAT(ask("GET /api/v1/" + list + "?since=" + wrong), StartsWith("HTTP/1.1 400"))
          << list << wrong;
  }
}

TEST_F(TheServer, WhatWasAnsweredBeforeAChangeIsNotAnsweredAfterIt) {
  EXPECT_THAT(ask("GET /api/v1/quotations?q=kept"), HasSubstr("\"total\":1"));
  EXPECT_THAT(ask("GET /api/v1/quotations?q=kept"), HasSubstr("\"total\":1"));
  {
    Record record = create_record(folder_ / "served.db");
    Correction correction;
    correction.kind = CorrectionKind::kReject;
    SearchQuery query;
    query.words = "kept";
    correction.quotation = value_of(record.search(query)).rows.at(0).id;
    expect_done(record.correct(correction));
  }
  EXPECT_THAT(ask("GET /api/v1/quotations?q=kept"), HasSubstr("\"total\":0"));
}

TEST_F(TheServer, GivesTheWholeRecordInPieces) {
  const std::string answer = ask("GET /api/v1/export?format=csv");
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(answer, HasSubstr("No ferry sails in a storm"));
  EXPECT_THAT(answer, testing::EndsWith("0\r\n\r\n"));
}

TEST_F(TheServer, TheSamePortCannotBeTakenTwice) {
  ServerOptions options;
  options.record = (folder_ / "served.db").string();
  options.port = server_->port();
  const auto second = Server::start(std::move(options));
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().advice, HasSubstr("--port"));
}

}  // namespace
}  // namespace onrecord
