"""JSON Lines: one record a source."""

from __future__ import annotations

import json
import re
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
_DAY = re.compile(r"^\s*(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})(?!\d)日?|月?$)")
"""A date as data files write it: 2023/6/9, 2023年6月9日, 2023.06."""
TEXTS = ("text", "content", "body")


def records(name: str, path: Path, given: Metadata) -> Iterator[Source | Problem]:
    """Yield a Source for each record of the JSON Lines file at `path`, named `name#id`; a Problem for a bad one.

    A record without an id takes its line number; where an id was taken before, the line number comes behind it. A date
    that is none is named once a file, and the record read without it. The file is read line by line. Raises
    UnicodeDecodeError for another encoding than UTF-8, which JSON is always in.
    """
    taken: set[str] = set()
    undated: list[str] = []
    blank = True
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            blank = False
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
            while key in taken:
                key = f"{key}-{number}"
            taken.add(key)
            said = {field: _first(record, keys) for field, keys in FIELDS.items()}
            if date := said["published"]:
                said["published"] = iso_date(_DAY.sub(_padded, date))
                undated += [] if said["published"] else [f"line {number}, {date!r}"]
            yield Source(f"{name}#{key}", text, merged(given, Metadata(**said)))
    if blank:
        yield Problem(name, "the file is empty")
    if undated:
        message = f"{len(undated)} read without their dates ({undated[0]}); write 2023-12-20, 2023-12 or 2023"
        yield Problem(name, message)


def _padded(day: re.Match[str]) -> str:
    return "-".join(part.zfill(2) for part in day.groups() if part)


def _first(record: dict[str, object], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = record.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return None
