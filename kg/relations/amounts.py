"""Whose figure an amount is, and what it says of it: one decision for each amount, shared by funding and statistic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.amounts import Quantity
from kg.relations.context import Context
from kg.relations.items import AMOUNTS
from kg.relations.judge import Judged
from kg.relations.thresholds import threshold

FUNDING = ("totalInvestment", "grant", "raised", "spent")


@dataclass(frozen=True, slots=True)
class Decision:
    """An amount with its owner."""

    pair: Judged
    label: str
    """One of FUNDING, or statistic."""
    probability: float
    quantity: Quantity


def decided(context: Context) -> Iterator[Decision]:
    """The amounts of an article that say something of an entity, in text order: of all entities that an amount might
    belong to, the most probable."""
    for item in context.items:
        if item.kind not in AMOUNTS:
            continue
        pairs = context.by_target.get(id(item), [])
        if not pairs:
            continue
        pair = max(pairs, key=lambda p: p.best[1])
        label, probability = pair.best
        if probability >= threshold(label) and pair.source.entity and not context.denied(pair.source, item):
            yield Decision(pair, label, probability, item.value)
