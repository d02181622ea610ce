"""One invented article that states a fact of every kind, as the extraction would hand it to the RDF room."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.document import Article, Metadata, Paragraph, Source, Span
from kg.facts import ARTICLE, ArticleFacts, Entity, Fact
from kg.rdf import decision_quads, place_quads, quads
from kg.store import create

TEXT = """云岭水库开工
记者 周小满
昨日,丹寨县县长张建国牵头的云岭
水库项目开工,总投资3.2亿元。县里计划2026年建成,再获援助200万美元。

原县长李青山参加开工仪式。库区面积约12345.60亩。
"""
SOURCE = Source("云岭/页 1.txt", TEXT, Metadata(outlet="云岭日报", edition="02", url="https://example.org/1"))
COUNTY = Entity("e1", "Place", ("丹寨", "丹寨县"), kind="County", code="522636")
MAYOR = Entity("e2", "Person", ("张建国",), within="522636")
RESERVOIR = Entity("e3", "Project", ("云岭水库项目", "云岭水库"), within="522636")
BEFORE = Entity("e4", "Person", ("李青山",), within="522636")
CEREMONY = Entity("e5", "Event", ("开工仪式",))
ZONE = Entity("e6", "Place", ("库区",), also=("Organization",), kind="DevelopmentZone")
ENTITIES = (COUNTY, MAYOR, RESERVOIR, BEFORE, CEREMONY, ZONE)
BASE = "https://w3id.org/xianzhi/id/"


def at(quote: str, text: str = TEXT) -> Span:
    """Where `quote` stands."""
    start = text.index(quote)
    return Span(start, start + len(quote))


def fact(predicate: str, subject: str, quote: str, **fields: Any) -> Fact:
    """A fact with its evidence."""
    return Fact(predicate, subject, at(quote), f"{predicate} rule", fields.pop("confidence", 0.9), **fields)


FACTS = (
    fact("authoredBy", ARTICLE, "周小满", name="周小满", role="reporter"),
    fact("holdsPost", "e2", "丹寨县县长张建国", post="县长", of="e1", confidence=0.97),
    fact("leads", "e2", "县长张建国牵头的云岭\n水库项目", object="e3"),
    fact("locatedIn", "e3", "丹寨县", object="e1"),
    fact("date", "e3", "昨日", role="start", value="2025-03-04"),
    fact("status", "e3", "开工", role="underWay"),
    fact("funding", "e3", "总投资3.2亿元", role="totalInvestment", value=Decimal("3.2e8"), unit="CNY", text="3.2亿元"),
    fact("date", "e3", "计划2026年建成", role="end", value="2026", modality="planned"),
    fact("funding", "e3", "再获援助200万美元", role="grant", value=Decimal(2000000), unit="USD", modality="planned"),
    fact("holdsPost", "e4", "原县长李青山", post="县长", of="e1", former=True, value="2016/2021-05"),
    fact("participatesIn", "e4", "李青山参加开工仪式", object="e5"),
    fact(
        "statistic",
        "e6",
        "面积约12345.60亩",
        indicator="面积",
        value=Decimal("12345.60"),
        unit="亩",
        approx=True,
        text="12345.60亩",
    ),
)


def article(source: Source = SOURCE) -> Article:
    """The article; a column break parts its third line from its fourth."""
    paragraphs = (
        Paragraph(source, (at("云岭水库开工"),), "title"),
        Paragraph(source, (at("记者 周小满"),), "byline"),
        Paragraph(
            source,
            (
                at("昨日,丹寨县县长张建国牵头的云岭"),
                at("水库项目开工,总投资3.2亿元。县里计划2026年建成,再获援助200万美元。"),
            ),
        ),
        Paragraph(source, (at("原县长李青山参加开工仪式。库区面积约12345.60亩。"),)),
    )
    return Article(source, "云岭水库开工", paragraphs, (), "2025-03-05", 0, len(source.text))


def facts(*facts: Fact) -> ArticleFacts:
    """The article with these facts, or all of FACTS."""
    return ArticleFacts(article(), ENTITIES, facts or FACTS)


class SameCounty:
    """An identity decision."""

    left_iri = f"{BASE}person/522636/张建国"
    right_iri = f"{BASE}person/520000/张建国"
    score = 0.8
    reason = "同名,同在一地"


def all_quads() -> list[ox.Quad]:
    """A whole graph: the article's, the gazetteer's, the decisions'."""
    return [*quads(facts()), *place_quads(["522636"]), *decision_quads([SameCounty()])]


def build(out: Path) -> Path:
    """A build of the article in `out`."""
    create(out, all_quads())
    return out
