#include "language/pipeline_config.h"

namespace onrecord::spacy {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

Result<PipelineConfig> PipelineConfig::parse(std::string_view text) {
  PipelineConfig config;
  std::string section;
  std::string key;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view whole = text.substr(0, end);
    const std::string_view line = trimmed(whole);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    const bool continues = whole.front() == ' ' || whole.front() == '\t';
    if (continues && !key.empty()) {
      config.sections_[section][key] += line;
    } else if (line.front() == '[' && line.back() == ']') {
      section = line.substr(1, line.size() - 2);
      key.clear();
    } else if (const std::size_t equals = line.find('='); equals != std::string_view::npos) {
      key = trimmed(line.substr(0, equals));
      config.sections_[section][key] = trimmed(line.substr(equals + 1));
    } else {
      return fail(ErrorCode::kMalformed, "config.cfg has a line that is no section and no setting");
    }
  }
  return config;
}

std::string_view PipelineConfig::value(std::string_view section, std::string_view key) const {
  const auto found = sections_.find(section);
  if (found == sections_.end()) return {};
  const auto setting = found->second.find(key);
  return setting == found->second.end() ? std::string_view() : std::string_view(setting->second);
}

std::string_view PipelineConfig::text(std::string_view section, std::string_view key) const {
  const std::string_view raw = value(section, key);
  const bool quoted = raw.size() >= 2 && raw.front() == '"' && raw.back() == '"';
  return quoted ? raw.substr(1, raw.size() - 2) : raw;
}

std::vector<std::string> PipelineConfig::list(std::string_view section, std::string_view key) const {
  std::vector<std::string> items;
  std::string_view rest = value(section, key);
  for (std::size_t open = rest.find('"'); open != std::string_view::npos; open = rest.find('"')) {
    rest.remove_prefix(open + 1);
    const std::size_t close = rest.find('"');
    if (close == std::string_view::npos) break;
    items.emplace_back(rest.substr(0, close));
    rest.remove_prefix(close + 1);
  }
  return items;
}

}  // namespace onrecord::spacy
