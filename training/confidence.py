#!/usr/bin/env python3
"""Fits the weights of the confidence: data/report_likelihood.txt anew, from quotations that are labelled.

usage: confidence.py WEIGHTS.txt OUT.txt TRAIN QUOTATIONS SET=QUOTATIONS ...

WEIGHTS.txt are those that the program which made QUOTATIONS was built with: the tagger's margin is worked out from them and the confidence.
TRAIN is PolNeAR's train split; QUOTATIONS are what `onrecord quotes --format jsonl FOLDER/text` prints of it, and of the sets of labels/judged.jsonl.
Labels, all beside this script: speakers.jsonl and speakers-learned.jsonl (what was said of the attributions of 178 articles), judged.jsonl (whether quotations
are statements), said.jsonl (of 377 articles; these tell the words of the cues alone, the other articles the weights).
A quotation is one when half of its words are those of a statement that was said or written; thoughts are left out. Prints the area under the curve before and after, by folds of articles.
"""
import collections
import json
import pathlib
import sys

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "eval"))
import quoted_slice

MARKS = ".,;:!?'\"()"
FEWEST, LEAST, STRENGTH = 3, 0.05, 0.1  # articles' uses of a word, a word's weight that is kept, of the regression over words
LONG, SHOWN = 6, 0.6  # words in marks that are shown in any case: with this confidence their margin cannot be worked out


def verb_forms():
    """As src/reading/lexicon.cpp makes them."""
    forms = set()
    for line in (HERE.parent / "data/reporting_verbs.txt").read_text(encoding="utf8").splitlines():
        if not line or line.startswith("#"):
            continue
        base, *more = line.split("\t")
        doubles = len(base) > 2 and base[-1] not in "aeiouwxy" and base[-2] in "aeiou" and base[-3] not in "aeiou"
        doubles = doubles and (sum(c in "aeiou" for c in base) == 1 or base in ("admit", "refer", "permit", "concur"))
        stem = base + base[-1] if doubles else base
        to_ies = base.endswith("y") and base[-2] not in "aeiou"
        past = base + "d" if base.endswith("e") else base[:-1] + "ied" if to_ies else stem + "ed"
        gerund = base[:-2] + "ying" if base.endswith("ie") else base[:-1] + "ing" if base.endswith("e") and not base.endswith("ee") else stem + "ing"
        third = base[:-1] + "ies" if to_ies else base + "es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else base + "s"
        forms |= {base, third, gerund, *(more[2:4] or [past])}
    return forms


def bare(words):
    return [word for word in (printed.lower().strip(MARKS) for printed in words) if word]


def evidence(quotation, verbs):
    """What report_likelihood.cpp sees of a quotation but the margin, the words of cue and content aside, and these words."""
    text = lambda member: [word for span in quotation[member] for word in span["text"].split()]
    content, cue, kind, speaker = text("content_with_marks"), bare(text("cue")), quotation["kind"], quotation["speaker"]
    named = bool(speaker and speaker["value"])
    seen = {"always": True, "direct": kind == "direct", "mixed": kind == "mixed", "parted": kind == "indirect" and len(quotation["content_with_marks"]) > 1,
            "few words": len(content) <= 4, "long in marks": kind == "direct" and len(content) >= LONG, "no cue": not cue, "no reporting verb": bool(cue) and not verbs & set(cue),
            "said": bool({"said", "says", "say", "told"} & set(cue)), "might say": bool({"may", "might", "could", "would", "will", "can", "should"} & set(cue)),
            "long cue": len(cue) > 2, "no source": not (speaker and speaker["spans"]), "no speaker": not named, "by a person": named and speaker["kind"] == "person",
            "written": quotation["mode"] == "writing", "ends a sentence": quotation["ends"]}
    first = bare(text("content"))[:1]
    return {name: 1.0 for name, so in seen.items() if so}, [f"cue {word}" for word in cue] + [f"first {word}" for word in first]


def margin_of(confidence, rest, weights):
    """What the confidence of a quotation tells of the margin, the other evidence given."""
    x = 2 * confidence - 1
    a, b, c = weights["margin squared"], weights["margin"], rest - x / (1 - abs(x))
    root = b * b - 4 * a * c
    return min(1.0, max(0.0, (-b + root ** 0.5) / (2 * a) if root > 0 and a else -c / b))


def is_lifted(quotation):
    """Whether a quotation has the least confidence that is shown because it stands in marks."""
    return quotation["kind"] == "direct" and abs(quotation["confidence"] - SHOWN) < 0.0005


class Row:
    def __init__(self, article, quotation, good, weights, verbs):
        self.article, self.good, self.old = article, good, quotation["confidence"]
        self.evidence, self.words = evidence(quotation, verbs)
        rest = sum(weights.get(name, 0) for name in [*self.evidence, *self.words])
        margin = margin_of(self.old, rest, weights)
        self.evidence.update({"margin": margin, "margin squared": margin * margin})


def points(spans):
    return {i for begin, end in spans for i in range(begin, end)}


def read(path):
    """The quotations of each article that are no thoughts, with `ends`: whether a sentence ends behind them."""
    articles, texts = collections.defaultdict(list), {}
    for line in open(path, encoding="utf8"):
        quotation = json.loads(line)
        if quotation["mode"] == "thought" or is_lifted(quotation):
            continue
        source = pathlib.Path(quotation["path"])
        if source not in texts:
            texts[source] = source.read_bytes().decode("utf8")
        end = quotation["content_with_marks"][-1]["code_points"][1]
        quotation["ends"] = texts[source][end:end + 1] in tuple('.?!"\n')
        articles[source.stem].append(quotation)
    return articles


def labelled_rows(name, train, quotations, weights, verbs):
    """Rows of the articles in a file of labels: good are those of which an attribution was said or written."""
    for line in open(HERE / "labels" / name, encoding="utf8"):
        labels = json.loads(line)
        said = {a["id"]: bool(a["says"]) for a in labels["attributions"]} if "attributions" in labels else \
            {i: mode != "thought" for mode in ("speech", "writing", "thought") for i in labels[mode]}
        gold = [(points(a["content"]), said[i]) for i, a in quoted_slice.gold_events(train / "attributions" / labels["annotations"]) if i in said]
        for quotation in quotations.get(labels["article"], []):
            own = points(span["code_points"] for span in quotation["content_with_marks"])
            best = max(gold, key=lambda g: len(g[0] & own) / len(g[0] | own), default=(set(), False))
            yield Row(labels["article"], quotation, best[1] and 2 * len(best[0] & own) >= len(best[0] | own), weights, verbs)


def judged_rows(sets, weights, verbs):
    for line in open(HERE / "labels/judged.jsonl", encoding="utf8"):
        article = json.loads(line)
        verdicts = {tuple(s["content"]): s["said"] and s["words"] == "ok" for s in article["statements"]}
        for quotation in sets.get(article["set"], {}).get(article["article"], []):
            hull = quotation["content"][0]["code_points"][0], quotation["content"][-1]["code_points"][1]
            if hull in verdicts:
                yield Row(article["article"], quotation, bool(verdicts[hull]), weights, verbs)


def word_weights(rows):
    """By a regression over evidence and words of rows that are not used again."""
    uses = collections.Counter(word for row in rows for word in set(row.words))
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([{**row.evidence, **{word: 1.0 for word in row.words if uses[word] >= FEWEST}} for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(x, [row.good for row in rows])
    return {name: weight for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0]) if name.startswith(("cue ", "first ")) and abs(weight) >= LEAST}


def fit(rows, words):
    names = sorted({name for row in rows for name in row.evidence} - {"always"})
    table = lambda some: np.array([[row.evidence.get(name, 0) for name in names] + [sum(words.get(word, 0) for word in row.words)] for row in some])
    model = LogisticRegression(C=1.0, max_iter=5000).fit(table(rows), [row.good for row in rows])
    return dict(zip(names, model.coef_[0])) | {"always": model.intercept_[0]}, model.coef_[0][-1], lambda some: model.decision_function(table(some))


def bend(sums, good):
    """(times, plus) that make the product's bounded curve, .5 + .5 x / (1 + |x|), of a logistic sum: by the least surprise."""
    def surprise(times, plus):
        x = times * sums + plus
        likely = 0.5 + 0.5 * x / (1 + abs(x))
        return -np.mean(np.log(np.where(good, likely, 1 - likely)))
    return min(((times, plus) for times in np.arange(0.8, 2.6, 0.05) for plus in np.arange(-0.6, 0.61, 0.05)), key=lambda pair: surprise(*pair))


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    old, out, train = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    lines = old.read_text(encoding="utf8").splitlines()
    weights = {name: float(weight) for name, weight in (line.split("\t") for line in lines if line and not line.startswith("#"))}
    verbs = verb_forms()
    sets = {"polnear/train": read(sys.argv[4])}
    for pair in sys.argv[5:]:
        name, path = pair.split("=", 1)
        sets[name] = read(path)
    known = sets["polnear/train"]
    rows = [row for name in ("speakers.jsonl", "speakers-learned.jsonl") for row in labelled_rows(name, train, known, weights, verbs)]
    rows += judged_rows(sets, weights, verbs)
    used = {row.article for row in rows}
    words = word_weights([row for row in labelled_rows("said.jsonl", train, known, weights, verbs) if row.article not in used])
    good, articles = np.array([row.good for row in rows]), [row.article for row in rows]
    folds = np.zeros(len(rows))
    for some, others in GroupKFold(5).split(rows, good, articles):
        folds[others] = fit([rows[i] for i in some], words)[2]([rows[i] for i in others])
    print(f"{len(rows)} quotations of {len(used)} articles, {good.mean():.3f} statements; area {roc_auc_score(good, [row.old for row in rows]):.4f} -> {roc_auc_score(good, folds):.4f}; "
          f"{len(words)} words")
    evidence_weights, word_times, _ = fit(rows, words)
    times, plus = bend(folds, good)
    evidence_weights = {name: times * weight for name, weight in evidence_weights.items()}
    evidence_weights["always"] += plus
    print(f"bent by {times:.2f}, {plus:.2f}")
    with open(out, "w", encoding="utf8") as file:
        file.writelines(line + "\n" for line in lines if line.startswith("#"))
        file.writelines(f"{name}\t{evidence_weights[name]:.3f}\n" for name in sorted(evidence_weights))
        file.writelines(f"{word}\t{times * word_times * weight:.3f}\n" for word, weight in sorted(words.items()))


if __name__ == "__main__":
    main()
