"""From which probability of the judge on a label counts as stated, and what that probability is worth.

Both are measured on annotated articles (training/calibrate.py) and stand in kg/models/calibration.json.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    path = files("kg.models") / "calibration.json"
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


def threshold(label: str) -> float:
    """The probability from which on `label` is taken."""
    return float(_table()["thresholds"].get(label, 0.5))


def confidence(label: str, probability: float) -> float:
    """The share of facts with this label and probability that are right on annotated articles, two decimals."""
    steps = _table()["confidence"].get(label)
    if not steps:
        return round(probability, 2)
    at = max(bisect_right([s[0] for s in steps], probability) - 1, 0)
    return round(float(steps[at][1]), 2)
