"""Gold files as training examples: where each annotated name stands in its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from unpack import unpacked

ANAPHOR = re.compile(
    r"(该.{0,8}|此.{0,6}|这.{0,6}|[本全我](县|市|省|区|镇|乡|村|州|国|旗|社区|报|社|站|校|院|局)|本(次|届).*|当地|上述.*|双方)"
)
LAYERS = ("Person", "Organization", "Place", "Project", "Initiative", "Event", "Post")
MAX_SPAN = 40


@dataclass
class Mention:
    """An occurrence of an entity's name in the text of a source."""

    start: int
    end: int
    layer: str
    entity: str
    sure: bool
    """False: neither a positive nor a negative example."""


@dataclass
class Example:
    """One article of a gold file with its text."""

    name: str
    text: str
    article: dict = field(repr=False)
    mentions: list[Mention] = field(default_factory=list)


def occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where `name` stands in `text`; line breaks inside the text's form are allowed."""
    pattern = r"\n*".join(re.escape(c) for c in name)
    for match in re.finditer(pattern, text):
        yield match.span()


def posts(text: str, article: dict) -> Iterator[Mention]:
    """The titles of holdsPost, where they stand in their evidence."""
    for claim in article["claims"]:
        if claim["p"] != "holdsPost" or not claim["evidence"]:
            continue
        for start, end in occurrences(text, claim["evidence"]):
            for a, b in occurrences(text[start:end], claim["post"]):
                yield Mention(start + a, start + b, "Post", claim["s"], not claim.get("optional"))


def mentions(text: str, article: dict) -> list[Mention]:
    """Every mention that the annotation implies. Within a layer the longer of two overlapping ones stays, the
    shorter becomes unsure (neither a positive nor a negative example)."""
    found: list[Mention] = []
    for entity in article["entities"]:
        optional = bool(entity.get("optional") or article.get("optional"))
        for type_ in (entity["type"], *entity.get("also", [])):
            for rank, name in enumerate(dict.fromkeys(entity["names"])):
                if len(name) < 2 or len(name) > MAX_SPAN or ANAPHOR.fullmatch(name):
                    continue
                vague = rank > 0 and len(name) < 4 and type_ in ("Project", "Initiative", "Event")
                sure = not optional and not vague
                found += [Mention(a, b, type_, entity["id"], sure) for a, b in occurrences(text, name)]
    found += posts(text, article)
    found.sort(key=lambda m: (m.start - m.end, m.start))
    kept: list[Mention] = []
    seen: set[tuple[int, int, str]] = set()
    for m in found:
        if (m.start, m.end, m.layer) in seen:
            continue
        seen.add((m.start, m.end, m.layer))
        longer = [k for k in kept if k.layer == m.layer and k.start < m.end and m.start < k.end and k.sure]
        if longer:
            nested = all(k.start <= m.start and m.end <= k.end for k in longer)
            if (nested and all(k.entity == m.entity for k in longer)) or not nested:
                m = Mention(m.start, m.end, m.layer, m.entity, False)
        kept.append(m)
    return sorted(kept, key=lambda m: (m.start, -m.end, m.layer))


def examples(gold: Path, sources: Path) -> list[Example]:
    """The articles of one gold file whose source lies in `sources`; a page's articles are cut by first and last words."""
    record = json.loads(gold.read_text(encoding="utf-8"))
    text = (sources / record["source"]).read_bytes().decode("utf-8-sig")
    record = unpacked(record, text)
    found = []
    for number, article in enumerate(record["articles"]):
        body = text
        if len(record["articles"]) > 1:
            squeezed = [(i, c) for i, c in enumerate(text) if not re.match(r"[\s#*]", c)]
            flat = "".join(c for _, c in squeezed)
            first, last = (re.sub(r"[\s#*]+", "", article[k]) for k in ("first", "last"))
            a = flat.find(first)
            b = flat.find(last, max(a, 0)) + len(last)
            if a < 0 or b <= a:
                continue
            body = text[squeezed[a][0] : squeezed[b - 1][0] + 1]
        example = Example(f"{record['source']}#{number}", body, article)
        example.mentions = mentions(body, article)
        found.append(example)
    return found
