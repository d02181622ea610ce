"""Reads the picture out of a store, by SPARQL alone: whatever made the store, the page shows what it states.

Things that the identity graph declares to be the same (owl:sameAs) become one node.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import networkx as nx
import pyoxigraph as ox

from kg.errors import KgError
from kg.facts import TYPES
from kg.rdf.ontology import labels, superclasses
from kg.rdf.terms import DATE_ROLES, FUNDING_ROLES, KG, SCHEMA, STATUSES
from kg.store import select
from kg.view.picture import Picture, Piece, Statement, Thing, draw, thing

_DATES = {KG + name: role for role, name in DATE_ROLES.items()}
_FUNDINGS = {KG + name: role for role, (name, _) in FUNDING_ROLES.items()}
_STATES = {KG + name: role for role, name in STATUSES.items()}

Row = Mapping[str, str]


def read(store: ox.Store) -> Picture:
    """Everything that the store's articles name and state."""
    same = _same(store)
    things = _things(store, same)
    above = {row["place"]: row["upper"] for row in _rows(store, _ABOVE, "place", "upper")}
    names = {row["place"]: row["name"] for row in _rows(store, _PLACES, "place", "name")}
    placed = [_with_parents(one, above, names) for one in things]
    return draw(placed, _statements(store, same), _pieces(store), _parts(placed, above))


def around(picture: Picture, focus: str, depth: int) -> tuple[Picture, str]:
    """What surrounds one thing up to `depth` steps away, and the thing's IRI; `focus` is an IRI or a name.

    Where several things have the name, the one with the most relations is meant. Raises KgError for an unknown name.
    """
    found = [focus] if focus in picture else [n for n in picture if focus in thing(picture, n).names]
    if not found:
        names = sorted({name for n in picture for name in thing(picture, n).names})
        near = [n for n in names if focus in n][:3] or difflib.get_close_matches(focus, names, 3, 0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; kg facts lists the names"
        raise KgError(f"nothing in the graph is called {focus!r}{hint}")
    centre = min(found, key=lambda n: (-picture.degree(n), n))
    return nx.ego_graph(picture, centre, radius=depth, undirected=True), centre


def _rows(store: ox.Store, query: str, *names: str) -> Iterator[Row]:
    """The solutions as dictionaries of plain strings; unbound variables are left out."""
    for solution in select(store, query):
        found = ((name, solution[name]) for name in names)
        yield {name: term.value for name, term in found if isinstance(term, (ox.NamedNode, ox.Literal))}


_SAME = "SELECT ?left ?right { ?left owl:sameAs ?right }"
_THINGS = "SELECT DISTINCT ?thing ?type { [] schema:mentions ?thing . ?thing a ?type }"
_MAIN = "SELECT ?thing ?type { ?thing kg:mainType ?type }"
_NAMES = """SELECT ?article ?thing ?kind ?name {
  GRAPH ?article { ?article schema:mentions ?thing . ?thing ?kind ?name }
  VALUES ?kind { skos:prefLabel skos:altLabel } }"""
_CODES = "SELECT DISTINCT ?thing ?code { [] schema:mentions ?thing . ?thing kg:code ?code }"
_ABOVE = "SELECT ?place ?upper { GRAPH ?g { ?place kg:locatedIn ?upper } FILTER(STRENDS(STR(?g), 'graph/places')) }"
_PLACES = "SELECT ?place ?name { GRAPH ?g { ?place skos:prefLabel ?name } FILTER(STRENDS(STR(?g), 'graph/places')) }"
_ARTICLES = """SELECT ?article ?title ?published ?outlet ?source {
  ?article a kg:Article ; schema:headline ?title .
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:publisher/skos:prefLabel ?outlet }
  OPTIONAL { ?article schema:isPartOf/kg:fileName ?source } }"""
_AUTHORS = "SELECT ?article ?name { GRAPH ?article { ?article schema:author/skos:prefLabel ?name } }"
_CLAIMS = """SELECT ?claim ?subject ?predicate ?object ?article ?confidence ?rule ?modality {
  ?claim a kg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    prov:wasDerivedFrom ?article ; kg:confidence ?confidence ; kg:rule ?rule ; kg:modality ?modality }"""
_QUOTES = """SELECT ?claim ?quote ?start ?end {
  ?claim oa:hasTarget ?target . ?target oa:hasSelector/oa:exact ?quote ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end }"""
_SENTENCES = "SELECT ?claim ?sentence { ?claim kg:sentence ?sentence }"
_POSTS = """SELECT ?node ?post ?object ?former {
  ?node a kg:Post ; kg:title ?post OPTIONAL { ?node kg:postIn ?object } OPTIONAL { ?node kg:former ?former } }"""
_FUNDING = """SELECT ?node ?value ?unit ?role ?approx ?text ?object {
  ?node a kg:Funding ; kg:amount ?value ; kg:currency ?unit ; kg:fundingRole ?role ; kg:approximate ?approx
  OPTIONAL { ?node kg:asWritten ?text } OPTIONAL { ?node kg:funder ?object } }"""
_FIGURES = """SELECT ?node ?indicator ?value ?unit ?approx ?text {
  ?node a kg:Observation ; kg:indicator ?indicator ; kg:value ?value ; kg:unit ?unit ; kg:approximate ?approx
  OPTIONAL { ?node kg:asWritten ?text } }"""


def _same(store: ox.Store) -> dict[str, str]:
    """Each IRI that is the same as others → the one that stands for them all."""
    graph = nx.Graph((row["left"], row["right"]) for row in _rows(store, _SAME, "left", "right"))
    return {iri: min(group) for group in nx.connected_components(graph) for iri in group}


@dataclass
class _Gathered:
    """What is said of one thing, on the way to a Thing."""

    classes: set[str] = field(default_factory=set)
    main: str | None = None
    preferred: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    code: str | None = None


def _things(store: ox.Store, same: Mapping[str, str]) -> list[Thing]:
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for row in _rows(store, _THINGS, "thing", "type"):
        if row["type"].startswith(KG):
            gathered[same.get(row["thing"], row["thing"])].classes.add(row["type"].removeprefix(KG))
    for row in _rows(store, _MAIN, "thing", "type"):
        gathered[same.get(row["thing"], row["thing"])].main = row["type"].removeprefix(KG)
    for row in _rows(store, _NAMES, "thing", "kind", "name"):
        one = gathered[same.get(row["thing"], row["thing"])]
        (one.preferred if row["kind"].endswith("prefLabel") else one.others)[row["name"]] += 1
    for row in _rows(store, _CODES, "thing", "code"):
        gathered[same.get(row["thing"], row["thing"])].code = row["code"]
    return [_thing(iri, one) for iri, one in sorted(gathered.items()) if one.preferred and one.classes & set(TYPES)]


def _thing(iri: str, one: _Gathered) -> Thing:
    types = [t for t in TYPES if t in one.classes]
    main = one.main if one.main in types else types[0]
    finer = sorted((c for c in one.classes - set(TYPES)), key=lambda c: (-len(superclasses(c)), c))
    kind = (labels("zh")[KG + finer[0]], labels("en")[KG + finer[0]]) if finer else None
    # the name that most articles prefer, and of equals the fullest
    names = [n for c in (one.preferred, one.others) for n, _ in sorted(c.items(), key=lambda i: (-i[1], -len(i[0]), i))]
    also = tuple(t for t in types if t != main)
    return Thing(iri, main, tuple(dict.fromkeys(names)), also, kind, one.code)


def _chain(place: str, above: Mapping[str, str]) -> Iterator[str]:
    """The divisions above a place, the nearest first."""
    seen = {place}
    while (upper := above.get(place)) and upper not in seen:
        seen.add(upper)
        yield upper
        place = upper


def _with_parents(one: Thing, above: Mapping[str, str], names: Mapping[str, str]) -> Thing:
    parents = [names[upper] for upper in _chain(one.iri, above) if upper in names]
    return replace(one, parents=tuple(reversed(parents)))


def _parts(things: list[Thing], above: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each place and the nearest place above it that some article names."""
    shown = {one.iri for one in things}
    for one in things:
        upper = next((u for u in _chain(one.iri, above) if u in shown), None)
        if upper:
            yield one.iri, upper


def _pieces(store: ox.Store) -> list[Piece]:
    authors: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, _AUTHORS, "article", "name"):
        authors[row["article"]].add(row["name"])
    rows = _rows(store, _ARTICLES, "article", "title", "published", "outlet", "source")
    found = {row["article"]: row for row in rows}
    return [
        Piece(
            iri, row["title"], row.get("published"), row.get("outlet"), row.get("source"), tuple(sorted(authors[iri]))
        )
        for iri, row in sorted(found.items())
    ]


def _statements(store: ox.Store, same: Mapping[str, str]) -> Iterator[Statement]:
    quotes: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(store, _QUOTES, "claim", "quote", "start", "end"):
        quotes[row["claim"]].append(row)
    sentences: dict[str, list[str]] = defaultdict(list)
    for row in _rows(store, _SENTENCES, "claim", "sentence"):
        sentences[row["claim"]].append(row["sentence"])
    nodes = {row["node"]: row for row in _rows(store, _POSTS, "node", "post", "object", "former")}
    sums = _rows(store, _FUNDING, "node", "value", "unit", "role", "approx", "text", "object")
    figures = _rows(store, _FIGURES, "node", "indicator", "value", "unit", "approx", "text")
    nodes |= {row["node"]: row for row in (*sums, *figures)}
    columns = ("claim", "subject", "predicate", "object", "article", "confidence", "rule", "modality")
    for claim in _rows(store, _CLAIMS, *columns):
        if claim["predicate"] == SCHEMA + "author":
            continue
        for quote in quotes[claim["claim"]]:
            exact = re.sub(r"\s*\n\s*", "", quote["quote"])
            before, after = _around(exact, sentences[claim["claim"]])
            statement = Statement(
                subject=same.get(claim["subject"], claim["subject"]),
                predicate=claim["predicate"].removeprefix(KG),
                article=claim["article"],
                quote=exact,
                start=int(quote["start"]),
                end=int(quote["end"]),
                before=before,
                after=after,
                confidence=float(claim["confidence"]),
                rule=claim["rule"],
                planned=claim["modality"] == KG + "Planned",
            )
            yield _with_object(statement, claim, nodes.get(claim["object"], {}), same)


def _with_object(statement: Statement, claim: Row, node: Row, same: Mapping[str, str]) -> Statement:
    """Adds what a claim says of its subject."""
    role = _DATES.get(claim["predicate"])
    if role:
        return replace(statement, predicate="date", role=role, value=claim["object"])
    if statement.predicate == "status":
        return replace(statement, role=_STATES.get(claim["object"]))
    if not node:
        return replace(statement, object=same.get(claim["object"], claim["object"]))
    other = node.get("object")
    return replace(
        statement,
        object=same.get(other, other) if other else None,
        post=node.get("post"),
        former=node.get("former") == "true",
        role=_FUNDINGS.get(node.get("role", "")),
        value=node.get("value"),
        unit=node.get("unit"),
        approx=node.get("approx") == "true",
        indicator=node.get("indicator"),
        text=node.get("text"),
    )


def _around(quote: str, sentences: list[str]) -> tuple[str, str]:
    """What stands before and behind the quote in the shortest sentence that holds it."""
    for sentence in sorted(sentences, key=lambda s: (len(s), s)):
        before, found, after = sentence.partition(quote)
        if found:
            return before, after
    return "", ""
