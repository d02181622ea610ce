"""`kg facts`: what the graph states, in the form that others rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_page import BASE, FACTS, build

import kg


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return list(kg.facts(build(tmp_path_factory.mktemp("facts"))))


def claims(records: list[dict[str, Any]], predicate: str) -> list[dict[str, Any]]:
    return [r for r in records if r["kind"] == "claim" and r["predicate"] == predicate]


def test_the_article_line(records: list[dict[str, Any]]) -> None:
    assert records[0] == {
        "kind": "article",
        "source": "云岭/页 1.txt",
        "iri": BASE + "article/云岭/页%201.txt/0",
        "title": "云岭水库开工",
        "published": "2025-03-05",
        "start": 0,
        "end": 101,
    }


def test_an_entity_line_an_iri_and_source(records: list[dict[str, Any]]) -> None:
    entities = {r["names"][0]: r for r in records if r["kind"] == "entity"}
    assert entities["丹寨县"] == {
        "kind": "entity",
        "source": "云岭/页 1.txt",
        "iri": BASE + "place/522636",
        "type": "Place",
        "also": [],
        "names": ["丹寨县", "丹寨"],
        "code": "522636",
    }
    assert (entities["库区"]["type"], entities["库区"]["also"]) == ("Place", ["Organization"])
    assert set(entities) == {"丹寨县", "张建国", "云岭水库项目", "李青山", "开工仪式", "库区"}  # no author, no parent


def test_a_claim_line(records: list[dict[str, Any]]) -> None:
    (leads,) = claims(records, "leads")
    assert list(leads) == [
        *("kind", "source", "article", "predicate", "subject", "object"),
        *("evidence", "confidence", "rule", "modality"),
    ]
    assert leads["subject"]["names"] == ["张建国"] and leads["object"]["names"] == ["云岭水库项目", "云岭水库"]
    assert leads["evidence"] == {"quote": "县长张建国牵头的云岭\n水库项目", "start": 20, "end": 35}
    assert (leads["confidence"], leads["rule"], leads["modality"]) == (0.9, "leads rule", "asserted")


def test_the_further_fields_of_each_predicate(records: list[dict[str, Any]]) -> None:
    funding = {c["modality"]: c for c in claims(records, "funding")}
    assert {k: funding["asserted"][k] for k in ("role", "value", "unit", "approx")} == {
        "role": "totalInvestment",
        "value": 320000000,
        "unit": "CNY",
        "approx": False,
    }
    assert (funding["planned"]["value"], funding["planned"]["unit"]) == (2000000, "USD")
    dates = {(c["role"], c["value"], c["modality"]) for c in claims(records, "date")}
    assert dates == {("start", "2025-03-04", "asserted"), ("end", "2026", "planned")}
    (figure,) = claims(records, "statistic")
    assert (figure["indicator"], figure["value"], figure["unit"], figure["approx"]) == ("面积", 12345.6, "亩", True)
    (author,) = claims(records, "authoredBy")
    assert (author["name"], author["role"], author["subject"]["iri"]) == ("周小满", "reporter", records[0]["iri"])
    posts = {c["subject"]["names"][0]: c for c in claims(records, "holdsPost")}
    assert posts["张建国"]["post"] == posts["李青山"]["post"] == "县长"
    assert posts["张建国"]["of"]["code"] == "522636"
    assert "former" not in posts["张建国"] and posts["李青山"]["former"] is True


def test_every_fact_has_its_line_and_numbers_are_json_numbers(records: list[dict[str, Any]]) -> None:
    assert sum(r["kind"] == "claim" for r in records) == len(FACTS)
    assert '"value": 320000000,' in json.dumps(claims(records, "funding"))


def test_the_lines_are_the_same_for_every_build(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    assert json.dumps(list(kg.facts(build(tmp_path)))) == json.dumps(records)
