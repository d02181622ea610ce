"""From an article's entities, amounts and dates to its facts: one module a predicate, each with a function `facts`."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Fact
from kg.relations import (
    carries_out,
    date,
    funding,
    holds_post,
    leads,
    located_in,
    participates_in,
    statistic,
    status,
    undertaken_by,
)
from kg.relations.context import Context

MODULES = (holds_post, leads, carries_out, participates_in, undertaken_by, located_in, funding, date, statistic, status)
"""The predicates that are read from the text; authoredBy comes from the byline."""


def facts(context: Context) -> Iterator[Fact]:
    """Every fact of one article but its byline, by predicate."""
    for module in MODULES:
        yield from module.facts(context)
