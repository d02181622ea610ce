"""One file to the sources that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.document import Metadata, Source
from kg.sources.encoding import Undecodable, decode
from kg.sources.find import SUFFIXES, File, Problem, find
from kg.sources.records import records
from kg.sources.sidecar import merged, sidecar


def read(paths: Iterable[Path | str], given: Metadata = Metadata()) -> Iterator[Source | Problem]:  # noqa: B008
    """Yield the sources in the files and folders named, sorted by name, and a Problem for each that failed.

    What `given` says holds for every source and comes before a sidecar, which comes before what the file itself says.
    Raises KgError for a mistake in a sidecar.
    """
    for item in find(paths):
        if isinstance(item, Problem):
            yield item
        else:
            yield from read_file(item, given)


def read_file(file: File, given: Metadata = Metadata()) -> Iterator[Source | Problem]:  # noqa: B008
    """Yield the sources in one file (one a record for JSON Lines). Raises KgError for a mistake in its sidecar."""
    said = merged(given, sidecar(file.path))
    try:
        if SUFFIXES.get(file.path.suffix.lower()) == "jsonl":
            yield from records(file.name, file.path, said)
        else:
            yield _document(file, said)
    except UnicodeDecodeError:
        yield Problem(file.name, "JSON Lines must be in UTF-8; convert the file")
    except Undecodable as error:
        yield Problem(file.name, str(error))
    except OSError as error:
        yield Problem(file.name, f"cannot be read: {error.strerror or error}")


def _document(file: File, said: Metadata) -> Source | Problem:
    data = file.path.read_bytes()
    if not data.strip():
        return Problem(file.name, "the file is empty")
    kind = _kind(file.path, data)
    if kind == "pdf":
        from kg.sources.pdf import pdf_text

        text, found = pdf_text(data), Metadata()
    elif kind == "html":
        from kg.sources.html import html_text

        text, found = html_text(data)
    else:
        text, found = decode(data), Metadata()
    if not text.strip():
        hint = "; it may hold only pictures of text, which need OCR first" if kind == "pdf" else ""
        return Problem(file.name, f"no text in this {kind} file{hint}")
    return Source(file.name, text, merged(said, found))


def _kind(path: Path, data: bytes) -> str:
    """Return text, html or pdf: by the contents where they are plain, else by the file's ending."""
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    kind = SUFFIXES.get(path.suffix.lower())
    if kind:
        return kind
    head = data[:500].lstrip().lower()
    return "html" if head.startswith((b"<!doctype html", b"<html")) else "text"
