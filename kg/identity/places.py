"""Which division each place name of one article stands for.

A name is read from the outside in: a township or village through its county, a county through its prefecture, those
through the article's own context: the places that it names in full, those written before a name (虎踞镇银湖村), its
dateline and its outlet. A name that stays ambiguous gets no code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.document import Span
from kg.gazetteer import Place, lookup, parents, scan, similar
from kg.gazetteer.divisions import contains, level, prefix
from kg.gazetteer.forms import endings
from kg.identity.kinds import is_known, kind_by_name

OUTLET = 2
"""What the outlet's home counts for as context; a place named in full counts 2 and 1 more for each time."""
NEAREST = 3
"""How many of the best supported counties are searched for a village or a damaged name."""
ALIKE = 0.5
"""From which score on (kg.gazetteer.similar) a damaged name counts as the division that it looks like."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a place name stands for."""

    code: str | None
    """The official code; None for places that have none, and where it stays open which it is."""
    kind: str
    """The class of the ontology: Province to Village by the division, else what the name's ending says."""
    name: str
    """The name of the place itself, without what stood before it (湖南省炎陵县 → 炎陵县); where OCR damaged it, as it
    should be."""
    within: str | None
    """For a place without a code, the code of the place written before it, or else the county or prefecture that the
    article is about; None if that is unknown, and for countries and the like."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name at one place of the text, cut out of what was written together with it."""

    name: str
    before: int | None
    """The index of the name that was written before it."""


def link(mentions: Sequence[tuple[str, Span]], text: str, start: int = 0, *, outlet: str | None = None) -> list[Link]:
    """What each of `mentions` (name and span, in the order of the text) stands for.

    `text` is the article's whole text, headline and dateline included, and `start` its position in the source, which
    the spans count from; `outlet` is the paper's name, if known: its home counts as context.
    """
    names, last = _names(mentions, text, start)
    reading = _Reading(names, outlet)
    return [reading.link(index) for index in last]


def parts(name: str) -> list[str]:
    """`name` cut where one division's name ends and the next begins: 湖南省炎陵县霞阳镇 → 湖南省, 炎陵县, 霞阳镇.

    A noun in front of a province, prefecture or county is dropped (首都北京).
    """
    return list(_cut_up("".join(name.split())))


@lru_cache(maxsize=1 << 14)
def _cut_up(rest: str) -> tuple[str, ...]:
    found: list[str] = []
    while not lookup(rest):
        head = next((found_name for begin, _, found_name in scan(rest)[:1] if begin == 0), "")
        tail = rest[len(head) :]
        if len(tail) < 2 or not any(_cut(head, tail, place) for place in lookup(head)):
            break
        found.append(head)
        rest = tail
    begin, end, last = scan(rest)[-1] if scan(rest) else (0, 0, "")
    if begin > 1 and end == len(rest) and not lookup(rest) and any(level(p) < 3 for p in lookup(last)):
        rest = last  # 首都北京
    return (*found, rest)


def _cut(head: str, tail: str, place: Place) -> bool:
    """Whether `head`, which may be `place`, is a name of its own before `tail`: in 株洲天元区, not in 西湖村."""
    if place.exact or level(place) < 2:
        return True
    return level(place) == 2 and (head.endswith(endings("County")) or bool(lookup(tail, place.code)))


def _names(mentions: Sequence[tuple[str, Span]], text: str, start: int) -> tuple[list[_Named], list[int]]:
    """All names in the order of the text: those of the mentions in their parts, and those that the gazetteer finds in
    the rest of the text; and for each mention the index of its last part."""
    pieces = [(s.start - start, s.end - start, name, i) for i, (name, s) in enumerate(mentions)]
    taken = {position for begin, end, _, _ in pieces for position in range(begin, end)}
    pieces += [(s, e, name, -1) for s, e, name in scan(text) if taken.isdisjoint(range(s, e))]
    names: list[_Named] = []
    last = [0] * len(mentions)
    at = -1
    for begin, end, name, mention in sorted(pieces):
        before = len(names) - 1 if 0 <= at <= begin and _joined(text[at:begin]) else None
        for part in parts(name):
            names.append(_Named(part, before))
            before = len(names) - 1
        if mention >= 0:
            last[mention] = len(names) - 1
        at = end
    return names, last


def _joined(gap: str) -> bool:
    """Whether names with `gap` between them are written together, be it over the end of a line."""
    return not gap or (len(gap) < 3 and gap.isspace() and gap.count("\n") < 2)


class _Reading:
    """The names of one article and what they have been found to be so far."""

    def __init__(self, names: list[_Named], outlet: str | None) -> None:
        self.names = names
        self.support: Counter[str] = Counter()
        """Code → how much the article speaks of that division or of one within it."""
        self.places: dict[int, Place] = {}
        self.in_full = {named.name for named in names}
        for _, _, home in scan(outlet or ""):
            self._vote(self._upper(home, None), OUTLET)
        for name, count in Counter(named.name for named in names).items():
            places = [p for p in lookup(name) if p.exact and level(p) < 3]
            if len(places) == 1:
                self._vote(places[0], 2 + count)
        for read in (self._upper, self._township, self._village, self._damaged):
            self._read_all(read)

    def link(self, index: int) -> Link:
        """The result for the name at `index`."""
        name, place = self.names[index].name, self.places.get(index)
        if place is not None and place.kind != "DevelopmentZone":
            damaged = not place.exact and not lookup(name, place.code) and not place.name.startswith(name)
            return Link(place.code, place.kind, place.name if damaged else name, None)
        kind = place.kind if place else kind_by_name(name)
        return Link(None, kind, name, None if kind in ("Country", "Region") else self._around(index))

    def _read_all(self, read: Callable[[str, Place | None], Place | None]) -> None:
        """Read the names that are still open: first those with a known place before them, which settle the sense of
        the same name standing alone elsewhere in the article."""
        senses: dict[str, Counter[str]] = {}
        known: dict[str, Place] = {}
        for index, named in enumerate(self.names):
            outer = self._outer(index)
            if outer is not None and index not in self.places:
                place = read(named.name, outer)
                if place is not None and contains(outer.code, place.code):
                    self._settle(index, place)
                    senses.setdefault(named.name, Counter())[place.code] += 1
                    known[place.code] = place
        alone: dict[str, Place | None] = {}
        for index, named in enumerate(self.names):
            if index in self.places or is_known(named.name):
                continue
            if named.name in senses:
                place = known[max(sorted(senses[named.name]), key=senses[named.name].__getitem__)]
            else:
                if named.name not in alone:
                    alone[named.name] = read(named.name, None)
                found = alone[named.name]
                if found is None:
                    continue
                place = found
            self._settle(index, place)

    def _settle(self, index: int, place: Place) -> None:
        self.places[index] = place
        self._vote(place, 1)

    def _vote(self, place: Place | None, weight: int) -> None:
        if place is not None:
            for code in (place.code, *parents(place.code)):
                self.support[code] += weight

    def _upper(self, name: str, outer: Place | None) -> Place | None:
        """The province, prefecture or county that `name` is."""
        places = [p for p in lookup(name) if level(p) < 3]
        inner = [p for p in places if outer is not None and contains(outer.code, p.code) and p.code != outer.code]
        places = inner or places
        if any(p.exact for p in places):
            places = [p for p in places if p.exact]
        full = [p for p in places if p.name in self.in_full] if not any(p.exact for p in places) else []
        top = min((level(p) for p in full or places), default=0)
        best = self._best([p for p in full or places if level(p) == top], alone=True)
        if best is not None and not best.exact and level(best) == 2 and not any(self._nearness(best)):
            near = (p for p in lookup(name) if level(p) == 3 and self._nearness(p)[0])
            return None if any(near) else best  # 龙潭 is the county's 龙潭镇 rather than a far 龙潭区
        return best

    def _township(self, name: str, outer: Place | None) -> Place | None:
        """The township that `name` is: in the place before it, else in a county that the article speaks of."""
        places = [p for p in lookup(name, outer.code if outer else None) if level(p) == 3]
        street = outer is not None and name.endswith("街")  # 黄陂六指街 is 六指街道, 六指街 alone may be a street
        if not name.endswith(endings("Township")) and len(name) > 2 and not street:
            # a short name that long is a site's (万峰林), unless the article has it in full too
            places = [p for p in places if p.exact or p.name in self.in_full]
        if outer is not None:
            return self._best([p for p in places if p.exact or level(outer) > 0], alone=True)
        exact = self._best([p for p in places if p.exact])
        if exact is not None or name.endswith(endings("Village")):
            return exact
        near = {p.code: p for p in places if not p.exact and self.support[p.code[:6]]}
        if name.endswith(endings("Township")):  # 虎踞乡 for 虎踞镇
            found = (p for county in self._supported(6) for p in lookup(name, county))
            near |= {p.code: p for p in found if level(p) == 3 and not p.exact}
        return self._best(list(near.values()))

    def _village(self, name: str, outer: Place | None) -> Place | None:
        """The village that `name` is: in the place before it, else in a township or county of the article."""
        full = name.endswith(endings("Village"))
        if outer is not None:
            return self._one_village(lookup(name, outer.code)) if full or level(outer) > 2 else None
        if not full and lookup(name):
            return None
        # without its ending (银湖、黄石等村) a village is only looked for in the townships that the article names
        for code in (*self._supported(9), *(self._supported(6)[:NEAREST] if full else ())):
            place = self._one_village(lookup(name, code))
            if place is not None:
                return place
        return None

    def _one_village(self, places: Iterable[Place]) -> Place | None:
        villages = [p for p in places if p.kind == "Village"]
        return self._best([p for p in villages if p.exact] or villages, alone=True)

    def _damaged(self, name: str, outer: Place | None) -> Place | None:
        """The division that looks like `name`, which no division is called."""
        if len(name) < 3 or lookup(name) or kind_by_name(name) not in ("County", "Township", "Village"):
            return None
        if outer is not None:
            within = [outer.code]
        elif kind_by_name(name) == "County":
            within = self._supported(4)[:1]
        else:
            within = self._supported(6)[:NEAREST]
        found = [(place, score) for place, score in similar(name, within) if score >= ALIKE]
        if not found or (len(found) > 1 and found[1][1] == found[0][1]):
            return None
        return found[0][0]

    def _best(self, places: list[Place], *, alone: bool = False) -> Place | None:
        """The place around which the article speaks of most; None for a draw, and where it speaks of none unless there
        is just one and `alone` says that it may stand on its own."""
        if len(places) == 1 and alone:
            return places[0]
        ranked = sorted(places, key=self._nearness, reverse=True)
        if not ranked or not any(self._nearness(ranked[0])):
            return None
        if len(ranked) > 1 and self._nearness(ranked[0]) == self._nearness(ranked[1]):
            return None
        return ranked[0]

    def _nearness(self, place: Place) -> tuple[int, ...]:
        """The support of what `place` lies in, the nearest first."""
        return tuple(self.support[code] for code in parents(place.code))

    def _supported(self, digits: int) -> list[str]:
        """The codes of counties (6), townships (9) or prefectures (4) that the article speaks of, the most first."""
        codes = [c for c in self.support if len(prefix(c)) == digits]
        return sorted(codes, key=lambda c: (-self.support[c], c))

    def _outer(self, index: int) -> Place | None:
        """The nearest place with a code that was written before the name at `index`."""
        before = self.names[index].before
        while before is not None and before not in self.places:
            before = self.names[before].before
        return None if before is None else self.places[before]

    def _around(self, index: int) -> str | None:
        outer = self._outer(index)
        if outer is not None:
            return outer.code
        return next((code for digits in (6, 4, 2) for code in self._supported(digits)[:1]), None)
