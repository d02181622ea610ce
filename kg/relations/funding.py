"""funding: money put in, with its role: total investment, grant, raised or spent."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Fact
from kg.relations.amounts import FUNDING, decided
from kg.relations.context import Context
from kg.relations.thresholds import confidence


def facts(context: Context) -> Iterator[Fact]:
    """The facts of funding in one article."""
    seen: set[tuple[str, str, object]] = set()
    for d in decided(context):
        if d.label not in FUNDING:
            continue
        subject = d.pair.source.entity or ""
        key = (subject, d.label, d.quantity.value)
        if key in seen:
            continue
        seen.add(key)
        yield Fact(
            "funding",
            subject,
            context.cite(d.pair.source, d.pair.target),
            "funding/amount",
            confidence(d.label, d.probability),
            context.modality(d.pair.source, d.pair.target),
            role=d.label,
            value=d.quantity.value,
            unit=d.quantity.unit,
            approx=d.quantity.approx,
            text=d.quantity.text,
        )
