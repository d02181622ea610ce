"""Take new annotations into training/gold: checked for leaks, and with positions in place of quotations.

    python training/adopt.py ANNOTATED-FOLDER --gold ../shared/gold --sources FOLDER --out training/gold

A file that shares a person, or an event's long name, with the blind part or the dev files is left out and named:
trained on, it would make both look better than they are. The texts of the articles may not stand in this repository,
so a claim's evidence is kept as its position in the source file; gold.py reads the words back from there.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from gold import occurrences
from split import signs

COMMON = 6
"""A person in so many files of both kinds is a national figure and joins nothing."""


def record(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def leaking(annotated: list[Path], held: list[Path]) -> dict[str, set[str]]:
    """The annotated files that share a sign with one that is held out, with what they share."""
    everywhere = [signs(record(path)) for path in (*annotated, *held)]
    count: dict[str, int] = {}
    for found in everywhere:
        for sign in found:
            count[sign] = count.get(sign, 0) + 1
    outside = set().union(*(signs(record(path)) for path in held))
    shared = {}
    for path, found in zip(annotated, everywhere, strict=False):
        both = {s for s in found & outside if count[s] < COMMON and not re.search("某|会议|大会|发布会", s)}
        if both:
            shared[str(path)] = both
    return shared


def packed(gold: dict, text: str) -> dict:
    """A gold record with the evidence of each claim as [start, end] in the source."""
    for article in gold["articles"]:
        article.pop("first", None), article.pop("last", None)
        article["title"] = None  # the first line of the source
        for claim in article["claims"]:
            quote = claim.pop("evidence", None)
            if quote:
                spans = list(occurrences(text, quote))
                claim["at"] = list(spans[0]) if spans else None
    return gold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("--gold", type=Path, required=True, help="folder with train and dev")
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    blind = (Path(__file__).parent / "blind.txt").read_text().split()
    held = [args.gold / "train" / name for name in blind] + sorted((args.gold / "dev").glob("*.json"))
    annotated = sorted(args.annotated.glob("**/*.json"))
    shared = leaking(annotated, held)
    args.out.mkdir(parents=True, exist_ok=True)
    for path in annotated:
        if str(path) in shared:
            print(f"left out: {path.name}: shares {', '.join(sorted(shared[str(path)]))} with held-out gold")
            continue
        gold = record(path)
        text = (args.sources / gold["source"]).read_bytes().decode("utf-8-sig")
        line = json.dumps(packed(gold, text), ensure_ascii=False, separators=(",", ":"))
        (args.out / path.name).write_text(line + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
