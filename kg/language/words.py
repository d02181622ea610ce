"""Words of a text by jieba, and their rows in the table of word vectors that the tagger reads.

The vectors (skip-gram over news text, training/words.py) lie inside kg/models/tagger.onnx; kg/models/words.txt.xz
lists the words in the order of their rows. The vectors were learned from the words of jieba (MIT); the text is cut by
rjieba (MIT), the same dictionary and method in Rust: the same words, ten times as fast (tests/test_words.py). jieba
itself makes the gazetteer (kg/gazetteer/compile.py) and stays the measure of both.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import rjieba
from numpy.typing import NDArray

_DIGIT = re.compile(r"[0-9０-９]")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
"""What jieba takes for one word where letters and digits stand with other marks."""
POSITIONS = 4
"""Places in a word: alone, first, inner, last."""


@cache
def cutter() -> rjieba.Jieba:
    """The cutter with its dictionary; one of our own, for the words that a program adds to the shared one must not
    change what we read."""
    return rjieba.Jieba()


@cache
def rows() -> dict[str, int]:
    """The words that have a vector, each with its row; row 0 is for all others."""
    packed = (files("kg.models") / "words.txt.xz").read_bytes()
    return {word: n for n, word in enumerate(lzma.decompress(packed).decode("utf-8").split("\n"), 1)}


def cut(text: str) -> list[str]:
    """The words of a text as jieba cuts it; together they are the text."""
    found: list[str] = []
    for word in cutter().cut(text):
        if len(word) > 1 and word.isascii() and not word.isalnum() and not cutter().has_word(word):
            found += [part for part in _LATIN.split(word) if part]  # 2014-2016, which jieba parts and rjieba does not
        else:
            found.append(word)
    return found


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text with their parts of speech, by jieba's dictionary; together they are the text."""
    return [(str(word), str(part)) for word, part in cutter().tag(text)]


def word_planes(texts: Sequence[str]) -> NDArray[np.int64]:
    """For each character of the texts, one after another, the row of its word and its place in the word."""
    table = rows()
    found = [word for text in texts for word in cut(text)]
    sizes = np.fromiter(map(len, found), dtype=np.int64, count=len(found))
    out = np.full((int(sizes.sum()), 2), 2, dtype=np.int64)
    known = {word: table.get(word) or table.get(_DIGIT.sub("0", word), 0) for word in set(found)}
    out[:, 0] = np.repeat([known[word] for word in found], sizes)
    ends = sizes.cumsum()
    out[ends - sizes, 1] = 1
    out[ends - 1, 1] = 3
    out[ends[sizes == 1] - 1, 1] = 0
    return out
