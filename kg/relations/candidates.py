"""Which pairs of items could stand in a relation."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.language.reading import Reading
from kg.relations.items import AGENTS, KINDS, WORKS, Item
from kg.relations.known import HEADS, known

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
"""What a pair can state: a predicate, or the role of a funding or date, from the source item to the target item; for
undertakenBy from who does it to the project, as for the other deeds that it is told from."""

_ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    **{(a, w): ("leads", "carriesOut", "participatesIn") for a in AGENTS for w in WORKS},
    **{(a, "Project"): ("leads", "carriesOut", "participatesIn", "undertakenBy") for a in ("Person", "Organization")},
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
def _sources(target: str) -> frozenset[str]:
    """The kinds of item that can be the source for a target of this kind."""
    return frozenset(kind for kind in KINDS if allowed(kind, target))


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


class Scene:
    """The items of one article in order, with what is asked of them again and again. Items go by their number."""

    def __init__(self, reading: Reading, items: list[Item]) -> None:
        self.reading = reading
        self.items = sorted(items, key=lambda i: (i.start, -i.end, KINDS.index(i.kind)))
        self.sentences = [reading.sentence(i.start) for i in self.items]
        """The number of each item's sentence."""
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        self.by_entity: dict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(self.items):
            self.by_sentence[self.sentences[number]].append(number)
            if item.entity:
                self.by_entity[item.entity].append(number)
        self.count = Counter(i.entity for i in self.items if i.entity)
        self.in_title = {
            i.entity for i in self.items if i.entity and reading.kinds[reading.paragraph(i.start)] in HEADS
        }
        self._salient = [e for e, _ in self.count.most_common(6)] + sorted(self.in_title)
        """The entities most named and those of the headlines."""

    def candidates(self, number: int) -> list[int]:
        """The items that may be the source for the target `number`: in its sentence; and for each other entity the
        nearest mention in the sentences before, the headline, or among the most named."""
        target, sentence = self.items[number], self.sentences[number]
        fitting = _sources(target.kind)
        if not fitting:
            return []
        start, end, entity = target.start, target.end, target.entity
        nearest: dict[str, tuple[int, int]] = {}
        """Of several mentions of one entity in the sentence the nearest, with its distance."""
        here = []
        for i in self.by_sentence[sentence]:
            item = self.items[i]
            named = item.entity or ""
            if item.kind not in fitting or i == number or (entity is not None and named == entity):
                continue
            here.append((i, named))
            if item.start <= start:  # one that stands before counts a little nearer than one behind
                distance = start - item.end if start > item.end else 0
            else:
                distance = item.start - end + 1 if item.start > end else 1
            old = nearest.get(named)
            if old is None or distance < old[0]:
                nearest[named] = distance, i
        inside = [i for i, named in here if nearest[named][1] == i]
        if target.kind == "Post" and here:
            return inside
        seen = {*nearest, entity}
        earlier: dict[str, int] = {}
        for back in range(1, min(REACH, sentence) + 1):
            for i in reversed(self.by_sentence.get(sentence - back, ())):
                item = self.items[i]
                if item.entity and item.entity not in seen and item.kind in fitting:
                    earlier.setdefault(item.entity, i)
        for salient in self._salient:
            if len(earlier) >= EARLIER:
                break
            if salient in seen or salient in earlier:
                continue
            for i in reversed(self.by_entity[salient]):
                if self.items[i].end <= start and self.items[i].kind in fitting:
                    earlier[salient] = i
                    break
        return inside + list(earlier.values())[:EARLIER]

    def numbers(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The sources and the targets of all candidate pairs of the article, targets in text order."""
        sources: list[int] = []
        targets: list[int] = []
        for number in range(len(self.items)):
            found = self.candidates(number)
            sources += found
            targets += [number] * len(found)
        return np.array(sources, dtype=np.int64), np.array(targets, dtype=np.int64)

    def known(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.float32]:
        """What is known of each of the pairs that `numbers` gave: one row a pair."""
        return known(self.reading, self.items, self.sentences, sources, targets)

    def pairs(self) -> list[Pair]:
        """Every candidate pair of the article, targets in text order."""
        sources, targets = self.numbers()
        rows = self.known(sources, targets).tolist()
        return [
            Pair(self.items[s], self.items[t], tuple(row))
            for s, t, row in zip(sources.tolist(), targets.tolist(), rows, strict=True)
        ]


def matrix(pairs: list[Pair]) -> NDArray[np.float32]:
    """The features of the pairs, one row each."""
    return np.array([p.features for p in pairs], dtype=np.float32)
