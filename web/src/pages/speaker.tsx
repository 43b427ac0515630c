import { leadsPath, speakerPath, statementsPath, type Alias, type Positions, type SpeakerAnswer, type StatementList } from "../api/endpoints";
import { useApi } from "../api/use_api";
import { ErrorNotice, Waiting } from "../parts/notice";
import { Section, useTitle } from "../parts/page";
import { LeadPair } from "../parts/lead_pair";
import { StatementEntry } from "../parts/rows";
import { StoryLanes, type Lane } from "../parts/story_lanes";
import { speakerKinds } from "../parts/told";
import { address } from "../router";
import { readableDate, readableSpan } from "../text/dates";
import type { StatementRow } from "../api/types";
import { count, number } from "../text/numbers";
import { rolesOverTime } from "../text/roles";

const shown = 12;

export function SpeakerPage({ id }: { id: string }) {
  const { data, error } = useApi<SpeakerAnswer>(speakerPath(id));
  useTitle(data?.name);
  if (error) return <ErrorNotice error={error} what="speaker" />;
  if (!data) return <Waiting what="the speaker" />;
  return <Speaker speaker={data} />;
}

/** One lane a story, that with the most statements first; those of no story last. */
function lanesOf(rows: StatementRow[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const row of rows) {
    const date = row.base.when?.value || row.base.published;
    if (!date) continue;
    const key = row.story?.id ?? "";
    const lane = lanes.get(key) ?? { title: row.story?.title ?? (key ? "untitled" : "no story"), href: key ? `/story/${key}` : undefined, points: [] };
    lane.points.push({ href: `/statement/${row.id}`, date, words: row.base.words, weight: row.reports });
    lanes.set(key, lane);
  }
  return [...lanes].sort((a, b) => Number(!a[0]) - Number(!b[0]) || b[1].points.length - a[1].points.length).map(([, lane]) => lane);
}

function Speaker({ speaker }: { speaker: SpeakerAnswer }) {
  // The newest ones come with the speaker; the lanes reach further back, and nobody waits for them.
  const far = useApi<StatementList>(statementsPath({ speaker: speaker.id, order: "date", reports: 1, limit: 400 })).data?.items;
  const lanes = lanesOf(far ?? speaker.statements);
  const leads = (useApi<Positions>(leadsPath(speaker.id)).data?.rows ?? []).flatMap((row) => row.leads.map((lead) => ({ row, lead }))).sort((a, b) => b.lead.confidence - a.lead.confidence);
  const roles = rolesOverTime(speaker.aliases, speaker.name);
  const latest = speaker.statements.slice(0, shown);
  return (
    <article>
      <header class="page-head">
        <p class="kicker"><span>{speakerKinds[speaker.kind]}</span>{speaker.identifier && <span>{speaker.identifier}</span>}</p>
        <h1><bdi>{speaker.name}</bdi></h1>
        <p class="lead">
          <a href={address("/search", { speaker: speaker.id })}>{count(speaker.quotations, "quotation")}</a> in {count(speaker.articles, "article")} of {count(speaker.outlets.length, "outlet")}
          {speaker.first && speaker.last && <>, {readableSpan(speaker.first, speaker.last)}</>}.
        </p>
      </header>
      {lanes.length > 0 && <StoryLanes lanes={lanes} label={`Statements of ${speaker.name} by story and date`} />}
      {leads.length > 0 && (
        <Section title="Leads" how={`${count(leads.length, "pair")} of statements on one matter whose words differ, surest first; what that means is yours to judge`}>
          {leads.map(({ row, lead }) => <LeadPair key={row.statement + lead.earlier.statement + lead.kind} row={row} lead={lead} />)}
        </Section>
      )}
      <Section title="Statements" how={`${count(speaker.statement_count, "statement")}, newest first`}
        more={<a href={address("/search", { speaker: speaker.id })}>all, with filters</a>}>
        <ol class="entries">{latest.map((row) => <li key={row.id}><StatementEntry row={row} speaker={false} /></li>)}</ol>
      </Section>
      <div class="two-columns">
        <Section title="Carried by" how="most reports first">
          <ul>
            {speaker.outlets.map((outlet) => (
              <li key={outlet.name} class="name-row"><a class="serif" href={address("/search", { speaker: speaker.id, outlet: outlet.name })} data-item><bdi>{outlet.name || "outlet unknown"}</bdi></a><span class="quiet numbers">{number(outlet.quotations)}</span></li>
            ))}
          </ul>
        </Section>
        {roles.length > 0 && (
          <Section title="Roles over time" how="as articles give them, the earliest first">
            <ul>
              {roles.map((role) => (
                <li key={role.role} class="name-row"><span class="serif"><bdi>{role.role}</bdi></span>
                  <span class="quiet numbers">{readableDate(role.first)}{role.last.slice(0, 10) !== role.first.slice(0, 10) && ` – ${readableDate(role.last)}`}</span></li>
              ))}
            </ul>
          </Section>
        )}
        <Section title="Called" how={speaker.alias_counts_are_estimates ? "as articles print it, most often first; counts are estimates" : "as articles print it, most often first"}>
          <Names aliases={speaker.aliases} />
        </Section>
      </div>
    </article>
  );
}

const joins: Record<string, string> = { name: "the same full name", story: "the same story and role", correction: "said by a person" };

function Names({ aliases }: { aliases: Alias[] }) {
  return (
    <ul>
      {aliases.filter((alias) => alias.printed !== null).map((alias, i) => (
        <li key={i} class="name-row name-row-tall">
          <span class="serif"><bdi>{alias.printed}</bdi>
            {alias.joined_by && <span class="why">{alias.reason ?? joins[alias.joined_by] ?? alias.joined_by}</span>}
          </span>
          <span class="quiet numbers">{alias.first && readableDate(alias.first)}{alias.last && alias.last.slice(0, 7) !== alias.first?.slice(0, 7) && ` – ${readableDate(alias.last)}`} · {number(alias.quotations)}</span>
        </li>
      ))}
    </ul>
  );
}
