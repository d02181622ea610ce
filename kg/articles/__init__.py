"""A page cut into its articles: headlines, bylines, paragraphs mended over column breaks, and the date."""

from kg.articles.splitter import split

__all__ = ["split"]
