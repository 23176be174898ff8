"""Weights → the files that ship: ``python -m training.export RUN/mean.pt --out DIR``.

The graphs are written node by node rather than traced, so that they use ONNX Runtime's fused
operators and stay the same whatever version of torch wrote the weights. Weights of the encoder are
int8, one scale a column (a row for embeddings), 7 bits so that the sums cannot overflow on
processors without VNNI; activations are quantised as they come, one scale a window batch.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from evaluation import corpus
from evaluation.types import Document
from quotidian.encoder.about import FORMAT
from training.data import batches, labelled
from training.lower import with_lower
from training.model import FARTHEST, Config, Network
from training.start import START, tokenizer_to_start_from, weights_to_start_from

# Most of the outliers of an input channel go to the weights: SmoothQuant (Xiao et al., ICML 2023), alpha.
SMOOTHING = 0.7
# 7 bits: 255 * 63 * 2 fits the 16-bit sums of processors without VNNI.
WEIGHT_STEPS = 63
# How strong an attribution must be to be reported; chosen on dev (training.calibrate prints a table).
CANDIDATE, LEAST, LEAST_NESTED = 0.1, 0.3, 0.78
# This many articles show how strong activations are.
WATCHED = 24
OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]


class Graph:
    """Collects nodes and initialisers; ``op`` returns the name of its output."""

    def __init__(self, int8: bool, peaks: dict[str, np.ndarray] | None = None):
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.int8 = int8
        self.peaks = peaks or {}

    def weight(self, name: str, value: np.ndarray) -> str:
        """Add an initialiser."""
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """Add a node."""
        name = f"{kind}_{len(self.nodes)}"
        names = [name] + [f"{name}_{i}" for i in range(1, outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        """``x @ weight.T + bias``; int8 where the graph is."""
        w = weight.T.astype(np.float32)
        b = "" if bias is None else self.weight(f"{name}.bias", bias.astype(np.float32))
        if not self.int8:
            y = self.op("MatMul", x, self.weight(f"{name}.weight", w))
            return self.op("Add", y, b) if b else y
        if name in self.peaks:  # move outliers from the activations to the weights
            share = np.maximum(self.peaks[name], 1e-5) ** SMOOTHING
            share = share / np.maximum(np.abs(w).max(1), 1e-5) ** (1 - SMOOTHING)
            share = (share / np.exp(np.log(share).mean())).astype(np.float32)
            x = self.op("Mul", x, self.weight(f"{name}.share", 1 / share))
            w = w * share[:, None]
        scale = np.maximum(np.abs(w).max(0), 1e-8) / WEIGHT_STEPS
        q = np.rint(w / scale).astype(np.int8)
        return self.op(
            "DynamicQuantizeMatMul",
            x,
            self.weight(f"{name}.q", q),
            self.weight(f"{name}.scale", scale.astype(np.float32)),
            self.weight(f"{name}.zero", np.zeros(len(scale), np.int8)),
            b,
            domain="com.microsoft",
        )

    def embedding(self, ids: str, name: str, table: np.ndarray) -> str:
        """Rows of a table, kept in int8 with a scale a row."""
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127.0
        q = np.rint(table / scale).astype(np.int8)
        rows = self.op("Gather", self.weight(f"{name}.q", q), ids, axis=0)
        scales = self.op("Gather", self.weight(f"{name}.scale", scale.astype(np.float32)), ids, axis=0)
        return self.op("Mul", self.op("Cast", rows, to=TensorProto.FLOAT), scales)

    def norm(self, x: str, name: str, s: dict[str, np.ndarray], epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        return self.op(
            "LayerNormalization",
            x,
            self.weight(f"{name}.weight", s[f"{name}.weight"]),
            self.weight(f"{name}.bias", s[f"{name}.bias"]),
            axis=-1,
            epsilon=epsilon,
        )

    def gelu(self, x: str) -> str:
        """The exact GELU."""
        return self.op("Gelu", x, domain="com.microsoft")

    def block(self, x: str, p: str, s: dict[str, np.ndarray], keep: str, dilation: int) -> str:
        """A :class:`training.model.Block` of weights that begin with ``p``; keep [batch, words, 1]."""
        y = self.op("Mul", self.norm(x, f"{p}norm", s, 1e-5), keep)
        y = self.op("Transpose", y, perm=[0, 2, 1])
        size = len(s[f"{p}across.bias"])
        y = self.op(
            "Conv",
            y,
            self.weight(f"{p}across.weight", s[f"{p}across.weight"]),
            self.weight(f"{p}across.bias", s[f"{p}across.bias"]),
            group=size,
            dilations=[dilation],
            pads=[2 * dilation, 2 * dilation],
        )
        y = self.op("Transpose", y, perm=[0, 2, 1])
        y = self.linear(y, f"{p}up", s[f"{p}up.weight"], s[f"{p}up.bias"])
        halves = self.const("halves", [size] * 2, np.int64)
        y = self.op("Split", y, halves, axis=-1, outputs=2)
        y = self.op("Mul", self.gelu(y), self.op("Sigmoid", f"{y}_1"))
        return self.op("Add", x, self.linear(y, f"{p}down", s[f"{p}down.weight"], s[f"{p}down.bias"]))

    def const(self, name: str, value: object, kind: type) -> str:
        """A small constant."""
        return self.weight(name, np.asarray(value, kind))

    def model(self, inputs: list, outputs: list) -> onnx.ModelProto:
        """The finished graph."""
        graph = helper.make_graph(self.nodes, "quotidian", inputs, outputs, list(self.weights.values()))
        return helper.make_model(graph, opset_imports=OPSET, ir_version=8, producer_name="quotidian")


def encoder(
    s: dict[str, np.ndarray], c: Config, int8: bool, peaks: dict[str, np.ndarray] | None = None
) -> onnx.ModelProto:
    """From ids, case, quote [batch, pieces] and at [batch, words] to words, cue, inner and role by word."""
    g = Graph(int8, peaks)
    zero, one = g.const("zero", [0], np.int64), g.const("one", [1], np.int64)
    length = g.op("Slice", g.op("Shape", "ids"), one, g.const("two", [2], np.int64))
    places = g.op("Slice", g.weight("places", s["encoder.place.weight"]), zero, length, zero)
    x = g.op("Add", g.embedding("ids", "word", s["encoder.word.weight"]), places)
    x = g.op("Add", x, g.op("Gather", g.weight("cases", s["encoder.case.weight"]), "case", axis=0))
    x = g.op("Add", x, g.op("Gather", g.weight("quotes", s["encoder.quote.weight"]), "quote", axis=0))
    x = g.norm(x, "encoder.norm", s, 1e-12)
    real = g.op(
        "Cast", g.op("Not", g.op("Equal", "ids", g.const("padding", 0, np.int64))), to=TensorProto.INT32
    )
    for i in range(c.layers):
        p = f"encoder.layers.{i}."
        qkv = g.linear(x, f"{p}qkv", s[f"{p}qkv.weight"], s[f"{p}qkv.bias"])
        sizes = g.const("thirds", [c.size] * 3, np.int64)
        q = g.op("Split", qkv, sizes, axis=-1, outputs=3)
        a = g.op(
            "MultiHeadAttention", q, f"{q}_1", f"{q}_2", "", real, domain="com.microsoft", num_heads=c.heads
        )
        a = g.linear(a, f"{p}out", s[f"{p}out.weight"], s[f"{p}out.bias"])
        x = g.norm(g.op("Add", x, a), f"{p}norm1", s, 1e-12)
        h = g.gelu(g.linear(x, f"{p}up", s[f"{p}up.weight"], s[f"{p}up.bias"]))
        h = g.linear(h, f"{p}down", s[f"{p}down.weight"], s[f"{p}down.bias"])
        x = g.norm(g.op("Add", x, h), f"{p}norm2", s, 1e-12)
    g.int8 = False
    last = g.op("Unsqueeze", "at", g.const("last", [2], np.int64))
    w = g.op("GatherND", x, last, batch_dims=1)
    h = g.gelu(g.linear(w, "encoder.cue.0", s["encoder.cue.0.weight"], s["encoder.cue.0.bias"]))
    cue = g.linear(h, "encoder.cue.2", s["encoder.cue.2.weight"], s["encoder.cue.2.bias"])
    cue = g.op("Squeeze", g.op("Sigmoid", cue), g.const("last", [2], np.int64))
    if "inner.weight" in s:
        inner = g.linear(w, "inner", s["inner.weight"][None, :], s["inner.bias"].reshape(1))
        inner = g.op("Squeeze", g.op("Sigmoid", inner), g.const("last", [2], np.int64))
    else:  # before training.inner has run
        inner = g.op(
            "Add", g.op("Mul", cue, g.const("nothing", 0, np.float32)), g.const("all", 1, np.float32)
        )
    role = g.op("Softmax", g.linear(w, "role", s["encoder.role.weight"], s["encoder.role.bias"]), axis=-1)
    outputs = {"words": (w, [c.size]), "cue": (cue, []), "inner": (inner, []), "role": (role, [4])}
    g.nodes += [helper.make_node("Identity", [made], [name]) for name, (made, _) in outputs.items()]
    whole = TensorProto.INT64
    return g.model(
        [helper.make_tensor_value_info(n, whole, ["batch", "pieces"]) for n in ("ids", "case", "quote")]
        + [helper.make_tensor_value_info("at", whole, ["batch", "words"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "words", *more])
            for name, (_, more) in outputs.items()
        ],
    )


def tagger(s: dict[str, np.ndarray], c: Config) -> onnx.ModelProto:
    """words [batch, words, size], row, anchor [anchors], count [batch] → scores [anchors, words, 4]."""
    g = Graph(int8=False)
    one, two = g.const("one", [1], np.int64), g.const("two", [2], np.int64)
    n = g.op("Squeeze", g.op("Slice", g.op("Shape", "words"), one, two), g.const("first", [0], np.int64))
    places = g.op("Range", g.const("zero", 0, np.int64), n, g.const("step", 1, np.int64))
    far = g.op(
        "Sub", g.op("Unsqueeze", places, g.const("axis0", [0], np.int64)), g.op("Unsqueeze", "anchor", one)
    )
    far = g.op("Clip", far, g.const("least", -FARTHEST, np.int64), g.const("most", FARTHEST, np.int64))
    far = g.op("Add", far, g.const("farthest", FARTHEST, np.int64))
    distance = g.op("Gather", g.weight("distance", s["tagger.distance.weight"]), far, axis=0)
    own = g.linear("words", "of_word", s["tagger.of_word.weight"], s["tagger.of_word.bias"])
    pair = g.op("Concat", g.op("Unsqueeze", "row", one), g.op("Unsqueeze", "anchor", one), axis=1)
    vector = g.op("GatherND", "words", pair)
    bias = s["tagger.of_anchor.bias"].copy()
    bias[: c.tagger] += 1
    both = g.linear(vector, "of_anchor", s["tagger.of_anchor.weight"], bias)
    both = g.op("Unsqueeze", both, one)
    halves = g.op("Split", both, g.const("halves", [c.tagger] * 2, np.int64), axis=-1, outputs=2)
    x = g.op("Mul", g.op("Gather", own, "row", axis=0), halves)
    x = g.op("Add", g.op("Add", x, f"{halves}_1"), distance)
    count = g.op("Unsqueeze", g.op("Gather", "count", "row", axis=0), one)
    keep = g.op("Less", g.op("Unsqueeze", places, g.const("axis0", [0], np.int64)), count)
    keep = g.op("Unsqueeze", g.op("Cast", keep, to=TensorProto.FLOAT), two)
    for i, dilation in enumerate((1, 3, 9)[: c.blocks]):
        x = g.block(x, f"tagger.blocks.{i}.", s, keep, dilation)
    x = g.norm(x, "tagger.norm", s, 1e-5)
    g.nodes.append(
        helper.make_node(
            "Identity", [g.linear(x, "out", s["tagger.out.weight"], s["tagger.out.bias"])], ["scores"]
        )
    )
    return g.model(
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, ["batch", "words", c.size]),
            helper.make_tensor_value_info("row", TensorProto.INT64, ["anchors"]),
            helper.make_tensor_value_info("anchor", TensorProto.INT64, ["anchors"]),
            helper.make_tensor_value_info("count", TensorProto.INT64, ["batch"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["anchors", "words", 4])],
    )


@torch.no_grad()
def peaks_of(state: dict[str, np.ndarray], texts: list[str]) -> dict[str, np.ndarray]:
    """The greatest absolute input of each channel of the encoder's linear layers, over some texts."""
    net = Network(Config())
    net.load_state_dict({k: torch.as_tensor(v) for k, v in state.items()})
    net.eval()
    peaks: dict[str, np.ndarray] = {}

    def watch(name: str) -> Callable[[torch.nn.Module, tuple[torch.Tensor, ...]], None]:
        def seen(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            most = inputs[0].abs().flatten(0, -2).max(0).values.numpy()
            peaks[name] = np.maximum(peaks.get(name, 0), most)

        return seen

    for name, module in net.named_modules():
        if name.startswith("encoder.layers.") and isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(watch(name))
    tokenizer = tokenizer_to_start_from()
    articles = [labelled(Document("", text, ()), tokenizer) for text in texts]
    for b in batches(articles, 208, 16, random.Random(0)):
        net.encoder(b.ids, b.case, b.quote, b.at)
    return peaks


def weights_of(path: Path) -> dict[str, np.ndarray]:
    """The network's weights; those of the words are the pretrained ones where the file has none."""
    state = {k: v.float().numpy() for k, v in torch.load(path, map_location="cpu").items()}
    if "encoder.word.weight" not in state:
        words = weights_to_start_from()["embeddings.word_embeddings.weight"]
        state["encoder.word.weight"] = words.numpy()
    return state


def description(state: dict[str, np.ndarray], name: str, promising: float) -> dict[str, object]:
    """What model.json says, before it is calibrated."""
    return {
        "name": name,
        "format": FORMAT,
        "candidate": CANDIDATE,
        "least": LEAST,
        "least_nested": LEAST_NESTED,
        "promising": promising,
        "chain": {k: state[f"chain.{k}"].round(5).tolist() for k in ("begin", "move", "end")},
    }


def main() -> None:
    """Write encoder.onnx, tagger.onnx, vocabulary.txt and, last, model.json."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("weights", type=Path)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--name", default="unnamed")
    p.add_argument("--data", type=Path, required=True, help="folder of train.jsonl.gz, to see activations")
    p.add_argument("--inner", type=Path, help="what training.inner wrote")
    p.add_argument("--fp32", action="store_true", help="do not quantise, to see what it costs")
    a = p.parse_args()
    state, c = weights_of(a.weights), Config()
    seen = islice(corpus.documents(a.data / "train.jsonl.gz"), WATCHED)
    peaks = peaks_of(state, [one.text for one in seen if one.text is not None])
    promising = 0.0
    if a.inner:
        inner = np.load(a.inner)
        promising = round(float(inner["promising"]), 5)
        state |= {"inner.weight": inner["weight"], "inner.bias": inner["bias"]}
    a.out.mkdir(parents=True, exist_ok=True)
    onnx.save(with_lower(encoder(state, c, not a.fp32, peaks)), a.out / "encoder.onnx")
    onnx.save(tagger(state, c), a.out / "tagger.onnx")
    shutil.copy(START / "vocab.txt", a.out / "vocabulary.txt")
    described = json.dumps(description(state, a.name, promising), indent=1)
    (a.out / "model.json").write_text(described + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
