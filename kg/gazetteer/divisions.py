"""The table of divisions: official names and codes, parents, children, and look-up by name.

Provinces to townships are held in memory (45,000 rows); villages are read from the packed file, one prefecture at a
time, when they are asked for. Codes are in full form: 430000, 430200, 430225, 430224109, 430224109203.
"""

from __future__ import annotations

import gc
import gzip
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

from kg.errors import KgError
from kg.gazetteer.forms import LEVELS, is_community, root, village_root

KINDS = {"P": "Province", "F": "Prefecture", "C": "County", "T": "Township", "Z": "DevelopmentZone"}
"""The letters of the table's third column."""

_DATA = files("kg.gazetteer") / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A division."""

    code: str
    """In full form: 6, 9 or 12 digits."""
    name: str
    """The official name; a village's with the ending that the list has (村委会)."""
    kind: str
    """Province, Prefecture, County, Township, Village, or DevelopmentZone: a zone, park or farm office that the list
    of divisions counts as a county or township."""
    exact: bool = True
    """Whether it was found by its official name, not by a short, former or otherwise ended one."""


@dataclass(frozen=True)
class _Table:
    rows: dict[str, tuple[str, str]]  # code → name, letter of KINDS; sorted by code
    codes: list[str]
    named: dict[str, list[str]]  # official name → codes
    short: dict[str, list[str]]  # short form → codes


@cache
def _table() -> _Table:
    rows: dict[str, tuple[str, str]] = {}
    named: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    with (_DATA / "divisions.tsv.gz").open("rb") as packed:
        lines = gzip.decompress(packed.read()).decode("utf-8").splitlines()
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand new lists would make it run over and over
    try:
        for line in lines:
            code, name_, letter, forms = line.split("\t")
            rows[code] = (name_, letter)
            named.setdefault(name_, []).append(code)
            if forms:
                for form in forms.split(" "):
                    short.setdefault(form, []).append(code)
    finally:
        if collecting:
            gc.enable()
    return _Table(rows, list(rows), named, short)


@cache
def _former() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for line in (_DATA / "former.tsv").read_text(encoding="utf-8").splitlines():
        name_, code = line.split("\t")
        names.setdefault(name_, []).append(code)
    return names


@cache
def _archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO((_DATA / "villages.zip").read_bytes()))


@lru_cache(maxsize=64)
def _villages(prefecture: str) -> str:
    """The villages whose codes begin with `prefecture` (four digits), sorted by code: lines of the other eight digits,
    a tab and the name, with a line break before the first and behind the last."""
    try:
        return "\n" + _archive().read(prefecture).decode("utf-8")
    except KeyError:
        return "\n"


def villages(within: str, name_: re.Pattern[str] | str = "") -> Iterator[tuple[str, str]]:
    """Code and name of the villages in the prefecture, county or township `within` whose names begin with `name_`,
    sorted by code. They are searched as one text: a table of a prefecture's villages would be made to read a few."""
    outer, digits = within[:4], prefix(within)[4:]
    text = _villages(outer)
    begin = text.find("\n" + digits)
    end = text.find("\n", text.rfind("\n" + digits, 0, -1) + 1)
    for tab in _tabs(text, begin, end, name_) if 0 <= begin < end else ():
        yield outer + text[tab - 8 : tab], text[tab + 1 : text.find("\n", tab)]


def _tabs(text: str, begin: int, end: int, name_: re.Pattern[str] | str) -> Iterator[int]:
    """Where a tab stands before a name that begins with `name_`."""
    if isinstance(name_, re.Pattern):
        yield from (match.start() for match in re.compile("\t" + name_.pattern).finditer(text, begin, end))
        return
    at = text.find("\t" + name_, begin, end)
    while at >= 0:
        yield at
        at = text.find("\t" + name_, at + 1, end)


def name(code: str) -> str:
    """The official name of the division with `code`. Raises KgError if there is none."""
    row = _table().rows.get(code)
    found = row[0] if row else next((n for _, n in villages(code)), None) if len(code) == 12 else None
    if found is None:
        raise KgError(f"no division has the code {code}; codes have 6 digits, 9 for townships, 12 for villages")
    return found


def kind(code: str) -> str:
    """The kind of the division with `code`, as in `Place.kind`. Raises KgError if there is none."""
    name(code)
    return "Village" if len(code) == 12 else KINDS[_table().rows[code][1]]


def parents(code: str) -> list[str]:
    """The codes of the divisions that `code` lies in, the nearest first: 430224109 → 430224, 430200, 430000."""
    above = (code[:9], code[:6], code[:4] + "00", code[:2] + "0000")
    rows = _table().rows
    return [c for i, c in enumerate(above) if c != code and c in rows and c not in above[:i]]


def prefix(code: str) -> str:
    """The digits that the codes of all divisions within `code` begin with: 430200 → 4302."""
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def contains(outer: str, inner: str) -> bool:
    """Whether the division with code `inner` is `outer` or lies in it."""
    return inner.startswith(prefix(outer))


def children(code: str) -> list[str]:
    """The codes of the divisions directly below `code`, sorted; those of a township are its villages."""
    if len(code) == 9:
        return [c for c, _ in villages(code)]
    return [c for c in below(code) if c != code and parents(c)[:1] == [code]]


def below(code: str) -> Iterator[str]:
    """The codes of `code` and of all divisions within it down to the townships, sorted."""
    codes, digits = _table().codes, prefix(code)
    for i in range(bisect_left(codes, digits), len(codes)):
        if not codes[i].startswith(digits):
            return
        yield codes[i]


@lru_cache(maxsize=1 << 16)
def lookup(name: str, within: str | None = None) -> list[Place]:
    """The divisions that `name` may stand for, those found by their official name first, then by level and code.

    Official names count most, then short forms (炎陵), then former names (株洲县), and where none of these is found,
    names whose ending has changed: a county that is a district or city by now, if there is one of that name, and, only
    with `within`, a 乡 that is a 镇. With `within`, the code of a division, only divisions below it are found, and
    villages too when it is a prefecture or smaller. An empty list if there is none.
    """
    table = _table()
    tiers = [table.named.get(name, []), table.short.get(name, []), _former().get(name, [])]
    if within is None:
        found = [_place(c, i == 0) for i, tier in enumerate(tiers) for c in tier if c not in _seen(tiers[:i])]
        return found or [_place(c, False) for c in _renamed_county(name)]
    tiers = [[c for c in tier if contains(within, c)] for tier in tiers]
    found = [_place(c, i == 0) for i, tier in enumerate(tiers) for c in tier if c not in _seen(tiers[:i])]
    if not found:
        found = [_place(c, False) for c in (*_renamed_county(name), *_renamed_townships(name)) if contains(within, c)]
    return found or _lookup_village(name, within)


def _seen(tiers: list[list[str]]) -> set[str]:
    return {code for tier in tiers for code in tier}


def _place(code: str, exact: bool) -> Place:
    name_, letter = _table().rows[code]
    return Place(code, name_, KINDS[letter], exact)


def _renamed_county(name: str) -> list[str]:
    """The county that has the root of `name` and another ending, if there is just one; not a prefecture of that name,
    and not for a 新区, which is often a zone within the district of its name."""
    bare = root(name, "County")
    if bare == name or name.endswith("新区"):
        return []
    codes = [c for c in _table().short.get(bare, ()) if len(c) == 6 and not c.endswith("00")]
    return codes if len(codes) == 1 else []


def _renamed_townships(name: str) -> list[str]:
    """The townships that have the root of `name` and another ending."""
    bare = root(name, "Township")
    return [] if bare == name else [c for c in _table().short.get(bare, ()) if len(c) == 9]


def _lookup_village(name: str, within: str) -> list[Place]:
    if within.endswith("0000"):
        return []
    bare, community = village_root(name), is_community(name)
    places = [
        Place(code, official, "Village", bare == name or community == is_community(official))
        for code, official in villages(within, bare)
        if village_root(official) == bare
    ]
    return sorted(places, key=lambda p: (not p.exact, p.code))


def level(place: Place) -> int:
    """0 for provinces to 4 for villages; zones count as the level of their code."""
    if place.kind != "DevelopmentZone":
        return LEVELS.index(place.kind)
    return 2 if len(place.code) == 6 else 3
