"""undertakenBy: who builds, owns, develops, invests in or operates a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.facts import Fact
from kg.relations.context import Context
from kg.relations.pairs import joined


def facts(context: Context) -> Iterator[Fact]:
    """The facts of undertakenBy in one article. The judge reads from who does it to the project."""
    for fact in joined(context, "undertakenBy"):
        yield replace(fact, subject=fact.object or "", object=fact.subject)
