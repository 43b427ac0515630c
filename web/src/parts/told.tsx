// Small lines about a quotation: who, when, on whose authority.
import type { Quotation, SpeakerKind } from "../api/types";
import { readableDate } from "../text/dates";

export const speakerKinds: Record<SpeakerKind, string> = {
  person: "person",
  organization: "organisation",
  group: "group",
  document: "document",
  unnamed: "not named",
  unknown: "not known",
};

/** The name under which the speaker is known over all articles. */
export function speakerName(quotation: Quotation): string {
  const speaker = quotation.speaker;
  return speaker?.person || speaker?.value || (quotation.source[0]?.text ?? "") || "Somebody";
}

export function speakerId(quotation: Quotation): string | undefined {
  return quotation.speaker?.person_id || quotation.speaker?.id;
}

export function SpeakerLink({ quotation }: { quotation: Quotation }) {
  const id = speakerId(quotation);
  const name = <bdi>{speakerName(quotation)}</bdi>;
  if (!id || !quotation.speaker?.value) return <span class="speaker speaker-unsure" title={quotation.speaker?.reason}>{name}</span>;
  return <a class="speaker" href={`/speaker/${id}`}>{name}</a>;
}

const bases: Record<string, string> = {
  explicit: "the article tells the date",
  relative: "counted from the day of publication",
  inherited: "from a date told before it",
  bounded: "between two dates",
  unresolved: "not known",
};

export function basisInWords(basis: string): string {
  return bases[basis] ?? basis;
}

/** When it was said: the date, or the words that could not be resolved. */
export function SaidWhen({ quotation }: { quotation: Quotation }) {
  const when = quotation.when;
  if (when?.value) return <time dateTime={when.value.split("/")[0]} title={when.reason}>{readableDate(when.value)}</time>;
  const told = when?.spans[0]?.text;
  if (told) return <span title={when?.reason}>“<bdi>{told}</bdi>”, date unknown</span>;
  if (quotation.published) return <span title="When it was said is not told; this is the day of publication">by {readableDate(quotation.published)}</span>;
  return <span>date unknown</span>;
}

/** "A < B < C" as a chain, the outlet first. */
export function Chain({ outlet, links, speaker }: { outlet?: string; links: { name: string }[]; speaker: string }) {
  const steps = [outlet || "this article", ...links.map((link) => link.name), speaker];
  return (
    <ol class="chain" aria-label="On whose authority">
      {steps.map((step, i) => <li key={i} class={i === steps.length - 1 ? "chain-step chain-end" : "chain-step"}><bdi>{step}</bdi></li>)}
    </ol>
  );
}
