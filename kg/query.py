"""`kg query`: SPARQL 1.1 over the graph, its answer as a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import PREFIXES
from kg.store import open_store

FORMATS = ("csv", "json", "xml", "ttl")

_TABLES = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
_GRAPHS = {"ttl": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
_POSITION = re.compile(r"error at (?:line )?(\d+):(\d+):?\s*")


@dataclass(frozen=True)
class Table:
    """An answer in rows of text: what a terminal shows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Result:
    """The answer to a query. What it holds is read from the store when it is asked for, so ask while it is open."""

    def __init__(self, run: Callable[[], ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples]) -> None:
        """`run` answers the query anew each time: an answer of the store can be walked through only once."""
        self._run = run

    @property
    def is_graph(self) -> bool:
        """Whether the answer is triples (CONSTRUCT, DESCRIBE) and not rows or a truth value."""
        return isinstance(self._run(), ox.QueryTriples)

    def table(self) -> Table:
        """The answer as rows of text: IRIs with the predeclared prefixes, literals without type and language; an
        unbound variable is an empty text, ASK gives one row, CONSTRUCT the columns subject, predicate, object."""
        with _failures():
            return self._table()

    def _table(self) -> Table:
        answer = self._run()
        if isinstance(answer, ox.QueryBoolean):
            return Table(("answer",), (("true" if answer else "false",),))
        if isinstance(answer, ox.QueryTriples):
            rows = sorted((shown(t.subject), shown(t.predicate), shown(t.object)) for t in answer)
            return Table(("subject", "predicate", "object"), tuple(rows))
        names = [variable.value for variable in answer.variables]
        return Table(tuple(names), tuple(tuple(shown(row[name]) for name in names) for row in answer))

    def serialize(self, format: str) -> str:
        """The answer as text in csv, json, xml or ttl: SPARQL's own result formats for rows and truth values; for
        triples ttl, JSON-LD or RDF/XML. Raises KgError for a format that cannot hold this kind of answer."""
        with _failures():
            return self._serialize(format)

    def _serialize(self, format: str) -> str:
        answer = self._run()
        if isinstance(answer, ox.QueryTriples):
            if format not in _GRAPHS:
                raise KgError(f"the query gives triples, which {format} cannot hold; use ttl, json or xml")
            triples = sorted(answer, key=str)
            return (ox.serialize(triples, format=_GRAPHS[format], prefixes=PREFIXES) or b"").decode("utf-8")
        if format not in _TABLES:
            raise KgError(f"the query gives rows, which {format} cannot hold; use csv, json or xml, or CONSTRUCT")
        if isinstance(answer, ox.QueryBoolean) and format == "csv":
            return f"{'true' if answer else 'false'}\n"
        return (answer.serialize(format=_TABLES[format]) or b"").decode("utf-8")


def query(query_or_file: str | Path, out: Path | str = "out") -> Result:
    """Answer a SPARQL 1.1 query, given as text or as the name of a file that holds it, over the build in `out`.

    The default graph is the union of all named graphs; `kg:` and the usual prefixes (kg.rdf.PREFIXES) need no
    declaration. Raises KgError for a query with a mistake, naming line and column, and where `out` holds no build.
    """
    text = _text(query_or_file)
    store = open_store(out)

    def run() -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return store.query(text, prefixes=PREFIXES)

    try:
        run()
    except SyntaxError as error:
        raise KgError(_one_line(error, text)) from None
    return Result(run)


def shown(term: object) -> str:
    """A term of an answer as a person reads it; an empty text for None."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value.removeprefix(namespace)}"
        return term.value
    if isinstance(term, ox.Literal):
        return term.value
    return str(term)


@contextmanager
def _failures() -> Iterator[None]:
    """What goes wrong while an answer is read (a SERVICE that does not answer) as one line."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise KgError(f"the query failed: {' '.join(str(error).split())}") from error


def _text(query_or_file: str | Path) -> str:
    if not isinstance(query_or_file, Path) and re.search(r"[\s{]", query_or_file):
        return query_or_file
    path = Path(query_or_file)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"no query and no readable file: {query_or_file}; give SPARQL or the name of a file") from error


def _one_line(error: SyntaxError, text: str) -> str:
    """The parser's complaint in one line; of what it expected only what is said in words, for the rest is a list of
    all characters that could have stood there."""
    message = " ".join(str(error).split())
    found = _POSITION.search(message)
    if not found:
        return f"mistake in the SPARQL query: {message}"
    line, column = int(found[1]), int(found[2])
    expected = re.split(r", (?=[\[\"A-Z])|expected (?:one of )?", message[found.end() :])
    said = [e for e in expected if re.fullmatch(r"[A-Z][A-Za-z]+( [A-Za-z]+)+", e)]
    written = [*text.split("\n"), ""][line - 1]
    begin = written.rfind(" ", 0, column - 1) + 1 if written[column - 1 : column].strip() else column - 1
    here = (written[begin:].split() or ["the end"])[0]
    return f"mistake in the SPARQL query at line {line}, column {column}: " + (
        said[0] if said else f"{here} is unexpected"
    )
