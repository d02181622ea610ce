"""What a figure counts or measures, in words of its sentence. Which of them is learned: training/indicator.py."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.facts import TYPES
from kg.language.amounts import Quantity
from kg.language.words import tagged
from kg.lexicon import entries, words
from kg.relations.context import Context
from kg.relations.items import AMOUNTS, Item

BEFORE, BEHIND = 60, 20
"""Characters of the sentence before and behind the figure from which the words are chosen."""
LEAST = 0.3
"""The probability from which on a word is taken; the best for the measure of `kg score` on held-out annotations."""
LONGEST = 14
"""Characters of an indicator, the likeliest words first."""
NEAR = 8
"""Words on each side that tell whether a unit's own word belongs."""
_MARKS = frozenset("，,；;：:")
_LETTER = re.compile(r"[^\W\d]")
_STEPS = (0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8)
"""How many words off, in steps that grow."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may be part of an indicator, with what the choice goes by."""

    start: int
    text: str
    features: tuple[str, ...]

    @property
    def probability(self) -> float:
        """That it is part of the indicator, by the learned weights."""
        known = weights()
        return 1 / (1 + math.exp(-sum(known.get(f, 0.0) for f in self.features)))


def indicator(context: Context, item: Item) -> str:
    """What the figure at `item` counts or measures: the likely words around it in their order, the likeliest alone
    where none is likely, and the unit's own word (长度 of 公里) where that is likely."""
    quantity: Quantity = item.value
    found = sorted(((w.probability, w) for w in candidates(context, item)), key=lambda pw: (-pw[0], pw[1].start))
    kept: list[Word] = []
    for probability, word in found:
        room = LONGEST - sum(len(k.text) for k in kept)
        if not kept or (probability >= LEAST and len(word.text) <= room and not any(word.text in k.text for k in kept)):
            kept.append(word)
    said = "".join(w.text for w in sorted(kept, key=lambda w: w.start))
    if quantity.per and quantity.per not in said:
        said = quantity.per + said
    return said or quantity.unit or "数量"


def candidates(context: Context, item: Item) -> list[Word]:
    """The words around the figure at `item` in its sentence, and behind them those that its unit measures by and that
    are not among them."""
    quantity: Quantity = item.value
    before, behind = _around(context, item)
    kinds = _kinds(context, item, before + behind)
    own = [(start, w) for start, w, _ in _last_clause(before) if _LETTER.search(w)]
    bare = "bare" if all(w in _empty() or start in kinds for start, w in own) else "said"
    found = [*_described(item, before[::-1], "<", kinds, bare), *_described(item, behind, ">", kinds, bare)]
    text = "".join(w for _, w, _ in before + behind)
    beside = (*before[-NEAR:], *behind[:NEAR])
    near = dict.fromkeys(w for start, w, _ in beside if kinds.get(start) not in TYPES)
    for measure in _measures().get(quantity.unit, ()):
        if measure not in text:
            features = ("measure", f"measure {measure} {quantity.unit}", f"measure {measure} {bare}")
            found.append(
                Word(len(context.reading.text), measure, features + tuple(f"{measure} near {w}" for w in near))
            )
    return found


Cut = tuple[int, str, str]
"""A word of the sentence: where it begins, the word, its part of speech."""


def _around(context: Context, item: Item) -> tuple[list[Cut], list[Cut]]:
    """The words of its sentence before the figure, and of its clause behind it."""
    sentence = context.reading.sentences[context.reading.sentence(item.start)]
    low, high = max(sentence.start, item.start - BEFORE), min(context.clause(item.end - 1).end, item.end + BEHIND)
    sides: list[list[Cut]] = []
    for start, end in ((low, item.start), (item.end, high)):
        side: list[Cut] = []
        for word, part in tagged(context.reading.text[start:end]):
            side.append((start, word, part[:2]))
            start += len(word)
        sides.append(side)
    return sides[0], sides[1]


def _kinds(context: Context, item: Item, around: list[Cut]) -> dict[int, str]:
    """What else the characters belong to: other figures and dates first, then names."""
    low, high = (around[0][0], around[-1][0] + len(around[-1][1])) if around else (item.start, item.end)
    inside = [i for i in context.within(low, high) if i is not item]
    kinds: dict[int, str] = {}
    for i in sorted(inside, key=lambda i: i.kind in (*AMOUNTS, "Date")):
        kinds.update(dict.fromkeys(range(i.start, i.end), "Figure" if i.kind in AMOUNTS else i.kind))
    return kinds


def _last_clause(before: list[Cut]) -> list[Cut]:
    """The words after the last mark."""
    marks = [n for n, (_, word, _) in enumerate(before) if word in _MARKS]
    return before[marks[-1] + 1 :] if marks else before


def _described(item: Item, side: list[Cut], to: str, kinds: dict[int, str], bare: str) -> Iterator[Word]:
    """The words on one side of the figure, the nearest first, with their features."""
    quantity: Quantity = item.value
    marks = figures = 0
    inside = False
    for n, (start, word, part) in enumerate(side):
        kind = kinds.get(start, "-")
        figures += kind == "Figure" and not inside
        inside = kind == "Figure"
        if _LETTER.search(word) and kind not in ("Figure", "Date") and word not in _particles():
            left, right = (n + 1, n - 1) if to == "<" else (n - 1, n + 1)
            parts = [side[i][2] if 0 <= i < len(side) else "-" for i in (left, right)]
            far, off = _STEPS[min(n, len(_STEPS) - 1)], min(marks, 3)
            called = kind if kind in TYPES else word  # what things are called is not to be learned
            yield Word(
                start,
                word,
                (
                    "word",
                    f"{to} {off} marks {bare}",
                    f"{to} {off} marks {min(figures, 2)} figures",
                    f"{to} {part}",
                    f"{parts[0]} before {part}",
                    f"{part} before {parts[1]}",
                    f"word {called}",
                    f"{to} {part} in {kind}",
                    f"{to} {far} off {quantity.category or 'count'}",
                    f"{to} of {quantity.unit}",
                    f"word {called} of {quantity.unit}",
                    f"{to} {far} off {part}",
                    f"ends {word[-1]}",
                    f"{to} {off} marks {far} off {bare}",
                ),
            )
        marks += word in _MARKS


@cache
def weights() -> dict[str, float]:
    """The learned weight of each feature that has one (kg/models/indicator.json)."""
    found: dict[str, float] = json.loads((files("kg.models") / "indicator.json").read_text(encoding="utf-8"))
    return found


@cache
def _measures() -> dict[str, tuple[str, ...]]:
    """The words for what a unit measures."""
    return {unit: tuple(said.split("|")) for unit, said in entries("measures")}


@cache
def _particles() -> frozenset[str]:
    """The words of one character that say nothing of what is measured (的, 比)."""
    return frozenset(w for w in words("fillers") if len(w) == 1)


@cache
def _empty() -> frozenset[str]:
    """The words that say how a figure changed, or nothing."""
    return frozenset((*words("changes"), *words("fillers")))
