"""What each predicate's facts look like in RDF: one function a predicate, from a fact to a statement."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.document import Article
from kg.facts import PAIRS, Fact
from kg.identity.iris import segment
from kg.rdf import literals
from kg.rdf.terms import AUTHOR_ROLES, DATE_ROLES, FUNDING_ROLES, RDF_TYPE, SCHEMA, SKOS, STATUSES, kg

Node = ox.NamedNode
Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Statement:
    """One fact as RDF says it."""

    subject: Node
    predicate: Node
    object: Term
    shortcuts: tuple[tuple[Node, Term], ...] = ()
    """Further properties of the subject, for one-hop queries."""
    details: tuple[tuple[Node, Node, Term], ...] = ()
    """What is said of the object, where it is a node made for this fact."""
    qualifiers: tuple[tuple[Node, Term], ...] = ()
    """What is said of the claim itself, beside confidence, rule and modality."""


@dataclass(frozen=True)
class Context:
    """What a fact's identifiers are looked up in."""

    article: Article
    article_node: Node
    entities: Mapping[str, Node]
    """`Entity.id` → its IRI."""
    base: str


def mint(base: str, kind: str, *parts: str) -> Node:
    """An IRI for a node without a name of its own, made of its content, so that equal contents are one node."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()
    return Node(f"{base}{kind}/{digest[:20]}")


def statement(fact: Fact, context: Context) -> Statement:
    """The statement that `fact` makes. Raises KeyError for a predicate, role or entity that does not exist."""
    if fact.predicate in PAIRS:
        return _pair(fact, context)
    return _STATEMENTS[fact.predicate](fact, context)


def _pair(fact: Fact, context: Context) -> Statement:
    return Statement(context.entities[fact.subject], kg(fact.predicate), context.entities[_given(fact.object, fact)])


def _post(fact: Fact, context: Context) -> Statement:
    person, title = context.entities[fact.subject], _given(fact.post, fact)
    body = context.entities[fact.of] if fact.of else None
    tenure = fact.value if isinstance(fact.value, str) else ""
    post = mint(
        context.base, "post", person.value, body.value if body else "", title, str(fact.former), tenure, fact.modality
    )
    details: list[tuple[Node, Node, Term]] = [(post, RDF_TYPE, kg("Post")), (post, kg("title"), literals.zh(title))]
    if body:
        details.append((post, kg("postIn"), body))
    if fact.former:
        details.append((post, kg("former"), literals.boolean(True)))
    if tenure:
        node = Node(post.value + "#tenure")
        details += [(post, kg("tenure"), node), (node, RDF_TYPE, kg("Tenure"))]
        since, _, until = tenure.partition("/")
        details += [(node, kg("startDate"), literals.date(since))] if since else []
        details += [(node, kg("endDate"), literals.date(until))] if until else []
    shortcuts = () if fact.former else ((kg("postTitle"), literals.zh(title)),)
    return Statement(person, kg("holdsPost"), post, shortcuts, tuple(details))


def _funding(fact: Fact, context: Context) -> Statement:
    subject, role = context.entities[fact.subject], _given(fact.role, fact)
    individual, amount_property = FUNDING_ROLES[role]
    amount, currency = literals.decimal(_number(fact)), fact.unit or "CNY"
    funder = context.entities[fact.of] if fact.of else None
    node = mint(
        context.base, "funding", subject.value, role, amount.value, currency, str(fact.approx),
        funder.value if funder else "", fact.modality,
    )  # fmt: skip
    details: list[tuple[Node, Node, Term]] = [
        (node, RDF_TYPE, kg("Funding")),
        (node, kg("amount"), amount),
        (node, kg("currency"), ox.Literal(currency)),
        (node, kg("fundingRole"), kg(individual)),
        (node, kg("approximate"), literals.boolean(fact.approx)),
    ]
    if funder:
        details.append((node, kg("funder"), funder))
    if fact.text:
        details.append((node, kg("asWritten"), literals.zh(fact.text)))
    shortcuts = ((kg(amount_property), amount),) if currency == "CNY" else ()
    return Statement(subject, kg("funding"), node, shortcuts, tuple(details))


def _date(fact: Fact, context: Context) -> Statement:
    if not isinstance(fact.value, str):
        raise TypeError(f"a date is an ISO 8601 string, not {fact.value!r}")
    return Statement(context.entities[fact.subject], kg(DATE_ROLES[fact.role or ""]), literals.date(fact.value))


def _statistic(fact: Fact, context: Context) -> Statement:
    subject, indicator = context.entities[fact.subject], _given(fact.indicator, fact)
    value, unit = literals.decimal(_number(fact)), fact.unit or ""
    node = mint(
        context.base, "observation", subject.value, indicator, value.value, unit, str(fact.approx), fact.modality
    )
    details: list[tuple[Node, Node, Term]] = [
        (node, RDF_TYPE, kg("Observation")),
        (node, kg("indicator"), literals.zh(indicator)),
        (node, kg("value"), value),
        (node, kg("unit"), ox.Literal(unit)),
        (node, kg("approximate"), literals.boolean(fact.approx)),
    ]
    if fact.text:
        details.append((node, kg("asWritten"), literals.zh(fact.text)))
    return Statement(subject, kg("statistic"), node, (), tuple(details))


def _authored(fact: Fact, context: Context) -> Statement:
    name, role = _given(fact.name, fact), kg(AUTHOR_ROLES[fact.role or ""])
    # One paper's reporter is one person; without a known paper, only the same file's is.
    source = context.article.source
    paper = source.metadata.outlet or source.name
    author = Node(f"{context.base}author/{segment(paper)}/{segment(name)}")
    details = (
        (author, RDF_TYPE, kg("Author")),
        (author, Node(SKOS + "prefLabel"), literals.zh(name)),
        (author, kg("authorRole"), role),
    )
    author_property = Node(SCHEMA + "author")
    return Statement(context.article_node, author_property, author, (), details, ((kg("authorRole"), role),))


def _status(fact: Fact, context: Context) -> Statement:
    return Statement(context.entities[fact.subject], kg("status"), kg(STATUSES[fact.role or ""]))


_STATEMENTS = {
    "holdsPost": _post,
    "funding": _funding,
    "date": _date,
    "statistic": _statistic,
    "authoredBy": _authored,
    "status": _status,
}


def _given(value: str | None, fact: Fact) -> str:
    if value is None:
        raise ValueError(f"the rule {fact.rule} made a {fact.predicate} fact without all of its fields: {fact}")
    return value


def _number(fact: Fact) -> Decimal | str:
    if fact.value is None:
        raise ValueError(f"the rule {fact.rule} made a {fact.predicate} fact without a value: {fact}")
    return fact.value
