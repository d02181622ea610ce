"""The user's own words on top of the shipped lexicons: one entry a line, fields parted by tabs, `#` opening a comment.

蓝鲸工作室	Organization            a name that is found wherever it stands, with its type (or Post for a title)
首席网格员	Post
融媒体中心	ending	Organization     what ends so, with the place or word before it, is a name of that type
株洲市	home                    the paper's home: which of several namesakes a place name means
星城	alias	长沙市              another word for a thing; places by an alias get the code of the place meant
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.entities.mentions import Tagged
from kg.errors import KgError
from kg.gazetteer.scan import scan
from kg.language.encoder import LAYERS
from kg.language.words import cut

BEFORE = 12
"""Characters before an ending in which the place that its name begins with may stand."""


@dataclass(frozen=True)
class Lexicon:
    """The user's own words."""

    names: tuple[tuple[str, str], ...] = ()
    """Names and titles with their layer."""
    endings: tuple[tuple[str, str], ...] = ()
    """Endings with the layer of what ends so."""
    homes: tuple[str, ...] = ()
    """Places that the paper is at home in."""
    aliases: tuple[tuple[str, str], ...] = ()
    """Other words, each with the name that it stands for."""

    @classmethod
    def load(cls, paths: Sequence[Path] = ()) -> Lexicon:
        """The words of files and folders (their *.txt). Raises KgError that names the file and line of a mistake."""
        names: list[tuple[str, str]] = []
        endings: list[tuple[str, str]] = []
        homes: list[str] = []
        aliases: list[tuple[str, str]] = []
        for path, number, fields in _entries(paths):
            word, kind, *rest = (*fields, "")
            if word and kind in LAYERS and not any(rest):
                names.append((word, kind))
            elif word and kind == "ending" and rest[0] in LAYERS[:6]:
                endings.append((word, rest[0]))
            elif word and kind == "home" and not any(rest):
                homes.append(word)
            elif word and kind == "alias" and rest[0]:
                aliases.append((word, rest[0]))
            else:
                raise KgError(
                    f"{path}:{number}: {' '.join(fields)!r} is no entry; write a word, a tab and one of "
                    f"{', '.join(LAYERS)}, home, or `ending` and a type, or `alias` and a name"
                )
        return cls(tuple(names), tuple(endings), tuple(homes), tuple(aliases))

    def tagged(self, text: str) -> list[Tagged]:
        """Every place in `text` where one of the user's names, or a name with one of the endings, stands."""
        found = [
            Tagged(m.start(), m.end(), layer, 1.0)
            for name, layer in self.names
            for m in re.finditer(re.escape(name), text)
        ]
        for ending, layer in self.endings:
            for match in re.finditer(re.escape(ending), text):
                found.append(Tagged(_begin(text, match.start()), match.end(), layer, 0.9))
        return found


def _begin(text: str, end: int) -> int:
    """Where the name begins whose ending stands at `end`: at the first place named right before it, else at the word
    before it."""
    low = max(0, end - BEFORE, *(m.end() for m in re.finditer(r"[^\w]", text[:end])))
    places = [low + start for start, _, _ in scan(text[low:end])]
    if places:
        return places[0]
    words = cut(text[low:end])
    return end - len(words[-1]) if words else end


def _entries(paths: Sequence[Path]) -> Iterator[tuple[Path, int, list[str]]]:
    for path in paths:
        if not path.exists():
            raise KgError(f"{path}: no such lexicon; name a file or a folder of .txt files")
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            try:
                lines = file.read_text(encoding="utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise KgError(f"{file}: cannot be read as UTF-8 text: {error}") from error
            for number, line in enumerate(lines, 1):
                if line.strip() and not line.startswith("#"):
                    yield file, number, [field.strip() for field in line.strip().split("\t")]
