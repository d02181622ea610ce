"""One source to what its articles say, in this process or in several: the part of a build that takes the time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from kg.document import Source
from kg.facts import ArticleFacts
from kg.sources import Problem

if TYPE_CHECKING:
    from kg.lexicon.user import Lexicon

POOL_FROM = 80_000
"""Characters a process from which another one earns back its start: it takes a second for the model and the gazetteer,
in which the first has read 35,000, and from then on each reads its share."""

Outcome = tuple[list[ArticleFacts], list[Problem]]


def extract_all(sources: Sequence[Source], words: tuple[Path, ...], workers: int | None = None) -> Iterator[Outcome]:
    """Yield the outcome of each source, in order. `words` are the user's own lexicons; `workers` is the number of
    processes, by the amount of text when None. Raises KgError for a mistake in a lexicon."""
    _lexicon(words)  # a mistake in it is told once, before any process starts
    if workers is None:
        workers = min(os.cpu_count() or 1, 1 + sum(len(source.text) for source in sources) // POOL_FROM)
    workers = min(workers, len(sources))
    if workers < 2:
        for source in sources:
            yield outcome(source, words)
        return
    # spawn: a forked process would inherit the threads of the tagger and the store half-alive
    with ProcessPoolExecutor(workers, get_context("spawn"), _lexicon, (words,)) as pool:
        size = max(1, min(16, len(sources) // (4 * workers)))
        yield from pool.map(outcome, sources, [words] * len(sources), chunksize=size)


def outcome(source: Source, words: tuple[Path, ...]) -> Outcome:
    """What the articles of `source` say. A fault in one article is a problem of that article alone."""
    from kg.articles import split
    from kg.extract import extract

    found: list[ArticleFacts] = []
    problems: list[Problem] = []
    try:
        articles = split(source)
    except Exception as error:
        return [], [Problem(source.name, _fault("splitting", error))]
    for article in articles:
        try:
            found.append(extract(article, _lexicon(words)))
        except Exception as error:
            problems.append(Problem(f"{source.name}:{article.start}", _fault("extracting", error)))
    return found, problems


@cache
def _lexicon(words: tuple[Path, ...]) -> Lexicon:
    from kg.lexicon.user import Lexicon

    return Lexicon.load(words)


def _fault(doing: str, error: Exception) -> str:
    """One line for what should not happen; the traceback's last place tells the maintainers where."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"a fault of kg in {doing} ({type(error).__name__}: {error}{where}); please report it"
