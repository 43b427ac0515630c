import type { Relation } from "../api/types";

export const relations: Record<Relation, string> = {
  identical: "the same words",
  truncated: "cut at an end",
  elided: "cut in the middle",
  bracketed: "words put in brackets",
  word_changed: "other words",
  negation_or_number_changed: "a “not” or a number changed",
  translated: "another translation",
  indirect: "in the outlet’s own words",
};

export const reuseClasses: Record<string, string> = {
  full_reprint: "the same article",
  abridged: "one is the other cut down",
  partial_copy: "passages in common",
  common_source: "both copy one source",
  quotes_only: "the same quotations",
  independent: "independent",
};
