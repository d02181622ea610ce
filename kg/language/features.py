"""What rules and lists already know of each character, as input to the learned tagger beside the character itself.

Planes of small integers, one row a character: division names of the gazetteer, numbers and amounts, quotation, kind of
paragraph, place in its word; and last the row of its word among the word vectors. The tagger learns how far to trust
each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.gazetteer.scan import scan
from kg.language.amounts import Quantity, quantities
from kg.language.words import POSITIONS, word_planes
from kg.lexicon import words

PLANES = (7, 3, 4, 3, POSITIONS)
"""How many values each plane has: gazetteer (outside; first, inner, last of a full name; the same of a short form),
amounts (outside, number, the rest of an amount), quotes (outside, “”, 《》, brackets), paragraph (body, headline,
other), place in the word (alone, first, inner, last)."""

_OPEN = {"“": 1, "「": 1, "『": 1, "《": 2, "〈": 2, "(": 3, "（": 3, "【": 3}
_CLOSE = {"”": 1, "」": 1, "』": 1, "》": 2, "〉": 2, ")": 3, "）": 3, "】": 3}
_MARKS = re.compile("[" + re.escape("".join((*_OPEN, *_CLOSE))) + "]")
_KINDS = {"body": 0, "title": 1, "kicker": 1, "subtitle": 1}
_LONGEST_QUOTE = 60


def features(text: str, kind: str = "body") -> NDArray[np.int64]:
    """One row for each character of `text`, a column for each of PLANES and one for the row of the word vector;
    `kind` is `Paragraph.kind`."""
    return rows([(text, kind)])


def rows(windows: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
    """The features of many texts with the kinds of their paragraphs, one text after another."""
    out = np.zeros((sum(len(text) for text, _ in windows), len(PLANES) + 1), dtype=np.int64)
    at = 0
    for text, kind in windows:
        _mark(out[at : at + len(text)], text)
        out[at : at + len(text), 3] = _KINDS.get(kind, 2)
        at += len(text)
    out[:, :3:-1] = word_planes([text for text, _ in windows])
    return out


@lru_cache(maxsize=256)
def amounts(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, remembered: a paragraph that is read in one window is asked for its figures too."""
    return tuple(quantities(text))


def _mark(out: NDArray[np.int64], text: str) -> None:
    """Fill in the names, amounts and quotes of one text."""
    full = tuple(words("division_endings"))
    for start, end, name in scan(text):
        first = 1 if len(name) > 2 and name.endswith(full) else 4
        out[start:end, 0] = first + 1
        out[start, 0] = first
        out[end - 1, 0] = first + 2
    for quantity in amounts(text):
        out[quantity.span.start : quantity.span.end, 1] = 2
        out[quantity.number_span.start : quantity.number_span.end, 1] = 1
    opened: list[tuple[int, int]] = []
    for match in _MARKS.finditer(text):
        character, i = match.group(), match.start()
        if character in _OPEN:
            opened.append((i, _OPEN[character]))
        elif opened and opened[-1][1] == _CLOSE[character]:
            start, value = opened.pop()
            if i - start <= _LONGEST_QUOTE:
                out[start : i + 1, 2] = value
