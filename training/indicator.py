"""Learn which words of its sentence say what a figure counts or measures: kg/models/indicator.json.

    python training/indicator.py GOLD-FOLDER... --sources FOLDER [--report]

A logistic regression over the words around each annotated figure (the features of kg.relations.indicator): a word that
the annotated indicator holds is part of it. Of annotated statistics those whose figure is told by value and evidence.
With --report the share of indicators that `kg score` takes for the same as the annotated one, and their likeness,
on held-out articles of our own and on the blind part.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from gold import examples, occurrences
from pairs import fits, items
from split import held_out
from torch import nn

from kg.relations import indicator
from kg.relations.candidates import Scene
from kg.relations.context import Context
from kg.relations.items import Item
from kg.score.compare import dice, norm

SEEN = 12
"""Times that a feature must be seen to have a weight."""
DECAY, RATE, EPOCHS, BATCH = 2e-5, 0.02, 12, 4096
LEAST = 0.1
"""Weights nearer to zero are left out."""

OUT = Path(indicator.__file__).parents[1] / "models" / "indicator.json"
"""What kg reads; the report measures it."""

Figure = tuple[Context, Item, str]
"""A figure: its article, its item, the annotated indicator."""


def figures(gold: Path, sources: Path) -> list[Figure]:
    """The required statistics of a gold file."""
    found: list[Figure] = []
    for example in examples(gold, sources):
        reading, named = items(example)
        scene = Scene(reading, named)
        context = Context(reading, tuple(scene.items), {}, ())
        for claim in example.article["claims"]:
            if claim["p"] != "statistic" or claim.get("optional") or not (claim["evidence"] and claim["indicator"]):
                continue
            spans = list(occurrences(example.text, claim["evidence"]))
            here = [i for i in scene.items if fits(i, claim) and any(a <= i.start and i.end <= b for a, b in spans)]
            if len(here) == 1:
                found.append((context, here[0], claim["indicator"]))
    return found


def learned(found: list[Figure]) -> dict[str, float]:
    """The weights of the features."""
    rows: list[tuple[tuple[str, ...], float]] = []
    for context, item, said in found:
        rows += [(w.features, float(w.text in said)) for w in indicator.candidates(context, item)]
    counts = Counter(f for features, _ in rows for f in features)
    index = {f: n for n, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
    known = [torch.tensor([index[f] for f in features if f in index]) for features, _ in rows]
    labels = torch.tensor([label for _, label in rows])
    table = nn.EmbeddingBag(len(index), 1, mode="sum")
    nn.init.zeros_(table.weight)
    optimizer = torch.optim.Adam(table.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 1 / EPOCHS, EPOCHS)
    order = list(range(len(rows)))
    for _ in range(EPOCHS):
        random.shuffle(order)
        for i in range(0, len(order), BATCH):
            batch = order[i : i + BATCH]
            sizes = torch.tensor([0, *(len(known[n]) for n in batch[:-1])])
            scores = table(torch.cat([known[n] for n in batch]), sizes.cumsum(0)).squeeze(1)
            loss = nn.functional.binary_cross_entropy_with_logits(scores, labels[batch])
            loss = loss + DECAY * (table.weight**2).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    weights = table.weight.detach().numpy()[:, 0].astype(np.float64)
    return {f: round(float(weights[n]), 2) for f, n in index.items() if abs(weights[n]) >= LEAST}


def report(name: str, found: list[Figure]) -> str:
    """How like the annotated indicators those of kg are."""
    alike = [dice(norm(indicator.indicator(c, i)), norm(said)) for c, i, said in found]
    same = sum(a >= 0.2 for a in alike) / max(len(alike), 1)
    return f"{name}: {len(alike)} figures, the same {same:.3f}, likeness {sum(alike) / max(len(alike), 1):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(1)
    hidden, held = held_out()
    files = sorted(f for folder in args.gold for f in folder.glob("**/*.json"))
    learn = [x for f in files if f.name not in hidden | held for x in figures(f, args.sources)]
    print(f"{len(learn)} figures", flush=True)
    weights = learned(learn)
    rows = [f"{json.dumps(f, ensure_ascii=False)}: {w}" for f, w in sorted(weights.items())]
    OUT.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    indicator.weights.cache_clear()
    if args.report:
        for name, part in (("held", held), ("blind", hidden)):
            print(report(name, [x for f in files if f.name in part for x in figures(f, args.sources)]))


if __name__ == "__main__":
    main()
