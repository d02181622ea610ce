"""What a build found and what it missed: report.json, timings.json, and the table on the terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.document import Source
from kg.facts import PREDICATES, TYPES, ArticleFacts
from kg.sources import Problem


@dataclass(frozen=True)
class Report:
    """The outcome of one build."""

    out: Path
    sources: tuple[str, ...] = ()
    """The names of those that were read."""
    problems: tuple[Problem, ...] = ()
    """The sources, or parts of them, that were not."""
    articles: tuple[dict[str, Any], ...] = ()
    """One an article: source, title, published, start, end, entities, facts, missed, repairs."""
    entities: Mapping[str, int] = field(default_factory=dict)
    """How many different things of each type, by IRI."""
    facts: Mapping[str, int] = field(default_factory=dict)
    """How many facts of each predicate."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """By stage; the only part that differs between two builds of the same."""

    @property
    def built(self) -> bool:
        """Whether `out` was written: it is not when no source could be read."""
        return bool(self.sources)

    def write(self, folder: Path) -> None:
        """Write report.json and timings.json into `folder`."""
        _write(
            folder / "report.json",
            {
                "counts": {
                    "sources": len(self.sources),
                    "articles": len(self.articles),
                    "entities": dict(self.entities),
                    "facts": dict(self.facts),
                },
                "sources": list(self.sources),
                "problems": [{"source": p.name, "message": p.message} for p in self.problems],
                "articles": list(self.articles),
            },
        )
        _write(folder / "timings.json", {stage: round(seconds, 3) for stage, seconds in self.seconds.items()})


def report(
    out: Path,
    sources: Iterable[Source],
    problems: Iterable[Problem],
    found: Iterable[ArticleFacts],
    stated: Iterable[Mapping[str, Any]],
    seconds: Mapping[str, float],
) -> Report:
    """Sum up a build: what was `found` in each article of `sources`, and in all what the graph has `stated` (the
    lines of `kg facts`). Types and predicates stand in the order of kg.facts."""
    types: dict[str, str] = {}
    predicates: Counter[str] = Counter()
    for line in stated:
        if line["kind"] == "entity":
            types[line["iri"]] = line["type"]
        elif line["kind"] == "claim":
            predicates[line["predicate"]] += 1
    kinds = Counter(types.values())
    return Report(
        out=out,
        sources=tuple(source.name for source in sources),
        problems=tuple(problems),
        articles=tuple(_article(f) for f in found),
        entities={kind: kinds[kind] for kind in TYPES if kinds[kind]},
        facts={predicate: predicates[predicate] for predicate in PREDICATES if predicates[predicate]},
        seconds=dict(seconds),
    )


def _article(found: ArticleFacts) -> dict[str, Any]:
    article = found.article
    text = article.source.text
    return {
        "source": article.source.name,
        "title": article.title,
        "published": article.published,
        "start": article.start,
        "end": article.end,
        "entities": len(found.entities),
        "facts": len(found.facts),
        "missed": [{"text": text[s.start : s.end], "start": s.start, "end": s.end} for s in found.missed],
        "repairs": [
            {"text": text[s.start : s.end], "read": read, "start": s.start, "end": s.end} for s, read in found.repairs
        ],
    }


def _write(path: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    path.write_bytes(text.encode("utf-8", "backslashreplace"))  # half a surrogate pair becomes JSON's own escape
