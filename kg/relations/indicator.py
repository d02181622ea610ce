"""What a figure counts or measures, in the words of its sentence."""

from __future__ import annotations

import re
from functools import cache

from kg.language.amounts import Quantity
from kg.language.words import cut
from kg.lexicon import entries, words
from kg.relations.context import Context
from kg.relations.items import AMOUNTS, Item

BEFORE, AFTER = 8, 8
"""Characters of an indicator that come from before and from behind the figure; what stands nearest is kept. Of 6 to 12
and 4 to 8 the best on annotated articles."""
COUNTED = ("count", "", "area", "length", "mass", "volume")
"""Categories of units that stand before what they count."""
BACK = 3
"""Figures back to which 增加到 and the like reach for what was measured."""
_ASIDE = ("Person", "Place", "Organization", "Date", *AMOUNTS)
"""Kinds of item whose words are no part of an indicator."""
_OF = re.compile("(?:以上|以下|以内|左右|上下|不等|余|多)?的")


def indicator(context: Context, item: Item) -> str:
    """What the figure at `item` counts or measures: the words before it in its clause, without names, dates and
    fillers, and for a count the noun behind it. Where they only say how the figure changed (增加到), the words that the
    figure before it has, or the clause before. For a bare measure its dimension (长度, 面积)."""
    quantity: Quantity = item.value
    before, behind = said(context, item), counted(context, item)
    if quantity.per and quantity.per not in before:
        before = quantity.per + before
    dimension = _dimensions().get(quantity.category, "")
    if dimension and (behind or not before) and dimension not in before:
        return before[-BEFORE // 2 :] + behind + dimension
    if not before and not behind:
        behind = _counted().get(quantity.unit, "")
    return before[-BEFORE:] + behind or quantity.unit or "数量"


def said(context: Context, item: Item, back: int = BACK) -> str:
    """The content words before the figure, in its clause or where that says nothing before it in its sentence."""
    sentence = context.reading.sentences[context.reading.sentence(item.start)]
    figures = [i for i in context.within(sentence.start, item.start) if i.kind in AMOUNTS]
    start = max([context.clause(item.start).start, *(i.end for i in figures)])
    here = content(context, start, item.start)
    if not back or start <= sentence.start or any(w not in _changes() for w in cut(here)):
        return here
    low = max([context.clause(start - 1).start, *(i.end for i in figures if i.end < start)])
    earlier = content(context, low, start) if low < start else ""
    if not earlier and figures:
        earlier = said(context, figures[-1], back - 1)
    return earlier + here


def counted(context: Context, item: Item) -> str:
    """The words behind the figure that say what it counts."""
    text = context.reading.text
    quantity: Quantity = item.value
    end = context.clause(item.end - 1).end
    end = min([end, *(i.start for i in context.within(item.end, end) if i.kind in (*AMOUNTS, "Date"))])
    of = _OF.match(text, item.end, end)
    if of is None and quantity.category not in COUNTED:
        return ""
    return content(context, of.end() if of else item.end, end)[:AFTER]


def content(context: Context, start: int, end: int) -> str:
    """A stretch of text without names, dates, fillers and marks, words cut by jieba."""
    at, kept = start, []
    for i in context.within(start, end):
        if i.kind in _ASIDE and i.end > at:
            kept += cut(context.reading.text[at : max(i.start, at)])
            at = i.end
    kept += cut(context.reading.text[at:end])
    return "".join(w for w in kept if w not in _fillers() and re.search(r"\w", w))


@cache
def _dimensions() -> dict[str, str]:
    return {entry[0]: entry[1] for entry in entries("dimensions")}


@cache
def _counted() -> dict[str, str]:
    return {entry[0]: entry[1] for entry in entries("counted")}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(words("fillers"))


@cache
def _changes() -> frozenset[str]:
    return frozenset(words("changes"))
