import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlignedWords, Quotation, Span, Witness } from "../src/api/types";
import { cutByStretches } from "../src/parts/highlights";
import { Heights } from "../src/parts/heights";
import { citation } from "../src/text/citation";
import { UnitIndex } from "../src/text/code_points";
import { collatedLine, keptRuns } from "../src/text/collation";
import { delay, firstDay, readableDate, readableSpan, readableTime } from "../src/text/dates";
import { count } from "../src/text/numbers";
import { roleIn, rolesOverTime } from "../src/text/roles";
import { pieces } from "../src/text/pieces";

/** A linear congruential generator: the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

function span(text: string, begin: number): Span {
  return { code_points: [begin, begin + [...text].length], text };
}

function quotation(kind: Quotation["kind"], content: Span[], quoted: Span[] = []): Quotation {
  return {
    id: "q1", article: "a1", kind, mode: "speech", words: content.map((one) => one.text).join(" … "), content, quoted, cue: [], source: [],
    speaker: null, addressee: null, venue: null, when: null, authority: [], confidence: 1, reason: "",
  };
}

test("code points become UTF-16 units as the slow way says, also beyond the basic plane", () => {
  const random = numbers(7);
  const letters = ["a", "é", "🖋", "\u{1F1EB}", "\u202e", "한", "\u{10FFFF}"];
  for (let round = 0; round < 200; ++round) {
    const text = Array.from({ length: random(30) }, () => letters[random(letters.length)]).join("");
    const points = [...text];
    const index = new UnitIndex(text);
    assert.equal(index.codePoints, points.length);
    for (let begin = 0; begin <= points.length; ++begin) {
      assert.equal(index.cut([begin, points.length]), points.slice(begin).join(""));
      assert.equal(index.unit(begin), points.slice(0, begin).join("").length);
    }
  }
});

test("a lone surrogate is one unit and shifts nothing", () => {
  assert.equal(new UnitIndex("a\ud83db").cut([2, 3]), "b");
});

test("dates stay as exact as they are known", () => {
  assert.equal(readableDate("2031"), "2031");
  assert.equal(readableDate("2031-05"), "May 2031");
  assert.equal(readableDate("2031-05-09"), "9 May 2031");
  assert.equal(readableDate("2031-05-01/2031-05-07"), "1–7 May 2031");
  assert.equal(readableDate("2031-05-30/2031-06-02"), "30 May – 2 June 2031");
  assert.equal(readableDate("2030-12-30/2031-01-02"), "30 Dec 2030 – 2 Jan 2031");
  assert.equal(readableDate("2031-08/2031-09"), "Aug – Sept 2031");
  assert.equal(readableTime("2031-07-08T11:05:00+02:00"), "8 July 2031, 11:05");
  assert.equal(readableSpan("2031-05-09", "2031-05-09T10:00:00Z"), "9 May 2031");
  assert.equal(readableSpan("2031-05", "2032"), "May 2031 to 2032");
  assert.equal(readableDate("on Friday"), "on Friday");
  assert.equal(firstDay("2031-05"), "2031-05-01");
  assert.equal(firstDay("unknown"), null);
});

test("delays tell hours where times are told, else days", () => {
  assert.equal(delay("2031-07-08T11:05:00+02:00", "2031-07-08T12:05:00+02:00"), "1 h later");
  assert.equal(delay("2031-07-08T23:30:00+02:00", "2031-07-08T22:00:00Z"), "30 min later");
  assert.equal(delay("2031-07-08", "2031-07-09T01:00:00Z"), "a day later");
  assert.equal(delay("2031-07-08", "2031-07-08"), "the same day");
  assert.equal(delay("2031-07", "2031-07-09"), "");
});

test("counts have the number of their noun", () => {
  assert.equal(count(1, "outlet"), "1 outlet");
  assert.equal(count(12408, "outlet"), "12,408 outlets");
  assert.equal(count(0, "story", "stories"), "0 stories");
});

test("of a mixed quotation the parts in marks are told apart", () => {
  const mixed = quotation("mixed", [span("would be “a quiet end” to it", 10)], [span("a quiet end", 20)]);
  assert.deepEqual(pieces(mixed).map((piece) => [piece.text, piece.quoted]),
    [["would be “", false], ["a quiet end", true], ["” to it", false]]);
});

test("pieces with nothing but a mark between them have none", () => {
  const split = quotation("mixed", [span("the gate had", 5), span("opened itself", 19)], [span("opened itself", 19)]);
  assert.deepEqual(pieces(split).map((piece) => [piece.text, piece.quoted, piece.gap]), [["the gate had ", false, false], ["opened itself", true, false]]);
});

test("pieces of a split quotation have a gap between them", () => {
  const split = quotation("direct", [span("We waited,", 5), span("then we left\nat noon", 30)]);
  assert.deepEqual(pieces(split).map((piece) => [piece.text, piece.gap]), [["We waited,", false], ["then we left at noon", true]]);
});

function aligned(kind: AlignedWords["kind"], base: Span | null, witness: Span | null): AlignedWords {
  return { kind, base, witness };
}

const base = quotation("direct", [span("We will open the old gate in May", 0)]);

function witness(content: Span[], collation: AlignedWords[], relation: Witness["relation"] = "truncated"): Witness {
  return { relation, altered: false, confidence: 1, decided: false, reason: null, reprint_of: null, provisional: false, collation, quotation: quotation("direct", content) };
}

test("words of the base are counted by how many witnesses keep them", () => {
  const cut = witness([span("We will open the gate", 100)], [
    aligned("same", span("We will open the", 0), span("We will open the", 100)),
    aligned("left_out", span("old", 17), null),
    aligned("same", span("gate", 21), span("gate", 117)),
    aligned("left_out", span("in May", 26), null),
  ]);
  const changed = witness([span("We may open the old gate in May", 0)], [
    aligned("same", span("We", 0), span("We", 0)),
    aligned("changed", span("will", 3), span("may", 3)),
    aligned("same", span("open the old gate in May", 8), span("open the old gate in May", 7)),
  ], "word_changed");
  const translated = witness([span("Other words", 0)], [aligned("changed", span("We will", 0), span("Other words", 0))], "translated");
  const runs = keptRuns(base, [cut, changed, translated]);
  assert.equal(runs.map((run) => run.text).join(""), "We will open the old gate in May");
  assert.deepEqual(runs.map((run) => [run.text, run.kept, run.of]), [
    ["We", 2, 2], [" will ", 1, 2], ["open the", 2, 2], [" old ", 1, 2], ["gate", 2, 2], [" in May", 1, 2],
  ]);
});

test("a witness's line shows what it cut, and both forms of what it changed", () => {
  const content = [span("We may open the gate, in May", 50)];
  const runs = collatedLine(content, [
    aligned("same", span("We", 0), span("We", 50)),
    aligned("changed", span("will", 3), span("may", 53)),
    aligned("same", span("open the", 8), span("open the", 57)),
    aligned("left_out", span("old", 17), null),
    aligned("same", span("gate in May", 21), span("gate, in May", 66)),
  ]);
  assert.equal(runs.map((run) => (run.kind === "cut" ? `[-${run.text}-]` : run.kind === "put_in" ? `[+${run.text}+]` : run.text)).join(""),
    "We [-will-] [+may+] open the [-old-] gate, in May");
});

test("the line of a witness in two pieces has a gap, and keeps its own punctuation", () => {
  const content = [span("We will open,", 0), span("the gate!", 40)];
  const runs = collatedLine(content, [
    aligned("same", span("We will open", 0), span("We will open", 0)),
    aligned("same", span("the gate", 13), span("the gate", 40)),
  ]);
  assert.equal(runs.map((run) => run.text).join(""), "We will open … the gate!");
});

test("heights of 50,000 rows are found as the slow way finds them", () => {
  const random = numbers(3);
  const heights = new Heights(100);
  heights.resize(5000);
  const slow = new Array<number>(5000).fill(100);
  for (let i = 0; i < 2000; ++i) {
    const row = random(5000);
    const height = 40 + random(300);
    slow[row] = height;
    heights.set(row, height);
  }
  assert.equal(heights.total, slow.reduce((sum, height) => sum + height, 0));
  for (let i = 0; i < 300; ++i) {
    const row = random(5000);
    const top = slow.slice(0, row).reduce((sum, height) => sum + height, 0);
    assert.equal(heights.top(row), top);
    assert.equal(heights.at(top + slow[row]! / 2), row);
  }
  assert.equal(heights.at(-5), 0);
  assert.equal(heights.at(1e9), 4999);
});

test("stretches cut a text without losing a letter", () => {
  const text = "We will open the gate";
  const cuts = cutByStretches(text, [{ begin: 3, end: 12, name: "a" }, { begin: 8, end: 99, name: "b" }]);
  assert.equal(cuts.map((cut) => cut.text).join(""), text);
  assert.deepEqual(cuts.map((cut) => cut.name), [undefined, "a", "b", "b"]);
});

test("a role is what a mention has besides the name", () => {
  assert.equal(roleIn("Harbour Master Ada Lowe", "Ada Lowe"), "Harbour Master");
  assert.equal(roleIn("The harbour master, Ms Ada Lowe,", "Ada Lowe"), "harbour master");
  assert.equal(roleIn("Lowe", "Ada Lowe"), "");
  assert.equal(roleIn("she", "Ada Lowe"), "");
  const alias = (printed: string, first: string, last: string) => ({ printed, first, last, quotations: 1, joined_by: null, reason: null });
  assert.deepEqual(rolesOverTime([
    alias("Mayor Lowe", "2032-01-04", "2032-02-01"), alias("the harbour master", "2031-03-01", "2031-03-01"), alias("Harbour master Lowe", "2031-01", "2031-05"),
  ], "Ada Lowe"), [
    { role: "harbour master", first: "2031-01", last: "2031-05", quotations: 2 },
    { role: "Mayor", first: "2032-01-04", last: "2032-02-01", quotations: 1 },
  ]);
});

test("a citation says who, when, and where it can be read", () => {
  const cited: Quotation = {
    ...base, outlet: "Mosswick Post", title: "The gate", published: "2031-05-09", url: "https://mosswick.example/gate",
    speaker: { value: "Ada Lowe", kind: "person", confidence: 1, reason: "", spans: [] },
    when: { value: "2031-05-08", basis: "relative", confidence: 1, reason: "", spans: [] },
  };
  assert.equal(citation(cited, "s123"),
    "“We will open the old gate in May” – Ada Lowe, 8 May 2031. Mosswick Post, “The gate”, 9 May 2031, https://mosswick.example/gate. OnRecord s123.");
});

