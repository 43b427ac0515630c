#!/usr/bin/env python3
"""Reads an exported fast tagger back as weights to begin a training run with (fast_tagger.py --begin).

usage: unpack_fast.py MODEL.bin OUT.pt

The reverse of export.py; its docstring is the file format.
"""
import sys

import numpy as np
import torch

import fast_tagger
from unpack_precise import Reader

TABLES = 16


def main():
    packed, out = sys.argv[1:3]
    r = Reader(open(packed, "rb").read())
    if r.take("i1", 8).tobytes() != b"ORTAG003":
        raise SystemExit(f"{packed}: not a fast tagger")
    width, vectors, depth = r.numbers(3)
    config = dict(fast_tagger.CONFIG, width=width, dilations=tuple(r.numbers(depth)))
    r.skip_names()
    net, sizes = r.tables(TABLES, width)

    def affine(name, outputs, inputs, pieces):
        weights, bias = r.dense(outputs, inputs)
        each = outputs // pieces
        for kind, array in (("weight", weights), ("bias", bias)):  # the pieces of an output beside each other
            net[f"{name}.{kind}"] = np.stack([array[p * each:(p + 1) * each] for p in range(pieces)], 1).reshape(array.shape)

    def norm(name):
        net[name + ".weight"], net[name + ".bias"] = r.take("<f4", width), r.take("<f4", width)

    affine("vectors", width, vectors, 1), norm("norm0")
    for i in range(depth):
        affine(f"layers.{i}", 2 * width, 4 * width, 2), norm(f"norms.{i}")
    labels = len(fast_tagger.LABELS)
    net["out.weight"], net["out.bias"] = r.take("<f2", labels, width), r.take("<f4", labels)
    crf = dict(step=r.take("<f4", labels, labels), begin=r.take("<f4", labels))
    if r.at != len(r.blob):
        raise SystemExit(f"{packed}: {len(r.blob) - r.at} bytes are left at {r.at}")
    tagger, path = fast_tagger.Tagger(sizes, config), fast_tagger.Crf()
    tagger.load_state_dict({k: torch.tensor(v) for k, v in net.items()})
    path.load_state_dict({k: torch.tensor(v) for k, v in crf.items()}, strict=False)
    torch.save(dict(config=config, sizes=sizes, net=tagger.state_dict(), crf=path.state_dict()), out)


if __name__ == "__main__":
    main()
