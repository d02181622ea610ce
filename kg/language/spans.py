"""From the tagger's scores to spans: the best path through many BIOES lattices at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_OUT, _FIRST, _INNER, _LAST, _SINGLE = range(5)
TAGS = 5
"""O, B, I, E, S."""
_NEVER = -1e9

Found = tuple[int, int, int, int, float]
"""Window, layer, start, end and probability of a span."""


def decode(lattice: NDArray[np.float32], lengths: NDArray[np.int32]) -> list[Found]:
    """The spans of the best path through each window and layer of a padded batch.

    `lattice` holds log-probabilities (windows × characters × layers × O, B, I, E, S), `lengths` the characters of each
    window. Positions of the spans are those in their window; the rest is as in `decode_rows`.
    """
    return decode_rows(np.concatenate([window[:n] for window, n in zip(lattice, lengths, strict=True)]), lengths)


def decode_rows(rows: NDArray[np.float32], lengths: NDArray[np.int32]) -> list[Found]:
    """The spans of the best path through each window and layer, the windows one after another without padding.

    `rows` (characters × layers × tags) is changed: no span goes over the ends of a window. The probability of a span is
    the geometric mean of the path's own along it. Spans come by window, layer and start.
    """
    ends = np.cumsum(lengths)
    starts = ends - lengths
    rows[starts, :, _INNER] = rows[starts, :, _LAST] = _NEVER
    rows[ends - 1, :, _FIRST] = rows[ends - 1, :, _INNER] = _NEVER
    path = rows.argmax(2)  # the best tags one by one are the best path, wherever they are a path at all
    follows = (path == _INNER) | (path == _LAST)
    goes_on = (path == _FIRST) | (path == _INNER)
    broken, layer = np.nonzero(goes_on[:-1] != follows[1:])
    window = np.searchsorted(starts, broken, "right") - 1
    breaks: dict[tuple[int, int], list[int]] = {}
    for w, k, at in zip(window.tolist(), layer.tolist(), (broken - starts[window]).tolist(), strict=True):
        breaks.setdefault((w, k), []).append(at)
    for (w, k), where in breaks.items():
        _mend(rows[starts[w] : ends[w], k], path[starts[w] : ends[w], k], where)
    chosen = np.take_along_axis(rows, path[..., None], 2)[..., 0]
    sums = np.concatenate([np.zeros((1, rows.shape[1])), chosen.cumsum(0, dtype=np.float64)])
    layer, start = np.nonzero(((path == _FIRST) | (path == _SINGLE)).T)
    _, last = np.nonzero(((path == _LAST) | (path == _SINGLE)).T)
    scores = np.exp((sums[last + 1, layer] - sums[start, layer]) / (last + 1 - start))
    window = np.searchsorted(starts, start, "right") - 1
    found = zip(
        window.tolist(),
        layer.tolist(),
        (start - starts[window]).tolist(),
        (last + 1 - starts[window]).tolist(),
        scores.tolist(),
        strict=True,
    )
    return sorted(found)


def _mend(rows: NDArray[np.float32], path: NDArray[np.int64], breaks: list[int]) -> None:
    """Make the best path of the best tags of one lattice, where the characters `breaks` do not go on in the next.

    The tags are a path if every run of them with a break is left out. What that loses is the most that the best path
    can lose: where another tag than O would lose more it is O, and only between such places there is something to find.
    """
    lead = rows[:, _OUT] - rows[:, 1:].max(1)
    inside = path != _OUT
    run = np.zeros(len(path), dtype=np.int64)
    np.cumsum(inside[1:] != inside[:-1], out=run[1:])
    at = np.array(breaks)
    broken = np.zeros(run[-1] + 1, dtype=np.bool_)
    broken[run[at]] = broken[run[at + 1]] = True
    loss = -lead[inside & broken[run]].sum()
    sure = np.flatnonzero(lead > loss + 0.01)
    before, behind = np.searchsorted(sure, at, "right"), np.searchsorted(sure, at + 1)
    edges = np.concatenate([[-1], sure, [len(path)]])
    for left, right in sorted({(edges[b] + 1, edges[e + 1]) for b, e in zip(before, behind, strict=True)}):
        path[left:right] = _best(rows[left:right])


def _best(rows: NDArray[np.float32]) -> list[int]:
    """The tags of the best path through one lattice (characters × tags), every span opened and closed."""
    closed, opened = 0.0, _NEVER
    before: list[tuple[bool, bool, bool]] = []
    """For each character, on the best path that is outside of a span behind it: whether it ends one, and else whether
    it is one; on the best path that is inside: whether it was inside before."""
    for out, first, inner, last, single in rows.tolist():
        is_one = single > out
        stays, ends, begins, goes_on = (
            closed + (single if is_one else out),
            opened + last,
            closed + first,
            opened + inner,
        )
        before.append((ends > stays, is_one, goes_on > begins))
        closed, opened = ends if ends > stays else stays, goes_on if goes_on > begins else begins
    path: list[int] = []
    inside = False
    for ends_one, is_one, was_inside in reversed(before):
        if inside:
            path.append(_INNER if was_inside else _FIRST)
            inside = was_inside
        elif ends_one:
            path.append(_LAST)
            inside = True
        else:
            path.append(_SINGLE if is_one else _OUT)
    return path[::-1]
