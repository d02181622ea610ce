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


_BARE = "^"
"""In front of heads that stand alone, at the beginning of a clause: 项目总投资3亿元, 会议强调."""
_BEGIN = r"(?:(?<=[，,。；;！!？?：:“\n])|^)"
_NO_HEAD = r"(?![、和与及化部书库组办方长法的区内里中等])"
"""What must not follow a bare head: 项目部, 项目、资金 name or list something else."""


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    """The pattern of all anaphors, and for each form its type and endings."""
    forms: dict[str, tuple[str, tuple[str, ...]]] = {}
    bare: set[str] = set()
    for before, head, type_, *rest in entries("anaphors"):
        ending = tuple(rest[0].split("|")) if rest and rest[0] != "-" else ()
        for b in before.split("|"):
            for h in head.split("|"):
                form = ("" if b in ("-", _BARE) else b) + h
                forms[form] = (type_, ending if ending != ("=",) else (h,))
                bare |= {form} if b == _BARE else set()
    ordered = sorted(forms, key=lambda f: (-len(f), f))
    whole = "|".join(map(re.escape, (f for f in ordered if f not in bare)))
    alone = "|".join(map(re.escape, (f for f in ordered if f in bare)))
    return re.compile(f"{whole}|{_BEGIN}(?:{alone}){_NO_HEAD}"), forms


def anaphors(text: str) -> list[Anaphor]:
    """The anaphors of a text in order."""
    pattern, forms = _pattern()
    return [Anaphor(m.start(), m.end(), *forms[m.group()]) for m in pattern.finditer(text)]
