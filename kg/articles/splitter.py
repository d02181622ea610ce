"""A page into its articles."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.articles.blocks import Block, Kind, blocks, jump
from kg.articles.credits import unique
from kg.articles.fragments import mended_heads, signed_by_name
from kg.articles.mend import paragraphs
from kg.articles.outline import Part, outline
from kg.articles.published import published
from kg.document import Article, Author, Source

LONGEST = 60
"""A first line that is longer than so many characters is cut to its first sentence to serve as a title."""
PAGE = 3
"""A source with so many articles is a page, and a line with several editors at its end is the page's."""


def split(source: Source) -> list[Article]:
    """Return the articles of a source in the order of its text, at least one unless it has no text at all.

    A record or a source whose title is known beside its text is one article. Never raises for any text.
    """
    found = signed_by_name(mended_heads(_first_line(_pictured(blocks(source.text)), source)))
    parts = [_whole(found)] if source.metadata.title else outline(found)
    if len(parts) >= PAGE:
        for part in parts:
            part.members = [i for i in part.members if not _desk(found[i])]
    date, told = published(source, found)
    dated = told or len(parts) >= PAGE  # what many articles say of the year is taken for told
    return [_article(source, found, part, date, dated) for part in parts if part.members]


def _first_line(found: list[Block], source: Source) -> list[Block]:
    """Take the first line of text for a headline whatever it looks like, if it is short and more follows."""
    for index, block in enumerate(found):
        if block.kind in (Kind.MASTHEAD, Kind.FURNITURE, Kind.LABEL, Kind.EDITOR):
            continue
        more = any(b.kind is not Kind.FURNITURE for b in found[index + 1 :])
        plain = block.kind in (Kind.BODY, Kind.CAPTION, Kind.BYLINE) and not block.dateline
        short = len(block.text) <= 2 * LONGEST and len(block.lines) == 1 and not re.search("。.", block.text)
        if plain and short and more and not source.metadata.title:
            return [*found[:index], replace(block, kind=Kind.HEAD, credit=None, tail=None), *found[index + 1 :]]
        return found
    return found


def _pictured(found: list[Block]) -> list[Block]:
    """Take the long caption right under a headline for the text of a picture story."""
    out = list(found)
    for index in range(1, len(out)):
        here = out[index]
        if here.kind is Kind.CAPTION and out[index - 1].kind is Kind.HEAD and len(here.text) >= 30 and here.credit:
            start = here.credit.authors[0].span.start - here.start if here.credit.authors else None
            stop = max(here.text.rfind(mark, 0, start) for mark in "。！？(（") if start else -1
            if stop > 0:
                stop += here.text[stop] in "。！？"
                out[index] = replace(here, kind=Kind.BODY, tail=stop)
    return out


def _desk(block: Block) -> bool:
    """Whether a line names the several editors of a page."""
    return block.kind is Kind.EDITOR and len(block.authors) > 1


def _whole(found: list[Block]) -> Part:
    """All of a source as one article without a headline of its own."""
    skipped = (Kind.MASTHEAD, Kind.FURNITURE, Kind.LABEL)
    return Part(members=[i for i, block in enumerate(found) if block.kind not in skipped])


def _article(source: Source, found: list[Block], part: Part, date: str | None, dated: bool) -> Article:
    text = paragraphs(source, found, part)
    title = source.metadata.title or " ".join(found[i].text for i in part.title) or _title(found, part)
    return Article(
        source,
        title,
        text,
        unique(_authors(found, part)),
        date,
        min(piece.start for p in text for piece in p.pieces),
        max(piece.end for p in text for piece in p.pieces),
        dated,
    )


def _authors(found: list[Block], part: Part) -> list[Author]:
    """Everyone that the article's own lines name, and the editors above its headline; not the editors of the page."""
    out: list[Author] = []
    for index in [*part.desk, *part.members]:
        out += found[index].authors
    return out


def _title(found: list[Block], part: Part) -> str:
    """A title for text without a headline: what a jump note names, else the first sentence."""
    first = next((found[i] for i in part.members if found[i].kind is Kind.BODY), found[part.members[0]])
    start = first.dateline.length if first.dateline else 0
    note = jump(first.text)
    if note and note.start() == 0:
        named = re.search("《([^》]+)》", first.text[: note.end() + 40])
        if named:
            return named.group(1)
        start = note.end()
    sentence = re.split(r"(?<=[。！？!?])", first.text[start:].strip(), maxsplit=1)[0]
    return sentence.rstrip("。")[:LONGEST] or first.text[:LONGEST]
