"""The best path through the tagger's scores, against trying every path."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.language.encoder import batches
from kg.language.spans import decode

OUT, FIRST, INNER, LAST, SINGLE = range(5)
NEXT = {OUT: (OUT, FIRST, SINGLE), FIRST: (INNER, LAST), INNER: (INNER, LAST)}
NEXT[LAST] = NEXT[SINGLE] = NEXT[OUT]

scores = st.lists(st.lists(st.floats(-9, 0, width=32), min_size=5, max_size=5), min_size=1, max_size=5)


def spans(path: tuple[int, ...]) -> list[tuple[int, int]]:
    ends = [i + 1 for i, tag in enumerate(path) if tag in (LAST, SINGLE)]
    return list(zip([i for i, tag in enumerate(path) if tag in (FIRST, SINGLE)], ends, strict=True))


def every_path(length: int) -> list[tuple[int, ...]]:
    return [
        path
        for path in itertools.product(range(5), repeat=length)
        if path[0] in NEXT[OUT]
        and path[-1] in (OUT, LAST, SINGLE)
        and all(b in NEXT[a] for a, b in itertools.pairwise(path))
    ]


@given(st.lists(scores, min_size=1, max_size=3))
def test_no_path_is_better_than_the_one_decoded(windows: list[list[list[float]]]) -> None:
    lengths = np.array([len(w) for w in windows], dtype=np.int32)
    lattice = np.zeros((len(windows), max(lengths), 1, 5), dtype=np.float32)
    for row, window in enumerate(windows):
        lattice[row, : len(window), 0] = window
    found = decode(lattice, lengths)
    for row, window in enumerate(windows):
        worth = {path: sum(window[i][tag] for i, tag in enumerate(path)) for path in every_path(len(window))}
        decoded = [(a, b) for w, _, a, b, _ in found if w == row]
        best_with_these = max(value for path, value in worth.items() if spans(path) == decoded)
        assert best_with_these >= max(worth.values()) - 1e-4


def test_the_probability_of_a_span_is_the_geometric_mean_of_its_tags() -> None:
    tags = np.full((1, 3, 1, 5), 0.05)
    tags[0, 0, 0, FIRST], tags[0, 1, 0, LAST], tags[0, 2, 0, OUT] = 0.9, 0.4, 0.8
    ((window, layer, start, end, probability),) = decode(np.log(tags).astype(np.float32), np.array([3], np.int32))
    assert (window, layer, start, end) == (0, 0, 0, 2)
    assert abs(probability - 0.6) < 1e-6


@given(st.lists(st.integers(1, 400), max_size=60))
def test_every_window_is_in_one_batch_of_like_lengths(lengths: list[int]) -> None:
    ends = list(itertools.accumulate(lengths))
    windows = [(end - length, end) for length, end in zip(lengths, ends, strict=True)]
    groups = batches(windows)
    assert sorted(w for group in groups for w in group) == windows
    padded = sum(len(g) * max(b - a for a, b in g) for g in groups)
    one_by_one = 2 * sum(lengths)
    assert padded + sum(max(b - a for a, b in g) for g in groups) <= one_by_one
