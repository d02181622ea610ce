"""A source's text as lines: what a line says, without the marks and white space around it, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.document import Span

BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
MARKS = re.compile(r"(#{1,6})(?!#)\s*|(\*\*|__)|[>\s\u200b\ufeff]+|[-*+]\s+")
TAIL = re.compile(r"(\s*(#+|\*\*|__))?[\s\u200b\ufeff]*$")
WIDE_GAP = re.compile(r"(?<=[^\s])\u3000{2,}(?=[^\s])")
"""Two or more full-width spaces within a line open a paragraph, as at a line's head."""
ENDS = "。！？!?…；;"
CLOSERS = "\"'”’」』）)】》]"
FULL_STOP = re.compile(rf"[{ENDS}：:][{re.escape(CLOSERS)}]*$")
"""A line that ends so is a finished sentence, or announces a list."""


@dataclass(frozen=True)
class Line:
    """One line, or one paragraph of a line that holds several."""

    text: str
    """Without the white space and the Markdown marks around it."""
    span: Span
    """Where `text` stands in the source."""
    gap: int
    """The number of empty lines before it."""
    level: int = 0
    """The rank of a Markdown heading, 1 the highest; 0 for none."""
    bold: bool = False
    indented: bool = False

    @cached_property
    def finished(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(FULL_STOP.search(self.text))


def lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not empty, in order."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    start = gap = 0
    for end, behind in [*((m.start(), m.end()) for m in BREAK.finditer(text)), (len(text), len(text))]:
        found = False
        for line in _paragraphs(text, start, end, gap):
            found = True
            yield line
        gap = 0 if found else gap + 1
        start = behind


def _paragraphs(text: str, start: int, end: int, gap: int) -> Iterator[Line]:
    """Yield the paragraphs of the line `text[start:end]`."""
    cuts = [start]
    for wide in WIDE_GAP.finditer(text, start, end):
        before, after = text[cuts[-1] : wide.start()], text[wide.end() : end]
        if FULL_STOP.search(before.rstrip()) or len(WIDE_GAP.split(after)[0]) > 30:
            cuts.append(wide.end())
    for a, b in zip(cuts, [*cuts[1:], end], strict=True):
        line = _line(text, a, b, gap if a == start else 0)
        if line:
            yield line


def _line(text: str, start: int, end: int, gap: int) -> Line | None:
    level, bold, at = 0, False, start
    while at < end and (mark := MARKS.match(text, at, end)):
        level = level or len(mark.group(1) or "")
        bold = bold or bool(mark.group(2))
        at = mark.end()
    tail = TAIL.search(text, at, end)
    last = tail.start() if tail and (level or bold or not tail.group(2)) else len(text[:end].rstrip())
    last = max(at, last)
    if at >= end or not text[at:last].strip():
        return None
    indented = text[start:at].startswith(("\u3000\u3000", "  ", "\t"))
    return Line(text[at:last], Span(at, last), gap, level, bold, indented)
