// Every page on a record of the samples: narrow and wide, light and dark, no accessibility violation, no broken
// policy, nothing that sticks out. Makes the pictures of docs/screenshots.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { ArticleAnswer, QuotationList, SpeakerRow, StoryRow } from "../src/api/endpoints";
import { smallPng } from "./small_png";
import { launch, Reader, Server, TestRecord } from "./browser";

let record: TestRecord;
let server: Server;
let browser: Browser;
/** Name and address of each page. */
let pages: [name: string, path: string][] = [];

before(async () => {
  record = TestRecord.ofSamples();
  server = await Server.start(record);
  browser = await launch();
  const statements = await server.get<QuotationList>("/quotations?q=%22reopen+to+cars+before+the+summer%22&kind=direct&limit=1");
  const speakers = await server.get<{ items: SpeakerRow[] }>("/speakers?q=Pellamore&limit=1");
  const quotations = await server.get<QuotationList>("/quotations?q=%22for+lorries+first%22&limit=1");
  const stories = await server.get<{ items: StoryRow[] }>("/stories?limit=1");
  const article = await server.get<ArticleAnswer>(`/articles/${quotations.items[0]!.article}`);
  pages = [
    ["front", "/"],
    ["search", "/search?q=bridge"],
    ["statement", `/statement/${statements.items[0]!.statement}`],
    ["article", `/article/${article.id}`],
    ["speaker", `/speaker/${speakers.items[0]!.id}`],
    ["story", `/story/${stories.items[0]!.id}`],
    ["check", "/check"],
    ["add", "/add"],
    ["review", "/review"],
    ["speakers", "/speakers"],
    ["stories", "/stories"],
    ["articles", "/articles"],
  ];
});

after(async () => {
  await browser?.close();
  await server?.stop();
  record?.remove();
});

for (const [width, scheme] of [[360, "light"], [360, "dark"], [1440, "light"], [1440, "dark"]] as const) {
  test(`every page at ${width} px, ${scheme}`, async () => {
    const reader = await Reader.open(browser, server.address, { width, scheme });
    await reader.visit(`/#token=${server.token}`);
    for (const [name, path] of pages) {
      await reader.visit(path);
      assert.ok(await reader.page.locator("main h1").count(), `${name}: a heading`);
      await reader.assertSound(`${name} at ${width} px, ${scheme}`);
    }
    await reader.close();
  });
}

const draft = `The minister promised OPRT on Sunday that the bridge would reopen "to cars before the summer holidays".
A growers' leader said: "Nobody ever asked the gulls what they thought of the bridge."`;

test("pictures of every page", async () => {
  const folder = process.env["SCREENSHOTS"];
  assert.ok(folder);
  mkdirSync(folder, { recursive: true });
  const reader = await Reader.open(browser, server.address, { width: 1200, height: 900 });
  await reader.visit(`/#token=${server.token}`);
  for (const [name, path] of pages) {
    // The README shows the statement, down into the collation.
    await reader.page.setViewportSize({ width: 1200, height: name === "statement" ? 1250 : 900 });
    await reader.visit(path);
    if (name === "check") {
      await reader.page.fill("#draft", draft);
      await reader.page.click("text=Check >> nth=-1");
      await reader.page.waitForSelector(".check-list");
      await reader.assertSound("a checked draft");
    }
    await reader.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const picture = smallPng(await reader.page.screenshot());
    assert.ok(picture.length <= 100_000, `${name}.png: ${picture.length} bytes`);
    writeFileSync(join(folder, `${name}.png`), picture);
  }
  await reader.close();
});

test("words without marks are checked as one quotation", async () => {
  const reader = await Reader.open(browser, server.address);
  await reader.visit("/check");
  await reader.page.fill("#draft", "  Nobody on Skerrin will pay a single crown to drive to hospital ");
  await reader.page.click("text=Check >> nth=-1");
  await reader.page.waitForSelector(".check-list");
  const shown = await reader.page.locator("main").innerText();
  assert.match(shown, /exact|cut|altered/u);
  await reader.assertSound("words that were checked");
  await reader.close();
});

test("printed, a page is its text: black on white, without what only a screen needs", async () => {
  const reader = await Reader.open(browser, server.address, { width: 1200, scheme: "dark" });
  for (const [name, path] of pages.filter(([name]) => ["statement", "article", "speaker", "story"].includes(name))) {
    await reader.visit(path);
    const onScreen = await reader.page.locator("main h1").innerText();
    await reader.page.emulateMedia({ media: "print" });
    for (const hidden of [".nav", ".head-search", ".foot", ".skip"])
      assert.equal(await reader.page.locator(`${hidden} >> visible=true`).count(), 0, `${name}: ${hidden} is printed`);
    const [ground, ink] = await reader.page.evaluate(() => {
      return [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color];
    });
    assert.equal(ground, "rgb(255, 255, 255)", `${name}: the ground`);
    assert.equal(ink, "rgb(0, 0, 0)", `${name}: the ink`);
    assert.equal(await reader.page.locator("main h1").innerText(), onScreen, name);
    const width = await reader.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(width <= 0, `${name}: sticks out by ${width} px`);
    await reader.page.emulateMedia({ media: "screen" });
  }
  await reader.close();
});

test("pages and errors that are none help", async () => {
  const reader = await Reader.open(browser, server.address);
  await reader.visit("/nowhere");
  assert.match(await reader.page.innerText("main"), /no such page/u);
  await reader.visit("/search?q=zyzzyva");
  assert.match(await reader.page.innerText("main"), /Nothing in the record has all of that/u);
  await reader.assertSound("an empty search");
  await reader.page.goto(`${server.address}/statement/s000000000000`);
  await reader.page.waitForSelector("[role=alert]");
  assert.match(await reader.page.innerText("main"), /no such statement/u);
  await reader.close();
});

test("words of an article are the stored text, and each statement leads to its source", async () => {
  const reader = await Reader.open(browser, server.address);
  const [, path] = pages.find(([name]) => name === "article")!;
  const article = await server.get<ArticleAnswer>(path.replace("/article/", "/articles/"));
  await reader.visit(path);
  const shown = await reader.page.evaluate(() => [...document.querySelectorAll<HTMLElement>("[data-begin]")].map((element) => element.textContent));
  const points = [...article.text];
  assert.deepEqual([...shown].sort(), article.paragraphs.map((one) => points.slice(...one.code_points).join("")).sort());
  // A highlight is exactly the words of a quotation.
  const marked = await reader.page.evaluate(() => [...CSS.highlights].flatMap(([name, ranges]) => name.startsWith("speaker-") ? [...ranges].map(String) : []));
  const words = article.quotations.flatMap((quotation) => quotation.content.map((one) => one.text));
  assert.ok(marked.length > 0);
  for (const text of marked) assert.ok(words.some((one) => one.includes(text)), text);
  await reader.close();
});

test("a browser without highlights marks the same words", async () => {
  const reader = await Reader.open(browser, server.address);
  await reader.page.addInitScript(() => Reflect.deleteProperty(CSS, "highlights"));
  const [, path] = pages.find(([name]) => name === "article")!;
  await reader.visit(path);
  const marks = await reader.page.locator("main mark").allInnerTexts();
  assert.ok(marks.length > 3);
  await reader.assertSound("an article without highlights");
  await reader.close();
});

test("the state is in the address, and back goes back to where the reader was", async () => {
  const reader = await Reader.open(browser, server.address);
  await reader.visit("/search");
  await reader.page.evaluate(() => window.scrollTo(0, 3000));
  await reader.page.waitForTimeout(400);
  const link = reader.page.locator("[data-item]:visible").nth(12);
  const words = await link.innerText();
  await link.scrollIntoViewIfNeeded();
  await reader.page.waitForTimeout(300);
  const top = await reader.page.evaluate(() => window.scrollY);
  await link.click();
  await reader.page.waitForURL(/\/(statement|quotation)\//u);
  await reader.settle();
  assert.equal(await reader.page.evaluate(() => window.scrollY), 0);
  await reader.page.goBack();
  await reader.page.waitForTimeout(500);
  assert.ok(Math.abs((await reader.page.evaluate(() => window.scrollY)) - top) < 40);
  assert.ok((await reader.page.locator("[data-item]").allInnerTexts()).includes(words));
  // A filter is an address; loading that address anew shows the same list.
  await reader.page.evaluate(() => window.scrollTo(0, 0));
  await reader.page.click(".facets .facet >> nth=0");
  await reader.settle();
  const heading = await reader.page.innerText(".section-head h2");
  assert.match(reader.page.url(), /speaker=/u);
  await reader.page.reload();
  await reader.settle();
  assert.equal(await reader.page.innerText(".section-head h2"), heading);
  await reader.close();
});

test("what may be no quotation is listed when a reader asks for it", async () => {
  const reader = await Reader.open(browser, server.address);
  const listed = async () => Number((await reader.page.innerText(".section-head h2")).replace(/[^0-9]/gu, ""));
  await reader.visit("/search");
  const sure = await listed();
  await reader.page.click(".facets [aria-label='Sureness'] .facet");
  await reader.settle();
  await reader.page.waitForFunction((before) => !document.querySelector(".section-head h2")?.textContent?.startsWith(`${before} `), sure);
  assert.match(reader.page.url(), /confidence=0/u);
  assert.ok((await listed()) > sure);
  await reader.page.click(".facets [aria-label='Sureness'] .facet");
  await reader.settle();
  await reader.page.waitForFunction((before) => document.querySelector(".section-head h2")?.textContent?.startsWith(`${before} `), sure);
  await reader.close();
});

test("dates are chosen on the strip by dragging and by keys", async () => {
  const reader = await Reader.open(browser, server.address);
  await reader.visit("/");
  const box = (await reader.page.locator(".strip-chart").boundingBox())!;
  await reader.page.mouse.move(box.x + box.width * 0.1, box.y + 20);
  await reader.page.mouse.down();
  await reader.page.mouse.move(box.x + box.width * 0.3, box.y + 20, { steps: 5 });
  await reader.page.mouse.up();
  await reader.settle();
  const chosen = new URL(reader.page.url()).searchParams;
  assert.match(chosen.get("since") ?? "", /^\d{4}-\d\d-\d\d$/u);
  assert.ok(chosen.get("since")! < chosen.get("until")!);
  await reader.page.focus("[role=slider] >> nth=1");
  await reader.page.keyboard.press("ArrowRight");
  await reader.settle();
  assert.ok(new URL(reader.page.url()).searchParams.get("until")! > chosen.get("until")!);
  await reader.assertSound("the front page with dates chosen");
  await reader.close();
});
