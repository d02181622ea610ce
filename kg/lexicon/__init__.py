"""The words that rules go by, as data: one entry a line, fields parted by tabs, `#` opening a comment line."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of `kg/lexicon/<name>.txt`, each a tuple of its tab-separated fields, in the file's order.
    Raises FileNotFoundError where there is no such lexicon."""
    lines = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))


@cache
def alternatives(name: str) -> str:
    """The words of a lexicon as the alternatives of a regular expression, the longest first."""
    return "|".join(map(re.escape, sorted(words(name), key=len, reverse=True)))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A lexicon of regular expressions as one pattern, an earlier one before a later one."""
    return re.compile("|".join(words(name)))


def words(name: str) -> tuple[str, ...]:
    """The first field of each entry of a lexicon, in the file's order."""
    return tuple(entry[0] for entry in entries(name))
