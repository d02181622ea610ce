"""Writes the page of a build, of all of it or of what surrounds one entity."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.store import open_store
from kg.view.graph import around, read
from kg.view.page import most_connected, page


def view(out: str | Path = "out", focus: str | None = None, depth: int = 1, to: str | Path | None = None) -> Path:
    """Writes the page of the build in `out` and returns its path.

    `focus` is the IRI or the name of an entity, `depth` how many steps away from it the page reaches; without it the
    page shows all. `to` is the file to write: `out`/index.html, or with a focus `out`/NAME.html, where it is None.
    Raises KgError when `out` holds no build, nothing is called `focus`, or the file cannot be written.
    """
    if to is None:
        to = Path(out) / (f"{_file_name(focus)}.html" if focus else "index.html")
    return write(open_store(out), to, focus, depth)


def write(store: ox.Store, to: str | Path, focus: str | None = None, depth: int = 1) -> Path:
    """The same for a store that is open."""
    picture, centre = read(store), None
    if focus:
        picture, centre = around(picture, focus, depth)
    path = Path(to)
    html = page(most_connected(picture), centre, len(picture))
    try:
        path.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise KgError(f"{path}: cannot be written: {error.strerror}; name another file (kg view --to FILE)") from error
    return path


def _file_name(name: str) -> str:
    """A name as a file name: an IRI by its last segment, and nothing that a file system would not take."""
    last = re.split(r"[/#]", name.rstrip("/#"))[-1]
    return re.sub(r"[^\w\-（）]", "_", last)[:60].strip("_") or "view"
