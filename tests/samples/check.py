#!/usr/bin/env python3
"""Holds that the sample articles are what samples/README.md says they are.

Every JSON, JSON Lines and JSON-LD text parses; a page's declared charset decodes it; a sidecar belongs to a text
file; every address ends in .example; a printed weekday fits its date; every file stands in the README's table; and
the words, cue and source of every line of statements.jsonl stand in the readable text of its article. With the
program, that `onrecord extract` finds the fields of fields.jsonl, and a body that begins and ends as told there.
usage: tests/samples/check.py [PROGRAM]        prints what is wrong; exit 1 when anything is
"""
import datetime
import html.parser
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "samples"
ARTICLES = SAMPLES / "articles"
# The one address that is not ours: the vocabulary's name in JSON-LD, which nobody fetches.
ALLOWED_HOSTS = {"schema.org"}
BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "td", "tr", "figcaption", "section", "article", "br", "ul", "table"}
OPENING_MARKS = "\"\u201c\u2018'"
RECORD_KEYS = {"url", "outlet", "title", "published", "author"}
EXPECTED_KEYS = {"file", "speaker", "kind", "words", "cue", "source"}


class Page(html.parser.HTMLParser):
    """The readable text of a page, blocks set apart by a line break, and its JSON-LD."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.json_ld, self.hidden = [], [], None

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style"):
            self.hidden = "json_ld" if dict(attributes).get("type") == "application/ld+json" else "dropped"
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.hidden = None
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if self.hidden == "json_ld":
            self.json_ld.append(data)
        elif self.hidden is None:
            self.parts.append(data)


def declared_charset(raw):
    found = re.search(rb"charset=[\"']?([A-Za-z0-9_-]+)", raw[:2048])
    return found[1].decode("ascii") if found else "utf-8"


def readable(parts):
    lines = ("".join(parts)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def read_page(text):
    page = Page()
    page.feed(text)
    page.close()
    for block in page.json_ld:
        json.loads(block)
    return readable(page.parts)


def read_records(text):
    records = [json.loads(line) for line in text.splitlines()]
    for record in records:
        missing = RECORD_KEYS - record.keys()
        if missing or not ("text" in record) ^ ("html" in record):
            raise ValueError(f"record {record.get('url')}: wants {sorted(RECORD_KEYS)} and one of text, html")
    return "\n".join(read_page(record["html"]) if "html" in record else record["text"] for record in records)


def read_article(path, raw):
    """The article's readable text; raises ValueError (a decoding error is one) when the file is not what it says."""
    if path.suffix == ".html":
        return read_page(raw.decode(declared_charset(raw)))
    if path.suffix == ".jsonl":
        return read_records(raw.decode("utf-8"))
    return raw.decode("utf-8")


def wrong_hosts(raw):
    text = raw.decode("latin-1").replace("\\/", "/")
    hosts = re.findall(r"https?://([^/\s\"'<>?#:]+)", text) + re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text)
    return sorted({host for host in hosts if not host.endswith(".example") and host not in ALLOWED_HOSTS})


def wrong_weekdays(text):
    months = "January February March April May June July August September October November December".split()
    for weekday, month, day, year in re.findall(r"(\w+day),? (\w+) (\d{1,2}), (\d{4})", text):
        if month in months:
            date = datetime.date(int(year), months.index(month) + 1, int(day))
            if date.strftime("%A") != weekday:
                yield f"{weekday}, {month} {day}, {year} was a {date.strftime('%A')}"


def check_sidecar(path):
    fields = json.loads(path.read_text("utf-8"))
    unknown = fields.keys() - {"outlet", "published", "url", "title", "author"}
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    if not any(path.with_name(path.name.removesuffix(".meta.json") + ending).exists() for ending in ("", ".txt")):
        raise ValueError("no text file of that name")


def check_expected(line, texts):
    expected = json.loads(line)
    if expected.keys() != EXPECTED_KEYS:
        yield f"keys are {sorted(expected)}"
        return
    text = texts.get(expected["file"])
    if text is None:
        yield f"no article {expected['file']}"
        return
    if expected["kind"] not in ("direct", "mixed", "indirect"):
        yield f"no kind {expected['kind']}"
    for part in expected["words"]:
        if part not in text:
            yield f"{expected['file']}: not in the text: {part}"
        elif expected["kind"] == "direct" and not re.search(f"[{OPENING_MARKS}]" + re.escape(part), text):
            yield f"{expected['file']}: called direct, without a mark before it: {part}"
    for field in ("cue", "source"):
        if expected[field] is not None and expected[field] not in text:
            yield f"{expected['file']}: {field} not in the text: {expected[field]}"


def problems():
    readme = (SAMPLES / "README.md").read_text("utf-8")
    texts = {}
    for path in sorted(ARTICLES.iterdir()):
        raw = path.read_bytes()
        try:
            if path.name.endswith(".meta.json"):
                check_sidecar(path)
            else:
                texts[path.name] = read_article(path, raw)
                yield from (f"{path.name}: {wrong}" for wrong in wrong_weekdays(texts[path.name]))
                if f"`{path.name}`" not in readme:
                    yield f"{path.name}: not in the table of samples/README.md"
        except ValueError as error:
            yield f"{path.name}: {error}"
        yield from (f"{path.name}: address outside .example: {host}" for host in wrong_hosts(raw))
    for named in re.findall(r"`([\w-]+\.(?:html|txt|jsonl))`", readme):
        if named not in texts:
            yield f"samples/README.md: no article {named}"
    expected = (HERE / "statements.jsonl").read_text("utf-8").splitlines()
    for number, line in enumerate(expected, 1):
        yield from (f"statements.jsonl:{number}: {wrong}" for wrong in check_expected(line, texts))
    if not expected or not texts:
        yield "nothing to check"


def extracted(program):
    """(file, record) -> what the line of fields.jsonl should be."""
    files = sorted(path for path in ARTICLES.iterdir() if not path.name.endswith(".meta.json"))
    done = subprocess.run([program, "extract", "--format", "jsonl", *files], capture_output=True, check=True)
    for line in done.stdout.decode().splitlines():
        article = json.loads(line)
        fields = article["fields"]
        first = {name: next((field["value"] for field in fields if field["name"] == name), None)
                 for name in ("title", "outlet", "published")}
        body = [article["text"].encode()[slice(*paragraph["bytes"])].decode()
                for paragraph in article["paragraphs"] if paragraph["role"] == "body"]
        yield {"file": pathlib.Path(article["path"]).name, "record": article.get("record", 0), **first,
               "author": [field["value"] for field in fields if field["name"] == "author"],
               "begins": " ".join(body[0].split())[:60], "ends": " ".join(body[-1].split())[-60:]}


def wrong_fields(program):
    lines = (HERE / "fields.jsonl").read_text("utf-8").splitlines()
    expected = {(line["file"], line["record"]): line for line in map(json.loads, lines)}
    for found in extracted(program):
        wanted = expected.pop((found["file"], found["record"]), {})
        for name in found:
            if found[name] != wanted.get(name):
                yield f"{found['file']}: {name} is {found[name]!r}, not {wanted.get(name)!r}"
    yield from (f"{file}: record {record} not found" for file, record in expected)


def main():
    found = list(problems())
    if len(sys.argv) > 1:
        found += wrong_fields(sys.argv[1])
    print("\n".join(found) if found else "samples: as the README says")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
