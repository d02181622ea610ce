"""Gold files as facts, so that what comes out behind the store can be held against what went in."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.document import Article, Metadata, Paragraph, Source, Span
from kg.facts import ArticleFacts, Entity, Fact
from kg.score.compare import ANAPHOR

ROOT = Path(__file__).parents[1]
GOLDS = sorted((ROOT / "tests" / "gold").glob("*.json"))


def gold_facts(path: Path) -> list[ArticleFacts]:
    """What an extraction that makes no mistake would hand to the RDF room for the page of the gold file at `path`."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    with (ROOT / "seeds" / gold["source"]).open(encoding="utf-8", newline="") as file:
        source = Source(gold["source"], file.read(), Metadata(outlet="株洲日报"))
    return [_article(source, article) for article in gold["articles"]]


def _article(source: Source, gold: dict[str, Any]) -> ArticleFacts:
    start, end = find(source.text, gold["first"]).start, find(source.text, gold["last"]).end
    paragraph = Paragraph(source, (Span(start, end),))
    article = Article(source, gold["title"], (paragraph,), (), gold["published"], start, end)
    entities = tuple(
        Entity(
            e["id"],
            e["type"],
            tuple(n for n in e["names"] if not ANAPHOR.fullmatch(n)) or tuple(e["names"]),
            tuple(e.get("also", ())),
            code=e.get("code"),
            within=f"{start}{e['id']}",
        )
        for e in gold["entities"]
    )
    return ArticleFacts(article, entities, tuple(_fact(source, c) for c in gold["claims"]))


def _fact(source: Source, gold: dict[str, Any]) -> Fact:
    value = gold.get("value")
    return Fact(
        gold["p"],
        gold["s"],
        find(source.text, gold["evidence"]),
        "gold",
        1.0,
        gold.get("modality", "asserted"),
        object=gold.get("o"),
        post=gold.get("post"),
        of=gold.get("of"),
        role=gold.get("role"),
        value=value if value is None or isinstance(value, str) else Decimal(str(value)),
        unit=gold.get("unit"),
        approx=gold.get("approx", False),
        indicator=gold.get("indicator"),
        name=gold.get("name"),
    )


def find(text: str, quote: str) -> Span:
    """Where `quote` stands in `text`, white space ignored."""
    places = [i for i, character in enumerate(text) if not character.isspace()]
    wanted = "".join(quote.split())
    at = "".join(text[i] for i in places).index(wanted)
    return Span(places[at], places[at + len(wanted) - 1] + 1)
