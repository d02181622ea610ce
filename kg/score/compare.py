"""When two entities or two claims are the same: the rules by which facts are held against gold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from kg.facts import PAIRS

NAMED = frozenset({"Person", "Organization", "Place"})
"""Their names must be equal; those of the other types may overlap."""

ANAPHOR = re.compile(r"(该.{0,8}|此.{0,6}|这.{0,6}|[本全](县|市|省|区|镇|乡|村|州|国|旗|社区|报|社|站)|本(次|届).*)")

UNITS: dict[str, tuple[str, float]] = {
    "元": ("CNY", 1), "人民币": ("CNY", 1), "公里": ("米", 1000), "千米": ("米", 1000), "km": ("米", 1000),
    "毫米": ("米", 1e-3), "微米": ("米", 1e-6), "吨": ("公斤", 1000), "斤": ("公斤", 0.5), "千克": ("公斤", 1),
    "公顷": ("亩", 15), "平方公里": ("平方米", 1e6), "个百分点": ("%", 1), "％": ("%", 1), "名": ("人", 1),
    "位": ("人", 1), "千伏": ("kV", 1),
}  # fmt: skip
"""A unit → the unit that it is compared in, and the factor."""

COUNTS = frozenset("人个家项件条户次场宗处座台套支所只株棵顶份篇部册期种类辆艘间栋岁年月日天小时分钟例起届级强") | {
    "人次", "小时", "工作日",
}  # fmt: skip
"""Classifiers: that of a count may differ as long as the figure is right."""


@dataclass(eq=False)
class Entity:
    """An entity of a facts or gold file; its names are normalised and hold no anaphors."""

    types: set[str]
    names: set[str]
    code: str | None = None
    optional: bool = False
    shown: str = ""
    kind: str = ""
    """The first of its types."""

    def same(self, other: Entity) -> bool:
        """Whether the two are one thing: a type agrees, and the codes, a name or (of what is not NAMED) nearly."""
        shared = self.types & other.types
        if not shared:
            return False
        if self.code and self.code == other.code:
            return True
        if self.names & other.names:
            return True
        if shared <= NAMED:
            return False
        return any(
            dice(a, b) >= 0.7 or (min(len(a), len(b)) >= 4 and (a in b or b in a))
            for a in self.names
            for b in other.names
        )


@dataclass(eq=False)
class Claim:
    """A claim of a facts or gold file."""

    predicate: str
    subject: Entity | None
    """None for the article."""
    object: Entity | None = None
    text: str = ""
    """A post, an indicator or an author's name."""
    value: float | str | None = None
    unit: str = ""
    role: str = ""
    of: Entity | None = None
    optional: bool = False
    quote: str = ""

    def shown(self) -> str:
        """The claim in a line, for the list of errors."""
        subject = self.subject.shown if self.subject else "article"
        rest = " ".join(str(x) for x in (self.role, self.text, self.value, self.unit) if x not in ("", None))
        return f"{self.predicate}({subject}, {self.object.shown if self.object else rest})  «{self.quote[:60]}»"


def norm(text: str | None) -> str:
    """The text in one form for comparison: NFKC, no white space, quotes or punctuation."""
    text = unicodedata.normalize("NFKC", text or "")
    return re.sub(r"[\s\"'“”‘’《》〈〉「」()\[\]—\-·、,。:;#*]+", "", text).lower()


def norm_title(text: str | None) -> str:
    """A headline for comparison, without a bracketed kicker (【…】)."""
    return norm(re.sub(r"【[^】]*】", "", text or "")) or norm(text)


@cache
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters; of a shorter text the text itself."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def dice(a: str, b: str) -> float:
    """How much two texts overlap, by their bigrams: 0 to 1."""
    x, y = bigrams(a), bigrams(b)
    return 2 * len(x & y) / (len(x) + len(y))


def same_claim(predicted: Claim, gold: Claim) -> bool:
    """Whether a predicted claim states what the gold claim does."""
    if predicted.predicate != gold.predicate:
        return False
    if gold.predicate == "authoredBy":
        return norm(predicted.text) == norm(gold.text)
    if not (predicted.subject and gold.subject and predicted.subject.same(gold.subject)):
        return False
    if gold.predicate in PAIRS:
        return bool(predicted.object and gold.object and predicted.object.same(gold.object))
    if gold.predicate == "holdsPost":
        return _same_post(predicted.text, gold.text)
    if gold.predicate == "date":
        return predicted.role == gold.role and str(predicted.value).startswith(str(gold.value))
    if gold.predicate == "funding":
        return predicted.role == gold.role and _same_quantity(predicted, gold)
    if gold.predicate == "statistic":
        return _same_quantity(predicted, gold) and dice(norm(predicted.text), norm(gold.text)) >= 0.2
    return False


def same_statement(a: Claim, b: Claim) -> bool:
    """Whether two gold claims are two readings of one statement: another subject or object, the same words."""
    if a.predicate != b.predicate:
        return False
    x, y = norm(a.quote), norm(b.quote)
    if not x or not y or not (x in y or y in x or dice(x, y) >= 0.5):
        return False
    if a.value is not None or b.value is not None:
        return a.value == b.value and a.role == b.role
    subjects = bool(a.subject and b.subject and a.subject.same(b.subject))
    return subjects or bool(a.object and b.object and a.object.same(b.object))


def repeats_hierarchy(claim: Claim, gold: list[Claim]) -> bool:
    """Whether a locatedIn only repeats the official hierarchy (a village in its county): it counts neither way."""
    if claim.predicate != "locatedIn" or not claim.subject or not claim.object or not claim.object.code:
        return False
    code, above = claim.subject.code, claim.object.code.rstrip("0")
    if code and code != claim.object.code and code.startswith(above):
        return True
    return any(
        bool(g.subject and g.object and g.subject.same(claim.subject) and (g.object.code or "").startswith(above))
        for g in gold
        if g.predicate == "locatedIn"
    )


def _same_post(a: str, b: str) -> bool:
    a, b = norm(a), norm(b)
    return a == b or (min(len(a), len(b)) >= 2 and (a in b or b in a))


def _same_quantity(a: Claim, b: Claim) -> bool:
    (x, u), (y, v) = _quantity(a), _quantity(b)
    if abs(x - y) > 1e-3 * max(abs(x), abs(y), 1e-9):
        return False
    if not u or not v:
        return u == v
    return u == v or (u in COUNTS and v in COUNTS) or u.endswith(v) or v.endswith(u)


def _quantity(claim: Claim) -> tuple[float, str]:
    unit = unicodedata.normalize("NFKC", claim.unit).strip()
    base, factor = UNITS.get(unit, (unit, 1))
    return float(claim.value or 0) * factor, base
