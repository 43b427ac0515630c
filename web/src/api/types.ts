// What the server answers (docs/openapi.json). Members that may be unknown are null or left out; both read alike.
import type { CodePoints } from "../text/code_points";

export type Maybe<T> = T | null | undefined;

export interface Span {
  code_points: CodePoints;
  text: string;
}

export interface Resolved {
  value: Maybe<string>;
  confidence: number;
  reason: string;
  spans: Span[];
}

export type SpeakerKind = "person" | "organization" | "group" | "document" | "unnamed" | "unknown";

export interface QuotedSpeaker extends Resolved {
  id?: string;
  kind: SpeakerKind;
  person?: string;
  person_id?: string;
  person_reason?: string;
  identifier?: string;
}

export interface When extends Resolved {
  basis: "explicit" | "relative" | "inherited" | "bounded" | "unresolved";
}

export type QuotationKind = "direct" | "mixed" | "indirect";

export interface Quotation {
  id: string;
  version?: string;
  article: string;
  outlet?: string;
  title?: string;
  published?: string;
  url?: string;
  kind: QuotationKind;
  mode: "speech" | "writing" | "thought";
  words: string;
  content: Span[];
  quoted: Span[];
  cue: Span[];
  source: Span[];
  speaker: Maybe<QuotedSpeaker>;
  addressee: Maybe<Resolved>;
  venue: Maybe<Resolved>;
  when: Maybe<When>;
  authority: { name: string; spans: Span[] }[];
  confidence: number;
  reason: string;
  context?: Span;
  current?: boolean;
  /** The statement that it carries, and by how many it is carried, where the record is compared. */
  statement?: Maybe<string>;
  reports?: number;
  outlets?: number;
  independent?: number;
}

export type Relation =
  | "identical" | "truncated" | "elided" | "bracketed" | "word_changed" | "negation_or_number_changed" | "translated"
  | "indirect";

export interface AlignedWords {
  kind: "same" | "folded" | "left_out" | "put_in" | "changed";
  base: Maybe<Span>;
  witness: Maybe<Span>;
}

export interface Witness {
  relation: Relation;
  altered: boolean;
  confidence: number;
  decided: boolean;
  reason: Maybe<string>;
  /** The article that its article republishes. */
  reprint_of: Maybe<string>;
  provisional: boolean;
  what_changed?: Maybe<string>;
  shared?: number;
  longest_run?: number;
  /** Left out of the base itself. */
  collation?: AlignedWords[];
  quotation: Quotation;
}

export interface Counts {
  witness_count: number;
  reports: number;
  outlets: number;
  independent: number;
}

export interface Statement extends Counts {
  id: string;
  story: Maybe<string>;
  base: string;
  witnesses: Witness[];
}

/** One report of a statement: enough to tell how it spread. */
export interface Carrier {
  article: string;
  quotation: string;
  outlet: Maybe<string>;
  published: Maybe<string>;
}

export interface StatementRow extends Counts {
  id: string;
  base: Quotation;
  carriers?: Carrier[];
  story?: Maybe<{ id: string; title: Maybe<string> }>;
}
