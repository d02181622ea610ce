"""Write the trained weights as the ONNX graphs that kg ships: kg/models/tagger.onnx, judge.onnx, characters.tsv.

    python training/export.py --tagger tagger.pt --judge judge.pt --out kg/models

The graphs are put together by hand from a dozen operators, because packed sequences do not survive tracing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from lac import half_width, vocabulary
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """Nodes and weights under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value) -> str:
        self.weights.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def linear(self, name: str, state: dict, x: str) -> str:
        w = self.weight(name + ".w", state[name + ".weight"].numpy().T)
        b = self.weight(name + ".b", state[name + ".bias"].numpy())
        return self.node("Add", [self.node("MatMul", [x, w], name + ".product"), b], name)

    def gru(self, name: str, state: dict, x: str, lengths: str) -> str:
        """A bidirectional GRU over (length, batch, width)."""

        def part(kind: str, suffix: str) -> np.ndarray:
            t = state[f"{name}.{kind}_l0{suffix}"].numpy()
            n = len(t) // 3
            return np.concatenate([t[n : 2 * n], t[:n], t[2 * n :]])  # torch r,z,n -> ONNX z,r,h

        sides = ("", "_reverse")
        w = self.weight(name + ".w", np.stack([part("weight_ih", s) for s in sides]))
        r = self.weight(name + ".r", np.stack([part("weight_hh", s) for s in sides]))
        b = self.weight(
            name + ".b", np.stack([np.concatenate([part("bias_ih", s), part("bias_hh", s)]) for s in sides])
        )
        hidden = state[f"{name}.weight_hh_l0"].shape[1]
        raw = self.node(
            "GRU",
            [x, w, r, b, lengths],
            name + ".raw",
            direction="bidirectional",
            hidden_size=hidden,
            linear_before_reset=1,
        )
        turned = self.node("Transpose", [raw], name + ".turned", perm=[0, 2, 1, 3])
        shape = self.weight(name + ".shape", np.array([0, 0, 2 * hidden], dtype=np.int64))
        return self.node("Reshape", [turned, shape], name)

    def save(self, path: Path, inputs, outputs) -> None:
        graph = helper.make_graph(self.nodes, path.stem, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="xianzhi")
        model.ir_version = 8
        onnx.checker.check_model(model)
        onnx.save(model, str(path))


def value(name: str, kind: int, *shape):
    return helper.make_tensor_value_info(name, kind, list(shape))


def words(g: Graph, vectors: np.ndarray, rows: str) -> str:
    """The word vectors as bytes: a quarter of the size, and what is lost is below what dropout hides in training."""
    scale = float(np.abs(vectors).max()) / 127
    table = g.weight("words.table", np.round(vectors / scale).astype(np.int8))
    raw = g.node("Cast", [g.node("Gather", [table, rows], "words.bytes")], "words.float", to=TensorProto.FLOAT)
    return g.node("Mul", [raw, g.weight("words.scale", np.array(scale, dtype=np.float32))], "words")


def tagger(state: dict, path: Path) -> None:
    g = Graph()
    x = g.node("Gather", [g.weight("embedding", state["encoder.embedding.weight"].numpy()), "ids"], "embedded")
    x = g.node("Transpose", [x], "time", perm=[1, 0, 2])
    for layer in ("encoder.layers.0", "encoder.layers.1"):
        x = g.gru(layer, state, x, "lengths")
    seen = []
    planes = sorted({k for k in state if k.startswith("planes.")})
    turned = g.node("Transpose", ["features"], "features.time", perm=[1, 0, 2])
    for i, key in enumerate(planes):
        column = g.node("Gather", [turned, g.weight(f"column{i}", np.array(i, dtype=np.int64))], f"plane{i}", axis=2)
        seen.append(g.node("Gather", [g.weight(key, state[key].numpy()), column], f"seen{i}"))
    column = g.node("Gather", [turned, g.weight("column.word", np.array(len(planes), dtype=np.int64))], "word", axis=2)
    seen.append(words(g, state["words.weight"].numpy(), column))
    own = g.gru("layer", state, g.node("Concat", [x, *seen], "joined", axis=2), "lengths")
    logits = g.linear("out", state, own)
    shape = g.weight("lattice.shape", np.array([0, 0, state["out.weight"].shape[0] // 5, 5], dtype=np.int64))
    lattice = g.node("LogSoftmax", [g.node("Reshape", [logits, shape], "lattice.raw")], "lattice.time", axis=-1)
    g.node("Transpose", [lattice], "lattice", perm=[1, 0, 2, 3])
    g.node("Transpose", [g.node("Concat", [own, *seen], "states.time", axis=2)], "states", perm=[1, 0, 2])
    f, i64, i32 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32
    g.save(
        path,
        [
            value("ids", i64, "batch", "length"),
            value("features", i64, "batch", "length", len(planes) + 1),
            value("lengths", i32, "batch"),
        ],
        [value("lattice", f, "batch", "length", None, 5), value("states", f, "batch", "length", None)],
    )


def judge(state: dict, path: Path) -> None:
    """The reader of windows as one graph, the judging of pairs as another, since one reading serves many pairs."""
    g = Graph()
    marks = g.linear("marks", state, "marks_in")
    x = g.linear("narrow", state, g.node("Concat", ["states", marks], "joined", axis=2))
    x = g.node("Transpose", [x], "time", perm=[1, 0, 2])
    y = g.gru("gru", state, x, "lengths")
    g.node("Transpose", [y], "read", perm=[1, 0, 2])
    f, i32 = TensorProto.FLOAT, TensorProto.INT32
    g.save(
        path / "reader.onnx",
        [
            value("states", f, "batch", "length", None),
            value("marks_in", f, "batch", "length", None),
            value("lengths", i32, "batch"),
        ],
        [value("read", f, "batch", "length", None)],
    )
    g = Graph()
    # what an item adds to its pairs is the same in all of them: it is worked out once for each item and side
    source, target = state["ends.weight"].chunk(2, 1)
    sides = {"source.weight": source, "source.bias": state["ends.bias"]}
    sides |= {"target.weight": target, "target.bias": torch.zeros_like(state["ends.bias"])}
    first, second = (
        g.node("Gather", [g.linear(side, sides, "edges_in"), side + "s"], side + ".ends")
        for side in ("source", "target")
    )
    ends = g.node("Add", [first, second], "ends")
    pool = g.linear("pool", state, "pool_in")
    known = g.linear("known", state, "known_in")
    x = g.node("Relu", [g.node("Add", [g.node("Add", [ends, pool], "sum1"), known], "sum2")], "first")
    x = g.node("Relu", [g.linear("hidden", state, x)], "second")
    x = g.linear("out", state, x)
    hidden = g.node("Where", ["mask", x, g.weight("never", np.array(-1e4, dtype=np.float32))], "masked")
    g.node("Softmax", [hidden], "probabilities", axis=-1)
    g.save(
        path / "judge.onnx",
        [
            value("edges_in", f, "items", None),
            value("sources", TensorProto.INT64, "pairs"),
            value("targets", TensorProto.INT64, "pairs"),
            value("pool_in", f, "pairs", None),
            value("known_in", f, "pairs", None),
            value("mask", TensorProto.BOOL, "pairs", None),
        ],
        [value("probabilities", f, "pairs", None)],
    )


def characters(path: Path) -> None:
    """Every character that the encoder tells apart with its row, full-width forms beside their half-width ones."""
    known = vocabulary()
    rows = dict(known)
    rows |= {wide: known[narrow] for wide, narrow in half_width().items() if narrow in known}
    lines = [f"{ord(c):x}\t{row}" for c, row in sorted(rows.items())]
    path.write_text(
        "# code point, row of the embedding; the last row is for all others\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagger", type=Path, required=True)
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    tagger(torch.load(args.tagger), args.out / "tagger.onnx")
    characters(args.out / "characters.tsv")
    if args.judge:
        judge(torch.load(args.judge), args.out)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
