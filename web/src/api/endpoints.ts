// The server's addresses below /api/v1 and what each answers (docs/openapi.json).
import type { Proposal } from "./writing";
import { address } from "../router";
import type { CodePoints } from "../text/code_points";
import type { AlignedWords, Counts, Maybe, Quotation, Relation, Span, SpeakerKind, Statement, StatementRow } from "./types";

export const recordPath = "/record";

export interface RecordAnswer {
  articles: number;
  quotations: number;
  speakers: number;
  outlets: number;
  first: Maybe<string>;
  last: Maybe<string>;
  compared: boolean;
  writable: boolean;
}

export interface FacetValue {
  value: string;
  label?: string;
  count: number;
}

export interface QuotationList {
  items: Quotation[];
  total: number;
  total_is_capped?: boolean;
  next: Maybe<string>;
  order: string;
  facets?: Record<string, FacetValue[]>;
}

/** The filters that lists of quotations take; other members of an address are the page's own. */
const quotationFilters = ["q", "speaker", "outlet", "kind", "speaker-kind", "story", "since", "until", "confidence", "order"];

function filtersOf(query: URLSearchParams, left: string[] = []): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => quotationFilters.includes(name) && !left.includes(name)));
}

export function quotationsPath(query: URLSearchParams): string {
  return address("/quotations", filtersOf(query));
}

export function quotationPath(id: string): string {
  return `/quotations/${id}`;
}

/** The same list as a file, or as a feed. */
export function quotationsFile(query: URLSearchParams, format: "csv" | "atom"): string {
  const filters = filtersOf(query);
  filters.set("format", format);
  return address("/api/v1/quotations", filters);
}

export interface Days {
  items: { day: string; count: number }[];
  capped: boolean;
}

/** How many quotations fall on each day: for the strip of dates, which is where dates are chosen, so they do not narrow it. */
export function daysPath(query: URLSearchParams): string {
  return address("/timeline", filtersOf(query, ["since", "until", "order"]));
}

/** Two statements on one matter whose words differ, and how. */
export interface Lead {
  kind: string;
  what_differs: string;
  confidence: number;
  matter: string[];
  earlier: { statement: string; quotation: string; date: Maybe<string>; outlet: Maybe<string>; words: string; differs: Maybe<string> };
  later: { words: string; differs: Maybe<string> };
}

export interface TimelineRow extends Counts {
  statement: string;
  date: Maybe<string>;
  date_is: Maybe<"said" | "published">;
  story?: Maybe<string>;
  leads: Lead[];
  base: Quotation;
}

export interface StatementAnswer extends Omit<Statement, "story"> {
  story: Maybe<{ id: string; title: Maybe<string> }>;
  proposals: { relation: Relation; altered: boolean; confidence: number; reason: Maybe<string>; quotation: Quotation }[];
}

export function statementPath(id: string): string {
  return `/statements/${id}`;
}

export interface StatementList {
  items: StatementRow[];
  total: number;
  total_is_capped?: boolean;
  next: Maybe<string>;
  order: string;
}

export function statementsPath(query: Record<string, string | number | undefined>): string {
  return address("/statements", query);
}

export interface Positions {
  rows: TimelineRow[];
  leads: number;
}

/** A speaker's statements that differ from what the same speaker said before on the matter. */
export function leadsPath(speaker: string): string {
  return address("/positions", { speaker, leads: "only", limit: 50 });
}

/** Something that came into the record; without `what` a quotation. */
export type NewItem =
  | (Quotation & { what?: undefined })
  | { what: "statement"; statement: StatementRow }
  | { what: "witness"; witness: { statement: string; quotation: Quotation } }
  | { what: "lead"; lead: TimelineRow }
  | { what: "copy"; copy: { first: string; second: string; class: string; reason: Maybe<string>; other: ArticleRow } }
  | { what: "story"; story: StoryRow };

/** The quotations that came last. */
export interface NewAnswer {
  items: NewItem[];
  total: number;
  /** The day from which on they came. */
  since: Maybe<string>;
}

export function newPath(limit: number): string {
  return address("/new", { limit });
}

/** What changed since a day, kind by kind, `limit` of each. */
export interface ChangesAnswer {
  counts: { articles: number; statements: number; witnesses: number; leads: number; copies: number; stories: number };
  items: NewItem[];
}

export function changesPath(since: string, limit: number): string {
  return address("/changes", { since, limit });
}

export interface ArticleRow {
  article: string;
  version: string;
  outlet: Maybe<string>;
  title: Maybe<string>;
  published: Maybe<string>;
  url: Maybe<string>;
}

export interface Paragraph {
  role: string;
  code_points: CodePoints;
}

export interface SharedWith {
  other: ArticleRow;
  class: string;
  /** a is this article, b the other one. */
  direction: string;
  narrative_containment: number;
  quotation_containment: number;
  reason: Maybe<string>;
  passages: { here: CodePoints; there: CodePoints }[];
}

export interface VersionRow {
  id: string;
  published: Maybe<string>;
  modified: Maybe<string>;
  added_at: string;
  current: boolean;
}

export interface ArticleAnswer {
  id: string;
  version: string;
  current: boolean;
  text: string;
  text_sha256: string;
  paragraphs: Paragraph[];
  fields: { name: string; value: string; found_in: string }[];
  originals: { path: string; record?: number }[];
  versions: VersionRow[];
  quotations: Quotation[];
  story: Maybe<{ id: string; title: Maybe<string> }>;
  shared: SharedWith[];
}

export function articlePath(id: string, version?: string | null): string {
  return address(`/articles/${id}`, { version });
}

export function articlesPath(query: URLSearchParams): string {
  return address("/articles", { q: query.get("q"), outlet: query.get("outlet") });
}

export interface DiffAnswer {
  runs: { kind: "same" | "removed" | "added"; text: string }[];
}

export function diffPath(id: string, from: string, to: string): string {
  return address(`/articles/${id}/diff`, { from, to });
}

export interface SpeakerRow {
  id: string;
  name: string;
  kind: SpeakerKind;
  quotations: number;
  articles: number;
}

export interface Alias {
  printed: Maybe<string>;
  quotations: number;
  first: Maybe<string>;
  last: Maybe<string>;
  joined_by: Maybe<string>;
  reason: Maybe<string>;
}

export interface SpeakerAnswer extends SpeakerRow {
  identifier: Maybe<string>;
  first: Maybe<string>;
  last: Maybe<string>;
  aliases: Alias[];
  /** There are many quotations, and names as printed were looked for in some of them. */
  alias_counts_are_estimates?: boolean;
  outlets: { name: string; quotations: number }[];
  /** The newest 20; of how many. */
  statements: StatementRow[];
  statement_count: number;
}

export function speakerPath(id: string): string {
  return `/speakers/${id}`;
}

export function speakersPath(query: URLSearchParams): string {
  return address("/speakers", { q: query.get("q") });
}

export interface StoryRow {
  id: string;
  title: Maybe<string>;
  articles: number;
  outlets: number;
  first: Maybe<string>;
  last: Maybe<string>;
}

export interface StoryMember extends ArticleRow {
  reason: Maybe<string>;
  reprint_of: Maybe<string>;
  provisional: boolean;
}

export interface StoryAnswer extends StoryRow {
  members: StoryMember[];
  /** The most carried ones first. */
  statements: StatementRow[];
}

export function storyPath(id: string): string {
  return `/stories/${id}`;
}

export function storiesPath(query: URLSearchParams): string {
  return address("/stories", { q: query.get("q") });
}

export type Verdict = "exact" | "cut" | "altered" | "other_speaker" | "not_in_record" | "too_short";

export interface Checked {
  verdict: Verdict;
  words: string;
  content: Span[];
  speaker: Maybe<string>;
  remark: Maybe<string>;
  found: Maybe<{
    quotation: string;
    relation: Relation;
    altered: boolean;
    what_changed: Maybe<string>;
    collation?: AlignedWords[];
    statement: Statement;
  }>;
}

export interface CheckAnswer {
  text?: string;
  /** Whether the draft was read for who it says spoke. */
  speakers_read: boolean;
  items: Checked[];
}

export const checkPath = "/check";

/** Pairs of quotations that may be one statement, surest first. */
export const proposalsPath = "/proposals?limit=200";

export interface ProposalList {
  items: Proposal[];
  total: number;
}

/** Quotations whose speaker the reading is least sure of. */
export const unsurePath = "/quotations?unsure=speaker&limit=200";
