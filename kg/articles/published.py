"""When a page was published."""

from __future__ import annotations

from collections.abc import Sequence

from kg.articles.blocks import Block
from kg.document import Source


def published(source: Source, blocks: Sequence[Block]) -> str | None:
    """Return the date of the page."""
    return source.metadata.published
