#!/usr/bin/env python3
"""What a tagger with an encoder says of texts: another learns from it.

usage: teach.py ENCODER_DIR PRECISE.pt FEATURES.npz:SPLIT_DIR OUT.npz [--temperature T]

PRECISE.pt is what precise_tagger.py wrote, FEATURES.npz what features.py made of SPLIT_DIR. OUT.npz holds, a row a token, the probability of
every label (`one`, n x 7) and of every pair of a label and the one before it (`two`, n x 7 x 7, [before][now]), by the CRF, and what the encoder says
of the token (`said`, n x the encoder's width), all in half precision.
"""
import argparse

import numpy as np
import torch
from transformers import AutoTokenizer

import fast_tagger
import precise_tagger
from encoders import encoder_of

TOGETHER = 8  # windows


def scores_of(net, data, config, tokenizer):
    """For every article the scores of the labels, and what the encoder says."""
    scores = [np.zeros((len(d["x"]), len(fast_tagger.LABELS)), np.float32) for d in data]
    said = [np.zeros((len(d["x"]), net.encoder.config.hidden_size), np.float16) for d in data]
    cuts = [(number, *cut) for number, d in enumerate(data) for cut in precise_tagger.windows(d["pieces"], config["pieces"], config["context"])]
    cuts.sort(key=lambda cut: cut[2] - cut[1])  # windows of like length together
    with torch.no_grad():
        for at in range(0, len(cuts), TOGETHER):
            chosen = cuts[at:at + TOGETHER]
            x, v, h, *pieces = precise_tagger.batch_of(data, [c[:3] for c in chosen], tokenizer)[0]
            told = net.say(*pieces)
            for (number, first, _, begin, end), rows, words in zip(chosen, net.tagger(x, v, h, told), told):
                scores[number][begin:end], said[number][begin:end] = rows[begin - first:end - first], words[begin - first:end - first]
            if at % (100 * TOGETHER) == 0:
                print(f"{at} of {len(cuts)} windows", flush=True)
    return scores, said


def total(values, axis):
    most = values.max(axis, keepdims=True)
    return np.squeeze(most, axis) + np.log(np.exp(values - most).sum(axis))


def marginals(scores, step, begin):
    """(n, 7) and (n, 7, 7) of one article, forwards and backwards."""
    n, k = scores.shape
    until, after = np.zeros((n, k)), np.zeros((n, k))
    until[0] = begin + scores[0]
    for i in range(1, n):
        until[i] = total(until[i - 1][:, None] + step, 0) + scores[i]
    for i in range(n - 2, -1, -1):
        after[i] = total(step + (scores[i + 1] + after[i + 1])[None], 1)
    whole = total(until[-1], 0)
    two = np.zeros((n, k, k))
    two[1:] = np.exp(until[:-1, :, None] + step + (scores[1:] + after[1:])[:, None] - whole)
    return np.exp(until + after - whole), two


def main():
    arguments = argparse.ArgumentParser()
    for name in ("encoder", "model", "features", "out"):
        arguments.add_argument(name)
    arguments.add_argument("--temperature", type=float, default=1.0)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    saved = torch.load(a.model, weights_only=False)
    config = saved["config"]
    tokenizer = AutoTokenizer.from_pretrained(a.encoder)
    path, folder = a.features.split(":")
    data = list({d["name"]: d for d in fast_tagger.load(path, config)[0]}.values())  # an article annotated twice is read once
    precise_tagger.pieces_of(data, folder, tokenizer)
    net, crf = precise_tagger.PreciseTagger(encoder_of(a.encoder), saved["sizes"], dict(precise_tagger.CONFIG, **config)), fast_tagger.Crf()
    net.load_state_dict(saved["net"]), crf.load_state_dict(saved["crf"])
    net.eval()
    if config.get("half"):
        net.encoder.to(torch.bfloat16)
    step = (crf.step + crf.allowed).detach().numpy().astype(float) / a.temperature
    begin = crf.begin.detach().numpy().astype(float) + np.array([0, 0, -1e4, 0, -1e4, 0, -1e4])
    scores, said = scores_of(net, data, config, tokenizer)
    told = [marginals(z.astype(float) / a.temperature, step, begin / a.temperature) for z in scores]
    np.savez(a.out, said=np.concatenate(said), names=np.array([d["name"] for d in data]), lengths=np.array([len(d["x"]) for d in data]),
             one=np.concatenate([t[0] for t in told]).astype(np.float16), two=np.concatenate([t[1] for t in told]).astype(np.float16))


if __name__ == "__main__":
    main()
