"""From the tagger's spans to the mentions of an article: conflicts settled, every repetition of a name found."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from kg.document import Span
from kg.gazetteer.scan import scan
from kg.language.reading import Reading
from kg.lexicon import alternatives, entries, words

CHARGED = 0.9
"""How sure the object of a verb of taking charge is: surer than most of what the tagger finds within."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span that the tagger or a list has marked in the reading's text."""

    start: int
    end: int
    layer: str
    """Person, Organization, Place, Project, Initiative, Event or Post."""
    score: float
    """The tagger's probability."""
    also: tuple[str, ...] = ()
    """Further layers that marked the same span (a zone is Place and Organization)."""

    @property
    def span(self) -> Span:
        """The span in the reading's text."""
        return Span(self.start, self.end)


def trim(reading: Reading, tagged: list[Tagged]) -> list[Tagged]:
    """The spans without what is no part of a name: 同志 behind a person's goes, and 的 parts one place's name from the
    next. Every name has two characters or more."""
    found = []
    for t in tagged:
        end, between = _trims().get(t.layer, (None, None))
        last = end.search(reading.text, t.start, t.end) if end else None
        stop = last.start() if last else t.end
        at = t.start
        for cut in between.finditer(reading.text, t.start, stop) if between else ():
            found.append(replace(t, start=at, end=cut.start()))
            at = cut.end()
        found.append(replace(t, start=at, end=stop) if (at, stop) != (t.start, t.end) else t)
    return [t for t in found if t.end - t.start >= 2]


@cache
def _trims() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """By layer what is cut off at the end, and what parts two names."""
    forms = {(layer, where): "|".join(map(re.escape, words_.split("|"))) for layer, where, words_ in entries("trims")}
    found = {}
    for layer in {layer for layer, _ in forms}:
        end, between = forms.get((layer, "end")), forms.get((layer, "between"))
        found[layer] = (re.compile(f"(?:{end})$") if end else None, re.compile(between) if between else None)
    return found


def settle(tagged: list[Tagged]) -> list[Tagged]:
    """The spans without conflicts: of two that cross, the surer; one inside another stays only where names nest (a
    place or body in a longer name); one span marked twice is one mention with both types, or the surer type."""
    kept: list[Tagged] = []
    at: dict[int, list[int]] = defaultdict(list)
    """Characters to the numbers of the kept spans that cover them."""
    for t in sorted(tagged, key=lambda t: (-t.score, t.start, t.end, t.layer)):
        over = sorted({n for i in range(t.start, t.end) for n in at[i]})
        twin = next((n for n in over if kept[n].span == t.span and kept[n].layer != "Post"), None)
        if twin is not None and t.layer != "Post":
            if {kept[twin].layer, t.layer} == {"Place", "Organization"}:
                kept[twin] = replace(kept[twin], also=(t.layer,))
            continue
        if all(_together(kept[n], t) for n in over):
            for i in range(t.start, t.end):
                at[i].append(len(kept))
            kept.append(t)
    return sorted(kept, key=lambda t: (t.start, -t.end, t.layer))


def _together(a: Tagged, b: Tagged) -> bool:
    """Whether two overlapping spans may both stand."""
    outer, inner = (a, b) if len(a.span) >= len(b.span) else (b, a)
    if not outer.span.covers(inner.span):  # 云岭市 and 市委书记 share the 市 of 云岭市委书记
        first, second = (a, b) if a.start < b.start else (b, a)
        return first.layer in ("Place", "Organization") and second.layer == "Post"
    if outer.span == inner.span:
        return False
    if outer.layer in ("Person", "Post"):
        return outer.layer == "Post" and inner.layer in ("Organization", "Place")
    if inner.layer == "Post":
        return False
    return inner.layer in ("Place", "Organization") or (
        inner.layer == "Project" and outer.layer in ("Event", "Initiative")
    )


def repeated(reading: Reading, tagged: list[Tagged], sure: float = 0.6) -> list[Tagged]:
    """The spans, and every further place where the text repeats a name that was marked surely somewhere."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[str, Tagged] = {}
    for t in tagged:
        name = reading.text[t.start : t.end]
        votes[name][t.layer] += t.score
        if name not in best or best[name].score < t.score:
            best[name] = t
    covered = bytearray(len(reading.text) + 1)
    for t in tagged:
        covered[t.start : t.end] = b"\1" * len(t.span)
    common = frozenset(words("no_names"))
    found = [t for t in tagged if t.layer == "Post" or reading.text[t.start : t.end] not in common]
    for name in sorted(best, key=len, reverse=True):
        layer = max(sorted(votes[name]), key=votes[name].__getitem__)
        if best[name].score < sure or layer == "Post" or len(name) < 2 or name in common:
            continue
        at = reading.text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(covered[at:end]):
                covered[at:end] = b"\1" * len(name)
                found.append(Tagged(at, end, layer, best[name].score * 0.95, best[name].also))
            at = reading.text.find(name, end)
    return found


def charges(reading: Reading) -> list[Tagged]:
    """What stands behind a verb of taking charge (领办了提升效益、要素保障等任务), up to a figure or the end of the
    clause: a task or problem that someone takes charge of is an initiative, whatever its words."""
    return [Tagged(m.start(1), m.end(1), "Initiative", CHARGED) for m in _charge().finditer(reading.text)]


@cache
def _charge() -> re.Pattern[str]:
    """A verb of taking charge with its object; what is quoted may hold any mark."""
    return re.compile(rf"(?:{alternatives('charges')})了?((?:“[^”\n]*”|[^，,。；;！!？?\n“0-9]){{4,40}})")


def divisions(reading: Reading, tagged: list[Tagged]) -> list[Tagged]:
    """Full names of divisions (云岭县) that the tagger left out, outside of any other mention and at the head of
    bodies' names (云岭县教育局 speaks of 云岭县 too)."""
    endings = tuple(words("division_endings"))
    found = []
    for start, end, name in scan(reading.text):
        if len(name) < 3 or not name.endswith(endings):
            continue
        over = [t for t in tagged if t.start < end and start < t.end]
        if not over or (all(t.layer != "Place" for t in over) and all(t.start == start and t.end > end for t in over)):
            found.append(Tagged(start, end, "Place", 0.8))
    return found
