"""`kg validate`: the shapes of the ontology, checked over the store.

Each constraint of ontology/shapes.ttl becomes one SPARQL query, so that a large graph is checked in seconds where a
general SHACL processor takes minutes. The part of SHACL that the shapes use is supported and anything else refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import KgError
from kg.query import shown
from kg.rdf.ontology import ontology_text
from kg.store import open_store, select

SHOWN = 5
"""How many violations of one kind the report spells out."""


@dataclass(frozen=True, order=True)
class Violation:
    """One node that breaks one constraint."""

    message: str
    node: str
    value: str
    """What breaks it; empty where something is missing."""


@dataclass(frozen=True)
class Validation:
    """The result of checking a graph."""

    checks: int
    """How many constraints were checked."""
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated."""
        return not self.violations

    def text(self) -> str:
        """The result for a reader: each broken constraint with how often and the first nodes that break it."""
        if self.conforms:
            return f"符合形状 / conforms ({self.checks})"
        lines = [f"不符合形状 / does not conform: {len(self.violations)}"]
        for message in sorted({v.message for v in self.violations}):
            alike = [v for v in self.violations if v.message == message]
            lines.append(f"\n{message}: {len(alike)}")
            lines += [f"  {v.node}" + (f"  → {v.value}" if v.value else "") for v in alike[:SHOWN]]
            lines += ["  …"] if len(alike) > SHOWN else []
        return "\n".join(lines)


def validate(out: Path | str = "out") -> Validation:
    """Check the graph of the build in `out` against the shapes. Raises KgError where `out` holds no build."""
    return validate_store(open_store(out))


def validate_store(store: ox.Store) -> Validation:
    """Check the default graph of `store` (the union of a build's graphs) against the shapes."""
    found: set[Violation] = set()
    checks = list(_checks(ontology_text("shapes.ttl")))
    for message, query in checks:
        rows = select(store, query)
        names = {variable.value for variable in rows.variables}
        for row in rows:
            value = row["value"] if "value" in names else None
            found.add(Violation(message, shown(row["this"]), shown(value)))
    return Validation(len(checks), tuple(sorted(found)))


def _checks(shapes: str) -> Iterator[tuple[str, str]]:
    """Each constraint of a shapes graph as (message, query for `?this` and `?value` that break it)."""
    graph = Graph().parse(data=shapes, format="turtle")
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        focus = _focus(graph, shape)
        message = str(graph.value(shape, SH.message))
        yield from ((message, query) for query in _constraints(graph, shape, focus, "BIND(?this AS ?value)"))
        for part in graph.objects(shape, SH.property):
            path = _term(graph.value(part, SH.path))
            said = str(graph.value(part, SH.message))
            yield from ((said, query) for query in _constraints(graph, part, focus, f"?this {path} ?value ."))
        for part in graph.objects(shape, SH.sparql):
            # The focus nodes come first, as SHACL's pre-binding of $this would have them.
            query = str(graph.value(part, SH.select)).replace("$this", "?this")
            head, _, body = query.partition("{")
            yield str(graph.value(part, SH.message)), f"{head}{{ {focus} {body}"


def _focus(graph: Graph, shape: Node) -> str:
    targets = [f"{{ ?this a {_term(c)} }}" for c in graph.objects(shape, SH.targetClass)]
    targets += [f"{{ ?this {_term(p)} ?_any }}" for p in graph.objects(shape, SH.targetSubjectsOf)]
    targets += [f"{{ ?_any {_term(p)} ?this }}" for p in graph.objects(shape, SH.targetObjectsOf)]
    return f"{{ SELECT DISTINCT ?this {{ {' UNION '.join(sorted(targets))} }} }}"


_ABOUT = {
    RDF.type, SH.path, SH.property, SH.sparql, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf,
}  # fmt: skip
"""What a shape says beside its constraints."""


def _constraints(graph: Graph, shape: Node, focus: str, values: str) -> Iterator[str]:
    for parameter, value in sorted(graph.predicate_objects(shape), key=str):
        if parameter in _ABOUT:
            continue
        if parameter in (SH.minCount, SH.maxCount):
            wrong = f"COUNT(DISTINCT ?value) {'<' if parameter == SH.minCount else '>'} {value}"
            yield f"SELECT ?this {{ {focus} OPTIONAL {{ {values} }} }} GROUP BY ?this HAVING ({wrong})"
        else:
            right = _condition(graph, parameter, value)
            yield f"SELECT DISTINCT ?this ?value {{ {focus} {values} FILTER (!COALESCE({right}, false)) }}"


def _condition(graph: Graph, parameter: Node, value: Node) -> str:
    """The SPARQL expression that holds of a `?value` (of `?this`) which meets the constraint."""
    if parameter == SH["or"]:
        options = [next(iter(graph.predicate_objects(option))) for option in Collection(graph, value)]
        return " || ".join(f"COALESCE({_condition(graph, *option)}, false)" for option in options)
    if parameter == SH["in"]:
        return f"?value IN ({', '.join(_term(member) for member in Collection(graph, value))})"
    if parameter == SH.nodeKind and value == SH.IRI:
        return "isIRI(?value)"
    if condition := _CONDITIONS.get(str(parameter)):
        return condition.format(_term(value))
    raise KgError(
        f"the shapes use {parameter}, which kg validate does not know; check the graph with a SHACL processor"
    )


_CONDITIONS = {
    str(SH["class"]): "EXISTS {{ ?value a {} }}",
    str(SH.datatype): "DATATYPE(?value) = {}",
    str(SH.pattern): "REGEX(STR(?value), {})",
    str(SH.minLength): "STRLEN(STR(?value)) >= {}",
    str(SH.minInclusive): "?value >= {}",
    str(SH.maxInclusive): "?value <= {}",
    str(SH.lessThan): "NOT EXISTS {{ ?this {} ?other FILTER (!COALESCE(?value < ?other, false)) }}",
    str(SH.lessThanOrEquals): "NOT EXISTS {{ ?this {} ?other FILTER (!COALESCE(?value <= ?other, false)) }}",
}


def _term(node: Node | None) -> str:
    """An IRI or literal of the shapes as SPARQL writes it."""
    if isinstance(node, URIRef | Literal):
        return node.n3()
    raise KgError(f"the shapes hold {node!r} where kg validate knows only IRIs and literals")
