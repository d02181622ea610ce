"""From the tagger's scores to spans: the best path of a BIOES lattice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_OUT, _FIRST, _INNER, _LAST, _SINGLE = range(5)
_BEGINS = (_OUT, _FIRST, _SINGLE)
_GOES_ON = (_INNER, _LAST)
_IMPOSSIBLE = -1e9


def decode(lattice: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """The spans of the best path through log-probabilities (characters × O, B, I, E, S): (start, end, probability),
    the probability being the geometric mean of the path's own along the span."""
    inside = 1.0 - np.exp(lattice[:, _OUT])
    found: list[tuple[int, int, float]] = []
    for start, end in _stretches(inside > 0.02):
        found += [(start + a, start + b, p) for a, b, p in _viterbi(lattice[start:end])]
    return found


def _stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of true values, as half-open ranges."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _viterbi(lattice: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """The spans of the best path through one stretch that begins and ends outside of any."""
    rows = lattice.tolist()
    best = [row if i in _BEGINS else _IMPOSSIBLE for i, row in enumerate(rows[0])]
    back: list[list[int]] = []
    for row in rows[1:]:
        closed = max((_OUT, _LAST, _SINGLE), key=best.__getitem__)
        open_ = max((_FIRST, _INNER), key=best.__getitem__)
        back.append([closed, closed, open_, open_, closed])
        best = [row[tag] + best[closed if tag in _BEGINS else open_] for tag in range(5)]
    path = [max((_OUT, _LAST, _SINGLE), key=best.__getitem__)]
    for pointers in reversed(back):
        path.append(pointers[path[-1]])
    path.reverse()
    found = []
    start = 0
    for i, tag in enumerate(path):
        if tag in (_FIRST, _SINGLE):
            start = i
        if tag in (_LAST, _SINGLE):
            score = sum(rows[k][path[k]] for k in range(start, i + 1)) / (i + 1 - start)
            found.append((start, i + 1, float(np.exp(score))))
    return found
