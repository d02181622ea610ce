"""undertakenBy: who builds, owns, develops, invests in or operates a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.facts import Fact
from kg.lexicon import pattern
from kg.relations.context import Context
from kg.relations.judge import Judged
from kg.relations.pairs import joined

BEHIND = 12
"""Characters behind the later of the two names in which the verb may still stand (云岭水库由清泉公司负责建设)."""


def facts(context: Context) -> Iterator[Fact]:
    """The facts of undertakenBy in one article. The judge reads from who does it to the project."""
    for fact in joined(context, "undertakenBy", lambda pair: _said(context, pair)):
        yield replace(fact, subject=fact.object or "", object=fact.subject)


def _said(context: Context, pair: Judged) -> bool:
    """Whether one sentence names both and has a verb of building or running there, and none of helping or approving.
    A name inside the other is none of a builder: 云岭茶博物馆二期 is not built by the 云岭茶博物馆."""
    body, project = (context.entities[i.entity or ""].names for i in (pair.source, pair.target))
    number = context.reading.sentence(pair.target.start)
    if number != context.reading.sentence(pair.source.start) or any(a in b or b in a for a in body for b in project):
        return False
    start = min(pair.source.start, pair.target.start)
    end = min(max(pair.source.end, pair.target.end) + BEHIND, context.reading.sentences[number].end)
    text = context.reading.text
    return bool(pattern("undertakings").search(text, start, end)) and not pattern("helpings").search(text, start, end)
