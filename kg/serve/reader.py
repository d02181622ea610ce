"""The article reader: the list of articles, an article with the evidence of its facts marked, a form for queries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader

from kg.query import shown
from kg.store import select
from kg.view.graph import read
from kg.view.picture import Picture, Piece, Statement, statements, thing

_HERE = Path(__file__).parent
_WORDS: dict[str, dict[str, list[str]]] = json.loads((_HERE.parent / "view" / "words.json").read_text(encoding="utf-8"))
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_TRY = """SELECT ?who ?post ?what ?sentence WHERE {
  ?claim rdf:subject ?p ; rdf:predicate kg:leads ; rdf:object ?i ; kg:sentence ?sentence .
  ?p skos:prefLabel ?who . ?i skos:prefLabel ?what .
  OPTIONAL { ?p kg:postTitle ?post }
} LIMIT 20"""


@dataclass(frozen=True)
class Fact:
    """One statement as the reader shows it beside the text."""

    number: int
    """Where it comes in the article, from 1; the marks in the text name it."""
    statement: Statement
    subject: str
    predicate: tuple[str, ...]
    """In Chinese and English."""
    value: str
    object: str | None


@dataclass(frozen=True)
class Run:
    """A piece of an article's text, and the numbers of the facts that it is evidence of."""

    text: str
    facts: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    """Positions in the source at which evidence begins here: what links point to."""


class Reader:
    """The pages of one store."""

    def __init__(self, store: ox.Store) -> None:
        """`store` is read when the first page is asked for; the pages do not change after that."""
        self._store = store

    @cached_property
    def _picture(self) -> Picture:
        return read(self._store)

    @cached_property
    def _statements(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {iri: [] for iri in self._picture.graph["articles"]}
        for statement in statements(self._picture):
            found.setdefault(statement.article, []).append(statement)
        return found

    def index(self) -> str:
        """The list of articles, the newest first."""
        articles: dict[str, Piece] = self._picture.graph["articles"]
        ordered = sorted(articles.values(), key=lambda p: (p.source or "", p.iri))
        ordered.sort(key=lambda p: p.published or "", reverse=True)
        rows = [(piece, len(self._statements[piece.iri])) for piece in ordered]
        return _render("index.html", rows=rows)

    def article(self, iri: str) -> str | None:
        """One article; None where the store has none of that IRI."""
        piece: Piece | None = self._picture.graph["articles"].get(iri)
        if piece is None:
            return None
        rows = select(
            self._store, f"SELECT ?body ?start {{ {ox.NamedNode(iri)} schema:articleBody ?body ; kg:start ?start }}"
        )
        body, start = next(((row["body"].value, int(row["start"].value)) for row in rows), ("", 0))
        facts = [self._fact(n, s) for n, s in enumerate(self._statements[iri], 1)]
        headline = body.find(piece.title) + len(piece.title) if body.lstrip("#* ").startswith(piece.title) else 0
        if all(f.statement.start >= start + headline for f in facts):  # shown above the text already
            body, start = body[headline:].lstrip("\n"), start + len(body) - len(body[headline:].lstrip("\n"))
        return _render("article.html", piece=piece, facts=facts, runs=marked(body, start, facts))

    def _fact(self, number: int, statement: Statement) -> Fact:
        names = {iri: thing(self._picture, iri).names[0] for iri in (statement.subject, statement.object) if iri}
        predicate = tuple(_WORDS["predicates"].get(statement.predicate, [statement.predicate]))
        object_ = names.get(statement.object) if statement.object else None
        return Fact(number, statement, names[statement.subject], predicate, value(statement), object_)

    def form(self, text: str = "", columns: Sequence[str] = (), rows: Any = (), error: str = "") -> str:
        """The page on which a person writes a query and sees its answer as a table."""
        return _render("query.html", text=text or _TRY, columns=columns, rows=rows, error=error, asked=bool(text))


def value(statement: Statement) -> str:
    """What a statement says beside its object, in the article's own figures where they are known."""
    s = statement
    role = _WORDS["roles"].get(s.role or "", [s.role or ""])[0]
    figure = s.text or f"{s.value or ''}{'元' if s.unit == 'CNY' else s.unit or ''}"
    if s.predicate == "holdsPost":
        return s.post or ""
    if s.predicate == "date":
        return f"{role} {s.value}"
    if s.predicate == "status":
        return role
    return " ".join(part for part in (s.indicator or role, figure) if part)


def marked(body: str, start: int, facts: Sequence[Fact]) -> list[Run]:
    """An article's text cut where evidence begins or ends; `start` is where the text stands in its source."""
    spans = [(max(f.statement.start - start, 0), min(f.statement.end - start, len(body)), f) for f in facts]
    spans = [(first, last, f) for first, last, f in spans if first < last]
    cuts = sorted({0, len(body), *(first for first, _, _ in spans), *(last for _, last, _ in spans)})
    return [
        Run(
            body[left:right],
            tuple(f.number for first, last, f in spans if first <= left and right <= last),
            tuple(sorted({f.statement.start for first, _, f in spans if first == left})),
        )
        for left, right in pairwise(cuts)
    ]


def table(solutions: ox.QuerySolutions) -> tuple[list[str], list[list[str]]]:
    """The columns and rows of an answer as text."""
    columns = [variable.value for variable in solutions.variables]
    return columns, [[shown(row[name]) for name in columns] for row in solutions]


def _render(name: str, **values: Any) -> str:
    return _TEMPLATES.get_template(name).render(**values)
