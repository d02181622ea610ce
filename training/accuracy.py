"""Measure the whole pipeline on annotated sources and write the report: docs/accuracy.md and docs/calibration.svg.

    python training/accuracy.py --gold ../shared/gold --sources ../shared --out docs/accuracy.md

GOLD holds dev/ and train/; the blind part of train is named in training/blind.txt and shown in sums alone. Examples
of errors come from the dev pages that the project ships in seeds/. The same run measures the baselines.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from baseline import TAGGERS, facts
from errors import REASONS, Error, errors
from reliability import FEW, bands, calibration_error, plot
from verdicts import Record, Verdict, golds, source, stated, verdicts

from kg import __version__
from kg.relations.thresholds import shipped
from kg.score import Score, score_records
from kg.score.files import Gold
from kg.score.tally import Tally

ROOT = Path(__file__).parents[1]
MODELS = ("tagger.onnx", "reader.onnx", "judge.onnx", "characters.tsv", "calibration.json")
TOTALS = ("entity all", "claim core (post, leads, located, funding)", "claim all")
KINDS_SHOWN = 10


@dataclass(frozen=True)
class Part:
    """Annotated sources with what a system states about them."""

    name: str
    golds: Sequence[Gold]
    records: Sequence[Record]

    @property
    def score(self) -> Score:
        """As `kg score` counts."""
        return score_records(self.records, self.golds)

    def only(self, name: str, wanted: Callable[[Gold], bool]) -> Part:
        """The sources that are wanted."""
        return Part(name, [g for g in self.golds if wanted(g)], self.records)


def page(gold: Gold) -> bool:
    """Whether a source is a page: it holds several articles."""
    return len(gold.titles) > 1


def table(head: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> list[str]:
    """A Markdown table; the first `left` columns are text, the others figures."""
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * left + " ---: |" * (len(head) - left)]
    return [*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows), ""]


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def summary(systems: Sequence[tuple[str, Sequence[Part]]]) -> list[str]:
    """The totals of each system on each part."""
    head = ("system", "on", "entities F1", "core claims F1", "all claims P", "R", "F1")
    rows = []
    for name, parts in systems:
        for part in parts:
            entity, core, claims = (part.score.rows[total] for total in TOTALS)
            rows.append((name, part.name, entity.f1, core.f1, claims.precision, claims.recall, claims.f1))
    return ["## In short", "", *table(head, rows, left=2)]


def by_row(title: str, intro: str, parts: Sequence[Part]) -> list[str]:
    """Every row of the score, for each part P / R / F1 and the number of gold facts."""
    scores = [part.score.rows for part in parts]
    rows = []
    for name in dict.fromkeys(n for found in scores for n in found):
        cells = []
        for found in scores:
            t = found.get(name, Tally())
            cells.append(f"{' / '.join(map(_cell, (t.precision, t.recall, t.f1)))} ({t.found + t.missed})")
        rows.append((name, *cells))
    return [f"## {title}", "", f"P / R / F1 (facts in gold). {intro}", "", *table(["", *(p.name for p in parts)], rows)]


def by_rule(judged: Sequence[Verdict]) -> list[str]:
    """The precision of each rule."""
    rules: dict[str, list[bool]] = defaultdict(list)
    for v in judged:
        if v.right is not None:
            rules[v.rule].append(v.right)
    rows = [(rule, len(right), sum(right) / len(right)) for rule, right in sorted(rules.items())]
    intro = "Of the claims on dev and the blind part that each rule made; those that gold leaves open are not counted."
    return ["## Precision by rule", "", intro, "", *table(("rule", "claims", "precision"), rows)]


def calibration(judged: Sequence[Verdict], hidden: set[str], measured: set[str], picture: Path) -> list[str]:
    """Bands of confidence over the sources that the confidences were not measured on; draws the picture. `hidden` are
    the sources of the blind part."""
    unseen = [v for v in judged if v.right is not None and v.source not in measured]
    found = bands((v.confidence, v.right) for v in unseen)
    blind = bands((v.confidence, v.right) for v in unseen if v.source in hidden)
    picture.write_text(plot(found, "Calibration 置信度校准"), encoding="utf-8")
    rows = [
        (f"{b.low:.1f}–{b.high:.1f}", b.claims, b.mean, b.right, f"{b.right - b.mean:+.3f}{' *' * (b.claims < FEW)}")
        for b in found
    ]
    return [
        "## What confidence is worth",
        "",
        "On dev and the blind part, without the sources on which thresholds and confidences were measured. Expected "
        f"calibration error: **{calibration_error(found):.3f}**; on the blind part of it alone "
        f"{calibration_error(blind):.3f}.",
        "",
        *table(("band", "claims", "mean confidence", "share right", "difference"), rows),
        f"A star marks bands of fewer than {FEW} claims.",
        "",
        f"![Share of right claims by confidence]({picture.name})",
        "",
    ]


def frequent(found: Sequence[Error], shown: Callable[[str], bool]) -> list[str]:
    """The most frequent kinds of error, each with the first example from a source that may be shown."""
    counts = Counter(e.kind for e in found)
    examples: dict[tuple[str, bool, str], str] = {}
    for e in found:
        if shown(e.source):
            examples.setdefault(e.kind, re.sub(r"\s+", "", e.shown).replace("|", "\\|"))
    head = ("kind of error", "example from a dev page", "dev and blind")
    rows = []
    for kind, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:KINDS_SHOWN]:
        what, missing, reason = kind
        said = REASONS[reason].replace("the other side", "the graph" if missing else "gold")
        rows.append((f"{what} {'missing' if missing else 'wrong'}: {said}", examples.get(kind), n))
    intro = f"{len(found)} errors in {len(counts)} kinds; the {KINDS_SHOWN} most frequent:"
    return ["## The most frequent errors", "", intro, "", *table(head, rows, left=2)]


def fingerprint() -> str:
    """What tells these weights from others."""
    digest = hashlib.sha256()
    for name in MODELS:
        digest.update((files("kg.models") / name).read_bytes())
    return digest.hexdigest()[:12]


def opening(dev: Part, blind: Part, measured: set[str]) -> list[str]:
    """What was measured, and how."""
    pages = sum(map(page, dev.golds))
    hidden = {g.source for g in blind.golds}
    return [
        "# Accuracy",
        "",
        "Written by `training/accuracy.py` from one run; do not edit. "
        f"xianzhi {__version__}, weights and thresholds {fingerprint()}.",
        "",
        f"- **dev**: {pages} newspaper pages with {sum(len(g.titles) for g in dev.golds if page(g))} articles and "
        f"{len(dev.golds) - pages} plain articles, looked at during development.",
        f"- **blind**: {len(blind.golds)} plain articles that nothing was trained on, parted"
        " from the training articles by groups that share people or events, and seen only in sums.",
        f"- Thresholds and confidences were measured on {len(measured)} articles, "
        f"{len(measured & hidden)} of them in the blind part.",
        "- Counted as `kg score` counts: P is the share of what the graph states that gold states, R the share of "
        "gold that the graph states, F1 their harmonic mean; what gold marks optional counts neither way.",
        "",
    ]


def main() -> None:
    """Read the arguments, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="the folder with dev/ and train/")
    parser.add_argument("--sources", type=Path, required=True, help="the folder with the texts")
    parser.add_argument("--out", type=Path, default=Path("docs/accuracy.md"))
    args = parser.parse_args()
    names = (Path(__file__).parent / "blind.txt").read_text(encoding="utf-8").split()
    wanted = {"dev": golds([args.gold / "dev"]), "blind": golds([args.gold / "train"], names)}
    paths = {name: [source(g, args.sources) for g in found] for name, found in wanted.items()}
    dev, blind = (Part(name, wanted[name], stated(paths[name])) for name in wanted)
    systems: list[tuple[str, Sequence[Part]]] = [("xianzhi", (dev, blind))]
    for name, make in TAGGERS.items():
        tag = make()
        systems.append((name, [Part(p, wanted[p], list(facts(tag, paths[p]))) for p in wanted]))
    judged = [v for part in (dev, blind) for v in verdicts(part.records, part.golds)]
    found = [e for part in (dev, blind) for e in errors(part.records, part.golds)]
    measured = set(shipped().get("files", ()))
    by_source = [
        dev.only("dev pages", page),
        dev.only("dev articles", lambda gold: not page(gold)),
        blind.only("blind articles", lambda gold: not page(gold)),
    ]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        *opening(dev, blind, measured),
        *summary(systems),
        *by_row("By type and predicate", "All sources of each part together.", (dev, blind)),
        *by_row("By kind of source", "The blind part holds no pages.", by_source),
        *by_rule(judged),
        *calibration(judged, {g.source for g in blind.golds}, measured, args.out.with_name("calibration.svg")),
        *frequent(found, lambda name: (ROOT / "seeds" / name).exists()),
    ]
    args.out.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
