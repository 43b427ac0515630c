#include "onrecord/limits.h"

namespace onrecord {

std::vector<LimitRow> limit_table(const Limits& limits) {
  return {
      {"document_bytes", limits.document_bytes, "bytes",
       "a larger document is rejected as too-large, while it is read or inflated; of a file of JSON Lines "
       "that "
       "line only"},
      {"inflation_ratio", limits.inflation_ratio, "to 1",
       "a file that inflates more is rejected as too-large (checked beyond the first MiB, against the "
       "bytes on disk, through all layers)"},
      {"text_bytes", limits.text_bytes, "bytes",
       "an article with more readable text is rejected as too-large"},
      {"html_depth", limits.html_depth, "elements", "a page that nests deeper is rejected as too-deep"},
      {"html_nodes", limits.html_nodes, "nodes",
       "a page with more elements and texts is rejected as too-large"},
      {"json_depth", limits.json_depth, "levels", "a JSON record that nests deeper is rejected as too-deep"},
      {"folder_depth", limits.folder_depth, "folders", "folders nested deeper are reported and passed over"},
      {"token_bytes", limits.token_bytes, "bytes", "a longer run without white space is cut into pieces"},
      {"quotations", limits.quotations, "quotations", "an article with more is rejected as too-many"},
      {"steps_per_byte", limits.steps_per_byte, "steps",
       "reading that needs more counted work is rejected as too-slow"},
  };
}

}  // namespace onrecord
