"""Facts as values: what extraction says of one article, with no RDF in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.document import Article, Span

TYPES = ("Person", "Organization", "Place", "Project", "Initiative", "Event")
PAIRS = ("leads", "carriesOut", "locatedIn", "undertakenBy", "participatesIn")
PREDICATES = ("holdsPost", *PAIRS, "funding", "date", "statistic", "authoredBy", "status")

ARTICLE = "article"
"""The `Fact.subject` of a fact about the article itself (authoredBy)."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that an article names."""

    id: str
    """Unique within the article: e1, e2 …"""
    type: str
    """One of TYPES."""
    names: tuple[str, ...]
    """Its labels in this article, the fullest first; no anaphors (该县). The name as it should be spelled and the
    form that OCR damaged are both here."""
    also: tuple[str, ...] = ()
    """Further types among TYPES (a development zone is a Place and an Organization)."""
    kind: str | None = None
    """The finer class of the ontology: County, Township, Village, Site, Company, School …; None where unknown."""
    code: str | None = None
    """The official division code of a Place: 6, 9 or 12 digits (430000, 430225, 430224109, 430224109203)."""
    mentions: tuple[Span, ...] = ()
    """Where the source speaks of it, anaphors included, in order."""
    within: str | None = None
    """What tells it from a namesake: the official code or the name of the place or body that it belongs to (a
    person's body, a project's place); part of its identity."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of an article. Fields that a predicate does not use stay None."""

    predicate: str
    """One of PREDICATES; the meanings are those of the ontology."""
    subject: str
    """An `Entity.id`, or ARTICLE."""
    evidence: Span
    """The words that state it, in the source."""
    rule: str
    """What made it: the name of a rule or of a learned model."""
    confidence: float
    """The share of facts like this one that are right, 0 to 1."""
    modality: str = "asserted"
    """asserted or planned."""
    object: str | None = None
    """An `Entity.id`, for leads, carriesOut, locatedIn, undertakenBy and participatesIn."""
    post: str | None = None
    """holdsPost: the title without the body and without 原."""
    of: str | None = None
    """holdsPost: the `Entity.id` of the body; funding: of the funder; None where not stated."""
    former: bool = False
    """holdsPost: a post held in the past (原, 曾任, 时任)."""
    role: str | None = None
    """funding: totalInvestment, grant, raised, spent; date: start, end, on; authoredBy: reporter, correspondent,
    photographer, editor; status: planned, underWay, completed."""
    value: Decimal | str | None = None
    """funding, statistic: the number with 万 and 亿 expanded; date: ISO 8601, as precise as the text."""
    unit: str | None = None
    """funding: CNY or another currency (USD); statistic: the text's own unit."""
    approx: bool = False
    """funding, statistic: 余, 多, 近, 约, 左右, 以上, 超 stood with the number."""
    text: str | None = None
    """funding, statistic: the number and unit as the text writes them (82.3亿元)."""
    indicator: str | None = None
    """statistic: what was counted or measured."""
    name: str | None = None
    """authoredBy: the author."""


@dataclass(frozen=True)
class ArticleFacts:
    """What one article says."""

    article: Article
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    missed: tuple[Span, ...] = ()
    """Sentences that hold an amount, a post or a trigger word and gave no fact."""
    repairs: tuple[tuple[Span, str], ...] = ()
    """OCR repairs: where, and the spelling that was read instead."""
