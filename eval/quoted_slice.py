#!/usr/bin/env python3
"""The share of gold contents that stand fully in quotation marks and are found at IoU >= .5 (words, one to one).

usage: eval/quoted_slice.py TEXT_DIR ANN_DIR PREDICTIONS      (as for the scorer of attributions)
"""
import glob
import json
import os
import re
import sys

MARKS = '"\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u2039\u203a`\''
THRESHOLD = 0.5


def gold_events(path):
    """(id, {kind: spans in code points}) of every attribution in a brat file that has a content."""
    spans, relations = {}, []
    with open(path, encoding='utf8', newline='') as file:
        for line in file:
            line = line.rstrip('\r\n')
            if re.match(r'^T\d+\t', line):
                key, head = line.split('\t')[:2]
                kind, offsets = head.split(' ', 1)
                spans[key] = (kind.lower(), [tuple(map(int, part.split())) for part in offsets.split(';')])
            elif re.match(r'^E\d+\t', line):
                event, parts = line.split('\t', 1)
                relations.append((event, [part.split(':', 1)[-1] for part in parts.split()]))
    for event, relation in relations:
        attribution = {kind: sorted(span for key in relation if spans.get(key, ('',))[0] == kind for span in spans[key][1])
                       for kind in ('source', 'cue', 'content')}
        if attribution['content']:
            yield event, attribution


def gold_attributions(path):
    return (attribution for _, attribution in gold_events(path))


def gold_contents(path):
    return (attribution['content'] for attribution in gold_attributions(path))


def words(text, spans):
    return {m.start() + begin for begin, end in spans for m in re.finditer(r'\w+', text[begin:end])}


def is_fully_quoted(text, content):
    """Whether a content begins and ends with a mark."""
    joined = ''.join(text[begin:end] for begin, end in content).strip()
    return len(joined) > 2 and joined[0] in MARKS and joined[-1] in MARKS


def matched(text, gold, own):
    """Indices (of the gold contents, of the own ones) that are matched one to one."""
    gold_words = [words(text, content) for content in gold]
    own_words = [words(text, p['content']) for p in own]
    pairs = sorted(((len(a & b) / len(a | b), i, j) for i, a in enumerate(gold_words)
                    for j, b in enumerate(own_words) if a & b), reverse=True)
    used_gold, used_own = set(), set()
    for share, i, j in pairs:
        if share >= THRESHOLD and i not in used_gold and j not in used_own:
            used_gold.add(i)
            used_own.add(j)
    return used_gold, used_own


def annotations_of(annotations, article):
    return sorted(glob.glob(os.path.join(glob.escape(annotations), glob.escape(article) + '_*.ann')))


def count(texts, annotations, predictions):
    """[(found, gold)] of each article that has annotations."""
    counts = []
    for article, text in texts.items():
        found = total = 0
        for path in annotations_of(annotations, article):
            gold = list(gold_contents(path))
            hits, _ = matched(text, gold, predictions.get(article, []))
            quoted = [i for i, content in enumerate(gold) if is_fully_quoted(text, content)]
            total += len(quoted)
            found += len(hits & set(quoted))
        counts.append((found, total))
    return counts


def score_all(texts, annotations, predictions):
    """[(confidence, whether the gold has it)] of every prediction in articles that have annotations."""
    scored = []
    for article, text in texts.items():
        for path in annotations_of(annotations, article):
            own = predictions.get(article, [])
            _, hits = matched(text, list(gold_contents(path)), own)
            scored += [(p['confidence'], j in hits) for j, p in enumerate(own)]
    return scored


def main():
    text_dir, annotations, path = sys.argv[1:4]
    predictions = {}
    with open(path, encoding='utf8') as file:
        for line in file:
            article = json.loads(line)
            predictions[article['article']] = article['quotations']
    texts = {}
    for file_name in sorted(glob.glob(os.path.join(glob.escape(text_dir), '*.txt'))):
        with open(file_name, encoding='utf8', newline='') as file:
            texts[os.path.basename(file_name)[:-4]] = file.read()
    counts = count(texts, annotations, predictions)
    found, total = sum(f for f, _ in counts), sum(t for _, t in counts)
    print(f'fully quoted contents found: {found} of {total}, {100 * found / max(1, total):.1f} %')


if __name__ == '__main__':
    main()
