import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Article, Source, Span
from kg.errors import KgError
from kg.facts import Entity
from kg.gazetteer import name as name_of
from kg.identity import BASE, Link, article_iri, entity_iri, link, valid_base
from kg.identity.iris import segment
from kg.identity.places import parts


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


def linked(text: str, *names: str, outlet: str | None = None, start: int = 100) -> list[Link]:
    """The links of the first occurrence of each name in `text`, which begins at `start` of its source."""
    mentions = sorted(
        ((n, Span(start + text.index(n), start + text.index(n) + len(n))) for n in names), key=lambda m: m[1]
    )
    return link(mentions, text, start, outlet=outlet)


def codes(text: str, *names: str, outlet: str | None = None) -> list[str | None]:
    return [found.code for found in linked(text, *names, outlet=outlet)]


def test_names_written_together_are_read_from_the_outside_in() -> None:
    text = "茶陵县虎踞镇银湖村修通了路。"
    assert codes(text, "茶陵县", "虎踞镇", "银湖村") == ["430224", "430224109", "430224109203"]
    (village,) = linked(text, "茶陵县虎踞镇银湖村")
    assert (village.code, village.kind, village.name) == ("430224109203", "Village", "银湖村")


def test_a_compound_name_is_cut_where_one_division_ends_and_the_next_begins() -> None:
    assert parts("湖南省炎陵县霞阳镇") == ["湖南省", "炎陵县", "霞阳镇"]
    assert parts("株洲天元区") == ["株洲", "天元区"]
    assert parts("黄陂六指街") == ["黄陂", "六指街"]
    assert parts("西湖村") == ["西湖村"]
    assert parts("首都北京") == ["北京"]


def test_names_are_written_together_over_the_end_of_a_line_but_not_over_a_blank_one() -> None:
    assert codes("新田县\n新圩镇与蓝山县蓝山县", "新圩镇") == ["431128104"]
    assert codes("新田县\n\n新圩镇与蓝山县蓝山县", "新圩镇") == ["431127105"]


def test_a_township_that_shares_its_name_is_the_one_of_the_county_at_hand() -> None:
    assert codes("河南省卢氏县开会。会议在城关镇举行。", "城关镇") == ["411224100"]
    assert codes("蓝山县来人到新圩镇。", "新圩镇") == ["431127105"]
    assert codes("蓝山县与新田县在新圩镇开会。", "新圩镇") == [None]  # both have one
    assert codes("会议在城关镇举行。", "城关镇") == [None]


def test_a_county_that_shares_its_name_is_read_by_its_prefecture_or_the_outlets_home() -> None:
    assert codes("福建省福州市鼓楼区", "鼓楼区") == ["350102"]
    assert codes("鼓楼区的老街", "鼓楼区", outlet="徐州日报") == ["320302"]
    assert codes("鼓楼区的老街", "鼓楼区") == [None]


def test_one_sense_of_a_name_in_an_article() -> None:
    text = "辽宁省与北京市签约。北京市朝阳区的企业来了。朝阳区还要再来。"
    again = text.rindex("朝阳区")
    (found,) = link([("朝阳区", Span(again, again + 3))], text)
    assert found.code == "110105"


def test_short_names_stand_for_the_larger_place_unless_the_article_names_the_smaller_in_full() -> None:
    assert codes("吉林的雪", "吉林") == ["220000"]
    assert codes("炎陵、茶陵两县", "炎陵", "茶陵") == ["430225", "430224"]


def test_a_name_that_ocr_damaged_is_mended_in_its_context() -> None:
    (district,) = linked("株洲市天元区和绿口区。", "绿口区")
    assert (district.code, district.name) == ("430212", "渌口区")
    (village,) = linked("茶陵县虎踞镇的西坪村。", "西坪村")
    assert village.name == "西屏村"
    assert codes("绿口区的路", "绿口区") == [None]  # nothing says which prefecture


def test_former_names_lead_to_the_successor() -> None:
    assert codes("株洲县的路", "株洲县") == ["430212"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("炎陵大道", "Road"),
        ("云岭水库", "Water"),
        ("云岭工业园", "DevelopmentZone"),
        ("上塘组", "VillageGroup"),
        ("云岭博物馆", "Site"),
    ],
)
def test_places_without_a_code_have_a_kind_and_lie_in_the_articles_county(name: str, kind: str) -> None:
    (found,) = linked(f"炎陵县修了{name}。", name)
    assert (found.code, found.kind, found.within) == (None, kind, "430225")


def test_a_country_lies_in_no_county() -> None:
    (found,) = linked("炎陵县的茶卖到了日本。", "日本")
    assert (found.code, found.kind, found.within) == (None, "Country", None)


@given(st.text(alphabet="炎陵县茶市朝阳区株洲镇村虎踞,", min_size=1, max_size=30), st.data())
def test_any_mentions_of_any_text_get_a_link_each(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mentions = [(text[start:end], Span(start, end))]
    (found,) = link(mentions, text)
    assert link(mentions, text) == [found]
    assert found.code is None or name_of(found.code)
