#!/usr/bin/env python3
"""What the language layer says of every token of a split, as arrays a training run can load.

usage: features.py MODEL_DIR SPLIT_DIR OUT.npz      SPLIT_DIR holds text/*.txt and attributions/*.ann (PolNeAR's layout), or text/*.txt alone

Where there are no annotations every label is 0 (fast_tagger.py --more asks a teacher instead). Paragraphs (separated by an empty line; lines, where a text
has none) are given to the pipeline one by one, as the product does it. A token of value
"paragraph break" stands between two of them. Rows of OUT: one a token; `starts` says where an article begins. `pieces` holds a row a labelled span: annotation,
attribution in it, kind (0 source, 1 cue, 2 content), first and last + 1 token in the article.
"""
import bisect
import glob
import os
import re
import sys

import numpy as np
import spacy
from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]


def read_attributions(path):
    """[{source, cue, content}] of a brat file; spans in code points."""
    spans, out = {}, []
    for line in open(path, encoding="utf8", newline=""):
        line = line.rstrip("\r\n")
        if re.match(r"T\d+\t", line):
            name, head, *_ = line.split("\t", 2)
            kind, offsets = head.split(" ", 1)
            spans[name] = (kind.lower(), [tuple(map(int, s.split())) for s in offsets.split(";")])
        elif re.match(r"E\d+\t", line):
            attribution = {"source": [], "cue": [], "content": []}
            for argument in line.split("\t", 1)[1].split():
                kind, offsets = spans.get(argument.split(":", 1)[1], ("", []))
                if kind in attribution:
                    attribution[kind] += offsets
            if attribution["content"]:
                out.append(attribution)
    return out


def paragraphs(text):
    """[begin, end) of every paragraph, without white space around it."""
    at = 0
    gaps = list(re.finditer(r"\n[ \t\r]*\n\s*", text)) or list(re.finditer(r"\n\s*", text))
    for gap in gaps + [None]:
        begin, end = at, gap.start() if gap else len(text)
        at = gap.end() if gap else len(text)
        piece = text[begin:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield begin + lead, begin + len(piece.rstrip())


def main():
    model, split, out = sys.argv[1:4]
    nlp = spacy.load(model)
    t2v, ner = nlp.get_pipe("tok2vec"), nlp.get_pipe("ner")
    ner_t2v = ner.model.get_ref("tok2vec").layers[0]  # without the projection to the state
    tags = {t: i + 1 for i, t in enumerate(nlp.get_pipe("tagger").labels)}
    deps = {d: i + 1 for i, d in enumerate(sorted(set(nlp.get_pipe("parser").labels) | {"ROOT", "dep"}))}
    ents = {e: i + 1 for i, e in enumerate(ner.labels)}
    ids, small, head, vectors, labels, pieces, spans, starts, names = [], [], [], [], [], [], [], [], []
    row = 0
    by_article = {}
    if not os.path.isdir(os.path.join(split, "attributions")):
        by_article = {os.path.basename(path)[: -len(".txt")]: [None] for path in glob.glob(os.path.join(split, "text", "*.txt"))}
    for path in sorted(glob.glob(os.path.join(split, "attributions", "*.ann"))):
        by_article.setdefault(os.path.basename(path).rsplit("_", 1)[0], []).append(path)
    for article, annotations in sorted(by_article.items()):
        text = open(os.path.join(split, "text", article + ".txt"), encoding="utf8", newline="").read()
        starts.append(row)
        names.append(article)
        first = row
        bounds = list(paragraphs(text))
        for (begin, end), doc in zip(bounds, nlp.pipe(text[b:e] for b, e in bounds)):
            a = doc.to_array([NORM, PREFIX, SUFFIX, SHAPE])
            ids.append(a)
            for t in doc:
                small.append((tags.get(t.tag_, 0), deps.get(t.dep_, 0), (ents.get(t.ent_type_, 0) * 2 + (t.ent_iob_ == "B")), t.is_sent_start or 0))
                head.append(t.head.i - t.i)
                spans.append((begin + t.idx, begin + t.idx + len(t)))
            vectors.append(np.concatenate([doc.tensor, ner_t2v.predict([doc])[0]], 1).astype(np.float16))
            # the break after the paragraph
            ids.append(np.zeros((1, 4), np.uint64))
            small.append((0, 0, 0, 1))
            head.append(0)
            spans.append((end, end))
            vectors.append(np.zeros((1, 192), np.float16))
            row += len(doc) + 1
        begins, ends = [s[0] for s in spans[first:row]], [s[1] for s in spans[first:row]]
        for path in annotations:
            y = np.zeros(row - first, np.int8)
            for number, attribution in enumerate(read_attributions(path) if path else []):
                for kind_number, kind in enumerate(("source", "cue", "content")):
                    for b, e in sorted(attribution[kind]):
                        inside = [i for i in range(bisect.bisect_left(begins, b), bisect.bisect_left(begins, e)) if ends[i] > begins[i]]
                        if inside:
                            y[inside] = LABELS.index("I-" + kind)
                            y[inside[0]] = LABELS.index("B-" + kind)
                            pieces.append((len(labels), number, kind_number, inside[0], inside[-1] + 1))
            labels.append((len(names) - 1, y))
    starts.append(row)
    np.savez(out, ids=np.concatenate(ids), small=np.array(small, np.uint8), head=np.array(head, np.int32), vectors=np.concatenate(vectors),
             spans=np.array(spans, np.int32), starts=np.array(starts), names=np.array(names), label_article=np.array([a for a, _ in labels]),
             labels=np.concatenate([y for _, y in labels]), pieces=np.array(pieces, np.int32))
    print(f"{len(names)} articles, {row} tokens, {len(labels)} annotations", file=sys.stderr)


if __name__ == "__main__":
    main()
