"""Finding names of divisions in text, fast: the names of provinces to townships, full and short.

When the data is compiled, names that are common words are left out: those of words/guarded.txt and, for townships, the
words of jieba's dictionary that are no names there. So are townships' short names of two characters.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def _names() -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """All names, and by their first two characters the lengths of names, the longest first."""
    with (files("kg.gazetteer") / "data" / "scan.txt.gz").open("rb") as packed:
        names = gzip.decompress(packed.read()).decode("utf-8").split("\n")
    masks: dict[str, int] = {}
    for name in names:
        masks[name[:2]] = masks.get(name[:2], 0) | 1 << len(name)
    lengths = {m: tuple(n for n in range(m.bit_length() - 1, 1, -1) if m >> n & 1) for m in set(masks.values())}
    return frozenset(names), {start: lengths[m] for start, m in masks.items()}


def scan(text: str) -> list[tuple[int, int, str]]:
    """The names in `text` as (start, end, name), the longest at each place, without overlaps, in order."""
    names, lengths = _names()
    found: list[tuple[int, int, str]] = []
    end = 0
    for start, pair in enumerate(map(str.__add__, text, text[1:])):
        if pair not in lengths or start < end:
            continue
        for length in lengths[pair]:
            name = text[start : start + length]
            if name in names:
                end = start + len(name)  # shorter than `length` at the end of the text
                found.append((start, end, name))
                break
    return found
