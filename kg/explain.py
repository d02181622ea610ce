"""`kg explain`: everything that the graph says of one entity, each fact with its sentence, article and date."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.claims import ArticleRow, ClaimRow, EntityRow, number, read_articles, read_claims, read_entities
from kg.errors import KgError
from kg.identity.iris import same_name
from kg.locale import language
from kg.rdf.ontology import labels
from kg.rdf.terms import AUTHOR_ROLES, DATE_ROLES, FUNDING_ROLES, KG, STATUSES
from kg.store import open_store, select

NEAR = 5
"""How many names like an unknown one are suggested."""


@dataclass(frozen=True)
class Thing:
    """An entity as all sources together name it."""

    iri: str
    types: tuple[str, ...]
    """The local names of its classes: the main type, further types."""
    names: tuple[str, ...]
    code: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One fact about the entity, and what it is read from."""

    subject: str
    """A label, as `value`."""
    property: str
    """The IRI of the term of the ontology that says it: kg:leads, kg:totalInvestment, kg:startDate …"""
    value: str
    sentence: str
    title: str
    published: str | None
    source: str
    start: int
    end: int
    confidence: float
    planned: bool
    former: bool


@dataclass(frozen=True)
class Explanation:
    """What the graph says of an entity; or, where a name has several bearers, only who they are."""

    asked: str
    candidates: tuple[Thing, ...]
    """Who was found. One bearer under several IRIs (an identity decision) counts as one; its first IRI stands here."""
    same: tuple[str, ...] = ()
    """Further IRIs of the one bearer."""
    within: tuple[str, ...] = ()
    """The divisions that a place lies in, the nearest first."""
    lines: tuple[Line, ...] = ()

    def text(self, locale: str | None = None) -> str:
        """The explanation for a reader, in zh or en (that of the environment when None)."""
        words = labels(locale or language(os.environ))
        if len(self.candidates) > 1:
            return "\n".join(f"{_heading(thing, words)}\n  {thing.iri}" for thing in self.candidates)
        thing = self.candidates[0]
        head = [_heading(thing, words)]
        head += [f"  = {', '.join(thing.names[1:])}"] if len(thing.names) > 1 else []
        head += [f"  ⊂ {' ⊂ '.join(self.within)}"] if self.within else []
        head += [f"  {iri}" for iri in (thing.iri, *self.same)]
        return "\n\n".join(["\n".join(head), *(_paragraph(line, words) for line in self.lines)])


def explain(iri_or_name: str, out: Path | str = "out") -> Explanation:
    """Everything that the build in `out` says of the entity with that IRI or name.

    A name is first looked for among preferred labels, then among all, then without regard to quotation marks and
    spaces. Raises KgError for an unknown one, naming those that are nearest, and where `out` holds no build.
    """
    store = open_store(out)
    articles = read_articles(store)
    by_source = read_entities(store, articles)
    claims = read_claims(store, articles)
    things = _things(by_source) | _authors(claims, articles)
    found = _find(iri_or_name, things)
    groups = _grouped(found, store)
    if len(groups) > 1:
        return Explanation(iri_or_name, tuple(things[group[0]] for group in groups))
    group = groups[0]
    about = [c for c in claims if {c.subject, c.object, c.of} & set(group)]
    sentences = _sentences(store)
    names = {iri: thing.names[0] for iri, thing in things.items()}
    lines = [_line(c, articles[c.article], names, sentences[c.iri]) for c in about]
    order = sorted(lines, key=lambda line: (line.property, line.published or "", line.source, line.start))
    merged = tuple(_merged(group, things))
    return Explanation(iri_or_name, merged, tuple(group[1:]), tuple(_within(group, store)), tuple(order))


def _things(by_source: dict[str, dict[str, EntityRow]]) -> dict[str, Thing]:
    things: dict[str, Thing] = {}
    for source, entities in by_source.items():
        for iri, row in entities.items():
            thing = Thing(iri, (row.type, *row.also), row.names, row.code, (source,))
            things[iri] = _union(things[iri], thing) if iri in things else thing
    return things


def _authors(claims: Iterable[ClaimRow], articles: dict[str, ArticleRow]) -> dict[str, Thing]:
    things: dict[str, Thing] = {}
    for claim in claims:
        if claim.predicate == "authoredBy" and claim.object and claim.name:
            source = articles[claim.article].source
            thing = Thing(claim.object, ("Author",), (claim.name,), None, (source,))
            things[claim.object] = _union(things[claim.object], thing) if claim.object in things else thing
    return things


def _union(a: Thing, b: Thing) -> Thing:
    def both(x: Iterable[str], y: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*x, *y]))

    return Thing(a.iri, both(a.types, b.types), both(a.names, b.names), a.code or b.code, both(a.sources, b.sources))


def _merged(group: list[str], things: dict[str, Thing]) -> list[Thing]:
    thing = things[group[0]]
    for iri in group[1:]:
        thing = _union(thing, things[iri]) if iri in things else thing
    return [thing]


def _find(asked: str, things: dict[str, Thing]) -> list[str]:
    if asked in things:
        return [asked]
    for matches in (
        [iri for iri, thing in things.items() if thing.names[0] == asked],
        [iri for iri, thing in things.items() if asked in thing.names],
        [iri for iri, thing in things.items() if same_name(asked) in map(same_name, thing.names)],
    ):
        if matches:
            return sorted(matches)
    names = sorted({name for thing in things.values() for name in thing.names})
    near = [name for name in names if asked and asked in name]
    near += [n for n in difflib.get_close_matches(asked, names, NEAR, 0.5) if n not in near]
    hint = f"did you mean {', '.join(near[:NEAR])}?" if near else "kg facts lists the names"
    raise KgError(f"nothing in the graph is called {asked!r}; {hint}")


def _grouped(iris: list[str], store: ox.Store) -> list[list[str]]:
    """The IRIs found, each with those that identity decisions join to it; what they join is one group."""
    beside: dict[str, set[str]] = {}
    for row in select(store, "SELECT ?left ?right { ?left owl:sameAs ?right }"):
        left, right = row["left"].value, row["right"].value
        beside.setdefault(left, set()).add(right)
        beside.setdefault(right, set()).add(left)
    groups: list[list[str]] = []
    for iri in iris:
        if any(iri in group for group in groups):
            continue
        group = [iri]
        for known in group:  # grows while it is read
            group += sorted(beside.get(known, set()) - set(group))
        groups.append(group)
    return groups


def _within(group: list[str], store: ox.Store) -> list[str]:
    """The names of the official divisions above a place."""
    values = " ".join(f"<{iri}>" for iri in group)
    rows = select(
        store,
        f"""SELECT DISTINCT ?code ?name {{ VALUES ?place {{ {values} }}
          ?place kg:code ?_code ; kg:locatedIn+ ?above . ?above kg:code ?code ; skos:prefLabel ?name
          FILTER (?code != ?_code) }}""",
    )
    found = {row["code"].value: row["name"].value for row in rows}
    return [found[code] for code in sorted(found, key=lambda code: (-len(code), -len(code.rstrip("0")), code))]


def _sentences(store: ox.Store) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in select(store, "SELECT ?claim ?sentence { ?claim kg:sentence ?sentence }"):
        found.setdefault(row["claim"].value, []).append(row["sentence"].value)
    return {claim: " … ".join(sorted(sentences)) for claim, sentences in found.items()}


def _line(claim: ClaimRow, article: ArticleRow, names: dict[str, str], sentence: str) -> Line:
    name, value = _said(claim, names)
    return Line(
        subject=names.get(claim.subject, article.title),
        property=name,
        value=value,
        sentence=sentence,
        title=article.title,
        published=article.published,
        source=article.source,
        start=claim.evidence[0].start,
        end=claim.evidence[0].end,
        confidence=float(claim.confidence),
        planned=claim.modality == "planned",
        former=claim.former,
    )


def _said(claim: ClaimRow, names: dict[str, str]) -> tuple[str, str]:
    """The property that a reader would name for the claim, and its value as a text."""
    role, of = claim.role or "", names.get(claim.of, claim.of) if claim.of else None
    amount = f"{'≈ ' if claim.approx else ''}{_number(claim)} {claim.unit or ''}".rstrip()
    amount += f" ({claim.text})" if claim.text else ""
    match claim.predicate:
        case "holdsPost":
            return KG + "holdsPost", f"{claim.post} ({of})" if of else claim.post or ""
        case "funding":
            return KG + FUNDING_ROLES[role][0], f"{amount} ← {of}" if of else amount
        case "date":
            return KG + DATE_ROLES[role], str(claim.value)
        case "statistic":
            return KG + "statistic", f"{claim.indicator} {amount}"
        case "status":
            return KG + "status", KG + STATUSES[role]
        case "authoredBy":
            return KG + AUTHOR_ROLES[role], claim.name or ""
        case _:
            return KG + claim.predicate, names.get(claim.object or "", claim.object or "")


def _number(claim: ClaimRow) -> str:
    return f"{number(claim.value):,}" if claim.value is not None and not isinstance(claim.value, str) else ""


def _heading(thing: Thing, words: dict[str, str]) -> str:
    types = "/".join(words.get(KG + name, name) for name in thing.types)
    return f"{thing.names[0]}  [{types}{' ' + thing.code if thing.code else ''}]  {', '.join(thing.sources)}"


def _paragraph(line: Line, words: dict[str, str]) -> str:
    marks = [words[KG + mark] for mark, holds in (("Planned", line.planned), ("former", line.former)) if holds]
    value = words.get(line.value, line.value)
    said = " ".join([line.subject, words.get(line.property, line.property), value, *(f"[{mark}]" for mark in marks)])
    where = f"{line.source}:{line.start}-{line.end}"
    dated = f" {line.published}" if line.published else ""
    return f"{said}  ({line.confidence:.2f})\n  “{line.sentence}”\n  《{line.title}》{dated}  {where}"
