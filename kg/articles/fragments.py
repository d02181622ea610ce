"""Lines that look like headlines and are the first half of a paragraph that a column break cut in two."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.articles.blocks import Block, Kind
from kg.articles.credits import Credit
from kg.articles.names import person
from kg.document import Author
from kg.language.words import cutter
from kg.lexicon import words

SHORT = 12
"""A headline of fewer characters can end with a figure, or have several commas."""
SAYING = re.compile("(?:强调|指出|表示|介绍|认为|告诉记者|说)[,，]")


def mended_heads(found: list[Block]) -> list[Block]:
    """Return the blocks, with those headline-like lines turned into running text that go on in the next line."""
    out = list(found)
    for index in range(len(out) - 2, 0, -1):
        here, after = out[index], out[index + 1]
        plain = here.kind is Kind.HEAD and not here.level and not here.lines[0].bold
        body = after.kind is Kind.BODY and not after.dateline
        if plain and body and goes_on(here.text, after.text):
            out[index] = replace(here, kind=Kind.BODY)
    return out


def signed_by_name(found: list[Block]) -> list[Block]:
    """Return the blocks, with a line that is only a person's name behind the last of the text taken for its author."""
    out = list(found)
    for index in range(1, len(out)):
        here, ends = out[index], index + 1 == len(out) or out[index + 1].kind is Kind.EDITOR
        name = re.sub(r"\s", "", here.text)
        if here.kind is Kind.HEAD and not here.level and ends and out[index - 1].kind is Kind.BODY and person(name):
            said = Credit((Author(name, "reporter", here.lines[0].span),), signed=True, desk=False)
            out[index] = replace(here, kind=Kind.BYLINE, credit=said)
    return out


def goes_on(line: str, after: str) -> bool:
    """Whether `line` stops within a sentence that goes on with `after`: at a word that no headline ends with, before a
    punctuation mark, or in the middle of a word."""
    if after[:1] in "，。、；：,.;:)）》”’" or (line[-1:].isdigit() and after[:1].isdigit()):
        return True
    if (line[-1:].isdigit() and len(line) > SHORT) or SAYING.search(line):
        return True
    if len(line) > SHORT and len(re.findall("[,，]", line)) > 1:
        return True
    before, behind = line[-8:], after[:8]
    at = 0
    for word in cutter().cut(before + behind, hmm=False):
        if at < len(before) < at + len(word):
            return True
        at += len(word)
        if at == len(before):
            return word in words("article_never_last")
    return False
