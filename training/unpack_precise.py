#!/usr/bin/env python3
"""Reads an exported precise tagger back as weights to begin a training run with (precise_tagger.py --begin).

usage: unpack_precise.py MODEL.bin ENCODER_DIR OUT.pt

The reverse of export_precise.py. Word pieces and positions that the file leaves out are those of the encoder's package.
"""
import sys

import numpy as np
import torch

import export
import fast_tagger
import precise_tagger
from encoders import encoder_of

TABLES = 13  # of the network over an encoder


class Reader:
    def __init__(self, blob):
        self.blob, self.at = blob, 0

    def take(self, kind, *shape):
        out = np.frombuffer(self.blob, kind, int(np.prod(shape)), self.at).reshape(shape)
        self.at += out.nbytes
        return out.astype("f4") if out.dtype.kind == "f" else out

    def numbers(self, count):
        return [int(n) for n in self.take("<u4", count)]

    def text(self):
        return self.take("i1", self.numbers(1)[0]).tobytes().decode()

    def aligned(self, *shape):
        self.at += -self.at % export.ALIGNMENT
        return self.take("i1", *shape)

    def skip_names(self):
        """Of tags, dependencies and entities."""
        for _ in range(3):
            for _ in range(self.numbers(1)[0]):
                self.text()

    def tables(self, count, width):
        """({name: rows}, sizes) of the network's tables."""
        tables, sizes = {}, []
        for i in range(count):
            sizes += self.numbers(1)
            scale = self.take("<f4", sizes[-1])
            tables[f"tables.{i}.weight"] = self.take("i1", sizes[-1], width) * scale[:, None]
        return tables, sizes

    def dense(self, outputs, inputs):
        bias, scale = self.take("<f4", outputs), self.take("<f4", outputs)
        rows = self.aligned(outputs // 16, inputs // 4, 16, 4).transpose(0, 2, 1, 3).reshape(outputs, inputs)
        return rows * scale[:, None], bias


def main():
    packed, folder, out = sys.argv[1:4]
    r = Reader(open(packed, "rb").read())
    if r.take("i1", 16).tobytes() != b"ORTAG002ORENC001":
        raise SystemExit(f"{packed}: not a precise tagger")
    labels = len(fast_tagger.LABELS)
    layers, width, heads, inner, positions, size = r.numbers(6)
    known = {piece: i for i, piece in enumerate(open(f"{folder}/vocab.txt", encoding="utf8").read().rstrip("\n").split("\n"))}
    kept = [known[piece] for piece in r.take("i1", size).tobytes().decode().split("\n")]
    encoder = encoder_of(folder)
    net, at = {k: v.numpy().copy() for k, v in encoder.state_dict().items()}, "embeddings."
    scale = r.take("<f4", len(kept))
    net[at + "word_embeddings.weight"][kept] = r.aligned(len(kept), width) * scale[:, None]
    net[at + "position_embeddings.weight"][:positions] = r.take("<f2", positions, width) - net[at + "token_type_embeddings.weight"][0]

    def norm(name):
        net[name + ".LayerNorm.weight"], net[name + ".LayerNorm.bias"] = r.take("<f4", width), r.take("<f4", width)

    def dense(name, weights, bias):
        net[name + ".weight"], net[name + ".bias"] = weights, bias

    norm("embeddings")
    for i in range(layers):
        layer = f"encoder.layer.{i}."
        weights, bias = r.dense(3 * width, width)
        for k, (name, divided) in enumerate((("query", np.sqrt(width // heads)), ("key", 1), ("value", 1))):
            rows = slice(k * width, (k + 1) * width)
            dense(layer + "attention.self." + name, weights[rows] * np.float32(divided), bias[rows] * np.float32(divided))
        dense(layer + "attention.output.dense", *r.dense(width, width)), norm(layer + "attention.output")
        dense(layer + "intermediate.dense", *r.dense(inner, width))
        dense(layer + "output.dense", *r.dense(width, inner)), norm(layer + "output")

    tagger_width, vectors, depth = r.numbers(3)
    config = dict(precise_tagger.CONFIG, width=tagger_width, dilations=tuple(r.numbers(depth)))
    r.skip_names()
    tagger, sizes = r.tables(TABLES, tagger_width)

    def affine(name, outputs, inputs):
        tagger[name + ".weight"], tagger[name + ".bias"] = r.take("<f2", outputs, inputs), r.take("<f4", outputs)

    affine("vectors", tagger_width, vectors + width)
    tagger["norm0.weight"], tagger["norm0.bias"] = r.take("<f4", tagger_width), r.take("<f4", tagger_width)
    for i in range(depth):
        affine(f"layers.{i}", 2 * tagger_width, 4 * tagger_width)
        tagger[f"norms.{i}.weight"], tagger[f"norms.{i}.bias"] = r.take("<f4", tagger_width), r.take("<f4", tagger_width)
    tagger["out.weight"], tagger["out.bias"] = r.take("<f2", labels, tagger_width), r.take("<f4", labels)
    crf = dict(step=r.take("<f4", labels, labels), begin=r.take("<f4", labels))
    if r.at != len(r.blob):
        raise SystemExit(f"{packed}: {len(r.blob) - r.at} bytes are left at {r.at}")
    whole = precise_tagger.PreciseTagger(encoder, sizes, config)
    whole.load_state_dict({k: torch.tensor(v) for k, v in ({"encoder." + k: v for k, v in net.items()} | {"tagger." + k: v for k, v in tagger.items()}).items()})
    path = fast_tagger.Crf()
    path.load_state_dict({k: torch.tensor(v) for k, v in crf.items()}, strict=False)
    torch.save(dict(config=config, sizes=sizes, net=whole.state_dict(), crf=path.state_dict()), out)


if __name__ == "__main__":
    main()
