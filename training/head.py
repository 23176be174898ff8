"""The head that tags words: its network, its training on vectors that are read before, its graph.

Gated, dilated convolutions over what the encoder gives as ``lower`` (:mod:`training.lower`), as in the
tagger of attributions; tags are scored word by word, and the package decodes them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn
from torch.nn import functional

from quotidian.encoder.session import Encoder, padded
from quotidian.encoder.tags import GROUPS, SIZE
from quotidian.encoder.windows import windows_of
from quotidian.encoder.words import CASES, QUOTES, Ints, inputs_of
from training.export import Graph
from training.lower import NAME as LOWER
from training.model import Block, Config, Drop, schedule
from training.tagging import UNKNOWN, Labelled

LOWER_SIZE = 3 * Config().size
HIDDEN, DILATIONS, DROPOUT = 160, (1, 2, 4), 0.15
# How much each group of tags counts, in the order of GROUPS.
SHARES = (1.0, 1.0, 0.5, 0.3)
RATE, BATCH = 2e-3, 32


class Head(nn.Module):
    """Gated convolutions over the lower vectors: scores of all tags for each word."""

    def __init__(self, hidden: int = HIDDEN, size: int = LOWER_SIZE):
        super().__init__()
        self.of_lower = nn.Linear(size, hidden)
        self.case = nn.Embedding(len(CASES), hidden)
        self.quote = nn.Embedding(len(QUOTES), hidden)
        self.drop = Drop(DROPOUT)
        self.blocks = nn.ModuleList(Block(hidden, dilation, DROPOUT) for dilation in DILATIONS)
        self.norm = nn.LayerNorm(hidden)
        self.out = nn.Linear(hidden, SIZE)

    def forward(self, lower: Tensor, case: Tensor, quote: Tensor, count: Tensor) -> tuple[Tensor, ...]:
        """lower [windows, words, size]; case, quote [windows, words]; count [windows] → scores a group."""
        x = self.of_lower(lower) + self.case(case) + self.quote(quote)
        x = functional.gelu(self.drop(x))
        places = torch.arange(x.shape[1], device=x.device)
        keep = (places[None, :] < count[:, None])[:, :, None].to(x.dtype)
        for block in self.blocks:
            x = block(x, keep)
        return self.out(self.norm(x)).split([len(group) for group in GROUPS], dim=-1)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A text with the vectors of its windows' words: ``lower`` has them window by window."""

    labels: Labelled
    passages: tuple[Ints, ...]
    own: tuple[slice, ...]
    lower: np.ndarray

    def windows(self) -> Iterable[tuple[Ints, np.ndarray]]:
        """Each window's words and their vectors."""
        edges = np.cumsum([len(passage) for passage in self.passages])[:-1]
        return zip(self.passages, np.split(self.lower, edges), strict=True)


def read(encoder: Encoder, labels: Labelled, folder: Path) -> Read:
    """Read a text, or take the vectors from ``folder`` where it was read before."""
    windows = windows_of(labels.words, labels.text)
    path = folder / f"{hashlib.sha256(labels.text.encode()).hexdigest()[:20]}.npy"
    if not path.exists():
        vectors = [_lower(encoder, labels, window.passage) for window in windows]
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            np.save(file, np.concatenate(vectors or [np.zeros((0, LOWER_SIZE), np.float16)]))
        unfinished.replace(path)
    return Read(
        labels,
        tuple(w.passage for w in windows),
        tuple(slice(w.own_start, w.own_end) for w in windows),
        np.load(path),
    )


def _lower(encoder: Encoder, labels: Labelled, passage: Ints) -> np.ndarray:
    x = inputs_of(labels.words, passage)
    feeds = {name: padded([getattr(x, name)]) for name in ("ids", "case", "quote", "at")}
    (vectors,) = encoder.network.run([LOWER], feeds)
    return vectors[0].astype(np.float16)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows; ``tags`` [windows, words] of each group, UNKNOWN where padded."""

    lower: Tensor
    case: Tensor
    quote: Tensor
    count: Tensor
    tags: tuple[Tensor, ...]


Window = tuple[Labelled, Ints, np.ndarray]


def batch(windows: Sequence[Window]) -> Batch:
    """Some windows as one batch."""
    count = torch.tensor([len(passage) for _, passage, _ in windows])
    most = int(count.max())
    lower = torch.zeros(len(windows), most, LOWER_SIZE)
    ints = {name: torch.full((len(windows), most), fill) for name, fill in _FIELDS.items()}
    for i, (labels, passage, vectors) in enumerate(windows):
        n = len(passage)
        lower[i, :n] = torch.from_numpy(vectors).float()
        ints["case"][i, :n] = torch.from_numpy(labels.words.case[passage])
        ints["quote"][i, :n] = torch.from_numpy(labels.words.quote[passage])
        for name in _TAGS:
            ints[name][i, :n] = torch.from_numpy(getattr(labels, name)[passage])
    return Batch(lower, ints["case"], ints["quote"], count, tuple(ints[name] for name in _TAGS))


_TAGS = ("name", "noun", "pos", "pronoun")
_FIELDS = {"case": 0, "quote": 0} | dict.fromkeys(_TAGS, UNKNOWN)


def train(texts: Sequence[Read], epochs: int, seed: int) -> Head:
    """A head that has learnt from texts; one that is given several times counts as often."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    head = Head()
    windows = [(one.labels, passage, vectors) for one in texts for passage, vectors in one.windows()]
    steps = epochs * -(-len(windows) // BATCH)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    follow = torch.optim.lr_scheduler.LambdaLR(optimiser, partial(schedule, steps=steps))
    for epoch in range(epochs):
        head.train()
        ordered = sorted(windows, key=lambda window: len(window[1]) + 8 * chance.random())
        groups = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
        chance.shuffle(groups)
        total = 0.0
        for group in groups:
            value = loss(head, batch(group))
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            follow.step()
            total += value.item()
        print(f"  epoch {epoch + 1}: loss {total / len(groups):.4f}", flush=True)
    return head.eval()


def loss(head: Head, b: Batch) -> Tensor:
    """Cross-entropy of each group over the words of which it is known, weighted by SHARES."""
    total = torch.zeros(())
    with torch.autocast("cpu", dtype=torch.bfloat16):
        made = head(b.lower, b.case, b.quote, b.count)
    for share, scores, tags in zip(SHARES, made, b.tags, strict=True):
        known = (tags != UNKNOWN).sum().clamp(min=1)
        summed = functional.cross_entropy(
            scores.float().flatten(0, 1), tags.flatten(), ignore_index=UNKNOWN, reduction="sum"
        )
        total = total + share * summed / known
    return total


@torch.no_grad()
def told(head: Head, one: Read) -> tuple[np.ndarray, ...]:
    """The probabilities of each group for each word of a text, each from the window that owns it."""
    out = [np.zeros((len(one.labels.words), len(group)), np.float32) for group in GROUPS]
    for (passage, vectors), own in zip(one.windows(), one.own, strict=True):
        b = batch([(one.labels, passage, vectors)])
        for into, scores in zip(out, head(b.lower, b.case, b.quote, b.count), strict=True):
            into[passage[own]] = torch.softmax(scores[0, own], -1).numpy()
    return tuple(out)


def graph(head: Head) -> onnx.ModelProto:
    """lower [batch, words, size], case, quote [batch, words], count [batch] → tags [batch, words, SIZE]."""
    s = {name: value.detach().numpy() for name, value in head.state_dict().items()}
    g = Graph(int8=False)
    one, two = g.const("one", [1], np.int64), g.const("two", [2], np.int64)
    n = g.op("Squeeze", g.op("Slice", g.op("Shape", "lower"), one, two), g.const("first", [0], np.int64))
    places = g.op("Range", g.const("zero", 0, np.int64), n, g.const("step", 1, np.int64))
    keep = g.op(
        "Less", g.op("Unsqueeze", places, g.const("axis0", [0], np.int64)), g.op("Unsqueeze", "count", one)
    )
    keep = g.op("Unsqueeze", g.op("Cast", keep, to=TensorProto.FLOAT), two)
    x = g.linear("lower", "of_lower", s["of_lower.weight"], s["of_lower.bias"])
    x = g.op("Add", x, g.op("Gather", g.weight("cases", s["case.weight"]), "case", axis=0))
    x = g.gelu(g.op("Add", x, g.op("Gather", g.weight("quotes", s["quote.weight"]), "quote", axis=0)))
    for i, dilation in enumerate(DILATIONS):
        x = g.block(x, f"blocks.{i}.", s, keep, dilation)
    x = g.linear(g.norm(x, "norm", s, 1e-5), "out", s["out.weight"], s["out.bias"])
    sizes = g.const("sizes", [len(group) for group in GROUPS], np.int64)
    groups = g.op("Split", x, sizes, axis=-1, outputs=len(GROUPS))
    names = [groups, *(f"{groups}_{i}" for i in range(1, len(GROUPS)))]
    g.nodes.append(
        helper.make_node("Concat", [g.op("Softmax", name, axis=-1) for name in names], ["tags"], axis=-1)
    )
    whole = partial(helper.make_tensor_value_info, elem_type=TensorProto.INT64)
    real = partial(helper.make_tensor_value_info, elem_type=TensorProto.FLOAT)
    return g.model(
        [
            real("lower", shape=["batch", "words", s["of_lower.weight"].shape[1]]),
            whole("case", shape=["batch", "words"]),
            whole("quote", shape=["batch", "words"]),
            whole("count", shape=["batch"]),
        ],
        [real("tags", shape=["batch", "words", SIZE])],
    )
