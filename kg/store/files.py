"""graph.ttl and graph.trig: the whole graph as text, sorted, so that the same graph gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.rdf.terms import FILE_PREFIXES, RDF_TYPE

_Statement = TypeVar("_Statement", ox.Triple, ox.Quad)
_Key = tuple[str, bool, str, str]


def write_turtle(store: ox.Store, path: Path | str) -> int:
    """Write the union of all graphs of a build to `path` as Turtle and return the number of its triples.

    Subjects, predicates (rdf:type first) and objects stand in the order of their code points.
    """
    triples = [q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    ox.serialize(_sorted(triples), str(path), ox.RdfFormat.TURTLE, prefixes=FILE_PREFIXES)
    return len(triples)


def write_trig(store: ox.Store, path: Path | str) -> int:
    """Write the named graphs to `path` as TriG, graph after graph in order, and return the number of quads."""
    ox.serialize(_named(store), str(path), ox.RdfFormat.TRIG, prefixes=FILE_PREFIXES)
    return sum(1 for q in store if q.graph_name != ox.DefaultGraph())


def _named(store: ox.Store) -> Iterator[ox.Quad]:
    for graph in sorted(store.named_graphs(), key=str):
        yield from _sorted(store.quads_for_pattern(None, None, None, graph))


def _sorted(statements: Iterable[_Statement]) -> Iterator[_Statement]:
    yield from sorted(statements, key=_key)


def _key(statement: ox.Triple | ox.Quad) -> _Key:
    predicate = statement.predicate
    return str(statement.subject), predicate != RDF_TYPE, predicate.value, str(statement.object)
