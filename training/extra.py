"""Annotations of single sentences and single pairs, from articles that nobody annotated whole.

`training/marked.jsonl.xz` (names in sentences that the tagger was unsure of) and `training/judged.jsonl.xz` (pairs that the
judge was unsure of) hold one article a line, positions in its text and no words:

    {"source": "x.txt", "sentences": [[start, end], …], "spans": [[start, end, layer, sure], …]}
    {"source": "x.txt", "items": [[start, end, kind, entity, anaphor], …],
     "pairs": [[start, end, kind, start, end, kind, label], …]}

`training/checked.jsonl.xz` holds pairs of whole annotated articles in which the annotation and the weights differed,
as they were judged once more: {"source": …, "pairs": …} as above, with ignore where it cannot be decided.

`training/again.jsonl.xz` holds claims on held-out articles of our own that the annotation lacks, read once more:
{"source": …, "claim": the key of verdicts.py, "right": true, false, or null where gold would leave it open}.

A marked sentence is annotated for MARKED alone; of a judged article only the pairs that are listed are known.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from gold import MAX_SPAN, Example, Mention

from kg.language.reading import Reading, plain
from kg.relations.candidates import LABELS, Pair, Scene
from kg.relations.figures import figures
from kg.relations.items import Item

FOLDER = Path(__file__).parent
IGNORE = -1
"""The label of a pair that is neither learned from nor counted."""
MARKED_FILE, JUDGED_FILE = "marked.jsonl.xz", "judged.jsonl.xz"
CHECKED_FILE, AGAIN_FILE = "checked.jsonl.xz", "again.jsonl.xz"
LETTERS = {"O": "Organization", "P": "Project", "I": "Initiative", "E": "Event"}
MARKED = tuple(LETTERS.values())


def lines(name: str) -> list[dict]:
    """The records of one of these files; none where there is no such file yet."""
    path = FOLDER / name
    return [json.loads(line) for line in lzma.decompress(path.read_bytes()).splitlines()] if path.exists() else []


def save(name: str, records: list[dict]) -> None:
    """Write one of these files, its records by source."""
    rows = [
        json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in sorted(records, key=lambda r: r["source"])
    ]
    (FOLDER / name).write_bytes(lzma.compress("\n".join(rows).encode("utf-8"), preset=9))


def text_of(record: dict, sources: Path) -> str:
    """The text that a record's positions count in."""
    return (sources / record["source"]).read_bytes().decode("utf-8-sig")


def marked(sources: Path) -> Iterator[tuple[Example, list[tuple[int, int]]]]:
    """The marked articles with the stretches that are annotated."""
    for record in lines(MARKED_FILE):
        mentions = [Mention(a, b, layer, "", bool(sure)) for a, b, layer, sure in record["spans"]]
        yield (
            Example(record["source"], text_of(record, sources), {}, mentions),
            [(a, b) for a, b in record["sentences"]],
        )


def judged(sources: Path) -> Iterator[tuple[str, Reading, Scene, list[Pair], list[int]]]:
    """The judged articles: name, reading, scene, the pairs judged and the index of each one's label."""
    for record in lines(JUDGED_FILE):
        reading = plain(text_of(record, sources))
        items = [Item(a, b, kind, entity, bool(anaphor)) for a, b, kind, entity, anaphor in record["items"]]
        scene = Scene(reading, items + figures(reading, None))
        labels = {tuple(pair[:6]): LABELS.index(pair[6]) for pair in record["pairs"]}
        known = [(pair, labels[key(pair)]) for pair in scene.pairs() if key(pair) in labels]
        yield record["source"], reading, scene, [pair for pair, _ in known], [label for _, label in known]


def checked() -> dict[str, dict[tuple, int]]:
    """By source the pairs that were judged once more, each with the index of its label or IGNORE."""
    return {
        record["source"]: {tuple(p[:6]): IGNORE if p[6] == "ignore" else LABELS.index(p[6]) for p in record["pairs"]}
        for record in lines(CHECKED_FILE)
    }


def corrected(pairs: list[Pair], labels: list[int], again: dict[tuple, int]) -> list[int]:
    """The labels of an annotated article's pairs, with those that were judged once more."""
    return [again.get(key(pair), label) for pair, label in zip(pairs, labels, strict=True)]


def key(pair: Pair) -> tuple[int, int, str, int, int, str]:
    """What tells a pair of an article: where its two items stand, and their kinds."""
    source, target = pair.source, pair.target
    return source.start, source.end, source.kind, target.start, target.end, target.kind


def spans(text: str, start: int, end: int, named: list[list[str]]) -> list[list]:
    """The names that were found in a sentence, wherever they stand in it: [start, end, layer, sure]. A name inside a
    longer one of its type is neither right nor wrong."""
    sure: dict[tuple[int, int, str], bool] = {}
    for letter, *name in named:
        for match in re.finditer(re.escape(name[0]), text[start:end]) if letter != "-" else ():
            span = (start + match.start(), start + match.end(), LETTERS[letter.upper()])
            sure[span] = sure.get(span, False) or letter.isupper()
    kept: list[list] = []
    for (a, b, layer), required in sorted(sure.items(), key=lambda item: item[0][0] - item[0][1]):
        inside = any(k[2] == layer and k[3] and k[0] < b and a < k[1] for k in kept)
        kept.append([a, b, layer, int(required and not inside and b - a <= MAX_SPAN)])
    return sorted(kept)
