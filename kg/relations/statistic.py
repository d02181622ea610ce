"""statistic: any other figure that the text gives of an entity, with what was counted or measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.facts import Fact
from kg.language.amounts import Quantity
from kg.language.words import cut
from kg.lexicon import entries, words
from kg.relations.amounts import decided
from kg.relations.context import Context
from kg.relations.items import AMOUNTS, Item
from kg.relations.thresholds import confidence

BEFORE, AFTER = 10, 8
"""Characters of an indicator that come from before and from behind the figure; what stands nearest is kept."""


def facts(context: Context) -> Iterator[Fact]:
    """The facts of statistic in one article."""
    seen: set[tuple[object, ...]] = set()
    for d in decided(context):
        if d.label != "statistic":
            continue
        subject = d.pair.source.entity or ""
        said = indicator(context, d.pair.target, d.pair.source)
        key = (subject, said, d.quantity.value, d.quantity.unit)
        if key in seen:
            continue
        seen.add(key)
        yield Fact(
            "statistic",
            subject,
            context.cite(d.pair.source, d.pair.target),
            "statistic/amount",
            confidence(d.label, d.probability),
            context.modality(d.pair.source, d.pair.target),
            value=d.quantity.value,
            unit=d.quantity.unit or "个",
            approx=d.quantity.approx,
            text=d.quantity.text,
            indicator=said,
        )


def indicator(context: Context, item: Item, subject: Item) -> str:
    """What the figure at `item` counts or measures: the words before it in its clause, without the subject, dates and
    fillers, and for a count the noun behind it; for a bare measure its dimension (长度, 面积)."""
    text = context.reading.text
    quantity: Quantity = item.value
    before = _before(context, item, subject)
    offset = item.start - quantity.span.start
    noun = text[offset + quantity.noun.start : offset + quantity.noun.end] if quantity.noun else ""
    dimension = _dimensions().get(quantity.category, "")
    if quantity.per and quantity.per not in before:
        before = quantity.per + before
    if dimension and (noun or not before) and dimension not in before:
        return (before[-BEFORE // 2 :] + noun[:AFTER] + dimension) or dimension
    counted = noun[:AFTER] if quantity.category in ("count", "") or not before else ""
    if not before and not counted:
        counted = _counted().get(quantity.unit, "")
    return before[-BEFORE:] + counted or quantity.unit or "数量"


def _before(context: Context, item: Item, subject: Item) -> str:
    """The content words before the figure: of its clause, or where that is empty of the clause before."""
    text = context.reading.text
    sentence = context.reading.sentences[context.reading.sentence(item.start)]
    start = context.clause(item.start).start
    for _ in range(2):
        low = start
        for other in context.items:
            if (
                other.end <= item.start
                and other.end > low
                and other.start >= start
                and (other is subject or other.kind in (*AMOUNTS, "Date"))
            ):
                low = other.end
        said = content(text[low : item.start])
        if said or start <= sentence.start:
            return said
        start = context.clause(start - 1).start
    return ""


def content(text: str) -> str:
    """A stretch of text without fillers and marks, words cut by jieba."""
    kept = [w for w in cut(text) if w not in _fillers() and re.search(r"\w", w)]
    return "".join(kept)


@cache
def _dimensions() -> dict[str, str]:
    return {entry[0]: entry[1] for entry in entries("dimensions")}


@cache
def _counted() -> dict[str, str]:
    return {entry[0]: entry[1] for entry in entries("counted")}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(words("fillers"))
