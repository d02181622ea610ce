"""Text that keeps the lines it was set in: which lines make one paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from kg.articles.credits import credit
from kg.articles.lines import Line

FEWEST = 4
"""So many lines without an empty one between them are enough to see that they have one width."""
NARROWEST, WIDEST = 8, 60
SLACK = 2
"""Punctuation may hang, and letters are narrower: full lines differ by so many characters."""


def runs(found: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each paragraph: mostly single lines; several where the text was set in lines of one width."""
    start = 0
    for end in range(1, len(found) + 1):
        if end == len(found) or found[end].gap or found[end].level or found[end - 1].level:
            group = found[start:end]
            width = _width(group)
            yield from _filled(group, width) if width else ((line,) for line in group)
            start = end


def _width(group: list[Line]) -> int:
    """The width that the lines of a group were set in, 0 if they are paragraphs of any length."""
    if len(group) < FEWEST:
        return 0
    width = max(len(line.text) + 2 * line.indented for line in group)
    full = [line for line in group if len(line.text) + 2 * line.indented >= width - SLACK]
    cut = sum(not line.finished for line in full)
    if NARROWEST <= width <= WIDEST and len(full) >= 0.5 * len(group) and cut >= 0.6 * len(full):
        return width
    return 0


def _filled(group: list[Line], width: int) -> Iterator[tuple[Line, ...]]:
    run: list[Line] = []
    for line in group:
        last = run[-1] if run else None
        if last and (line.indented or len(last.text) + 2 * last.indented < width - SLACK or credit(last.text, 0)):
            yield tuple(run)
            run = []
        run.append(line)
    if run:
        yield tuple(run)
