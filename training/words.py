"""Learn word vectors from news text: skip-gram over jieba's words, written as words.txt.xz and words.npy.

    python training/words.py bulk.jsonl.zst --out FOLDER [--characters 30000000] [--seed 1]

Records are read in the file's order until the given number of characters; digits become 0. gensim with two workers is
not exactly repeatable: the vectors shipped are one run's.
"""

from __future__ import annotations

import argparse
import logging
import lzma
import re
from pathlib import Path

import jieba
import numpy as np
from gensim.models import Word2Vec
from gensim.models.word2vec import LineSentence
from texts import records


def sentences(path: Path, limit: int):
    """The sentences of a bulk file (JSON Lines with title and text, zstd), as lists of words."""
    read = 0
    for record in records(path):
        for sentence in re.split(r"[。！？!?\n]+", (record.get("title") or "") + "\n" + record["text"]):
            sentence = re.sub(r"[0-9０-９]", "0", sentence.strip())
            if len(sentence) > 3:
                yield [w for w in jieba.cut(sentence) if w.strip()]
                read += len(sentence)
        if read > limit:
            return


def save(words: list[str], vectors: np.ndarray, out: Path) -> None:
    """The words, and their vectors scaled to unit length on average, row 0 for words without one."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "words.txt.xz").write_bytes(lzma.compress("\n".join(words).encode("utf-8"), preset=9))
    scaled = vectors / np.linalg.norm(vectors, axis=1).mean()
    np.save(out / "words.npy", np.concatenate([np.zeros((1, vectors.shape[1])), scaled]).astype(np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bulk", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--characters", type=int, default=30_000_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    args.out.mkdir(parents=True, exist_ok=True)
    text = args.out / "words.lines"
    with text.open("w", encoding="utf-8") as lines:
        lines.writelines(" ".join(s) + "\n" for s in sentences(args.bulk, args.characters))
    model = Word2Vec(
        LineSentence(str(text)),
        vector_size=64,
        window=5,
        min_count=8,
        sg=1,
        negative=8,
        workers=2,
        epochs=4,
        sample=1e-4,
        seed=args.seed,
    )
    save(model.wv.index_to_key, model.wv.vectors, args.out)


if __name__ == "__main__":
    main()
