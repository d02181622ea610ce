"""The names in a byline: which runs of characters are people, and where one name ends when no space says so."""

from __future__ import annotations

import re
from functools import cache

from kg.document import Span
from kg.lexicon import words

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u3007]+")
FOREIGN = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,10})+")


@cache
def surnames() -> frozenset[str]:
    """The surnames of the lexicon, of one and two characters."""
    return frozenset(words("article_surnames"))


def surname(text: str) -> int:
    """Return how many characters of `text` are a surname at its head: 2, 1 or 0."""
    return 2 if text[:2] in surnames() else 1 if text[:1] in surnames() else 0


def person(text: str) -> bool:
    """Whether `text` as a whole can be one person's name."""
    if FOREIGN.fullmatch(text):
        return True
    return bool(HAN.fullmatch(text)) and surname(text) > 0 and surname(text) < len(text) <= surname(text) + 2


def split_names(text: str, at: int) -> list[Span] | None:
    """Return the names in a run of characters that starts at `at` in the source, None if it is not made of names.

    Names that stand without a space are told apart by their surnames: every name has two or three characters (three
    or four with a double surname); of several ways the one with the longest names wins, and of those the one with
    the longer names first. A lone run of four that cannot be parted is a name as well.
    """
    if not text or not (HAN.fullmatch(text) or FOREIGN.fullmatch(text)):
        return None
    lengths = _parted(text)
    if lengths is None and len(text) == 4 and surname(text):
        lengths = (4,)
    if lengths is None:
        return None
    spans, start = [], at
    for length in lengths:
        spans.append(Span(start, start + length))
        start += length
    return spans


@cache
def _parted(text: str) -> tuple[int, ...] | None:
    if not text:
        return ()
    if person(text):
        return (len(text),)
    head = surname(text)
    if not head or len(text) > 24:
        return None
    ways = []
    for length in (head + 2, head + 1):
        rest = _parted(text[length:]) if person(text[:length]) else None
        if rest:
            ways.append((length, *rest))
    return min(ways, key=len) if ways else None
