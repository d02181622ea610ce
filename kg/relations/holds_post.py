"""holdsPost: who holds which office, job or rank, in which body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.facts import Entity, Fact
from kg.gazetteer.divisions import name as official
from kg.lexicon import entries, pattern, words
from kg.relations.context import Context
from kg.relations.items import Item
from kg.relations.thresholds import confidence

_LEVEL = re.compile(r"^(?:中共)?(自治[区州县]|省|市|州|县|区|旗|镇|乡|街道|村|社区)|(省|市|州|县|区|旗|镇|乡|村)长$")
_JOINS = re.compile(r"(?:[、,，兼及和与的 （(]|原|时任|现任|任)*")
_PARTY = re.compile(r"(?:省|市|州|县|区|旗|镇|乡|村|街道|社区)(?:党?委|党工委|党支部|党总支|村委会)$")
_HIGH = re.compile(r"[省市州县区旗]委$")
"""A committee that is a body by itself; those below it are told by their place."""
_MEMBER = re.compile(r"(?:常务|第一)?副?书记$|(?:候补)?委员$|常委$")
"""Titles in a committee itself."""
_NOTE = re.compile(r"[（(][^（()）]*[）)][、,，]?$")
LONGEST_NOTE = 14
"""Characters of a note in brackets, with the brackets and a mark."""
NAMED = 4
"""Characters from which on a body's name stands for itself: shorter ones (区纪委, 管委会) are parts of a title."""
BACK = 3
"""Posts back to which the body of one that names none is looked for."""


def facts(context: Context) -> Iterator[Fact]:
    """The facts of holdsPost in one article."""
    best: dict[tuple[str, str, str | None], Fact] = {}
    for pair, label, probability in context.stated("holdsPost"):
        person = pair.source.entity or ""
        title, former = plain(context.reading.text[pair.target.start : pair.target.end])
        before = context.reading.text[max(0, pair.target.start - 6) : pair.target.start]
        former = former or bool(pattern("former").search(before))
        if len(title) < 2 or title in _no_posts():
            continue
        sure = confidence(label, probability)
        of = body(context, pair.target)
        if (person, title, of) not in best or best[person, title, of].confidence < sure:
            best[person, title, of] = Fact(
                "holdsPost",
                person,
                context.cite(pair.source, pair.target),
                "holdsPost/pair",
                sure,
                post=title,
                of=of,
                former=former,
            )
    bodies = {(person, title) for person, title, of in best if of is not None}
    for (person, title, of), fact in best.items():
        if of is not None or (person, title) not in bodies:  # 局长某某 after 某局局长某某 is the same post
            yield fact


def plain(title: str) -> tuple[str, bool]:
    """A title without 原, 时任, 现任 in front, and whether such a word said that it is past."""
    match = pattern("former").match(title)
    rest = re.sub(r"^(?:现任|担任|兼任|兼)", "", title[match.end() :] if match else title)
    inside = re.sub(r"原(?=[党副书主局委])", "", rest)  # 县委原书记
    return inside, match is not None or inside != rest


def body(context: Context, post: Item, back: int = BACK) -> str | None:
    """The entity that a post is in: the body or place written right before it, or before the posts that it is joined
    to; else the nearest place of the level that the title names (县委书记 after 云岭县), or the nearest body of the
    kind that it names (局长 after 县水务局); else the nearest body before it in its sentence, or that of the post
    before it in its paragraph."""
    title, _ = plain(context.reading.text[post.start : post.end])
    left = _within(context, post) or _adjacent(context, post)
    held = left and (_ruled(context, left, title) or left)
    if held is None and title in _alone():
        return None
    level = _LEVEL.search(title)
    if level is not None:
        named = level.group(1) or level.group(2)
        if held is None or (held.end < post.start and not _governs(context.entities.get(held.entity or ""), named)):
            # 云岭省委常委、市委书记: the second title is of a city, not of the province before the first
            return _nearest_of_level(context, post, named) or (held.entity if held else None)
    if held is not None:
        return held.entity
    sentence = context.reading.sentences[context.reading.sentence(post.start)]
    start = context.clause(post.start).start
    return (
        _last_body(context, start, post.start)
        or _headed(context, post, title)
        or _last_body(context, sentence.start, post.start)
        or _of_post_before(context, post, back)
    )


def _last_body(context: Context, start: int, end: int) -> str | None:
    """The last body or place between two positions."""
    inside = [i for i in context.within(start, end) if i.kind in ("Organization", "Place")]
    return max(inside, key=lambda i: (i.end, -i.start)).entity if inside else None


def _headed(context: Context, post: Item, title: str) -> str | None:
    """The nearest body before the post, or else the first behind it, whose name ends as the title says (局 of 局长, and
    of 局党委书记)."""
    stems = (e for stem, e in _ends("post_stems") if title.startswith(stem))
    endings = next(stems, None) or next((e for head, e in _ends("post_heads") if title.endswith(head)), None)
    if endings is None:
        return None
    text = context.reading.text
    bodies = [i for i in context.items if i.kind in ("Organization", "Place")]
    return _nearest([i for i in bodies if text[i.start : i.end].endswith(endings)], post)


def _of_post_before(context: Context, post: Item, back: int) -> str | None:
    """What the last post before this one in its paragraph is in."""
    start = context.reading.starts[context.reading.paragraph(post.start)]
    posts = [i for i in context.within(start, post.start) if i.kind == "Post"]
    return body(context, posts[-1], back - 1) if posts and back else None


def _within(context: Context, post: Item) -> Item | None:
    """The body that the title itself begins with (全国政协委员)."""
    inside = [i for i in context.within(post.start, post.end) if i.start == post.start and i.end < post.end]
    named = [i for i in inside if i.kind == "Organization" and i.end - i.start >= NAMED]
    return max(named, key=lambda i: i.end, default=None)


def _adjacent(context: Context, post: Item) -> Item | None:
    """The body that ends where the post begins, posts joined by 、 and 兼 skipped, with their holders and notes in
    brackets: 云岭大学党委书记(正厅级)张三、校长李四 are both of the university."""
    at = post.start
    for _ in range(8):
        note = _NOTE.search(context.reading.text, max(0, at - LONGEST_NOTE), at)
        at = note.start() if note else at
        bodies = _before(context, at, ("Organization", "Place"))
        if bodies:
            return min(bodies, key=lambda i: (i.start, i.kind != "Organization"))
        posts = _before(context, at, ("Post", "Person"))
        if not posts:
            return None
        at = posts[-1].start
    return None


def _before(context: Context, at: int, kinds: tuple[str, ...]) -> list[Item]:
    """The items of `kinds` that end nearest before `at`, with no more than a joining mark between; or that share
    characters with what begins there (云岭市 in 云岭市委书记)."""
    text = context.reading.text
    found = [
        i
        for i in context.items
        if i.kind in kinds and i.start < at and at - 3 <= i.end <= at + 2 and _JOINS.fullmatch(text[i.end : at])
    ]
    return [i for i in found if i.end == max(e.end for e in found)]


def _ruled(context: Context, body: Item, title: str) -> Item | None:
    """The place that a party committee rules: it stands for the committee (云岭县委 → 云岭县), but for those whose
    title is one in the committee itself (云岭县委常委)."""
    named = context.reading.text[body.start : body.end]
    if body.kind != "Organization" or not _PARTY.search(named) or (_HIGH.search(named) and _MEMBER.match(title)):
        return None
    inside = [i for i in context.within(body.start, body.end) if i.kind == "Place"]
    return max(inside, key=lambda i: i.end, default=None)


def _nearest_of_level(context: Context, post: Item, level: str) -> str | None:
    """The place of the level that is named last before the post, or else first after it."""
    places = [i for i in context.items if i.kind == "Place"]
    return _nearest([i for i in places if _of_level(context.entities.get(i.entity or ""), level)], post)


def _nearest(fitting: list[Item], post: Item) -> str | None:
    """What the last of some items before the post means, or else the first behind it."""
    before = [i for i in fitting if i.start < post.start]
    return before[-1].entity if before else fitting[0].entity if fitting else None


def _governs(held: Entity | None, level: str) -> bool:
    """Whether what a post before is in can be what this one is in too: a division of its level, or a government."""
    return held is not None and (_of_level(held, level) or held.names[0].endswith("政府"))


def _of_level(place: Entity | None, level: str) -> bool:
    """Whether a place is a division of the level that a title names by one word (县 of 县委书记)."""
    if place is None:
        return False
    code = place.code or ""
    if level == "省":
        return code.endswith("0000")
    if level == "县":
        return len(code) == 6 and not code.endswith("00")
    if level == "州" and code:  # 贵州 is no prefecture, and 广州 has no 州委
        return official(code).endswith("州")
    names = (*place.names, official(code)) if code else place.names
    return any(n.endswith((level, "社区") if level == "村" else level) for n in names)


@cache
def _ends(lexicon: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Parts of titles with the ends of names that go with them, the longest first."""
    pairs = [(part, tuple(endings.split("|"))) for part, endings in entries(lexicon)]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


@cache
def _alone() -> frozenset[str]:
    return frozenset(words("posts_alone"))


@cache
def _no_posts() -> frozenset[str]:
    return frozenset(words("no_posts"))
