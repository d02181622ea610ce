"""The gazetteer's graph (what it says of the places that are linked) and the graph of identity decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import pyoxigraph as ox

from kg import gazetteer
from kg.errors import KgError
from kg.facts import Entity
from kg.gazetteer.forms import everyday
from kg.identity.iris import BASE, entity_iri
from kg.rdf import literals
from kg.rdf.ontology import superclasses
from kg.rdf.statements import Node, Term, mint
from kg.rdf.terms import BESIDE, OWL, RDF_TYPE, SKOS, kg


class Decision(Protocol):
    """That two IRIs name one thing (kg.identity.merge makes these)."""

    @property
    def left_iri(self) -> str: ...  # noqa: D102
    @property
    def right_iri(self) -> str: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102


def places_graph(base: str = BASE) -> Node:
    """The name of the graph that holds what the gazetteer says."""
    return Node(base + "graph/places")


def identity_graph(base: str = BASE) -> Node:
    """The name of the graph that holds the identity decisions."""
    return Node(base + "graph/identity")


def preferred_name(code: str, names: Sequence[str]) -> str:
    """The label of a place with an official code: its official name, that of a village without its committee, or the
    first of `names` (not empty) for a code that the gazetteer does not know."""
    try:
        return _label(code, gazetteer.name(code))
    except KgError:
        return names[0]


def _label(code: str, official: str) -> str:
    return everyday(official) if gazetteer.kind(code) == "Village" else official


def place_quads(codes: Iterable[str], *, base: str = BASE) -> list[ox.Quad]:
    """What the gazetteer says of the places with these official codes and of all divisions above them: code,
    official name, and the division that each lies in. Codes that the gazetteer does not know give nothing."""
    graph, known = places_graph(base), dict[str, str]()
    for code in codes:
        try:
            known.update((c, gazetteer.name(c)) for c in (code, *gazetteer.parents(code)))
        except KgError:
            continue
    quads: list[ox.Quad] = []
    for code, name in sorted(known.items()):
        place = _place(code, name, base)
        said: list[tuple[Node, Term]] = [(RDF_TYPE, Node(BESIDE["Place"]))]
        said += [(RDF_TYPE, kg(class_)) for class_ in superclasses(gazetteer.kind(code))]
        said += [(kg("code"), ox.Literal(code)), (kg("officialName"), literals.zh(name))]
        said.append((Node(SKOS + "prefLabel"), literals.zh(_label(code, name))))
        for above in gazetteer.parents(code)[:1]:
            said.append((kg("locatedIn"), _place(above, known[above], base)))
        quads += [ox.Quad(place, p, o, graph) for p, o in said]
    return quads


def decision_quads(decisions: Iterable[Decision], *, base: str = BASE) -> list[ox.Quad]:
    """The identity decisions of a build: owl:sameAs between the two, and a kg:Decision with the reason and the score.
    To undo one, delete both; no article's graph knows of it."""
    graph = identity_graph(base)
    quads: list[ox.Quad] = []
    for decision in sorted(decisions, key=lambda d: (d.left_iri, d.right_iri, d.reason)):
        left, right = Node(decision.left_iri), Node(decision.right_iri)
        node = mint(base, "decision", decision.left_iri, decision.right_iri)
        said: list[tuple[Node, Node, Term]] = [
            (left, Node(OWL + "sameAs"), right),
            (node, RDF_TYPE, kg("Decision")),
            (node, kg("left"), left),
            (node, kg("right"), right),
            (node, kg("score"), literals.decimal(round(decision.score, 4))),
            (node, kg("reason"), literals.zh(decision.reason)),
        ]
        quads += [ox.Quad(s, p, o, graph) for s, p, o in said]
    return quads


def _place(code: str, name: str, base: str) -> Node:
    return Node(entity_iri(Entity("", "Place", (name,), code=code), base))
