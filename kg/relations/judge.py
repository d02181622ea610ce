"""The learned judge of pairs at run time: for every candidate pair the probability of each label.

Trained by training/judge.py on annotated articles; the graphs are kg/models/reader.onnx (one pass over each window)
and kg/models/judge.onnx (one row a pair).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.encoder import Encoded, batches, session
from kg.relations.candidates import LABELS, Scene, mask, matrix
from kg.relations.items import KINDS, Item

Array = NDArray[np.float32]

REACH = 80
"""Characters before the end of the later item over which the strongest states are taken."""


@dataclass(frozen=True)
class Judged:
    """A candidate pair with what the judge says of it."""

    source: Item
    target: Item
    probabilities: dict[str, float]
    """Of each label that the two kinds allow, none included."""

    @property
    def best(self) -> tuple[str, float]:
        """The most probable statement, none left out, with its probability."""
        label = max((k for k in self.probabilities if k != "none"), key=self.probabilities.__getitem__)
        return label, self.probabilities[label]


def marks(length: int, items: list[Item]) -> Array:
    """For each character: which kinds of item begin there, which it lies in, and whether in an anaphor."""
    out: Array = np.zeros((length, 2 * len(KINDS) + 1), dtype=np.float32)
    for item in items:
        kind = KINDS.index(item.kind)
        out[item.start, kind] = 1
        out[item.start : item.end, len(KINDS) + kind] = 1
        if item.anaphor:
            out[item.start : item.end, -1] = 1
    return out


def judge(encoded: Encoded, scene: Scene) -> list[Judged]:
    """Every candidate pair of an article, judged."""
    pairs = scene.pairs()
    if not pairs:
        return []
    read = _read(encoded, marks(len(encoded.states), scene.items))
    ends = np.array([(p.source.start, p.source.end - 1, p.target.start, p.target.end - 1) for p in pairs])
    kinds = np.array([mask(p.source.kind, p.target.kind) for p in pairs])
    (scores,) = session("judge").run(
        None,
        {
            "ends_in": read[ends].reshape(len(pairs), -1),
            "pool_in": _pool(read, ends),
            "known_in": matrix(pairs),
            "mask": kinds,
        },
    )
    return [
        Judged(p.source, p.target, {LABELS[i]: float(row[i]) for i in np.flatnonzero(allowed)})
        for p, row, allowed in zip(pairs, scores, kinds, strict=True)
    ]


def _read(encoded: Encoded, marked: Array) -> Array:
    """The reader's states for every character."""
    out: Array | None = None
    for group in batches(list(encoded.windows)):
        longest = max(b - a for a, b in group)
        states = np.zeros((len(group), longest, encoded.states.shape[1]), dtype=np.float32)
        here = np.zeros((len(group), longest, marked.shape[1]), dtype=np.float32)
        for row, (a, b) in enumerate(group):
            states[row, : b - a] = encoded.states[a:b]
            here[row, : b - a] = marked[a:b]
        lengths = np.array([b - a for a, b in group], dtype=np.int32)
        (read,) = session("reader").run(None, {"states": states, "marks_in": here, "lengths": lengths})
        if out is None:
            out = np.zeros((len(marked), read.shape[2]), dtype=np.float32)
        for row, (a, b) in enumerate(group):
            out[a:b] = read[row, : b - a]
    assert out is not None
    return out


def _pool(read: Array, ends: NDArray[np.int64]) -> Array:
    """For each pair the greatest value of every state from the earlier item to the end of the later one, at most REACH
    characters back from that end."""
    low = ends[:, [0, 2]].min(1)
    high = ends[:, [1, 3]].max(1)
    low = np.maximum(low, high - REACH)
    out: Array = np.empty((len(ends), read.shape[1]), dtype=np.float32)
    seen: dict[tuple[int, int], int] = {}
    for i, (a, b) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        if (a, b) in seen:
            out[i] = out[seen[a, b]]
        else:
            out[i] = read[a : min(a + REACH, b + 1)].max(0)
            seen[a, b] = i
    return out
