"""Reads the shipped ontology and shapes: beside the package in a wheel, beside `kg/` in a checkout."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import pyoxigraph as ox

from kg.facts import TYPES
from kg.rdf.terms import KG, OWL, RDF_TYPE, RDFS


def ontology_text(name: str = "kg.ttl") -> str:
    """The text of a file of the ontology folder: `kg.ttl` (the terms) or `shapes.ttl` (the SHACL shapes)."""
    shipped = resources.files("kg") / "ontology" / name
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "ontology" / name).read_text(encoding="utf-8")


@cache
def _said(predicate: str) -> tuple[tuple[str, ox.NamedNode | ox.Literal], ...]:
    """Each (subject's IRI, object) of `predicate` in the ontology, which has no blank nodes."""
    triples = ox.parse(ontology_text(), ox.RdfFormat.TURTLE)
    return tuple(
        (t.subject.value, t.object)
        for t in triples
        if t.predicate.value == predicate
        and isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode | ox.Literal)
    )


@cache
def superclasses(kind: str) -> tuple[str, ...]:
    """The class `kind` and the project's own classes above it, by local name: County → County, AdministrativeArea,
    Place. Raises ValueError for a name that is no class of the ontology below one of the six types."""
    found = [kind]
    for name in found:  # grows while it is read
        above = [o.value for s, o in _said(RDFS + "subClassOf") if s == KG + name]
        found += [n for n in (a.removeprefix(KG) for a in above if a.startswith(KG)) if n not in found]
    if not set(found) & set(TYPES):
        raise ValueError(f"{kind!r} is no class of the ontology below {', '.join(TYPES)}; add it to ontology/kg.ttl")
    return tuple(found)


@cache
def labels(language: str) -> dict[str, str]:
    """IRI → label of every term of the ontology in `language` (zh or en)."""
    return {s: o.value for s, o in _said(RDFS + "label") if isinstance(o, ox.Literal) and o.language == language}


@cache
def classes() -> frozenset[str]:
    """The local names of all classes of the ontology."""
    return frozenset(s.removeprefix(KG) for s, o in _said(RDF_TYPE.value) if o.value == OWL + "Class")
