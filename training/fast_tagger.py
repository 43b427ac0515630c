#!/usr/bin/env python3
"""Trains the fast attribution tagger: a dilated convolution over hashed words and what the language layer says, with a CRF.

usage: fast_tagger.py TRAIN.npz DEV.npz OUT [--epochs 16] [--held-out N | --leave-out PATTERN] [--teacher TAUGHT.npz] [--more FEATURES.npz:TAUGHT.npz ...] [--words WORDS.npz] [--begin WEIGHTS.pt] [--set name=value ...]

TRAIN.npz and DEV.npz come from features.py. A teacher's word (teach.py) is mixed with the labels of TRAIN and stands alone for texts without labels; what its
encoder says of a token is to be told from the network's last state, too. The table of words begins with WORDS (word_vectors.py). With --held-out N every N-th article of TRAIN is scored instead of DEV (to tune on),
with --leave-out PATTERN those whose names match (leave_out.py).
Writes OUT.pt (averaged weights) and prints exact F1 of source, cue and content over the pipeline's own tokens.
"""
import argparse
import ast
import json
import random
import re
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from spacy.strings import hash_string

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
CONFIG = dict(width=128, dilations=(1, 2, 4, 8, 1, 2, 4, 8), norm_rows=24000, affix_rows=4096, dropout=0.3, word_dropout=0.15, vectors=True, parse=True, head_layers=True, children_rows=1024, gold=0.5, said=0.1,
              window=256, batch=16, rate=2e-3, decay=0.05, average=0.998, seed=1)


def mix(values, seed, rows):
    """A hash of 64-bit ids to rows; the product does the same in 64-bit arithmetic."""
    h = (values.astype(np.uint64) ^ np.uint64(seed)) * np.uint64(0x9E3779B97F4A7C15)
    h ^= h >> np.uint64(32)
    h *= np.uint64(0xD6E8FEB86659FD93)
    h ^= h >> np.uint64(32)
    return (h % np.uint64(rows)).astype(np.int64)


def mark_states(prefix, is_break):
    """0 outside, 1 inside, 2 opening mark, 3 closing mark; a paragraph break closes. `prefix`: the first code points."""
    opening, closing, straight = (np.uint64(hash_string(m)) for m in ("“", "”", '"'))
    state, inside = np.zeros(len(prefix), np.int64), 0
    for i, p in enumerate(prefix):
        if is_break[i]:
            inside = 0
        elif p == opening or (p == straight and not inside):
            inside, state[i] = 1, 2
            continue
        elif p == closing or (p == straight and inside):
            inside, state[i] = 0, 3
            continue
        state[i] = inside
    return state


def passages(state, begins):
    """What is known of the passage in quotation marks that a token stands in: 4 * length (up to 2, 5, 11 tokens, more) + 2 if it is closed + 1 if
    a sentence of it has words outside, and 3 more. Outside: 1 or 2 where the sentence has a passage, the longest up to 5 tokens or more; else 0."""
    n = len(state)
    sentence = np.cumsum(begins)
    outside = np.zeros(sentence[-1] + 1 if n else 1, bool)
    outside[sentence[state == 0]] = True
    code, longest = np.zeros(n, np.int64), np.zeros(len(outside), np.int64)
    i = 0
    while i < n:
        if state[i] in (0, 3):
            i += 1
            continue
        last = i + 1
        while last < n and state[last] == 1:
            last += 1
        length, closed = last - i - 1, last < n and state[last] == 3
        last += closed
        size = 0 if length <= 2 else 1 if length <= 5 else 2 if length <= 11 else 3
        code[i:last] = 3 + 4 * size + 2 * closed + outside[sentence[i:last]].any()
        np.maximum.at(longest, sentence[i:last], 1 if size < 2 else 2)
        i = last
    return np.where(code == 0, longest[sentence], code)


def children(dependency, head):
    """Bits of the dependencies of every token's children: those to its left and those to its right."""
    position = np.arange(len(head))
    governor = position + head
    bits = np.left_shift(np.uint64(1), (dependency % 64).astype(np.uint64))
    left, right = np.zeros(len(head), np.uint64), np.zeros(len(head), np.uint64)
    np.bitwise_or.at(left, governor[governor > position], bits[governor > position])
    np.bitwise_or.at(right, governor[governor < position], bits[governor < position])
    return left, right


def load(path, config):
    """One dict an annotation: features (n, f), vectors (n, 192), head (n,), labels (n,)."""
    z = np.load(path)
    ids, small, head, spans, starts = z["ids"], z["small"], z["head"], z["spans"], z["starts"]
    n = len(ids)
    is_break = spans[:, 0] == spans[:, 1]
    state = mark_states(ids[:, 1], is_break)
    begins = (small[:, 3] == 1) | is_break
    position = np.arange(n)
    governor = position + head
    f = [mix(ids[:, 0], 1, config["norm_rows"]), mix(ids[:, 1], 3, 1024), mix(ids[:, 2], 4, config["affix_rows"]), mix(ids[:, 3], 5, 512), state + 4 * is_break]
    sizes = [config["norm_rows"], 1024, config["affix_rows"], 512, 8]
    if config["parse"]:
        distance = np.clip(head, -6, 6) + 6
        f += [small[:, 0].astype(np.int64), small[:, 1].astype(np.int64), small[:, 2].astype(np.int64), mix(ids[governor, 0], 6, 4096), small[governor, 0].astype(np.int64),
              small[governor, 1].astype(np.int64), distance, begins.astype(np.int64)]
        sizes += [64, 64, 64, 4096, 64, 64, 13, 2]
    if config.get("children_rows"):
        left, right = children(small[:, 1], head)
        f += [mix(left, 7, config["children_rows"]), mix(right, 8, config["children_rows"]), passages(state, begins)]
        sizes += [config["children_rows"], config["children_rows"], 32]
    features = np.stack(f, 1)
    vectors = z["vectors"]
    out, at = [], 0
    for article in z["label_article"]:
        b, e = starts[article], starts[article + 1]
        y = z["labels"][at:at + e - b]
        at += e - b
        out.append(dict(name=str(z["names"][article]), x=features[b:e], v=vectors[b:e], h=(governor[b:e] - b), y=y.astype(np.int64), spans=spans[b:e]))
    return out, sizes


def targets(data, path, gold):
    """Adds to each article what is to be learned: `one` (n, 7) and `two` (n, 7, 7), the labels' part in them `gold`, the rest teach.py's; `said`, what the teacher's encoder says."""
    k = len(LABELS)
    if path:
        z = np.load(path)
        begin = dict(zip(z["names"], np.cumsum(z["lengths"]) - z["lengths"]))
        one, two, said = z["one"], z["two"], z["said"]
    for d in data:
        y, n = d["y"], len(d["y"])
        d["one"], d["two"] = np.zeros((n, k), np.float16), np.zeros((n, k, k), np.float16)
        d["one"][np.arange(n), y] = gold
        d["two"][np.arange(1, n), y[:-1], y[1:]] = gold
        if path:
            b = begin[d["name"]]
            d["one"] += (1 - gold) * one[b:b + n]
            d["two"] += (1 - gold) * two[b:b + n]
            d["said"] = said[b:b + n]
        d["two"][0, 0] = d["one"][0]  # a break stands before it


class Dropout(nn.Module):
    """As torch's, with the random numbers drawn once: every use reads them from another place."""
    DRAWN = 1 << 24

    def __init__(self, rate):
        super().__init__()
        self.rate, self.kept = rate, None

    def forward(self, z):
        if not self.training or self.rate == 0:
            return z
        if self.kept is None:
            self.kept = (torch.rand(self.DRAWN) >= self.rate) / (1 - self.rate)
        at = random.randrange(self.DRAWN - z.numel())
        return z * self.kept[at:at + z.numel()].view(z.shape)


class Maxout(torch.autograd.Function):
    """The greater of two neighbours."""

    @staticmethod
    def forward(context, z):
        first, second = z[..., 0::2], z[..., 1::2]
        is_first = first >= second
        context.save_for_backward(is_first)
        return torch.where(is_first, first, second)

    @staticmethod
    def backward(context, gradient):
        (is_first,) = context.saved_tensors
        first = gradient * is_first
        return torch.stack([first, gradient - first], -1).flatten(-2)


TABLE_SCALE = 0.15


class Tagger(nn.Module):
    def __init__(self, sizes, config):
        super().__init__()
        d = config["width"]
        self.config = config
        self.tables = nn.ModuleList([nn.Embedding(n, d) for n in sizes])
        for t in self.tables:
            nn.init.normal_(t.weight, std=TABLE_SCALE)
        self.vectors = nn.Linear(192, d) if config["vectors"] else None
        self.norm0 = nn.LayerNorm(d, eps=1e-8)
        self.layers = nn.ModuleList([nn.Linear((4 if config["head_layers"] else 3) * d, 2 * d) for _ in config["dilations"]])
        self.norms = nn.ModuleList([nn.LayerNorm(d, eps=1e-8) for _ in config["dilations"]])
        self.drop = Dropout(config["dropout"])
        self.out = nn.Linear(d, len(LABELS))

    def begin_with(self, ids, vectors):
        """The rows of words begin with these vectors, a row that several share with that of the first."""
        rows, first = np.unique(mix(ids, 1, self.config["norm_rows"]), return_index=True)
        width = vectors.shape[1]
        with torch.no_grad():
            self.tables[0].weight[rows, :width] = torch.tensor(vectors[first] / vectors.std() * TABLE_SCALE)

    def forward(self, x, v, h, said=None):
        return self.out(self.state(x, v, h, said))

    def state(self, x, v, h, said=None):
        """The last layer's. `said`: what an encoder below says of each token, behind the numbers `v`; its dropout is its own."""
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
            best = Maxout.apply(layer(torch.cat(window, -1)))
            z = z + self.drop(norm(best))
        return z


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

    def distance(self, scores, one, two, real=None):
        """Mean over tokens of the cross entropy to a distribution over paths, of which the probabilities of labels (b, n, k) and of pairs (b, n, k, k) are told;
        `real` marks the rows that are no padding (padding at the end, nothing told there)."""
        gold = (self.begin * one[:, 0]).sum(1) + (scores * one).sum((1, 2)) + (self.step * two[:, 1:]).sum((1, 2, 3))
        if real is None:
            real = torch.ones(scores.shape[:2], dtype=torch.bool)
        return (self.total(scores, real) - gold).sum() / real.sum()

    def total(self, scores, real):
        """The logarithm of the sum over all paths, one a sequence."""
        step, k = self.step + self.allowed, scores.shape[2]
        same = torch.full((k, k), -1e9).fill_diagonal_(0.0)
        m = torch.where(real[:, 1:, None, None], step + scores[:, 1:].unsqueeze(2), same)  # (b, n-1, k, k): from, to
        while m.shape[1] > 1:
            odd = m[:, -1:] if m.shape[1] % 2 else None
            left, right = m[:, 0:m.shape[1] - m.shape[1] % 2:2], m[:, 1::2][:, : m.shape[1] // 2]
            m = torch.logsumexp(left.unsqueeze(-1) + right.unsqueeze(-3), -2)
            if odd is not None:
                m = torch.cat([m, odd], 1)
        return torch.logsumexp((self.begin + scores[:, 0]).unsqueeze(2) + m[:, 0], (1, 2))

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
    arguments.add_argument("--leave-out", metavar="PATTERN", help="articles that are scored instead of DEV and not learned from: a regular expression in their names")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--teacher", help="what teach.py made of TRAIN")
    arguments.add_argument("--more", nargs="*", default=[], metavar="FEATURES:TAUGHT", help="texts without labels, and what teach.py made of them")
    arguments.add_argument("--begin", metavar="WEIGHTS", help="go on from these (an OUT.pt, or what unpack_fast.py made)")
    arguments.add_argument("--words", help="what word_vectors.py made")
    arguments.add_argument("--set", nargs="*", default=[])
    a = arguments.parse_args()
    config = dict(CONFIG, **{k: ast.literal_eval(v) for k, v in (s.split("=", 1) for s in a.set)})
    torch.set_num_threads(a.threads), torch.manual_seed(config["seed"]), random.seed(config["seed"]), np.random.seed(config["seed"])
    train, sizes = load(a.train, config)
    if a.held_out or a.leave_out:
        names = sorted({d["name"] for d in train})
        names = set(names[:: a.held_out] if a.held_out else filter(re.compile(a.leave_out).search, names))
        dev = [d for d in train if d["name"] in names]
        train = [d for d in train if d["name"] not in names]
    else:
        dev, _ = load(a.dev, config)
    targets(train, a.teacher, config["gold"] if a.teacher else 1.0)
    for pair in a.more:
        features, taught = pair.split(":")
        unlabelled, _ = load(features, config)
        targets(unlabelled, taught, 0.0)
        train += unlabelled
    net, crf = Tagger(sizes, config), Crf()
    if a.words:
        words = np.load(a.words)
        net.begin_with(words["ids"], words["vectors"])
    if a.begin:
        saved = torch.load(a.begin, weights_only=False)
        net.load_state_dict(saved["net"]), crf.load_state_dict(saved["crf"])
    tell = None
    if a.teacher:
        told = np.concatenate([d["said"] for d in train])
        tell = nn.Linear(config["width"], told.shape[1])
        some = told[::37].astype(np.float32)
        mean, spread = some.mean(0), some.std(0)
    parameters = [p for module in (net, crf, tell) if module for p in module.parameters()]
    print(json.dumps(config), sum(p.numel() for p in parameters), "parameters", sum(len(d["x"]) for d in train), "tokens", flush=True)
    # One sequence of all articles, three breaks between two; windows start anywhere in it.
    w, n = config["window"], sum(len(d["x"]) for d in train)
    x, v, one, two = (np.concatenate([d[k] for d in train]) for k in ("x", "v", "one", "two"))
    h, at = [], 0
    for d in train:
        h.append(d["h"] + at)
        at += len(d["h"])
    h = np.concatenate(h)
    per_epoch = n // (w * config["batch"])
    optimizer = torch.optim.AdamW(parameters, lr=config["rate"], weight_decay=config["decay"], fused=True)
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
            state = net.state(bx, torch.tensor(v[rows].astype(np.float32)), torch.tensor(local))
            loss = crf.distance(net.out(state), torch.tensor(one[rows].astype(np.float32)), torch.tensor(two[rows].astype(np.float32)))
            if a.teacher:
                loss = loss + config["said"] * F.mse_loss(tell(state), torch.tensor((told[rows].astype(np.float32) - mean) / spread))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            keep = min(config["average"], step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(averaged, parameters, 1 - keep)
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
