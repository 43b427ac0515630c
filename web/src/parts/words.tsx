// The words of a quotation: in marks and upright what was said so, soft what is the outlet's wording.
import type { Quotation } from "../api/types";
import { pieces } from "../text/pieces";

export function Words({ quotation }: { quotation: Pick<Quotation, "kind" | "content" | "quoted"> }) {
  const all = pieces(quotation);
  if (quotation.kind === "direct") {
    return (
      <bdi class="words words-direct">
        <span class="mark">“</span>
        {all.map((piece, i) => <span key={i}>{piece.gap && <span class="gap"> … </span>}{piece.text}</span>)}
        <span class="mark">”</span>
      </bdi>
    );
  }
  return (
    <bdi class={`words words-${quotation.kind}`}>
      {all.map((piece, i) => (
        <span key={i} class={piece.quoted ? "in-marks" : "own-words"}>
          {piece.gap && <span class="gap"> … </span>}
          {piece.quoted ? `“${piece.text.trim()}”${piece.text.endsWith(" ") ? " " : ""}` : piece.text}
        </span>
      ))}
    </bdi>
  );
}
