import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Article, Source
from kg.errors import KgError
from kg.facts import Entity
from kg.identity import BASE, article_iri, entity_iri, valid_base
from kg.identity.iris import segment


def article(name: str = "版面/某页.txt", start: int = 7) -> Article:
    return Article(Source(name, ""), "标题", (), start=start)


def test_a_place_is_known_by_its_official_code() -> None:
    county = Entity("e1", "Place", ("炎陵县", "炎陵"), kind="County", code="430225")
    assert entity_iri(county) == "https://w3id.org/xianzhi/id/place/430225"
    assert entity_iri(county, "https://example.org/a#") == "https://example.org/a#place/430225"


def test_other_things_are_known_by_name_and_what_they_are_within() -> None:
    assert entity_iri(Entity("e1", "Person", ("张建国",), within="云岭县农业局")) == f"{BASE}person/云岭县农业局/张建国"
    assert entity_iri(Entity("e1", "Project", ("云岭大桥",), within="430225")) == f"{BASE}project/430225/云岭大桥"
    assert entity_iri(Entity("e1", "Organization", ("云岭县农业局",))) == f"{BASE}organization/云岭县农业局"


def test_quotation_marks_and_widths_do_not_make_another_thing() -> None:
    spellings = ("“云岭”(集团) 公司", "云岭（集团）公司", "云岭(集团)公司")
    assert {entity_iri(Entity("e1", "Organization", (s,))) for s in spellings} == {
        f"{BASE}organization/云岭（集团）公司"
    }


def test_a_name_that_identifies_nobody_stays_in_its_article() -> None:
    person = Entity("e1", "Person", ("张建国",))
    one, other = article(start=7), article(start=90)
    assert entity_iri(person, article=one) == f"{BASE}person/in/版面/某页.txt/7/张建国"
    assert entity_iri(person, article=one) != entity_iri(person, article=other)
    country = Entity("e1", "Place", ("中国",), kind="Country")
    assert entity_iri(country, article=one) == entity_iri(country, article=other) == f"{BASE}place/中国"
    meeting = Entity("e1", "Event", ("专题会议",), within="430225")
    assert entity_iri(meeting, article=one) != entity_iri(meeting, article=other)


def test_an_article_is_known_by_source_and_position() -> None:
    assert article_iri(article("a b/页.jsonl#12", 34)) == f"{BASE}article/a%20b/页.jsonl%2312/34"


@given(st.text(min_size=1))
def test_any_text_makes_an_iri_that_the_libraries_take(text: str) -> None:
    iri = BASE + "x/" + segment(text) + "/y"
    assert pyoxigraph.NamedNode(iri).value == iri  # checks RFC 3987
    line = f"<{iri}> <{iri}> <{iri}> ."
    assert [q.subject.value for q in pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)] == [iri]
    assert rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(st.text(), st.text())
def test_different_texts_make_different_segments(one: str, other: str) -> None:
    clean = [t for t in (one, other) if t not in ("", "_") and not any(0xD800 <= ord(c) < 0xE000 for c in t)]
    assert len({segment(t) for t in clean}) == len(set(clean))


@pytest.mark.parametrize("base", ["", "nowhere", "https://example.org/no end/", "https://example.org/id"])
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="absolute IRI"):
        valid_base(base)
