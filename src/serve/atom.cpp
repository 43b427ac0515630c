#include "serve/atom.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/sha256.h"

namespace onrecord {
namespace {

/// Text of XML 1.0: what stands for markup is escaped, what no XML may hold is a blank.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

}  // namespace

AtomFeed::AtomFeed(std::string_view path, std::string_view words, std::string_view host) : host_(host) {
  const std::string title = words.empty() ? "What was said" : fmt::format("What was said: {}", words);
  head_ = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
      "xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n"
      "<id>urn:onrecord:feed:{}</id>\n<link rel=\"alternate\" href=\"http://{}/search\"/>\n",
      escaped(title), hex(sha256(fmt::format("{}?{}", path, words))).substr(0, 32), escaped(host_));
}

void AtomFeed::add(const RecordedQuotation& row) {
  updated_ = std::max(updated_, row.added_at);
  const std::string speaker = row.person.name.empty() ? row.quotation.speaker.value : row.person.name;
  const std::string who = speaker.empty() ? "Somebody" : speaker;
  entries_ += fmt::format(
      "<entry>\n<id>urn:onrecord:{0}</id>\n<title>{1}: "
      "{2}</title>\n<updated>{3}</updated>\n<author><name>{4}</name></"
      "author>\n<link rel=\"alternate\" href=\"http://{5}/statement/{0}\"/>\n<content "
      "type=\"text\">{6}</content>\n</"
      "entry>\n",
      row.id, escaped(who),
      escaped(row.content.substr(0, row.content.find(' ', std::min<std::size_t>(row.content.size(), 80)))),
      row.added_at, escaped(row.outlet.empty() ? who : row.outlet), escaped(host_), escaped(row.content));
}

std::string AtomFeed::finish() {
  return fmt::format("{}<updated>{}</updated>\n{}</feed>\n", head_,
                     updated_.empty() ? "1970-01-01T00:00:00Z" : updated_, entries_);
}

}  // namespace onrecord
