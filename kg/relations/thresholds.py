"""From which probability of the judge on a label counts as stated, and what that probability is worth.

Both are measured on annotated articles (training/calibrate.py) and stand in kg/models/calibration.json:
`thresholds` gives for a label the least probability, `confidence` its steps: [probability from which on, share right].
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

Table = Mapping[str, Any]

EVEN = 0.5
"""The threshold of a label that has none of its own: what is more probable than not is stated."""

_used: ContextVar[Table | None] = ContextVar("table", default=None)


@cache
def shipped() -> Table:
    """The table of kg/models/calibration.json."""
    path = files("kg.models") / "calibration.json"
    table: Table = json.loads(path.read_text(encoding="utf-8"))
    return table


@contextmanager
def using(table: Table) -> Iterator[None]:
    """Take `table` in place of the shipped one within the block, in this process: calibration is measured with no
    steps, a low threshold for all labels ("default") and more "digits" of a probability than the two that are shown."""
    token = _used.set(table)
    try:
        yield
    finally:
        _used.reset(token)


def threshold(label: str) -> float:
    """The probability from which on `label` is taken."""
    thresholds = (_used.get() or shipped())["thresholds"]
    return float(thresholds.get(label, thresholds.get("default", EVEN)))


def confidence(label: str, probability: float) -> float:
    """The share of facts with this label and probability that are right on annotated articles, two decimals; the
    probability itself for a label that was not measured."""
    table = _used.get() or shipped()
    steps = table["confidence"].get(label)
    if not steps:
        return round(probability, table.get("digits", 2))
    at = max(bisect_right([s[0] for s in steps], probability) - 1, 0)
    return round(float(steps[at][1]), 2)
