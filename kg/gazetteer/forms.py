"""The forms of a division's name: what people write instead of the official one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

LEVELS = ("Province", "Prefecture", "County", "Township", "Village")


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of words/`name`.txt in their order, comments left out."""
    text = (files("kg.gazetteer") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def endings(level: str) -> tuple[str, ...]:
    """The endings of names of `level`, one of LEVELS, the longest first."""
    pairs = (line.split("\t") for line in words("endings"))
    return tuple(ending for at, ending in pairs if at == level)


def root(name: str, level: str) -> str:
    """`name` without its level's ending and, in autonomous areas, without the peoples' names; never less than two
    characters: 炎陵县 → 炎陵, 湘西土家族苗族自治州 → 湘西, 沙县 → 沙县."""
    for ending in endings(level):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            bare = name[: -len(ending)]
            autonomous = ending.startswith(("自治", "民族")) or (level == "Township" and ending == "乡")
            return _without_peoples(bare) if autonomous else bare
    return name


def short_forms(name: str, level: str) -> Iterator[str]:
    """The shorter forms of the official `name` of a division above the villages."""
    bare = root(name, level)
    if bare == name:
        return
    if name.endswith(("自治州", "自治县", "自治旗", "族乡")):
        bare = bare.removesuffix("族")  # 鄂温克族自治旗: the people is the name
        yield bare + name[-1]  # 湘西州, 芷江县
    if name.endswith("街道"):
        yield bare + "街"
    yield bare


def village_root(name: str) -> str:
    """The name of a village or community without what kind it is: 银湖村村民委员会, 银湖社区 → 银湖."""
    for _ in range(2):  # 银湖村 + 村委会
        for ending in endings("Village"):
            if name.endswith(ending) and len(name) - len(ending) >= 1:
                name = name[: -len(ending)]
                break
    return name


def everyday(name: str) -> str:
    """The official name of a village or community as people say it, without its committee: 银湖村委会 → 银湖村,
    青石社区居民委员会 → 青石社区. Any other name stays as it is."""
    for committee, called in (line.split("\t") for line in words("committees")):
        bare = name.removesuffix(committee)
        if bare and bare != name:
            return bare if bare.endswith(endings("Village")) else bare + called
    return name


def is_community(name: str) -> bool:
    """Whether the name is one of a town's communities (社区, 居委会) rather than a village's."""
    return any(name.endswith(e) for e in endings("Village") if "居" in e or "社区" in e)


def _without_peoples(bare: str) -> str:
    shorter = bare
    while True:
        people = next((p for p in words("peoples") if shorter.endswith(p)), None)
        if people is None or len(shorter) - len(people) < 2:
            return shorter
        shorter = shorter[: -len(people)]
