"""The kinds of error that a build makes on annotated sources: for each wrong and each missing fact, what went amiss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verdicts import PREDICATES, verdicts

from kg.facts import PAIRS, TYPES
from kg.score.compare import Claim, Entity, _same_quantity, norm, same_claim, same_statement
from kg.score.files import Gold, Stated, read_facts

REASONS = {
    "subject": "its subject is unknown to the other side",
    "object": "its object is unknown to the other side",
    "relation": "the other side has another relation between the two",
    "role": "the other side has the figure or date in another role",
    "owner": "the other side gives it to another subject",
    "partner": "the other side gives the subject another object",
    "title": "the other side words the title otherwise",
    "indicator": "the other side says something else of the figure",
    "alone": "the other side has nothing like it",
    "type": "the other side gives the name another type",
    "extent": "the other side cuts the name otherwise",
}
"""Why a fact has no match; the other side of a wrong fact is gold, that of a missing one the graph."""


@dataclass(frozen=True)
class Error:
    """A wrong or missing fact."""

    source: str
    what: str
    """The entity's type or the claim's predicate."""
    missing: bool
    reason: str
    """A key of REASONS."""
    shown: str

    @property
    def kind(self) -> tuple[str, bool, str]:
        """What errors are counted by."""
        return self.what, self.missing, self.reason


def errors(records: Iterable[Mapping[str, Any]], golds: Sequence[Gold]) -> Iterator[Error]:
    """Every error that `kg score` would count, by source."""
    records = list(records)
    said = read_facts(records)
    wrong: dict[str, list[Claim]] = {}
    for v in verdicts(records, golds):
        if v.right is False:
            wrong.setdefault(v.source, []).append(v.claim)
    for gold in golds:
        here = said.get(gold.source, Stated())
        found = [e for e in here.entities.values() if e.names]
        for missing, mine, theirs in ((False, found, gold.entities), (True, gold.entities, found)):
            for e in mine:
                if e.kind in TYPES and not e.optional and not any(e.same(o) for o in theirs):
                    yield Error(gold.source, e.kind, missing, _entity_reason(e, theirs), e.shown)
        for c in wrong.get(gold.source, []):
            yield Error(gold.source, c.predicate, False, _claim_reason(c, gold.entities, gold.claims), c.shown())
        for c in gold.claims:
            if c.predicate in PREDICATES and not _met(c, here, gold):
                yield Error(gold.source, c.predicate, True, _claim_reason(c, found, here.claims), c.shown())


def _met(claim: Claim, here: Stated, gold: Gold) -> bool:
    """Whether a claim of gold is optional, or stated, or stated in another reading that gold allows."""

    def stated(one: Claim) -> bool:
        return any(same_claim(c, one) for c in here.claims)

    return (
        claim.optional
        or stated(claim)
        or any(o.optional and same_statement(o, claim) and stated(o) for o in gold.claims)
    )


def _entity_reason(entity: Entity, others: Iterable[Entity]) -> str:
    others = list(others)
    if any(entity.names & o.names for o in others):
        return "type"
    if any(a in b or b in a for o in others if o.types & entity.types for a in entity.names for b in o.names):
        return "extent"
    return "alone"


def _claim_reason(claim: Claim, entities: Sequence[Entity], others: Sequence[Claim]) -> str:
    subject = claim.subject
    if subject and not any(subject.same(e) for e in entities):
        return "subject"
    if claim.object and not any(claim.object.same(e) for e in entities):
        return "object"
    of_it = [o for o in others if subject and o.subject and subject.same(o.subject)]
    alike = [o for o in others if o.predicate == claim.predicate]
    if claim.predicate in PAIRS and claim.object:
        target = claim.object
        if any(o.object and target.same(o.object) for o in of_it):
            return "relation"
        if any(o.object and target.same(o.object) for o in alike):
            return "owner"
        return "partner" if any(o in of_it for o in alike) else "alone"
    if claim.predicate == "holdsPost":
        if any(o in of_it for o in alike):
            return "title"
        return "owner" if any(norm(o.text) == norm(claim.text) for o in alike) else "alone"
    same = [o for o in others if _same_value(claim, o)]
    mine = [o for o in same if o in of_it]
    if mine:
        return "indicator" if any(o.predicate == "statistic" == claim.predicate for o in mine) else "role"
    return "owner" if same else "alone"


def _same_value(a: Claim, b: Claim) -> bool:
    """Whether both hold one figure, or one date."""
    if "date" in (a.predicate, b.predicate):
        x, y = str(a.value), str(b.value)
        return a.predicate == b.predicate and (x.startswith(y) or y.startswith(x))
    figures = ("funding", "statistic")
    return a.predicate in figures and b.predicate in figures and _same_quantity(a, b)
