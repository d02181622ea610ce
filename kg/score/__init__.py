"""`kg score`: what the graph states, held against gold files: precision, recall and F1.

A person, organisation or place is right when a type agrees and one name is equal (punctuation aside) or the codes are;
a project, initiative or event also when names overlap. A claim is right when predicate, subject and object agree; an
amount when value and unit do; a date when it begins with gold's; a post when one contains the other. What gold marks
optional counts neither way.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.facts import PAIRS, TYPES
from kg.facts_out import facts
from kg.score.compare import Claim, Entity, dice, norm_title, repeats_hierarchy, same_claim
from kg.score.files import Gold, Stated, read_facts, read_gold
from kg.score.tally import Tally, compare

CORE = ("holdsPost", "leads", "locatedIn", "funding")


@dataclass(frozen=True)
class Score:
    """The result: a row for each kind of fact, in order."""

    rows: Mapping[str, Tally]
    absent: tuple[str, ...] = ()
    """Sources of gold files of which the graph states nothing: all that they hold counts as missing."""

    def json(self) -> str:
        """The figures as JSON: row → precision, recall, f1, gold, predicted."""
        return json.dumps({name: _figures(tally) for name, tally in self.rows.items()}, ensure_ascii=False, indent=1)

    def text(self, errors: bool = False) -> str:
        """The figures as a table; with `errors`, each missing and each extra fact below it."""
        lines = [f"{'':44}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}"]
        for name, tally in self.rows.items():
            cells = (tally.precision, tally.recall, tally.f1)
            shown = "".join(f"{'-' if cell is None else format(cell, '.3f'):>7}" for cell in cells)
            lines.append(f"{name:44}{shown}{tally.found + tally.missed:>7}{tally.right + tally.wrong:>7}")
        lines += [f"not in this build, so all of it is missing: {source}" for source in self.absent]
        if errors:
            lines += [f"{name}: {error}" for name, tally in self.rows.items() for error in tally.errors]
        return "\n".join(lines)


def score(golds: Iterable[Path | str], out: Path | str = "out") -> Score:
    """Hold the graph of the build in `out` against gold files. Facts are pooled by source, whose base name counts.

    Raises KgError where `out` holds no build or a gold file cannot be read.
    """
    return score_records(facts(out), [read_gold(Path(path)) for path in golds])


def score_records(records: Iterable[Mapping[str, Any]], golds: Sequence[Gold]) -> Score:
    """Hold the records of `kg facts` against gold."""
    stated = read_facts(records)
    rows: dict[str, Tally] = defaultdict(Tally)
    for gold in golds:
        here = stated.get(gold.source, Stated())
        _articles(rows, here, gold)
        _entities(rows, here, gold)
        _claims(rows, here, gold)
        _shares(rows, here, gold)
    for group in ("entity", "claim"):
        _sum(rows, f"{group} all", [name for name in rows if name.startswith(group + " ")])
    _sum(rows, "claim core (post, leads, located, funding)", [f"claim {predicate}" for predicate in CORE])
    return Score(dict(rows), tuple(gold.source for gold in golds if gold.source not in stated))


def _articles(rows: dict[str, Tally], here: Stated, gold: Gold) -> None:
    seen = {norm_title(a.get("title")): a for a in here.articles}
    for article in gold.titles:
        title = norm_title(article["title"])
        near = [a for s, a in seen.items() if s and (s == title or dice(s, title) >= 0.8)]
        if near and article.get("published"):
            right = str(near[0].get("published") or "").startswith(article["published"])
            rows["published (of articles found)"].share(right)
        row = rows["articles"]
        row.add(Tally(found=int(bool(near)), missed=int(not near)))
        if not near:
            row.errors.append(f"missing  article {article['title']}")
    surplus = max(0, len(here.articles) - len(gold.titles))
    rows["articles"].add(Tally(right=min(len(here.articles), len(gold.titles)), wrong=surplus))


def _entities(rows: dict[str, Tally], here: Stated, gold: Gold) -> None:
    predicted = [e for e in here.entities.values() if e.names]
    for kind in TYPES:

        def shown(e: Entity, kind: str = kind) -> str:
            return f"{kind} {e.shown}"

        precise = compare([e for e in predicted if e.kind == kind], gold.entities, Entity.same, shown)
        recalled = compare(predicted, [e for e in gold.entities if e.kind == kind], Entity.same, shown)
        row = rows[f"entity {kind}"]
        row.add(Tally(precise.right, precise.wrong, recalled.found, recalled.missed))
        row.errors += [e for e in precise.errors if e.startswith("extra")]
        row.errors += [e for e in recalled.errors if e.startswith("missing")]


def _claims(rows: dict[str, Tally], here: Stated, gold: Gold) -> None:
    for predicate in ("holdsPost", *PAIRS, "funding", "date", "statistic", "authoredBy"):
        wanted = [c for c in gold.claims if c.predicate == predicate]
        unique: list[Claim] = []
        for c in here.claims:
            if c.predicate != predicate or any(same_claim(c, u) for u in unique):
                continue
            if any(same_claim(c, g) for g in wanted) or not repeats_hierarchy(c, gold.claims):
                unique.append(c)
        found = compare(unique, wanted, same_claim, Claim.shown)
        rows[f"claim {predicate}"].add(found)
        rows[f"claim {predicate}"].errors += found.errors


def _shares(rows: dict[str, Tally], here: Stated, gold: Gold) -> None:
    """Of what was found: the codes of places, the bodies of posts, the roles of authors."""
    for g in gold.entities:
        if "Place" in g.types and g.code and not g.optional:
            codes = [e.code for e in here.entities.values() if e.same(g)]
            if codes:
                right = any(c and c.rstrip("0") == g.code.rstrip("0") for c in codes)
                rows["place codes (of places found)"].share(right)
    for claim in gold.claims:
        if claim.optional or not (claim.predicate == "authoredBy" or (claim.predicate == "holdsPost" and claim.of)):
            continue
        given = [c for c in here.claims if same_claim(c, claim)]
        if not given:
            continue
        if claim.of:
            body = claim.of
            rows["post's body (of posts found)"].share(any(c.of and c.of.same(body) for c in given))
        else:
            rows["author's role (of authors found)"].share(any(c.role == claim.role for c in given))


def _sum(rows: dict[str, Tally], name: str, parts: Iterable[str]) -> None:
    total = Tally()
    for part in parts:
        total.add(rows[part])
    rows[name] = total


def _figures(tally: Tally) -> dict[str, float | int | None]:
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
        "gold": tally.found + tally.missed,
        "predicted": tally.right + tally.wrong,
    }
