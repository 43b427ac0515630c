// The whole app stays small: 120 kB of what a browser fetches, compressed.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const limit = 120_000;

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

test("the app is at most 120 kB, compressed", () => {
  const sizes = filesBelow("dist").map((path) => [path, gzipSync(readFileSync(path), { level: 9 }).length] as const);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  for (const [path, size] of sizes) console.log(`${String(size).padStart(8)} ${path}`);
  console.log(`${String(total).padStart(8)} in all`);
  assert.ok(sizes.length >= 3, "the app was not built");
  assert.ok(total <= limit, `${total} bytes`);
});

test("nothing in it writes HTML, evaluates text or reaches for another host", () => {
  for (const path of filesBelow("src")) {
    const source = readFileSync(path, "utf8");
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function|setAttribute\("style"/u, path);
    assert.doesNotMatch(source, /\bstyle="/u, path);
  }
});
