"""graph.ttl and graph.trig: the whole graph as text, sorted, so that the same graph gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.rdf.terms import FILE_PREFIXES, RDF_TYPE

_Statement = TypeVar("_Statement", ox.Triple, ox.Quad)
_Key = tuple[str, bool, str, str]


def write_turtle(quads: Iterable[ox.Quad], path: Path | str) -> int:
    """Write the union of all graphs of `quads` (or of a store) to `path` as Turtle; return the number of triples.

    Subjects, predicates (rdf:type first) and objects stand in the order of their code points.
    """
    triples = {q.triple for q in quads}
    ox.serialize(_sorted(triples), str(path), ox.RdfFormat.TURTLE, prefixes=FILE_PREFIXES)
    return len(triples)


def write_trig(quads: Iterable[ox.Quad], path: Path | str) -> int:
    """Write the named graphs of `quads` (or of a store) to `path` as TriG, graph after graph in order; return the
    number of quads. A store's default graph is left out: it is the union of the others."""
    graphs: dict[str, set[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.graph_name.value, set()).add(quad)
    ordered = (quad for _, graph in sorted(graphs.items()) for quad in _sorted(graph))
    ox.serialize(ordered, str(path), ox.RdfFormat.TRIG, prefixes=FILE_PREFIXES)
    return sum(map(len, graphs.values()))


def _sorted(statements: Iterable[_Statement]) -> Iterator[_Statement]:
    yield from sorted(statements, key=_key)


def _key(statement: ox.Triple | ox.Quad) -> _Key:
    predicate = statement.predicate
    return str(statement.subject), predicate != RDF_TYPE, predicate.value, str(statement.object)
