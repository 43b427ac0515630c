import { changesPath, daysPath, newPath, recordPath, statementsPath, type ChangesAnswer, type Days, type NewAnswer,  type RecordAnswer, type StatementList } from "../api/endpoints";
import { useApi } from "../api/use_api";
import { ErrorNotice, Notice, Waiting } from "../parts/notice";
import { Section, useTitle } from "../parts/page";
import { NewEntry } from "../parts/new_entry";
import { StatementEntry } from "../parts/rows";
import { SearchBox } from "../parts/search_box";
import { TimeStrip } from "../parts/time_strip";
import { address, addressWith, navigate, usePlace } from "../router";
import { readableDate, readableSpan } from "../text/dates";
import { count } from "../text/numbers";

const shown = 8;
const changesOfAKind = 3;

export function FrontPage() {
  useTitle("OnRecord");
  const { query } = usePlace();
  const since = query.get("since") ?? undefined;
  const until = query.get("until") ?? undefined;
  const record = useApi<RecordAnswer>(recordPath);
  const days = useApi<Days>(daysPath(new URLSearchParams())).data?.items ?? [];
  const carried = useApi<StatementList>(statementsPath({ since, until, order: "carried", reports: 2, limit: shown }));
  const fresh = useApi<NewAnswer>(newPath(6)).data;
  const changes = useApi<ChangesAnswer>(fresh?.since ? changesPath(fresh.since, changesOfAKind) : null).data;

  if (record.error) return <ErrorNotice error={record.error} what="record" />;
  if (!record.data) return <Waiting what="the record" />;
  if (record.data.articles === 0) return <EmptyRecord />;
  return (
    <>
      <div class="front-head">
        <Holding record={record.data} />
        <SearchBox large />
        {days.length > 0 && (
          <div class="front-strip">
            <TimeStrip buckets={days} since={since} until={until} noun={["quotation", "quotations"]}
              onChoose={(from, to) => navigate(addressWith({ since: from, until: to }), { replace: true })} />
            {(since || until) && <p class="small"><a href={address("/search", { since, until })}>List the quotations of these dates</a></p>}
          </div>
        )}
      </div>
      <Section title={since || until ? "Most carried in these dates" : "Most carried"} how="by independent reports, then by reports, most first"
        more={carried.data && carried.data.total > shown && <a href={address("/search", { since, until })}>all {count(carried.data.total, "statement")} that several carry</a>}>
        {carried.error ? <ErrorNotice error={carried.error} what="list" /> : !carried.data ? <Waiting what="statements" /> : carried.data.items.length === 0
          ? <NothingCarried record={record.data} chosen={Boolean(since || until)} />
          : <ol class="entries">{carried.data.items.map((row) => <li key={row.id}><StatementEntry row={row} /></li>)}</ol>}
      </Section>
      {fresh && fresh.items.length > 0 && (
        <Section title="New in the record" how={howNew(fresh, changes)} more={<a href="/search?order=date">all quotations</a>}>
          <ol class="entries">{(changes?.items.length ? changes : fresh).items.map((item, i) => <li key={i}><NewEntry item={item} /></li>)}</ol>
        </Section>
      )}
    </>
  );
}

function howNew({ total, since }: NewAnswer, changes: ChangesAnswer | undefined): string {
  const from = since ? `since ${readableDate(since)}: ` : "";
  if (!changes?.items.length) return `${from}${count(total, "quotation")}, newest first`;
  const { counts } = changes;
  const parts: [number, string, string?][] = [
    [counts.articles, "article"], [counts.statements, "statement"], [counts.witnesses, "more witness", "more witnesses"],
    [counts.leads, "lead"], [counts.copies, "copy", "copies"], [counts.stories, "story", "stories"],
  ];
  const told = parts.filter(([many]) => many > 0).map(([many, one, others]) => count(many, one, others)).join(", ");
  return `${from}${told}; the most carried of each first`;
}

function Holding({ record }: { record: RecordAnswer }) {
  return (
    <h1>
      <a href="/search">{count(record.quotations, "quotation")}</a> by <a href="/speakers">{count(record.speakers, "speaker")}</a> in{" "}
      <a href="/articles">{count(record.articles, "article")}</a> of {count(record.outlets, "outlet")}
      {record.first && record.last && <>, {readableSpan(record.first, record.last)}</>}.
    </h1>
  );
}

function NothingCarried({ record, chosen }: { record: RecordAnswer; chosen: boolean }) {
  if (!record.compared) {
    return <Notice title="The articles have not been compared yet."><p>This lines up who carries the same words:</p><pre>onrecord compare</pre></Notice>;
  }
  return <Notice title={chosen ? "No statement of these dates is carried more than once." : "No statement is carried by more than one article."}>{!chosen && <p>Coverage of one event by several outlets shows here.</p>}</Notice>;
}

function EmptyRecord() {
  return (
    <Notice title="The record is empty.">
      <p>Give it the coverage you hold: pages, feeds, archives, text.</p>
      <pre>onrecord ingest FOLDER{"\n"}onrecord compare</pre>
      <p>Or <a href="/add">add an article here</a>.</p>
    </Notice>
  );
}
