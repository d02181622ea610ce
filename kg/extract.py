"""One article to its facts: the heart of the pipeline, a function from values to values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.document import Article, Span
from kg.entities.clusters import Cluster, clusters, entity
from kg.entities.clusters import items as mention_items
from kg.entities.mentions import Tagged, divisions, repeated, settle
from kg.errors import KgError
from kg.facts import ArticleFacts, Entity, Fact
from kg.language.encoder import LAYERS, encode
from kg.language.reading import Reading, read
from kg.lexicon import words
from kg.relations import authored_by, facts
from kg.relations.candidates import Scene
from kg.relations.context import Context
from kg.relations.figures import figures
from kg.relations.items import Item
from kg.relations.judge import judge

SURE = {"Person": 0.45, "Organization": 0.45, "Place": 0.45, "Project": 0.45, "Initiative": 0.45, "Event": 0.45}
"""The probability from which a cluster's best mention makes it an entity."""
BIAS = {"Person": 0.5, "Organization": 0.7, "Place": 0.5, "Project": 0.8, "Initiative": 0.8, "Event": 0.8, "Post": 0.7}
"""How far the tagger leans towards finding spans, by layer; what it finds wrongly is left out by SURE."""


@dataclass(frozen=True)
class Lexicon:
    """The user's own words beside the shipped lexicons."""

    names: tuple[tuple[str, str], ...] = ()
    """Names to be found wherever they stand, with their layer: 云岭融媒 Organization."""

    @classmethod
    def load(cls, paths: Sequence[Path] = ()) -> Lexicon:
        """The words of files and folders (*.txt): a line a name and its layer, parted by a tab. Raises KgError that
        names the file and line of a mistake."""
        found: list[tuple[str, str]] = []
        for path in paths:
            if not path.exists():
                raise KgError(f"{path}: no such lexicon; name a file or a folder of .txt files")
            for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
                found += _entries(file)
        return cls(tuple(found))


def _entries(path: Path) -> list[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, layer = line.strip().partition("\t")
        if layer.strip() not in LAYERS or not name:
            raise KgError(f"{path}:{number}: {line.strip()!r} is not a name, a tab and one of {', '.join(LAYERS)}")
        found.append((name, layer.strip()))
    return found


def extract(article: Article, lexicon: Lexicon | None = None) -> ArticleFacts:
    """What `article` says. Depends on the article, its source's metadata, the lexicons and the gazetteer alone."""
    reading = read(article)
    said = () if not reading.text.strip() else _facts(reading, article, lexicon or Lexicon())
    if not said:
        return ArticleFacts(article, (), tuple(authored_by.facts(article)))
    entities, found = said
    every = (*found, *authored_by.facts(article))
    return ArticleFacts(article, entities, every, _missed(reading, every))


def _facts(reading: Reading, article: Article, lexicon: Lexicon) -> tuple[tuple[Entity, ...], list[Fact]]:
    encoded = encode(reading, BIAS)
    tagged = settle([Tagged(*span) for span in encoded.spans] + _listed(reading, lexicon))
    tagged = repeated(reading, tagged)
    tagged += divisions(reading, tagged)
    found = [c for c in clusters(reading, tagged, article.source.metadata.outlet) if c.score >= SURE[c.type]]
    entities = {f"e{n}": entity(c, n, reading) for n, c in enumerate(found, 1)}
    items = [*mention_items(found), *posts(tagged), *figures(reading, article.published)]
    scene = Scene(reading, items)
    context = Context(reading, tuple(scene.items), entities, tuple(judge(encoded, scene)))
    stated = list(facts(context))
    return tuple(_placed(entities, stated).values()), stated


def _listed(reading: Reading, lexicon: Lexicon) -> list[Tagged]:
    """The user's own names, wherever they stand."""
    return [
        Tagged(m.start(), m.end(), layer, 1.0)
        for name, layer in lexicon.names
        for m in re.finditer(re.escape(name), reading.text)
    ]


def posts(tagged: list[Tagged]) -> list[Item]:
    """The titles as items."""
    return [Item(t.start, t.end, "Post", score=t.score) for t in tagged if t.layer == "Post"]


def _placed(entities: dict[str, Entity], stated: list[Fact]) -> dict[str, Entity]:
    """The entities with what tells them from namesakes: a person's body, the place of a project or event."""
    within: dict[str, str] = {}
    for fact in stated:
        other = entities.get((fact.of if fact.predicate == "holdsPost" else fact.object) or "")
        if (
            other is not None
            and fact.predicate in ("holdsPost", "locatedIn")
            and entities[fact.subject].type != "Place"
        ):
            within.setdefault(fact.subject, other.code or other.names[0])
    return {k: replace(e, within=within.get(k, e.within)) for k, e in entities.items()}


def _missed(reading: Reading, stated: Sequence[Fact]) -> tuple[Span, ...]:
    """The sentences with an amount, a post or a trigger word that gave no fact."""
    cited = [f.evidence for f in stated]
    found = []
    for sentence in reading.sentences:
        if not _telling().search(reading.text, sentence.start, sentence.end):
            continue
        span = reading.source(sentence)
        if not any(span.overlaps(c) for c in cited):
            found.append(span)
    return tuple(found)


@cache
def _telling() -> re.Pattern[str]:
    """What makes a sentence worth a look when it gave no fact: an amount, or a word of the triggers."""
    strong = [w for w in words("triggers") if len(w) > 1]
    return re.compile(
        r"[0-9０-９]+(?:\.[0-9]+)?[万亿余多]*(?:元|亩|公里|户|人|%|％)|" + "|".join(map(re.escape, strong))
    )


__all__ = ["Cluster", "Lexicon", "extract"]
