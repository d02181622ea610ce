"""Names that OCR damaged or a writer misspelt: divisions whose names look or sound like the one that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from kg.gazetteer.divisions import Place, below, kind, name, villages
from kg.gazetteer.forms import endings, root, village_root

LONG = 0.75
"""The score of a name of four characters of which one is another that looks nothing like it."""

SOUND = 0.6
"""How alike two characters are that sound the same (西坪 for 西屏)."""


@cache
def _lookalikes() -> dict[str, dict[str, float]]:
    """Character as read → characters that it may stand for, with the table's score (0.45 to 0.8)."""
    table: dict[str, dict[str, float]] = {}
    text = (files("kg.gazetteer") / "data" / "lookalikes.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        read, meant, score = line.split("\t")
        for one, other in ((read, meant), (meant, read)):
            known = table.setdefault(one, {})
            known[other] = max(float(score), known.get(other, 0.0))
    return table


@cache
def _sounds() -> dict[str, int]:
    """Character → the number of the group of characters that sound like it."""
    text = (files("kg.gazetteer") / "data" / "sounds.tsv").read_text(encoding="utf-8")
    return {character: number for number, line in enumerate(text.splitlines()) for character in line}


def _like(read: str, meant: str) -> float:
    """How well one character stands for the other, 0 to 1."""
    sound = _sounds().get(read, -1)
    return max(_lookalikes().get(read, {}).get(meant, 0.0), SOUND if sound == _sounds().get(meant) else 0.0)


def alike(read: str, meant: str) -> float:
    """How well the characters of `read` fit those of `meant`, 0 to 1: 1 if they are the same, 0 if the lengths
    differ, if more than one character differs, or if there is no character that is the same."""
    if len(read) != len(meant):
        return 0.0
    different = [(r, m) for r, m in zip(read, meant, strict=True) if r != m]
    if not different:
        return 1.0
    if len(different) > 1 or len(read) < 2:
        return 0.0
    ((r, m),) = different
    return 1 - (1 - _like(r, m)) / len(read)


def similar(read: str, within: Iterable[str]) -> list[tuple[Place, float]]:
    """The divisions below the codes `within` whose names differ from `read` in one character, the likest first.

    For names that `lookup` does not know. The ending must agree (绿口区 is a 区). A county may differ by any character,
    for there are few; a township or village, only by one that looks or sounds alike, or in a name of four
    characters or more besides the ending. The scores are 1 less the
    unlikeness of the character shared out over the name without its ending: 绿口区 → 渌口区 0.73.
    """
    found: dict[str, tuple[Place, float]] = {}
    for outer in within:
        for code, official in _candidates(read, outer):
            level = kind(code)
            if level == "Village":
                score = alike(village_root(read), village_root(official))
                known = _known(village_root(read), village_root(official))
            else:
                bare = root(official, level)
                ending = official[len(bare) :] if official.startswith(bare) else ""
                if not read.endswith(ending) or len(read) != len(bare) + len(ending):
                    continue
                score, known = alike(read[: len(bare)], bare), _known(read[: len(bare)], bare)
            if score < 1 and (score >= LONG or (score and (known or level in ("Prefecture", "County")))):
                found[code] = Place(code, official, level, False), score
    return sorted(found.values(), key=lambda hit: (-hit[1], hit[0].code))


def _known(read: str, meant: str) -> bool:
    """Whether all characters that differ look or sound alike."""
    return all(r == m or _like(r, m) > 0 for r, m in zip(read, meant, strict=False))


def _candidates(read: str, outer: str) -> Iterator[tuple[str, str]]:
    if read.endswith(endings("Village")):
        bare = village_root(read)
        if len(bare) > 1 and not outer.endswith("0000"):
            others = (re.escape(bare[:i]) + "." + re.escape(bare[i + 1 :]) for i in range(len(bare)))
            yield from villages(outer, re.compile("(?:" + "|".join(others) + ")"))
        return
    yield from ((code, n) for code in below(outer) if len(n := name(code)) == len(read))
