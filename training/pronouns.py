#!/usr/bin/env python3
"""Fits the weights by which "he" and "she" are given to a person: data/pronoun_weights.txt.

usage: pronouns.py fit LABELS.jsonl OUT.txt
       pronouns.py label GOLD QUOTATIONS.jsonl LABELS.jsonl

fit    LABELS.jsonl has a labelled pronoun a line (labels/pronouns.jsonl): {"article", "right", "candidates"}. A candidate is the list of what speaks for him,
       in the order of EVIDENCE; "right" is his index, -1 when it is none of them. Prints what held-out articles get, eight folds.
label  adds such lines. GOLD is a folder for score_speakers.py (eval/labels_to_gold makes one), QUOTATIONS what `onrecord quotes --candidates
       --format jsonl FOLDER/text` prints of the same articles, whose file names are GOLD's.

The loss is the cross entropy of the right candidate among all and "none of them", whose worth is 0; a little of the weights' squares is added. Of several mentions
of a person the program shows the one that speaks for him most by the weights that it was built with, so that label and fit are run twice.
"""
import json
import pathlib
import random
import re
import sys

import numpy as np

EVIDENCE = ["always", "sentences back", "paragraphs back", "gender known", "gender agrees", "subject", "main subject", "subordinate subject", "object",
            "modifier", "after preposition", "since words", "spoke last", "role", "words themselves", "sentences since", "only one"]
PRONOUN = re.compile(r"'(he|she|his|her|him)'(: the nearest| fits nobody)|not sure enough: '(he|she|his|her|him)'", re.I)
HEAD = """# How much counts for a person whom "he" or "she" may mean: evidence, and its weight in logarithms of odds
# (src/reading/pronoun_evidence.h). Made by training/pronouns.py.
"""
STRENGTH, STEPS, RATE, FOLDS, LEAST_MARGIN = 0.003, 300, 0.05, 8, 0.25


def fit(choices):
    weights, mean, square = np.zeros(len(EVIDENCE)), np.zeros(len(EVIDENCE)), np.zeros(len(EVIDENCE))
    for step in range(1, STEPS + 1):
        slope = STRENGTH * weights * len(choices)
        for candidates, right, _ in choices:
            worth = np.append(candidates @ weights, 0)
            odds = np.exp(worth - worth.max())
            slope += candidates.T @ (odds / odds.sum())[:-1] - (candidates[right] if right >= 0 else 0)
        slope /= len(choices)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return weights


def chosen(candidates, weights):
    """The index of the best, -1 when he is not better by enough than the next and than none."""
    worth = candidates @ weights
    order = np.argsort(-worth)
    runner_up = max(0.0, worth[order[1]]) if len(order) > 1 else 0.0
    return order[0] if worth[order[0]] - runner_up >= LEAST_MARGIN else -1


def fit_file(labels, out):
    lines = [json.loads(line) for line in pathlib.Path(labels).read_text().splitlines()]
    choices = [(np.array(line["candidates"], float), line["right"], line["article"]) for line in lines]
    articles = sorted({article for _, _, article in choices})
    random.Random(1).shuffle(articles)
    count = {"right": 0, "wrong": 0, "not told": 0}
    for fold in range(FOLDS):
        held_out = set(articles[fold::FOLDS])
        weights = fit([choice for choice in choices if choice[2] not in held_out])
        for candidates, right, article in choices:
            if article in held_out:
                choice = chosen(candidates, weights)
                count["not told" if choice < 0 else "right" if choice == right else "wrong"] += 1
    print(f"{len(choices)} pronouns of {len(articles)} articles; held out:", ", ".join(f"{k} {v}" for k, v in count.items()))
    weights = fit(choices)
    pathlib.Path(out).write_text(HEAD + "".join(f"{name}\t{weight:.2f}\n" for name, weight in zip(EVIDENCE, weights)))


def label(gold, quotations, labels):
    points = lambda spans: {i for begin, end in spans for i in range(begin, end)}
    words = lambda name: re.findall(r"[\w'-]+", (name or "").lower().replace("’", "'"))
    same = lambda one, other: bool(words(one) and words(other)) and words(one)[-1] == words(other)[-1] and words(one)[0][0] == words(other)[0][0]
    told = {}
    for path in pathlib.Path(gold).glob("*.json"):
        article = json.loads(path.read_text(encoding="utf8"))
        told[path.stem] = [(points(one["content"]), one.get("speaker")) for one in article.get("attributions", article.get("statements", [])) if one.get("says", True)]
    with open(labels, "a", encoding="utf8") as out:
        for line in open(quotations, encoding="utf8"):
            quotation = json.loads(line)
            name, speaker = pathlib.Path(quotation["path"]).stem, quotation["speaker"] or {}
            if quotation["mode"] == "thought" or not quotation["candidates"] or name not in told or not PRONOUN.search(speaker.get("reason", "")):
                continue
            here = points(span["code_points"] for span in quotation["content"])
            overlap = lambda one: len(one[0] & here) / len(one[0] | here)
            best = max(told[name], key=overlap, default=None)
            if not best or overlap(best) < 0.5 or not best[1]:
                continue
            right = [i for i, candidate in enumerate(quotation["candidates"]) if same(best[1], candidate["value"])]
            out.write(json.dumps({"article": name, "right": right[0] if right else -1,
                                  "candidates": [[round(one["evidence"].get(word, 0), 1) for word in EVIDENCE] for one in quotation["candidates"]]}) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["fit"] and len(sys.argv) == 4:
        fit_file(*sys.argv[2:])
    elif sys.argv[1:2] == ["label"] and len(sys.argv) == 5:
        label(*sys.argv[2:])
    else:
        sys.exit(__doc__)
