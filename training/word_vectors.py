#!/usr/bin/env python3
"""What the teacher's encoder says of each word, on the average: the fast tagger's table of words begins with it.

usage: word_vectors.py OUT.npz FEATURES.npz:TAUGHT.npz ... [--width 128] [--held-out N]

FEATURES come from features.py, TAUGHT from teach.py. OUT.npz holds the words' ids, the most frequent first, and `vectors`: means over all places
where a word stands, from which the mean of all words is taken, drawn to zero for rare words and turned so that the first `width` axes hold most of what
differs. Every N-th article of the first pair, by name, is left out, as fast_tagger.py --held-out does it.
"""
import argparse

import numpy as np

RARE = 3  # places that pull as much towards zero
ENOUGH = 100  # places that make a word count as much as any in finding the axes


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out"), arguments.add_argument("pairs", nargs="+", metavar="FEATURES:TAUGHT")
    arguments.add_argument("--width", type=int, default=128), arguments.add_argument("--held-out", type=int, default=0)
    a = arguments.parse_args()
    words, said = [], []
    for number, pair in enumerate(a.pairs):
        features, taught = map(np.load, pair.split(":"))
        names, starts = [str(n) for n in features["names"]], features["starts"]
        held = set(sorted(names)[:: a.held_out]) if a.held_out and number == 0 else set()
        kept = np.concatenate([np.full(e - b, name not in held) for name, b, e in zip(names, starts, starts[1:])])
        words.append(features["ids"][kept, 0]), said.append(taught["said"][kept])
    words, place, count = np.unique(np.concatenate(words), return_inverse=True, return_counts=True)
    sums, at = np.zeros((len(words), said[0].shape[1])), 0
    for part in said:
        np.add.at(sums, place[at:at + len(part)], part.astype(np.float32))
        at += len(part)
    means = (sums / count[:, None] - sums.sum(0) / count.sum()) * (count / (count + RARE))[:, None]
    axes = np.linalg.svd(means * np.sqrt(np.minimum(count, ENOUGH))[:, None], full_matrices=False)[2][: a.width]
    order = np.argsort(-count, kind="stable")
    np.savez(a.out, ids=words[order], vectors=(means @ axes.T)[order].astype(np.float32))
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
