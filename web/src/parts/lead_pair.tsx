import type { Lead, TimelineRow } from "../api/endpoints";
import { readableDate } from "../text/dates";
import { flowing } from "../text/pieces";

/** Two statements on one matter, the earlier one first; what differs is marked, what that means is the reader's to judge. */
export function LeadPair({ row, lead }: { row: TimelineRow; lead: Lead }) {
  const sides = [
    { ...lead.earlier, href: `/statement/${lead.earlier.statement}`, source: null },
    { ...lead.later, date: row.date, outlet: row.base.outlet, href: `/statement/${row.statement}`, source: `/article/${row.base.article}#${row.base.id}` },
  ];
  return (
    <div class="moved">
      {sides.map((side, i) => (
        <figure key={i}>
          <figcaption class="small quiet">
            {side.date ? <time dateTime={side.date}>{readableDate(side.date)}</time> : "undated"}, {side.source
              ? <a href={side.source}><bdi>{side.outlet ?? "outlet unknown"}</bdi></a> : <bdi>{side.outlet ?? "outlet unknown"}</bdi>}
          </figcaption>
          <blockquote><a href={side.href} data-item><Differing words={side.words} differs={side.differs} /></a></blockquote>
        </figure>
      ))}
      <p class="small quiet">{lead.what_differs}; both on {lead.matter.join(", ")}</p>
    </div>
  );
}

/** The words with those that differ underlined where they first stand. */
function Differing({ words, differs }: { words: string; differs: string | null | undefined }) {
  const text = flowing(words);
  const at = differs ? text.toLowerCase().indexOf(flowing(differs).toLowerCase()) : -1;
  if (at < 0) return <bdi class="words">{text}</bdi>;
  const end = at + flowing(differs!).length;
  return <bdi class="words">{text.slice(0, at)}<em class="differs">{text.slice(at, end)}</em>{text.slice(end)}</bdi>;
}
