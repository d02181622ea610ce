"""Train the judge of pairs: which source and target items of an article stand in which relation.

    python training/judge.py GOLD-FOLDER... --sources FOLDER --tagger tagger.pt --out judge.pt [--epochs 6] [--report]

Over the tagger's states (frozen; its own, not its encoder's) and marks of what each character belongs to (the items'
kinds), a bidirectional GRU reads each window once; a pair is then judged from the states at the ends of its two items,
the strongest states between them and the features of kg.relations.candidates. Optional claims are neither positive nor
negative.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from extra import IGNORE, checked, corrected, judged
from gold import Example, examples
from pairs import labelled
from split import held_out
from tagger import Tagger, batch, window
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.language.encoder import stretches
from kg.language.reading import Reading
from kg.relations.candidates import LABELS, Pair, Scene, mask, matrix
from kg.relations.items import KINDS
from kg.relations.judge import REACH, marks

NARROW, HIDDEN, WIDTH = 128, 80, 160  # what the reader's layer is given and has a direction; what pairs are judged by
GROUP = 4
"""Articles that are read and judged at once."""


@dataclass
class Case:
    """One article ready for training: windows as (start, end), states and marks a character, pairs as positions."""

    name: str
    windows: list[tuple[int, int]]
    states: torch.Tensor
    marks: torch.Tensor
    ends: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor


def encode(tagger: Tagger, reading: Reading, found: list[tuple[int, int]]) -> torch.Tensor:
    """The tagger's states for every character of the windows `found`; zero elsewhere."""
    out = torch.zeros(len(reading.text) + 1, tagger.width, dtype=torch.float16)
    with torch.no_grad():
        for i in range(0, len(found), 16):
            group = [window(reading.text[a:b], reading.kinds[reading.paragraph(a)], []) for a, b in found[i : i + 16]]
            ids, seen, lengths, _ = batch(group)
            states, _ = tagger(ids, seen, lengths)
            for row, (a, b) in enumerate(found[i : i + 16]):
                out[a:b] = states[row, : b - a]
    return out


def case(tagger: Tagger, example: Example, again: dict[str, dict]) -> Case | None:
    reading, scene, pairs, labels = labelled(example)
    labels = corrected(pairs, labels, again.get(example.name.split("#")[0], {}))
    return prepared(tagger, example.name, reading, scene, pairs, labels) if pairs else None


def prepared(tagger: Tagger, name: str, reading: Reading, scene: Scene, pairs: list[Pair], labels: list[int]) -> Case:
    """The labelled pairs of one article with what the judge is given of them."""
    ends = [(p.source.start, p.source.end - 1, p.target.start, p.target.end - 1) for p in pairs]
    used = [(max(min(e), max(e) - REACH), max(e)) for e in ends] + [(e[i], e[i]) for e in ends for i in (0, 2)]
    read = [(a, b) for a, b in stretches(reading) if any(low < b and a <= high for low, high in used)]
    return Case(
        name,
        read,
        encode(tagger, reading, read),
        torch.from_numpy(marks(len(reading.text) + 1, scene.items)),
        torch.tensor(ends),
        torch.from_numpy(matrix(pairs)),
        torch.tensor([mask(p.source.kind, p.target.kind) for p in pairs]),
        torch.tensor(labels),
    )


def joined(cases: list[Case]) -> Case:
    """Several articles as one, so that their windows are read at once."""
    starts = [0, *itertools.accumulate(len(c.marks) for c in cases)]
    return Case(
        "",
        [(a + start, b + start) for c, start in zip(cases, starts, strict=False) for a, b in c.windows],
        torch.cat([c.states for c in cases]).float(),
        torch.cat([c.marks for c in cases]),
        torch.cat([c.ends + start for c, start in zip(cases, starts, strict=False)]),
        torch.cat([c.features for c in cases]),
        torch.cat([c.mask for c in cases]),
        torch.cat([c.labels for c in cases]),
    )


class Judge(nn.Module):
    def __init__(self, states: int, features: int) -> None:
        super().__init__()
        self.marks = nn.Linear(2 * len(KINDS) + 1, 32)
        self.narrow = nn.Linear(states + 32, NARROW)
        self.gru = nn.GRU(NARROW, HIDDEN, bidirectional=True, batch_first=True)
        self.ends = nn.Linear(4 * 2 * HIDDEN, WIDTH)
        self.pool = nn.Linear(2 * HIDDEN, WIDTH)
        self.known = nn.Linear(features, WIDTH)
        self.hidden = nn.Linear(WIDTH, WIDTH // 2)
        self.out = nn.Linear(WIDTH // 2, len(LABELS))

    def read(self, case: Case, dropout: float = 0.0):
        """-> states (characters, 192) of whole articles."""
        x = nn.functional.dropout(torch.cat([case.states, self.marks(case.marks)], -1), dropout, self.training)
        x = self.narrow(x)
        pieces = nn.utils.rnn.pack_sequence([x[a:b] for a, b in case.windows], enforce_sorted=False)
        y, lengths = nn.utils.rnn.pad_packed_sequence(self.gru(pieces)[0], batch_first=True)
        index = torch.cat([torch.arange(a, b) for a, b in case.windows])
        out = torch.zeros(len(x), 2 * HIDDEN)
        return out.index_put((index,), y[torch.arange(y.shape[1])[None] < lengths[:, None]])

    def forward(self, case: Case, dropout: float = 0.0):
        """-> log-probabilities (pairs, labels); labels that a pair's kinds exclude get none."""
        y = self.read(case, dropout)
        low = torch.minimum(case.ends[:, 0], case.ends[:, 2])
        high = torch.maximum(case.ends[:, 1], case.ends[:, 3])
        low = torch.maximum(low, high - REACH)
        x = self.ends(y[case.ends].flatten(1)) + self.pool(strongest(y, low, high)) + self.known(case.features)
        x = nn.functional.dropout(torch.relu(x), dropout, self.training)
        x = torch.relu(self.hidden(x))
        return self.out(x).masked_fill(~case.mask, -1e4).log_softmax(-1)


def strongest(y: torch.Tensor, low: torch.Tensor, high: torch.Tensor) -> torch.Tensor:
    """For each pair the greatest value of every state from `low` to `high`, REACH characters at most, as kg does it: of
    two stretches of a power of two, which together cover it."""
    high = torch.minimum(high, low + REACH - 1)
    power = torch.frexp((high - low + 1).double())[1] - 1
    rows, found = [], []
    for n in range(int(power.max()) + 1):
        if n:
            half = 1 << n - 1
            y = torch.maximum(y[:-half], y[half:])
        here = torch.nonzero(power == n).squeeze(1)
        rows.append(here)
        found.append(torch.maximum(y[low[here]], y[high[here] + 1 - (1 << n)]))
    return torch.cat(found)[torch.argsort(torch.cat(rows))]


def report(model: Judge, cases: list[Case]) -> str:
    """F1 by label over required claims, with gold mentions, the best label of each pair taken."""
    model.eval()
    right, wrong, missed = Counter(), Counter(), Counter()
    with torch.no_grad():
        for c in (joined(cases[i : i + GROUP]) for i in range(0, len(cases), GROUP)):
            for best, label in zip(model(c).argmax(-1).tolist(), c.labels.tolist(), strict=True):
                if label == IGNORE:
                    continue
                if best:
                    (right if best == label else wrong)[LABELS[best]] += 1
                if label and best != label:
                    missed[LABELS[label]] += 1
    rows = []
    for label in LABELS[1:]:
        n = 2 * right[label] + wrong[label] + missed[label]
        rows.append(f"{label} {2 * right[label] / max(n, 1):.2f}({right[label] + missed[label]})")
    r, w, m = (sum(c.values()) for c in (right, wrong, missed))
    return f"P {r / max(r + w, 1):.3f} R {r / max(r + m, 1):.3f} F1 {2 * r / max(2 * r + w + m, 1):.3f}  " + " ".join(
        rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--tagger", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--dropout", type=float, default=0.35)
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(1)
    hidden, held = held_out()
    state = torch.load(args.tagger)
    tagger = Tagger(state["words.weight"].numpy())
    tagger.load_state_dict(state)
    tagger.eval()
    files = sorted(f for folder in args.gold for f in folder.glob("**/*.json"))
    again = checked()
    cases = {f: [c for e in examples(f, args.sources) if (c := case(tagger, e, again))] for f in files}
    learn = [c for f in files if f.name not in hidden | held for c in cases[f]]
    blind = [c for f in files if f.name in hidden for c in cases[f]]
    single = [prepared(tagger, *found) for found in judged(args.sources) if found[3]]
    print(
        f"{len(learn)} articles, {sum(len(c.labels) for c in learn)} pairs; "
        f"{len(single)} with {sum(len(c.labels) for c in single)} single pairs",
        flush=True,
    )
    model = Judge(tagger.width, learn[0].features.shape[1])
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.02)
    steps = args.epochs * -(-len(learn) // GROUP)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, args.rate, total_steps=steps, pct_start=0.15)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.99))
    begun = time.time()
    for epoch in range(args.epochs):
        model.train()
        random.shuffle(learn)
        random.shuffle(single)
        share = -(-len(single) // -(-len(learn) // GROUP))
        total = 0.0
        for n, i in enumerate(range(0, len(learn), GROUP)):
            c = joined(learn[i : i + GROUP] + single[n * share : (n + 1) * share])
            scores = model(c, args.dropout)
            loss = nn.functional.nll_loss(scores, c.labels, ignore_index=IGNORE, reduction="sum") / 50
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            total += loss.item()
        if args.report and (epoch % 2 == 1 or epoch == args.epochs - 1):
            said = report(average.module, blind)
            print(f"epoch {epoch + 1} loss {total:.1f} {time.time() - begun:.0f} s  {said}", flush=True)
    torch.save(average.module.state_dict(), args.out)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
