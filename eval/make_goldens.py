#!/usr/bin/env python3
"""Writes the golden dumps of tests/language/golden/: what Python's spaCy says of the texts there.

usage: eval/make_goldens.py MODEL_DIR        MODEL_DIR: the unpacked pipeline, en_core_web_sm 3.8.0

Run only to regenerate, with pinned packages:
    python3.11 -m venv /tmp/spacy && /tmp/spacy/bin/pip install spacy==3.8.18 thinc==8.3.14 srsly==2.5.6 numpy==2.4.6
A text case is tests/language/golden/NAME.txt, bytes as they are. Its dump is NAME.json: one array a token,
[begin, end (code points), space, tag, pos, morph, lemma, head, dep, sentence start, entity, ORTH, NORM, PREFIX, SUFFIX,
SHAPE ids as text]; for the case `encoder` also the output of both encoders, row by row.
"""
import glob
import json
import os
import sys

import spacy
from spacy.attrs import NORM, ORTH, PREFIX, SHAPE, SUFFIX

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests", "language", "golden")


def token_row(token, ids):
    entity = token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "")
    return [token.idx, token.idx + len(token), bool(token.whitespace_), token.tag_, token.pos_, str(token.morph),
            token.lemma_, token.head.i, token.dep_, bool(token.is_sent_start), entity] + [str(i) for i in ids]


def encoders(nlp, doc):
    shared = nlp.get_pipe("tok2vec").predict([doc])[0]
    own = nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].predict([doc])[0]
    return {"tok2vec": shared, "ner": own}


def main():
    nlp = spacy.load(sys.argv[1])
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.txt"))):
        text = open(path, encoding="utf8", newline="").read()
        doc = nlp(text)
        ids = doc.to_array([ORTH, NORM, PREFIX, SUFFIX, SHAPE])
        dump = {"tokens": [token_row(t, row) for t, row in zip(doc, ids.tolist())]}
        if os.path.basename(path) == "encoder.txt":
            for name, rows in encoders(nlp, doc).items():
                dump[name] = [[round(float(v), 6) for v in row] for row in rows]
        with open(path[:-4] + ".json", "w", encoding="utf8") as out:
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in dump["tokens"])
            rest = "".join(',\n"%s":%s' % (k, json.dumps(dump[k])) for k in dump if k != "tokens")
            out.write('{"tokens":[\n%s]%s}\n' % (rows, rest))


main()
