"""status: whether a project is planned, under way or completed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.facts import Fact
from kg.lexicon import entries
from kg.relations.context import Context

CONFIDENCE = 0.7
"""Of a rule that has not been measured on gold, which does not annotate the status."""


def facts(context: Context) -> Iterator[Fact]:
    """The status of each project, by the words of the last clause that speaks of it and says one."""
    last: dict[str, Fact] = {}
    for item in context.items:
        if item.kind != "Project" or item.entity is None:
            continue
        clause = context.clause(item.end - 1)
        found = [
            (m.start(), status)
            for status, pattern in _words()
            for m in pattern.finditer(context.reading.text, item.end, clause.end)
        ]
        if found:
            last[item.entity] = Fact(
                "status", item.entity, context.cite(item), "status/word", CONFIDENCE, role=max(found)[1]
            )
    yield from last.values()


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds: dict[str, list[str]] = {}
    for word, status in entries("status_words"):
        kinds.setdefault(status, []).append(word)
    return tuple((status, re.compile("|".join(map(re.escape, ws)))) for status, ws in kinds.items())
