"""From mentions to entities: which mentions of one article speak of the same thing."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.document import Span
from kg.entities.anaphors import HEAD, Anaphor, anaphors, pointing
from kg.entities.mentions import Tagged
from kg.entities.names import bare, same_organization, same_work
from kg.facts import Entity
from kg.gazetteer.divisions import contains
from kg.gazetteer.divisions import name as official
from kg.gazetteer.scan import scan
from kg.identity.places import Link, link, parts
from kg.language.reading import Reading
from kg.relations.items import WORKS, Item

NAMED = 80
"""Characters of nearness that one more naming of an entity is worth to an anaphor; of 0, 40 and 80 the best on the
annotated articles."""
_ENDINGS = ("省", "市", "县", "区", "旗", "镇", "乡", "街道")


@dataclass
class Cluster:
    """An entity while its mentions are gathered."""

    type: str
    names: list[str]
    also: set[str] = field(default_factory=set)
    mentions: list[tuple[int, int, bool]] = field(default_factory=list)
    """start, end, whether it is an anaphor."""
    score: float = 0.0
    place: Link | None = None

    def add(self, name: str, tagged: Tagged) -> None:
        """Take a mention in, with the name that it uses."""
        if name not in self.names:
            self.names.append(name)
        self.also |= set(tagged.also)
        self.mentions.append((tagged.start, tagged.end, False))
        self.score = max(self.score, tagged.score)


def clusters(
    reading: Reading, tagged: list[Tagged], outlet: str | None = None, aliases: dict[str, str] | None = None
) -> list[Cluster]:
    """The entities that the mentions name, in order of first mention; anaphors are added to the entity they mean.
    `outlet` says where the paper is at home, `aliases` which name another word stands for."""
    aliases = aliases or {}
    pointers = _pointers(reading.text, [reading.text[t.start : t.end] for t in tagged])
    spoken = {(a.start, a.end) for a in pointers}
    tagged = [t for t in tagged if (t.start, t.end) not in spoken or t.layer == "Post"]
    found = _places(reading, tagged, outlet, aliases)
    names = sorted((t for t in tagged if t.layer not in ("Place", "Post")), key=lambda t: -len(t.span))
    for t in names:
        name = reading.text[t.start : t.end]
        home = next((c for c in found if c.type == t.layer and _same(c, aliases.get(name, name))), None)
        if home is None:
            home = Cluster(t.layer, [aliases[name]] if name in aliases else [])
            found.append(home)
        home.add(name, t)
    for cluster in found:
        cluster.mentions.sort()
    found.sort(key=lambda c: c.mentions[0])
    _resolve(reading, found, tagged, pointers)
    return found


def _same(cluster: Cluster, name: str) -> bool:
    """Whether a name, shorter than or as long as those in the cluster, can be its name."""
    short = bare(name)
    for other in map(bare, cluster.names):
        if other == short:
            return True
        if cluster.type == "Organization" and same_organization(other, short):
            return True
        if cluster.type in WORKS and same_work(other, short):
            return True
    return False


def _places(reading: Reading, tagged: list[Tagged], outlet: str | None, aliases: dict[str, str]) -> list[Cluster]:
    """The places: mentions cut where one division's name ends and the next begins, joined by code or name."""
    pieces: list[Tagged] = []
    for t in tagged:
        if t.layer != "Place":
            continue
        at = t.start
        cut = _parts(reading.text[t.start : t.end])
        for number, part in enumerate(cut):
            last = number == len(cut) - 1
            if len(part) > 1:
                pieces.append(Tagged(at, at + len(part), t.layer, t.score, t.also if last else ()))
            at += len(part)
    pieces = sorted({(p.start, p.end): p for p in pieces}.values(), key=lambda p: (p.start, -p.end))
    written = [reading.text[p.start : p.end] for p in pieces]
    meant = [(aliases.get(name, name), p.span) for name, p in zip(written, pieces, strict=True)]
    links = link(meant, reading.text, 0, outlet=outlet)
    found: dict[str, Cluster] = {}
    chains: dict[int, tuple[str, str | None]] = {}
    """Where a chain of places ends: its text and the code of its last."""
    for piece, target in zip(pieces, links, strict=True):
        name = reading.text[piece.start : piece.end]
        key = target.code or f"{target.within}/{target.name}"
        cluster = found.setdefault(key, Cluster("Place", [], place=target))
        cluster.add(name, piece)
        if target.name not in cluster.names:
            cluster.names.append(target.name)
        before, outer = chains.get(piece.start, ("", None))
        if outer and target.code and not contains(outer, target.code):
            before = ""  # 湖南湖北 are two provinces side by side
        if before and before + name not in cluster.names:
            cluster.names.append(before + name)
        chains[piece.end] = (before + name, target.code)
    return list(found.values())


def _parts(name: str) -> list[str]:
    """A place name cut where one name ends and the next begins; the parts together are the name."""
    if " " in name or "\u3000" in name:
        return [name]
    found: list[str] = []
    for part in parts(name):
        at = 0
        for start, end, division in scan(part):
            if len(division) > 2 and division.endswith(_ENDINGS) and start >= at and (start, end) != (0, len(part)):
                found += [p for p in (part[at:start], division) if p]
                at = end
        found += [part[at:]] if part[at:] else []
    return found


def short_forms(name: str) -> list[str]:
    """A body's name without the outer divisions that it begins with: 云岭省石桥县南塘村合作社 → 石桥县南塘村合作社."""
    cut = parts(name)
    return ["".join(cut[i:]) for i in range(1, len(cut)) if len("".join(cut[i:])) >= 6]


def _pointers(text: str, names: list[str]) -> list[Anaphor]:
    """The anaphors of a text in which these names stand, in order."""
    endings = {name[-n:] for name in names for n in range(2, min(len(name), HEAD) + 1)}
    return sorted([*anaphors(text), *pointing(text, endings)], key=lambda a: (a.start, -a.end))


def _resolve(reading: Reading, found: list[Cluster], tagged: list[Tagged], pointers: list[Anaphor]) -> None:
    """Give each anaphor outside of any name to the entity that it most likely means: of those before it that fit, the
    nearest, each further naming of an entity counting as a nearness of NAMED characters; else the first behind it."""
    covered = bytearray(len(reading.text) + 1)
    for t in tagged:
        covered[t.start : t.end] = b"\1" * len(t.span)
    for a in pointers:
        if any(covered[a.start : a.end]):
            continue
        fitting = [c for c in found if (not a.type or c.type == a.type or a.type in c.also) and _ends(c, a.endings)]
        if not fitting:
            continue
        before = [(max(e for s, e, _ in c.mentions if s < a.start), c) for c in fitting if c.mentions[0][0] < a.start]
        covered[a.start : a.end] = b"\1" * (a.end - a.start)
        nearest = max(before, key=lambda b: b[0] + NAMED * sum(not again for *_, again in b[1].mentions), default=None)
        cluster = nearest[1] if nearest else min(fitting, key=lambda c: c.mentions[0])
        cluster.mentions.append((a.start, a.end, True))
        cluster.mentions.sort()


def _ends(cluster: Cluster, endings: tuple[str, ...]) -> bool:
    return not endings or any(name.endswith(endings) for name in (*cluster.names, *_official(cluster)))


def _official(cluster: Cluster) -> tuple[str, ...]:
    return (official(cluster.place.code),) if cluster.place and cluster.place.code else ()


def entity(cluster: Cluster, number: int, reading: Reading) -> Entity:
    """The cluster as a value; its names the fullest first, mentions in the source."""
    names = sorted(dict.fromkeys(cluster.names), key=lambda n: (-len(n), n))
    place = cluster.place
    spans = tuple(reading.source(Span(a, b)) if reading.paragraphs else Span(a, b) for a, b, _ in cluster.mentions)
    if cluster.type == "Organization":
        names += [short for n in names for short in short_forms(n) if short not in names]
    if place is not None:  # the name of the place itself before the chain that it stands in
        names = [place.name, *(n for n in names if n != place.name)]
    return Entity(
        f"e{number}",
        cluster.type,
        tuple(names),
        tuple(sorted(cluster.also)),
        place.kind if place else None,
        place.code if place else None,
        spans,
        place.within if place else None,
    )


def items(found: list[Cluster]) -> list[Item]:
    """Every mention of the clusters as an item for the relations; the entity's id is its place in the list, from 1."""
    return [
        Item(a, b, c.type, f"e{n}", anaphor, c.score) for n, c in enumerate(found, 1) for a, b, anaphor in c.mentions
    ]
