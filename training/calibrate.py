"""What the judge's probabilities are worth, and which of its labels need more than an even chance to be stated.

    python training/calibrate.py GOLD-FOLDER --sources FOLDER [--names FILE] [--hand FOLDER] [--out FILE]

--names lists the gold files to use, none of which the judge was trained on (training/held.txt); --hand is a folder with
gold of those who wrote the guidelines. Our own annotations leave out more than theirs, so that a claim that is right
counts as wrong more often: one number, learned from both, says how much, a few more how much again for bulk records, and what
is written down is worth what it is worth in their hand. The files are named in the result. What the weights stated and our
annotations lack was read once more (again.jsonl.xz of extra.py), and counts as it was found then.

The pipeline runs over the texts with a threshold of 0.1 for every label; its claims are judged as `kg score` judges
them, optional ones left out. One logistic regression on the log-odds of the judge's probability says how many claims
are right; each label has a slope and an offset of its own, drawn towards its group's and the common ones the more the
fewer cases it has.

What the judge finds more probable than not is stated, unless it is worth less than LEAST; a label whose claims are right
less often than PRECISE in their hand, or that readers of facts found wrong too often (READ), is stated only from higher
on. What is printed is measured on files that the fit has not seen: fitted on one half, by a hash of their names, counted
on the other, and the other way round.
"""

from __future__ import annotations

import argparse
import json
import math
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extra import AGAIN_FILE, lines
from reliability import bands, calibration_error
from verdicts import Verdict, Wanted, golds, source, stated, verdicts, wanted

from kg.relations.candidates import LABELS
from kg.relations.thresholds import EVEN, confidence, threshold, using

FLOOR = 0.1
"""The least probability that is looked at."""
LIKELY = 0.4
"""The probability from which on claims tell what a probability is worth: those below were not read once more."""
GROUPS = (
    ("leads", "carriesOut", "participatesIn", "undertakenBy"),
    ("locatedIn",),
    ("holdsPost",),
    ("totalInvestment", "grant", "raised", "spent"),
    ("on", "start", "end"),
    ("statistic",),
)
"""Labels that lend each other their cases."""
GRID = (*(n / 200 for n in range(20, 198)), *(n / 10_000 for n in range(9_900, 10_001)))
"""The probabilities at which a curve is read; the judge is often very sure."""
MOST = 0.99
"""No reading of a text is surer than this."""
LEAST = 0.55
"""A claim that is worth less is not stated: it would be wrong about as often as right, and what claims are worth is
told least well there."""
READ = {"carriesOut": 0.62, "undertakenBy": 0.57}
"""Labels that strict readers of facts on articles that nobody annotated (docs/corpus-check.md) found right too seldom
from lower probabilities on."""
DRAWN = 0.3
"""How little a label is drawn towards its group (scikit-learn's C); from 0.05 to 1 it is all one on dev."""
PRECISE, FEW = 0.7, 30
"""The least share right of a label's claims, where there are not too few to tell."""
JUDGED = ("pair", "amount")
"""The last part of a rule's name where the judge's probability decides; other rules say their own confidence."""

Table = dict[str, Any]


@dataclass(frozen=True)
class Cases:
    """What the pipeline states about some annotated sources, at FLOOR, and what gold requires of it."""

    verdicts: tuple[Verdict, ...]
    wanted: tuple[Wanted, ...]
    theirs: frozenset[str] = frozenset()
    """The sources whose gold is by the hand of those who wrote the guidelines."""

    @property
    def names(self) -> set[str]:
        """The sources."""
        return {v.source for v in self.verdicts} | {w.source for w in self.wanted}

    def part(self, names: set[str]) -> Cases:
        """The cases of the sources `names`."""
        return Cases(
            tuple(v for v in self.verdicts if v.source in names),
            tuple(w for w in self.wanted if w.source in names),
            self.theirs,
        )

    def of(self, labels: Sequence[str]) -> Cases:
        """The cases of `labels`."""
        return Cases(
            tuple(v for v in self.verdicts if v.label in labels),
            tuple(w for w in self.wanted if w.label in labels),
            self.theirs,
        )

    def judged(self) -> list[tuple[float, bool]]:
        """(probability, right) of the claims that rest on the judge and that gold does not leave open."""
        return sorted((v.confidence, v.right) for v in self.verdicts if decided(v) and v.right is not None)


@dataclass
class Count:
    """Right and wrong claims, found and missed ones."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right + other.right, self.wrong + other.wrong, self.found + other.found, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """1 where nothing is stated."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """0 where nothing is wanted."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def decided(verdict: Verdict) -> bool:
    """Whether the judge's probability decided on the claim."""
    return verdict.rule.rsplit("/", 1)[-1] in JUDGED


def half(name: str) -> int:
    """Which half a source is in: 0 or 1."""
    return zlib.crc32(name.encode()) % 2


def count(cases: Cases, thresholds: dict[str, float]) -> Count:
    """What is right and wrong, found and missed when the judge's claims below their label's threshold are dropped."""
    total = Count()
    for v in cases.verdicts:
        if v.right is not None and not (decided(v) and v.confidence < thresholds.get(v.label, EVEN)):
            total += Count(right=1) if v.right else Count(wrong=1)
    for w in cases.wanted:
        least = thresholds.get(w.label, EVEN)
        if w.confidence and w.confidence >= least:
            total += Count(found=1)
        elif not w.other or w.other < least:
            total += Count(missed=1)
    return total


def fit(cases: Cases) -> Table:
    """The thresholds of the labels that need one of their own, and the steps of every label."""
    theirs, steps = cases.part(set(cases.theirs)), curves(cases)
    least = {
        label: max(
            READ.get(label, EVEN),
            precise(theirs.of((label,))),
            next((p for p, share in curve if share >= LEAST), EVEN),
        )
        for label, curve in steps.items()
    }
    return {"thresholds": {k: v for k, v in least.items() if v > EVEN}, "confidence": steps}


def precise(cases: Cases) -> float:
    """The lowest threshold from EVEN on, in steps of a twentieth, from which on a label's claims are right often enough;
    EVEN where there are too few to tell."""
    for least in (n / 20 for n in range(10, 20)):
        right = [is_right for probability, is_right in cases.judged() if probability >= least]
        if len(right) < FEW:
            return EVEN
        if sum(right) >= PRECISE * len(right):
            return least
    return EVEN


def curves(cases: Cases) -> dict[str, list[list[float]]]:
    """For each label the steps [probability from which on, share right], rising."""
    from sklearn.linear_model import LogisticRegression

    judged = [v for v in cases.verdicts if decided(v) and v.right is not None and v.confidence >= LIKELY]
    model = LogisticRegression(max_iter=5000, C=DRAWN)
    rows = [_row(v.label, v.confidence, v.source in cases.theirs, of_bulk(v.source)) for v in judged]
    model.fit(rows, [v.right for v in judged])
    found = {}
    for label in LABELS[1:]:
        steps: list[list[float]] = []
        rows = [_row(label, p, bool(cases.theirs)) for p in GRID]
        for p, share in zip(GRID, model.predict_proba(rows)[:, 1], strict=True):
            worth = round(min(float(share), MOST), 2)
            if not steps or worth > steps[-1][1]:
                steps.append([p if steps else 0.0, worth])
        found[label] = steps
    return found


def of_bulk(source: str) -> bool:
    """Whether a source is a record of the bulk file (NAME-NUMBER.txt): most of those are reports of national television,
    where gold leaves less open, and the same probability is worth less."""
    return "-" in source


def _row(label: str, probability: float, theirs: bool = False, bulk: bool = False) -> list[float]:
    """The log-odds for all; whose hand it is; for bulk records one, and one for the label's group; and log-odds and one
    for the label's group and the label."""
    sure = min(max(probability, 1e-4), 1 - 5e-5)
    odds = math.log(sure / (1 - sure))
    mine = [float(label in group) for group in GROUPS] + [float(label == other) for other in LABELS[1:]]
    apart = [float(bulk and label in group) for group in GROUPS]
    return [odds, float(theirs), float(bulk), *apart, *mine, *(odds * m for m in mine)]


def report(cases: Cases) -> str:
    """What fitting is worth on files that it has not seen: fitted on one half, counted on the other, summed over both
    ways; P, R and F1 by label, and the error of calibration."""
    names = cases.names
    by_label: dict[str, Count] = defaultdict(Count)
    total = Count()
    sure: list[tuple[float, bool]] = []
    for side in (0, 1):
        table = fit(cases.part({n for n in names if half(n) == side}))
        other = cases.part({n for n in names if half(n) != side})
        for label in LABELS[1:]:
            by_label[label] += count(other.of((label,)), table["thresholds"])
        total += count(other, table["thresholds"])
        sure += worth(other, table)
    lines = [f"{'label':16}{'cases':>7}{'P':>9}{'R':>7}{'F1':>7}"]
    for label, c in by_label.items():
        lines.append(f"{label:16}{len(cases.of((label,)).judged()):>7}{c.precision:>9.3f}{c.recall:>7.3f}{c.f1:>7.3f}")
    lines.append(f"{'all':23}{total.precision:>9.3f}{total.recall:>7.3f}{total.f1:>7.3f}")
    found = bands(sure)
    lines.append(f"expected calibration error {calibration_error(found):.3f}")
    lines += [f"  {b.low:.1f}–{b.high:.1f} {b.claims:5} claims, mean {b.mean:.3f}, right {b.right:.3f}" for b in found]
    return "\n".join(lines)


def worth(cases: Cases, table: Table) -> list[tuple[float, bool]]:
    """(confidence, right) of the claims that `table` lets through."""
    with using(table):
        return [
            (confidence(v.label, v.confidence) if decided(v) else v.confidence, v.right)
            for v in cases.verdicts
            if v.right is not None and not (decided(v) and v.confidence < table["thresholds"].get(v.label, EVEN))
        ]


def described(table: Table) -> str:
    """The thresholds, and what some probabilities are worth."""
    lines = [f"{'label':16}{'threshold':>11}   share right at a probability of"]
    with using(table):
        for label in table["confidence"]:
            shown = " ".join(f"{p}→{confidence(label, p):.2f}" for p in (0.5, 0.6, 0.7, 0.8, 0.9, 0.99))
            lines.append(f"{label:16}{threshold(label):>11.2f}   {shown}")
    return "\n".join(lines)


def written(table: Table, names: Sequence[str]) -> str:
    """The table as JSON, a label a line, with the sources that it was measured on."""
    blocks = [f'"files": {json.dumps(list(names), ensure_ascii=False)}']
    for key in ("thresholds", "confidence"):
        rows = (f'  "{label}": {json.dumps(value)}' for label, value in sorted(table[key].items()))
        blocks.append(f'"{key}": {{\n' + ",\n".join(rows) + "\n }")
    return "{\n " + ",\n ".join(blocks) + "\n}\n"


def main() -> None:
    """Read the arguments, print the report, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--hand", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    found = golds(args.gold, args.names.read_text(encoding="utf-8").split() if args.names else None)
    theirs = golds([args.hand]) if args.hand else []
    found += theirs
    table = {"thresholds": {"default": FLOOR}, "confidence": {}, "digits": 4}
    records = stated([source(g, args.sources) for g in found], table)
    hand = frozenset(g.source for g in theirs)
    again = {tuple(r["claim"]): r["right"] for r in lines(AGAIN_FILE)}
    cases = Cases(tuple(verdicts(records, found, again)), tuple(wanted(records, found)), hand)
    print(f"Measured on the other half of {len(found)} files")
    print(report(cases))
    chosen = fit(cases)
    print(f"\nFrom {len(cases.names)} files: {described(chosen)}")
    if args.out:
        args.out.write_text(written(chosen, sorted(cases.names)), encoding="utf-8")


if __name__ == "__main__":
    main()
