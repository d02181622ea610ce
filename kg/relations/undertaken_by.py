"""undertakenBy: who builds, owns, develops, invests in or operates a project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.facts import Fact
from kg.lexicon import alternatives
from kg.relations.context import Context
from kg.relations.judge import Judged
from kg.relations.pairs import joined

BEHIND = 12
"""Characters behind the later of the two names in which the verb may still stand (云岭水库由清泉公司负责建设)."""


def facts(context: Context) -> Iterator[Fact]:
    """The facts of undertakenBy in one article. The judge reads from who does it to the project."""
    for fact in joined(context, "undertakenBy", lambda pair: _said(context, pair)):
        yield replace(fact, subject=fact.object or "", object=fact.subject)


def _said(context: Context, pair: Judged) -> bool:
    """Whether one sentence names both and has a verb of building or running there, and none of helping or approving.
    A name inside the other is none of a builder: 云岭茶博物馆二期 is not built by the 云岭茶博物馆."""
    names = [context.entities[i.entity].names for i in (pair.source, pair.target) if i.entity]
    if any(a in b or b in a for a in names[0] for b in names[-1]):
        return False
    sentence = context.reading.sentences[context.reading.sentence(pair.target.start)]
    start = min(pair.source.start, pair.target.start)
    end = min(max(pair.source.end, pair.target.end) + BEHIND, sentence.end)
    if start < sentence.start or max(pair.source.end, pair.target.end) > sentence.end:
        return False
    text = context.reading.text
    return bool(_verbs("undertakings").search(text, start, end)) and not _verbs("helpings").search(text, start, end)


@cache
def _verbs(lexicon: str) -> re.Pattern[str]:
    return re.compile(alternatives(lexicon))
