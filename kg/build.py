"""`kg build`: sources in, the folder of a knowledge graph out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import check_workers, load
from kg.document import Metadata, Source
from kg.errors import KgError
from kg.facts import ArticleFacts
from kg.identity import BASE, valid_base
from kg.report import Report, report
from kg.sources import Problem, checked, find, read_file
from kg.staging import staged
from kg.work import extract_all

if TYPE_CHECKING:
    from pyoxigraph import Quad

OUTPUTS = ("store", "graph.ttl", "graph.trig", "index.html", "report.json", "timings.json")
"""What a build writes; all of it is replaced by the next build in the same folder."""

Progress = Callable[[str, int, int], None]
"""Told of each stage (read, extract, link, store, write, view) with the steps done and their number."""


def build(
    sources: str | Path | Iterable[str | Path],
    out: str | Path = "out",
    *,
    published: str | None = None,
    outlet: str | None = None,
    edition: str | None = None,
    url: str | None = None,
    lexicon: str | Path | Sequence[str | Path] | None = None,
    base: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build the graph of files and folders in the folder `out`.

    `published` (2023-12-20, 2023-12 or 2023), `outlet`, `edition` and `url` hold for every source and come before what
    a sidecar, a record or the page says; `lexicon` names files or folders of the user's own words; `base` is what
    data IRIs begin with. What is left None comes from xianzhi.toml in the working folder, where that says it.

    A source that cannot be read is named in the report's problems and the others are built; when none can be read,
    or anything fails, `out` stays as it was. Raises KgError for a mistake in what was given. With `workers` above 1
    a script must guard its entry with `if __name__ == "__main__"`, as multiprocessing asks.
    """
    from kg.facts_out import facts
    from kg.store import create, write_trig, write_turtle

    settings = load()
    out = Path(out)
    base = valid_base(base or settings.base or BASE)
    workers = check_workers(workers) if workers is not None else settings.workers
    words = _paths(lexicon) if lexicon is not None else settings.lexicon
    known = {"published": published, "outlet": outlet or settings.outlet, "edition": edition, "url": url}
    given = checked({key: value for key, value in known.items() if value is not None}, "build")
    tell = progress or (lambda stage, done, total: None)
    clock = _Clock()

    with clock("read"):
        tell("read", 0, 0)
        texts, problems = _read(_paths(sources), given, out)
    if not texts:
        return Report(out, problems=tuple(problems))
    with staged(out, OUTPUTS) as folder:
        with clock("extract"):
            found: list[ArticleFacts] = []
            for done, (said, failed) in enumerate(extract_all(texts, words, workers), 1):
                found += said
                problems += failed
                tell("extract", done, len(texts))
        with clock("link"):
            tell("link", 0, 0)
            quads, failed = _quads(found, base)
            problems += failed
        with clock("store"):
            tell("store", 0, 0)
            create(folder, quads)
        with clock("write"):
            tell("write", 0, 0)
            write_turtle(quads, folder / "graph.ttl")
            write_trig(quads, folder / "graph.trig")
        with clock("view"):
            tell("view", 0, 0)
            _draw(folder)
        result = report(out, texts, sorted(problems), found, facts(folder), clock.seconds)
        result.write(folder)
    return result


class _Clock:
    """Seconds by stage, in the order of the stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - start


def _paths(given: str | Path | Iterable[str | Path]) -> tuple[Path, ...]:
    paths = (given,) if isinstance(given, str | Path) else tuple(given)
    if "" in paths:  # Path would take it for the working folder
        raise KgError("a path is empty; name a file or a folder (. is the working folder)")
    return tuple(map(Path, paths))


def _read(paths: Sequence[Path], given: Metadata, out: Path) -> tuple[list[Source], list[Problem]]:
    texts: list[Source] = []
    problems: list[Problem] = []
    for item in find(paths):
        if isinstance(item, Problem):
            problems.append(item)
        elif (shown := item.name.encode("utf-8", "backslashreplace").decode()) != item.name:
            problems.append(Problem(shown, "the file's name is not in UTF-8; rename the file"))
        elif not _is_output(item.path.resolve(), out.resolve(), paths):
            for read in read_file(item, given):
                if isinstance(read, Problem):
                    problems.append(read)
                else:
                    texts.append(read)
    return texts, problems


def _is_output(path: Path, out: Path, given: Iterable[Path]) -> bool:
    """Whether `path` was written by an earlier build in `out`, which may lie below a folder of sources or be one."""
    if not path.is_relative_to(out):
        return False
    return path.relative_to(out).parts[0] in OUTPUTS or any(folder.resolve() in out.parents for folder in given)


def _quads(found: Sequence[ArticleFacts], base: str) -> tuple[list[Quad], list[Problem]]:
    """Every quad of the graph: the articles', the gazetteer's on the places that they name, the identity decisions."""
    from kg.identity.merge import merge
    from kg.rdf import decision_quads, place_quads, quads

    made: list[Quad] = []
    problems: list[Problem] = []
    for said in found:
        try:
            made += quads(said, base=base)
        except KgError as error:  # names the source itself
            problems.append(Problem(said.article.source.name, f"an article was left out: {error}; please report it"))
    codes = {entity.code for said in found for entity in said.entities if entity.type == "Place" and entity.code}
    made += place_quads(codes, base=base)
    made += decision_quads(merge(found, base), base=base)
    return made, problems


def _draw(folder: Path) -> None:
    """Write the page of the whole graph in `folder`."""
    from kg.view import view

    view(folder)
