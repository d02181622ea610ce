"""Anaphors: 该县, 全市, 这家公司, 该项目 — what speaks of a named thing without its name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from kg.lexicon import alternatives, entries

HEAD = 6
"""Characters that the head of a pointing word may have (该重点实验室)."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that stands for something named before."""

    start: int
    end: int
    type: str
    """The type of what it stands for; empty where its head alone says it."""
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
    firsts = re.escape("".join(sorted({f[0] for f in forms})))  # looked at first, else every form is tried everywhere
    return re.compile(f"(?=[{firsts}])(?:{whole}|{_BEGIN}(?:{alone}){_NO_HEAD})"), forms


def anaphors(text: str) -> list[Anaphor]:
    """The anaphors of a text in order."""
    pattern, forms = _pattern()
    return [Anaphor(m.start(), m.end(), *forms[m.group()]) for m in pattern.finditer(text)]


def pointing(text: str, endings: Collection[str]) -> list[Anaphor]:
    """The words that point at a name by its own ending: 该重点实验室 where `endings` holds 重点实验室."""
    found = []
    for match in re.finditer(alternatives("pointers"), text):
        heads = (text[match.end() : match.end() + n] for n in range(HEAD, 1, -1))
        head = next((h for h in heads if h in endings), None)
        if head is not None:
            found.append(Anaphor(match.start(), match.end() + len(head), "", (head,)))
    return found
