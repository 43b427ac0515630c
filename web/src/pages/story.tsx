import { storyPath, type StoryAnswer, type StoryMember } from "../api/endpoints";
import type { StatementRow } from "../api/types";
import { useApi } from "../api/use_api";
import { ErrorNotice, Waiting } from "../parts/notice";
import { Section, useTitle } from "../parts/page";
import { SaidWhen, SpeakerLink, speakerId, speakerName } from "../parts/told";
import { StoryLanes, type Lane } from "../parts/story_lanes";
import { Words } from "../parts/words";
import { address } from "../router";
import { delay, readableDate, readableSpan, readableTime } from "../text/dates";
import { count } from "../text/numbers";

const lanesAtMost = 10;
const spreadAtOnce = 12;

export function StoryPage({ id }: { id: string }) {
  const { data, error } = useApi<StoryAnswer>(storyPath(id));
  useTitle(data ? data.title ?? "Story" : undefined);
  if (error) return <ErrorNotice error={error} what="story" />;
  if (!data) return <Waiting what="the story" />;
  return <Story story={data} />;
}

/** Who spoke when: one lane a speaker, those who said most first. */
function lanesOf(rows: StatementRow[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const row of rows) {
    const id = speakerId(row.base);
    const date = row.base.when?.value || row.base.published;
    if (!id || !date) continue;
    const lane = lanes.get(id) ?? { title: speakerName(row.base), href: `/speaker/${id}`, points: [] };
    lane.points.push({ href: `/statement/${row.id}`, date, words: row.base.words, weight: row.reports });
    lanes.set(id, lane);
  }
  return [...lanes.values()].sort((a, b) => b.points.length - a.points.length).slice(0, lanesAtMost);
}

function Story({ story }: { story: StoryAnswer }) {
  const lanes = lanesOf(story.statements);
  const spread = story.statements.filter((row) => row.reports > 1);
  return (
    <article>
      <header class="page-head">
        <p class="kicker"><span>Story</span></p>
        <h1><bdi>{story.title ?? "Untitled"}</bdi></h1>
        <p class="lead">
          {count(story.articles, "article")} of {count(story.outlets, "outlet")}{story.first && story.last && <>, {readableSpan(story.first, story.last)}</>};{" "}
          <a href={address("/search", { story: story.id })}>every statement in it</a>.
        </p>
      </header>
      {lanes.length > 0 && <Section title="Who spoke when" how="while the reports appeared, who said most first; what was said before or after stands at the edge"><StoryLanes lanes={lanes} from={story.first} to={story.last} label="Statements of the story by speaker and date" /></Section>}
      {spread.length > 0 && (
        <Section title="First report and spread" how={`${count(spread.length, "statement")} carried more than once, most independent reports first`}>
          <ul>{spread.slice(0, spreadAtOnce).map((row) => <li key={row.id} class="witness-group"><Spread row={row} /></li>)}</ul>
        </Section>
      )}
      <Section title="Reports" how="by date of publication, reprints under their originals; undated ones last">
        <ol class="family">{families(story.members).map((family) => <FamilyRow key={family.member.article} family={family} />)}</ol>
      </Section>
    </article>
  );
}

/** Who had it first, and after how long the others. */
function Spread({ row }: { row: StatementRow }) {
  const carriers = row.carriers ?? [];
  const first = carriers[0];
  return (
    <div class="spread">
      <p class="entry-words"><a href={`/statement/${row.id}`} data-item><Words quotation={row.base} /></a></p>
      <p class="entry-below"><SpeakerLink quotation={row.base} /><span><SaidWhen quotation={row.base} /></span></p>
      {first && (
        <ol class="spread-line">
          {carriers.map((carrier, i) => (
            <li key={carrier.article}>
              <a href={`/article/${carrier.article}#${carrier.quotation}`}><bdi>{carrier.outlet ?? "outlet unknown"}</bdi></a>{" "}
              <span class="quiet">{carrier.published ? (i === 0 || !first.published ? readableTime(carrier.published) : delay(first.published, carrier.published) || readableDate(carrier.published)) : "undated"}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface Family {
  member: StoryMember;
  copies: Family[];
}

/** Reprints below the article that they republish, as far down as it goes. */
function families(members: StoryMember[]): Family[] {
  const byArticle = new Map(members.map((member) => [member.article, { member, copies: [] as Family[] }]));
  const roots: Family[] = [];
  for (const family of byArticle.values()) {
    const original = family.member.reprint_of ? byArticle.get(family.member.reprint_of) : undefined;
    if (original && original !== family) original.copies.push(family);
    else roots.push(family);
  }
  return roots;
}

function FamilyRow({ family }: { family: Family }) {
  const { member, copies } = family;
  return (
    <li>
      <p class="family-row">
        <span class="family-date numbers">{member.published ? <time dateTime={member.published}>{readableTime(member.published)}</time> : "undated"}</span>
        <a class="serif" href={`/article/${member.article}`} data-item title={member.reason ?? undefined}><bdi>{member.title ?? "Untitled"}</bdi></a>
        <span class="quiet"><bdi>{member.outlet ?? "outlet unknown"}</bdi>{member.reprint_of && ", republished"}</span>
      </p>
      {copies.length > 0 && <ol class="family-copies">{copies.map((copy) => <FamilyRow key={copy.member.article} family={copy} />)}</ol>}
    </li>
  );
}
