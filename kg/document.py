"""The values that the first half of the pipeline passes on: source → article → paragraph, always with positions.

Every position counts Unicode code points in `Source.text`, the decoded source (byte order mark left out, line ends
as they are in the file). A `Paragraph` may be mended from several pieces of the source; its `text` is what a reader
would read, and `Paragraph.span` leads from there back into the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a source beside its text: given on the command line, in a sidecar or in a record's fields."""

    published: str | None = None
    """ISO 8601 date as precise as known: 2023, 2023-12 or 2023-12-20."""
    outlet: str | None = None
    edition: str | None = None
    url: str | None = None
    title: str | None = None
    """The headline, where a record says it apart from the text."""


@dataclass(frozen=True)
class Source:
    """One file, or one record of a JSON Lines file, as text."""

    name: str
    """The path below the folder named by the user, with forward slashes; `file.jsonl#id` for a record."""
    text: str
    metadata: Metadata = Metadata()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as a reader sees it: the pieces of the source that belong together, in reading order."""

    source: Source = field(repr=False)
    pieces: tuple[Span, ...]
    kind: str = "body"
    """One of title, kicker, subtitle, byline, subhead, body, caption."""

    @cached_property
    def text(self) -> str:
        """The pieces joined without the line breaks between them."""
        return "".join(self.source.text[p.start : p.end] for p in self.pieces)

    def position(self, offset: int) -> int:
        """The position in the source of the character at `offset` in `text`. Raises IndexError outside of it."""
        for piece in self.pieces:
            if offset < len(piece):
                return piece.start + offset
            offset -= len(piece)
        raise IndexError(f"offset {offset} lies behind the paragraph")

    def span(self, start: int, end: int) -> Span:
        """The source span of `text[start:end]` (not empty): from its first character to behind its last."""
        return Span(self.position(start), self.position(end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Author:
    """One name of a byline or credit."""

    name: str
    role: str
    """One of reporter, correspondent, photographer, editor."""
    span: Span
    """Where the name stands in the source."""


@dataclass(frozen=True)
class Article:
    """One article of a source."""

    source: Source = field(repr=False)
    title: str
    paragraphs: tuple[Paragraph, ...]
    """In reading order, the headline's own paragraphs (title, kicker, subtitle) and the byline included."""
    authors: tuple[Author, ...] = ()
    published: str | None = None
    """ISO 8601, as precise as the page supports."""
    start: int = 0
    end: int = 0
    """From the first character of the headline to behind the last character of the article."""
    dated: bool = True
    """Whether the metadata, a line of the page or several articles tell `published`; if not, its year is inferred from
    what one article speaks of."""
