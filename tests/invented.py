"""A small build made by hand: two invented articles, their entities and facts, as the extraction would give them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kg.document import Article, Author, Metadata, Paragraph, Source, Span
from kg.facts import ARTICLE, ArticleFacts, Entity, Fact
from kg.rdf import place_quads, quads
from kg.store import create

FIRST = """云岭水库本月开工

本报讯(记者/周小满) 昨日,丹寨县云岭水库项目开工。县长张建国牵头负责云岭水库
项目,项目总投资3.2亿元,由青禾水务有限公司建设。县长张建国还将牵头“清水行动”。
"""
SECOND = """云岭水库又有新进展

青禾水务有限公司表示,云岭水库项目已完成土方约12万立方米。
"""
# a name that would be a script if any page took it for HTML
WICKED = "</script><img src=x onerror=alert(1)>有限公司"
THIRD = f"""一家公司的名称

{WICKED}参加云岭水库项目。
"""


def articles() -> list[ArticleFacts]:
    """What the articles say."""
    reservoir = Entity("e1", "Project", ("云岭水库项目", "云岭水库"), within="522636")
    mayor = Entity("e2", "Person", ("张建国",), within="522636")
    county = Entity("e3", "Place", ("丹寨县",), kind="County", code="522636")
    company = Entity("e4", "Organization", ("青禾水务有限公司",), kind="Company")
    drive = Entity("e5", "Initiative", ("清水行动",), within="522636")
    wicked = Entity("e6", "Organization", (WICKED,), kind="Company")

    first = _Text("shui/001.txt", FIRST, "2024-03-05", Author("周小满", "reporter", Span(0, 1)))
    second = _Text("shui/002.txt", SECOND, "2024-04")
    third = _Text("shui/003.txt", THIRD, "2024-04")
    leading = "县长张建国牵头负责云岭水库\n项目"
    return [
        first.says(
            (reservoir, mayor, county, company, drive),
            Fact("holdsPost", "e2", first.at("县长张建国"), "post", 0.97, post="县长", of="e3"),
            Fact("leads", "e2", first.at(leading), "leads", 0.93, object="e1"),
            Fact("locatedIn", "e1", first.at("丹寨县云岭水库项目"), "place", 0.9, object="e3"),
            Fact("undertakenBy", "e1", first.at("由青禾水务有限公司建设"), "builder", 0.88, object="e4"),
            Fact("leads", "e2", first.at("将牵头“清水行动”"), "leads", 0.8, modality="planned", object="e5"),
            Fact(
                "funding",
                "e1",
                first.at("项目总投资3.2亿元"),
                "money",
                0.95,
                role="totalInvestment",
                value=Decimal(320000000),
                unit="CNY",
                text="3.2亿元",
            ),
            Fact("date", "e1", first.at("昨日"), "date", 0.9, role="start", value="2024-03-04"),
            Fact("authoredBy", ARTICLE, first.at("周小满"), "byline", 0.99, role="reporter", name="周小满"),
        ),
        second.says(
            (reservoir, company),
            Fact(
                "statistic",
                "e1",
                second.at("已完成土方约12万立方米"),
                "figure",
                0.8,
                indicator="完成土方",
                value=Decimal(120000),
                unit="立方米",
                approx=True,
                text="12万立方米",
            ),
        ),
        third.says((reservoir, wicked), Fact("participatesIn", "e6", third.at(WICKED), "part", 0.7, object="e1")),
    ]


def build(out: Path) -> Path:
    """Writes the store of these articles under `out` and returns it."""
    found = articles()
    create(out, [*(q for one in found for q in quads(one)), *place_quads({"522636"})])
    return out


class _Text:
    """An article of one source, and where its words stand."""

    def __init__(self, name: str, text: str, published: str, *authors: Author) -> None:
        self.source = Source(name, text, Metadata(outlet="云岭日报"))
        title, _, body = text.partition("\n\n")
        start = len(title) + 2
        lines = body.split("\n")
        pieces, at = [], start
        for line in lines:
            if line:
                pieces.append(Span(at, at + len(line)))
            at += len(line) + 1
        paragraphs = (Paragraph(self.source, (Span(0, len(title)),), "title"), Paragraph(self.source, tuple(pieces)))
        self.article = Article(self.source, title, paragraphs, authors, published, 0, len(text))

    def at(self, words: str) -> Span:
        start = self.source.text.index(words)
        return Span(start, start + len(words))

    def says(self, entities: tuple[Entity, ...], *facts: Fact) -> ArticleFacts:
        return ArticleFacts(self.article, entities, facts)
