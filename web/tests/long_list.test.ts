// A list of 50,000 rows: the page stays small and scrolls at once, anywhere. The rows are made here, in the server's form.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { QuotationList } from "../src/api/endpoints";
import { launch, Reader, Server, TestRecord } from "./browser";

const rows = 50_000;

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

async function openList(counted: number): Promise<Reader> {
  const some = await server.get<QuotationList>("/quotations?limit=50");
  const reader = await Reader.open(browser, server.address);
  const { page } = reader;
  await page.route("**/api/v1/quotations?*", async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const from = Number(query.get("cursor") ?? 0);
    const until = Math.min(rows, from + Number(query.get("limit")));
    const items = Array.from({ length: until - from }, (_, i) => {
      const one = some.items[(from + i) % some.items.length]!;
      return { ...one, id: `q${from + i}`, outlet: `Outlet ${from + i + 1}` };
    });
    await route.fulfill({ json: { ...some, items, total: counted, total_is_capped: counted < rows, next: until < rows ? String(until) : null } });
  });
  await reader.visit("/search");
  return reader;
}

test("a list whose length nobody counted goes on where the count stopped", async () => {
  const reader = await openList(10_000);
  const { page } = reader;
  assert.match(await page.innerText(".section-head h2"), /more than 10,000/u);
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.body.innerText.includes("Outlet 10000"), undefined, { timeout: 60_000 });
  for (let i = 0; i < 5; ++i) {
    await page.keyboard.press("End");
    await page.waitForTimeout(300);
  }
  const last = await page.evaluate(() => Number(document.querySelector(".virtual")!.lastElementChild!.getAttribute("data-row")));
  assert.ok(last > 10_500, `row ${last}`);
  reader.assertNothingWrong("the long list");
  await reader.close();
});

test("rows that change their height, also for a moment, leave no holes", async () => {
  const reader = await openList(rows);
  const { page } = reader;
  for (const width of [1200, 320, 1200, 700]) {
    // Two changes within one frame: what is measured between them must not stay.
    await page.evaluate(async () => {
      const list = document.querySelector<HTMLElement>(".virtual")!;
      list.style.width = "60px";
      list.getBoundingClientRect();
      window.dispatchEvent(new Event("resize"));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      list.style.width = "";
    });
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(300);
    assert.deepEqual(await holesOf(page), [], `${width} px`);
    assert.ok((await page.locator(".virtual-row").count()) > 8);
  }
  await reader.close();
});

/** Gaps or overlaps between rows that follow each other, in pixels. */
function holesOf(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".virtual-row")].map((row) => row.getBoundingClientRect());
    return boxes.slice(1).map((box, i) => Math.abs(box.top - boxes[i]!.bottom)).filter((gap) => gap > 1);
  });
}

test("50,000 rows", async () => {
  const reader = await openList(rows);
  const { page } = reader;
  assert.match(await page.innerText(".section-head h2"), /50,000/u);

  // 1. Scrolling by the wheel: the rows are there, few of them are in the document, and no frame takes long.
  const framesOf = (step: number): Promise<number[]> => page.evaluate(async (by) => {
    const times: number[] = [];
    let last = performance.now();
    for (let i = 0; i < 120; ++i) {
      window.scrollBy(0, by);
      await new Promise((done) => requestAnimationFrame(done));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b);
  }, step);
  // The same machine at the same time without scrolling is what it is held against: others may use it too.
  const still = await framesOf(0);
  const frames = await framesOf(180);
  console.log(`frames while scrolling: median ${frames[60]!.toFixed(1)} ms, 95th percentile ${frames[114]!.toFixed(1)} ms; standing still: ${still[60]!.toFixed(1)}, ${still[114]!.toFixed(1)}`);
  assert.ok(frames[60]! < 3 * still[60]! + 34, `a median frame of ${frames[60]} ms, of ${still[60]} when nothing moves`);
  const drawn = await page.locator(".virtual-row").count();
  assert.ok(drawn > 8 && drawn < 80, `${drawn} rows in the document`);

  // 2. The end at once: its rows come in, and the last one is the last.
  const begin = Date.now();
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.body.innerText.includes("Outlet 50000"), undefined, { timeout: 120_000 });
  console.log(`the last row is here after ${Date.now() - begin} ms`);
  await page.waitForTimeout(300);
  assert.ok((await page.locator(".virtual-row").count()) < 80);

  // 3. Rows stand one below the other, without holes.
  assert.deepEqual(await holesOf(page), []);
  reader.assertNothingWrong("the long list");
  await reader.close();
});
