// What the tests of the pages share: a record, the program that serves it, a browser, and what must hold of every page.
import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const source = resolve(process.cwd(), "../..");

function program(): string {
  const path = process.env["ONRECORD"];
  assert.ok(path, "ONRECORD names the program");
  return path;
}

/** A record of its own in a folder of its own. */
export class TestRecord {
  readonly folder = mkdtempSync(join(tmpdir(), "onrecord-web."));
  readonly path = join(this.folder, "onrecord.db");

  /** What a command prints; 1 tells that it found nothing, which is no failure. */
  run(...words: string[]): string {
    const done = spawnSync(program(), [...words, "--record", this.path], { encoding: "utf8" });
    assert.ok(done.status === 0 || done.status === 1, `onrecord ${words.join(" ")}: ${done.stderr}`);
    return done.stdout;
  }

  static ofSamples(): TestRecord {
    const record = new TestRecord();
    record.run("ingest", join(source, "samples/articles"));
    record.run("compare");
    return record;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `onrecord serve` on a free port. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
    readonly token: string,
  ) {}

  static async start(record: TestRecord): Promise<Server> {
    const child = spawn(program(), ["serve", "--write", "--record", record.path, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const found = await new Promise<RegExpExecArray>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`serve does not say its address:\n${output}`)), 60_000);
      const read = (text: Buffer): void => {
        output += text.toString();
        const match = /(http:\/\/[^\s/]+)\/#token=([A-Za-z0-9_-]+)/.exec(output);
        if (!match) return;
        clearTimeout(timer);
        done(match);
      };
      child.stdout!.on("data", read);
      child.stderr!.on("data", read);
      child.on("exit", (code) => fail(new Error(`serve ended with ${code}:\n${output}`)));
    });
    return new Server(child, found[1]!, found[2]!);
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.address}/api/v1${path}`);
    assert.equal(response.status, 200, path);
    return (await response.json()) as T;
  }

  stop(): Promise<void> {
    return new Promise((done) => {
      this.child.on("exit", () => done());
      this.child.kill("SIGTERM");
    });
  }
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium" });
}

interface Look {
  width?: number;
  height?: number;
  scheme?: "light" | "dark";
}

/** A page that remembers everything that went wrong on it. */
export class Reader {
  readonly wrong: string[] = [];
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly address: string,
  ) {}

  static async open(browser: Browser, address: string, look: Look = {}): Promise<Reader> {
    const context = await browser.newContext({
      viewport: { width: look.width ?? 1200, height: look.height ?? 900 },
      colorScheme: look.scheme ?? "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const reader = new Reader(context, page, address);
    await page.exposeFunction("tellWrong", (text: string) => void reader.wrong.push(text));
    await page.addInitScript(() => {
      const tell = (window as unknown as { tellWrong: (text: string) => void }).tellWrong;
      document.addEventListener("securitypolicyviolation", (event) => tell(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
    });
    page.on("pageerror", (error) => reader.wrong.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") reader.wrong.push(`console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      reader.wrong.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(address)) reader.wrong.push(`request to ${request.url()}`);
    });
    return reader;
  }

  /** Goes to a page and waits until it has its content. */
  async visit(path: string): Promise<void> {
    await this.page.goto(this.address + path);
    await this.settle().catch((error: unknown) => {
      throw new Error(`${path} has no content: ${String(error)} ${this.wrong.join("; ")}`);
    });
  }

  async settle(): Promise<void> {
    await this.page.waitForLoadState("networkidle");
    const filled = (): boolean => !document.querySelector(".waiting") && document.querySelector("main")!.childElementCount > 0;
    await this.page.waitForFunction(filled, undefined, { timeout: 15_000 });
  }

  /** No accessibility violation, nothing wider than the window, no error, no broken policy. */
  async assertSound(what: string): Promise<void> {
    await this.page.evaluate(axeSource);
    const violations = await this.page.evaluate(async () => {
      const axe = (window as unknown as { axe: { run: (root: Document, options: unknown) => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> } }).axe;
      const result = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
      return result.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
    });
    assert.deepEqual(violations, [], `${what}: accessibility`);
    const widths = await this.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(widths[0]! <= widths[1]!, `${what}: ${widths[0]} px wide in a window of ${widths[1]}`);
    this.assertNothingWrong(what);
  }

  assertNothingWrong(what: string): void {
    assert.deepEqual(this.wrong, [], what);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
