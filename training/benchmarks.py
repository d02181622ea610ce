"""A side check: the tagger alone, untrained for them, on the test sets of other Chinese named-entity collections.

    python training/benchmarks.py FOLDER [--sentences 1500] [--out docs/benchmarks.md]

FOLDER holds msra_ner/msra_test_bio.txt, resume_ner/test.char.bmes and cluener2020/dev.json. Of each set the sentences
with the smallest hashes are taken, so that a sample stays the same. A span counts when both its ends are right. The
tagger marks names inside names (the place in a body's name); the sets do not: of its spans only the outermost count.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.extract import BIAS, SURE
from kg.language.encoder import encode
from kg.language.reading import Reading

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Row:
    """Labels of a set that together are one layer of the tagger, with what others reached on them."""

    labels: tuple[str, ...]
    layer: str
    published: str
    names: bool = False
    """Countries and one-character forms (中, 港), which our guidelines do not call places, count neither way."""

    @property
    def shown(self) -> str:
        """What stands in the table."""
        return ", ".join(self.labels) + (" (no countries, no single characters; not in the sum)" if self.names else "")


@dataclass(frozen=True)
class Set:
    """One collection."""

    name: str
    path: str
    rows: tuple[Row, ...]
    open: tuple[str, ...]
    """Labels that the layers hold only in part: a span that is one of them counts neither way."""
    published: str


LATTICE = "Zhang & Yang 2018, Lattice LSTM, trained on the set"
FLAT = "Li et al. 2020, FLAT with BERT, trained on the set"
SETS = (
    Set(
        "MSRA test",
        "msra_ner/msra_test_bio.txt",
        (
            Row(("PER",), "Person", "–"),
            Row(("LOC",), "Place", "–"),
            Row(("ORG",), "Organization", "–"),
            Row(("LOC",), "Place", "–", names=True),
        ),
        (),
        f"all three together: 93.18 ({LATTICE}), 96.09 ({FLAT})",
    ),
    Set(
        "ResumeNER test",
        "resume_ner/test.char.bmes",
        (Row(("NAME",), "Person", "–"), Row(("TITLE",), "Post", "–"), Row(("ORG",), "Organization", "–")),
        ("LOC", "CONT", "EDU", "PRO", "RACE"),
        f"all eight labels together: 94.46 ({LATTICE}), 95.86 ({FLAT})",
    ),
    Set(
        "CLUENER2020 dev",
        "cluener2020/dev.json",
        (
            Row(("name",), "Person", "–"),
            Row(("address",), "Place", "62.6"),
            Row(("government", "company", "organization"), "Organization", "–"),
            Row(("position",), "Post", "79.6"),
        ),
        ("scene",),
        "RoBERTa-wwm-large, trained on the set, on its hidden test part (Xu et al. 2020, arXiv:2001.04351)",
    ),
)


@cache
def countries() -> frozenset[str]:
    """Countries and regions of the world, by the names that texts use."""
    text = (files("kg.identity") / "words" / "countries_regions.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


def sentences(path: Path) -> list[tuple[str, list[Span]]]:
    """The sentences of a set with their labelled spans, in the order of their hashes."""
    read = _records(path) if path.suffix == ".json" else _columns(path)
    return sorted(read, key=lambda s: (zlib.crc32(s[0].encode()), s[0]))


def _columns(path: Path) -> Iterator[tuple[str, list[Span]]]:
    """A character and its tag (BIO, BMES) a line, sentences parted by empty lines."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if len(line.split()) == 2]
        spans: list[Span] = []
        for i, (_, tag) in enumerate(rows):
            place, _, label = tag.partition("-")
            if place in ("B", "S"):
                spans.append((i, i + 1, label))
            elif place in ("I", "M", "E") and spans:
                spans[-1] = (spans[-1][0], i + 1, label)
        if rows:
            yield "".join(c for c, _ in rows), spans


def _records(path: Path) -> Iterator[tuple[str, list[Span]]]:
    """A JSON record a line: text, label → name → positions, the last one included."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield (
            record["text"],
            [(a, b + 1, label) for label, names in record["label"].items() for at in names.values() for a, b in at],
        )


def tagged(texts: Sequence[str]) -> list[list[Span]]:
    """The outermost spans that the tagger marks in each text, by layer."""
    starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(len(texts))]
    reading = Reading(None, "\n".join(texts), tuple(starts), ("body",) * len(texts))
    spans = [(a, b, layer) for a, b, layer, sure in encode(reading, BIAS).spans if sure >= SURE.get(layer, 0.5)]
    found: list[list[Span]] = [[] for _ in texts]
    for a, b, layer in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        text = reading.paragraph(a)
        here = (a - starts[text], b - starts[text], layer)
        if not any(x <= here[0] and here[1] <= y for x, y, _ in found[text]):
            found[text].append(here)
    return found


def measure(one: Set, folder: Path, most: int) -> list[str]:
    """The lines of the report for one set."""
    sample = sentences(folder / one.path)[:most]
    predicted = [spans for i in range(0, len(sample), 50) for spans in tagged([t for t, _ in sample[i : i + 50]])]
    lines = [
        f"## {one.name}",
        "",
        f"{len(sample)} sentences. Published F1: {one.published}.",
        "",
        "| labels of the set | layer of the tagger | P | R | F1 | spans | published F1 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    total = [0, 0, 0]
    for row in one.rows:
        right = wrong = wanted = 0
        for (text, gold), found in zip(sample, predicted, strict=True):
            foreign = {(a, b) for a, b, _ in gold if row.names and (b - a == 1 or text[a:b] in countries())}
            mine = {(a, b) for a, b, label in gold if label in row.labels} - foreign
            unsaid = {(a, b) for a, b, label in gold if label in one.open} - mine | foreign
            here = {(a, b) for a, b, layer in found if layer == row.layer} - unsaid
            right, wrong, wanted = right + len(here & mine), wrong + len(here - mine), wanted + len(mine)
        if not row.names:
            total = [t + n for t, n in zip(total, (right, wrong, wanted), strict=True)]
        lines.append(f"| {row.shown} | {row.layer} | {_figures(right, wrong, wanted)} | {row.published} |")
    return [*lines, f"| together | | {_figures(*total)} | |", ""]


def _figures(right: int, wrong: int, wanted: int) -> str:
    precision, recall = right / max(1, right + wrong), right / max(1, wanted)
    f1 = 2 * right / max(1, right + wrong + wanted)
    return f"{100 * precision:.1f} | {100 * recall:.1f} | {100 * f1:.1f} | {wanted}"


def main() -> None:
    """Read the arguments, measure, print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=1500)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    lines = [
        "# Other people's test sets",
        "",
        "Written by `training/benchmarks.py`; do not edit. The tagger alone, without gazetteer, lexicons or the rest of "
        "the pipeline, trained on none of these sets. Their guidelines differ from ours, most in how far a name goes "
        "and in what a title holds; the figures say how well names are seen in other kinds of text, no more.",
        "",
        *(line for one in SETS for line in measure(one, args.folder, args.sentences)),
    ]
    text = "\n".join(lines)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
