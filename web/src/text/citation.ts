import type { Quotation } from "../api/types";
import { readableDate, readableTime } from "./dates";

/** One sentence that says who said it, where, and where it can be read. */
export function citation(quotation: Quotation, statement: string): string {
  const speaker = quotation.speaker?.person || quotation.speaker?.value || quotation.source[0]?.text;
  const words = quotation.kind === "direct" ? `“${quotation.words}”` : quotation.words;
  const said = [
    speaker,
    quotation.addressee?.value && `to ${quotation.addressee.value}`,
    quotation.venue?.value,
    quotation.when?.value && readableDate(quotation.when.value),
  ].filter(Boolean).join(", ");
  const source = [
    quotation.outlet,
    quotation.title && `“${quotation.title}”`,
    quotation.published && readableTime(quotation.published),
    quotation.url,
  ].filter(Boolean).join(", ");
  return `${words}${said ? ` – ${said}` : ""}.${source ? ` ${source}.` : ""} OnRecord ${statement}.`;
}
