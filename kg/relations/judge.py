"""The learned judge of pairs at run time: for every candidate pair the probability of each label.

Trained by training/judge.py on annotated articles; the graphs are kg/models/reader.onnx (one pass over each window)
and kg/models/judge.onnx (one row a pair).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.language.encoder import Encoded, session
from kg.relations.candidates import LABELS, Scene, mask
from kg.relations.items import AMOUNTS, KINDS, Item
from kg.relations.thresholds import threshold

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
    """The candidate pairs of an article that may state something, judged: left out are pairs that surely state
    nothing, but for those of amounts, whose rivals are compared."""
    sources, targets = scene.numbers()
    if not len(sources):
        return []
    edges = np.array([(i.start, i.end - 1) for i in scene.items], dtype=np.int64)
    ends = np.concatenate([edges[sources], edges[targets]], 1)
    reach = np.stack([np.minimum(ends[:, 0], ends[:, 2]), np.maximum(ends[:, 1], ends[:, 3])], 1)
    reach[:, 0] = np.maximum(reach[:, 0], reach[:, 1] - REACH)
    length = len(scene.reading.text) + 1
    read = _read(encoded, marks(length, scene.items), _used(length, ends, reach))
    kinds = np.array([KINDS.index(i.kind) for i in scene.items])
    allowed = _masks()[kinds[sources], kinds[targets]]
    (scores,) = session("judge").run(
        None,
        {
            "edges_in": read[edges].reshape(len(edges), -1),
            "sources": sources,
            "targets": targets,
            "pool_in": _pool(read, reach),
            "known_in": scene.known(sources, targets),
            "mask": allowed,
        },
    )
    sure = np.sqrt([i.score for i in scene.items])  # a statement is no surer than that what it joins is there
    scores[:, 1:] *= (sure[sources] * sure[targets])[:, None]
    scores[:, 0] = 1 - scores[:, 1:].sum(1)
    least = min(threshold(label) for label in LABELS[1:])
    likely = 1 - scores[:, 0] > least - 0.01
    contested = np.array([i.kind in AMOUNTS for i in scene.items])
    contested &= np.bincount(targets[likely], minlength=len(scene.items)) > 0
    kept = np.flatnonzero(likely | contested[targets])
    found = zip(sources[kept].tolist(), targets[kept].tolist(), scores[kept].tolist(), strict=True)
    return [_judged(scene.items[source], scene.items[target], row) for source, target, row in found]


def _judged(source: Item, target: Item, row: list[float]) -> Judged:
    return Judged(source, target, {label: row[i] for i, label in _labels(source.kind, target.kind)})


@cache
def _labels(source: str, target: str) -> tuple[tuple[int, str], ...]:
    """The labels that two kinds allow, with their columns."""
    return tuple((i, LABELS[i]) for i, fits in enumerate(mask(source, target)) if fits)


@cache
def _masks() -> NDArray[np.bool_]:
    """`mask` for all kinds of source and target by their numbers."""
    return np.array([[mask(source, target) for target in KINDS] for source in KINDS])


def _used(length: int, ends: NDArray[np.int64], reach: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which characters the judging of the pairs looks at: the ends of their items and the stretches pooled."""
    steps = np.zeros(length + 1, dtype=np.int64)
    np.add.at(steps, reach[:, 0], 1)
    np.add.at(steps, reach[:, 1] + 1, -1)
    used: NDArray[np.bool_] = steps.cumsum() > 0
    used[ends] = True
    return used


def _read(encoded: Encoded, marked: Array, used: NDArray[np.bool_]) -> Array:
    """The reader's states for every character of the batches of which something is used."""
    out: Array | None = None
    for batch in encoded.batches:
        if not any(used[a:b].any() for a, b in batch.windows):
            continue
        here = np.zeros((*batch.states.shape[:2], marked.shape[1]), dtype=np.float32)
        for row, (a, b) in enumerate(batch.windows):
            here[row, : b - a] = marked[a:b]
        (read,) = session("reader").run(None, {"states": batch.states, "marks_in": here, "lengths": batch.lengths})
        if out is None:
            out = np.zeros((len(marked), read.shape[2]), dtype=np.float32)
        for row, (a, b) in enumerate(batch.windows):
            out[a:b] = read[row, : b - a]
    assert out is not None
    return out


def _pool(read: Array, reach: NDArray[np.int64]) -> Array:
    """For each pair the greatest value of every state over its stretch, REACH characters at most: of two stretches of
    a power of two, which together cover it."""
    low, high = reach[:, 0], np.minimum(reach[:, 1], reach[:, 0] + REACH - 1)
    power = np.frexp(high - low + 1)[1] - 1
    out: Array = np.empty((len(reach), read.shape[1]), dtype=np.float32)
    for n in range(int(power.max()) + 1):
        if n:
            half = 1 << n - 1
            read = np.maximum(read[:-half], read[half:])
        rows = np.flatnonzero(power == n)
        out[rows] = np.maximum(read[low[rows]], read[high[rows] + 1 - (1 << n)])
    return out
