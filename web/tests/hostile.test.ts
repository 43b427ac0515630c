// Articles that want to be more than text are shown as text: nothing of them runs, loads, links or breaks the page.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { ArticleAnswer, ArticleRow, QuotationList } from "../src/api/endpoints";
import { launch, Reader, Server, TestRecord } from "./browser";

/** Sets a mark on the window when it runs. */
const payload = "window.ran=1";

const attacks: Record<string, string> = {
  script: `<script>${payload}</script>`,
  "closed early": `"></p></main><script>${payload}</script>`,
  "event handler": `<img src=x onerror="${payload}">`,
  svg: `<svg/onload=${payload}><animate onbegin=${payload} attributeName=x dur=1s>`,
  frame: `<iframe srcdoc="<script>parent.${payload}</script>"></iframe>`,
  style: `<style>body{display:none}</style><p style="position:fixed;inset:0;background:red">over</p>`,
  link: `<a href="javascript:${payload}">click</a> <a href="data:text/html,<script>${payload}</script>">here</a>`,
  form: `<form action="https://mosswick.example/take"><input name=token autofocus onfocus=${payload}></form>`,
  base: `<base href="https://mosswick.example/"><meta http-equiv="refresh" content="0;url=https://mosswick.example/">`,
  template: `{{constructor.constructor('${payload}')()}} \${${payload}} <%= ${payload} %>`,
  entities: `&lt;script&gt;${payload}&lt;/script&gt; &#60;img src=x onerror=${payload}&#62;`,
  comment: `<!--><script>${payload}</script>-->`,
  math: `<math><mtext></p><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${payload}&gt;">`,
  "turned around": "the \u202Etpircs\u202C minister \u2067said\u2069 \u061C\u200F no \u202Eexe.fdp",
  "never closed": "\u202E\u2067\u202B\u2066 all that follows would stand on its head",
  invisible: "pay\u200B\u200C\u200D\uFEFF\u00ADment of \u2060nine\u180E crowns",
  "huge word": "Gannet".repeat(4000),
  stacked: "Z\u0351\u036b\u0343\u036a".repeat(300),
  control: "bell \u0007 escape \u001b[31mred\u001b[0m end",
};

let record: TestRecord;
let server: Server;
let browser: Browser;

function quoted(text: string): string {
  return `Ada Lowe, the harbour master, spoke on Friday about the gate.\n\n“We read ${text} aloud at the meeting and nobody laughed,” Lowe said.\n\nShe said that ${text} was on the agenda again.\n`;
}

before(async () => {
  record = new TestRecord();
  const folder = join(record.folder, "hostile");
  mkdirSync(folder);
  Object.entries(attacks).forEach(([name, text], i) => {
    const about = { outlet: `Mosswick ${text.slice(0, 200)}`, title: `${name}: ${text.slice(0, 400)}`, published: "2031-05-09", url: `https://mosswick.example/${i}` };
    writeFileSync(join(folder, `${i}.txt`), quoted(text));
    writeFileSync(join(folder, `${i}.meta.json`), JSON.stringify(about));
  });
  writeFileSync(join(folder, "address.txt"), quoted("an address"));
  writeFileSync(join(folder, "address.meta.json"), JSON.stringify({ title: "address", outlet: "Mosswick Post", url: `javascript:${payload}` }));
  record.run("ingest", folder);
  record.run("compare");
  server = await Server.start(record);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  record?.remove();
});

/** What a text may be made of on our pages. */
const harmless = new Set("A ARTICLE ASIDE BDI BLOCKQUOTE BR BUTTON CIRCLE CODE DD DEL DETAILS DIV DL DT EM FIGCAPTION FIGURE FORM G H1 H2 H3 HEADER INPUT INS KBD LABEL LI LINE MAIN MARK OL OPTION P PRE PROGRESS RECT SECTION SPAN STRONG SUMMARY SVG TEXT TEXTAREA TIME TITLE UL".split(" "));

async function assertHarmless(reader: Reader, what: string): Promise<void> {
  const found = await reader.page.evaluate(() => ({
    ran: "ran" in window,
    names: [...new Set([...document.querySelectorAll("main, main *")].map((element) => element.nodeName.toUpperCase()))],
    handlers: [...document.querySelectorAll("main *")].flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("on") || name === "srcdoc")),
    links: [...document.querySelectorAll<HTMLAnchorElement>("main a[href]")].map((anchor) => anchor.getAttribute("href")!),
    shown: getComputedStyle(document.body).display,
  }));
  assert.equal(found.ran, false, `${what}: a script ran`);
  assert.deepEqual(found.names.filter((name) => !harmless.has(name)), [], `${what}: elements`);
  assert.deepEqual(found.handlers, [], what);
  for (const link of found.links) assert.match(link, /^(\/|#|https:\/\/mosswick\.example\/\d+$|http:\/\/127\.0\.0\.1:)/u, what);
  assert.notEqual(found.shown, "none");
  reader.assertNothingWrong(what);
}

test("every hostile article is shown as its text", async () => {
  const articles = await server.get<{ items: ArticleRow[] }>("/articles?limit=100");
  assert.equal(articles.items.length, Object.keys(attacks).length + 1);
  const reader = await Reader.open(browser, server.address, { width: 360 });
  for (const row of articles.items) {
    const article = await server.get<ArticleAnswer>(`/articles/${row.article}`);
    await reader.visit(`/article/${row.article}`);
    const what = String(row.title).slice(0, 40);
    await assertHarmless(reader, what);
    const shown = await reader.page.evaluate(() => [...document.querySelectorAll("[data-begin]")].map((element) => element.textContent));
    const points = [...article.text];
    for (const paragraph of article.paragraphs) assert.ok(shown.includes(points.slice(...paragraph.code_points).join("")), what);
    const widths = await reader.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(widths[0]! <= widths[1]!, `${what}: wider than the window`);
  }
  await reader.close();
});

test("lists, statements and the check show them as text too", async () => {
  const reader = await Reader.open(browser, server.address);
  const quotations = await server.get<QuotationList>("/quotations?limit=100");
  assert.ok(quotations.items.length >= Object.keys(attacks).length);
  for (const path of ["/", "/search", "/articles", "/speakers", "/stories", ...quotations.items.slice(0, 25).map((one) => `/quotation/${one.id}`)]) {
    await reader.visit(path);
    await reader.settle();
    await assertHarmless(reader, path);
  }
  await reader.visit("/check");
  for (const text of Object.values(attacks).slice(0, 13)) {
    await reader.page.fill("#draft", quoted(text));
    await reader.page.keyboard.press("Control+Enter");
    await reader.settle();
    await assertHarmless(reader, `check of ${text.slice(0, 30)}`);
  }
  await reader.close();
});

test("the address of a page cannot bring anything in", async () => {
  const reader = await Reader.open(browser, server.address);
  for (const text of Object.values(attacks).slice(0, 12)) {
    const asked = encodeURIComponent(text);
    await reader.visit(`/search?q=${asked}&outlet=${asked}&since=${asked}&kind=${asked}`).catch(() => undefined);
    // A filter that is none is an error that the server tells; the browser notes its status.
    reader.wrong.splice(0, reader.wrong.length, ...reader.wrong.filter((one) => !/status of 400/u.test(one)));
    await assertHarmless(reader, `/search?q=${text.slice(0, 30)}`);
  }
  await reader.close();
});

test("a page of another origin gets nothing", async () => {
  const other = createServer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html><title>other</title>"));
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const tried = await page.evaluate(async ({ base, token }) => {
    const attempt = async (path: string, init?: RequestInit): Promise<string> => {
      try {
        const response = await fetch(base + path, init);
        return response.type === "opaque" ? "opaque" : `read ${response.status}`;
      } catch {
        return "refused";
      }
    };
    const framed = await new Promise<string>((done) => {
      const frame = document.createElement("iframe");
      frame.onload = () => {
        try {
          done(frame.contentDocument?.body.innerText.includes("OnRecord") ? "framed" : "empty");
        } catch {
          done("empty");
        }
      };
      frame.src = `${base}/`;
      document.body.append(frame);
    });
    return {
      record: await attempt("/api/v1/record"),
      page: await attempt("/"),
      with_token: await attempt("/api/v1/record", { headers: { authorization: `Bearer ${token}` } }),
      write: await attempt("/api/v1/articles", { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: "{\"text\":\"x\"}" }),
      blind: await attempt("/api/v1/articles", { method: "POST", mode: "no-cors", headers: { "content-type": "text/plain" }, body: "{\"text\":\"x\"}" }),
      framed,
    };
  }, { base: server.address, token: server.token });
  assert.deepEqual([tried.record, tried.page, tried.with_token, tried.write, tried.framed], ["refused", "refused", "refused", "refused", "empty"]);
  assert.notEqual(tried.blind, "read 200");
  await context.close();
  await new Promise((done) => other.close(done));
  const articles = await server.get<{ total: number }>("/articles?limit=1");
  assert.equal(articles.total, Object.keys(attacks).length + 1, "nothing was written");
});

test("a foreign Host gets nothing", async () => {
  const { hostname, port } = new URL(server.address);
  const status = await new Promise<number>((done, fail) => {
    const asked = request({ hostname, port, path: "/api/v1/record", headers: { host: "mosswick.example" } }, (response) => {
      response.resume();
      done(response.statusCode!);
    });
    asked.on("error", fail);
    asked.end();
  });
  assert.ok(status >= 400, String(status));
});
