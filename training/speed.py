"""How fast kg reads beside how fast jieba tags parts of speech: characters a second of processor time, on one core.

    python training/speed.py FOLDER [--articles 60] [--rounds 10]

FOLDER holds news articles as *.txt. Round by round both read the same articles, one reader after the other, in this
process; each round has other articles, for kg remembers the places that it has looked up. Start-up is left out.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.articles import split
from kg.document import Source
from kg.extract import extract


def kg(source: Source) -> None:
    """Everything that `kg build` does with a page before it writes: articles, entities, facts."""
    for article in split(source):
        extract(article)


def posseg() -> Callable[[Source], None]:
    """jieba's words with their parts of speech."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own patterns, written before raw strings were asked for
        import jieba
        from jieba import posseg as tagger
    jieba.setLogLevel(logging.WARNING)
    return lambda source: [*tagger.cut(source.text)].clear()


def speed(reader: Callable[[Source], None], sources: Sequence[Source]) -> float:
    """Characters a second of this process's time, on all its threads."""
    start = time.process_time()
    for source in sources:
        reader(source)
    return sum(len(source.text) for source in sources) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=60, help="in one round")
    parser.add_argument("--rounds", type=int, default=10)
    args = parser.parse_args()
    paths = sorted(args.folder.glob("*.txt"))
    if len(paths) < args.articles * args.rounds:
        sys.exit(f"{args.folder}: {len(paths)} articles, too few for {args.rounds} rounds of {args.articles}")
    sources = [Source(p.name, p.read_text(encoding="utf-8-sig")) for p in paths]
    tagger = posseg()
    for source in sources[-3:]:  # both warm
        tagger(source)
        kg(source)
    rounds = []
    for first in range(0, args.articles * args.rounds, args.articles):
        page = sources[first : first + args.articles]
        rounds.append((speed(tagger, page), speed(kg, page)))
    ratios = [ours / theirs for theirs, ours in rounds]
    total = sum(len(s.text) for s in sources[: args.articles * args.rounds])
    print(f"{total:,} characters in {args.rounds} rounds; median of the rounds, characters a second:")
    print(f"jieba.posseg {statistics.median(r[0] for r in rounds):>9,.0f}")
    print(f"kg           {statistics.median(r[1] for r in rounds):>9,.0f}")
    print(f"kg / posseg  {statistics.median(ratios):>9.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
