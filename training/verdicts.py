"""What a build states about annotated sources, claim by claim: right, wrong, or left open by gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import kg
from kg.facts import PAIRS
from kg.relations.thresholds import using
from kg.score.compare import Claim, repeats_hierarchy, same_claim, same_statement
from kg.score.files import Gold, read_facts, read_gold

Record = Mapping[str, Any]
Key = tuple[str | None, ...]

PREDICATES = ("holdsPost", *PAIRS, "funding", "date", "statistic", "authoredBy")
"""What gold annotates; other claims (status) are not judged."""
PLACES = ("", "seeds", "corpus/articles")
"""Where below the folder of sources a text may lie."""


@dataclass(frozen=True)
class Verdict:
    """A claim of the graph with what gold says of it."""

    source: str
    claim: Claim
    rule: str
    confidence: float
    right: bool | None
    """None: gold calls it optional, and it counts neither way."""

    @property
    def label(self) -> str:
        """The claim's label for the judge of pairs."""
        return label(self.claim)


@dataclass(frozen=True)
class Wanted:
    """A claim that gold requires, with the confidence that the graph has in it (0: the graph does not state it)."""

    source: str
    claim: Claim
    confidence: float
    other: float
    """The same for the best other reading of the statement that gold allows."""

    @property
    def label(self) -> str:
        """The claim's label for the judge of pairs."""
        return label(self.claim)


def label(claim: Claim) -> str:
    """What the judge of pairs calls such a claim: the role of funding and dates, else the predicate."""
    return claim.role if claim.predicate in ("funding", "date") else claim.predicate


def golds(folders: Iterable[Path], names: Iterable[str] | None = None) -> list[Gold]:
    """The gold files of `folders` (and the folders in them) by name; of these only `names`, where that is given.

    Raises FileNotFoundError when none of the files is there.
    """
    wanted = None if names is None else set(names)
    paths = sorted((p for f in folders for p in f.glob("**/*.json")), key=lambda p: (p.name, str(p)))
    found = [read_gold(p) for p in paths if wanted is None or p.name in wanted]
    if not found:
        raise FileNotFoundError(f"no gold files in {', '.join(map(str, folders))}; name a folder with gold *.json")
    return found


def text_file(name: str, folder: Path) -> Path | None:
    """Where the text of a source lies below `folder`; None where it is no file of its own there."""
    return next((path for place in PLACES if (path := folder / place / name).is_file()), None)


def source(gold: Gold, folder: Path) -> Path:
    """The text that a gold file describes. Raises FileNotFoundError when it is not below `folder`."""
    path = text_file(gold.source, folder)
    if path is not None:
        return path
    raise FileNotFoundError(f"{gold.source} is not in {folder}; give with --sources the folder that holds the texts")


def stated(sources: Sequence[Path], table: Record | None = None) -> list[Record]:
    """The records of `kg facts` after a build of `sources`, by the shipped thresholds or those of `table`."""
    with TemporaryDirectory() as out, using(table) if table is not None else nullcontext():
        report = kg.build(sources, out, workers=1)
        if report.problems:
            raise RuntimeError(f"the build met problems, first {report.problems[0]}; accuracy needs every source")
        return list(kg.facts(out))


def verdicts(
    records: Iterable[Record], gold: Sequence[Gold], again: Mapping[Key, bool | None] | None = None
) -> Iterator[Verdict]:
    """The claims of `records` judged as `kg score` does: of claims that say the same once, the surest counts. `again`
    says of claims that gold does not have what a second reading found."""
    for one, claims in _by_source(records, gold):
        kept: list[Claim] = []
        for claim, record in claims:
            if claim.predicate not in PREDICATES or any(same_claim(claim, k) for k in kept):
                continue
            matches = [g for g in one.claims if same_claim(claim, g)]
            if not matches and repeats_hierarchy(claim, one.claims):
                continue
            kept.append(claim)
            right = None if matches and all(g.optional for g in matches) else bool(matches)
            if not matches and again is not None:
                right = again.get(key(one.source, record), False)
            yield Verdict(one.source, claim, record["rule"], float(record["confidence"]), right)


def key(source: str, record: Record) -> Key:
    """What tells a claim of `kg facts` from the others of its source: predicate, subject, object, post, role, value."""
    value = record.get("value")
    names = [(record.get(part) or {}).get("names", [None])[0] for part in ("subject", "object")]
    rest = (record.get("post"), record.get("role"), None if value is None else str(value))
    return (source, record["predicate"], *names, *rest)


def wanted(records: Iterable[Record], gold: Sequence[Gold]) -> Iterator[Wanted]:
    """The claims that gold requires, each with the confidence of the surest claim of `records` that states it."""
    for one, claims in _by_source(records, gold):
        best = [max((float(r["confidence"]) for c, r in claims if same_claim(c, g)), default=0.0) for g in one.claims]
        for g, here in zip(one.claims, best, strict=True):
            if not g.optional:
                others = [b for o, b in zip(one.claims, best, strict=True) if b and o.optional and same_statement(o, g)]
                yield Wanted(one.source, g, here, max(others, default=0.0))


def _by_source(records: Iterable[Record], gold: Sequence[Gold]) -> Iterator[tuple[Gold, list[tuple[Claim, Record]]]]:
    """Each gold file with the claims on its source, the surest first."""
    records = list(records)
    said = read_facts(records)
    raw: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record["kind"] == "claim":
            raw[PurePosixPath(record["source"]).name].append(record)
    for one in gold:
        claims = said[one.source].claims if one.source in said else []
        yield one, sorted(zip(claims, raw[one.source], strict=True), key=lambda c: -float(c[1]["confidence"]))
