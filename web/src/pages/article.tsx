import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { articlePath, type ArticleAnswer, type Paragraph, type SharedWith } from "../api/endpoints";
import type { Quotation } from "../api/types";
import { useApi } from "../api/use_api";
import { ArticleVersions } from "../parts/versions";
import type { Stretch } from "../parts/highlights";
import { MarginNotes, type Note } from "../parts/margin_notes";
import { MarkedText } from "../parts/marked_text";
import { ErrorNotice, Waiting } from "../parts/notice";
import { useTitle } from "../parts/page";
import { SharedPassages } from "../parts/shared_passages";
import { QuotationCard } from "../parts/quotation_card";
import { speakerId, speakerName } from "../parts/told";
import { useMatches } from "../parts/use_matches";
import { addressWith, usePlace } from "../router";
import { UnitIndex, type Units } from "../text/code_points";
import { readableTime } from "../text/dates";
import { count } from "../text/numbers";

const palette = 8;

interface Placed {
  quotation: Quotation;
  spans: Units[];
  /** Of its speaker. */
  color: number;
}

/** The speakers of an article in the order of how much they say, each with a colour; those beyond the palette share the last. */
function speakersOf(quotations: Quotation[]): Map<string, { name: string; color: number; quotations: number }> {
  const counts = new Map<string, { name: string; quotations: number }>();
  for (const quotation of quotations) {
    const key = speakerId(quotation) ?? "";
    const known = counts.get(key);
    if (known) ++known.quotations;
    else counts.set(key, { name: key ? speakerName(quotation) : "Not known", quotations: 1 });
  }
  const order = [...counts].sort((a, b) => Number(!a[0]) - Number(!b[0]) || b[1].quotations - a[1].quotations);
  return new Map(order.map(([key, value], i) => [key, { ...value, color: key ? Math.min(i, palette - 2) : palette - 1 }]));
}

function sharedStretches(shared: SharedWith[], chosen: string | null, index: UnitIndex): Units[] {
  return shared.filter((one) => chosen === null || one.other.article === chosen).flatMap((one) => one.passages.map((passage) => index.units(passage.here)));
}

/** The part of `spans` within one paragraph, counted from its beginning. */
function within(spans: Units[], paragraph: Units, name: string): Stretch[] {
  return spans.filter((span) => span.begin < paragraph.end && span.end > paragraph.begin).map((span) => ({
    begin: Math.max(span.begin, paragraph.begin) - paragraph.begin,
    end: Math.min(span.end, paragraph.end) - paragraph.begin,
    name,
  }));
}

/** What stood at a click: the place in the paragraph's text node. */
function caretAt(event: MouseEvent): number | null {
  const position = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (position) return position.offset;
  const range = (document as { caretRangeFromPoint?: (x: number, y: number) => Range | null }).caretRangeFromPoint?.(event.clientX, event.clientY);
  return range?.startOffset ?? null;
}

const wide = "(min-width: 64rem)";

export function ArticlePage({ id }: { id: string }) {
  const { query, visit } = usePlace();
  const version = query.get("version");
  const { data, error } = useApi<ArticleAnswer>(articlePath(id, version));
  useTitle(data ? field(data, "title") ?? "Article" : undefined);
  if (error) return <ErrorNotice error={error} what="article" />;
  if (!data) return <Waiting what="the article" />;
  return <Article article={data} key={data.version} query={query} visit={visit} />;
}

export function field(article: ArticleAnswer, name: string): string | undefined {
  return article.fields.find((one) => one.name === name)?.value;
}

function fieldsOf(article: ArticleAnswer, name: string): string[] {
  return article.fields.filter((one) => one.name === name).map((one) => one.value);
}

interface ArticleProps {
  article: ArticleAnswer;
  query: URLSearchParams;
  visit: number;
}

function Article({ article, query, visit }: ArticleProps) {
  const clean = query.get("view") === "clean";
  const onlySpeaker = query.get("speaker") === "none" ? "" : query.get("speaker");
  const sharedWith = query.get("with");
  const isWide = useMatches(wide);
  const [chosen, setChosen] = useState<string | null>(location.hash.slice(1) || null);
  const frame = useRef<HTMLElement>(null);

  const index = useMemo(() => new UnitIndex(article.text), [article]);
  const speakers = useMemo(() => speakersOf(article.quotations), [article]);
  const placed = useMemo<Placed[]>(() => article.quotations
    .filter((quotation) => onlySpeaker === null || (speakerId(quotation) ?? "") === onlySpeaker)
    .map((quotation) => ({
      quotation,
      spans: quotation.content.map((span) => index.units(span.code_points)),
      color: speakers.get(speakerId(quotation) ?? "")!.color,
    })), [article, index, speakers, onlySpeaker]);
  const shared = useMemo(() => (sharedWith === null ? [] : sharedStretches(article.shared, sharedWith === "all" ? null : sharedWith, index)), [article, sharedWith, index]);

  // A link to one of its quotations leads to its words.
  useEffect(() => {
    const wanted = location.hash.slice(1);
    if (!wanted) return;
    setChosen(wanted);
    const place = placed.find((one) => one.quotation.id === wanted);
    if (place) paragraphElement(frame.current, place.spans[0]!.begin)?.scrollIntoView({ block: "center" });
  }, [article.version, visit]);

  const choose = (wanted: string | null): void => {
    setChosen(wanted);
    history.replaceState(history.state, "", `${location.pathname}${location.search}${wanted ? `#${wanted}` : ""}`);
  };

  const stretchesOf = (paragraph: Units): Stretch[] => {
    if (clean) return [];
    const stretches: Stretch[] = placed.flatMap((one) => within(one.spans, paragraph, `speaker-${one.color}`));
    stretches.push(...within(shared, paragraph, "shared"));
    const at = placed.find((one) => one.quotation.id === chosen);
    if (at) stretches.push(...within(at.spans, paragraph, "chosen"));
    return stretches;
  };
  const click = (paragraph: Units) => (event: MouseEvent): void => {
    if (clean || getSelection()?.toString()) return;
    const caret = caretAt(event);
    if (caret === null) return;
    const at = paragraph.begin + caret;
    const hit = placed.filter((one) => one.spans.some((span) => span.begin <= at && at <= span.end));
    const found = hit[hit.length - 1];
    choose(found ? found.quotation.id : null);
    if (found && isWide) document.getElementById(`note-${found.quotation.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const cardsOf = (ones: Placed[]) => ones.map((one) => (
    <QuotationCard key={one.quotation.id} quotation={one.quotation} color={one.color} chosen={one.quotation.id === chosen}
      onChoose={() => choose(one.quotation.id === chosen ? null : one.quotation.id)} />
  ));

  const paragraphs = article.paragraphs.map((paragraph) => ({ paragraph, units: index.units(paragraph.code_points) }));
  const headline = paragraphs.find(({ paragraph }) => paragraph.role === "title");
  const marked = (units: Units) => <MarkedText text={article.text.slice(units.begin, units.end)} stretches={stretchesOf(units)} />;
  const body = paragraphs.filter((one) => one !== headline).map(({ paragraph, units }) => {
    const begun = placed.filter((one) => one.spans[0]!.begin >= units.begin && one.spans[0]!.begin < units.end);
    return (
      <div key={units.begin} class={`paragraph paragraph-${paragraph.role}`}>
        <p class="paragraph-text" data-begin={units.begin} data-end={units.end} onClick={click(units)}>{marked(units)}</p>
        {!clean && !isWide && begun.length > 0 && (
          <details class="below-notes" open={begun.some((one) => one.quotation.id === chosen)}>
            <summary>{count(begun.length, "statement")}: {[...new Set(begun.map((one) => speakerName(one.quotation)))].join(", ")}</summary>
            {cardsOf(begun)}
          </details>
        )}
      </div>
    );
  });

  const cards = cardsOf(placed);
  const notes: Note[] = placed.map((one, i) => ({
    id: one.quotation.id,
    anchor: () => rangeTop(frame.current, one.spans[0]!),
    content: cards[i],
  }));

  return (
    <article class={clean ? "article article-clean" : "article"} ref={frame}>
      <header class="article-head">
        <p class="kicker">
          {field(article, "outlet") ? <a href={`/search?outlet=${encodeURIComponent(field(article, "outlet")!)}`}><bdi>{field(article, "outlet")}</bdi></a> : <span>outlet unknown</span>}
          <span>{field(article, "published") ? <time dateTime={field(article, "published")} title={`found in ${article.fields.find((one) => one.name === "published")!.found_in}`}>{readableTime(field(article, "published")!)}</time> : "no date of publication is known"}</span>
          {fieldsOf(article, "author").length > 0 && <span>by <bdi>{fieldsOf(article, "author").join(", ")}</bdi></span>}
          {article.story && <a href={`/story/${article.story.id}`}>Story: <bdi>{article.story.title ?? "untitled"}</bdi></a>}
        </p>
        {headline
          ? <h1 data-begin={headline.units.begin} data-end={headline.units.end} onClick={click(headline.units)}>{marked(headline.units)}</h1>
          : <h1><bdi>{field(article, "title") ?? "Untitled"}</bdi></h1>}
        {!article.current && <p class="lead">This is an older version. <a href={`/article/${article.id}`}>The current one</a></p>}
      </header>
      <div class="article-tools">
        <div class="actions">
          <a href={addressWith({ view: clean ? undefined : "clean" })} data-item>{clean ? "Show what was said" : "Clean text"}</a>
          <SourceLink article={article} />
          <a href={`/api/v1${articlePath(article.id, article.version)}`}>JSON</a>
          <a href="#about">About this text</a>
        </div>
        {!clean && speakers.size > 0 && <Legend speakers={speakers} chosen={onlySpeaker} />}
        {!clean && article.shared.length > 0 && <SharedPassages shared={article.shared} chosen={sharedWith} />}
      </div>
      <div class="article-columns">
        <div class="article-text">{body}</div>
        {!clean && isWide && <MarginNotes notes={notes} label="Statements" />}
      </div>
      <About article={article} paragraphs={article.paragraphs} />
    </article>
  );
}

/** The original where it can be opened: http addresses only, whatever the page said. */
function SourceLink({ article }: { article: ArticleAnswer }) {
  const url = field(article, "canonical_url") ?? field(article, "url");
  if (!url || !/^https?:\/\//iu.test(url)) return null;
  return <a href={url} rel="noopener noreferrer external" target="_blank">The page itself</a>;
}

function Legend({ speakers, chosen }: { speakers: ReturnType<typeof speakersOf>; chosen: string | null }) {
  return (
    <ul class="legend" aria-label="Speakers, most quoted first">
      {[...speakers].map(([id, speaker]) => (
        <li key={id}>
          <a class={`legend-name speaker-ground-${speaker.color}`} href={addressWith({ speaker: chosen === id ? undefined : id || "none" })} aria-current={chosen === id ? "true" : undefined}>
            <bdi>{speaker.name}</bdi> <span class="numbers">{speaker.quotations}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function About({ article, paragraphs }: { article: ArticleAnswer; paragraphs: Paragraph[] }) {
  return (
    <section class="section" id="about" aria-label="About this text">
      <div class="section-head"><h2>About this text</h2><span class="how">{count(article.quotations.length, "statement")} in {count(paragraphs.length, "paragraph")}, in the order of the text</span></div>
      <dl class="facts">
        {article.fields.map((one, i) => (
          <div key={i}><dt>{one.name.replace(/_/gu, " ")}</dt><dd><bdi>{one.value}</bdi> <span class="quiet small">{one.found_in}</span></dd></div>
        ))}
        <div><dt>read from</dt><dd>{article.originals.map((one, i) => <span key={i}>{i > 0 && ", "}<bdi>{one.path}</bdi>{one.record ? `, record ${one.record}` : ""}</span>)}</dd></div>
        <div><dt>text</dt><dd class="digest">SHA-256 {article.text_sha256}</dd></div>
      </dl>
      {article.versions.length > 1 && <ArticleVersions article={article} />}
    </section>
  );
}

function paragraphElement(frame: HTMLElement | null, unit: number): HTMLElement | null {
  if (!frame) return null;
  for (const element of frame.querySelectorAll<HTMLElement>("[data-begin]")) {
    if (Number(element.dataset["begin"]) <= unit && unit < Number(element.dataset["end"])) return element;
  }
  return null;
}

/** Where the first line of a stretch of the text is in the window. */
function rangeTop(frame: HTMLElement | null, units: Units): { top: number } | null {
  const element = paragraphElement(frame, units.begin);
  if (!element) return null;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = Number(element.dataset["begin"]);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = (node as Text).length;
    if (units.begin < at + length) {
      const range = document.createRange();
      range.setStart(node, units.begin - at);
      range.setEnd(node, Math.min(length, units.begin - at + 1));
      return range.getClientRects()[0] ?? element.getBoundingClientRect();
    }
    at += length;
  }
  return element.getBoundingClientRect();
}

