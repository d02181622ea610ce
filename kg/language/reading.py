"""An article as extraction reads it: one text, with its paragraphs, sentences and the way back into the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from kg.document import Article, Paragraph, Span
from kg.language.sentences import sentences

READ = ("title", "kicker", "subtitle", "subhead", "body", "caption")
"""The kinds of paragraph that state facts; bylines are read by the articles room."""


@dataclass(frozen=True)
class Reading:
    """The paragraphs of one article joined by line breaks. Every position in extraction is one in `text`."""

    article: Article | None = field(repr=False)
    text: str
    starts: tuple[int, ...]
    """Where each paragraph begins in `text`."""
    kinds: tuple[str, ...]
    """`Paragraph.kind` of each."""
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of all paragraphs, in order."""
        ends = (*self.starts[1:], len(self.text) + 1)
        return [
            Span(start + s.start, start + s.end)
            for start, end in zip(self.starts, ends, strict=True)
            for s in sentences(self.text[start : end - 1])
        ]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds `position`, or the nearest before it."""
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def paragraph(self, position: int) -> int:
        """The number of the paragraph that holds `position`."""
        return bisect_right(self.starts, position) - 1

    def source(self, span: Span) -> Span:
        """The span of the source for a span of `text` that lies in one paragraph. Where a column break or a caption
        stands inside (pieces with more than white space between), the piece that holds most of it."""
        number = self.paragraph(span.start)
        paragraph, offset = self.paragraphs[number], self.starts[number]
        a, b = span.start - offset, span.end - offset
        best = Span(paragraph.position(a), paragraph.position(b - 1) + 1)
        if not paragraph.source.text[best.start : best.end].replace("\n", "").strip() or len(paragraph.pieces) == 1:
            return best
        runs: list[Span] = []
        for piece in paragraph.pieces:
            start, end = max(piece.start, best.start), min(piece.end, best.end)
            if start >= end:
                continue
            between = paragraph.source.text[runs[-1].end : start] if runs else "x"
            if runs and not between.strip():
                runs[-1] = Span(runs[-1].start, end)
            else:
                runs.append(Span(start, end))
        return max(runs, key=len)


def read(article: Article) -> Reading:
    """The reading of an article: its headline, subheads, body and captions in order."""
    kept = tuple(p for p in article.paragraphs if p.kind in READ and p.text.strip())
    starts, position = [], 0
    for paragraph in kept:
        starts.append(position)
        position += len(paragraph.text.replace("\n", " ")) + 1
    # A line break inside a paragraph's text would part it in two: as a space it keeps every position.
    text = "\n".join(p.text.replace("\n", " ") for p in kept)
    return Reading(article, text, tuple(starts), tuple(p.kind for p in kept), kept)


def plain(text: str) -> Reading:
    """The reading of a plain text whose first line is its headline (annotated articles, tests)."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    return Reading(None, text, tuple(starts), tuple("title" if i == 0 else "body" for i in range(len(lines))))
