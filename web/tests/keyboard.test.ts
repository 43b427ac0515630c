// A reader without a mouse: search, walk, open, go back, check, decide, get help.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { ProposalList } from "../src/api/endpoints";
import { launch, Reader, Server, TestRecord } from "./browser";

let record: TestRecord;
let server: Server;
let browser: Browser;

before(async () => {
  record = TestRecord.ofSamples();
  server = await Server.start(record);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  record?.remove();
});

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? "");
}

test("from the front page to a source and back by keys alone", async () => {
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await reader.visit("/");
  await page.keyboard.press("/");
  await page.keyboard.type("lorries");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=lorries/u);
  await reader.settle();
  await page.keyboard.press("j");
  const first = await focused(page);
  assert.ok(first.length > 10);
  await page.keyboard.press("j");
  assert.notEqual(await focused(page), first);
  await page.keyboard.press("k");
  assert.equal(await focused(page), first);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/(statement|quotation)\//u);
  await reader.settle();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/article\/\w+#q/u);
  await reader.settle();
  await page.keyboard.press("u");
  await page.waitForURL(/\/statement\//u);
  await page.keyboard.press("u");
  await page.waitForURL(/\/search\?q=lorries/u);
  reader.assertNothingWrong("walking");
  await reader.close();
});

test("? shows the keys, Esc closes them; letters in a field are letters", async () => {
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await reader.visit("/search");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  assert.match(await page.innerText("dialog"), /next item/u);
  await reader.assertSound("the keys");
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "hidden" });
  await page.keyboard.press("/");
  await page.keyboard.type("j?/u");
  assert.equal(await page.inputValue("[data-search]"), "j?/u");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  await reader.close();
});

test("Tab reaches everything and the focus can be seen", async () => {
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await reader.visit("/search?q=bridge");
  const seen = new Set<string>();
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const style = getComputedStyle(element);
      return { name: `${element.tagName} ${element.className} ${element.textContent?.slice(0, 20)}`, visible: style.outlineStyle !== "none" || style.fill !== "rgba(0, 0, 0, 0)" };
    });
    assert.ok(at.visible, at.name);
    seen.add(at.name);
  }
  assert.ok(seen.size > 25);
  await reader.close();
});

test("a long pasted text goes to the check", async () => {
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await reader.visit("/");
  await page.keyboard.press("/");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "The minister said so.\n\n“The toll is for lorries, and it ends in 2031, paid for or not,” Edda Pellamore said.\n");
    document.activeElement!.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.waitForURL(/\/check$/u);
  await page.waitForSelector(".check-list");
  assert.match(await page.innerText(".check-list"), /exact/u);
  await page.reload();
  await page.waitForSelector(".check-list");
  reader.assertNothingWrong("check");
  await reader.close();
});

test("decisions by keys, with a reason, and back", async () => {
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await reader.visit(`/#token=${server.token}`);
  assert.equal(new URL(page.url()).hash, "", "the token leaves the address");
  await reader.visit("/review?of=speakers");
  const first = await page.innerText(".review blockquote >> nth=0");
  await page.keyboard.press("r");
  await page.keyboard.type("read the page");
  await page.keyboard.press("Enter");
  await page.keyboard.press("n");
  // The next one may have the same words: another outlet's.
  await page.waitForFunction(() => document.querySelector(".review .kicker")?.textContent?.startsWith("2 of"));
  const kept = record.run("correct", "list", "--format", "jsonl");
  assert.match(kept, /read the page/u);
  await page.keyboard.press("z");
  await page.waitForFunction(() => document.querySelector(".review .kicker")?.textContent?.startsWith("1 of"));
  assert.equal(await page.innerText(".review blockquote >> nth=0"), first);
  assert.doesNotMatch(record.run("correct", "list", "--format", "jsonl"), /read the page/u);
  const proposals = await server.get<ProposalList>("/proposals?limit=200");
  await reader.visit("/review");
  if (proposals.total > 0) {
    await page.keyboard.press("s");
    assert.match(await page.innerText(".review"), /passed over/u);
  } else {
    assert.match(await page.innerText(".review"), /Nothing is open/u);
  }
  reader.assertNothingWrong("review");
  await reader.close();
});

test("without the token nothing can be written, and the page says how", async () => {
  const reader = await Reader.open(browser, server.address);
  await reader.visit("/add");
  assert.match(await reader.page.innerText("main"), /needs the token/u);
  const response = await fetch(`${server.address}/api/v1/articles`, { method: "POST", headers: { "content-type": "application/json" }, body: "{\"text\":\"x\"}" });
  assert.ok([401, 403].includes(response.status), String(response.status));
  await reader.close();
});

test("text is added, files are added, and what cannot be read is told", async () => {
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await reader.visit(`/#token=${server.token}`);
  await reader.visit("/add");
  await page.fill("textarea", "Wren Askill, who keeps the lighthouse, spoke on Tuesday.\n\n“I have counted every ship since the autumn and nobody asked me for the number,” Askill said.");
  await page.fill("[name=outlet]", "Mosswick Post");
  await page.fill("[name=published]", "2031-05-09");
  await page.fill("[name=title]", "The lighthouse counts");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".task a");
  assert.match(await page.innerText(".task"), /1 new article/u);
  await page.click("text=Drop files");
  await page.setInputFiles("#files", [
    { name: "second.txt", mimeType: "text/plain", buffer: Buffer.from("Wren Askill said on Wednesday that the lamp would stay lit.\n") },
    { name: "nothing.html", mimeType: "text/html", buffer: Buffer.from("<html><body></body></html>") },
  ]);
  await page.waitForFunction(() => document.querySelector("[aria-label=Progress] h2")?.textContent === "3 of 3 documents");
  assert.match(await page.innerText("[aria-label=Progress]"), /rejected|not read/u);
  await reader.assertSound("adding");
  await page.click(".task a >> nth=0");
  await page.waitForURL(/\/article\//u);
  await reader.settle();
  assert.match(await page.innerText("h1"), /The lighthouse counts/u);
  await reader.close();
});
