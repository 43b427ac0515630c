// `onrecord serve`: the record as pages and an API on this machine.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "cli/article_stream.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/run_program.h"
#include "serve/server.h"

namespace onrecord::cli {
namespace {

struct Options {
  RecordOption record;
  ReadingOptions reading;
  std::uint16_t port = 7433;
  bool writable = false;
  bool open = false;
};

ExitCode serve(const Options& options, Console& console) {
  ServerOptions how;
  how.record = options.record.path;
  how.port = options.port;
  how.threads = worker_count(options.reading.threads);
  if (options.writable) how.token = make_token();
  // The language model is loaded when the first text or draft comes in.
  struct Made {
    std::mutex mutex;
    std::shared_ptr<const ArticleReading> reading;
  };
  how.reading = [reading = options.reading,
                 made = std::make_shared<Made>()]() -> Result<std::shared_ptr<const ArticleReading>> {
    const std::scoped_lock lock(made->mutex);
    if (made->reading) return made->reading;
    Result<ArticleReading> fresh = reading.make_reading();
    if (!fresh) return std::unexpected(fresh.error());
    made->reading = std::make_shared<const ArticleReading>(std::move(*fresh));
    return made->reading;
  };
  const InterruptGuard guard;
  const std::string token = how.token;
  const auto server = Server::start(std::move(how));
  if (!server) return console.fail(server.error());
  const std::string address = fmt::format("http://127.0.0.1:{}/{}", (*server)->port(),
                                          token.empty() ? "" : fmt::format("#token={}", token));
  console.print(address + "\n");
  if (auto written = console.finish(); !written) return ExitCode::kError;
  if (console.errors().interactive) {
    console.note(
        options.writable
            ? "Whoever opens this address may add to the record and correct it. Ctrl-C ends the server.\n"
            : "Open it in a browser. It only reads (--write: also adds and corrects). Ctrl-C ends the "
              "server.\n");
  }
  if (options.open) {
    if (auto opened = start_program({"xdg-open", address}); !opened)
      console.note("xdg-open cannot be run: open the address in a browser.\n");
  }
  while (!InterruptGuard::interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  (*server)->stop();
  return ExitCode::kFound;
}

}  // namespace

Action declare_serve(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->record.declare(app);
  app.add_option("--port", options->port, "Where to listen, on this machine only; 0: any free port")
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--write", options->writable,
               "Let the one who has the printed address add articles and correct");
  app.add_flag("--open", options->open, "Open the address in the browser of this desktop (xdg-open)");
  options->reading.declare(app);
  add_examples(app, {{"onrecord serve", "the record as pages, and an API at /api/v1"},
                     {"onrecord serve --open", "and opens the browser"},
                     {"onrecord serve --write", "with a token that may add articles, correct and decide"},
                     {"onrecord serve --record bridge.db --port 0", "another record, on any free port"}});
  return [options](Console& console) { return serve(*options, console); };
}

}  // namespace onrecord::cli
