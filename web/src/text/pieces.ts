// The words of a quotation as runs for drawing: what stands in quotation marks, what does not, and what is left out
// between its pieces.
import type { Quotation, Span } from "../api/types";
import { UnitIndex } from "./code_points";

export interface Piece {
  text: string;
  quoted: boolean;
  /** Words of others stand between this piece and the one before: shown as " … ". */
  gap: boolean;
}

/** Pieces of a quotation that are no farther apart have no words between them: a space and a mark at most. */
const marksOnly = 3;

export function wordsBetween(before: Span | undefined, after: Span): boolean {
  return before !== undefined && after.code_points[0] - before.code_points[1] > marksOnly;
}

/** White space of the article (line ends of a text file) is one space to a reader. */
export function flowing(text: string): string {
  return text.replace(/\s+/gu, " ");
}

function cutAt(content: Span, quoted: Span[]): Piece[] {
  const index = new UnitIndex(content.text);
  const [from, to] = content.code_points;
  const cuts: Piece[] = [];
  let at = from;
  const push = (begin: number, end: number, inMarks: boolean): void => {
    if (end <= begin) return;
    const text = flowing(index.cut([begin - from, end - from]));
    // What stands between two quoted parts may be nothing but their marks.
    if (!inMarks && /^[\s"'“”‘’«»„‚‹›]*$/u.test(text)) {
      if (/\s/u.test(text) && cuts.length > 0) cuts[cuts.length - 1]!.text += " ";
      return;
    }
    cuts.push({ text, quoted: inMarks, gap: false });
  };
  for (const span of quoted) {
    const begin = Math.max(from, span.code_points[0]);
    const end = Math.min(to, span.code_points[1]);
    if (begin >= end) continue;
    push(at, begin, false);
    push(begin, end, true);
    at = end;
  }
  push(at, to, false);
  return cuts;
}

export function pieces(quotation: Pick<Quotation, "kind" | "content" | "quoted">): Piece[] {
  const all: Piece[] = [];
  quotation.content.forEach((content, number) => {
    const cuts = quotation.kind === "mixed"
      ? cutAt(content, quotation.quoted)
      : [{ text: flowing(content.text), quoted: quotation.kind === "direct", gap: false }];
    const before = quotation.content[number - 1];
    if (cuts[0] && wordsBetween(before, content)) cuts[0].gap = true;
    else if (cuts[0] && before) all[all.length - 1]!.text += " ";
    all.push(...cuts);
  });
  return all;
}
