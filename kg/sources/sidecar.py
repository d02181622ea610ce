"""What the user says of a source: `page.toml` beside `page.txt`, and the checks that every given value passes."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from kg.document import Metadata
from kg.errors import KgError

KEYS = tuple(field.name for field in fields(Metadata))


def sidecar(path: Path) -> Metadata:
    """Return what the sidecar of the source at `path` says, empty where there is none. Raises KgError for a mistake."""
    beside = path.with_suffix(".toml")
    if beside == path or not beside.is_file():
        return Metadata()
    try:
        values = tomllib.loads(beside.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{beside}: not TOML: {error}; write lines such as published = 2023-12-20") from error
    return checked(values, str(beside))


def checked(values: dict[str, object], where: str) -> Metadata:
    """Return `values` as Metadata. Raises KgError, naming `where` and the key, for an unknown key or a wrong value."""
    known: dict[str, str] = {}
    for key, value in values.items():
        if key not in KEYS:
            raise KgError(f"{where}: unknown key {key}; known are {', '.join(KEYS)}")
        text = value.isoformat()[:10] if isinstance(value, date) else value
        if key in ("published", "edition") and isinstance(text, int) and not isinstance(text, bool):
            text = str(text)
        if not isinstance(text, str):
            raise KgError(f"{where}: {key} is {value!r}; write a string in quotes")
        if key == "published" and iso_date(text) != text:
            raise KgError(f"{where}: published is {text!r}; write a date as 2023-12-20, 2023-12 or 2023")
        known[key] = text
    return Metadata(**known)


def iso_date(text: str) -> str | None:
    """Return `text` as 2023, 2023-12 or 2023-12-20 (a time behind the day is cut off), None if it is no such date."""
    text = text.strip()
    day = text[:10]
    try:
        date.fromisoformat(day + "-01-01"[len(day) - 4 :])
    except ValueError:
        return None
    return day if (len(day) in (4, 7) and day == text) or (len(day) == 10 and not text[10:11].isdigit()) else None


def merged(first: Metadata, second: Metadata) -> Metadata:
    """Return `first` with what it leaves open taken from `second`."""
    return replace(first, **{k: getattr(second, k) for k in KEYS if getattr(first, k) is None})
