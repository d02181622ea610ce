"""Sentences and clauses of a paragraph, as positions; full-width and half-width punctuation count alike."""

from __future__ import annotations

import re

from kg.document import Span

_CLOSING = "”’」』\"'）)】〕》〉"
_SENTENCE_END = re.compile(
    rf"""(?: [。！？!?；;]+ | …+ | (?<=[\u4e00-\u9fff”）)]) \. (?! [0-9０-９A-Za-z.] ) )  # 3.5, U.S. and 1. are no end
         [{_CLOSING}]*
       | \n""",
    re.VERBOSE,
)
_GOES_ON = tuple("，,、：:的")
_CLAUSE_END = re.compile(r"[，；;]|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),")


def sentences(text: str) -> list[Span]:
    """The sentences of `text` in order, white space around them left out; together they cover all the rest.

    Closing quotes and brackets stay with the sentence that they close; a line break always ends a sentence.
    """
    found: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if match.group() != "\n":
            mark = match.group().rstrip(_CLOSING)
            closing = match.group()[len(mark) :]
            straight = closing.find('"')
            if straight >= 0 and text.count('"', 0, match.start()) % 2 == 0:  # it opens the next sentence
                closing = closing[:straight]
                end = match.start() + len(mark) + straight
            # An end mark inside a quotation or title ends nothing where the sentence goes on: 《谁来种地？》一文.
            if "》" in closing or ((closing or "…" in mark) and text[end : end + 1] in _GOES_ON):
                continue
        _add(found, text, start, end)
        start = end
    _add(found, text, start, len(text))
    return found


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of one sentence of `text`, cut behind commas and semicolons, not behind 、 or within 1,234."""
    found: list[Span] = []
    start = sentence.start
    for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, sentence.end)
    return found


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))
