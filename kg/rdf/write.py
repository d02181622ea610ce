"""An article's facts as quads of the article's own named graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.document import Article, Span
from kg.errors import KgError
from kg.facts import ARTICLE, ArticleFacts, Entity, Fact
from kg.identity.iris import BASE, article_iri, entity_iri, segment
from kg.language.sentences import sentences
from kg.rdf import literals
from kg.rdf.ontology import superclasses
from kg.rdf.places import preferred_name
from kg.rdf.statements import Context, Node, Statement, Term, mint, statement
from kg.rdf.terms import BESIDE, KG, MODALITIES, OA, PROV, RDF, RDF_TYPE, SCHEMA, SKOS, kg

Triple = tuple[Node, Node, Term]


def quads(article_facts: ArticleFacts, *, base: str = BASE) -> list[ox.Quad]:
    """The quads of one article: the article, its entities, the direct triples of what it asserts, and a claim with
    its evidence for each of its facts. Their graph is the article's IRI, their order depends on nothing else.

    Raises KgError when an entity's finer class is not in the ontology, a date is none, or evidence lies outside of
    the source: what would make a citation wrong is never written.
    """
    article = article_facts.article
    node = Node(article_iri(article, base))
    try:
        entities = {e.id: Node(entity_iri(e, base, article)) for e in article_facts.entities}
        context = Context(article, node, entities, base)
        triples = [
            *_article(article, node, base),
            *_entities(article_facts, context),
            *_claims(article_facts.facts, context),
        ]
    except (KgError, ValueError) as error:
        raise KgError(f"{article.source.name}, {article.title!r}: {error}") from error
    return [ox.Quad(s, p, o, node) for s, p, o in dict.fromkeys(triples)]


def source_node(name: str, base: str) -> Node:
    """The IRI of the source of that name."""
    return Node(f"{base}source/" + "/".join(segment(part) for part in name.split("/")))


def _article(article: Article, node: Node, base: str) -> Iterator[Triple]:
    source, metadata = source_node(article.source.name, base), article.source.metadata
    yield node, RDF_TYPE, kg("Article")
    yield node, RDF_TYPE, Node(SCHEMA + "NewsArticle")
    yield node, Node(SCHEMA + "headline"), literals.zh(article.title)
    if article.published:
        yield node, Node(SCHEMA + "datePublished"), literals.date(article.published)
    if metadata.outlet:
        publisher = Node(f"{base}publisher/{segment(metadata.outlet)}")
        yield node, Node(SCHEMA + "publisher"), publisher
        yield publisher, RDF_TYPE, Node(SCHEMA + "Organization")
        yield publisher, Node(SKOS + "prefLabel"), literals.zh(metadata.outlet)
    if metadata.edition:
        yield node, Node(SCHEMA + "pageStart"), ox.Literal(metadata.edition)
    if metadata.url:
        yield node, Node(SCHEMA + "url"), ox.Literal(metadata.url)
    yield node, Node(SCHEMA + "isPartOf"), source
    yield source, RDF_TYPE, kg("Source")
    yield source, kg("fileName"), ox.Literal(article.source.name)
    yield node, kg("start"), literals.integer(article.start)
    yield node, kg("end"), literals.integer(article.end)
    yield node, Node(SCHEMA + "articleBody"), literals.zh(article.source.text[article.start : article.end])


def _entities(article_facts: ArticleFacts, context: Context) -> Iterator[Triple]:
    labelled: dict[Node, str] = {}  # two entities that share an IRI share one preferred label
    for entity in article_facts.entities:
        node = context.entities[entity.id]
        yield context.article_node, Node(SCHEMA + "mentions"), node
        for type_ in (entity.type, *entity.also):
            yield node, RDF_TYPE, kg(type_)
            yield node, RDF_TYPE, Node(BESIDE[type_])
        if entity.also and node not in labelled:
            yield node, kg("mainType"), kg(entity.type)
        for name in superclasses(entity.kind) if entity.kind else ():
            yield node, RDF_TYPE, kg(name)
        if entity.type == "Place" and entity.code:
            yield node, kg("code"), ox.Literal(entity.code)
        preferred = labelled.setdefault(node, _preferred(entity))
        yield node, Node(SKOS + "prefLabel"), literals.zh(preferred)
        for name in entity.names:
            if name != preferred:
                yield node, Node(SKOS + "altLabel"), literals.zh(name)


def _preferred(entity: Entity) -> str:
    """One label for a place wherever it is named, so that a query over all articles finds one row."""
    return preferred_name(entity.code, entity.names) if entity.type == "Place" and entity.code else entity.names[0]


@dataclass(frozen=True)
class _Reading:
    fact: Fact
    statement: Statement


def _claims(facts: tuple[Fact, ...], context: Context) -> Iterator[Triple]:
    """The claims: a fact that the article states twice is one claim with two targets, as sure as the surer of them."""
    readings: dict[Node, list[_Reading]] = {}
    for fact in facts:
        made = statement(fact, context)
        readings.setdefault(_claim_node(fact, made, context), []).append(_Reading(fact, made))
    for node, alike in readings.items():
        best = max(alike, key=lambda reading: reading.fact.confidence)  # the first of equals
        yield from _claim(node, best, context)
        for reading in alike:
            yield from reading.statement.details
            yield from _evidence(node, reading.fact.evidence, context)


def _claim_node(fact: Fact, made: Statement, context: Context) -> Node:
    said = (str(made.subject), str(made.predicate), str(made.object), str(made.qualifiers), fact.modality)
    return mint(context.base, "claim", context.article_node.value, *said)


def _claim(node: Node, reading: _Reading, context: Context) -> Iterator[Triple]:
    fact, made = reading.fact, reading.statement
    modality = kg(MODALITIES[fact.modality])
    yield node, RDF_TYPE, kg("Claim")
    yield node, Node(RDF + "subject"), made.subject
    yield node, Node(RDF + "predicate"), made.predicate
    yield node, Node(RDF + "object"), made.object
    yield node, kg("confidence"), literals.decimal(round(fact.confidence, 4))
    yield node, kg("rule"), ox.Literal(fact.rule)
    yield node, kg("modality"), modality
    yield node, Node(PROV + "wasDerivedFrom"), context.article_node
    for name, value in made.qualifiers:
        yield node, name, value
    if fact.modality == "asserted":
        yield made.subject, made.predicate, made.object
        for name, value in made.shortcuts:
            yield made.subject, name, value
    elif made.details and fact.subject != ARTICLE:
        yield made.details[0][0], kg("modality"), modality  # a planned sum must not be added up with those paid


def _evidence(claim: Node, span: Span, context: Context) -> Iterator[Triple]:
    text = context.article.source.text
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"evidence at {span.start} to {span.end} lies outside of the source's {len(text)} characters")
    source = source_node(context.article.source.name, context.base)
    fragment = f"{source.value}#char={span.start},{span.end}"  # RFC 5147
    target, quote, position = Node(fragment), Node(fragment + ";quote"), Node(fragment + ";position")
    yield claim, Node(OA + "hasTarget"), target
    yield claim, Node(KG + "sentence"), literals.zh(sentence_around(context.article, span))
    yield target, RDF_TYPE, Node(OA + "SpecificResource")
    yield target, Node(OA + "hasSource"), source
    yield target, Node(OA + "hasSelector"), quote
    yield target, Node(OA + "hasSelector"), position
    yield quote, RDF_TYPE, Node(OA + "TextQuoteSelector")
    yield quote, Node(OA + "exact"), ox.Literal(text[span.start : span.end])
    yield position, RDF_TYPE, Node(OA + "TextPositionSelector")
    yield position, Node(OA + "start"), literals.integer(span.start)
    yield position, Node(OA + "end"), literals.integer(span.end)


def sentence_around(article: Article, span: Span) -> str:
    """The whole sentence, or sentences, of `article` that hold `span`, with line breaks mended: what a reader would
    quote. The words themselves, without white space, where they stand in no paragraph."""
    for paragraph in article.paragraphs:
        offsets: list[int] = []
        offset = 0
        for piece in paragraph.pieces:
            first, last = max(piece.start, span.start), min(piece.end, span.end)
            if first < last:
                offsets += [offset + first - piece.start, offset + last - piece.start]
            offset += len(piece)
        if offsets:
            inside = Span(min(offsets), max(offsets))
            around = [s for s in sentences(paragraph.text) if s.overlaps(inside)]
            if around:
                return paragraph.text[around[0].start : around[-1].end]
    return "".join(article.source.text[span.start : span.end].split())
