// How long pages and searches of a large record take when many ask at once, and what a request costs.
//
// usage: bench_serve FOLDER [--quotations N] [--clients N] [--seconds N] [--compare] [--record FILE] [--only
// WORDS] [--addresses N]
//     1,000,000 quotations, 32 clients and 10 seconds a kind of request, when not given
// FOLDER keeps the record between runs; --record takes one that is there, --compare compares the one that is
// made. Its quotations are made: words drawn as often as the words of a language are (Zipf), ten an article,
// 5,000 speakers who speak as unequally, 300 outlets, three years; four articles tell of one event, with
// three quotations in common. No address is asked for twice, so that nothing comes from what was answered
// before; a kind ends early when it has no more of them. "processor" is the server's own time a request, both
// threads together, without that of the clients: what is left of the numbers on a machine that others use
// too. --addresses N asks nothing: it writes the first N addresses of each kind, for bench/serve_wrk.
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

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
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "compare/compare_record.h"
#include "made_news.h"
#include "onrecord/record.h"
#include "record/store.h"
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

/// Four articles in a row are of one event: one day, one title, and what three people said there.
ReadArticle article(std::uint64_t number) {
  constexpr std::uint64_t kOfAnEvent = 4;
  constexpr std::uint64_t kShared = 3;
  Random random(number);
  Random of_event(number / kOfAnEvent + (std::uint64_t{1} << 40));
  ReadArticle read;
  std::string& text = read.article.text;
  for (std::uint64_t i = 0; i < kQuotationsAnArticle; ++i) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    read.quotations.push_back(say(text, i < kShared ? of_event : random));
    read.sentences.push_back({begin, static_cast<std::uint32_t>(text.size())});
    text += i + 1 < kQuotationsAnArticle ? " " : "";
  }
  read.article.paragraphs = {{{0, static_cast<std::uint32_t>(text.size())}, ParagraphRole::kBody}};
  const std::string url = fmt::format("https://news.example/{}", number);
  read.article.fields = {
      {"title", capital(word(of_event.below(60'000))) + " " + word(of_event.below(60'000)), "made", {}},
      {"outlet", "The " + capital(word(rank(random, kOutlets))) + " Post", "made", {}},
      {"published", day(of_event.below(kDays)), "made", {}},
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
  fmt::print("made in {:.0f} s\n", std::chrono::duration<double>(Clock::now() - begin).count());
  return true;
}

/// A kind of request: what is asked for, each address once, and what is promised.
struct Kind {
  std::string name;
  double target = 0;  // ms of the 99th percentile
  std::vector<std::string> targets;
};

constexpr double kQuick = 30;
constexpr double kAnySearch = 250;

std::vector<std::string> column(Database& database, const std::string& sql) {
  std::vector<std::string> values;
  auto rows = database.prepare(sql);
  while (rows.step()) values.push_back(rows.string(0));
  return values;
}

void shuffle(std::vector<std::string>& values) {
  Random random(7);
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

/// `values` in another order, each once, behind `path`.
Kind each(std::string name, double target, std::string_view path, std::vector<std::string> values) {
  shuffle(values);
  for (std::string& value : values) value.insert(0, path);
  return {std::move(name), target, std::move(values)};
}

/// All that `make` gives for two numbers below these.
template <class Make>
Kind pairs(std::string name, double target, std::uint64_t first, std::uint64_t second, const Make& make) {
  std::vector<std::string> values;
  for (std::uint64_t a = 0; a < first; ++a) {
    for (std::uint64_t b = 0; b < second; ++b) values.push_back(make(a, b));
  }
  return each(std::move(name), target, "", std::move(values));
}

std::vector<Kind> kinds_of(Database& database) {
  const auto ids = [&](std::string_view table, std::string_view more = "") {
    return column(database, fmt::format("SELECT id FROM {} {}", table, more));
  };
  const std::vector<std::string> speakers = column(
      database,
      "SELECT p.id FROM quotation q JOIN speaker p ON p.key = q.speaker GROUP BY 1 ORDER BY count(*) DESC");
  const std::vector<std::string> most(
      speakers.begin(),
      speakers.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(200, speakers.size())));
  std::vector<std::string> statements = ids("quotation", "WHERE key % 5 = 1");
  for (std::string& id : statements) id.front() = 's';
  std::vector<std::string> carried = column(
      database,
      "SELECT 's' || substr(q.id, 2) FROM statement s JOIN quotation q ON q.key = s.first LIMIT 200000");
  std::vector<Kind> kinds = {
      each("quotation by id", kQuick, "/quotations/", ids("quotation", "WHERE key % 5 = 0")),
      each("statement by id", kQuick, "/statements/", std::move(statements)),
      each("statement by id, of several witnesses", kQuick, "/statements/", std::move(carried)),
      each("article by id", kQuick, "/articles/", ids("article")),
      each("speaker by id", kQuick, "/speakers/", speakers),
      each("speaker by id, the 200 most quoted", kQuick, "/speakers/", most),
      each("story by id", kQuick, "/stories/", ids("story", "LIMIT 200000")),
      pairs("search, rare word (to 700 hits)", kQuick, 40'000, 1,
            [](auto a, auto) { return "/quotations?q=" + word(2'000 + a); }),
      pairs("search, two words", kQuick, 300, 300,
            [](auto a, auto b) { return "/quotations?q=" + word(20 + a) + "+" + word(320 + b); }),
      pairs("search, a word of some 2,000 to 10,000 hits", kQuick, 600, 20,
            [](auto a, auto b) { return fmt::format("/quotations?q={}&limit={}", word(150 + a), 20 + b); }),
      pairs("search, one of the 30 most frequent words", kAnySearch, 30, kDays,
            [](auto a, auto b) { return fmt::format("/quotations?q={}&until={}", word(a), day(b)); }),
      pairs("the same, two of them, deep in the list", kAnySearch, 30 * 30, 100,
            [](auto a, auto b) {
              return fmt::format("/quotations?q={}+{}&cursor={}", word(a / 30), word(a % 30), 17 * b + 1);
            }),
      pairs("the same, one of them, newest first", kAnySearch, 30, kDays,
            [](auto a, auto b) {
              return fmt::format("/quotations?q={}&until={}&order=date", word(a), day(b));
            }),
      pairs("timeline of such a word", kAnySearch, 30, 300,
            [](auto a, auto b) { return fmt::format("/timeline?q={}&outlet={}", word(a), word(b)); }),
      pairs("a speaker's quotations", kQuick, std::min<std::uint64_t>(speakers.size(), 2'000), 10,
            [&](auto a, auto b) {
              return fmt::format("/quotations?speaker={}&limit={}", speakers[a], 25 + b);
            }),
      pairs("an outlet's quotations of a kind", kAnySearch, kOutlets, 50,
            [](auto a, auto b) {
              return fmt::format("/quotations?outlet={}&kind=direct&limit={}", word(a), 20 + b);
            }),
      pairs("a day's quotations", kQuick, kDays, 20,
            [](auto a, auto b) {
              return fmt::format("/quotations?since={0}&until={0}&limit={1}", day(a), 20 + b);
            }),
      pairs("the newest quotations, any page", kAnySearch, 100'000, 1,
            [](auto a, auto) { return fmt::format("/quotations?cursor={}", 9 * a + 1); }),
      pairs("articles, any page", kAnySearch, 50'000, 1,
            [](auto a, auto) { return fmt::format("/articles?limit=50&cursor={}", a + 1); }),
      pairs("articles by a word of the title", kAnySearch, 40'000, 1,
            [](auto a, auto) { return "/articles?q=" + word(a); }),
      pairs("speakers, any page", kAnySearch, 5'000, 1,
            [](auto a, auto) { return fmt::format("/speakers?limit=50&cursor={}", a + 1); }),
      pairs("statements by who carries them, any page", kAnySearch, 20'000, 1,
            [](auto a, auto) { return fmt::format("/statements?cursor={}", 3 * a + 1); }),
      pairs("a day's statements", kAnySearch, kDays, 20,
            [](auto a, auto b) {
              return fmt::format("/statements?since={0}&until={0}&limit={1}", day(a), 20 + b);
            }),
      pairs("stories, any page", kAnySearch, 20'000, 1,
            [](auto a, auto) { return fmt::format("/stories?cursor={}", a + 1); })};
  std::erase_if(kinds, [](const Kind& kind) { return kind.targets.empty(); });
  return kinds;
}

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double process_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
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
    http::response_parser<http::string_body> response;
    response.body_limit(std::uint64_t{64} << 20);
    const auto begin = Clock::now();
    http::write(stream_, request);
    http::read(stream_, buffer_, response);
    const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    if (response.get().result_int() == 200) return took;
    why_ = response.get().body();
    return -1;
  }
  /// Of the last one that was refused.
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  std::string host_, why_;
  boost::asio::io_context context_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
};

struct Measured {
  std::vector<double> times;  // ms, sorted
  double seconds = 0;
  double processor = 0;  // ms of the server a request
  std::uint64_t refused = 0;
  std::string why;
  [[nodiscard]] double at(double share) const {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  }
};

/// Asks for what comes next in `kind.targets`, until the time is over or there are no more.
Measured measure(const Kind& kind, std::atomic<std::size_t>& next, std::uint16_t port, unsigned clients,
                 std::chrono::milliseconds time) {
  std::vector<Measured> own(clients);
  const auto begin = Clock::now();
  const double processor = process_seconds();
  {
    std::vector<std::jthread> threads;
    threads.reserve(clients);
    for (unsigned i = 0; i < clients; ++i) {
      threads.emplace_back([&, i] {
        const double thread = thread_seconds();
        Client client(port);
        while (Clock::now() < begin + time) {
          const std::size_t at = next++;
          if (at >= kind.targets.size()) break;
          const double took = client.ask(kind.targets[at]);
          took < 0 ? static_cast<void>(++own[i].refused) : own[i].times.push_back(took);
        }
        own[i].processor = thread_seconds() - thread;
        own[i].why = client.why();
      });
    }
  }
  Measured all;
  all.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  all.processor = process_seconds() - processor;
  for (const Measured& one : own) {
    all.times.insert(all.times.end(), one.times.begin(), one.times.end());
    all.processor -= one.processor, all.refused += one.refused;
    if (!one.why.empty()) all.why = one.why;
  }
  std::ranges::sort(all.times);
  all.processor *= 1'000.0 / static_cast<double>(std::max<std::size_t>(1, all.times.size()));
  return all;
}

void print_row(const Kind& kind, std::uint16_t port, unsigned clients, std::chrono::seconds time) {
  std::atomic<std::size_t> next = 0;
  // Alone first: what a request takes without the wait for others. At most a third of the addresses.
  Kind first = kind;
  first.targets.resize(std::max<std::size_t>(1, kind.targets.size() / 3));
  const Measured alone = measure(first, next, port, 1, std::chrono::milliseconds(time) / 4);
  next = std::min(next.load(), first.targets.size());
  const Measured many = measure(kind, next, port, clients, time);
  if (alone.times.empty() || many.times.empty())
    return fmt::print("| {} | none answered: {} |\n", kind.name, many.why);
  fmt::print("| {} | {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.0f} | {:.0f} | {:.2f} |{}\n", kind.name,
             many.times.size(), alone.at(0.5), alone.at(0.99), many.at(0.5), many.at(0.99), kind.target,
             static_cast<double>(many.times.size()) / many.seconds, many.processor,
             many.refused == 0 ? "" : fmt::format(" {} refused: {}", many.refused, many.why));
  std::fflush(stdout);
}

/// A line an address: its kind, what is promised in ms, the address.
void write_addresses(const std::vector<Kind>& kinds, std::size_t most) {
  for (const Kind& kind : kinds) {
    for (std::size_t i = 0; i < std::min(most, kind.targets.size()); ++i)
      fmt::print("{}\t{}\t/api/v1{}\n", kind.name, kind.target, kind.targets[i]);
  }
}

struct Options {
  std::filesystem::path folder, record;
  std::string only;
  std::uint64_t quotations = 1'000'000;
  unsigned clients = 32;
  std::chrono::seconds time{10};
  std::size_t addresses = 0;
  bool compare = false;
};

std::optional<Options> options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool has_value = i + 1 < words.size();
    if (word == "--compare") {
      options.compare = true;
    } else if (!word.starts_with("--")) {
      options.folder = word;
    } else if (!has_value) {
      return std::nullopt;
    } else if (const std::string& value = words[++i]; word == "--record") {
      options.record = value;
    } else if (word == "--only") {
      options.only = value;
    } else if (word == "--quotations") {
      options.quotations = std::stoull(value);
    } else if (word == "--clients") {
      options.clients = static_cast<unsigned>(std::stoul(value));
    } else if (word == "--addresses") {
      options.addresses = std::stoul(value);
    } else if (word == "--seconds") {
      options.time = std::chrono::seconds(std::stoul(value));
    } else {
      return std::nullopt;
    }
  }
  if (options.folder.empty() && options.record.empty()) return std::nullopt;
  return options;
}

int run(const std::vector<std::string>& words) {
  const auto options = options_of(words);
  if (!options) {
    fmt::print(
        stderr,
        "usage: bench_serve FOLDER [--quotations N] [--clients N] [--seconds N] [--compare] [--record FILE] "
        "[--only WORDS] [--addresses N]\n");
    return 2;
  }
  std::filesystem::path path = options->record;
  if (path.empty()) {
    std::filesystem::create_directories(options->folder);
    path = options->folder / "served.db";
    if (!make_record(path, options->quotations, options->compare)) return 1;
  }
  const auto record = Record::open(path);
  if (!record) return fmt::print(stderr, "{}\n", describe(record.error())), 1;
  const std::vector<Kind> kinds = kinds_of(record->store().database);
  if (options->addresses > 0) return write_addresses(kinds, options->addresses), 0;
  ServerOptions how;
  const unsigned threads = std::max(2U, std::thread::hardware_concurrency());
  how.record = path.string(), how.threads = threads;
  const auto server = Server::start(std::move(how));
  if (!server) return fmt::print(stderr, "{}\n", describe(server.error())), 1;
  const std::uint16_t port = (*server)->port();
  const auto begin = Clock::now();
  Client(port).ask("/quotations?limit=1");
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{} quotations, {:.0f} MB; {} clients, {} threads; the first search came after {:.1f} s, {} MB "
      "resident\n\n"
      "| asked for | answers | alone: p50 ms | p99 ms | {} clients: p50 ms | p99 ms | target | a second | "
      "processor "
      "ms |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
      column(record->store().database, "SELECT count(*) FROM quotation").at(0),
      static_cast<double>(std::filesystem::file_size(path)) / 1e6, options->clients, threads,
      std::chrono::duration<double>(Clock::now() - begin).count(), usage.ru_maxrss / 1024, options->clients);
  for (const Kind& kind : kinds) {
    if (kind.name.contains(options->only)) print_row(kind, port, options->clients, options->time);
  }
  return 0;
}

}  // namespace
}  // namespace onrecord

int main(int count, char** arguments) { return onrecord::run({arguments + 1, arguments + count}); }
