"""`xianzhi.toml` in the working folder: what a user would otherwise type with every build.

```toml
[build]
outlet = "云岭日报"
lexicon = "words"            # a file or a folder, or a list of them; from the folder of xianzhi.toml
base = "https://example.org/id/"
workers = 2
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.identity import valid_base

FILE = "xianzhi.toml"


@dataclass(frozen=True)
class Settings:
    """The [build] table; None where the file does not say."""

    outlet: str | None = None
    lexicon: tuple[Path, ...] = ()
    base: str | None = None
    workers: int | None = None


def load(folder: str | Path = ".") -> Settings:
    """The settings of `folder`, all unset where it has no xianzhi.toml.

    Raises KgError that names the file, and the key where one is wrong.
    """
    path = Path(folder) / FILE
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KgError(f"{path}: cannot be read as TOML in UTF-8: {_line(error)}") from error
    _known(path, "", table, ("build",))
    build = table.get("build", {})
    if not isinstance(build, dict):
        raise KgError(f"{path}: `build` must be a table: write [build] on a line of its own")
    _known(path, "build.", build, ("base", "lexicon", "outlet", "workers"))
    lexicon = build.get("lexicon", [])
    lexicon = [lexicon] if isinstance(lexicon, str) else lexicon
    if not isinstance(lexicon, list) or not all(isinstance(entry, str) for entry in lexicon):
        raise KgError(f"{path}: build.lexicon must be a path or a list of paths, not {lexicon!r}")
    for key, kind, name in (("outlet", str, "a text"), ("base", str, "a text"), ("workers", int, "a whole number")):
        if key in build and (not isinstance(build[key], kind) or isinstance(build[key], bool)):
            raise KgError(f"{path}: build.{key} must be {name}, not {build[key]!r}")
    if "base" in build:
        try:
            valid_base(build["base"])
        except KgError as error:
            raise KgError(f"{path}: build.base: {error}") from error
    return Settings(
        outlet=build.get("outlet"),
        lexicon=tuple(path.parent / entry for entry in lexicon),
        base=build.get("base"),
        workers=check_workers(build["workers"], f"{path}: build.workers") if "workers" in build else None,
    )


def check_workers(workers: int, where: str = "workers") -> int:
    """`workers` when at least one. Raises KgError that begins with `where`."""
    if workers < 1:
        raise KgError(f"{where}: {workers} processes cannot work; give 1 or more")
    return workers


def _known(path: Path, prefix: str, table: dict[str, Any], keys: Iterable[str]) -> None:
    for key in sorted(table):
        if key not in keys:
            raise KgError(f"{path}: unknown key {prefix}{key}; known are {', '.join(prefix + k for k in keys)}")


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
