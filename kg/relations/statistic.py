"""statistic: any other figure that the text gives of an entity, with what was counted or measured."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Fact
from kg.relations.amounts import decided
from kg.relations.context import Context
from kg.relations.indicator import indicator
from kg.relations.thresholds import confidence


def facts(context: Context) -> Iterator[Fact]:
    """The facts of statistic in one article."""
    seen: set[tuple[object, ...]] = set()
    for d in decided(context):
        if d.label != "statistic":
            continue
        subject = d.pair.source.entity or ""
        said = indicator(context, d.pair.target)
        key = (subject, said, d.quantity.value, d.quantity.unit)
        if key in seen:
            continue
        seen.add(key)
        yield Fact(
            "statistic",
            subject,
            context.cite(d.pair.source, d.pair.target),
            "statistic/amount",
            confidence(d.label, d.probability),
            context.modality(d.pair.source, d.pair.target),
            value=d.quantity.value,
            unit=d.quantity.unit or "个",
            approx=d.quantity.approx,
            text=d.quantity.text,
            indicator=said,
        )
