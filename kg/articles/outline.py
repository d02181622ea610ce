"""Where the articles of a page begin: the lines between two runs of body text, and what they say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kg.articles.blocks import PICTURE, Block, Kind, jump
from kg.lexicon import entries

BRIEF = 2
"""A brief, or a picture's text, has so many paragraphs at most."""
NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|^第[一二三四五六七八九十]+[章节部]")
FINISHED = re.compile(r"[（(]\s*完\s*[)）]$")
JOINED = 44
"""A headline over two lines is not longer than so many characters."""


@dataclass
class Part:
    """The blocks of one article, by what they are in it."""

    title: list[int] = field(default_factory=list)
    kickers: list[int] = field(default_factory=list)
    subtitles: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    """Lines that look like headlines and are all the text that the article has."""
    members: list[int] = field(default_factory=list)
    """All its blocks in order, the headline's included."""
    desk: list[int] = field(default_factory=list)
    """The editors' line of the section that it opens."""
    level: int = 0
    authored: bool = False
    """Whether it names its authors at its head."""
    signed: bool = False
    """Whether it names them at its end."""


@dataclass
class _Between:
    """What stands between two runs of body text."""

    before: list[int] = field(default_factory=list)
    """The blocks of the article above."""
    heads: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    """The blocks of the article below that are no part of its headline."""
    desk: list[int] = field(default_factory=list)
    byline: bool = False
    closed: bool = False
    """Whether something says that the article above has ended."""
    section: bool = False
    """Whether a label, a masthead or an editors' line stands above the headline."""


def outline(blocks: list[Block]) -> list[Part]:
    """Return the articles of a page in order. Blocks that belong to none (mastheads, labels) are in no part."""
    parts: list[Part] = []
    usual = _usual_gap(blocks)
    previous: Block | None = None
    for gap, body in _gaps(blocks):
        found = _between(blocks, gap, previous, last=body is None)
        part = parts[-1] if parts else None
        if part is None:
            part = _open(blocks, found, usual)
            parts.append(part)
        elif found.heads and _starts(blocks, found, part, previous, body):
            part.members += found.before
            part.signed = part.signed or found.closed
            part = _open(blocks, found, usual)
            parts.append(part)
            if body is None:
                part.texts, part.subtitles = part.subtitles, []
        elif body is not None and _continued(blocks[body]):
            part.members += gap
            part = Part(members=[])
            parts.append(part)
        else:
            part.members += [i for i in gap if blocks[i].kind not in (Kind.MASTHEAD, Kind.FURNITURE, Kind.LABEL)]
            part.authored = part.authored or (found.byline and not part.members)
        if body is not None:
            part.members.append(body)
            part.authored = part.authored or bool(blocks[body].dateline and blocks[body].authors)
            previous = blocks[body]
    return [part for part in parts if part.members]


def _gaps(blocks: list[Block]) -> Iterator[tuple[list[int], int | None]]:
    """Yield the blocks before each body block, and that block; at the end those behind the last, and None."""
    gap: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind is Kind.BODY:
            yield gap, index
            gap = []
        else:
            gap.append(index)
    yield gap, None


def _between(blocks: list[Block], gap: list[int], previous: Block | None, last: bool) -> _Between:
    """Read the lines of a gap in order and tell what belongs above and what below."""
    found = _Between(closed=previous is not None and bool(previous.tail is not None or FINISHED.search(previous.text)))
    shelved: list[int] = []
    for i in gap:
        block = blocks[i]
        if block.kind is Kind.HEAD:
            if found.byline:
                found.after.append(i)
            else:
                found.heads.append(i)
        elif block.kind is Kind.BYLINE and found.heads and block.credit and block.credit.signed and not last:
            found.byline = True
            found.after.append(i)
        elif block.kind is Kind.BYLINE:
            if found.byline or found.heads:
                found.after.append(i)
            else:
                found.closed = found.closed or bool(block.credit and block.credit.signed)
                found.before.append(i)
        elif block.kind is Kind.EDITOR:
            ahead = any(blocks[j].kind is Kind.HEAD for j in gap if j > i)
            if found.heads and ahead:
                shelved, found.heads, found.section = found.heads, [], True
                found.desk.append(i)
            elif previous is not None and not found.heads:
                found.closed = True
                found.before.append(i)
        elif block.kind in (Kind.MASTHEAD, Kind.LABEL):
            ahead = any(blocks[j].kind is Kind.HEAD for j in gap if j > i)
            if found.heads and ahead and not found.byline:
                shelved, found.heads = found.heads, []
            found.section = found.section or ahead
        elif block.kind is Kind.FURNITURE and block.authors and found.heads:
            found.after.append(i)
        elif block.kind is Kind.CAPTION:
            (found.after if found.heads or found.section or previous is None else found.before).append(i)
    if not found.heads and shelved:
        found.heads = shelved
    return found


def _starts(blocks: list[Block], found: _Between, part: Part, previous: Block | None, body: int | None) -> bool:
    """Whether the headline-like lines of a gap open an article, and are not a subhead in the one above."""
    heads = [blocks[i] for i in found.heads]
    levels = [h.level for h in heads if h.level]
    if body is None:
        return (found.closed or found.section) and len(heads) > 1 and not levels
    if found.section or found.byline or blocks[body].dateline:
        return True
    if levels:
        inverted = any(a.level > b.level > 0 for a, b in pairwise(heads))
        top = min(levels)
        if inverted or (top <= (part.level or 1) and not NUMBERED.match(heads[0].text)):
            return True
    if previous is not None and previous.unfinished and not levels:
        return False
    if found.closed and (part.authored or len(_bodies(blocks, part)) > BRIEF or _signed_later(blocks, body)):
        return True
    return (part.authored or part.signed) and _signed_brief(blocks, body)


def _bodies(blocks: list[Block], part: Part) -> list[int]:
    return [i for i in part.members if blocks[i].kind is Kind.BODY]


def _signed_later(blocks: list[Block], body: int) -> bool:
    """Whether anyone signs behind `body`: an article signed behind its first paragraphs may well go on unsigned."""
    return any(b.authors and (b.kind is Kind.BODY or (b.credit and b.credit.signed)) for b in blocks[body:])


def _signed_brief(blocks: list[Block], body: int) -> bool:
    """Whether the text from `body` on is so short that the credit behind it is its own byline."""
    for count, block in enumerate(blocks[body:]):
        if block.kind is Kind.BODY and count < BRIEF:
            if block.credit and block.credit.signed and block.tail is not None:
                return True
        elif block.kind is Kind.BYLINE:
            return bool(block.credit and block.credit.signed)
        elif block.kind is not Kind.CAPTION:
            return False
    return False


def _continued(block: Block) -> bool:
    """Whether a body opens with the note that its beginning stands on another page."""
    found = jump(block.text)
    return bool(found and found.start() == 0 and "接" in found.group())


def _open(blocks: list[Block], found: _Between, usual: int) -> Part:
    """Tell the headline from its kicker and subtitle: by rank, by how they end, else the first is the headline."""
    heads = found.heads
    part = Part(desk=found.desk, authored=found.byline or bool(found.desk))
    if not heads:
        part.members = list(found.after)
        return part
    levels = [blocks[i].level for i in heads if blocks[i].level]
    first = 0
    if levels:
        first = next(n for n, i in enumerate(heads) if blocks[i].level == min(levels))
    else:
        while first + 1 < len(heads) and (
            len(blocks[heads[first]].text) <= 3 or _ending(blocks[heads[first]].text) == "kicker"
        ):
            first += 1
    last = first + 1
    while last < len(heads) and _one_headline(blocks[heads[last - 1]], blocks[heads[last]], usual):
        if sum(len(blocks[i].text) for i in heads[first : last + 1]) > JOINED:
            break
        last += 1
    part.kickers, part.title, part.subtitles = heads[:first], heads[first:last], heads[last:]
    part.level = blocks[heads[first]].level
    part.members = sorted([*heads, *found.after])
    return part


def _ending(text: str) -> str | None:
    """What the end of a headline-like line says that it is: kicker, subtitle, or nothing."""
    text = text.rstrip("”’ :：")
    return next((what for word, what in entries("article_headlines") if text.endswith(word)), None)


def _one_headline(above: Block, below: Block, usual: int) -> bool:
    """Whether two lines are one headline: of one rank, or set closer than paragraphs are."""
    if re.match(r"[—－-]{1,2}", below.text) or _ending(below.text) == "subtitle":
        return False
    if above.level or below.level:
        return above.level == below.level
    return below.gap < usual and below.gap == 0 and usual < PICTURE + 1


def _usual_gap(blocks: list[Block]) -> int:
    gaps = [block.gap for block in blocks[1:]]
    return max(sorted(set(gaps)), key=gaps.count) if gaps else 0
