"""Articles, entities and claims read back out of a store, by a handful of SPARQL queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.facts import PAIRS, TYPES
from kg.rdf.terms import AUTHOR_ROLES, DATE_ROLES, FUNDING_ROLES, KG, MODALITIES, RDF_TYPE, SCHEMA, SKOS, STATUSES
from kg.store import select


@dataclass(frozen=True)
class ArticleRow:
    """An article as the graph states it."""

    iri: str
    source: str
    title: str
    published: str | None
    start: int
    end: int


@dataclass(frozen=True)
class EntityRow:
    """What one source's articles say of an entity; `names` begins with the preferred label, longer ones come first."""

    iri: str
    type: str
    also: tuple[str, ...]
    names: tuple[str, ...]
    code: str | None


@dataclass(frozen=True, order=True)
class Evidence:
    """Where a claim's words stand in the source, and the words."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim as the graph states it; the fields that its predicate does not use stay None."""

    iri: str
    article: str
    predicate: str
    """One of kg.facts.PREDICATES."""
    subject: str
    """An IRI, of the article itself for authoredBy."""
    evidence: tuple[Evidence, ...]
    """In order of their positions; at least one."""
    confidence: Decimal
    rule: str
    modality: str
    object: str | None = None
    """An IRI, of the author for authoredBy."""
    post: str | None = None
    of: str | None = None
    former: bool = False
    role: str | None = None
    value: Decimal | str | None = None
    unit: str | None = None
    approx: bool = False
    text: str | None = None
    indicator: str | None = None
    name: str | None = None


def number(value: Decimal) -> int | float:
    """The number as JSON writes it: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def read_articles(store: ox.Store) -> dict[str, ArticleRow]:
    """IRI → article, in the order of sources and positions."""
    rows = select(store, _ARTICLES)
    found = [
        ArticleRow(
            iri=_value(row["article"]),
            source=_value(row["file"]),
            title=_value(row["title"]),
            published=_value(row["published"]) if row["published"] else None,
            start=int(_value(row["start"])),
            end=int(_value(row["end"])),
        )
        for row in rows
    ]
    return {a.iri: a for a in sorted(found, key=lambda a: (a.source, a.start, a.iri))}


def read_entities(store: ox.Store, articles: Mapping[str, ArticleRow]) -> dict[str, dict[str, EntityRow]]:
    """Source → IRI → entity, sources and IRIs in order."""
    said: dict[tuple[str, str], dict[str, list[str]]] = {}  # (article, IRI) → property → values
    for row in select(store, _ENTITIES):
        properties = said.setdefault((_value(row["article"]), _value(row["entity"])), {})
        properties.setdefault(_value(row["property"]), []).append(_value(row["value"]))
    gathered: dict[str, dict[str, list[dict[str, list[str]]]]] = {}
    for article, iri in sorted(said, key=lambda key: (articles[key[0]].start, key)):
        source = articles[article].source
        gathered.setdefault(source, {}).setdefault(iri, []).append(said[article, iri])
    return {
        source: {iri: _entity(iri, views) for iri, views in sorted(entities.items())}
        for source, entities in sorted(gathered.items())
    }


def read_claims(store: ox.Store, articles: Mapping[str, ArticleRow]) -> list[ClaimRow]:
    """Every claim, in the order of articles and positions."""
    evidence: dict[str, list[Evidence]] = {}
    for row in select(store, _EVIDENCE):
        found = Evidence(int(_value(row["start"])), int(_value(row["end"])), _value(row["quote"]))
        evidence.setdefault(_value(row["claim"]), []).append(found)
    nodes: dict[str, dict[str, str]] = {}
    for row in select(store, _NODES):
        said, name, value = nodes.setdefault(_value(row["node"]), {}), _value(row["property"]), _value(row["value"])
        said[name] = min(value, said.get(name, value))  # two articles may write one sum in two ways
    claims = [
        ClaimRow(
            iri=_value(row["claim"]),
            article=_value(row["article"]),
            subject=_value(row["subject"]),
            evidence=tuple(sorted(evidence[_value(row["claim"])])),
            confidence=Decimal(_value(row["confidence"])),
            rule=_value(row["rule"]),
            modality=_NAMED[_value(row["modality"])],
            **_said(_value(row["predicate"]), _value(row["object"]), row["role"], nodes),
        )
        for row in select(store, _CLAIMS)
    ]
    order = {iri: place for place, iri in enumerate(articles)}
    return sorted(claims, key=lambda c: (order[c.article], c.evidence[0], c.predicate, c.iri))


_ARTICLES = """SELECT ?article ?file ?title ?published ?start ?end {
  ?article a kg:Article ; schema:isPartOf/kg:fileName ?file ; schema:headline ?title ; kg:start ?start ; kg:end ?end
  OPTIONAL { ?article schema:datePublished ?published } }"""
_ENTITIES = """SELECT ?article ?entity ?property ?value {
  VALUES ?property { rdf:type kg:mainType skos:prefLabel skos:altLabel kg:code }
  GRAPH ?article { ?article schema:mentions ?entity . ?entity ?property ?value } }"""
_CLAIMS = """SELECT ?claim ?article ?subject ?predicate ?object ?confidence ?rule ?modality ?role {
  ?claim a kg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:confidence ?confidence ;
    kg:rule ?rule ; kg:modality ?modality ; prov:wasDerivedFrom ?article
  OPTIONAL { ?claim kg:authorRole ?role } }"""
_EVIDENCE = """SELECT ?claim ?start ?end ?quote {
  ?claim oa:hasTarget ?target . ?target oa:hasSelector ?quoted , ?position .
  ?quoted oa:exact ?quote . ?position oa:start ?start ; oa:end ?end }"""
_NODES = """SELECT ?node ?property ?value {
  VALUES ?class { kg:Post kg:Funding kg:Observation kg:Author } ?node a ?class ; ?property ?value }"""

_NAMED = {KG + name: key for key, name in (MODALITIES | STATUSES | AUTHOR_ROLES).items()}
_NAMED |= {KG + name: key for key, (name, _) in FUNDING_ROLES.items()}
_DATES = {KG + name: role for role, name in DATE_ROLES.items()}


def _value(term: object) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    raise TypeError(f"{term} is neither an IRI nor a literal")


def _entity(iri: str, views: list[dict[str, list[str]]]) -> EntityRow:
    """One entity from what each article of a source says of it, in the articles' order."""

    def all_of(*properties: str) -> Iterator[str]:
        return (value for view in views for name in properties for value in view.get(name, ()))

    types = [name for name in TYPES if KG + name in set(all_of(RDF_TYPE.value))]
    main = next(all_of(KG + "mainType"), KG + types[0]).removeprefix(KG)
    names = list(dict.fromkeys(all_of(SKOS + "prefLabel")))
    others = sorted(set(all_of(SKOS + "altLabel")) - set(names), key=lambda name: (-len(name), name))
    also = tuple(name for name in types if name != main)
    return EntityRow(iri, main, also, tuple(names[:1] + sorted(names[1:]) + others), next(all_of(KG + "code"), None))


def _said(predicate: str, object_: str, role: object, nodes: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """What the claim's predicate and object say, as fields of a ClaimRow."""
    name, node = predicate.removeprefix(KG), nodes.get(object_, {})
    if predicate in _DATES:
        return {"predicate": "date", "role": _DATES[predicate], "value": object_}
    if predicate == SCHEMA + "author":
        return {
            "predicate": "authoredBy",
            "object": object_,
            "name": node[SKOS + "prefLabel"],
            "role": _NAMED[_value(role)],
        }
    if name in PAIRS:
        return {"predicate": name, "object": object_}
    if name == "status":
        return {"predicate": name, "role": _NAMED[object_]}
    if name == "holdsPost":
        former = node.get(KG + "former") == "true"
        return {"predicate": name, "post": node[KG + "title"], "of": node.get(KG + "postIn"), "former": former}
    quantity = {"approx": node[KG + "approximate"] == "true", "text": node.get(KG + "asWritten")}
    if name == "funding":
        amount, role_ = Decimal(node[KG + "amount"]), _NAMED[node[KG + "fundingRole"]]
        funder, currency = node.get(KG + "funder"), node[KG + "currency"]
        return {"predicate": name, "role": role_, "value": amount, "unit": currency, "of": funder} | quantity
    figure = {"indicator": node[KG + "indicator"], "value": Decimal(node[KG + "value"]), "unit": node[KG + "unit"]}
    return {"predicate": name} | figure | quantity
