"""Whether two names of one type speak of the same thing within one article."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import entries

_MARKS = re.compile(r"[\s“”‘’\"'「」『』《》〈〉·,，、()（）\-—]+")
_PHASE = re.compile(r"[一二三四五六七八九十0-9]+[期标段号]")


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without white space, quotes and other marks."""
    return _MARKS.sub("", name)


@cache
def _company_tails() -> tuple[str, ...]:
    return tuple(e[0] for e in entries("company_tails"))


def same_organization(long: str, short: str) -> bool:
    """Whether `short` can be a short form of the body `long`: its end (云岭县教育局, 县教育局), a company's name
    without its legal form, or its initials in order (云岭县发展和改革委员会, 云岭县发改委)."""
    if len(short) < 2 or len(short) >= len(long):
        return False
    if long.endswith(short):
        return len(short) >= 3
    if short in long:
        rest = long[long.index(short) + len(short) :]
        return any(rest == tail or rest.endswith(tail) for tail in _company_tails())
    return 3 <= len(short) <= 6 and len(long) >= len(short) + 3 and _initials(long, short)


def _initials(long: str, short: str) -> bool:
    """Whether the characters of `short` stand in `long` in this order, the first in both first."""
    if long[0] != short[0] and short[0] not in long[1:4]:
        return False
    at = 0
    for character in short:
        at = long.find(character, at) + 1
        if not at:
            return False
    return long[-1] == short[-1] or short[-1] in "委办局部院所行"


def same_work(long: str, short: str) -> bool:
    """Whether `short` can be a short form of the project, initiative or event `long`. A phase is not its whole."""
    if len(short) >= len(long) or short not in long:
        return False
    if _PHASE.findall(long) != _PHASE.findall(short):
        return False
    return len(short) >= 4 or (len(short) >= 2 and long.endswith(short))
