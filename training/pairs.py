"""Gold claims as labelled pairs: which source and target items of an annotated article stand in which relation."""

from __future__ import annotations

from collections import defaultdict

from extra import IGNORE
from gold import ANAPHOR, Example, occurrences

from kg.document import Span
from kg.language.amounts import Quantity
from kg.language.reading import Reading, plain
from kg.relations.candidates import LABELS, Pair, Scene, allowed
from kg.relations.figures import figures
from kg.relations.items import AMOUNTS, Item
from kg.score.compare import Claim, _same_quantity


def items(example: Example) -> tuple[Reading, list[Item]]:
    """The reading of an annotated article and its gold items, anaphors that gold resolves included."""
    reading = plain(example.text)
    found = [
        Item(m.start, m.end, m.layer, m.entity if m.layer != "Post" else None)
        for m in example.mentions
        if m.sure or m.layer != "Post"
    ]
    taken = defaultdict(list)
    for item in found:
        taken[item.kind].append(Span(item.start, item.end))
    for entity in example.article["entities"]:
        for name in entity["names"]:
            if ANAPHOR.fullmatch(name):
                for a, b in occurrences(example.text, name):
                    if not any(s.overlaps(Span(a, b)) for s in taken[entity["type"]]):
                        taken[entity["type"]].append(Span(a, b))
                        found.append(Item(a, b, entity["type"], entity["id"], anaphor=True))
    # of one entity's nested mentions only the longest is an item
    found = [
        i
        for i in found
        if i.kind == "Post"
        or not any(
            j is not i
            and j.entity == i.entity
            and j.kind == i.kind
            and j.start <= i.start
            and i.end <= j.end
            and j.end - j.start > i.end - i.start
            for j in found
        )
    ]
    return reading, found + figures(reading, example.article.get("published"))


def same_amount(quantity: Quantity, value: float, unit: str) -> bool:
    """Whether the text's quantity is the annotated one, by the scorer's measure."""
    here = Claim("statistic", None, value=float(quantity.value), unit=quantity.unit)
    return _same_quantity(here, Claim("statistic", None, value=float(value), unit=unit))


def labelled(example: Example) -> tuple[Reading, Scene, list[Pair], list[int]]:
    """The candidate pairs of an annotated article, each with the index of its label, or IGNORE."""
    reading, found = items(example)
    scene = Scene(reading, found)
    optional = {e["id"] for e in example.article["entities"] if e.get("optional")}
    wanted: dict[tuple[str, int, int, str], tuple[int, bool]] = {}
    related: set[tuple[str, str]] = set()
    vague: set[tuple[int, int]] = set()
    for claim in example.article["claims"]:
        p = claim["p"]
        if p == "authoredBy" or not claim["evidence"]:
            continue
        if p == "undertakenBy":  # judged from who does it to the project
            claim = {**claim, "s": claim["o"], "o": claim["s"]}
        unsure = bool(claim.get("optional") or claim["s"] in optional or claim.get("o") in optional)
        label = LABELS.index(claim["role"] if p in ("funding", "date") else p)
        evidence = [Span(a, b) for a, b in occurrences(example.text, claim["evidence"])]
        near = (
            [
                Span(
                    reading.sentences[reading.sentence(e.start)].start,
                    reading.sentences[reading.sentence(e.end - 1)].end,
                )
                for e in evidence
            ]
            if reading.sentences
            else []
        )
        if claim.get("o"):
            related.add((claim["s"], claim["o"]))
        targets = [i for i in scene.items if fits(i, claim)]
        inside = [t for t in targets if any(e.start <= t.start and t.end <= e.end for e in evidence)]
        inside = inside or [t for t in targets if any(n.start <= t.start and t.end <= n.end for n in near)]
        for target in inside:
            key = (claim["s"], target.start, target.end, target.kind)
            if key not in wanted or (wanted[key][1] and not unsure):
                wanted[key] = (label, unsure)
            if unsure:
                vague.add((target.start, target.end))
    sure = {(k[1], k[2]) for k, (_, unsure) in wanted.items() if not unsure}
    pairs = scene.pairs()
    labels = []
    for pair in pairs:
        key = (pair.source.entity or "", pair.target.start, pair.target.end, pair.target.kind)
        span = (pair.target.start, pair.target.end)
        if key in wanted:
            label, unsure = wanted[key]
            possible = LABELS[label] in allowed(pair.source.kind, pair.target.kind)
            labels.append(label if possible and not unsure else IGNORE)
        elif pair.target.entity and (pair.source.entity, pair.target.entity) in related:
            labels.append(IGNORE)
        elif pair.target.kind in AMOUNTS and span in vague and span not in sure:
            labels.append(IGNORE)  # an optional figure: whose it is matters to nobody
        elif pair.source.entity in optional or pair.target.entity in optional:
            labels.append(IGNORE)
        else:
            labels.append(0)
    return reading, scene, pairs, labels


def fits(item: Item, claim: dict) -> bool:
    """Whether an item can be the target that a claim speaks of."""
    p = claim["p"]
    if p in ("funding", "statistic"):
        return item.kind in AMOUNTS and same_amount(item.value, claim["value"], claim["unit"])
    if p == "date":
        mention = item.value if item.kind == "Date" else None
        if mention is None:
            return False
        said = [v for v in (mention.value, mention.end_value) if v]
        return any(v.startswith(claim["value"]) or (claim["value"].startswith(v)) for v in said)
    if p == "holdsPost":
        return item.kind == "Post"
    return item.entity is not None and item.entity == claim["o"]
