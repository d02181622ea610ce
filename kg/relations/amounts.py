"""Whose figure an amount is, and what it says of it: one decision for each amount, shared by funding and statistic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.language.amounts import Quantity
from kg.lexicon import entries
from kg.relations.context import Context
from kg.relations.items import AMOUNTS, Item
from kg.relations.judge import Judged
from kg.relations.thresholds import threshold

FUNDING = ("totalInvestment", "grant", "raised", "spent")
REACH = 14
"""Characters before an amount in which the word for its role may begin."""


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
        pairs = context.by_target.get(id(item), []) if item.kind in AMOUNTS else []
        if not pairs:
            continue
        pair = max(pairs, key=lambda p: p.best[1])
        label, probability = pair.best
        role = said_role(context, item) if item.kind == "Money" else None
        if role is not None:  # the word before the amount says what it is; whose it is stays the judge's question
            able = [p for p in pairs if role in p.probabilities]
            pair = max(able or pairs, key=lambda p: 1 - p.probabilities["none"])
            label, probability = role if able else label, 1 - pair.probabilities["none"]
        if probability >= threshold(label) and pair.source.entity and not context.denied(pair.source, item):
            yield Decision(pair, label, probability, item.value)


def said_role(context: Context, item: Item) -> str | None:
    """The role of money that the words right before it say (总投资3.2亿元), None where they say none."""
    text = context.reading.text
    low = max(context.clause(item.start).start, item.start - REACH)
    return next((role for role, pattern in _roles() if pattern.search(text, low, item.start)), None)


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The roles with their patterns, each ending at the amount; where several match, a later line comes first."""
    return tuple((role, re.compile(f"(?:{pattern})$")) for role, pattern in reversed(entries("money_roles")))
