"""JSON Lines: one record a source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.document import Metadata, Source
from kg.sources.find import Problem
from kg.sources.sidecar import iso_date, merged

FIELDS = {
    "published": ("published", "date", "publish_time", "pubdate"),
    "outlet": ("outlet", "publisher", "newspaper", "source"),
    "edition": ("edition", "page"),
    "url": ("url", "link"),
    "title": ("title", "headline"),
}
"""Where a record says what: the first of these fields that it has."""
TEXTS = ("text", "content", "body")


def records(name: str, path: Path, given: Metadata) -> Iterator[Source | Problem]:
    """Yield a Source for each record of the JSON Lines file at `path`, named `name#id`; a Problem for a bad one.

    A record without an id takes its line number, and so does one whose id was taken before. The file is read line by
    line. Raises UnicodeDecodeError for another encoding than UTF-8, which JSON is always in.
    """
    taken: set[str] = set()
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{name}#{number}"
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                yield Problem(where, f"line {number} is not JSON: {error.msg} at column {error.colno}")
                continue
            text = _first(record, TEXTS) if isinstance(record, dict) else None
            if text is None or not text.strip():
                yield Problem(where, f"line {number} has no text; a record needs a field named text")
                continue
            key = _first(record, ("id",)) or str(number)
            if key in taken:
                key = str(number)
            taken.add(key)
            said = {field: _first(record, keys) for field, keys in FIELDS.items()}
            said["published"] = iso_date((said["published"] or "").replace("/", "-"))
            yield Source(f"{name}#{key}", text, merged(given, Metadata(**said)))


def _first(record: dict[str, object], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = record.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return None
