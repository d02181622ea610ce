"""What is known of each candidate pair before it is judged: distances, rivals, marks and words around the two items.

The trained weights depend on every value and on the order of the columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.language.reading import Reading
from kg.lexicon import entries
from kg.relations.items import AMOUNTS, KINDS, Item

HEADS = ("title", "kicker", "subtitle")
"""The kinds of paragraph that are headlines."""
_COMMA = re.compile(r"[，,；;。！？!?\n]")
_NEAR = 30
"""Characters between two items over which what stands there is looked at."""
_AFTER = 8
"""Characters behind the later item in which a relation word may follow."""

_JOINS = (re.compile("、"), re.compile("[和与]"), re.compile("的"))

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def known(
    reading: Reading, items: Sequence[Item], sentences: Sequence[int], sources: Numbers, targets: Numbers
) -> NDArray[np.float32]:
    """One row for each pair of items: `sources` and `targets` are numbers of `items`, the targets in ascending order;
    `sentences` is the number of each item's sentence."""
    start = np.array([i.start for i in items], dtype=np.int64)
    end = np.array([i.end for i in items], dtype=np.int64)
    kind = np.array([KINDS.index(i.kind) for i in items], dtype=np.int64)
    sentence = np.array(sentences, dtype=np.int64)
    before = start[sources] <= start[targets]
    low, high = np.where(before, sources, targets), np.where(before, targets, sources)
    apart = sentence[targets] - sentence[sources]
    gap = np.maximum(start[high] - end[low], 0)
    (commas,) = _counts(reading.text, _COMMA)
    commas_between = commas[start[high]] - commas[end[low]]
    of_item = np.array(_of_items(reading, items, sentences), dtype=np.float64).reshape(-1, 9)
    columns = [
        apart == 0,
        apart == 1,
        apart == 2,
        apart > 2,
        start[sources] < start[targets],
        np.minimum(gap, 100) / 50.0,
        gap == 0,
        gap <= 2,
        gap <= 8,
        np.minimum(commas_between, 5) / 2.5,
        commas_between == 0,
        commas_between == 1,
        *_rivals(targets, kind[sources], np.where(before, gap, gap + 1)),
        *of_item[sources, :4].T,
        end[high] <= end[low],  # one inside the other
        *_between(reading.text, end[low], start[high]),
        *of_item[targets, 4:].T,
        _words(reading, apart == 0, sentence[targets], end[low], start[high], end[high]),
    ]
    kinds = np.eye(len(KINDS))
    return np.column_stack([*columns, kinds[kind[sources]], kinds[kind[targets]]]).astype(np.float32)


def _of_items(reading: Reading, items: Sequence[Item], sentences: Sequence[int]) -> list[tuple[float, ...]]:
    """What is known of an item by itself: as a source how often its entity is named, whether in a headline, whether it
    is an anaphor and the first of its sentence; as a target whether an amount is approximate, an ordinal, counted per
    something, how full its sentence is, and whether that is a headline.
    """
    count = Counter(i.entity for i in items if i.entity)
    heads = [reading.kinds[reading.paragraph(i.start)] in HEADS for i in items]
    in_head = {i.entity for i, head in zip(items, heads, strict=True) if head and i.entity}
    size = Counter(sentences)
    first: dict[int, int] = {}
    for number, (item, sentence) in enumerate(zip(items, sentences, strict=True)):
        if item.entity:
            first.setdefault(sentence, number)
    found: list[tuple[float, ...]] = []
    for number, (item, sentence, head) in enumerate(zip(items, sentences, heads, strict=True)):
        quantity = item.value if item.kind in AMOUNTS else None
        found.append(
            (
                min(count[item.entity], 8) / 4.0 if item.entity else 0.0,
                item.entity in in_head,
                item.anaphor,
                first.get(sentence) == number,
                bool(quantity and quantity.approx),
                bool(quantity and quantity.ordinal),
                bool(quantity and quantity.per),
                min(size[sentence], 12) / 6.0,
                head,
            )
        )
    return found


def _rivals(targets: Numbers, kinds: Numbers, gaps: Numbers) -> list[Flags | NDArray[np.float64]]:
    """How a source stands among the candidates for its target: by distance, among those of its kind, and alone."""
    order = np.lexsort((gaps, targets))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    rank -= np.searchsorted(targets, targets)
    groups, group, of_kind = np.unique(targets * len(KINDS) + kinds, return_inverse=True, return_counts=True)
    nearest = np.full(len(groups), np.iinfo(np.int64).max)
    np.minimum.at(nearest, group, gaps)
    rivals = np.searchsorted(targets, targets, "right") - np.searchsorted(targets, targets)
    return [
        rank == 0,
        rank == 1,
        np.minimum(rank, 6) / 3.0,
        gaps == nearest[group],
        of_kind[group] == 1,
        rivals == 1,
    ]


def _between(text: str, low: Numbers, high: Numbers) -> list[Flags]:
    """Whether 、, 和 or 与, or 的 stand between two items that are near, and whether 的 ends what is between."""
    near = high - low <= _NEAR
    marks, joins, of = _counts(text, *_JOINS)
    ends = np.maximum(high - 1, 0)
    return [
        near & (marks[high] > marks[low]),
        near & (joins[high] > joins[low]),
        near & (of[high] > of[low]),
        near & (high > low) & (of[ends + 1] > of[ends]),
    ]


def _words(reading: Reading, together: Flags, sentence: Numbers, low: Numbers, high: Numbers, end: Numbers) -> Flags:
    """For each class of relation words whether one stands between the items (where they are in two sentences, in that
    of the target), and whether one follows the later item: two columns a class."""
    starts = np.array([s.start for s in reading.sentences] or [0], dtype=np.int64)
    begins = np.where(together, low - 1, starts[sentence])
    counts = _counts(reading.text, *_triggers())
    between, after = counts[:, high] > counts[:, begins], counts[:, end + _AFTER] > counts[:, end]
    return np.stack([between, after], 1).reshape(-1, len(high)).T


def _counts(text: str, *patterns: re.Pattern[str]) -> Numbers:
    """For each pattern and position how often it begins before that."""
    counts = np.zeros((len(patterns), len(text) + 1 + _AFTER), dtype=np.int64)
    for row, pattern in zip(counts, patterns, strict=True):
        row[[m.start() + 1 for m in pattern.finditer(text)]] = 1
    return counts.cumsum(1)


@cache
def _triggers() -> tuple[re.Pattern[str], ...]:
    """The classes of relation words, and of words of speaking and looking on, each as one pattern."""
    classes: dict[str, list[str]] = defaultdict(list)
    for word, kind, *_ in (*entries("triggers"), *entries("speech")):
        classes[kind].append(word)
    return tuple(
        re.compile("|".join(sorted(map(re.escape, ws), key=len, reverse=True))) for _, ws in sorted(classes.items())
    )
