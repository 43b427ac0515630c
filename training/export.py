#!/usr/bin/env python3
"""Writes a trained fast tagger as the file that the product reads.

usage: export.py MODEL.pt MODEL_DIR OUT.bin       MODEL_DIR: the spaCy pipeline it was trained on

All numbers little-endian; u32 unless said otherwise. Arrays of bytes begin at the next multiple of 64 from the file's begin.
  "ORTAG003", width, width of the encoders' vectors, number of layers, a dilation a layer,
  labels of tags, of dependencies, of entities: each a count, then size and bytes of every string; label i has the number i + 1,
  16 tables: rows, a float32 scale a row, rows of int8 (value = byte * scale),
  affine layers: the vectors' (1 piece; then gain and shift, float32, of the first norm), every layer's (2 pieces, inputs left, middle, right, head;
  then gain and shift of its norm): float32 bias and scale an output, then the int8 weights as [16 outputs][4 inputs][output][input], the outputs of
  the first piece before those of the second,
  the output's (7 outputs): float16 weights [output][input], float32 biases,
  the CRF: float32 [from][to], float32 [first].
The network under the precise tagger's encoder (export_precise.py) has the first 13 tables, and affine layers as float16 weights [output][piece][input]
with float32 biases [output][piece].
"""
import struct
import sys

import numpy as np
import spacy
import torch


ALIGNMENT = 64


def quantized(weights):
    """Rows of bytes and a scale a row."""
    scale = np.maximum(np.abs(weights).max(1), 1e-8).astype(np.float32) / 127
    return scale, np.rint(weights / scale[:, None]).astype(np.int8)


class Writer:
    def __init__(self, magic):
        self.blob = bytearray(magic)

    def numbers(self, *values):
        self.blob += struct.pack(f"<{len(values)}I", *values)

    def text(self, text):
        self.numbers(len(text.encode()))
        self.blob += text.encode()

    def floats(self, *arrays):
        for array in arrays:
            self.blob += np.ascontiguousarray(array, dtype="<f4").tobytes()

    def halves(self, array):
        self.blob += np.ascontiguousarray(array, dtype="<f2").tobytes()

    def bytes_(self, array):
        self.blob += b"\0" * (-len(self.blob) % ALIGNMENT) + np.ascontiguousarray(array, dtype=np.int8).tobytes()

    def dense(self, weights, bias):
        scale, rows = quantized(weights)
        self.floats(bias, scale)
        outputs, inputs = rows.shape
        self.bytes_(rows.reshape(outputs // 16, 16, inputs // 4, 4).transpose(0, 2, 1, 3))


def write_tagger(w, saved, model, in_bytes):
    """Everything after the mark."""
    config, net, crf = saved["config"], {k: v.numpy() for k, v in saved["net"].items()}, {k: v.numpy() for k, v in saved["crf"].items()}
    nlp = spacy.load(model)
    w.numbers(config["width"], 192, len(config["dilations"]), *config["dilations"])
    for names in (list(nlp.get_pipe("tagger").labels), sorted(set(nlp.get_pipe("parser").labels) | {"ROOT", "dep"}), list(nlp.get_pipe("ner").labels)):
        w.numbers(len(names))
        for name in names:
            w.text(name)
    for i in range(len(saved["sizes"])):
        scale, rows = quantized(net[f"tables.{i}.weight"])
        w.numbers(len(rows))
        w.floats(scale)
        w.blob += rows.tobytes()

    def affine(name, pieces):
        weights, bias = net[name + ".weight"], net[name + ".bias"]
        if in_bytes:
            w.dense(*(np.concatenate([array[piece::pieces] for piece in range(pieces)]) for array in (weights, bias)))
        else:
            w.halves(weights), w.floats(bias)

    def norm(name):
        w.floats(net[name + ".weight"], net[name + ".bias"])

    affine("vectors", 1), norm("norm0")
    for i in range(len(config["dilations"])):
        affine(f"layers.{i}", 2), norm(f"norms.{i}")
    w.halves(net["out.weight"]), w.floats(net["out.bias"])
    w.floats(crf["step"], crf["begin"])


def main():
    checkpoint, model, out = sys.argv[1:4]
    w = Writer(b"ORTAG003")
    write_tagger(w, torch.load(checkpoint), model, in_bytes=True)
    open(out, "wb").write(w.blob)
    print(f"{out}: {len(w.blob)} bytes")


if __name__ == "__main__":
    main()
