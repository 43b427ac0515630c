#!/usr/bin/env python3
"""Writes a trained fast tagger as the file that the product reads, and says what the rounding costs.

usage: export.py MODEL.pt MODEL_DIR OUT.bin       MODEL_DIR: the spaCy pipeline it was trained on

All numbers little-endian; u32 unless said otherwise:
  "ORTAG001", width, width of the encoders' vectors, number of layers, a dilation a layer,
  labels of tags, of dependencies, of entities: each a count, then size and bytes of every string; label i has the number i + 1,
  13 tables: rows, a float32 scale a row, rows of int8 (value = byte * scale),
  affine layers as float16 weights [output][piece][input] and float32 biases [output][piece]: the vectors' (1 piece; then gain and shift of
  the first norm), every layer's (2 pieces, inputs left, middle, right, head; then gain and shift of its norm), the output's (1 piece, 7 outputs),
  the CRF: float32 [from][to], float32 [first].
"""
import struct
import sys

import numpy as np
import spacy
import torch


def write(checkpoint, model, out):
    saved = torch.load(checkpoint)
    config, net, crf = saved["config"], {k: v.numpy() for k, v in saved["net"].items()}, {k: v.numpy() for k, v in saved["crf"].items()}
    nlp = spacy.load(model)
    names = [list(nlp.get_pipe("tagger").labels), sorted(set(nlp.get_pipe("parser").labels) | {"ROOT", "dep"}), list(nlp.get_pipe("ner").labels)]
    blob = [b"ORTAG001", struct.pack("<3I", config["width"], 192, len(config["dilations"])), struct.pack(f"<{len(config['dilations'])}I", *config["dilations"])]
    for list_ in names:
        blob.append(struct.pack("<I", len(list_)))
        for name in list_:
            raw = name.encode()
            blob.append(struct.pack("<I", len(raw)) + raw)
    for i in range(len(saved["sizes"])):
        table = net[f"tables.{i}.weight"]
        scale = np.maximum(np.abs(table).max(1), 1e-8).astype(np.float32) / 127
        blob += [struct.pack("<I", len(table)), scale.astype("<f4").tobytes(), np.rint(table / scale[:, None]).astype(np.int8).tobytes()]

    def affine(name):
        blob.append(net[name + ".weight"].astype("<f2").tobytes())
        blob.append(net[name + ".bias"].astype("<f4").tobytes())

    def norm(name):
        blob.append(net[name + ".weight"].astype("<f4").tobytes())
        blob.append(net[name + ".bias"].astype("<f4").tobytes())

    affine("vectors"), norm("norm0")
    for i in range(len(config["dilations"])):
        affine(f"layers.{i}"), norm(f"norms.{i}")
    affine("out")
    blob += [crf["step"].astype("<f4").tobytes(), crf["begin"].astype("<f4").tobytes()]
    data = b"".join(blob)
    open(out, "wb").write(data)
    return len(data)


def main():
    print(f"{sys.argv[3]}: {write(*sys.argv[1:4])} bytes")


if __name__ == "__main__":
    main()
