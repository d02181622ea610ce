"""The values that the page shows: things, what is stated of them, and the articles that state it.

They travel in a networkx graph: a node is an IRI with the attributes `thing` (a Thing) and `facts` (the Statements
about it alone: sums, dates, figures); an edge is an IRI pair with the attribute `statement`, or None where the
official list of divisions and no article puts one place in another; `graph["articles"]` maps IRIs to Pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

Picture: TypeAlias = "nx.MultiDiGraph[str]"

PART_OF = "partOf"
"""The key of an edge that stands for the official hierarchy of places."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that articles name."""

    iri: str
    type: str
    """One of kg.facts.TYPES."""
    names: tuple[str, ...]
    """The preferred label first."""
    also: tuple[str, ...] = ()
    kind: tuple[str, str] | None = None
    """The finer class, in Chinese and English: 县, county."""
    code: str | None = None
    parents: tuple[str, ...] = ()
    """The names of the divisions above a place, the province first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article."""

    iri: str
    title: str
    published: str | None = None
    outlet: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as one article states it. Fields that a predicate does not use stay None; their meanings are those
    of kg.facts.Fact."""

    subject: str
    predicate: str
    article: str
    quote: str
    start: int
    end: int
    before: str = ""
    """What stands before the quote in its sentence."""
    after: str = ""
    """What stands behind the quote in its sentence."""
    confidence: float = 1.0
    rule: str = ""
    planned: bool = False
    object: str | None = None
    post: str | None = None
    former: bool = False
    role: str | None = None
    value: str | None = None
    unit: str | None = None
    approx: bool = False
    indicator: str | None = None
    text: str | None = None


def draw(
    things: Iterable[Thing],
    statements: Iterable[Statement],
    pieces: Iterable[Piece],
    parts: Iterable[tuple[str, str]] = (),
) -> Picture:
    """The networkx graph of these values; `parts` are (place, place it belongs to) of the official hierarchy.

    A statement whose subject or object is not among the things is left out."""
    picture: Picture = nx.MultiDiGraph(articles={p.iri: p for p in pieces})
    for one in things:
        picture.add_node(one.iri, thing=one, facts=[])
    for statement in statements:
        if statement.subject not in picture:
            continue
        if statement.object is None:
            picture.nodes[statement.subject]["facts"].append(statement)
        elif statement.object in picture:
            picture.add_edge(statement.subject, statement.object, statement=statement)
    for lower, upper in parts:
        if lower in picture and upper in picture and lower != upper:
            picture.add_edge(lower, upper, key=PART_OF, statement=None)
    return picture


def thing(picture: Picture, iri: str) -> Thing:
    """The thing at a node of the graph."""
    found: Thing = picture.nodes[iri]["thing"]
    return found


def statements(picture: Picture) -> list[Statement]:
    """Every statement of a graph, in the order of their articles."""
    alone = [s for iri in picture for s in picture.nodes[iri]["facts"]]
    pairs = [tie["statement"] for _, _, tie in picture.edges(data=True) if tie["statement"] is not None]
    return sorted({*alone, *pairs}, key=_order)


def _order(statement: Statement) -> tuple[str, int, int, str, str, str, str]:
    s = statement
    return s.article, s.start, s.end, s.predicate, s.subject, s.object or "", f"{s.indicator}{s.role}{s.value}{s.post}"
