"""IRIs made from what a thing is, so that every article that speaks of it arrives at the same one.

Names stay readable: only what RFC 3987 does not allow in a path segment is percent-encoded.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from kg.document import Article
from kg.errors import KgError
from kg.facts import Entity

BASE = "https://w3id.org/xianzhi/id/"

_GLOBAL_KINDS = frozenset({"Country", "Region"})
"""Kinds of places without an official code that one name tells from all others (中国, 长三角)."""

_QUOTES = re.compile(r"[\s“”‘’\"'「」『』《》〈〉]+")
_BRACKETS = str.maketrans("()", "（）")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]")
_UNSAFE = re.compile(
    "[^A-Za-z0-9._~\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
    "\U00030000-\U0003fffd-]|[\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]"
)


def same_name(name: str) -> str:
    """`name` as it counts for identity: compatibility forms, quotation marks and spaces do not tell names apart."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", _QUOTES.sub("", name))).translate(_BRACKETS)


def segment(text: str) -> str:
    """`text` as one segment of an IRI's path: the characters that RFC 3987 calls unreserved stay, spaces and
    invisible characters among them excepted, all others are percent-encoded in UTF-8."""
    if set(text) <= {"."}:  # . and .. are steps in a path; an empty segment says nothing
        return text.replace(".", "%2E") or "_"
    return _UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), text)


def valid_base(base: str) -> str:
    """`base` itself. Raises KgError unless it is an absolute IRI that ends with / or #."""
    if not _ABSOLUTE.fullmatch(base):
        raise KgError(f"the base {base!r} is not an absolute IRI ending in / or #; give one like {BASE}")
    return base


def article_iri(article: Article, base: str = BASE) -> str:
    """The IRI of an article: its source's name and the position where it starts."""
    return f"{base}article/{_article_path(article)}"


def entity_iri(entity: Entity, base: str = BASE, article: Article | None = None) -> str:
    """The IRI of an entity: of a place its official code; else its first name, and before it what it is within.

    With `article` given, what its name alone does not identify stays the article's own: a person, project,
    initiative or uncoded place of which the article says no body or place, and every event (two meetings of one
    name are two). That such things are the same in two articles is a decision, not an IRI (kg.identity.merge).
    """
    if entity.type == "Place" and entity.code:
        return f"{base}place/{segment(entity.code)}"
    path = [entity.type.lower()]
    name = same_name(entity.names[0])
    within = same_name(entity.within) if entity.within else ""
    if article is not None and _needs_article(entity):
        path.append("in/" + _article_path(article))
    if within:
        path.append(segment(within))
    return base + "/".join([*path, segment(name)])


def _needs_article(entity: Entity) -> bool:
    if entity.type == "Event":
        return True
    if entity.within or entity.type == "Organization":
        return False
    return not (entity.type == "Place" and entity.kind in _GLOBAL_KINDS)


def _article_path(article: Article) -> str:
    return "/".join([*map(segment, article.source.name.split("/")), str(article.start)])
