"""Reads the pages of an HTML set with the product and writes their bodies as the extraction scorer takes them.

A set is a folder with `html/NAME.html.gz`. The predictions of the set S go to `S.bodies.json`:
{"NAME": {"articleBody": text, "title": text, "authors": [text], "published": text}}; a page that the product rejects
stands there with an empty body.
"""
import json
import pathlib
import subprocess
import unicodedata

PAGES_PER_CALL = 500  # keeps the command line far below the system's limit
TUNED_ON = "01234567"  # the extraction's rules were made on the pages whose name begins so; the others only confirm


def run(directory, set_name, out_dir, onrecord_binary):
    """Extracts every page of the set; returns the path of the predictions and the number of pages read."""
    pages = sorted((pathlib.Path(directory) / set_name / "html").glob("*.html.gz"))
    bodies = {page_name(page): empty_prediction() for page in pages}
    for first in range(0, len(pages), PAGES_PER_CALL):
        for article in extract(onrecord_binary, pages[first : first + PAGES_PER_CALL]):
            bodies[page_name(article["path"])] = prediction(article)
    target = pathlib.Path(out_dir) / f"{set_name}.bodies.json"
    target.write_text(json.dumps(bodies, ensure_ascii=False), encoding="utf-8")
    return target, len(pages)


def extract(onrecord_binary, pages):
    command = [str(onrecord_binary), "extract", *map(str, pages), "--format", "jsonl"]
    finished = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    finished_with_rejections = 3
    if finished.returncode not in (0, finished_with_rejections):
        raise RuntimeError(f"onrecord extract ended with {finished.returncode}")
    # Not splitlines(): a text may hold U+2028, which is no end of line here.
    return [json.loads(line) for line in finished.stdout.decode("utf-8").split("\n") if line.strip()]


def prediction(article):
    text = article["text"].encode("utf-8")
    body = [
        text[paragraph["bytes"][0] : paragraph["bytes"][1]].decode("utf-8")
        for paragraph in article["paragraphs"]
        if paragraph["role"] == "body"
    ]
    return {
        "articleBody": "\n\n".join(body),
        "title": first_value(article, "title"),
        "authors": [field["value"] for field in article["fields"] if field["name"] == "author"],
        "published": first_value(article, "published"),
    }


def gold_rows(path):
    """{page name: row} of a list of rows with html_file; {} for gold of another form."""
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    if not isinstance(rows, list):
        return {}
    named = {page_name(row["html_file"]): row for row in rows}
    html = pathlib.Path(path).parent / "html"
    return {name: row for name, row in named.items() if (html / f"{name}.html.gz").exists()}


def held_out(rows):
    return {name: row for name, row in rows.items() if name[0] not in TUNED_ON}


def titles_exact(rows, bodies):
    """(titles that are the same but for white space and the form of a character, pages whose title is told)."""
    plain = lambda text: " ".join(unicodedata.normalize("NFKC", text or "").split())
    told = {name: row for name, row in rows.items() if row.get("title")}
    same = sum(plain(row["title"]) == plain(bodies.get(name, {}).get("title")) for name, row in told.items())
    return same, len(told)


def first_value(article, name):
    return next((field["value"] for field in article["fields"] if field["name"] == name), "")


def empty_prediction():
    return {"articleBody": "", "title": "", "authors": [], "published": ""}


def page_name(path):
    return pathlib.Path(path).name.removesuffix(".gz").removesuffix(".html")
