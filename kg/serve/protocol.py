"""The SPARQL 1.1 protocol: from a request to an answer, for queries only. Nothing here writes.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

import pyoxigraph as ox

from kg.rdf.terms import PREFIXES

_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
}
# strings, IRIs and comments, in which SERVICE would be no keyword
_NO_CODE = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|#[^\n]*'
)


class Refused(Exception):
    """A request that gets no answer: the HTTP status, and one line that says why."""

    def __init__(self, status: int, reason: str) -> None:
        """`status` is the HTTP status, `reason` one line."""
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Query:
    """What a client asks."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the client gets."""

    media_type: str
    body: bytes


def parse_request(method: str, parameters: str, content_type: str, body: bytes) -> Query | None:
    """The query of a GET or POST request; None for a GET that asks nothing. `parameters` is the URL's query string.

    Raises Refused for an update and for a request that the protocol does not know.
    """
    kind = content_type.partition(";")[0].strip().lower()
    fields = parse_qs(parameters, keep_blank_values=True)
    if method == "POST" and kind == "application/sparql-query":
        fields["query"] = [_decoded(body)]
    elif method == "POST" and kind == "application/x-www-form-urlencoded":
        fields = parse_qs(_decoded(body), keep_blank_values=True)
    elif method == "POST" and kind != "application/sparql-update":
        raise Refused(415, "send the query as application/sparql-query or application/x-www-form-urlencoded")
    if kind == "application/sparql-update" or "update" in fields:
        raise Refused(403, "this endpoint is read-only: it answers queries, not updates")
    queries = fields.get("query", [])
    if not queries and method == "GET":
        return None
    if len(queries) != 1:
        raise Refused(400, f"a request holds one query, this one {len(queries)}")
    graphs = (tuple(fields.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Query(queries[0], *graphs)


def answer(store: ox.Store, query: Query, accept: str) -> Answer:
    """The answer in the format that the client likes best. Raises Refused with 400 for a query that is wrong or
    cannot be answered, and with 406 where no format suits the client."""
    result = run(store, query)
    try:
        if isinstance(result, ox.QueryTriples):
            media_type = best(accept, list(_TRIPLES))
            body = ox.serialize(sorted(result, key=str), format=_TRIPLES[media_type], prefixes=PREFIXES)
        else:
            media_type = best(accept, list(_ROWS))
            body = result.serialize(format=_ROWS[media_type])
    except (OSError, RuntimeError) as error:
        raise Refused(400, f"the query cannot be answered: {_one_line(error)}") from None
    return Answer(media_type, body or b"")


def run(store: ox.Store, query: Query) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The result of a query. Raises Refused with 400."""
    if re.search(r"\bservice\b", _NO_CODE.sub(" ", query.text), re.IGNORECASE):
        raise Refused(400, "SERVICE is not answered: this endpoint asks no other server")
    try:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(i) for i in query.default_graphs]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(i) for i in query.named_graphs]
        if default or named:  # a dataset that names only one kind of graph has none of the other
            return store.query(query.text, prefixes=PREFIXES, default_graph=default, named_graphs=named)
        return store.query(query.text, prefixes=PREFIXES)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise Refused(400, f"mistake in the query: {_one_line(error)}") from None


def best(accept: str, offered: Sequence[str]) -> str:
    """The media type among `offered` (the default first) that an Accept header likes best. Raises Refused (406)."""
    wishes = [_wish(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    ranked = max(offered, key=lambda media_type: (_liking(media_type, wishes), -offered.index(media_type)))
    if _liking(ranked, wishes) <= 0:
        raise Refused(406, f"offered are {', '.join(offered)}")
    return ranked


def _wish(part: str) -> tuple[str, float]:
    """One element of an Accept header: a media range and its weight."""
    media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return media_range, float(weight)
    except ValueError:
        return media_range, 0.0


def _liking(media_type: str, wishes: Iterable[tuple[str, float]]) -> float:
    """The weight of the most specific range that takes in the media type, 0 where none does."""
    ranges = dict(wishes)
    for media_range in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the query is not in UTF-8") from None


def _one_line(error: Exception) -> str:
    line = " ".join(str(error).split())
    return line if len(line) <= 240 else line[:240] + "…"
