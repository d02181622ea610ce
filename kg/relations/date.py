"""date: when a project, event, initiative or organisation began, ended or took place."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Fact
from kg.language.dates import DateMention
from kg.relations.context import Context
from kg.relations.thresholds import confidence


def facts(context: Context) -> Iterator[Fact]:
    """The facts of date in one article: for an entity and role the surest."""
    best: dict[tuple[str, str], Fact] = {}
    for pair, role, probability in context.stated("on", "start", "end"):
        subject = pair.source.entity or ""
        mention: DateMention = pair.target.value
        value = (mention.end_value or mention.value) if role == "end" else mention.value
        sure = confidence(role, probability)
        if value and ((subject, role) not in best or best[subject, role].confidence < sure):
            best[subject, role] = Fact(
                "date",
                subject,
                context.cite(pair.source, pair.target),
                "date/pair",
                sure,
                context.modality(pair.source, pair.target),
                role=role,
                value=value,
            )
    yield from best.values()
