#!/usr/bin/env python3
"""OnRecord's language layer beside Python's spaCy: the same texts, one core each, one run.

usage: PYTHON bench/language_vs_spacy.py --pipeline MODEL_DIR --model MODEL_FILE DIR... [--bench BINARY] [--tokens N]

Texts are the .txt files below DIR..., each different text once, in an order that is shuffled once and always the same.
spaCy runs nlp.pipe with the best batch size of 16, 64 and 256 (found on the first 40,000 tokens), one BLAS thread; each
program is pinned to one core. Both start from cold caches; loading is timed apart. The labels of the timed runs are compared.
Speeds are tokens a second of processor time, which other programs on the machine do not change; the seconds on the clock
stand beside them. Before that the same texts go through one thread and through two that share the model, on the clock.
The last line reads: onrecord N tokens/s, spaCy M tokens/s, ratio R
"""
import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import argparse
import glob
import random
import re
import subprocess
import sys
import tempfile
import time


def find_texts(folders):
    seen, found = set(), []
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "**", "*.txt"), recursive=True)):
            text = open(path, encoding="utf8", newline="").read()
            if text.strip() and text not in seen:
                seen.add(text)
                found.append((path, text))
    random.Random(1).shuffle(found)
    return found


def labels_of(doc):
    return "".join("%s/%d/%s/%d/%s " % (t.tag_, t.head.i, t.dep_, bool(t.is_sent_start),
                                        t.ent_iob_ + ("-" + t.ent_type_ if t.ent_type_ else "")) for t in doc)


def run_spacy(pipeline, texts, batch):
    import spacy
    begin = time.perf_counter()
    nlp = spacy.load(pipeline)
    load = time.perf_counter() - begin
    tokens, docs = 0, []
    cpu, begin = time.process_time(), time.perf_counter()
    for doc in nlp.pipe(texts, batch_size=batch):
        tokens += len(doc)
        docs.append(doc)
    clock = time.perf_counter() - begin
    return load, time.process_time() - cpu, clock, tokens, docs


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--pipeline", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--bench", default="build/bench/bench_language")
    parser.add_argument("--tokens", type=int, default=10**9)
    parser.add_argument("dirs", nargs="+")
    options = parser.parse_args()
    texts, words = [], 0
    for path, text in find_texts(options.dirs):
        if words > options.tokens * 0.87:  # a token is 0.87 words
            break
        texts.append((path, text))
        words += len(text.split())
    with tempfile.TemporaryDirectory() as folder:
        names, labels = os.path.join(folder, "list"), os.path.join(folder, "labels")
        with open(names, "w") as out:
            out.writelines(path + "\n" for path, _ in texts)
        clock = {}
        for threads in (1, 2):
            done = subprocess.run([options.bench, options.model, names, "--threads", str(threads)],
                                  stdout=subprocess.PIPE, text=True, check=True)
            print(done.stdout, end="")
            clock[threads] = float(re.search(r"tokens, ([\d.]+) s, ", done.stdout).group(1))
        print("two threads: %.2f times one" % (clock[1] / clock[2]))
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
        done = subprocess.run([options.bench, options.model, names, "--labels", labels], stdout=subprocess.PIPE,
                              text=True, check=True)
        print(done.stdout, end="")
        found = re.search(r"processor time ([\d.]+) s, (\d+) tokens/s", done.stdout)
        ours = open(labels, encoding="utf8").read().split("\n")
    sample, words = [], 0
    for _, text in texts:
        sample.append(text)
        words += len(text.split())
        if words > 35_000:
            break
    speeds = {}
    for batch in (16, 64, 256):
        _, seconds, _, tokens, _ = run_spacy(options.pipeline, sample, batch)
        speeds[batch] = tokens / seconds
        print("spaCy, batch %d: %.0f tokens/s on %d tokens" % (batch, speeds[batch], tokens))
    best = max(speeds, key=speeds.get)
    load, seconds, clock, tokens, docs = run_spacy(options.pipeline, [t for _, t in texts], best)
    print("spaCy, batch %d: %d tokens, %.1f s of processor time, %.1f s on the clock, load %.2f s"
          % (best, tokens, seconds, clock, load))
    same = total = 0
    for doc, line in zip(docs, ours):
        theirs, mine = labels_of(doc).split(" "), line.split(" ")
        total += len(doc)
        same += sum(a == b for a, b in zip(theirs, mine)) - 1 if len(theirs) == len(mine) else 0
    print("labels of the timed runs: %.3f %% of %d tokens the same" % (100 * same / total, total))
    rate, spacy_rate = float(found.group(2)), tokens / seconds
    print("onrecord %.0f tokens/s, spaCy %.0f tokens/s, ratio %.1f" % (rate, spacy_rate, rate / spacy_rate))
    sys.exit(0)


main()
