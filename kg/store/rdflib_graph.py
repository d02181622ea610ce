"""The store through rdflib, for programs that speak rdflib: oxrdflib adapts Oxigraph to its store interface."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.rdf import PREFIXES
from kg.store.oxigraph import open_store

if TYPE_CHECKING:
    from rdflib import Dataset


def dataset(out: str | Path = "out") -> Dataset:
    """The build in `out` as an rdflib Dataset, read-only; its default graph is the union of the articles' graphs.
    Raises KgError where there is no build."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    found = Dataset(store=OxigraphStore(store=open_store(out)))
    for prefix, namespace in sorted(PREFIXES.items()):
        found.bind(prefix, namespace)
    return found
