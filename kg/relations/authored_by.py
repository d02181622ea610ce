"""authoredBy: the names of the byline and credits."""

from __future__ import annotations

from collections.abc import Iterator

from kg.document import Article
from kg.facts import ARTICLE, Fact


def facts(article: Article) -> Iterator[Fact]:
    """One fact for each author of the article."""
    for author in dict.fromkeys(article.authors):
        yield Fact("authoredBy", ARTICLE, author.span, "authoredBy/byline", 0.95, name=author.name, role=author.role)
