"""One article to its facts: the heart of the pipeline, a function from values to values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.document import Article, Span
from kg.entities.clusters import Cluster, clusters, entity
from kg.entities.clusters import items as mention_items
from kg.entities.mentions import Tagged, charges, divisions, repeated, settle, trim
from kg.facts import ArticleFacts, Entity, Fact
from kg.language.encoder import Encoded, encode
from kg.language.reading import Reading, read
from kg.lexicon import words
from kg.lexicon.user import Lexicon
from kg.relations import authored_by, facts
from kg.relations.candidates import Scene
from kg.relations.context import Context
from kg.relations.figures import figures
from kg.relations.items import Item
from kg.relations.judge import judge

SURE = {"Person": 0.75, "Organization": 0.6, "Place": 0.7, "Project": 0.45, "Initiative": 0.5, "Event": 0.45}
"""The probability from which a cluster's best mention makes it an entity; chosen on annotations that nothing is trained
on (training/held.txt, and dev) for the best F1 of each type, where that is flat for the more found."""
BIAS = {"Post": 0.5}
"""How far the tagger leans towards finding spans, by layer."""


def extract(article: Article, lexicon: Lexicon | None = None) -> ArticleFacts:
    """What `article` says. Depends on the article, its source's metadata, the lexicons and the gazetteer alone."""
    reading = read(article)
    if not reading.text.strip():
        return ArticleFacts(article, (), tuple(authored_by.facts(article)))
    entities, found = _facts(reading, article, lexicon or Lexicon())
    every = (*found, *authored_by.facts(article))
    return ArticleFacts(article, entities, every, _missed(reading, every), _repairs(article, entities))


def _facts(reading: Reading, article: Article, lexicon: Lexicon) -> tuple[tuple[Entity, ...], list[Fact]]:
    encoded = encode(reading, BIAS)
    found, named = names(reading, encoded, lexicon, _home(article, lexicon))
    entities = {f"e{n}": entity(c, n, reading) for n, c in enumerate(found, 1)}
    scene = Scene(reading, [*named, *figures(reading, article.published)])
    context = Context(reading, tuple(scene.items), entities, tuple(judge(encoded, scene)), article.dated)
    stated = list(facts(context))
    return tuple(_placed(entities, stated).values()), stated


def names(
    reading: Reading, encoded: Encoded, lexicon: Lexicon, home: str | None = None
) -> tuple[list[Cluster], list[Item]]:
    """The entities of a reading, with their mentions and the titles as items: entity n of the list is `e<n>` in the
    items. `home` is what tells where the paper is at home."""
    marked = trim(reading, [Tagged(*span) for span in encoded.spans])
    tagged = settle([*marked, *charges(reading), *lexicon.tagged(reading.text)])
    tagged = repeated(reading, tagged)
    tagged += divisions(reading, tagged)
    found = [c for c in clusters(reading, tagged, home, dict(lexicon.aliases)) if c.score >= SURE[c.type]]
    return found, [*mention_items(found), *posts(tagged)]


def _home(article: Article, lexicon: Lexicon) -> str | None:
    """What tells where the paper is at home: its name, and the places that the user names."""
    return " ".join(filter(None, (article.source.metadata.outlet, *lexicon.homes))) or None


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
    return {k: replace(e, within=within[k]) if k in within else e for k, e in entities.items()}


def _repairs(article: Article, entities: Sequence[Entity]) -> tuple[tuple[Span, str], ...]:
    """Where a place's name was read as another than the text's characters say (绿口区 read as 渌口区)."""
    found = []
    for place in entities:
        for span in place.mentions if place.code else ():
            written = article.source.text[span.start : span.end]
            alike = [n for n in place.names[:1] if len(n) == len(written) and n != written and n[-1] == written[-1]]
            # two characters are too few to look alike: 该县 stands for 攸县 and is no slip of it
            if alike and sum(a != b for a, b in zip(alike[0], written, strict=True)) <= min(2, len(written) - 2):
                found.append((span, alike[0]))
    return tuple(sorted(found))


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
