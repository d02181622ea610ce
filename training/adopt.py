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
from collections import Counter
from pathlib import Path

from gold import occurrences
from split import signs

COMMON = 6
"""A person in so many files of both kinds is a national figure and joins nothing."""


def record(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def telling(held: list[Path], others: list[Path]) -> set[str]:
    """The signs of the held-out files by which another would tell of them: not those of national figures, of nobody
    named, or of a kind of meeting."""
    count = Counter(sign for path in (*held, *others) for sign in signs(record(path)))
    outside = set().union(*(signs(record(path)) for path in held))
    return {s for s in outside if count[s] < COMMON and not re.search("某|会议|大会|发布会", s)}


def held_out(gold: Path) -> list[Path]:
    """The files of the blind part and of dev in a folder with train and dev."""
    blind = (Path(__file__).parent / "blind.txt").read_text(encoding="utf-8").split()
    return [gold / "train" / name for name in blind] + sorted((gold / "dev").glob("*.json"))


def leaking(annotated: list[Path], held: list[Path]) -> dict[str, set[str]]:
    """The annotated files that share a sign with one that is held out, with what they share."""
    told = telling(held, annotated)
    shared = {str(path): signs(record(path)) & told for path in annotated}
    return {path: both for path, both in shared.items() if both}


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
    annotated = sorted(args.annotated.glob("**/*.json"))
    shared = leaking(annotated, held_out(args.gold))
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
