import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { hasToken } from "./api/client";
import { startKeys } from "./keys";
import { Boundary } from "./parts/boundary";
import { KeyHelp } from "./parts/help";
import { Notice } from "./parts/notice";
import { SearchBox } from "./parts/search_box";
import { useTitle } from "./parts/page";
import { navigate, restoreScroll, usePlace } from "./router";
import { AddPage } from "./pages/add";
import { ArticlePage } from "./pages/article";
import { ArticlesPage, SpeakersPage, StoriesPage } from "./pages/lists";
import { CheckPage } from "./pages/check";
import { FrontPage } from "./pages/front";
import { QuotationPage } from "./pages/quotation";
import { ReviewPage } from "./pages/review";
import { SearchPage } from "./pages/search";
import { SpeakerPage } from "./pages/speaker";
import { StatementPage } from "./pages/statement";
import { StoryPage } from "./pages/story";

const pages: [path: RegExp, page: ComponentType<{ id: string }>][] = [
  [/^\/$/, FrontPage],
  [/^\/search$/, SearchPage],
  [/^\/statement\/(\w+)$/, StatementPage],
  [/^\/quotation\/(\w+)$/, QuotationPage],
  [/^\/article\/(\w+)$/, ArticlePage],
  [/^\/articles$/, ArticlesPage],
  [/^\/speaker\/(\w+)$/, SpeakerPage],
  [/^\/speakers$/, SpeakersPage],
  [/^\/story\/(\w+)$/, StoryPage],
  [/^\/stories$/, StoriesPage],
  [/^\/check$/, CheckPage],
  [/^\/add$/, AddPage],
  [/^\/review$/, ReviewPage],
];

function NoPage() {
  useTitle("No such page");
  return <Notice title="There is no such page."><p>The address may be cut short. <a href="/">To the front page</a></p></Notice>;
}

function pageAt(path: string): [ComponentType<{ id: string }>, string] {
  for (const [pattern, page] of pages) {
    const found = pattern.exec(path);
    if (found) return [page, found[1] ?? ""];
  }
  return [NoPage, ""];
}

function Navigation({ path }: { path: string }) {
  const link = (href: string, text: string, within: RegExp) =>
    <a href={href} aria-current={within.test(path) ? "page" : undefined}>{text}</a>;
  return (
    <nav class="nav" aria-label="Pages">
      {link("/search", "Search", /^\/(search|statement|quotation)/)}
      {link("/speakers", "Speakers", /^\/speaker/)}
      {link("/stories", "Stories", /^\/stor/)}
      {link("/articles", "Articles", /^\/article/)}
      {link("/check", "Check", /^\/check/)}
      {hasToken() && link("/add", "Add", /^\/add/)}
      {hasToken() && link("/review", "Review", /^\/review/)}
    </nav>
  );
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("main [data-search], [data-search]");
  if (field) {
    field.focus();
    field.select();
  } else {
    navigate("/search");
  }
}

export function App() {
  const place = usePlace();
  const [help, setHelp] = useState(false);
  useEffect(() => startKeys({ search: focusSearch, help: () => setHelp(true) }), []);
  const [Page, id] = pageAt(place.path);

  // A new page begins at its top, with its heading in focus; an old one where the reader left it.
  useLayoutEffect(() => {
    if (place.visit === 0) return;
    if (place.back) restoreScroll();
    else window.scrollTo(0, 0);
  }, [place.visit]);
  useEffect(() => {
    if (place.visit > 0 && !place.back) document.getElementById("main")?.focus({ preventScroll: true });
  }, [place.path]);

  return (
    <div class="shell">
      <a class="skip" href="#main">To the content</a>
      <header class="head">
        <a class="wordmark" href="/">OnRecord</a>
        {place.path !== "/" && <div class="head-search"><SearchBox /></div>}
        <Navigation path={place.path} />
      </header>
      <main class="main" id="main" tabIndex={-1}><Boundary key={place.path}><Page id={id} /></Boundary></main>
      <footer class="foot">
        <span>The record reports; it never rates. Nothing leaves this machine.</span>
        <span><button type="button" class="button-plain" onClick={() => setHelp(true)}>Keys</button></span>
      </footer>
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
