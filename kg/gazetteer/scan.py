"""Finding names of divisions in text, fast: the names of provinces to townships, full and short.

When the data is compiled, names that are common words are left out: those of words/guarded.txt and, for townships, the
words of jieba's dictionary that are no names there. So are townships' short names of two characters.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded where a long text is scanned: commands that scan none start without it
    import numpy as np
    from numpy.typing import NDArray

_BITS = 20
_LONG = 40
"""Characters from which on looking at all places of a text at once pays."""


@cache
def _names() -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """All names, and by their first two characters the lengths of names, the longest first."""
    with (files("kg.gazetteer") / "data" / "scan.txt.gz").open("rb") as packed:
        names = gzip.decompress(packed.read()).decode("utf-8").split("\n")
    masks: dict[str, int] = {}
    for name in names:
        masks[name[:2]] = masks.get(name[:2], 0) | 1 << len(name)
    lengths = {m: tuple(n for n in range(m.bit_length() - 1, 1, -1) if m >> n & 1) for m in set(masks.values())}
    return frozenset(names), {start: lengths[m] for start, m in masks.items()}


@cache
def _filter() -> NDArray[np.bool_]:
    """Whether two characters may begin a name, by the number that `_keys` gives them."""
    import numpy as np

    found = np.zeros(1 << _BITS, dtype=np.bool_)
    starts = "".join(start for start in _names()[1])
    found[_keys(starts)[::2]] = True
    return found


def _keys(text: str) -> NDArray[np.int64]:
    """A number below 2 ** _BITS for each two neighbouring characters of a text."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    return (codes[:-1] * 40_503 ^ codes[1:]) & ((1 << _BITS) - 1)


def _starts(text: str) -> Iterable[int]:
    """The places of a text at which a name may begin."""
    if len(text) < _LONG:
        return range(len(text) - 1)
    import numpy as np

    places: list[int] = np.flatnonzero(_filter()[_keys(text)]).tolist()
    return places


def scan(text: str) -> list[tuple[int, int, str]]:
    """The names in `text` as (start, end, name), the longest at each place, without overlaps, in order."""
    names, lengths = _names()
    found: list[tuple[int, int, str]] = []
    end = 0
    for start in _starts(text):
        if start < end:
            continue
        for length in lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in names:
                end = start + len(name)  # shorter than `length` at the end of the text
                found.append((start, end, name))
                break
    return found
