"""Train the tagger: LAC's encoder, fine-tuned, with a layer of its own and one BIOES row for each kind of span.

    python training/tagger.py GOLD-FOLDER... --sources FOLDER --words words.npy --whole --out whole.pt [--report]
    python training/tagger.py GOLD-FOLDER... --sources FOLDER --words words.npy --start whole.pt --out tagger.pt \\
        --batch 64 --epochs 3 --rate 1.5e-3 [--report]

Gold that is marked optional is neither a positive nor a negative example. The blind part (split.py) is left out and
only used to print span F1 with --report. Recipe: AdamW, one cycle, dropout, an exponential average of the weights;
first from LAC over whole articles, then a shorter cycle over these and the sentences that were marked alone (extra.py).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from extra import MARKED, marked
from gold import LAYERS, Example, examples
from lac import WIDTH, Encoder, half_width, read, vocabulary
from split import held_out
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.language.features import PLANES, features
from kg.language.spans import decode
from kg.language.windows import windows

TAGS, HIDDEN, PLANE = 5, 96, 8  # O B I E S; the layer's width a direction; of each feature plane
LIMITED = [LAYERS.index(layer) for layer in MARKED]


@dataclass
class Window:
    """A stretch of text with its labels: spans as (first, last, layer, sure)."""

    text: str
    ids: list[int]
    planes: np.ndarray
    spans: list[tuple[int, int, int, bool]]
    annotated: list[tuple[int, int]] | None = None
    """The stretches that are annotated, for the layers of extra.MARKED; None: all of it, for all layers."""


class Tagger(nn.Module):
    def __init__(self, words: np.ndarray) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.planes = nn.ModuleList(nn.Embedding(n, PLANE) for n in PLANES)
        self.words = nn.Embedding(*words.shape)
        self.words.weight.data.copy_(torch.from_numpy(words))
        self.words.weight.requires_grad = False
        known = PLANE * len(self.planes) + words.shape[1]
        self.layer = nn.GRU(WIDTH + known, HIDDEN, bidirectional=True, batch_first=True)
        self.out = nn.Linear(2 * HIDDEN, len(LAYERS) * TAGS)
        self.width = 2 * HIDDEN + known
        """Of the states that the judge of pairs reads."""

    def forward(self, ids, features, lengths, dropout=0.0):
        """-> states for the judge (B,L,width): its own and what was known before; span logits (B,L,layers,5)."""
        seen = torch.cat([e(features[..., i]) for i, e in enumerate(self.planes)], -1)
        words = self.words(features[..., -1])
        known = nn.functional.dropout(words, dropout, self.training)
        x = torch.cat([self.encoder(ids, lengths, dropout), seen, known], -1)
        own = read(self.layer, x, lengths)
        logits = self.out(nn.functional.dropout(own, dropout, self.training))
        return torch.cat([own, seen, words], -1), logits.view(*ids.shape, len(LAYERS), TAGS)


VOCABULARY, HALF = vocabulary(), half_width()


def window(text: str, kind: str, spans: list[tuple[int, int, int, bool]]) -> Window:
    return Window(text, [VOCABULARY.get(HALF.get(c, c), len(VOCABULARY)) for c in text], features(text, kind), spans)


def cut(example: Example, annotated: list[tuple[int, int]] | None = None) -> list[Window]:
    """The windows of an annotated article, its first line the headline; of one that is annotated here and there those
    with something annotated."""
    found = []
    offset = 0
    for number, line in enumerate(example.text.split("\n")):
        for w in windows(line):
            a, b = offset + w.start, offset + w.end
            spans = [
                (m.start - a, m.end - 1 - a, LAYERS.index(m.layer), m.sure)
                for m in example.mentions
                if a <= m.start and m.end <= b
            ]
            here = window(line[w.start : w.end], "title" if number == 0 else "body", spans)
            if annotated is not None:
                here.annotated = [(max(x, a) - a, min(y, b) - a) for x, y in annotated if x < b and a < y]
            if here.annotated != []:
                found.append(here)
        offset += len(line) + 1
    return found


def batch(windows_: list[Window]):
    longest = max(len(w.ids) for w in windows_)
    ids = torch.full((len(windows_), longest), len(VOCABULARY))
    seen = torch.zeros(len(windows_), longest, len(PLANES) + 1, dtype=torch.long)
    labels = torch.full((len(windows_), longest, len(LAYERS)), -1)
    for row, w in enumerate(windows_):
        n = len(w.ids)
        ids[row, :n] = torch.tensor(w.ids)
        seen[row, :n] = torch.from_numpy(w.planes)
        if w.annotated is None:
            labels[row, :n] = 0
        for a, b in w.annotated or []:
            labels[row, a:b, LIMITED] = 0
        for a, b, layer, sure in sorted(w.spans, key=lambda s: (s[3], s[1] - s[0])):
            if w.annotated is not None and not any(x <= a and b < y for x, y in w.annotated):
                continue
            labels[row, a : b + 1, layer] = -1 if not sure else 2
            if sure:
                labels[row, a, layer], labels[row, b, layer] = (4, 4) if a == b else (1, 3)
    return ids, seen, torch.tensor([len(w.ids) for w in windows_]), labels


def batches(windows_: list[Window], size: int, shuffle: bool):
    """The windows in groups of one length, `size` at most: without padding a group is read several times as fast."""
    order = list(range(len(windows_)))
    if shuffle:
        random.shuffle(order)
    alike = defaultdict(list)
    for i in order:
        alike[len(windows_[i].ids)].append(windows_[i])
    groups = [ws[i : i + size] for _, ws in sorted(alike.items()) for i in range(0, len(ws), size)]
    if shuffle:
        random.shuffle(groups)
    yield from groups


def report(model: Tagger, windows_: list[Window], bias: float = 0.0) -> str:
    """Span F1 by layer."""
    model.eval()
    right, wrong, missed = (np.zeros(len(LAYERS)) for _ in range(3))
    with torch.no_grad():
        for group in batches(windows_, 32, False):
            ids, seen, lengths, _ = batch(group)
            scores = model(ids, seen, lengths)[1].log_softmax(-1).numpy()
            scores[..., 0] -= bias
            spans = decode(scores, lengths.numpy())
            for row, w in enumerate(group):
                for layer in range(len(LAYERS)):
                    found = {(a, b - 1) for n, k, a, b, _ in spans if (n, k) == (row, layer)}
                    sure = {(a, b) for a, b, k, s in w.spans if k == layer and s}
                    vague = {(a, b) for a, b, k, s in w.spans if k == layer and not s}
                    right[layer] += len(found & sure)
                    wrong[layer] += len(found - sure - vague)
                    missed[layer] += len(sure - found)
    f1 = 2 * right / np.maximum(2 * right + wrong + missed, 1)
    total = 2 * right.sum() / (2 * right.sum() + wrong.sum() + missed.sum())
    return (
        f"P {right.sum() / (right.sum() + wrong.sum()):.3f} R {right.sum() / (right.sum() + missed.sum()):.3f} F1 {total:.3f}  "
        + " ".join(f"{n} {f:.3f}" for n, f in zip(LAYERS, f1, strict=True))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True, help="words.npy of training/words.py")
    parser.add_argument("--start", type=Path, help="weights to start from, not LAC's")
    parser.add_argument("--whole", action="store_true", help="learn from whole articles alone")
    parser.add_argument("--batch", type=int, default=16, help="windows that are learned from at once, at most")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--tune", type=float, default=5e-4, help="learning rate of the encoder")
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(2)
    hidden, held = held_out()
    files = sorted(f for folder in args.gold for f in folder.glob("**/*.json"))
    learn = [w for f in files if f.name not in hidden | held for e in examples(f, args.sources) for w in cut(e)]
    blind = [w for f in files if f.name in hidden for e in examples(f, args.sources) for w in cut(e)]
    if not args.whole:
        learn += [w for e, stretches in marked(args.sources) for w in cut(e, stretches)]
    print(f"{len(files)} files, {len(learn)} windows, {sum(len(w.ids) for w in learn)} characters", flush=True)
    model = Tagger(np.load(args.words))
    if args.start:
        model.load_state_dict(torch.load(args.start))
    near = {id(p) for p in model.encoder.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.encoder.parameters()), "lr": args.tune},
            {"params": [p for p in model.parameters() if id(p) not in near and p.requires_grad], "lr": args.rate},
        ],
        weight_decay=0.01,
    )
    steps = args.epochs * sum(1 for _ in batches(learn, args.batch, False))
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.995))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [args.tune, args.rate], total_steps=steps, pct_start=0.1)
    begun = time.time()
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        for group in batches(learn, args.batch, True):
            ids, seen, lengths, labels = batch(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(ids, seen, lengths, args.dropout)[1].float()
            loss = nn.functional.cross_entropy(
                logits.flatten(0, 2), labels.flatten(), ignore_index=-1, reduction="sum"
            ) / len(group)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            total += loss.item()
        if args.report and (epoch % 2 == 1 or epoch == args.epochs - 1):
            print(
                f"epoch {epoch + 1} loss {total:.0f} {time.time() - begun:.0f} s  {report(average.module, blind)}",
                flush=True,
            )
    torch.save(average.module.state_dict(), args.out)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
