"""Stretches of a paragraph that the neural encoder reads at once: whole sentences up to a limit."""

from __future__ import annotations

from kg.document import Span
from kg.language.sentences import sentences

WINDOW = 200
"""Characters a window may hold before it is closed at a sentence's end."""
LIMIT = 400
"""A single sentence longer than this is cut: beyond it the encoder has forgotten the beginning."""


def windows(text: str) -> list[Span]:
    """The windows of a paragraph's text, in order; together they hold every sentence."""
    found: list[Span] = []
    for sentence in sentences(text):
        for start in range(sentence.start, sentence.end, LIMIT):
            piece = Span(start, min(start + LIMIT, sentence.end))
            if found and piece.end - found[-1].start <= WINDOW:
                found[-1] = Span(found[-1].start, piece.end)
            else:
                found.append(piece)
    return found
