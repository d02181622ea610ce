"""What every relation module is given: one article's items, entities and judged pairs, and a way to cite."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.document import Span
from kg.facts import TYPES, Entity
from kg.language.reading import Reading
from kg.lexicon import pattern
from kg.relations.items import Item
from kg.relations.judge import Judged
from kg.relations.thresholds import threshold

_CLAUSE = re.compile(r"[，,；;。！？!?\n]")
LOOK = 200
"""Characters back in which the mark before a clause is looked for."""
QUOTE = 160
"""A quotation longer than this is cut to the clauses of its two items."""


@dataclass(frozen=True)
class Context:
    """One article ready for the relation modules."""

    reading: Reading
    items: tuple[Item, ...]
    entities: dict[str, Entity]
    judged: tuple[Judged, ...] = field(repr=False)
    dated: bool = True
    """Whether it is told, and not inferred, when the article was published."""

    @cached_property
    def by_target(self) -> dict[int, list[Judged]]:
        """The judged pairs of each target item, by the item's identity."""
        found: dict[int, list[Judged]] = defaultdict(list)
        for pair in self.judged:
            found[id(pair.target)].append(pair)
        return found

    def stated(self, *labels: str) -> Iterator[tuple[Judged, str, float]]:
        """The pairs judged to state one of `labels`, in text order, with the most probable of them."""
        least = {label: threshold(label) for label in labels}
        for pair in self.judged:
            probability, label = 0.0, labels[0]
            for each in labels:
                if pair.probabilities.get(each, 0.0) > probability:
                    probability, label = pair.probabilities[each], each
            if probability >= least[label] and not self.denied(pair.source, pair.target):
                yield pair, label, probability

    def within(self, start: int, end: int) -> tuple[Item, ...]:
        """The items that begin and end between two positions of the reading's text, in order."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(i for i in self.items[low:high] if i.end <= end)

    @cached_property
    def _starts(self) -> list[int]:
        return [i.start for i in self.items]

    def clause(self, position: int) -> Span:
        """The clause around `position` in the reading's text."""
        marks = self._marks
        at = bisect_left(marks, position)
        start = marks[at - 1] + 1 if at and marks[at - 1] >= position - LOOK else 0
        end = marks[at] if at < len(marks) else len(self.reading.text)
        sentence = self.reading.sentences[self.reading.sentence(position)]
        return Span(max(sentence.start, start), min(sentence.end, end))

    @cached_property
    def _marks(self) -> list[int]:
        """Where the marks stand that end a clause."""
        return [m.start() for m in _CLAUSE.finditer(self.reading.text)]

    def between(self, *items: Item) -> Span:
        """From the clause of the first item to the clause of the last, items of other sentences left aside."""
        anchor = items[-1]
        number = self.reading.sentence(anchor.start)
        here = [i for i in items if self.reading.sentence(i.start) == number]
        return Span(min(self.clause(i.start).start for i in here), max(self.clause(i.end - 1).end for i in here))

    def cite(self, *items: Item) -> Span:
        """The evidence for a fact, in the source: the sentence of the last item, or where that is long the clauses
        of the items that stand in it."""
        sentence = self.reading.sentences[self.reading.sentence(items[-1].start)]
        span = sentence if len(sentence) <= QUOTE else self.between(*items)
        return self.reading.source(span) if self.reading.paragraphs else span

    def modality(self, *items: Item) -> str:
        """planned where the clauses of the items say 将, 拟, 计划 … outside of names (三年行动计划), or where their
        sentence looks ahead before (届时, 下一步); else asserted."""
        span, text = self.between(*items), self.reading.text
        sentence = self.reading.sentences[self.reading.sentence(items[-1].start)]
        if pattern("plans_ahead").search(text, sentence.start, span.end):
            return "planned"
        found = (Span(m.start(), m.end()) for m in pattern("plans").finditer(text, span.start, span.end))
        named = [Span(i.start, i.end) for i in self.within(span.start, span.end) if i.kind in TYPES]
        return "planned" if any(not any(n.overlaps(f) for n in named) for f in found) else "asserted"

    def denied(self, source: Item, target: Item) -> bool:
        """Whether the clause of the target, up to the later of the two items, denies or only supposes what it says."""
        clause = self.clause(target.start)
        return bool(pattern("denials").search(self.reading.text, clause.start, max(source.start, target.start)))
