"""Facts in, quads out: what a reader of the graph finds of one invented article."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_page import ARTICLE, BASE, COUNTY, ENTITIES, FACTS, SOURCE, TEXT, SameCounty, article, at, facts

from kg.document import Span
from kg.errors import KgError
from kg.facts import PREDICATES, TYPES, ArticleFacts, Entity
from kg.rdf import (
    classes,
    decision_quads,
    labels,
    literals,
    ontology_text,
    place_quads,
    quads,
    sentence_around,
    superclasses,
)
from kg.rdf.terms import KG, PREFIXES, XSD
from kg.store import select

MAYOR, RESERVOIR = f"<{BASE}person/522636/张建国>", f"<{BASE}project/522636/云岭水库项目>"


def graph(given: ArticleFacts) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads(given))
    return store


def answers(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    rows = select(store, query)
    names = [v.value for v in rows.variables]
    return sorted(tuple(row[name].value if row[name] else "" for name in names) for row in rows)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return graph(facts())


def test_who_leads_what_is_one_hop_away(store: ox.Store) -> None:
    found = answers(
        store,
        "SELECT ?who ?title ?what { ?p kg:leads/skos:prefLabel ?what ; skos:prefLabel ?who ; kg:postTitle ?title }",
    )
    assert found == [("张建国", "县长", "云岭水库项目")]


def test_money_is_one_hop_away_and_a_node_beside_it(store: ox.Store) -> None:
    found = answers(
        store,
        """SELECT ?cny ?amount ?currency ?role ?written { ?p kg:totalInvestment ?cny ; kg:funding ?f .
           ?f kg:amount ?amount ; kg:currency ?currency ; kg:fundingRole ?role ; kg:asWritten ?written }""",
    )
    assert found == [("320000000", "320000000", "CNY", KG + "TotalInvestment", "3.2亿元")]


def test_what_is_planned_is_a_claim_without_a_direct_triple(store: ox.Store) -> None:
    planned = "?claim kg:modality kg:Planned ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    assert len(answers(store, f"SELECT ?p {{ {planned} }}")) == 2
    assert answers(store, f"SELECT ?p {{ {planned} . ?s ?p ?o }}") == []
    assert answers(store, "SELECT ?x { ?x kg:grantAmount ?y }") == []
    assert answers(store, "SELECT ?m { ?f kg:currency 'USD' ; kg:modality ?m }") == [(KG + "Planned",)]


def test_a_former_post_keeps_its_dates_and_gives_no_present_title(store: ox.Store) -> None:
    found = answers(
        store,
        """SELECT ?who ?from ?until { ?p skos:prefLabel ?who ; kg:holdsPost ?post . ?post kg:title '县长'@zh ;
           kg:former true ; kg:tenure ?t . ?t kg:startDate ?from ; kg:endDate ?until }""",
    )
    assert found == [("李青山", "2016", "2021-05")]
    assert answers(store, "SELECT ?who { ?p kg:postTitle ?t ; skos:prefLabel ?who }") == [("张建国",)]


@pytest.mark.parametrize(
    "value, type_", [("2026", "gYear"), ("2023-12", "gYearMonth"), ("2025-03-04", "date"), ("0850", "gYear")]
)
def test_a_date_is_as_precise_as_the_text(value: str, type_: str) -> None:
    assert literals.date(value) == ox.Literal(value, datatype=ox.NamedNode(XSD + type_))


@pytest.mark.parametrize("value", ["2021-02-30", "2021-13", "202", "12月", "", "2021-1-1", "20210101"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(KgError, match="is no date"):
        literals.date(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_number_keeps_its_value_and_has_one_form(value: Decimal) -> None:
    text = literals.decimal(value).value
    assert Decimal(text) == value
    assert text == literals.decimal(str(value) + "0").value
    assert "E" not in text and not (("." in text) and text.endswith("0"))


def test_every_claim_quotes_the_source_exactly(store: ox.Store) -> None:
    found = answers(
        store,
        """SELECT ?claim ?start ?end ?quote ?file { ?claim a kg:Claim ; oa:hasTarget ?t .
           ?t oa:hasSource/kg:fileName ?file .
           ?t oa:hasSelector [ oa:exact ?quote ], [ oa:start ?start ; oa:end ?end ] }""",
    )
    assert len(found) == len(FACTS)
    for _, start, end, quote, file in found:
        assert SOURCE.text[int(start) : int(end)] == quote
        assert file == "云岭/页 1.txt"


def test_the_sentence_is_whole_and_mended(store: ox.Store) -> None:
    found = answers(store, "SELECT ?sentence { ?claim rdf:predicate kg:leads ; kg:sentence ?sentence }")
    assert found == [("昨日,丹寨县县长张建国牵头的云岭水库项目开工,总投资3.2亿元。",)]


def test_words_outside_of_every_paragraph_are_their_own_sentence() -> None:
    bare = replace(article(), paragraphs=())
    assert sentence_around(bare, at("牵头的云岭\n水库")) == "牵头的云岭水库"


def test_a_fact_stated_twice_is_one_claim_with_both_places() -> None:
    once, again = FACTS[5], replace(FACTS[5], evidence=at("开工仪式"), confidence=0.5)
    found = answers(
        graph(facts(once, again)), "SELECT ?claim ?target ?c { ?claim oa:hasTarget ?target ; kg:confidence ?c }"
    )
    assert len({claim for claim, _, _ in found}) == 1
    assert len(found) == 2 and {c for _, _, c in found} == {"0.9"}


def test_a_claim_keeps_its_iri_when_the_text_before_it_grows() -> None:
    def claims(shift: int) -> set[str]:
        moved = replace(FACTS[5], evidence=Span(FACTS[5].evidence.start + shift, FACTS[5].evidence.end + shift))
        return {q.subject.value for q in quads(facts(moved)) if q.object == ox.NamedNode(KG + "Claim")}

    assert claims(0) == claims(3)


@pytest.mark.parametrize("span", [Span(0, 0), Span(5, 4), Span(-3, 2), Span(0, len(TEXT) + 1)])
def test_evidence_outside_of_the_source_is_never_written(span: Span) -> None:
    with pytest.raises(KgError, match=r"云岭/页 1\.txt.*lies outside"):
        quads(facts(replace(FACTS[0], evidence=span)))


def test_a_finer_class_that_the_ontology_lacks_is_named() -> None:
    odd = Entity("e9", "Organization", ("云岭会",), kind="Guild")
    with pytest.raises(KgError, match="'Guild' is no class of the ontology"):
        quads(ArticleFacts(article(), (odd,), ()))


def test_types_labels_and_code_of_an_entity(store: ox.Store) -> None:
    place = f"<{BASE}place/522636>"
    types = {t.removeprefix(KG) for (t,) in answers(store, f"SELECT ?t {{ {place} a ?t }}")}
    assert {"Place", "AdministrativeArea", "County", "https://schema.org/Place"} == types
    assert answers(store, f"SELECT ?n {{ {place} skos:prefLabel ?n }}") == [("丹寨县",)]  # the official name
    assert answers(store, f"SELECT ?n {{ {place} skos:altLabel ?n }}") == [("丹寨",)]
    assert answers(store, f"SELECT ?c {{ {place} kg:code ?c }}") == [("522636",)]
    assert answers(store, "SELECT ?main { ?x skos:prefLabel '库区'@zh ; kg:mainType ?main }") == [(KG + "Place",)]


def test_the_article_and_where_it_was_printed(store: ox.Store) -> None:
    found = answers(
        store,
        """SELECT ?title ?day ?paper ?page ?url ?author ?role ?body { ?a a kg:Article, schema:NewsArticle ;
           schema:headline ?title ; schema:datePublished ?day ; schema:publisher/skos:prefLabel ?paper ;
           schema:pageStart ?page ; schema:url ?url ; schema:author ?who ; schema:articleBody ?body .
           ?who skos:prefLabel ?author ; kg:authorRole ?role }""",
    )
    role = KG + "Reporter"
    assert found == [("云岭水库开工", "2025-03-05", "云岭日报", "02", "https://example.org/1", "周小满", role, TEXT)]


def test_all_quads_of_an_article_stand_in_its_own_graph() -> None:
    graphs = {q.graph_name.value for q in quads(facts(), base="https://example.org/")}
    assert graphs == {"https://example.org/article/云岭/页%201.txt/0"}


def test_nothing_is_blank_and_the_order_of_facts_changes_nothing() -> None:
    turned = ArticleFacts(article(), ENTITIES, FACTS[::-1])
    assert set(quads(facts())) == set(quads(turned))
    assert not any(isinstance(t, ox.BlankNode) for q in quads(facts()) for t in (q.subject, q.object))


def test_the_gazetteer_says_where_a_place_lies() -> None:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in place_quads(["522636", "999999"]))
    above = answers(
        store,
        f"SELECT ?code ?name {{ <{BASE}place/522636> kg:locatedIn+ ?p . ?p kg:code ?code ; skos:prefLabel ?name }}",
    )
    assert above == [("520000", "贵州省"), ("522600", "黔东南苗族侗族自治州")]
    assert {q.graph_name.value for q in place_quads(["522636"])} == {BASE + "graph/places"}
    assert len(answers(store, "SELECT ?p { ?p a kg:Place }")) == 3  # a code that does not exist gives nothing


def test_a_village_has_its_everyday_label_and_its_official_name() -> None:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in place_quads(["430202001001"]))
    asked = 'SELECT ?label ?official { ?p kg:code "430202001001" ; skos:prefLabel ?label ; kg:officialName ?official }'
    assert answers(store, asked) == [("文化路社区", "文化路社区居委会")]


def test_a_decision_says_same_with_reason_and_score() -> None:
    found = {(q.predicate.value.rpartition("#")[2], q.object.value) for q in decision_quads([SameCounty()])}
    assert {("sameAs", SameCounty.right_iri), ("score", "0.8"), ("reason", "同名,同在一地")} <= found


def test_the_ontology_has_every_term_that_the_graph_uses_with_both_labels() -> None:
    every = [*quads(facts()), *place_quads(["522636"]), *decision_quads([SameCounty()])]
    terms = {t.value for q in every for t in (q.predicate, q.object) if getattr(t, "value", "").startswith(KG)}
    assert terms <= set(labels("zh")) and terms <= set(labels("en"))
    assert set(TYPES) <= classes()


def test_every_predicate_of_the_facts_was_tried_here() -> None:
    untried = set(PREDICATES) - {f.predicate for f in FACTS}
    assert untried == {"carriesOut", "undertakenBy"}  # written as the other pairs are


def test_superclasses_and_prefixes() -> None:
    assert superclasses("County") == ("County", "AdministrativeArea", "Place")
    assert "@prefix kg: <" + PREFIXES["kg"] in ontology_text()
    assert COUNTY.kind in classes()
    assert ARTICLE == "article"
