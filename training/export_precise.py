#!/usr/bin/env python3
"""Writes a trained precise tagger as the file that the product reads.

usage: export_precise.py MODEL.pt ENCODER_DIR MODEL_DIR OUT.bin       MODEL_DIR: the spaCy pipeline it was trained on

All numbers little-endian; u32 unless said otherwise. Arrays of bytes begin at the next multiple of 64 from the file's begin.
  "ORTAG002", then the encoder:
  "ORENC001", number of layers, width, heads, inner width, positions,
  the vocabulary: size in bytes, one piece a line,
  a float32 scale a piece; rows of int8, one a piece; rows of float16, one a position (with the first text type's row added); gain and shift (float32) of the first norm,
  every layer: queries with keys and values (queries divided by the root of the head's width), answers, gain and shift, inner, outer, gain and shift;
  a dense layer is float32 bias and scale an output, then its int8 weights as [16 outputs][4 inputs][output][input].
  Then the network over it, as export.py tells.
"""
import os
import sys

import numpy as np
import torch
from transformers import AutoConfig

import export

POSITIONS = 256  # the product's windows have no more pieces


def is_kept(piece):
    """Whether English news can need a piece: none of other scripts, none that stands for nothing."""
    return not piece.startswith("[unused") and all(c < "\u0250" or "\u2000" <= c < "\u2c00" for c in piece)


def main():
    checkpoint, encoder, model, out = sys.argv[1:5]
    saved = torch.load(checkpoint, weights_only=False)
    net = {k: v.numpy() for k, v in saved["net"].items()}
    c = AutoConfig.from_pretrained(encoder)
    vocabulary = open(os.path.join(encoder, "vocab.txt"), encoding="utf8").read().rstrip("\n").split("\n")
    kept = [i for i, piece in enumerate(vocabulary) if is_kept(piece)]
    vocabulary = "\n".join(vocabulary[i] for i in kept).encode()
    w, e = export.Writer(b"ORTAG002ORENC001"), "encoder.embeddings."
    w.numbers(c.num_hidden_layers, c.hidden_size, c.num_attention_heads, c.intermediate_size, POSITIONS, len(vocabulary))
    w.blob += vocabulary
    scale, rows = export.quantized(net[e + "word_embeddings.weight"][kept])
    w.floats(scale)
    w.bytes_(rows)
    w.halves(net[e + "position_embeddings.weight"][:POSITIONS] + net[e + "token_type_embeddings.weight"][0])
    w.floats(net[e + "LayerNorm.weight"], net[e + "LayerNorm.bias"])
    for i in range(c.num_hidden_layers):
        layer = f"encoder.encoder.layer.{i}."
        get = lambda name, part: net[layer + name + "." + part]
        root = np.float32(np.sqrt(c.hidden_size // c.num_attention_heads))
        heads = [(get("attention.self." + n, "weight") / d, get("attention.self." + n, "bias") / d) for n, d in (("query", root), ("key", 1), ("value", 1))]
        w.dense(np.concatenate([h[0] for h in heads]), np.concatenate([h[1] for h in heads]))
        w.dense(get("attention.output.dense", "weight"), get("attention.output.dense", "bias"))
        w.floats(get("attention.output.LayerNorm", "weight"), get("attention.output.LayerNorm", "bias"))
        w.dense(get("intermediate.dense", "weight"), get("intermediate.dense", "bias"))
        w.dense(get("output.dense", "weight"), get("output.dense", "bias"))
        w.floats(get("output.LayerNorm", "weight"), get("output.LayerNorm", "bias"))
    tagger = dict(saved, net={k[len("tagger."):]: v for k, v in saved["net"].items() if k.startswith("tagger.")})
    export.write_tagger(w, tagger, model, in_bytes=False)
    open(out, "wb").write(w.blob)
    print(f"{out}: {len(w.blob)} bytes")


if __name__ == "__main__":
    main()
