// How long pages and searches of a large record take when many ask at once.
//
// usage: bench_serve FOLDER [QUOTATIONS] [CLIENTS] [SECONDS] [--compare]
//     1,000,000 quotations, 32 clients and 10 seconds a kind of request, when not given
// FOLDER keeps the record between runs. Its quotations are made: words drawn as often as the words of a
// language are (Zipf), ten an article, 5,000 speakers who speak as unequally, 300 outlets, three years. Every
// request asks for something else, so that nothing comes from what was answered before.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "compare/compare_record.h"
#include "made_news.h"
#include "onrecord/record.h"
#include "serve/server.h"
#include "text/sha256.h"

namespace onrecord {
namespace {

using bench::Random;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kQuotationsAnArticle = 10;
constexpr std::uint64_t kSpeakers = 5'000;
constexpr std::uint64_t kOutlets = 300;
constexpr std::uint64_t kDays = 3 * 365;
constexpr double kVocabulary = 60'000;

/// Rank r comes 1/r as often as the first.
std::uint64_t rank(Random& random, double most) {
  return static_cast<std::uint64_t>(std::pow(most, random.share())) - 1;
}

/// A word that can be said: syllables by its number.
std::string word(std::uint64_t number) {
  constexpr std::string_view kConsonants = "bdfgklmnprstvz";
  constexpr std::string_view kVowels = "aeiou";
  std::string out;
  for (std::uint64_t left = number + 70; left > 0; left /= 70) {
    out += kConsonants[left % 70 / 5];
    out += kVowels[left % 5];
  }
  return out;
}

std::string capital(std::string text) {
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string speaker(std::uint64_t number) {
  return capital(word(number % 71)) + " " + capital(word(1'000'000 + number));
}

std::string day(std::uint64_t number) {
  const std::chrono::sys_days at =
      std::chrono::sys_days(std::chrono::year{2028} / 1 / 1) + std::chrono::days(number);
  const std::chrono::year_month_day date(at);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Span added(std::string& text, std::string_view words) {
  const auto begin = static_cast<std::uint32_t>(text.size());
  text += words;
  return {begin, static_cast<std::uint32_t>(text.size())};
}

/// “WORDS,” NAME said.
Quotation say(std::string& text, Random& random) {
  Quotation quotation;
  std::string words;
  for (std::uint64_t left = 6 + random.below(20); left > 0; --left)
    words += (words.empty() ? "" : " ") + word(rank(random, kVocabulary));
  text += "“";
  quotation.content = quotation.quoted = {added(text, words)};
  text += ",” ";
  const std::string name = speaker(rank(random, kSpeakers));
  quotation.source = {added(text, name)};
  text += " ";
  quotation.cue = {added(text, "said")};
  text += ".";
  quotation.kind = QuotationKind::kDirect;
  quotation.speaker = {name, quotation.source, 0.9F, "named beside the cue"};
  quotation.speaker_kind = SpeakerKind::kPerson;
  quotation.confidence = 0.95F;
  quotation.reason = "marks and the cue 'said'";
  return quotation;
}

ReadArticle article(std::uint64_t number) {
  Random random(number);
  ReadArticle read;
  std::string& text = read.article.text;
  for (std::uint64_t i = 0; i < kQuotationsAnArticle; ++i) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    read.quotations.push_back(say(text, random));
    read.sentences.push_back({begin, static_cast<std::uint32_t>(text.size())});
    text += i + 1 < kQuotationsAnArticle ? " " : "";
  }
  read.article.paragraphs = {{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody}};
  const std::string url = fmt::format("https://news.example/{}", number);
  read.article.fields = {
      {"title", capital(word(random.below(60'000))) + " " + word(random.below(60'000)), "made", {}},
      {"outlet", "The " + capital(word(rank(random, kOutlets))) + " Post", "made", {}},
      {"published", day(random.below(kDays)), "made", {}},
      {"canonical_url", url, "made", {}}};
  read.reading = "made-1";
  read.original = {url, {}, hex(sha256(text)), {}};
  return read;
}

bool make_record(const std::filesystem::path& path, std::uint64_t quotations, bool compare) {
  RecordOptions options;
  options.mode = RecordOptions::Mode::kCreateOrWrite;
  auto record = Record::open(path, options);
  const auto counts = record ? record->counts() : std::unexpected(record.error());
  if (!counts) return fmt::print(stderr, "{}\n", describe(counts.error())), false;
  const auto begin = Clock::now();
  constexpr std::uint64_t kBatch = 500;
  for (std::uint64_t at = counts->articles; at * kQuotationsAnArticle < quotations; at += kBatch) {
    std::vector<ReadArticle> batch;
    for (std::uint64_t i = at; i < at + kBatch; ++i) batch.push_back(article(i));
    if (const auto kept = record->add(batch); !kept)
      return fmt::print(stderr, "{}\n", describe(kept.error())), false;
  }
  if (compare) {
    if (const auto compared = compare_record(*record, {.threads = 2}); !compared)
      return fmt::print(stderr, "{}\n", describe(compared.error())), false;
  }
  fmt::print("record: {} quotations, {:.0f} MB, made in {:.0f} s\n", record->counts()->quotations,
             static_cast<double>(std::filesystem::file_size(path)) / 1e6,
             std::chrono::duration<double>(Clock::now() - begin).count());
  return true;
}

/// What is asked for, one address a call.
struct Kind {
  std::string name;
  std::function<std::string(Random&)> target;
};

/// Ids of every kind, drawn from lists that the server gives.
struct Ids {
  std::vector<std::string> quotations, articles, speakers;
};

Ids ids_of(const std::filesystem::path& path) {
  Ids ids;
  const auto record = Record::open(path);
  if (!record) return ids;
  for (std::uint64_t at = 0; at < 20; ++at) {
    SearchQuery query;
    query.limit = 100, query.since = day(at * 50), query.until = day(at * 50), query.words = word(at + 3);
    const auto found = record->search(query);
    if (!found) continue;
    for (const RecordedQuotation& row : found->rows) {
      ids.quotations.push_back(row.id), ids.articles.push_back(row.article);
      ids.speakers.push_back(row.person.id);
    }
  }
  return ids;
}

std::vector<Kind> kinds_of(const Ids& ids) {
  const auto one_of = [](const std::vector<std::string>& list, Random& random) {
    return list[random.below(list.size())];
  };
  return {
      {"quotation by id", [&ids, one_of](Random& r) { return "/quotations/" + one_of(ids.quotations, r); }},
      {"statement by id", [&ids, one_of](Random& r) { return "/statements/" + one_of(ids.quotations, r); }},
      {"article by id", [&ids, one_of](Random& r) { return "/articles/" + one_of(ids.articles, r); }},
      {"speaker by id", [&ids, one_of](Random& r) { return "/speakers/" + one_of(ids.speakers, r); }},
      {"search, rare word", [](Random& r) { return "/quotations?q=" + word(2'000 + r.below(40'000)); }},
      {"search, two words",
       [](Random& r) { return "/quotations?q=" + word(20 + r.below(300)) + "+" + word(20 + r.below(300)); }},
      {"search, frequent word",
       [](Random& r) {
         return "/quotations?q=" + word(r.below(30)) + "&cursor=" + std::to_string(r.below(1'000));
       }},
      {"a speaker's quotations",
       [&ids, one_of](Random& r) {
         return "/quotations?speaker=" + one_of(ids.speakers, r) +
                "&limit=" + std::to_string(20 + r.below(40));
       }},
      {"a day's quotations",
       [](Random& r) {
         const auto at = day(r.below(kDays));
         return "/quotations?since=" + at + "&until=" + at;
       }},
      {"the newest quotations",
       [](Random& r) { return "/quotations?limit=50&cursor=" + std::to_string(r.below(9'000)); }},
      {"articles", [](Random& r) { return "/articles?limit=50&cursor=" + std::to_string(r.below(50'000)); }}};
}

/// Asks one request after another on one connection, and notes how long each answer took.
class Client {
 public:
  explicit Client(std::uint16_t port) : host_(fmt::format("127.0.0.1:{}", port)), stream_(context_) {
    stream_.connect({boost::asio::ip::address_v4::loopback(), port});
  }
  /// Milliseconds; negative when it was refused.
  double ask(const std::string& target) {
    namespace http = boost::beast::http;
    http::request<http::empty_body> request(http::verb::get, "/api/v1" + target, 11);
    request.set(http::field::host, host_);
    http::response<http::string_body> response;
    const auto begin = Clock::now();
    http::write(stream_, request);
    http::read(stream_, buffer_, response);
    const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    return response.result_int() == 200 ? took : -1;
  }

 private:
  std::string host_;
  boost::asio::io_context context_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
};

void measure(const Kind& kind, std::uint16_t port, unsigned clients, std::chrono::seconds time) {
  std::vector<std::vector<double>> times(clients);
  std::atomic<std::uint64_t> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < clients; ++i) {
      threads.emplace_back([&, i] {
        Client client(port);
        Random random(1'000 + i);
        for (const auto end = Clock::now() + time; Clock::now() < end;) {
          const double took = client.ask(kind.target(random));
          took < 0 ? static_cast<void>(++refused) : times[i].push_back(took);
        }
      });
    }
  }
  std::vector<double> all;
  for (const auto& own : times) all.insert(all.end(), own.begin(), own.end());
  std::ranges::sort(all);
  if (all.empty()) return fmt::print("| {} | none answered |\n", kind.name);
  const auto at = [&](double share) {
    return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
  };
  fmt::print("| {} | {} | {:.0f} | {:.1f} | {:.1f} | {:.1f} |{}\n", kind.name, all.size(),
             static_cast<double>(all.size()) / static_cast<double>(time.count()), at(0.5), at(0.99),
             all.back(), refused == 0 ? "" : fmt::format(" {} refused", refused.load()));
  std::fflush(stdout);
}

int run(const std::vector<std::string>& given) {
  std::vector<std::string> words = given;
  const bool compare = std::erase(words, "--compare") > 0;
  if (words.empty())
    return fmt::print(stderr, "usage: bench_serve FOLDER [QUOTATIONS] [CLIENTS] [SECONDS] [--compare]\n"), 2;
  const auto number = [&](std::size_t at, unsigned long usual) {
    return words.size() > at ? std::stoul(words[at]) : usual;
  };
  std::filesystem::create_directories(words[0]);
  const std::filesystem::path path = std::filesystem::path(words[0]) / "served.db";
  if (!make_record(path, number(1, 1'000'000), compare)) return 1;
  const Ids ids = ids_of(path);
  if (ids.quotations.empty()) return fmt::print(stderr, "the record gives no quotation to ask for\n"), 1;
  ServerOptions options;
  options.record = path.string(), options.threads = std::max(2U, std::thread::hardware_concurrency());
  const auto server = Server::start(std::move(options));
  if (!server) return fmt::print(stderr, "{}\n", describe(server.error())), 1;
  const auto clients = static_cast<unsigned>(number(2, 32));
  fmt::print(
      "{} clients, {} threads\n\n| asked for | answers | a second | p50 ms | p99 ms | slowest ms "
      "|\n|---|--:|--:|--:|--:|--:|\n",
      clients, std::max(2U, std::thread::hardware_concurrency()));
  for (const Kind& kind : kinds_of(ids)) {
    // One alone first: what a request costs, without the wait for others.
    measure({fmt::format("{}, one client", kind.name), kind.target}, (*server)->port(), 1,
            std::chrono::seconds(2));
    measure(kind, (*server)->port(), clients, std::chrono::seconds(number(3, 10)));
  }
  return 0;
}

}  // namespace
}  // namespace onrecord

int main(int count, char** arguments) { return onrecord::run({arguments + 1, arguments + count}); }
