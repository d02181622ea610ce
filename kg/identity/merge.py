"""Which things of different articles are the same, beyond those that already share an IRI.

Each decision says on what evidence, and stands apart from the facts, so that it can be undone. Names alone decide
nothing: the county (or, for the bodies of a prefecture, the prefecture) must agree too, two places within it that
exclude each other keep things apart, and what fits two different things is left alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.errors import KgError
from kg.facts import ArticleFacts, Entity
from kg.gazetteer import lookup, name, parents, scan
from kg.gazetteer.divisions import contains, level
from kg.identity.iris import BASE, entity_iri, same_name
from kg.identity.kinds import entries

MERGED = ("Person", "Organization", "Project", "Initiative", "Event")
SHORTEST = {"Person": 2, "Organization": 3, "Project": 4, "Initiative": 4, "Event": 6}
"""How many characters a name must have, besides the place in front of it, to tell a thing from others of its county."""
STATED, ONE_STATED, SUPPOSED = 0.9, 0.75, 0.65
"""Scores, until there is gold to set them by: both articles say the place; one does, and the other is about that
county; both are about it. A shared post or body adds `SHARED`."""
SHARED = 0.05
_EDITION = re.compile(r"第[一二三四五六七八九十百\d]+[届次期]|(?:19|20)\d\d")
"""What makes an event's name the name of one event."""
_LEVEL = re.compile(r"^[省市县区旗镇乡](?![场村域级])")
"""The level that a body of a place names instead of the place (县农业局, but 市场监督管理局)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """That two IRIs name one thing."""

    left_iri: str
    right_iri: str
    score: float
    """The chance that it is so, 0 to 1."""
    reason: str
    """The evidence, in Chinese."""


@dataclass
class _Thing:
    """What all articles say of one IRI."""

    iri: str
    type: str
    names: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    """The codes of the places that it is said to belong to."""
    supposed: set[str] = field(default_factory=set)
    """The counties that the articles which name it are about."""
    traits: set[str] = field(default_factory=set)
    """The posts of a person."""

    @cached_property
    def areas(self) -> set[str]:
        """The counties, or prefectures where no county is said, that it belongs to; to be asked once all articles are
        gathered."""
        return {area for code in self.stated for area in _area(code)} or self.supposed


def merge(found: Sequence[ArticleFacts], base: str = BASE) -> list[Decision]:
    """The pairs of IRIs among `found` that name one person, organisation, project, initiative or event, sorted."""
    things: dict[str, _Thing] = {}
    for said in found:
        _gather(said, base, things)
    blocks: dict[tuple[str, str], list[_Thing]] = defaultdict(list)
    for iri in sorted(things):
        thing = things[iri]
        for key in sorted({_key(n, thing.type) for n in thing.names}):
            if len(key) >= SHORTEST[thing.type]:
                blocks[thing.type, key].append(thing)
    decisions: dict[tuple[str, str], Decision] = {}
    for (_, key), block in sorted(blocks.items()):
        for decision in _decide(key, block):
            decisions.setdefault((decision.left_iri, decision.right_iri), decision)
    return [decisions[pair] for pair in sorted(decisions)]


def _gather(said: ArticleFacts, base: str, things: dict[str, _Thing]) -> None:
    by_id = {e.id: e for e in said.entities}
    about = _about(said.entities)
    for entity in said.entities:
        if entity.type not in MERGED or (entity.type == "Event" and not _EDITION.search(entity.names[0])):
            continue
        iri = entity_iri(entity, base, said.article)
        thing = things.setdefault(iri, _Thing(iri, entity.type))
        thing.names.update(map(same_name, entity.names))
        thing.stated.update(_places(entity, said.entities))
        if about:
            thing.supposed.add(about)
    for fact in said.facts:
        subject = by_id.get(fact.subject)
        if (
            subject is None
            or subject.type not in MERGED
            or (iri := entity_iri(subject, base, said.article)) not in things
        ):
            continue
        if fact.predicate == "holdsPost" and fact.post:
            things[iri].traits.add(fact.post)
        other = by_id.get(fact.of or "") if fact.predicate == "holdsPost" else by_id.get(fact.object or "")
        if other is not None and fact.predicate in ("holdsPost", "locatedIn"):
            things[iri].stated.update(_places(other, said.entities))


def _places(entity: Entity, others: Iterable[Entity]) -> Iterator[str]:
    """The codes of the places that `entity` is, or is said to belong to by its name or `within`."""
    if entity.code:
        yield entity.code
        return
    if entity.within and entity.within.isdigit():
        yield entity.within
        return
    for text in (entity.within, entity.names[0] if entity.type == "Organization" else None):
        if text:
            known = next((e.code for e in others if e.code and text in e.names), None) or _place_in_front(text, others)
            if known:
                yield known
                return


def _place_in_front(text: str, others: Iterable[Entity]) -> str | None:
    """The place that the name of a body begins with: one that the article names, or the only one of that name."""
    named = [(n, e.code) for e in others if e.code for n in e.names if text.startswith(n)]
    if named:
        return max(named, key=lambda pair: (len(pair[0]), pair[1]))[1]
    found = [p for begin, _, front in scan(text)[:1] if begin == 0 for p in lookup(front) if p.exact and level(p) < 3]
    return found[0].code if len(found) == 1 else None


def _about(entities: Iterable[Entity]) -> str | None:
    """The county that an article speaks of at least twice as often as of any other; None if there is none."""
    counts = Counter[str]()
    for entity in entities:
        if entity.type == "Place" and entity.code:
            for area in _area(entity.code):
                counts[area] += len(entity.mentions) or 1
    counts = Counter({code: n for code, n in counts.items() if not code.endswith("00")})
    first, *rest = [*counts.most_common(2), ("", 0)][:2]
    return first[0] if first[0] and first[1] >= 2 * rest[0][1] else None


def _area(code: str) -> list[str]:
    """The county of the place with `code`, or the prefecture where it has none; nothing for a province."""
    try:
        chain = [code, *parents(code)]
    except KgError:
        return []
    return [c for c in chain if len(c) == 6 and not c.endswith("0000")][:1]


def _key(name_: str, type_: str) -> str:
    """`name_` without the places in front of it and without 项目, 工程 and the like at its end."""
    if type_ == "Person":
        return name_
    end = 0
    for begin, stop, _ in scan(name_):
        if begin != end:
            break
        end = stop
    key = name_[end:]
    if type_ == "Organization":
        key = _LEVEL.sub("", key)
    if type_ == "Project":
        key = next((key.removesuffix(e) for e in entries("project_endings") if key.endswith(e)), key)
    return key


def _decide(key: str, block: list[_Thing]) -> Iterator[Decision]:
    """The decisions among things that share a name: each joins the one cluster that it fits, if it is one, by a
    decision with the thing that the cluster began with, which is one whose place is stated, if there is one."""
    clusters: list[tuple[_Thing, set[str]]] = []  # with all places stated of it
    for thing in sorted(block, key=lambda t: (not t.stated, t.iri)):
        if not thing.areas:
            continue
        fits = [c for c in clusters if _agree(c[0], thing, key) and not _exclude(c[1], thing.stated)]
        if not fits:
            clusters.append((thing, set(thing.stated)))
        elif len(fits) == 1:
            leader, stated = fits[0]
            stated |= thing.stated
            left, right = sorted((leader, thing), key=lambda t: t.iri)
            yield Decision(left.iri, right.iri, _score(left, right), _reason(key, left, right))


def _agree(one: _Thing, other: _Thing, key: str) -> bool:
    if not one.areas & other.areas:
        return False
    if one.type == "Person" and len(key) < 3:  # many people share a name of two characters
        return bool(one.stated and other.stated and one.traits & other.traits)
    if one.type == "Organization" and len(key) < 6:  # every town has a 中心小学
        return bool(one.stated & other.stated)
    return True


def _exclude(one: set[str], other: set[str]) -> bool:
    """Whether these are places of which none contains another."""
    pairs = [(a, b) for a in one for b in other]
    return bool(pairs) and not any(contains(a, b) or contains(b, a) for a, b in pairs)


def _score(one: _Thing, other: _Thing) -> float:
    score = (SUPPOSED, ONE_STATED, STATED)[bool(one.stated) + bool(other.stated)]
    return round(score + SHARED * bool(one.traits & other.traits), 2)


def _reason(key: str, one: _Thing, other: _Thing) -> str:
    area = min(one.areas & other.areas)
    how = ("报道均关于", "一处明言、一处报道关于", "均属")[bool(one.stated) + bool(other.stated)]
    posts = "、".join(sorted(one.traits & other.traits))
    return f"同名“{key}”，{how}{name(area)}（{area}）" + (f"，同任{posts}" if posts else "")
