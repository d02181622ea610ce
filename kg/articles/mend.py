"""Blocks to paragraphs: datelines and closing credits apart, and paragraphs that a column break cut in two mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.articles.blocks import Block, Kind, jump
from kg.articles.outline import Part
from kg.document import Paragraph, Source, Span

SHORTEST = 10
"""A cut half is not shorter than so many characters."""
LISTED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|[-·●■◆▲]|[①-⑳]|[\u4e00-\u9fff]{1,8}[:：])")


@dataclass
class _Draft:
    pieces: list[Span]
    kind: str
    open: bool = False
    """Whether it stops within a sentence."""


def paragraphs(source: Source, blocks: list[Block], part: Part) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article in reading order."""
    drafts: list[_Draft] = []
    for index in part.members:
        block = blocks[index]
        if block.kind is not Kind.BODY:
            drafts.append(_Draft(list(block.pieces), _kind(block, index, part)))
            continue
        head, body, tail = _cut(source, block)
        if head:
            drafts.append(_Draft(head, "byline"))
        waiting = next((d for d in reversed(drafts) if d.kind not in ("caption", "byline")), None)
        if body and waiting and waiting.open and not block.dateline and not LISTED.match(block.text):
            waiting.pieces += body
            waiting.open = block.unfinished
        elif body:
            drafts.append(_Draft(body, "body", block.unfinished and len(block.text) >= SHORTEST))
        if tail:
            drafts.append(_Draft(tail, "byline"))
    return tuple(Paragraph(source, tuple(draft.pieces), draft.kind) for draft in drafts)


def _kind(block: Block, index: int, part: Part) -> str:
    for kind, indices in (
        ("title", part.title),
        ("kicker", part.kickers),
        ("subtitle", part.subtitles),
        ("body", part.texts),
    ):
        if index in indices:
            return kind
    return {Kind.HEAD: "subhead", Kind.CAPTION: "caption"}.get(block.kind, "byline")


def _cut(source: Source, block: Block) -> tuple[list[Span], list[Span], list[Span]]:
    """Part a body block into dateline, running text without jump notes, and closing credit."""
    size = len(block.text)
    start = block.dateline.length if block.dateline else 0
    end = block.tail if block.tail is not None else size
    body = block.text[start:end]
    note = jump(body)
    if note and note.end() == len(body.rstrip()):
        end = start + len(body[: note.start()].rstrip())
    elif note and note.start() == 0:
        start += note.end()
    head = block.dateline.length if block.dateline else 0
    return (
        list(_slice(source, block.pieces, 0, head)),
        list(_slice(source, block.pieces, start, end)),
        list(_slice(source, block.pieces, block.tail, size)) if block.tail is not None else [],
    )


def _slice(source: Source, pieces: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """Yield what of `pieces` lies in [start, end) of their joined text, without white space at either edge."""
    at = 0
    cut: list[Span] = []
    for piece in pieces:
        a, b = max(start - at, 0), min(end - at, len(piece))
        if a < b:
            cut.append(Span(piece.start + a, piece.start + b))
        at += len(piece)
    while cut and not source.text[cut[0].start : cut[0].end].strip():
        del cut[0]
    while cut and not source.text[cut[-1].start : cut[-1].end].strip():
        del cut[-1]
    for number, piece in enumerate(cut):
        text = source.text[piece.start : piece.end]
        left = len(text) - len(text.lstrip()) if number == 0 else 0
        right = len(text) - len(text.rstrip()) if number == len(cut) - 1 else 0
        yield Span(piece.start + left, piece.end - right)
