"""Points in time as precise as known: a year, a month or a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class When:
    """A point in time: a year, with a month and a day where known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """As ISO 8601 writes it: 2023, 2023-12, 2023-12-19."""
        return "-".join([f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n)])

    def after(self, other: When) -> bool:
        """Whether this is later than `other`, as far as both are known."""
        for mine, theirs in zip((self.year, self.month, self.day), (other.year, other.month, other.day), strict=True):
            if not mine or not theirs:
                return False
            if mine != theirs:
                return mine > theirs
        return False


def parse(value: str | None) -> When | None:
    """The point in time that an ISO 8601 prefix names; None for none. Raises ValueError where it is none."""
    if not value:
        return None
    return When(*(int(n) for n in value[:10].split("-")))


def valid(year: int, month: int | None = None, day: int | None = None) -> When | None:
    """The point in time of that year, month and day; None where the calendar has none."""
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and not (month and 1 <= day <= monthrange(year, month)[1]):
        return None
    return When(year, month, day)


def shift(when: When, days: int) -> When:
    """The day so many days later; `when` has a month and a day."""
    moved = date(when.year, when.month or 1, when.day or 1) + timedelta(days)
    return When(moved.year, moved.month, moved.day)
