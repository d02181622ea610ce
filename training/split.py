"""The fixed blind part of the annotated articles: about a third, cut by groups that share a person or a named event.

Two articles about one person or event must not stand on both sides, or the blind part measures memory. Articles are
joined into groups when they share a person (bylines and names that stand in four files or more, such as national
leaders and wire editors, left out) or an event named with six characters or more; a group is blind when the CRC-32 of
its first file name is divisible by three.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from pathlib import Path

COMMON = 4
"""A name in this many files joins nothing: it is a national figure or an editor."""


def signs(gold: dict) -> set[str]:
    """The names that would tell one annotated file of another: its people outside bylines, its long event names."""
    found: set[str] = set()
    for article in gold["articles"]:
        authors = {c["name"] for c in article["claims"] if c["p"] == "authoredBy"}
        for entity in article["entities"]:
            if entity["type"] == "Person":
                found |= {n for n in entity["names"] if len(n) >= 2 and n not in authors}
            elif entity["type"] == "Event":
                found |= {n for n in entity["names"] if len(n) >= 6}
    return found


def groups(folder: Path) -> list[list[str]]:
    """File names of the gold in `folder`, in groups that share a sign; each group sorted, groups by first name."""
    owned = {path.name: signs(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))}
    count = Counter(sign for found in owned.values() for sign in found)
    parent = {name: name for name in owned}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    first: dict[str, str] = {}
    for name, found in owned.items():
        for sign in sorted(found):
            if count[sign] < COMMON:
                a, b = sorted((root(first.setdefault(sign, name)), root(name)))
                parent[b] = a
    joined: dict[str, list[str]] = {}
    for name in owned:
        joined.setdefault(root(name), []).append(name)
    return sorted(joined.values())


def blind(folder: Path) -> set[str]:
    """The file names of the blind part of the gold in `folder`."""
    return {name for group in groups(folder) if zlib.crc32(group[0].encode()) % 3 == 0 for name in group}


def held_out() -> tuple[set[str], set[str]]:
    """The file names that nothing is trained on: the blind part; and of our own annotations the held part, and those
    that were annotated in haste."""
    here = Path(__file__).parent
    blind_part, held, later = (
        set((here / f"{n}.txt").read_text(encoding="utf-8").split()) for n in ("blind", "held", "later")
    )
    return blind_part, held | later


if __name__ == "__main__":
    import sys

    gold = Path(sys.argv[1])
    part = blind(gold)
    print(
        f"{len(part)} of {len(list(gold.glob('*.json')))} files are blind; groups: {sorted(map(len, groups(gold)))[-8:]}"
    )
    print(" ".join(sorted(part)))
