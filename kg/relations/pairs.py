"""The predicates that join two entities: leads, carriesOut, participatesIn, undertakenBy, locatedIn.

Each has a module of its own that calls `joined` and adds what only it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.facts import Fact
from kg.relations.context import Context
from kg.relations.judge import Judged
from kg.relations.thresholds import confidence


def joined(context: Context, predicate: str, told: Callable[[Judged], bool] = lambda pair: True) -> Iterator[Fact]:
    """The facts of `predicate` that the judge finds and whose pair is `told`: of several places that state one fact,
    the surest."""
    best: dict[tuple[str, str], Fact] = {}
    for pair, label, probability in context.stated(predicate):
        source, target = pair.source.entity, pair.target.entity
        if source is None or target is None or source == target or not told(pair):
            continue
        old = best.get((source, target))
        if old is not None and old.confidence >= confidence(label, probability):
            continue
        best[source, target] = Fact(
            predicate,
            source,
            context.cite(pair.source, pair.target),
            f"{predicate}/pair",
            confidence(label, probability),
            context.modality(pair.source, pair.target),
            object=target,
        )
    yield from best.values()
