"""Words of a text by jieba, and their rows in the table of word vectors that the tagger reads.

The vectors (skip-gram over news text, training/words.py) lie inside kg/models/tagger.onnx; kg/models/words.txt.xz
lists the words in the order of their rows. jieba (MIT) cuts the text with its own dictionary.
"""

from __future__ import annotations

import logging
import lzma
import re
import warnings
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DIGIT = re.compile(r"[0-9０-９]")
POSITIONS = 4
"""Places in a word: alone, first, inner, last."""


@cache
def jieba() -> Any:
    """The jieba module, with its dictionary loaded and its log silent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own patterns, written before raw strings were asked for
        import jieba as module
    module.setLogLevel(logging.WARNING)
    module.initialize()
    return module


@cache
def rows() -> dict[str, int]:
    """The words that have a vector, each with its row; row 0 is for all others."""
    packed = (files("kg.models") / "words.txt.xz").read_bytes()
    return {word: n for n, word in enumerate(lzma.decompress(packed).decode("utf-8").split("\n"), 1)}


def cut(text: str) -> list[str]:
    """The words of a text; together they are the text."""
    return list(jieba().cut(text))


def word_planes(texts: Sequence[str]) -> NDArray[np.int64]:
    """For each character of the texts, one after another, the row of its word and its place in the word."""
    table = rows()
    found = [word for text in texts for word in cut(text)]
    sizes = np.fromiter(map(len, found), dtype=np.int64, count=len(found))
    out = np.full((int(sizes.sum()), 2), 2, dtype=np.int64)
    out[:, 0] = np.repeat([table.get(word) or table.get(_DIGIT.sub("0", word), 0) for word in found], sizes)
    ends = sizes.cumsum()
    out[ends - sizes, 1] = 1
    out[ends - 1, 1] = 3
    out[ends[sizes == 1] - 1, 1] = 0
    return out
