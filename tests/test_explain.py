"""`kg explain`: everything about one entity, with its sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_page import ENTITIES, FACTS, SOURCE, SameCounty, all_quads, article, build

import kg
from kg.errors import KgError
from kg.facts import ArticleFacts
from kg.rdf import quads
from kg.store import create


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("explain"))


def test_a_project_with_its_facts_and_their_sentences(out: Path) -> None:
    found = kg.explain("云岭水库", out)
    assert [thing.names for thing in found.candidates] == [("云岭水库项目", "云岭水库")]
    said = {(line.subject, line.property.rpartition("#")[2], line.value) for line in found.lines}
    assert said == {
        ("张建国", "leads", "云岭水库项目"),
        ("云岭水库项目", "locatedIn", "丹寨县"),
        ("云岭水库项目", "startDate", "2025-03-04"),
        ("云岭水库项目", "endDate", "2026"),
        ("云岭水库项目", "status", "https://w3id.org/xianzhi/ontology#UnderWay"),
        ("云岭水库项目", "TotalInvestment", "320,000,000 CNY (3.2亿元)"),
        ("云岭水库项目", "Grant", "2,000,000 USD"),
    }
    led = next(line for line in found.lines if line.property.endswith("leads"))
    assert led.sentence == "昨日,丹寨县县长张建国牵头的云岭水库项目开工,总投资3.2亿元。"
    assert (led.title, led.published, led.source) == ("云岭水库开工", "2025-03-05", "云岭/页 1.txt")
    assert SOURCE.text[led.start : led.end].startswith("县长张建国牵头")
    assert [line.value for line in found.lines if line.planned] == ["2,000,000 USD", "2026"]


def test_the_text_speaks_chinese_or_english(out: Path) -> None:
    zh, en = kg.explain("丹寨", out).text("zh"), kg.explain("丹寨", out).text("en")
    assert "丹寨县  [地点 522636]" in zh and "⊂ 黔东南苗族侗族自治州 ⊂ 贵州省" in zh
    assert "李青山 任职 县长 (丹寨县) [曾任]  (0.90)\n  “原县长李青山参加开工仪式。”" in zh
    assert "李青山 holds post 县长 (丹寨县) [former]" in en
    assert "《云岭水库开工》 2025-03-05  云岭/页 1.txt:" in en


def test_a_reporter_has_articles(out: Path) -> None:
    assert "云岭水库开工 记者 周小满" in kg.explain("周小满", out).text("zh")


def test_namesakes_are_listed_and_an_iri_tells_them_apart(tmp_path: Path) -> None:
    elsewhere = [replace(e, within="520000") if e.type == "Person" else e for e in ENTITIES]
    second = ArticleFacts(article(replace(SOURCE, name="b.txt")), tuple(elsewhere), FACTS)
    create(tmp_path, [*quads(ArticleFacts(article(), ENTITIES, FACTS)), *quads(second)])
    found = kg.explain("张建国", tmp_path)
    assert [t.iri for t in found.candidates] == [SameCounty.right_iri, SameCounty.left_iri] and not found.lines
    assert found.text("en").count("张建国  [person]") == 2
    one = kg.explain(SameCounty.left_iri, tmp_path)
    assert len(one.candidates) == 1 and {line.source for line in one.lines} == {"云岭/页 1.txt"}


def test_what_a_decision_joins_is_explained_together(tmp_path: Path) -> None:
    elsewhere = [replace(e, within="520000") if e.type == "Person" else e for e in ENTITIES]
    second = ArticleFacts(article(replace(SOURCE, name="b.txt")), tuple(elsewhere), FACTS)
    create(tmp_path, [*all_quads(), *quads(second)])
    found = kg.explain("张建国", tmp_path)
    assert (found.candidates[0].iri, found.same) == (SameCounty.right_iri, (SameCounty.left_iri,))
    assert {line.source for line in found.lines} == {"云岭/页 1.txt", "b.txt"}


def test_an_unknown_name_gets_the_nearest(out: Path) -> None:
    with pytest.raises(KgError, match="called '云岭水厂'; did you mean 云岭水库"):
        kg.explain("云岭水厂", out)
    with pytest.raises(KgError, match="kg facts lists the names"):
        kg.explain("zzz", out)
