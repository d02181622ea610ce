"""undertakenBy: who builds, owns, develops, invests in or operates a project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.facts import Entity, Fact
from kg.lexicon import alternatives
from kg.relations.context import Context
from kg.relations.pairs import joined

CONFIDENCE = 0.8
"""Of a fact that a project's name states: 65 of 85 such names in annotated articles; some annotators leave it out."""
SHORTEST = 3
"""Characters of a company's name that can tell whose a project is: 中铁 also begins what others own."""


def facts(context: Context) -> Iterator[Fact]:
    """The facts of undertakenBy in one article: those judged, and projects that bear a company's name (华兴电缆二期
    项目). The judge reads from who does it to the project."""
    found = {}
    for fact in joined(context, "undertakenBy"):
        turned = replace(fact, subject=fact.object or "", object=fact.subject)
        found[turned.subject, turned.object] = turned
    for fact in _named(context):
        found.setdefault((fact.subject, fact.object), fact)
    yield from found.values()


def _named(context: Context) -> Iterator[Fact]:
    companies = {name: key for key, e in context.entities.items() if _company(e) for name in e.names}
    for work in context.items:
        if work.kind != "Project" or work.anaphor or work.entity is None:
            continue
        said = context.reading.text[work.start : work.end]
        names = [n for n in companies if SHORTEST <= len(n) < len(said) - 1 and said.startswith(n)]
        if names and not context.denied(work, work):
            company = companies[max(names, key=len)]
            modality = context.modality(work)
            yield Fact(
                "undertakenBy",
                work.entity,
                context.cite(work),
                "undertakenBy/named",
                CONFIDENCE,
                modality,
                object=company,
            )


def _company(entity: Entity) -> bool:
    """Whether a body's name at the head of a project's says whose it is: not of a zone or an office, which give what
    lies in them their name, nor of a school or hospital, which a new building is for."""
    zone = entity.type != "Organization" or "Place" in entity.also
    return not zone and not any(_public().search(name) for name in entity.names)


@cache
def _public() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives('public_bodies')})$")
