// A quotation, a statement, an article as rows of a list.
import type { ComponentChildren } from "preact";
import type { Quotation, StatementRow } from "../api/types";
import { readableDate } from "../text/dates";
import { count } from "../text/numbers";
import { SaidWhen, SpeakerLink } from "./told";
import { Words } from "./words";

interface EntryProps {
  margin: ComponentChildren;
  href: string;
  words: ComponentChildren;
  below: ComponentChildren;
  aside?: ComponentChildren;
}

/** Date and outlet in the margin, the words, what is known of them below. */
export function Entry({ margin, href, words, below, aside }: EntryProps) {
  return (
    <article class="entry">
      <p class="entry-margin numbers">{margin}</p>
      <div class="entry-body">
        <p class="entry-words"><a href={href} data-item>{words}</a></p>
        <p class="entry-below">{below}</p>
      </div>
      <p class="entry-aside numbers">{aside}</p>
    </article>
  );
}

const kinds = { direct: "", mixed: "partly in marks", indirect: "reported" };

export function statementHref(quotation: Quotation): string {
  return quotation.statement ? `/statement/${quotation.statement}` : `/quotation/${quotation.id}`;
}

export function Carried({ reports, outlets, independent }: { reports?: number; outlets?: number; independent?: number }) {
  if (!reports || reports < 2) return null;
  return (
    <span title={independent ? `${count(reports, "report")}, ${independent} of them no copies of one another` : undefined}>
      <strong>{outlets && outlets > 1 ? count(outlets, "outlet") : count(reports, "report")}</strong>
    </span>
  );
}

export function QuotationEntry({ quotation, note }: { quotation: Quotation; note?: string }) {
  return (
    <Entry
      margin={<>{quotation.published ? <time dateTime={quotation.published}>{readableDate(quotation.published)}</time> : "undated"}<br /><bdi class="outlet">{quotation.outlet ?? "outlet unknown"}</bdi></>}
      href={statementHref(quotation)}
      words={<Words quotation={quotation} />}
      below={<>
        {note && <span class="quiet">{note}</span>}
        <SpeakerLink quotation={quotation} />
        {quotation.addressee?.value && <span>to <bdi>{quotation.addressee.value}</bdi></span>}
        {quotation.venue?.value && <span><bdi>{quotation.venue.value}</bdi></span>}
        {quotation.when && <span>said <SaidWhen quotation={quotation} /></span>}
        {kinds[quotation.kind] && <span class="quiet">{kinds[quotation.kind]}</span>}
        {quotation.authority.length > 0 && <span>via <bdi>{quotation.authority.map((link) => link.name).join(", ")}</bdi></span>}
      </>}
      aside={<Carried {...quotation} />}
    />
  );
}

export function StatementEntry({ row, speaker = true }: { row: StatementRow; speaker?: boolean }) {
  return (
    <Entry
      margin={<><SaidWhen quotation={row.base} /><br />{row.witness_count > 1 ? count(row.witness_count, "witness", "witnesses") : <bdi class="outlet">{row.base.outlet ?? "outlet unknown"}</bdi>}</>}
      href={`/statement/${row.id}`}
      words={<Words quotation={row.base} />}
      below={<>
        {speaker && <SpeakerLink quotation={row.base} />}
        {row.base.addressee?.value && <span>to <bdi>{row.base.addressee.value}</bdi></span>}
        {row.base.venue?.value && <span><bdi>{row.base.venue.value}</bdi></span>}
        {row.independent > 1 && <span>{count(row.independent, "independent report")}</span>}
      </>}
      aside={<Carried reports={row.reports} outlets={row.outlets} independent={row.independent} />}
    />
  );
}
