"""leads: who takes charge of an initiative, a project or an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.facts import Fact
from kg.lexicon import alternatives
from kg.relations.context import Context
from kg.relations.items import AGENTS, WORKS
from kg.relations.pairs import joined

CONFIDENCE = 0.85
"""Of a fact that a verb of taking charge states in so many words."""


def facts(context: Context) -> Iterator[Fact]:
    """The facts of leads in one article: those judged, and those that a verb of taking charge states (领办, 包抓). Of
    persons whom the article gives no post, only the latter: they take part, are spoken to, or do what they do alone."""
    found = {(f.subject, f.object): f for f in _charged(context)}
    posted = {pair.source.entity for pair, *_ in context.stated("holdsPost")}
    for fact in joined(context, "leads"):
        if context.entities[fact.subject].type != "Person" or fact.subject in posted:
            found.setdefault((fact.subject, fact.object), fact)
    yield from found.values()


def _charged(context: Context) -> Iterator[Fact]:
    """The agent right before a verb of taking charge, in its clause, and the work right behind it."""
    text = context.reading.text
    for work in context.items:
        verb = _verb().search(text, max(0, work.start - 8), work.start) if work.kind in WORKS else None
        if verb is None or work.entity is None:
            continue
        clause = context.clause(verb.start())
        before = [i for i in context.within(clause.start, verb.start()) if i.kind in AGENTS]
        agent = next((i for i in reversed(before) if i.kind == "Person"), before[-1] if before else None)
        if agent is not None and agent.entity and not context.denied(agent, work):
            yield Fact(
                "leads",
                agent.entity,
                context.cite(agent, work),
                "leads/charge",
                CONFIDENCE,
                context.modality(agent, work),
                object=work.entity,
            )


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives('charges')})了?$")
