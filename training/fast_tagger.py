#!/usr/bin/env python3
"""Trains the fast attribution tagger: a dilated convolution over hashed words and what the language layer says, with a CRF.

usage: fast_tagger.py TRAIN.npz DEV.npz OUT [--epochs 16] [--held-out N] [--set name=value ...]

TRAIN.npz and DEV.npz come from features.py. With --held-out N every N-th article of TRAIN is scored instead of DEV (to tune on).
Writes OUT.pt (averaged weights) and prints exact F1 of source, cue and content over the pipeline's own tokens.
"""
import argparse
import ast
import json
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
CONFIG = dict(width=128, dilations=(1, 2, 4, 8, 1, 2, 4, 8), norm_rows=16384, affix_rows=4096, dropout=0.4, word_dropout=0.15, vectors=True, parse=True, head_layers=True,
              window=256, batch=16, rate=2e-3, decay=0.05, average=0.999, seed=1)


def mix(values, seed, rows):
    """A hash of 64-bit ids to rows; the product does the same in 64-bit arithmetic."""
    h = (values.astype(np.uint64) ^ np.uint64(seed)) * np.uint64(0x9E3779B97F4A7C15)
    h ^= h >> np.uint64(32)
    h *= np.uint64(0xD6E8FEB86659FD93)
    h ^= h >> np.uint64(32)
    return (h % np.uint64(rows)).astype(np.int64)


def load(path, config, marks):
    """One dict an annotation: features (n, f), vectors (n, 192), head (n,), labels (n,)."""
    z = np.load(path)
    ids, small, head, spans, starts = z["ids"], z["small"], z["head"], z["spans"], z["starts"]
    n = len(ids)
    # 0 outside, 1 inside, 2 opening mark, 3 closing mark; a paragraph break closes
    state = np.zeros(n, np.int64)
    inside = 0
    is_break = spans[:, 0] == spans[:, 1]
    prefix = ids[:, 1]  # the first code point
    opening, closing, straight = marks
    for i in range(n):
        p = prefix[i]
        if is_break[i]:
            inside = 0
        elif p == opening or (p == straight and not inside):
            inside, state[i] = 1, 2
            continue
        elif p == closing or (p == straight and inside):
            inside, state[i] = 0, 3
            continue
        state[i] = inside
    position = np.arange(n)
    governor = position + head
    f = [mix(ids[:, 0], 1, config["norm_rows"]), mix(ids[:, 1], 3, 1024), mix(ids[:, 2], 4, config["affix_rows"]), mix(ids[:, 3], 5, 512), state + 4 * is_break]
    sizes = [config["norm_rows"], 1024, config["affix_rows"], 512, 8]
    if config["parse"]:
        distance = np.clip(head, -6, 6) + 6
        f += [small[:, 0].astype(np.int64), small[:, 1].astype(np.int64), small[:, 2].astype(np.int64), mix(ids[governor, 0], 6, 4096), small[governor, 0].astype(np.int64),
              small[governor, 1].astype(np.int64), distance, (small[:, 3] == 1).astype(np.int64)]
        sizes += [64, 64, 64, 4096, 64, 64, 13, 2]
    features = np.stack(f, 1)
    vectors = z["vectors"]
    out, at = [], 0
    for article in z["label_article"]:
        b, e = starts[article], starts[article + 1]
        y = z["labels"][at:at + e - b]
        at += e - b
        out.append(dict(name=str(z["names"][article]), x=features[b:e], v=vectors[b:e], h=(governor[b:e] - b), y=y.astype(np.int64), spans=spans[b:e]))
    return out, sizes


class Tagger(nn.Module):
    def __init__(self, sizes, config):
        super().__init__()
        d = config["width"]
        self.config = config
        self.tables = nn.ModuleList([nn.Embedding(n, d) for n in sizes])
        for t in self.tables:
            nn.init.normal_(t.weight, std=0.15)
        self.vectors = nn.Linear(192, d) if config["vectors"] else None
        self.norm0 = nn.LayerNorm(d, eps=1e-8)
        self.layers = nn.ModuleList([nn.Linear((4 if config["head_layers"] else 3) * d, 2 * d) for _ in config["dilations"]])
        self.norms = nn.ModuleList([nn.LayerNorm(d, eps=1e-8) for _ in config["dilations"]])
        self.drop = nn.Dropout(config["dropout"])
        self.out = nn.Linear(d, len(LABELS))

    def forward(self, x, v, h, said=None):
        """`said`: what an encoder below says of each token, behind the numbers `v`; its dropout is its own."""
        z = sum(self.drop(t(x[..., i])) for i, t in enumerate(self.tables))
        if self.vectors is not None:
            told = self.drop(v)
            z = z + self.vectors(told if said is None else torch.cat([told, said], -1))
        z = self.norm0(F.relu(z))
        batch = torch.arange(len(x)).unsqueeze(1)
        for dilation, layer, norm in zip(self.config["dilations"], self.layers, self.norms):
            left = F.pad(z, (0, 0, dilation, 0))[:, : z.shape[1]]
            right = F.pad(z, (0, 0, 0, dilation))[:, dilation:]
            window = [left, z, right] + ([z[batch, h]] if self.config["head_layers"] else [])
            best = layer(torch.cat(window, -1)).unflatten(-1, (self.config["width"], 2)).amax(-1)  # maxout over two pieces
            z = z + self.drop(norm(best))
        return self.out(z)


class Crf(nn.Module):
    def __init__(self):
        super().__init__()
        n = len(LABELS)
        self.step, self.begin = nn.Parameter(torch.zeros(n, n)), nn.Parameter(torch.zeros(n))
        allowed = torch.zeros(n, n)
        for to in (2, 4, 6):
            for of in range(n):
                if of not in (to, to - 1):
                    allowed[of, to] = -1e4
        self.register_buffer("allowed", allowed)

    def loss(self, scores, y, real=None):
        """Mean negative log likelihood a token; `real` marks the rows that are no padding (padding at the end), all without it."""
        step = self.step + self.allowed
        if real is None:
            real = torch.ones_like(y, dtype=torch.bool)
        k = scores.shape[2]
        gold = self.begin[y[:, 0]] + (scores.gather(2, y.unsqueeze(2)).squeeze(2) * real).sum(1) + (self.step[y[:, :-1], y[:, 1:]] * real[:, 1:]).sum(1)
        same = torch.full((k, k), -1e9).fill_diagonal_(0.0)
        m = torch.where(real[:, 1:, None, None], step + scores[:, 1:].unsqueeze(2), same)  # (b, n-1, k, k): from, to
        while m.shape[1] > 1:
            odd = m[:, -1:] if m.shape[1] % 2 else None
            left, right = m[:, 0:m.shape[1] - m.shape[1] % 2:2], m[:, 1::2][:, : m.shape[1] // 2]
            m = torch.logsumexp(left.unsqueeze(-1) + right.unsqueeze(-3), -2)
            if odd is not None:
                m = torch.cat([m, odd], 1)
        total = torch.logsumexp((self.begin + scores[:, 0]).unsqueeze(2) + m[:, 0], (1, 2))
        return (total - gold).sum() / real.sum()

    def decode(self, scores):
        step = (self.step + self.allowed).detach().numpy()
        scores = scores.numpy()
        best = self.begin.detach().numpy() + scores[0]
        best = best + np.array([0, 0, -1e4, 0, -1e4, 0, -1e4])
        back = []
        for row in scores[1:]:
            all_ = best[:, None] + step
            k = all_.argmax(0)
            back.append(k)
            best = all_[k, np.arange(len(k))] + row
        path = [int(best.argmax())]
        for k in reversed(back):
            path.append(int(k[path[-1]]))
        return path[::-1]


def pieces(labels):
    """{(kind, begin, end)} of BIO labels."""
    out, open_ = set(), None
    for i, label in enumerate([LABELS[int(k)] for k in labels] + ["O"]):
        if open_ and label != "I-" + open_[0]:
            out.add((open_[0], open_[1], i))
            open_ = None
        if label.startswith("B-"):
            open_ = (label[2:], i)
    return out


def score(net, crf, data):
    net.eval()
    hit, gold, pred = ({k: 0 for k in ("source", "cue", "content")} for _ in range(3))
    predictions = {}
    with torch.no_grad():
        for d in data:
            if d["name"] not in predictions:
                z = net(torch.tensor(d["x"])[None], torch.tensor(d["v"].astype(np.float32))[None], torch.tensor(d["h"])[None])[0]
                predictions[d["name"]] = crf.decode(z)
            g, p = pieces(d["y"]), pieces(predictions[d["name"]])
            for kind in hit:
                hit[kind] += sum(1 for s in g & p if s[0] == kind)
                gold[kind] += sum(1 for s in g if s[0] == kind)
                pred[kind] += sum(1 for s in p if s[0] == kind)
    net.train()
    print("  " + "  ".join(f"{k} {200 * hit[k] / max(1, gold[k] + pred[k]):.1f}" for k in hit), flush=True)
    return predictions


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("train"), arguments.add_argument("dev"), arguments.add_argument("out")
    arguments.add_argument("--epochs", type=int, default=16)
    arguments.add_argument("--held-out", type=int, default=0)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--set", nargs="*", default=[])
    a = arguments.parse_args()
    config = dict(CONFIG, **{k: ast.literal_eval(v) for k, v in (s.split("=", 1) for s in a.set)})
    torch.set_num_threads(a.threads), torch.manual_seed(config["seed"]), random.seed(config["seed"]), np.random.seed(config["seed"])
    from spacy.strings import hash_string
    marks = [np.uint64(hash_string(m)) for m in ("“", "”", '"')]
    train, sizes = load(a.train, config, marks)
    if a.held_out:
        names = sorted({d["name"] for d in train})[:: a.held_out]
        dev = [d for d in train if d["name"] in names]
        train = [d for d in train if d["name"] not in names]
    else:
        dev, _ = load(a.dev, config, marks)
    net, crf = Tagger(sizes, config), Crf()
    parameters = list(net.parameters()) + list(crf.parameters())
    print(json.dumps(config), sum(p.numel() for p in parameters), "parameters", sum(len(d["x"]) for d in train), "tokens", flush=True)
    # One sequence of all articles, three breaks between two; windows start anywhere in it.
    w, n = config["window"], sum(len(d["x"]) for d in train)
    x, v, y = (np.concatenate([d[k] for d in train]) for k in ("x", "v", "y"))
    h, at = [], 0
    for d in train:
        h.append(d["h"] + at)
        at += len(d["h"])
    h = np.concatenate(h)
    per_epoch = n // (w * config["batch"])
    optimizer = torch.optim.AdamW(parameters, lr=config["rate"], weight_decay=config["decay"])
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config["rate"], total_steps=a.epochs * per_epoch + 1, pct_start=0.1)
    averaged = [p.detach().clone() for p in parameters]
    step, begin = 0, time.time()
    for epoch in range(a.epochs):
        shift = random.randrange(w)
        order = [shift + i * w for i in range((n - shift) // w)]
        random.shuffle(order)
        total = 0.0
        for i in range(per_epoch - 1):
            rows = np.stack([np.arange(s, s + w) for s in order[i * config["batch"]:(i + 1) * config["batch"]]])
            local = h[rows] - rows[:, :1]
            local = np.where((local < 0) | (local >= w), np.arange(w), local)
            bx = torch.tensor(x[rows])
            hidden = torch.rand(bx.shape[:2]) < config["word_dropout"]
            bx[..., 0][hidden] = 0
            loss = crf.loss(net(bx, torch.tensor(v[rows].astype(np.float32)), torch.tensor(local)), torch.tensor(y[rows]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            keep = min(config["average"], step / (step + 10))
            with torch.no_grad():
                for m, p in zip(averaged, parameters):
                    m.lerp_(p, 1 - keep)
        print(f"epoch {epoch} loss {total / per_epoch:.4f} {time.time() - begin:.0f} s", flush=True)
        if epoch % 4 == 3 or epoch == a.epochs - 1:
            now = [p.detach().clone() for p in parameters]
            with torch.no_grad():
                for m, p in zip(averaged, parameters):
                    p.copy_(m)
            predictions = score(net, crf, dev)
            torch.save({"config": config, "sizes": sizes, "net": net.state_dict(), "crf": crf.state_dict()}, a.out + ".pt")
            with torch.no_grad():
                for m, p in zip(now, parameters):
                    p.copy_(m)
    with open(a.out + ".jsonl", "w", encoding="utf8") as file:
        spans = {d["name"]: d["spans"] for d in dev}
        for name, labels in predictions.items():
            quotations = [{kind: [[int(spans[name][b][0]), int(spans[name][e - 1][1])]]} for kind, b, e in sorted(pieces(labels), key=lambda p: p[1])]
            file.write(json.dumps({"article": name, "quotations": quotations}) + "\n")


if __name__ == "__main__":
    main()
