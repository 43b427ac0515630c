// Speakers, stories and articles as lists.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { articlesPath, speakersPath, storiesPath, type ArticleRow, type SpeakerRow, type StoryRow } from "../api/endpoints";
import { pagedRows } from "../api/paged_rows";
import { ErrorNotice, Notice, Waiting } from "../parts/notice";
import { useTitle } from "../parts/page";
import { speakerKinds } from "../parts/told";
import { VirtualList } from "../parts/virtual_list";
import { addressWith, navigate, usePlace } from "../router";
import { readableDate } from "../text/dates";
import { count, countOf, number } from "../text/numbers";

interface ListProps<Row> {
  title: string;
  path: string;
  noun: [one: string, many: string];
  how: string;
  filter?: string;
  render: (row: Row) => ComponentChildren;
  empty: ComponentChildren;
}

const rowHeight = 52;

function List<Row>({ title, path, noun, how, filter, render, empty }: ListProps<Row>) {
  const { query, back } = usePlace();
  useTitle(title);
  const [, redraw] = useState(0);
  const [list, setList] = useState(() => pagedRows<Row, Row>(path, (row) => row, rowHeight, !back));
  useEffect(() => {
    const rows = pagedRows<Row, Row>(path, (row) => row, rowHeight, false);
    setList(rows);
    rows.ensure(1);
    return rows.subscribe(() => redraw((n) => n + 1));
  }, [path]);
  return (
    <section aria-label={title}>
      <header class="page-head"><h1>{title}</h1></header>
      <div class="section-head">
        <h2>{list.total === undefined ? title : countOf(list.total, list.isCapped, ...noun)}</h2>
        <span class="how">{how}</span>
        {filter && (
          <form class="more" role="search" onSubmit={(event) => event.preventDefault()}>
            <label class="heard" for="list-filter">{filter}</label>
            <input id="list-filter" class="field list-filter" type="search" value={query.get("q") ?? ""} placeholder={filter} autoComplete="off"
              onInput={(event) => navigate(addressWith({ q: event.currentTarget.value }), { replace: true })} />
          </form>
        )}
      </div>
      {list.error && <ErrorNotice error={list.error} what="list" />}
      {!list.error && list.total === undefined && <Waiting what="the record" />}
      {list.total === 0 && empty}
      {list.total ? <VirtualList key={path} list={list} label={title} render={render} /> : null}
    </section>
  );
}

export function SpeakersPage() {
  const { query } = usePlace();
  return (
    <List<SpeakerRow> title="Speakers" path={speakersPath(query)} noun={["speaker", "speakers"]} how="most quoted first" filter="Find a name"
      empty={<Notice title="The record has no speaker called so."><p>A part of a name is enough. Names count as articles print them.</p></Notice>}
      render={(speaker) => (
        <p class="name-row">
          <a class="serif" href={`/speaker/${speaker.id}`} data-item><bdi>{speaker.name}</bdi></a>
          <span class="quiet">{speakerKinds[speaker.kind]}</span>
          <span class="quiet numbers name-count">{number(speaker.quotations)} in {count(speaker.articles, "article")}</span>
        </p>
      )} />
  );
}

export function StoriesPage() {
  const { query } = usePlace();
  return (
    <List<StoryRow> title="Stories" path={storiesPath(query)} noun={["story", "stories"]} how="most articles first, then by date"
      empty={<Notice title="No stories yet."><p>A comparison tells which articles are about one matter:</p><pre>onrecord compare</pre></Notice>}
      render={(story) => (
        <p class="name-row">
          <a class="serif" href={`/story/${story.id}`} data-item><bdi>{story.title ?? "Untitled"}</bdi></a>
          <span class="quiet">{story.first && readableDate(story.first)}{story.last && story.last.slice(0, 10) !== story.first?.slice(0, 10) && ` – ${readableDate(story.last)}`}</span>
          <span class="quiet numbers name-count">{count(story.articles, "article")}, {count(story.outlets, "outlet")}</span>
        </p>
      )} />
  );
}

export function ArticlesPage() {
  const { query } = usePlace();
  return (
    <List<ArticleRow> title="Articles" path={articlesPath(query)} noun={["article", "articles"]} how="newest first, undated ones last"
      empty={<Notice title="The record holds no articles."><p>Read some into it:</p><pre>onrecord ingest FOLDER</pre></Notice>}
      render={(article) => (
        <p class="name-row">
          <a class="serif" href={`/article/${article.article}`} data-item><bdi>{article.title ?? "Untitled"}</bdi></a>
          <span class="quiet"><bdi>{article.outlet ?? "outlet unknown"}</bdi></span>
          <span class="quiet numbers name-count">{article.published ? readableDate(article.published) : "undated"}</span>
        </p>
      )} />
  );
}
