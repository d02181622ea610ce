"""`kg facts`: what the graph states, as one record a line for JSON Lines, made by SPARQL over the store alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.claims import ArticleRow, ClaimRow, EntityRow, number, read_articles, read_claims, read_entities
from kg.store import open_store

Record = dict[str, Any]


def facts(out: Path | str = "out") -> Iterator[Record]:
    """The records of the build in `out`: all articles, then all entities (one an IRI and source), then all claims,
    each in a fixed order. Raises KgError where `out` holds no build."""
    store = open_store(out)
    articles = read_articles(store)
    entities = read_entities(store, articles)
    for article in articles.values():
        yield {
            "kind": "article",
            "source": article.source,
            "iri": article.iri,
            "title": article.title,
            "published": article.published,
            "start": article.start,
            "end": article.end,
        }
    for source, found in entities.items():
        for entity in found.values():
            yield {"kind": "entity", "source": source, **_entity(entity)}
    for claim in read_claims(store, articles):
        article = articles[claim.article]
        yield _claim(claim, article, entities.get(article.source, {}))


def _entity(entity: EntityRow) -> Record:
    return {
        "iri": entity.iri,
        "type": entity.type,
        "also": list(entity.also),
        "names": list(entity.names),
        "code": entity.code,
    }


def _claim(claim: ClaimRow, article: ArticleRow, entities: dict[str, EntityRow]) -> Record:
    evidence = claim.evidence[0]
    if claim.predicate == "authoredBy":
        subject: Record = {"iri": article.iri, "type": "Article", "also": [], "names": [article.title], "code": None}
    else:
        subject = _entity(entities[claim.subject])
    return {
        "kind": "claim",
        "source": article.source,
        "article": article.iri,
        "predicate": claim.predicate,
        "subject": subject,
        **_fields(claim, entities),
        "evidence": {"quote": evidence.quote, "start": evidence.start, "end": evidence.end},
        "confidence": number(claim.confidence),
        "rule": claim.rule,
        "modality": claim.modality,
    }


def _fields(claim: ClaimRow, entities: dict[str, EntityRow]) -> Record:
    """What the predicate says beyond its subject."""
    value = number(claim.value) if claim.value is not None and not isinstance(claim.value, str) else claim.value
    match claim.predicate:
        case "holdsPost":
            of = _entity(entities[claim.of]) if claim.of else None
            return {"post": claim.post, "of": of} | ({"former": True} if claim.former else {})
        case "funding":
            return {"role": claim.role, "value": value, "unit": claim.unit, "approx": claim.approx}
        case "date":
            return {"role": claim.role, "value": value}
        case "statistic":
            return {"indicator": claim.indicator, "value": value, "unit": claim.unit, "approx": claim.approx}
        case "authoredBy":
            return {"name": claim.name, "role": claim.role}
        case "status":
            return {"role": claim.role}
        case _:
            return {"object": _entity(entities[claim.object])} if claim.object else {}
