"""The shapes: a build conforms, and each kind of damage is found."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph
from small_page import BASE, all_quads, build

import kg
from kg.rdf import ontology_text
from kg.rdf.terms import PREFIXES
from kg.validate import validate_store


def damaged(update: str) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in all_quads())
    store.update("".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items()) + update)
    return store


def change(property: str, value: str) -> str:
    """The update that gives every bearer of `property` that value instead."""
    return f"DELETE {{ ?x {property} ?y }} INSERT {{ ?x {property} {value} }} WHERE {{ ?x {property} ?y }}"


def test_a_build_conforms(tmp_path: Path) -> None:
    result = kg.validate(build(tmp_path))
    assert result.conforms and result.checks > 100
    assert result.text().startswith("符合形状 / conforms")


@pytest.mark.parametrize(
    "update, message",
    [
        ("DELETE WHERE { ?c oa:hasTarget ?t }", "a claim cites its words"),
        ("DELETE WHERE { ?c kg:sentence ?s }", "a claim has its sentence"),
        ("INSERT { ?c rdf:subject kg:x } WHERE { ?c a kg:Claim }", "a claim has one subject"),
        ("INSERT { ?c rdf:predicate kg:likes } WHERE { ?c a kg:Claim }", "one predicate, of the ontology"),
        (change("kg:confidence", "1.5"), "between 0 and 1"),
        (change("kg:confidence", "'high'"), "between 0 and 1"),
        (change("kg:modality", "kg:Grant"), "asserted or planned"),
        ("DELETE WHERE { ?a kg:leads ?b }", "what is asserted has a direct triple"),
        ("INSERT { ?s ?p ?o } WHERE { ?c kg:modality kg:Planned ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }",
         "what is only planned"),
        (change("oa:exact", "'短'"), "as long as its position says"),
        (change("oa:exact", "''"), "a quote has words"),
        (change("oa:end", "0"), "starts before it ends"),
        ("DELETE WHERE { ?t oa:hasSelector ?s }", "a quote and a position"),
        ("INSERT { ?a schema:datePublished '昨天' } WHERE { ?a a kg:Article }", "a year, a month or a day"),
        ("DELETE WHERE { ?a schema:headline ?h }", "an article has one headline"),
        ("DELETE WHERE { ?x skos:prefLabel ?l }", "an entity has a name"),
        ("DELETE { ?x a kg:Project } WHERE { ?x a kg:Project }", "one of the six types"),
        (change("kg:code", "'5226'"), "6, 9 or 12 digits"),
        ("DELETE { ?x a kg:Person } INSERT { ?x a kg:Place } WHERE { ?x a kg:Person }", "a person holds a post"),
        ("INSERT { ?x kg:leads ?y } WHERE { ?x kg:holdsPost ?p ; kg:leads ?z . ?y kg:code ?c }", "what is led"),
        ("INSERT { ?x kg:carriesOut ?z } WHERE { ?x kg:leads ?z }", "an organization or place carries out"),
        ("INSERT { ?x kg:undertakenBy ?y } WHERE { ?x a kg:Project . ?y kg:code ?c }", "or person undertakes"),
        ("INSERT { ?x kg:locatedIn ?y } WHERE { ?x a kg:Project . ?y a kg:Person }", "located in is a place"),
        ("DELETE WHERE { ?p kg:title ?t }", "a post has a title"),
        ("INSERT { ?f kg:amount 5.0 } WHERE { ?f a kg:Funding }", "funding has one amount"),
        (change("kg:currency", "'元'"), "three letters"),
        ("INSERT { ?x kg:totalInvestment '3亿' } WHERE { ?x a kg:Project }", "an amount is an xsd:decimal"),
        ("INSERT { ?x kg:startDate '三月' } WHERE { ?x a kg:Project }", "a year, a month or a day"),
        ("DELETE WHERE { ?o kg:unit ?u }", "an observation has a unit"),
        ("INSERT { ?x kg:status kg:Grant } WHERE { ?x a kg:Project }", "a status is planned"),
        ("DELETE WHERE { ?d kg:reason ?r }", "a decision has a reason"),
    ],
)  # fmt: skip
def test_damage_is_found(update: str, message: str) -> None:
    result = validate_store(damaged(update))
    assert not result.conforms
    assert any(message in v.message for v in result.violations)


def test_a_plan_in_a_place_does_not_move_the_place() -> None:
    planned = """INSERT { kg:c a kg:Claim ; kg:modality kg:Planned ;
            rdf:subject ?s ; rdf:predicate kg:locatedIn ; rdf:object ?o }
        WHERE { ?s kg:code "522636" ; kg:locatedIn ?o }"""
    assert not [v for v in validate_store(damaged(planned)).violations if "only planned" in v.message]


def test_the_report_names_the_node_and_the_value() -> None:
    result = validate_store(damaged(change("kg:code", "'5226'")))
    assert f"  {BASE}place/522636  → 5226" in result.text()
    assert result.text().startswith("不符合形状 / does not conform: 3\n")


def test_every_constraint_of_the_shapes_has_a_message() -> None:
    shapes = Graph().parse(data=ontology_text("shapes.ttl"), format="turtle")
    parts = set(shapes.objects(None, SH.property)) | set(shapes.objects(None, SH.sparql))
    assert parts and all(shapes.value(part, SH.message) for part in parts)
