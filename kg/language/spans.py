"""From the tagger's scores to spans: the best paths through many BIOES lattices at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_OUT, _FIRST, _INNER, _LAST, _SINGLE = range(5)
_CLOSED = np.array((_OUT, _LAST, _SINGLE))
"""What may stand before O, B and S; before I and E stands B or I."""

Found = tuple[int, int, int, int, float]
"""Window, layer, start, end and probability of a span."""


def decode(lattice: NDArray[np.float32], lengths: NDArray[np.int32]) -> list[Found]:
    """The spans of the best path through each window and layer.

    `lattice` holds log-probabilities (windows × characters × layers × O, B, I, E, S), `lengths` the characters of each
    window. The probability of a span is the geometric mean of the path's own along it. Spans come by window, layer
    and start.
    """
    windows, longest, layers, _ = lattice.shape
    rows = np.ascontiguousarray(lattice.transpose(1, 0, 2, 3)).reshape(longest, windows * layers, 5)
    past = np.arange(longest)[:, None] >= np.repeat(lengths, layers)[None]
    rows[past] = (0.0, -1e9, -1e9, -1e9, -1e9)  # behind its end a window is outside of every span
    path = _best(rows)
    sums = np.concatenate(
        [np.zeros((1, rows.shape[1])), np.take_along_axis(rows, path[..., None], 2)[..., 0].cumsum(0)]
    )
    column, start = np.nonzero(((path == _FIRST) | (path == _SINGLE)).T)
    _, last = np.nonzero(((path == _LAST) | (path == _SINGLE)).T)
    scores = np.exp((sums[last + 1, column] - sums[start, column]) / (last + 1 - start))
    return [
        (c // layers, c % layers, a, b + 1, p)
        for c, a, b, p in zip(column.tolist(), start.tolist(), last.tolist(), scores.tolist(), strict=True)
    ]


def _best(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """The tags of the best path through each column (characters × columns × tags), every span opened and closed."""
    longest, columns, _ = rows.shape
    score = rows[0].copy()
    score[:, [_INNER, _LAST]] = -1e9
    closed = np.empty((longest, columns), dtype=np.int64)
    opened = np.empty((longest, columns), dtype=np.int64)
    each = np.arange(columns)
    for t in range(1, longest):
        closed[t] = _CLOSED[score[:, _CLOSED].argmax(1)]
        opened[t] = np.where(score[:, _FIRST] >= score[:, _INNER], _FIRST, _INNER)
        shut, open_ = score[each, closed[t]], score[each, opened[t]]
        score = rows[t] + np.stack((shut, shut, open_, open_, shut), 1)
    path = np.empty((longest, columns), dtype=np.int64)
    path[-1] = _CLOSED[score[:, _CLOSED].argmax(1)]
    for t in range(longest - 1, 0, -1):
        inside = (path[t] == _INNER) | (path[t] == _LAST)
        path[t - 1] = np.where(inside, opened[t], closed[t])
    return path
