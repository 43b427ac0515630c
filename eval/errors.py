"""What goes wrong with attributions, by class, with counts.

Gold and predicted attributions are paired one to one by the words that their contents share, best pairs first. A gold
attribution is of the first class that fits; a prediction without a gold one is spurious.
"""
import collections
import re

from quoted_slice import MARKS, annotations_of, gold_attributions, is_fully_quoted, words

FOUND = 0.5  # shared words of the contents, of all their words
CLASSES = ('all right', 'content too short', 'content too long', 'content shifted', 'wrong source', 'wrong cue', 'found in part',
           'missed: no cue in the gold', 'missed: its cue was not seen', 'missed: its cue was seen')
SPURIOUS = ('spurious: at a cue of the gold', 'spurious: elsewhere')


def kind_of(text, content):
    if is_fully_quoted(text, content):
        return 'direct'
    return 'mixed' if any(mark in MARKS for begin, end in content for mark in re.findall(r"[^\w\s'\u2019]", text[begin:end])) else 'indirect'


def last_word(text, spans):
    found = re.findall(r'\w+', ' '.join(text[begin:end] for begin, end in spans or []))
    return found[-1].lower() if found else None


def class_of(text, gold, own, seen_cues):
    """`own`: the prediction that it is paired with, or None."""
    wanted = words(text, gold['content'])
    given = words(text, own['content']) if own else set()
    share = len(wanted & given) / len(wanted | given)
    if share >= FOUND:
        if last_word(text, gold['source']) != last_word(text, own.get('source')):
            return 'wrong source'
        if gold['cue'] and not words(text, gold['cue']) & words(text, own.get('cue') or []):
            return 'wrong cue'
        if wanted == given:
            return 'all right'
        return 'content too short' if given < wanted else 'content too long' if wanted < given else 'content shifted'
    if share > 0:
        return 'found in part'
    if not gold['cue']:
        return 'missed: no cue in the gold'
    return 'missed: its cue was seen' if words(text, gold['cue']) & seen_cues else 'missed: its cue was not seen'


def count(texts, annotations, predictions):
    """Counter of (class, kind)."""
    counts = collections.Counter()
    for article, text in texts.items():
        own = predictions.get(article, [])
        own_words = [words(text, p['content']) for p in own]
        seen_cues = set().union(*(words(text, p.get('cue') or []) for p in own))
        for path in annotations_of(annotations, article):
            gold = list(gold_attributions(path))
            gold_words = [words(text, g['content']) for g in gold]
            pairs = sorted(((len(a & b) / len(a | b), i, j) for i, a in enumerate(gold_words) for j, b in enumerate(own_words) if a & b),
                           reverse=True)
            partner, taken = {}, set()
            for _, i, j in pairs:
                if i not in partner and j not in taken:
                    partner[i] = j
                    taken.add(j)
            for i, g in enumerate(gold):
                counts[class_of(text, g, own[partner[i]] if i in partner else None, seen_cues), kind_of(text, g['content'])] += 1
            cues = set().union(*(words(text, g['cue']) for g in gold))
            for j, p in enumerate(own):
                if j not in taken:
                    counts[SPURIOUS[0] if words(text, p.get('cue') or []) & cues else SPURIOUS[1], kind_of(text, p['content'])] += 1
    return counts


def print_table(counts):
    kinds = ('direct', 'mixed', 'indirect')
    print(f'{"":34}' + ''.join(f'{kind:>10}' for kind in kinds) + f'{"all":>10}')
    for name in CLASSES + SPURIOUS:
        row = [counts[name, kind] for kind in kinds]
        print(f'{name:34}' + ''.join(f'{n:10}' for n in row) + f'{sum(row):10}')
