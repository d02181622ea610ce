"""The amounts and dates of an article as items."""

from __future__ import annotations

from kg.language.amounts import Quantity
from kg.language.dates import dates
from kg.language.features import amounts
from kg.language.reading import Reading
from kg.relations.items import Item


def figures(reading: Reading, published: str | None) -> list[Item]:
    """The amounts that can be a figure and the dates that are resolved, by paragraph."""
    found = []
    for start, end in zip(reading.starts, (*reading.starts[1:], len(reading.text) + 1), strict=True):
        paragraph = reading.text[start : end - 1]
        for q in amounts(paragraph):
            if counts(q):
                kind = "Money" if q.money else "Share" if q.percent else "Count"
                found.append(Item(start + q.span.start, start + q.span.end, kind, value=q))
        for d in dates(paragraph, published):
            if d.value and not d.duration:
                found.append(Item(start + d.span.start, start + d.span.end, "Date", value=d))
    return found


def counts(quantity: Quantity) -> bool:
    """Whether an amount can be a figure at all: no ordinal, and not the 一 of 一个, 一项."""
    return not quantity.ordinal and not (
        quantity.value == 1 and quantity.text.startswith("一") and not quantity.percent
    )
