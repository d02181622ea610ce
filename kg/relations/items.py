"""What a sentence holds that relations join: mentions of entities, posts, amounts and dates, as one kind of value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.facts import TYPES

KINDS = (*TYPES, "Post", "Money", "Share", "Count", "Date")
AGENTS = ("Person", "Organization", "Place")
WORKS = ("Project", "Initiative", "Event")
AMOUNTS = ("Money", "Share", "Count")


@dataclass(frozen=True, slots=True)
class Item:
    """Something at a place in the reading's text."""

    start: int
    end: int
    kind: str
    """One of KINDS."""
    entity: str | None = None
    """The entity that a mention speaks of."""
    anaphor: bool = False
    """该县, 这家公司: a mention that does not name."""
    score: float = 1.0
    """How sure the tagger is of a mention."""
    value: Any = field(default=None, compare=False)
    """The Quantity or DateMention of an amount or date."""
