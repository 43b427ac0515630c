// What needs the token: adding articles, decisions, corrections.
import { post, postBytes } from "./client";
import { address } from "../router";
import type { AlignedWords, Maybe, Quotation, Relation } from "./types";

export interface Ingested {
  new_articles: number;
  new_versions: number;
  known: number;
  removed: number;
  rejected: number;
  quotations: number;
  added: { article: string; title: Maybe<string> }[];
  rejected_documents: { path: string; message: string }[];
}

export function addText(article: { text: string; outlet?: string; published?: string; title?: string; url?: string }): Promise<Ingested> {
  return post<Ingested>("/articles", article);
}

export function addAddress(url: string): Promise<Ingested> {
  return post<Ingested>("/articles", { fetch: url });
}

export function addFile(file: File): Promise<Ingested> {
  return postBytes<Ingested>(address("/articles", { name: file.name }), file);
}

export interface Proposal {
  first: Quotation;
  second: Quotation;
  relation: Relation;
  altered: boolean;
  confidence: number;
  reason: Maybe<string>;
  collation?: AlignedWords[];
}

export function decide(kind: "same-statement" | "other-statement", first: string, second: string, note: string): Promise<{ id: string }> {
  return post<{ id: string }>("/decisions", { kind, first, second, note });
}

export function undoDecision(id: string): Promise<unknown> {
  return post("/decisions", { undo: id });
}

/** `value`: a speaker's name; null: nobody can tell. */
export function correctSpeaker(quotation: string, value: string | null, note: string): Promise<{ id: string }> {
  return post<{ id: string }>("/corrections", { kind: "speaker", quotation, value, note });
}

export function reject(quotation: string, note: string): Promise<{ id: string }> {
  return post<{ id: string }>("/corrections", { kind: "reject", quotation, note });
}

export function undoCorrection(id: string): Promise<unknown> {
  return post("/corrections", { undo: id });
}
