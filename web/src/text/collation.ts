// Witnesses beside the fullest wording: how many keep each word of it, and each one's words as a line of runs.
import type { AlignedWords, Quotation, Span, Witness } from "../api/types";
import { UnitIndex } from "./code_points";
import { flowing, wordsBetween } from "./pieces";

/** A stretch of the base text that the same number of witnesses keep. */
export interface KeptRun {
  text: string;
  /** How many of `of` other witnesses have these words. */
  kept: number;
  of: number;
  gap: boolean;
}

/** Witnesses whose words can be laid beside the base word by word. */
export function comparable(witnesses: Witness[]): Witness[] {
  return witnesses.filter((w) => w.collation && w.relation !== "translated" && w.relation !== "indirect");
}

const unknown = 2;

/** For each code point of one piece of the base: 1 kept, 0 not. What stands between words goes with its neighbours. */
function keptBy(collation: AlignedWords[], from: number, to: number): Uint8Array {
  const kept = new Uint8Array(to - from).fill(unknown);
  for (const run of collation) {
    if (!run.base) continue;
    const value = run.kind === "same" || run.kind === "folded" ? 1 : 0;
    for (let at = Math.max(from, run.base.code_points[0]); at < Math.min(to, run.base.code_points[1]); ++at) kept[at - from] = value;
  }
  for (let at = 0; at < kept.length; ) {
    if (kept[at] !== unknown) {
      ++at;
      continue;
    }
    let end = at;
    while (end < kept.length && kept[end] === unknown) ++end;
    const before = at > 0 ? kept[at - 1]! : 1;
    const after = end < kept.length ? kept[end]! : 1;
    kept.fill(Math.min(before, after), at, end);
    at = end;
  }
  return kept;
}

export function keptRuns(base: Quotation, witnesses: Witness[]): KeptRun[] {
  const others = comparable(witnesses);
  const runs: KeptRun[] = [];
  base.content.forEach((piece, number) => {
    const [from, to] = piece.code_points;
    const index = new UnitIndex(piece.text);
    const sums = new Uint16Array(to - from);
    for (const witness of others) keptBy(witness.collation!, from, to).forEach((value, at) => (sums[at]! += value));
    for (let at = 0; at < sums.length; ) {
      let end = at + 1;
      while (end < sums.length && sums[end] === sums[at]) ++end;
      const begins = number > 0 && at === 0;
      const gap = begins && wordsBetween(base.content[number - 1], piece);
      runs.push({ text: (begins && !gap ? " " : "") + flowing(index.cut([at, end])), kept: sums[at]!, of: others.length, gap });
      at = end;
    }
  });
  return runs;
}

/** A run of a witness's line. */
export interface LineRun {
  kind: "kept" | "cut" | "put_in" | "gap";
  text: string;
  /** The base has it in another form that means the same ("5" for "five"). */
  instead?: string;
}

/** The witness's own characters between two places of its content; " … " where other words stand between its pieces. */
function between(content: Span[], from: number, to: number): LineRun[] {
  if (to <= from) return [];
  const inside = content.find((piece) => piece.code_points[0] <= from && to <= piece.code_points[1]);
  if (inside) {
    const start = inside.code_points[0];
    return [{ kind: "kept", text: flowing(new UnitIndex(inside.text).cut([from - start, to - start])) }];
  }
  const after = content.findIndex((piece) => piece.code_points[0] >= from);
  return after >= 0 && !wordsBetween(content[after - 1], content[after]!) ? [{ kind: "kept", text: " " }] : [{ kind: "gap", text: " … " }];
}

/** The words of a witness, or of a draft, with those it cut, changed or put in. */
export function collatedLine(content: Span[], collation: AlignedWords[]): LineRun[] {
  const runs: LineRun[] = [];
  const first = content[0]?.code_points[0] ?? 0;
  let at = first;
  let spaced = true;
  const push = (run: LineRun): void => {
    runs.push(run);
    spaced = /\s$/u.test(run.text);
  };
  for (const aligned of collation) {
    if (aligned.witness) {
      for (const run of between(content, at, aligned.witness.code_points[0])) push(run);
      at = aligned.witness.code_points[1];
    }
    const base = aligned.base ? flowing(aligned.base.text) : "";
    const own = aligned.witness ? flowing(aligned.witness.text) : "";
    if (aligned.kind === "left_out" || aligned.kind === "changed") {
      if (!spaced) push({ kind: "kept", text: " " });
      push({ kind: "cut", text: base });
      if (aligned.kind === "changed") push({ kind: "kept", text: " " });
    }
    if (aligned.kind === "same") push({ kind: "kept", text: own });
    if (aligned.kind === "folded") push(own === base ? { kind: "kept", text: own } : { kind: "kept", text: own, instead: base });
    if (aligned.kind === "put_in" || aligned.kind === "changed") push({ kind: "put_in", text: own });
  }
  const last = content[content.length - 1]?.code_points[1] ?? at;
  for (const run of between(content, at, last)) push(run);
  return spaceCuts(runs);
}

/** A cut at the beginning or before a word needs a space that no text has. */
function spaceCuts(runs: LineRun[]): LineRun[] {
  const out: LineRun[] = [];
  runs.forEach((run, i) => {
    out.push(run);
    const next = runs[i + 1];
    if (run.kind === "cut" && next && next.kind !== "cut" && !/^[\s.,;:!?]/u.test(next.text)) out.push({ kind: "kept", text: " " });
  });
  return out;
}
