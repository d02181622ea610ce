"""locatedIn: a project, body, event or place in the most specific place stated."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kg.facts import Fact
from kg.gazetteer.divisions import contains
from kg.relations.context import Context
from kg.relations.pairs import joined


def facts(context: Context) -> Iterator[Fact]:
    """The facts of locatedIn in one article: those judged, and places that the text writes together (云岭县石桥镇)."""
    found = {(f.subject, f.object): f for f in joined(context, "locatedIn") if _possible(context, f)}
    for fact in _written_together(context):
        found.setdefault((fact.subject, fact.object), fact)
    yield from found.values()


def _possible(context: Context, fact: Fact) -> bool:
    """Not the outer division in the inner, nor one division in another that does not hold it."""
    subject, place = context.entities[fact.subject], context.entities[fact.object or ""]
    if subject.code and place.code:
        return subject.code != place.code and contains(place.code, subject.code)
    return not set(subject.names) & set(place.names)


def _written_together(context: Context) -> Iterator[Fact]:
    places = [i for i in context.items if i.kind == "Place" and not i.anaphor]
    for outer, inner in itertools.pairwise(places):
        if outer.end != inner.start or outer.entity == inner.entity or not outer.entity or not inner.entity:
            continue
        a, b = context.entities[outer.entity], context.entities[inner.entity]
        if not a.code or not (contains(a.code, b.code) if b.code else b.kind in ("Village", "VillageGroup")):
            continue
        yield Fact(
            "locatedIn", inner.entity, context.cite(outer, inner), "locatedIn/together", 0.95, object=outer.entity
        )
