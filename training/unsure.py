"""Questions on what the weights are unsure of, for people to answer, and their answers as training data.

    python training/unsure.py --shared ../shared ask FOLDER [--names 2000] [--pairs 2000]
    python training/unsure.py --shared ../shared take FOLDER...

`ask` reads local news of the bulk file that is annotated nowhere and writes two question files: sentences in which the
tagger is unsure of a project, initiative, event or body (names.txt: number, what stands before, sentence), and pairs
that the judge is unsure of (pairs.txt: number, family, kinds, sentence with 【subject】 and 〔the other〕), with key.json.
Answers are lines in names.tsv (number, type, the name as it stands; `-` for none; the type in small letters where it
is doubtful) and pairs.tsv (number, label, none or ignore). `take` adds them to the two files of
extra.py, but for articles that name a person or event of the held-out gold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

from adopt import held_out, telling
from extra import FOLDER, JUDGED_FILE, MARKED_FILE, lines, save, spans
from texts import BULK, records, whole

from kg import extract
from kg.language.encoder import encode
from kg.language.reading import plain
from kg.lexicon.user import Lexicon
from kg.relations.candidates import Scene, allowed
from kg.relations.figures import figures
from kg.relations.items import Item
from kg.relations.judge import judge
from kg.relations.thresholds import using

LEAN = {"Project": 2.0, "Initiative": 2.0, "Event": 2.0, "Organization": 1.0}
"""How far the tagger leans towards finding names, so that what it just misses is asked too."""
WEIGHT = {"Project": 3.0, "Event": 2.5, "Initiative": 1.5, "Organization": 0.25}
"""How often a doubt about each type is asked about, the rarer the more."""
EACH = 4
"""Sentences asked of one article, at most."""
ALIKE = 2
"""Pairs asked of one article for one family, at most."""
FAMILIES = {
    "deed": ("leads", "carriesOut", "participatesIn", "undertakenBy"),
    "date": ("on", "start", "end"),
    "money": ("totalInvestment", "grant", "raised", "spent"),
    "figure": ("statistic",),
    "place": ("locatedIn",),
    "post": ("holdsPost",),
}
SHARES = {
    "carriesOut": (0.3, 0.3, 0.92),
    "undertakenBy": (0.15, 0.16, 0.97),
    "leads": (0.05, 0.3, 0.8),
    "participatesIn": (0.08, 0.3, 0.75),
    "date": (0.08, 0.3, 0.75),
    "money": (0.08, 0.3, 0.75),
    "figure": (0.2, 0.35, 0.85),
    "place": (0.05, 0.3, 0.75),
    "post": (0.01, 0.3, 0.75),
}
"""What is asked of pairs: for a label or family the share of the questions, and between which probabilities. Where more
is stated wrongly, more is asked, and surer ones too."""
LEAST = min(low for _, low, _ in SHARES.values())
"""The probability from which a pair may be worth a question."""


def pool(shared: Path) -> list[dict]:
    """Records of the bulk file that speak of places at home and that nobody has annotated, in random order."""
    done = {json.loads(f.read_text(encoding="utf-8"))["source"] for f in (FOLDER / "gold").glob("*.json")}
    done |= {r["source"] for name in (MARKED_FILE, JUDGED_FILE) for r in lines(name)}
    found = []
    for r in records(shared / BULK):
        said = len(re.findall("[县乡镇村]|市委|市长|区委|区长|街道|社区|州委", r["text"]))
        if f"{r['id']}.txt" not in done and 250 <= len(r["text"]) <= 2600 and 0 < len(r["title"]) <= 60 and said > 1:
            found.append(r)
    random.shuffle(found)
    return found


def doubts(text: str) -> list[tuple[float, int, int]]:
    """The sentences of a text with how unsure the tagger is of their names: (doubt, start, end)."""
    reading = plain(text)
    sure = {span[:3]: span[3] for span in encode(reading).spans}
    doubt: dict[int, float] = defaultdict(float)
    for start, end, layer, leaning in encode(reading, LEAN).spans:
        if layer in WEIGHT:
            p = sure.get((start, end, layer))
            here = max(0.0, leaning - 0.5) if p is None else max(0.0, 1 - 2 * abs(p - 0.55))
            number = reading.sentence(start)
            doubt[number] = max(doubt[number], here * WEIGHT[layer])
    return [(d, reading.sentences[n].start, reading.sentences[n].end) for n, d in doubt.items() if d]


def unsure_pairs(text: str) -> tuple[list[Item], list[tuple[float, Item, Item, str]]]:
    """The named items of a text as kg finds them, and the pairs that may state something: (probability, source, target,
    most probable label)."""
    reading = plain(text)
    encoded = encode(reading, extract.BIAS)
    _, items = extract.names(reading, encoded, Lexicon())
    scene = Scene(reading, [*items, *figures(reading, None)])
    with using({"thresholds": {"default": LEAST}, "confidence": {}}):  # the judge leaves out what would not be stated
        found = judge(encoded, scene)
    return items, [(j.best[1], j.source, j.target, j.best[0]) for j in found if j.best[1] >= LEAST]


def before(text: str, position: int) -> int:
    """Where the sentence that ends at `position` begins."""
    return max(text.rfind(mark, 0, max(position - 1, 0)) for mark in "。！？\n") + 1


def shown(text: str, source: list, target: list) -> str:
    """The sentences of two items, given as [start, end, kind], with 【source】 and 〔target〕 marked in them."""
    marks = sorted([(source[0], 1, "【"), (source[1], 0, "】"), (target[0], 1, "〔"), (target[1], 0, "〕")])
    first = before(text, min(source[0], target[0]) + 1)
    last = max(source[1], target[1])
    ends = [i for mark in "。！？\n" if (i := text.find(mark, last)) >= 0]
    out, at = "", first
    for position, _, mark in marks:
        out, at = out + text[at:position] + mark, position
    return clean(out + text[at : min(ends, default=len(text)) + 1])


def ask(shared: Path, out: Path, names: int, pairs: int) -> None:
    """Write the two question files with their key."""
    out.mkdir(parents=True, exist_ok=True)
    sentences, pools = [], defaultdict(list)
    texts = {f"{r['id']}.txt": whole(r) for r in pool(shared)[: 2 * (names + pairs)]}
    for source, text in texts.items():
        sentences += [(d * random.random() ** 0.5, source, a, b) for d, a, b in doubts(text) if 15 <= b - a <= 260]
        items, judged = unsure_pairs(text)
        for p, s, t, label in judged:
            asked_as = label if label in SHARES else family(label)
            _, low, high = SHARES[asked_as]
            if low <= p <= high:
                pools[asked_as].append((random.random(), source, s, t, label, items))
    asked: Counter[str] = Counter()
    key: dict[str, list] = {"names": [], "pairs": []}
    for _, source, a, b in sorted(sentences, reverse=True):
        if asked[source] < EACH and len(key["names"]) < names:
            asked[source] += 1
            key["names"].append([source, a, b])
    for asked_as, (share, _, _) in SHARES.items():
        each: Counter[str] = Counter()
        wanted = round(share * pairs)
        for _, source, s, t, label, items in sorted(pools[asked_as], key=lambda row: row[:2]):
            if wanted and each[source] < ALIKE:
                each[source] += 1
                wanted -= 1
                known = [[*edges(i), i.entity, int(i.anaphor)] for i in items]
                key["pairs"].append([source, edges(s), edges(t), label, known])
    with (out / "names.txt").open("w", encoding="utf-8") as file:
        for n, (source, a, b) in enumerate(key["names"]):
            text = texts[source]
            file.write(f"{n}\t{clean(text[max(before(text, a), a - 80) : a])}\t{clean(text[a:b])}\n")
    with (out / "pairs.txt").open("w", encoding="utf-8") as file:
        for n, (source, s, t, label, _) in enumerate(key["pairs"]):
            text = texts[source]
            file.write(f"{n}\t{family(label)}\t{s[2]} {t[2]}\t{shown(text, s, t)}\n")
    (out / "key.json").write_text(json.dumps(key, ensure_ascii=False), encoding="utf-8")


def family(label: str) -> str:
    """The question that a label answers."""
    return next(name for name, labels in FAMILIES.items() if label in labels)


def edges(item: Item) -> list:
    return [item.start, item.end, item.kind]


def clean(text: str) -> str:
    """On one line of a table."""
    return re.sub(r"\s", " ", text)


def answers(path: Path) -> dict[int, list[list[str]]]:
    """The lines of an answer file by number of the question."""
    found = defaultdict(list)
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            number, *rest = line.split("\t")
            found[int(number)].append([part.strip() for part in rest])
    return found


def take(folders: list[Path], gold: Path, shared: Path) -> None:
    """Add the answers in `folders` to the two files of extra.py."""
    marked = {r["source"]: r for r in lines(MARKED_FILE)}
    judged = {r["source"]: r for r in lines(JUDGED_FILE)}
    texts = {f"{r['id']}.txt": whole(r) for r in records(shared / BULK)}
    for folder in folders:
        key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
        for number, named in answers(folder / "names.tsv").items():
            source, start, end = key["names"][number]
            entry = marked.setdefault(source, {"source": source, "sentences": [], "spans": []})
            entry["sentences"].append([start, end])
            entry["spans"] += spans(texts[source], start, end, named)
        for number, ((label,),) in answers(folder / "pairs.tsv").items():
            source, first, second, _, items = key["pairs"][number]
            if label == "none" or label in allowed(first[2], second[2]):
                entry = judged.setdefault(source, {"source": source, "items": items, "pairs": []})
                entry["pairs"].append([*first, *second, label])
    held = held_out(gold)
    others = [p for p in (*gold.glob("train/*.json"), *(FOLDER / "gold").glob("*.json")) if p not in held]
    told = {name for name in telling(held, others) if len(name) > 2}
    for name, found in ((MARKED_FILE, marked), (JUDGED_FILE, judged)):
        save(name, [r for source, r in found.items() if not any(n in texts[source] for n in told)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/bulk.jsonl.zst and gold")
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("ask")
    asking.add_argument("out", type=Path)
    asking.add_argument("--names", type=int, default=2000)
    asking.add_argument("--pairs", type=int, default=2000)
    asking.add_argument("--seed", type=int, default=1)
    taking = commands.add_parser("take")
    taking.add_argument("folders", type=Path, nargs="+")
    args = parser.parse_args()
    if args.command == "ask":
        random.seed(args.seed)
        ask(args.shared, args.out, args.names, args.pairs)
    else:
        take(args.folders, args.shared / "gold", args.shared)


if __name__ == "__main__":
    main()
