"""Sets that ask what articles have in common: links between quotations, reuse between articles, stories.

A record is made of the set's texts, compared, and what that tells is written in the scorers' form.
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile


def rows_of(path):
    with open(path, encoding='utf8') as file:
        return [json.loads(line) for line in file if line.strip()]


def run(options, *arguments):
    done = subprocess.run([options.onrecord, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode == 2 or done.returncode > 3:
        sys.exit(f'eval/run: {options.onrecord} {" ".join(arguments)} failed:\n{done.stderr.decode(errors="replace")}')
    return done.stdout.decode('utf8')


class Compared:
    """A record of texts {name: (text, {title, outlet, published})}, compared. Only these reach the product."""

    def __init__(self, options, set_name, texts):
        folder = options.records or options.out
        os.makedirs(folder, exist_ok=True)
        self.options, self.record = options, os.path.join(folder, f'{set_name}.onrecord.db')
        with tempfile.TemporaryDirectory() as given:
            for number, (name, (text, known)) in enumerate(sorted(texts.items(), key=lambda one: one[1][0])):
                path = os.path.join(given, f'{number}.txt')
                with open(path, 'w', encoding='utf8', newline='') as file:
                    file.write(text)
                with open(os.path.join(given, f'{number}.txt.meta.json'), 'w', encoding='utf8') as file:
                    json.dump({key: value for key, value in known.items() if value}, file, ensure_ascii=False)
            names = [name for name, _ in sorted(texts.items(), key=lambda one: one[1][0])]
            reading = ['--reading', options.reading] if options.reading else []
            run(options, 'ingest', given, '--record', self.record, '--format', 'jsonl', *reading)
            self.names = {}
            with sqlite3.connect(self.record) as record:
                for article, path in record.execute(
                        'SELECT a.id, o.path FROM article a JOIN version v ON v.article = a.key AND v.current = 1 '
                        'JOIN original o ON o.version = v.key'):
                    if path.startswith(given + os.sep):
                        number = int(os.path.basename(path)[:-len('.txt')])
                        self.names.setdefault(article, []).append(names[number])
        self.summary = json.loads(run(options, 'compare', '--record', self.record, '--format', 'jsonl'))

    def export(self, what):
        text = run(self.options, 'export', '--of', what, '--record', self.record)
        return [json.loads(line) for line in text.split('\n') if line]  # not splitlines(): a text may hold U+2028

    def links(self):
        """Every pair of quotations under one statement, as the files that hold them are named."""
        for link in self.export('links'):
            if link['proposed']:
                continue
            first, second = link['first'], link['second']
            for a in self.names.get(first['article'], []):
                for b in self.names.get(second['article'], []):
                    yield {'a': {'article': a + '.txt', 'span': reach(first)},
                           'b': {'article': b + '.txt', 'span': reach(second)},
                           'relation': link['relation'], 'altered': link['altered']}

    def pairs(self):
        for names in self.names.values():  # one text under two names
            for i, a in enumerate(names):
                yield from ({'a': a, 'b': b, 'label': 'full_reprint'} for b in names[i + 1:])
        for reuse in self.export('reuse'):
            for a in self.names.get(reuse['first'], []):
                yield from ({'a': a, 'b': b, 'label': reuse['class']} for b in self.names.get(reuse['second'], []))

    def stories(self, member):
        for row in self.export('stories'):
            yield from ({'id': name, 'story': row[member]} for name in self.names.get(row['article'], []))


def reach(side):
    points = [span['code_points'] for span in side['content']]
    return [points[0][0], points[-1][1]]


def write(path, rows):
    with open(path, 'w', encoding='utf8', newline='\n') as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + '\n')
    return path


def print_summary(title, compared):
    told = compared.summary
    pairs = ', '.join(f'{count} {name}' for name, count in told['pairs'].items() if count)
    print(f'\n{title}: {told["articles"]} articles; {told["statements"]} statements of several witnesses '
          f'({told["witnesses"]}, {told["altered"]} altered), {told["proposals"]} proposed links; '
          f'pairs: {pairs or "none"}; {told["stories"]} stories of several articles')
