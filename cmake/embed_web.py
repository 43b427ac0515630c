#!/usr/bin/env python3
"""Writes OUT: a C++ source that holds the files below DIR, as they are and gzipped (src/serve/web_app.h).

usage: embed_web.py DIR OUT      DIR may be missing: then there are no pages
"""
import gzip
import pathlib
import sys

TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
         '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2', '.png': 'image/png'}


def array(name, data):
    numbers = ','.join(str(byte) for byte in data) or '0'
    return f'constexpr unsigned char {name}[] = {{{numbers}}};\n'


def view(name, data):
    return f'{{reinterpret_cast<const char*>({name}), {len(data)}}}' if data else '{}'


folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
arrays, rows = '', ''
for number, path in enumerate(sorted(p for p in folder.rglob('*') if p.is_file()) if folder.is_dir() else []):
    data = path.read_bytes()
    packed = gzip.compress(data, 9, mtime=0)
    packed = packed if len(packed) < len(data) else b''
    arrays += array(f'kFile{number}', data) + (array(f'kPacked{number}', packed) if packed else '')
    rows += (f'    {{"/{path.relative_to(folder).as_posix()}", "{TYPES.get(path.suffix, "application/octet-stream")}", '
             f'{view(f"kFile{number}", data)}, {view(f"kPacked{number}", packed)}}},\n')
table = f'const WebFile kFiles[] = {{\n{rows}}};\n' if rows else ''
result = 'std::span<const WebFile>(kFiles)' if rows else '{}'
out.write_text('#include "serve/web_app.h"\n\nnamespace onrecord {\nnamespace {\n' + arrays + table +
               '}  // namespace\n\nstd::span<const WebFile> web_files() { return ' + result + '; }\n}  // namespace onrecord\n')
