"""Counts of right, wrong, found and missed, and what precision, recall and F1 they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kg.score.compare import Claim, Entity, same_statement

Thing = TypeVar("Thing", Entity, Claim)


@dataclass
class Tally:
    """What was counted for one row of the result."""

    right: int = 0
    """Predictions that gold states; those that it states as optional are left out."""
    wrong: int = 0
    """Predictions that gold does not state."""
    found: int = 0
    """Gold facts that some prediction states."""
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of `other`, not its errors: a sum's parts list their own."""
        self.right += other.right
        self.wrong += other.wrong
        self.found += other.found
        self.missed += other.missed

    def share(self, right: bool) -> None:
        """Count one thing that is either right and found or wrong and missed."""
        self.add(Tally(int(right), int(not right), int(right), int(not right)))

    @property
    def precision(self) -> float | None:
        """The share of the predictions that is right; None without predictions."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found; None without gold."""
        return self.found / (self.found + self.missed) if self.found + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None without gold."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else None if r is None else 0.0


def compare(
    predicted: Sequence[Thing],
    gold: Sequence[Thing],
    same: Callable[[Thing, Thing], bool],
    shown: Callable[[Thing], str],
) -> Tally:
    """Hold predictions against gold. What gold marks optional counts neither way; where gold allows another reading
    of a statement and that one was predicted, the required one is not missed."""
    tally = Tally()
    hit = [False] * len(gold)
    for p in predicted:
        matches = [i for i, g in enumerate(gold) if same(p, g)]
        for i in matches:
            hit[i] = True
        if any(not gold[i].optional for i in matches):
            tally.right += 1
        elif not matches:
            tally.wrong += 1
            tally.errors.append("extra    " + shown(p))
    for g, was_hit in zip(gold, hit, strict=True):
        if g.optional:
            continue
        if was_hit:
            tally.found += 1
        elif not any(k and o.optional and _alternative(o, g) for o, k in zip(gold, hit, strict=True)):
            tally.missed += 1
            tally.errors.append("missing  " + shown(g))
    return tally


def _alternative(a: object, b: object) -> bool:
    return isinstance(a, Claim) and isinstance(b, Claim) and same_statement(a, b)
