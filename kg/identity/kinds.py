"""What kind of place a name without a division code is, by the name alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def kind_by_name(name: str) -> str:
    """The class of the ontology for the place `name`: Country, Region, Water, Road, VillageGroup, DevelopmentZone,
    Village, Township, County, or else Site."""
    known = dict(_pairs("countries_regions"))
    if name in known:
        return known[name]
    return next((kind for ending, kind in _pairs("place_kinds") if name.endswith(ending)), "Site")


def is_known(name: str) -> bool:
    """Whether `name` is a country, region, river or sea that one name tells from all others."""
    return name in dict(_pairs("countries_regions"))


@cache
def _pairs(table: str) -> tuple[tuple[str, str], ...]:
    """The entries of words/`table`.txt in their order, as (name or ending, kind)."""
    return tuple((word, kind) for kind, word in (line.split("\t") for line in entries(table)))


@cache
def entries(table: str) -> tuple[str, ...]:
    """The lines of words/`table`.txt in their order, comments left out."""
    text = (files("kg.identity") / "words" / f"{table}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
