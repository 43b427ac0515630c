import { useEffect, useState } from "preact/hooks";
import { daysPath, quotationsFile, quotationsPath, type Days, type QuotationList } from "../api/endpoints";
import { pagedRows } from "../api/paged_rows";
import type { Quotation } from "../api/types";
import { useApi } from "../api/use_api";
import { Facets } from "../parts/facets";
import { ErrorNotice, Notice, Waiting } from "../parts/notice";
import { useTitle } from "../parts/page";
import { QuotationEntry } from "../parts/rows";
import { TimeStrip } from "../parts/time_strip";
import { VirtualList } from "../parts/virtual_list";
import { addressWith, navigate, usePlace } from "../router";
import { countOf } from "../text/numbers";

/** Of a row as it first comes; the list learns the real ones. */
const rowHeight = 118;

/** What a row shows; 50,000 of them stay in memory, so the rest is let go. */
function slim(quotation: Quotation): Quotation {
  const { id, article, outlet, published, kind, mode, words, content, quoted, source, speaker, addressee, venue, when, authority, confidence,
    reason, statement, reports, outlets, independent } = quotation;
  return { id, article, outlet, published, kind, mode, words, content, quoted, source, cue: [], speaker, addressee, venue, when, authority,
    confidence, reason, statement, reports, outlets, independent };
}

const orders: [name: string, text: string][] = [["relevance", "best match"], ["date", "newest"]];

export function SearchPage() {
  const { query, visit, back } = usePlace();
  const asked = query.get("q") ?? "";
  useTitle(asked ? `“${asked}”` : "Search");
  const path = quotationsPath(query);
  const [list, setList] = useState(() => pagedRows<Quotation, Quotation>(path, slim, rowHeight, !back));
  const [, redraw] = useState(0);
  useEffect(() => {
    const rows = pagedRows<Quotation, Quotation>(path, slim, rowHeight, false);
    setList(rows);
    rows.ensure(1);
    return rows.subscribe(() => redraw((n) => n + 1));
  }, [path]);
  const days = useApi<Days>(daysPath(query)).data?.items ?? [];

  const first = list.first as QuotationList | undefined;
  const order = first?.order ?? query.get("order") ?? (asked ? "relevance" : "date");
  return (
    <div class="search-page">
      <h1 class="heard">{asked ? `Quotations for ${asked}` : "All quotations"}</h1>
      <Facets facets={first?.facets} query={query} />
      <div class="search-results">
        {days.length > 1 &&
          <TimeStrip buckets={days} since={query.get("since") ?? undefined} until={query.get("until") ?? undefined}
            noun={["quotation", "quotations"]} onChoose={(since, until) => navigate(addressWith({ since, until }), { replace: true })} />}
        <div class="section-head" aria-live="polite">
          <h2>{list.total === undefined ? "Quotations" : countOf(list.total, list.isCapped, "quotation")}</h2>
          <span class="how">
            sorted by{" "}
            {orders.filter(([name]) => asked || name !== "relevance").map(([name, text], i) => (
              <span key={name}>{i > 0 && " · "}
                {name === order ? <strong>{text}</strong> : <a href={addressWith({ order: name })}>{text}</a>}</span>
            ))}
          </span>
          {list.total !== undefined && list.total > 0 &&
            <span class="more actions"><a href={quotationsFile(query, "csv")} download="quotations.csv">CSV</a><a href={quotationsFile(query, "atom")}>Feed</a></span>}
        </div>
        {list.error && list.rows.length === 0 && <ErrorNotice error={list.error} what="list" />}
        {!list.error && list.total === undefined && <Waiting what="the record" />}
        {list.total === 0 && <NothingFound asked={asked} filtered={[...query.keys()].some((name) => name !== "q" && name !== "order")} unsure={query.get("confidence") === "0"} />}
        {list.total ? <VirtualList key={path} list={list} label="Quotations" render={(row) => <QuotationEntry quotation={row} />} /> : null}
        {list.error && list.rows.length > 0 &&
          <p class="small">{list.error.message} <button type="button" class="button-plain" onClick={() => list.retry()}>Try again</button></p>}
        <span hidden>{visit}</span>
      </div>
    </div>
  );
}

function NothingFound({ asked, filtered, unsure }: { asked: string; filtered: boolean; unsure: boolean }) {
  return (
    <Notice title="Nothing in the record has all of that.">
      {filtered && <p><a href={addressWith({ speaker: undefined, outlet: undefined, kind: undefined, since: undefined, until: undefined, story: undefined, "speaker-kind": undefined })}>Take the filters away</a> and look again.</p>}
      {asked && <p>All words must occur: in the statement, in the sentence around it, or in the speaker’s name. Fewer words find more; <em>open*</em> finds beginnings; words in "double marks" stand together.</p>}
      {!unsure && (asked || filtered) && <p><a href={addressWith({ confidence: "0" })}>Look also among what may be no quotation</a>: the reading is not sure of it.</p>}
      {asked && <p>A quotation whose words an outlet may have changed is found by the <a href="/check">check</a>.</p>}
      {!asked && !filtered && <p>The record is empty. Read some coverage into it:</p>}
      {!asked && !filtered && <pre>onrecord ingest FOLDER</pre>}
    </Notice>
  );
}
