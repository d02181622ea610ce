"""participatesIn: see the ontology for what it states."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Fact
from kg.relations.context import Context
from kg.relations.pairs import joined


def facts(context: Context) -> Iterator[Fact]:
    """The facts of participatesIn in one article."""
    yield from joined(context, "participatesIn")
