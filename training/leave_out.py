#!/usr/bin/env python3
"""How the fast tagger reads what it never saw the like of: every outlet, or every month, left out once.

usage: leave_out.py TRAIN.npz FOLDER outlet|month [--epochs 3]

For each outlet (or month) of TRAIN, fast_tagger.py learns from all others and is scored on it, and once on every tenth article with all of them known.
Labels alone, no teacher, few epochs: what counts is the difference between the two. FOLDER keeps what is done, so that a run that was stopped goes on.
Articles are named OUTLET_DATE_TITLE. Prints a table: exact F1 of source, cue and content, left out and known, by the same articles.
"""
import argparse
import json
import os
import re
import subprocess
import sys

import numpy as np

from fast_tagger import pieces

KINDS = ("source", "cue", "content")
GROUP = {"outlet": lambda name: name.split("_")[0], "month": lambda name: name.split("_")[1][:7]}
PATTERN = {"outlet": "^{}_", "month": "_{}-"}


def gold_of(file):
    """{name: [{(kind, begin, end)} of each annotator]}, by places in the text."""
    data, gold, at = np.load(file), {}, 0
    names, starts, spans, labels = (data[key] for key in ("names", "starts", "spans", "labels"))
    for article in data["label_article"]:
        begin, end = starts[article], starts[article + 1]
        places, own = spans[begin:end], labels[at:at + end - begin]
        at += end - begin
        gold.setdefault(str(names[article]), []).append({(kind, int(places[b][0]), int(places[e - 1][1])) for kind, b, e in pieces(own)})
    return gold


def predicted(file):
    found = {}
    for line in open(file, encoding="utf8"):
        article = json.loads(line)
        found[article["article"]] = {(kind, *spans[0]) for quotation in article["quotations"] for kind, spans in quotation.items()}
    return found


def f1(names, gold, found):
    scores = []
    for kind in KINDS:
        hit = both = 0
        for name in names:
            for one in gold[name]:
                g, p = ({s for s in spans if s[0] == kind} for spans in (one, found[name]))
                hit, both = hit + len(g & p), both + len(g) + len(p)
        scores.append(200 * hit / max(1, both))
    return " / ".join(f"{score:.1f}" for score in scores)


def learn(train, out, epochs, *how):
    if not os.path.exists(out + ".jsonl"):
        with open(out + ".log", "w") as log:
            subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "fast_tagger.py"), train, train, out, "--epochs", str(epochs), *how], check=True, stdout=log)
    return predicted(out + ".jsonl")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("train"), arguments.add_argument("folder"), arguments.add_argument("by", choices=GROUP)
    arguments.add_argument("--epochs", type=int, default=3)
    a = arguments.parse_args()
    os.makedirs(a.folder, exist_ok=True)
    gold = gold_of(a.train)
    known = learn(a.train, os.path.join(a.folder, "tenth"), a.epochs, "--held-out", "10")
    print("| left out | articles | source / cue / content | of them in the tenth | left out | known |\n|---|--:|---|--:|---|---|")
    every, everywhere = {}, []
    for group in sorted({GROUP[a.by](name) for name in gold}):
        found = learn(a.train, os.path.join(a.folder, group), a.epochs, "--leave-out", PATTERN[a.by].format(re.escape(group)))
        tenth = sorted(set(found) & set(known))
        every.update(found), everywhere.extend(tenth)
        print(f"| {group} | {len(found)} | {f1(found, gold, found)} | {len(tenth)} | {f1(tenth, gold, found)} | {f1(tenth, gold, known)} |", flush=True)
    print(f"| all | {len(every)} | {f1(every, gold, every)} | {len(everywhere)} | {f1(everywhere, gold, every)} | {f1(everywhere, gold, known)} |")


if __name__ == "__main__":
    main()
