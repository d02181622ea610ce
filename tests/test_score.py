"""`kg score`: figures against gold, and gold through the whole RDF half without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gold_facts import GOLDS, gold_facts

import kg
from kg.errors import KgError
from kg.rdf import place_quads, quads
from kg.score import score_records
from kg.score.compare import Entity, dice, norm, norm_title
from kg.score.files import read_gold
from kg.store import create


def test_gold_that_went_through_the_graph_scores_as_gold(tmp_path: Path) -> None:
    said = [article for path in GOLDS for article in gold_facts(path)]
    codes = {e.code for article in said for e in article.entities if e.code}
    create(tmp_path, [*(q for article in said for q in quads(article)), *place_quads(codes)])
    result = kg.score(GOLDS, tmp_path)
    assert len(said) == 21 and result.rows["claim all"].found > 250
    for name, row in result.rows.items():
        assert row.precision is not None and row.precision >= 0.97, (name, row.errors)
        assert row.recall is not None and row.recall >= 0.97, (name, row.errors)
    assert kg.validate(tmp_path).conforms


GOLD: dict[str, Any] = {
    "source": "a.txt",
    "articles": [
        {
            "title": "【要闻】云岭水库开工",
            "published": "2025-03",
            "entities": [
                {"id": "e1", "type": "Person", "names": ["张建国"]},
                {"id": "e2", "type": "Place", "names": ["丹寨县", "该县"], "code": "522636"},
                {"id": "e3", "type": "Project", "names": ["云岭水库项目"]},
                {"id": "e4", "type": "Person", "names": ["李青山"], "optional": True},
            ],
            "claims": [
                {"s": "e1", "p": "leads", "o": "e3", "evidence": "张建国牵头云岭水库项目"},
                {"s": "e1", "p": "holdsPost", "post": "县长", "of": "e2", "evidence": "县长张建国"},
                {
                    "s": "e3",
                    "p": "funding",
                    "role": "totalInvestment",
                    "value": 100,
                    "unit": "CNY",
                    "evidence": "100元",
                },
                {
                    "s": "e3",
                    "p": "statistic",
                    "indicator": "坝长",
                    "value": 1500,
                    "unit": "米",
                    "evidence": "坝长1500米",
                },
                {"s": "e3", "p": "date", "role": "start", "value": "2025-03", "evidence": "3月开工"},
                {"s": "article", "p": "authoredBy", "name": "周小满", "role": "reporter", "evidence": "周小满"},
                {"s": "e4", "p": "leads", "o": "e3", "evidence": "李青山"},
            ],
        }
    ],
}
MAYOR = {"iri": "p", "type": "Person", "names": ["张建国"], "code": None}
COUNTY = {"iri": "c", "type": "Place", "names": ["丹寨"], "code": "522636"}
PROJECT = {"iri": "r", "type": "Project", "names": ["云岭水库"], "code": None}


def claim(predicate: str, subject: dict[str, Any], **fields: Any) -> dict[str, Any]:
    said = {"kind": "claim", "source": "pages/a.txt", "predicate": predicate, "subject": subject}
    return said | {"evidence": {"quote": "…"}} | fields


RECORDS: list[dict[str, Any]] = [
    {"kind": "article", "source": "pages/a.txt", "title": "云岭水库开工", "published": "2025-03-05"},
    *({"kind": "entity", "source": "pages/a.txt", **e} for e in (MAYOR, COUNTY, PROJECT)),
    {"kind": "entity", "source": "pages/a.txt", "iri": "x", "type": "Person", "names": ["王无关"], "code": None},
    claim("leads", MAYOR, object=PROJECT),
    claim("holdsPost", MAYOR, post="副县长", of=None),  # 县长 is in it
    claim("funding", PROJECT, role="grant", value=100, unit="CNY"),  # another role
    claim("statistic", PROJECT, indicator="大坝长", value=1.5, unit="公里"),  # the same length
    claim("date", PROJECT, role="start", value="2025-03-04"),  # more precise
    claim("authoredBy", MAYOR, name="周小满", role="editor"),
    claim("locatedIn", PROJECT, object=COUNTY),  # gold does not say so
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "row, precision, recall",
    [
        ("articles", 1.0, 1.0),
        ("published (of articles found)", 1.0, 1.0),
        ("entity Person", 0.5, 1.0),
        ("entity Place", 1.0, 1.0),  # by its code
        ("entity Project", 1.0, 1.0),  # one name contains the other
        ("claim leads", 1.0, 1.0),
        ("claim holdsPost", 1.0, 1.0),
        ("claim funding", 0.0, 0.0),
        ("claim statistic", 1.0, 1.0),
        ("claim date", 1.0, 1.0),
        ("claim authoredBy", 1.0, 1.0),
        ("claim locatedIn", 0.0, None),
        ("post's body (of posts found)", 0.0, 0.0),
        ("author's role (of authors found)", 0.0, 0.0),
        ("entity all", 3 / 4, 1.0),
        ("claim all", 5 / 7, 5 / 6),
        ("claim core (post, leads, located, funding)", 2 / 4, 2 / 3),
    ],
)
def test_the_figures_of_a_small_case(gold: Path, row: str, precision: float, recall: float | None) -> None:
    found = score_records(RECORDS, [read_gold(gold)]).rows[row]
    assert (found.precision, found.recall) == (precision, recall)


def test_the_table_and_the_errors(gold: Path) -> None:
    result = score_records(RECORDS, [read_gold(gold)])
    assert f"{'claim all':44}  0.714  0.833  0.769      6      7" in result.text()
    assert "claim funding: extra    funding(云岭水库, grant 100 CNY)  «…»" in result.text(errors=True)
    assert "claim funding: missing  funding(云岭水库项目, totalInvestment 100 CNY)  «100元»" in result.text(errors=True)
    assert json.loads(result.json())["claim locatedIn"] == {
        "precision": 0.0, "recall": None, "f1": None, "gold": 0, "predicted": 1,
    }  # fmt: skip


def test_a_source_that_was_not_built_is_named(gold: Path) -> None:
    assert "not in this build" not in score_records(RECORDS, [read_gold(gold)]).text()
    assert "not in this build, so all of it is missing: a.txt" in score_records([], [read_gold(gold)]).text()


def test_names_are_compared_without_quotes_and_width() -> None:
    assert norm("“四下基层”（试点）") == norm("四下基层(试点)")
    assert norm_title("【要闻】开工了") == norm_title("开工了")
    assert dice("云岭水库", "云岭水库") == 1.0
    person, place = Entity({"Person"}, {"云岭"}), Entity({"Place"}, {"云岭"})
    assert not person.same(place)


def test_what_is_no_gold_is_said_in_a_line(tmp_path: Path) -> None:
    for text in ("{", '{"source": "a"}', "[]"):
        (tmp_path / "bad.json").write_text(text, encoding="utf-8")
        with pytest.raises(KgError, match=r"bad\.json"):
            read_gold(tmp_path / "bad.json")
    with pytest.raises(KgError, match=r"absent\.json"):
        read_gold(tmp_path / "absent.json")
