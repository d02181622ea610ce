"""Which files the user means: the files named, and the readable ones below the folders named, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""What a file name's ending says of the contents."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """One file to read."""

    name: str
    """The path below the folder that the user named, with forward slashes; the bare name of a file named itself."""
    path: Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A source that could not be read: what was found, in one line. The other sources are read all the same."""

    name: str
    message: str

    def __str__(self) -> str:
        """Return the one line to show."""
        return f"{self.name}: {self.message}"


def find(paths: Iterable[Path | str]) -> list[File | Problem]:
    """Return the files that `paths` name, sorted by name, each once.

    A folder stands for every file below it whose ending is one of SUFFIXES; other files (pictures, sidecars) and
    hidden ones are passed over. A file named itself is taken whatever its ending. A path that does not exist or is no
    file (a pipe would be waited for without end), a folder that cannot be opened, and a second file of a name already
    taken, become a Problem.
    """
    taken: dict[str, File] = {}
    problems: list[File | Problem] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found, closed = _below(path)
            problems += closed
            if not found and not closed:
                problems.append(Problem(str(given), "no text, Markdown, HTML, PDF or JSON Lines file in this folder"))
        elif path.is_file():
            found = [File(path.name, path)]
        elif path.exists():
            problems.append(Problem(str(given), "a pipe or device, not a file; write what it gives into a file"))
            continue
        else:
            problems.append(Problem(str(given), "no such file or folder"))
            continue
        for file in found:
            other = taken.setdefault(file.name, file)
            if other.path.resolve() != file.path.resolve():
                message = f"left out: {other.path} has the same name; name the folder that holds both"
                problems.append(Problem(str(file.path), message))
    return sorted([*problems, *taken.values()], key=lambda item: item.name)


def _below(folder: Path) -> tuple[list[File], list[Problem]]:
    """The files to read below `folder`, and what of it cannot be opened."""
    found: list[File] = []
    problems: list[Problem] = []

    def closed(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"the folder cannot be opened: {error.strerror}"))

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                if path.exists() and not path.is_file():
                    problems.append(Problem(str(path), "a pipe or device, not a file"))
                else:
                    found.append(File(path.relative_to(folder).as_posix(), path))
    return found, problems
