"""Anaphors: 该县, 全市, 这家公司, 该项目 — what speaks of a named thing without its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import entries


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that stands for something named before."""

    start: int
    end: int
    type: str
    """The type of what it stands for."""
    endings: tuple[str, ...]
    """How a name that it may stand for ends; empty where any name of the type will do."""


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    """The pattern of all anaphors, and for each form its type and endings."""
    forms: dict[str, tuple[str, tuple[str, ...]]] = {}
    for before, head, type_, *rest in entries("anaphors"):
        ending = tuple(rest[0].split("|")) if rest and rest[0] != "-" else ()
        for b in before.split("|"):
            for h in head.split("|"):
                forms[("" if b == "-" else b) + h] = (type_, ending if ending != ("=",) else (h,))
    ordered = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), forms


def anaphors(text: str) -> list[Anaphor]:
    """The anaphors of a text in order."""
    pattern, forms = _pattern()
    return [Anaphor(m.start(), m.end(), *forms[m.group()]) for m in pattern.finditer(text)]
