"""Which pairs of items could stand in a relation, and what is known of each pair before it is judged."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.language.reading import Reading
from kg.lexicon import entries
from kg.relations.items import AGENTS, AMOUNTS, KINDS, WORKS, Item

LABELS = (
    "none",
    "leads",
    "carriesOut",
    "participatesIn",
    "undertakenBy",
    "locatedIn",
    "holdsPost",
    "totalInvestment",
    "grant",
    "raised",
    "spent",
    "statistic",
    "on",
    "start",
    "end",
)
"""What a pair can state: a predicate, or the role of a funding or date, from the source item to the target item."""

_ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    **{(a, w): ("leads", "carriesOut", "participatesIn") for a in AGENTS for w in WORKS},
    ("Project", "Organization"): ("undertakenBy",),
    ("Project", "Person"): ("undertakenBy",),
    **{(s, "Place"): ("locatedIn",) for s in ("Project", "Organization", "Place", "Event")},
    ("Person", "Post"): ("holdsPost",),
    **{
        (s, "Money"): ("totalInvestment", "grant", "raised", "spent", "statistic")
        for s in ("Project", "Initiative", "Organization", "Place", "Event")
    },
    ("Person", "Money"): ("statistic",),
    **{(s, a): ("statistic",) for s in KINDS[:6] for a in ("Share", "Count")},
    **{(s, "Date"): ("on", "start", "end") for s in ("Project", "Event", "Initiative", "Organization")},
}
REACH = 3
"""Sentences back in which a subject that the sentence itself leaves out is looked for."""
EARLIER = 10
"""At most so many entities from outside the sentence are candidates for one target."""


@cache
def allowed(source: str, target: str) -> tuple[str, ...]:
    """The labels that a pair of kinds may bear, none left out."""
    return _ALLOWED.get((source, target), ())


@cache
def mask(source: str, target: str) -> tuple[bool, ...]:
    """`allowed` as one truth value a label; none is always allowed."""
    return tuple(label == "none" or label in allowed(source, target) for label in LABELS)


@dataclass(frozen=True, slots=True)
class Pair:
    """A source item (the subject; the person of a post) and a target item."""

    source: Item
    target: Item
    features: tuple[float, ...]


@cache
def _triggers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The classes of relation words, each as one pattern."""
    classes: dict[str, list[str]] = defaultdict(list)
    for word, kind, *_ in entries("triggers"):
        classes[kind].append(word)
    return tuple(
        (kind, re.compile("|".join(sorted(map(re.escape, ws), key=len, reverse=True))))
        for kind, ws in sorted(classes.items())
    )


@dataclass(frozen=True, slots=True)
class _Rivals:
    """How a source stands among the candidates for one target."""

    count: int
    rank: int
    """By distance, from 0."""
    of_kind: int
    nearest_of_kind: bool


class Scene:
    """The items of one article in order, with what is asked of them again and again."""

    def __init__(self, reading: Reading, items: list[Item]) -> None:
        self.reading = reading
        self.items = sorted(items, key=lambda i: (i.start, -i.end, KINDS.index(i.kind)))
        self.sentence = {id(i): reading.sentence(i.start) for i in self.items}
        self.by_sentence: dict[int, list[Item]] = defaultdict(list)
        for item in self.items:
            self.by_sentence[self.sentence[id(item)]].append(item)
        self.count = Counter(i.entity for i in self.items if i.entity)
        self.in_title = {
            i.entity
            for i in self.items
            if i.entity and reading.kinds[reading.paragraph(i.start)] in ("title", "kicker", "subtitle")
        }
        text = reading.text
        self.commas = [m.start() for m in re.finditer(r"[，,；;。！？!?\n]", text)]
        self.trigger_spans = [[m.start() for m in pattern.finditer(text)] for _, pattern in _triggers()]

    def candidates(self, target: Item) -> list[Item]:
        """The items that may be the source for `target`: in its sentence; and for each other entity the nearest
        mention in the sentences before, the headline, or among the most named."""
        number = self.sentence[id(target)]
        here = [
            i
            for i in self.by_sentence[number]
            if i is not target
            and allowed(i.kind, target.kind)
            and not (target.entity is not None and i.entity == target.entity)
        ]
        seen = {i.entity for i in here} | {target.entity}
        nearest: dict[str, Item] = {}
        for item in here:  # of several mentions of one entity the nearest
            old = nearest.get(item.entity or "")
            if old is None or _gap(item, target) < _gap(old, target):
                nearest[item.entity or ""] = item
        if target.kind == "Post" and here:
            return [i for i in here if nearest[i.entity or ""] is i]
        earlier: dict[str, Item] = {}
        for back in range(1, REACH + 1):
            for item in reversed(self.by_sentence[number - back] if number >= back else []):
                if item.entity and item.entity not in seen and allowed(item.kind, target.kind):
                    earlier.setdefault(item.entity, item)
        salient = [e for e, _ in self.count.most_common(6)] + sorted(self.in_title)
        for entity in salient:
            if entity in seen or entity in earlier:
                continue
            before = [
                i for i in self.items if i.entity == entity and i.end <= target.start and allowed(i.kind, target.kind)
            ]
            if before:
                earlier[entity] = before[-1]
        chosen = list(earlier.values())[:EARLIER]
        return [i for i in here if nearest[i.entity or ""] is i] + chosen

    def pairs(self) -> list[Pair]:
        """Every candidate pair of the article, targets in text order."""
        found = []
        for target in self.items:
            if target.kind in ("Person", "Organization") and not any(i.kind == "Project" for i in self.items):
                continue
            sources = self.candidates(target)
            gaps = [_gap(s, target) for s in sources]
            ranks = sorted(range(len(sources)), key=gaps.__getitem__)
            for number, source in enumerate(sources):
                rivals = _Rivals(
                    len(sources),
                    ranks.index(number),
                    sum(s.kind == source.kind for s in sources),
                    gaps[number] == min(g for s, g in zip(sources, gaps, strict=True) if s.kind == source.kind),
                )
                found.append(Pair(source, target, self._features(source, target, rivals)))
        return found

    def _features(self, source: Item, target: Item, rivals: _Rivals) -> tuple[float, ...]:
        here = self.sentence[id(target)]
        apart = here - self.sentence[id(source)]
        low, high = (source, target) if source.start <= target.start else (target, source)
        gap = max(high.start - low.end, 0)
        between = self.reading.text[low.end : high.start] if gap <= 30 else ""
        first = self.by_sentence[self.sentence[id(source)]]
        subjects = [i for i in first if i.entity]
        commas = bisect_left(self.commas, high.start) - bisect_left(self.commas, low.end)
        quantity = target.value if target.kind in AMOUNTS else None
        values = [
            apart == 0,
            apart == 1,
            apart == 2,
            apart > 2,
            source.start < target.start,
            min(gap, 100) / 50.0,
            gap == 0,
            gap <= 2,
            gap <= 8,
            min(commas, 5) / 2.5,
            commas == 0,
            commas == 1,
            rivals.rank == 0,
            rivals.rank == 1,
            min(rivals.rank, 6) / 3.0,
            rivals.nearest_of_kind,
            rivals.of_kind == 1,
            rivals.count == 1,
            min(self.count[source.entity], 8) / 4.0 if source.entity else 0.0,
            source.entity in self.in_title,
            source.anaphor,
            bool(subjects) and subjects[0] is source,
            low.start <= high.start and high.end <= low.end,  # one inside the other
            "、" in between,
            "和" in between or "与" in between,
            "的" in between,
            between.endswith("的"),
            target.score if target.entity else 1.0,
            source.score,
            bool(quantity and quantity.approx),
            bool(quantity and quantity.ordinal),
            bool(quantity and quantity.per),
            min(len(self.by_sentence[here]), 12) / 6.0,
            self.reading.kinds[self.reading.paragraph(target.start)] in ("title", "kicker", "subtitle"),
        ]
        span = self.reading.sentences[here] if self.reading.sentences else None
        for starts in self.trigger_spans:
            a, b = (
                bisect_left(starts, low.end - 1 if apart == 0 else (span.start if span else 0)),
                bisect_left(starts, high.start),
            )
            values.append(b > a)
            after = bisect_left(starts, high.end)
            values.append(after < len(starts) and starts[after] < high.end + 8)
        return (*map(float, values), *_one_hot(source.kind), *_one_hot(target.kind))


@cache
def _one_hot(kind: str) -> tuple[float, ...]:
    return tuple(float(k == kind) for k in KINDS)


def _gap(a: Item, b: Item) -> int:
    """Characters between two items; one that stands before counts a little nearer than one behind."""
    return max(b.start - a.end, 0) if a.start <= b.start else max(a.start - b.end, 0) + 1


def matrix(pairs: list[Pair]) -> NDArray[np.float32]:
    """The features of the pairs, one row each."""
    return np.array([p.features for p in pairs], dtype=np.float32)
