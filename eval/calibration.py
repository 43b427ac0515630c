"""What the product's own confidence is worth, told beside the scorers' tables.

A table of fifths of confidence, of speakers right, wrong and abstained by the sureness below which names are withheld,
and of statements right from end to end by the confidence below which they are not shown.
"""
import json
import re
import subprocess
import sys

FIFTHS = 5
LEAST_SHOWN = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6)
THRESHOLDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
# The product withholds a name that is not sure enough, and names it in marks at the beginning of the reason.
WITHHELD = re.compile(r'^\u201c(.*)\u201d is not sure enough: ', re.DOTALL)


def fifths(scored):
    """Rows (lowest confidence, highest, number, right) of [(confidence, whether it is right)], least sure first."""
    ordered = sorted(scored, key=lambda pair: pair[0])
    rows = []
    for i in range(FIFTHS):
        part = ordered[len(ordered) * i // FIFTHS : len(ordered) * (i + 1) // FIFTHS]
        if part:
            rows.append((part[0][0], part[-1][0], len(part), sum(right for _, right in part)))
    return rows


def print_fifths(scored, what):
    print(f'{"confidence":>13}{"n":>7}{what:>12}')
    for low, high, number, right in fifths(scored):
        print(f'{low:7.2f}-{high:.2f}{number:8}{100 * right / number:11.1f}%')


def full_name(quotation):
    """(name, sureness) of a quotation's speaker, withheld or not; (None, 0) when the reading had none."""
    speaker = quotation.get('speaker') or {}
    if speaker.get('value'):
        return speaker['value'], speaker.get('confidence') or 0.0
    withheld = WITHHELD.match(speaker.get('reason') or '')
    return (withheld.group(1), speaker.get('confidence') or 0.0) if withheld else (None, 0.0)


def scored(scorer, gold, predictions, path):
    """What the scorer of speakers prints for `predictions`: [(article, [prediction])]; written to `path`, a scratch file."""
    with open(path, 'w', encoding='utf8', newline='\n') as file:
        for article, quotations in predictions:
            file.write(json.dumps({'article': article, 'quotations': quotations}, ensure_ascii=False) + '\n')
    run = subprocess.run([sys.executable, scorer, gold, path], stdout=subprocess.PIPE, check=False)
    return run.stdout.decode('utf8')


def print_thresholds(scorer, gold, predictions, path):
    """Runs the scorer with names withheld below each threshold; of each prediction `name` and `sureness`."""
    print(f'{"withheld below":>14}{"named":>8}{"right":>8}{"wrong":>8}{"abst.":>8}')
    for threshold in THRESHOLDS:
        given = [(article, [{**q, 'speaker': q['name'] if q['sureness'] >= threshold else None} for q in quotations])
                 for article, quotations in predictions]
        row = re.search(r'^all +\d+ +[\d.]+ +(\d+) +([\d.]+) +([\d.]+) +([\d.]+)', scored(scorer, gold, given, path), re.M)
        if row:
            print(f'{threshold:14.1f}{row[1]:>8}{row[2]:>8}{row[3]:>8}{row[4]:>8}')


def print_shown(scorer, gold, predictions, path):
    """Runs the scorer with quotations left out below each confidence."""
    print(f'{"left out below":>14}{"predicted":>11}{"found":>8}{"P":>8}{"R":>8}{"F1":>8}')
    for least in LEAST_SHOWN:
        shown = [(article, [q for q in quotations if q['confidence'] >= least]) for article, quotations in predictions]
        said = scored(scorer, gold, shown, path)
        found = re.search(r'^all +\d+ +([\d.]+)', said, re.M)
        row = re.search(r'^end to end .* and (\d+) predicted\): P ([\d.]+) R ([\d.]+) F1 ([\d.]+)', said, re.M)
        if found and row:
            print(f'{least:14.1f}{row[1]:>11}{found[1]:>8}{row[2]:>8}{row[3]:>8}{row[4]:>8}')
