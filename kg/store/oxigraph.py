"""The embedded Oxigraph store under DIR/store: made in one go by a build, read by every other command.

The default graph holds the union of the named graphs as a set. Oxigraph can pretend such a union, but then finds a
triple once for each graph that holds it: sums would count an amount twice, and joins on a county that a thousand
articles name would not end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import PREFIXES

FOLDER = "store"


def create(out: Path | str, quads: Iterable[ox.Quad]) -> ox.Store:
    """A new store of `quads` under `out`/store, on disk when this returns. Raises KgError if there is one already."""
    path = Path(out) / FOLDER
    if path.exists():
        raise KgError(f"{path} exists already; build into a new folder or remove it first")
    path.parent.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(path))
    store.bulk_extend(_with_union(quads))
    store.flush()
    return store


def open_store(out: Path | str = "out") -> ox.Store:
    """The store of the build in `out`, for reading; several readers may have it open at once.

    Raises KgError when `out` holds no build.
    """
    path = Path(out) / FOLDER
    if not path.is_dir():
        raise KgError(f"no build in {out}; run: kg build SOURCE... --out {out}")
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:  # RocksDB's complaints of a damaged file come as RuntimeError
        raise KgError(f"the store {path} cannot be read ({str(error).splitlines()[0]}); build it again") from error


def replace_graph(store: ox.Store, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
    """Put `quads` (all of that graph; none to withdraw it) in the place of what `graph` held, and mend the union.
    Raises ValueError for a quad of another graph."""
    new = list(quads)
    strangers = [q for q in new if q.graph_name != graph]
    if strangers:
        raise ValueError(f"{strangers[0]} is not of the graph {graph}")
    old = list(store.quads_for_pattern(None, None, None, graph))
    store.remove_graph(graph)
    for quad in old:
        union = ox.Quad(quad.subject, quad.predicate, quad.object)
        if set(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)) == {union}:
            store.remove(union)
    store.bulk_extend(_with_union(new))
    store.flush()


def select(store: ox.Store, query: str) -> ox.QuerySolutions:
    """The solutions of a SELECT query of the project's own, prefixes predeclared, over the union of all graphs."""
    solutions = store.query(query, prefixes=PREFIXES)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    return solutions


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)
