"""holdsPost: who holds which office, job or rank, in which body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.facts import Fact
from kg.gazetteer.divisions import name as official
from kg.lexicon import words
from kg.relations.context import Context
from kg.relations.items import Item
from kg.relations.thresholds import confidence

_LEVEL = re.compile(r"(?:中共)?(省|市|州|县|区|旗|镇|乡|街道|村|社区)")
_JOINS = re.compile(r"[、,，兼及和与的 （(]*")


def facts(context: Context) -> Iterator[Fact]:
    """The facts of holdsPost in one article."""
    best: dict[tuple[str, str], Fact] = {}
    for pair, label, probability in context.stated("holdsPost"):
        person = pair.source.entity or ""
        title, former = plain(context.reading.text[pair.target.start : pair.target.end])
        before = context.reading.text[max(0, pair.target.start - 6) : pair.target.start]
        former = former or bool(_former().search(before))
        if len(title) < 2 or title in _no_posts():
            continue
        sure = confidence(label, probability)
        if (person, title) not in best or best[person, title].confidence < sure:
            best[person, title] = Fact(
                "holdsPost",
                person,
                context.cite(pair.source, pair.target),
                "holdsPost/pair",
                sure,
                context.modality(pair.source, pair.target) if probability < 0.5 else "asserted",
                post=title,
                of=body(context, pair.target),
                former=former,
            )
    yield from best.values()


def plain(title: str) -> tuple[str, bool]:
    """A title without 原, 时任, 现任 in front, and whether such a word said that it is past."""
    match = _former().match(title)
    rest = re.sub(r"^(?:现任|担任|兼任|兼)", "", title[match.end() :] if match else title)
    return rest, match is not None


def body(context: Context, post: Item) -> str | None:
    """The entity that a post is in: the body or place written right before it, or before the posts that it is joined
    to; else the nearest place of the level that the title names (县委书记 after 云岭县); else the nearest body in the
    clause."""
    left = _adjacent(context, post)
    if left is not None:
        return left.entity
    title = context.reading.text[post.start : post.end]
    level = _LEVEL.match(title)
    if level:
        return _nearest_of_level(context, post, level.group(1))
    clause = context.clause(post.start)
    inside = [
        i
        for i in context.items
        if i.kind in ("Organization", "Place") and clause.start <= i.start and i.end <= post.start
    ]
    return inside[-1].entity if inside else None


def _adjacent(context: Context, post: Item) -> Item | None:
    """The body that ends where the post begins, posts joined by 、 and 兼 skipped."""
    at = post.start
    for _ in range(8):
        ending = [
            i
            for i in context.items
            if i.kind in ("Organization", "Place")
            and i.end <= at
            and at - i.end <= 3
            and _JOINS.fullmatch(context.reading.text[i.end : at])
        ]
        near = [i for i in ending if i.end == max(e.end for e in ending)]
        if near:
            return min(near, key=lambda i: (i.start, i.kind != "Organization"))
        posts = [
            i
            for i in context.items
            if i.kind == "Post"
            and i.end <= at
            and at - i.end <= 3
            and _JOINS.fullmatch(context.reading.text[i.end : at])
        ]
        if not posts:
            return None
        at = posts[-1].start
    return None


def _nearest_of_level(context: Context, post: Item, level: str) -> str | None:
    """The place named last before the post, or else first after it, whose official name ends with the level."""
    endings = {"省": ("省", "自治区"), "县": ("县", "自治县", "旗", "市"), "村": ("村", "社区")}.get(level, (level,))

    def fits(item: Item) -> bool:
        entity = context.entities.get(item.entity or "")
        if item.kind != "Place" or entity is None:
            return False
        names = (*entity.names, official(entity.code)) if entity.code else entity.names
        return any(n.endswith(endings) for n in names)

    places = [i for i in context.items if fits(i)]
    before = [i for i in places if i.start < post.start]
    return before[-1].entity if before else places[0].entity if places else None


@cache
def _former() -> re.Pattern[str]:
    return re.compile("|".join(words("former")))


@cache
def _no_posts() -> frozenset[str]:
    return frozenset(words("no_posts"))
