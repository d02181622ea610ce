"""The texts of annotated sources in one folder: articles as they are, records of the bulk file as files of their own.

python training/texts.py GOLD-FOLDER... --shared FOLDER --out build/training/texts
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import zstandard
from extra import JUDGED_FILE, MARKED_FILE, lines
from verdicts import text_file

BULK = "corpus/bulk.jsonl.zst"


def records(path: Path) -> Iterator[dict]:
    """The records of a bulk file: JSON Lines, zstd."""
    with path.open("rb") as packed:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), encoding="utf-8"):
            yield json.loads(line)


def whole(record: dict) -> str:
    """A bulk record as the text of a source: its headline is the first line."""
    return f"{record['title'].strip()}\n{record['text'].strip()}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    wanted = {record["source"] for name in (MARKED_FILE, JUDGED_FILE) for record in lines(name)}
    wanted |= {json.loads(path.read_text(encoding="utf-8"))["source"] for f in args.gold for path in f.glob("*.json")}
    for name in sorted(wanted):
        path = text_file(name, args.shared)
        if path is not None:
            shutil.copyfile(path, args.out / name)
            wanted.remove(name)
    if wanted:
        for record in records(args.shared / BULK):
            name = f"{record['id']}.txt"
            if name in wanted:
                (args.out / name).write_text(whole(record), encoding="utf-8")
                wanted.remove(name)
    if wanted:
        raise SystemExit(
            f"{args.shared} does not have {', '.join(sorted(wanted))}; give the folder with corpus/ and seeds/"
        )


if __name__ == "__main__":
    main()
