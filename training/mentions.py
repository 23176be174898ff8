"""Train the head that tags words: ``python -m training.mentions MODEL --data FOLDER --vectors FOLDER``.

The encoder stays as it is, so attributions do: the head reads what the exported int8 graph gives as
``lower`` (see :mod:`training.lower`), noise of quantisation included. It tells for each word what name it is
part of, what it stands for as the head of a mention, its word class and the pronoun that a name
asks for.

Training goes in three steps. Two networks learn from one half of the silver articles each, and from
the articles read by hand. Each then judges the half that it has not seen: where it is sure of
another tag than the silver's the tag is changed, where it only doubts it is left out. The last
network learns from all that and from GUM, whose heads of phrases are found with the word classes that
the first two tell.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn
from torch.nn import functional

from evaluation import gum
from quotidian.encoder.session import Encoder, padded
from quotidian.encoder.tags import GROUPS, NAMES, NOUNS, SIZE
from quotidian.encoder.windows import windows_of
from quotidian.encoder.words import CASES, QUOTES, Ints, inputs_of
from training import silver
from training.export import Graph
from training.files import save
from training.lower import NAME as LOWER
from training.model import Block, Config, Drop, schedule
from training.tagging import (
    UNKNOWN,
    Labelled,
    names_by_hand,
    nouns_by_hand,
    of_article,
    of_document,
    pronouns_of,
)

LOWER_SIZE = 3 * Config().size
HIDDEN, DILATIONS, DROPOUT = 160, (1, 2, 4), 0.15
# How much each group of tags counts, in the order of GROUPS.
SHARES = (1.0, 1.0, 0.5, 0.3)
RATE, BATCH = 2e-3, 32
EPOCHS_OF_HALVES, EPOCHS = 4, 8
# Articles read by hand are shown so often for once of the others.
REPEATED = 4
# A network's tag replaces the silver's if it is so probable; a tag less probable than that is left out.
SURE, DOUBTED = 0.9, 0.2
# One in so many of the articles read by hand is kept to choose by.
KEPT = 5


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
    path = folder / f"{labels.doc}.npy"
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


def judged(head: Head, one: Read) -> Read:
    """A silver article with the name tags that a network which has not seen it would have."""
    chances, tags = told(head, one)[0], one.labels.name
    best, rows = chances.argmax(-1), np.arange(len(tags))
    own = np.where(tags >= 0, chances[rows, np.maximum(tags, 0)], 0.0)
    other = chances[rows, best] >= SURE
    name = np.where(other, best, np.where(own < DOUBTED, UNKNOWN, tags))
    return replace(one, labels=replace(one.labels, name=name))


def spans(tags: Sequence[int]) -> set[tuple[int, int, str]]:
    """The people, organisations and places that tags spell: first word, end, type."""
    found, start = set(), None
    for i, tag in enumerate([*tags, 0]):
        goes_on = NAMES[tag].endswith("+")
        if start is not None and not (goes_on and NAMES[tag][:-1] == NAMES[tags[start]].removesuffix("+")):
            found.add((start, i, NAMES[tags[start]].removesuffix("+")))
            start = None
        if start is None and tag:
            start = i
    return {span for span in found if span[2] in ("person", "organisation", "place")}


def say_how_good(head: Head, by_hand: Sequence[Read], phrases: Sequence[Read]) -> None:
    """Print figures over articles read by hand and over GUM documents that were kept."""
    right = found = wanted = 0
    pos = [0, 0]
    for one in by_hand:
        name, _, classes, _ = told(head, one)
        a, b = spans(name.argmax(-1).tolist()), spans(np.maximum(one.labels.name, 0).tolist())
        right, found, wanted = right + len(a & b), found + len(a), wanted + len(b)
        known = one.labels.pos >= 0
        pos = [pos[0] + int((classes.argmax(-1) == one.labels.pos)[known].sum()), pos[1] + int(known.sum())]
    f1 = 2 * right / (found + wanted)
    print(f"names: precision {right / found:.4f} recall {right / wanted:.4f} F1 {f1:.4f}")
    print(f"word classes as the silver has them: {pos[0] / pos[1]:.4f}")
    table = np.zeros((len(NOUNS), len(NOUNS)), int)
    for one in phrases:
        best, gold = told(head, one)[1].argmax(-1), one.labels.noun
        np.add.at(table, (gold[gold >= 0], best[gold >= 0]), 1)
    for i, kind in enumerate(NOUNS[1:], start=1):
        both = max(1, table[i].sum() + table[:, i].sum())
        print(f"{kind:12} {table[i].sum():6} in GUM, F1 {2 * table[i, i] / both:.4f}")


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


def main() -> None:
    """Train and write mentions.onnx into the model's folder."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path)
    p.add_argument("--data", type=Path, required=True, help="folder of polnear/ and gum/")
    p.add_argument("--vectors", type=Path, required=True, help="folder to keep what the encoder gives in")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    a.vectors.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(a.model, threads=a.threads)
    nouns, by_hand = nouns_by_hand(), names_by_hand()
    found = silver.cleaned(list(silver.articles(a.data / "polnear", "train")), silver.lexicon())
    articles = [
        read(encoder, of_article(one, encoder.words(one.text), nouns, asked, by_hand.get(one.doc)), a.vectors)
        for one, asked in zip(found, pronouns_of(found), strict=True)
    ]
    kept_names = frozenset(sorted(by_hand)[::KEPT])
    kept = [one for one in articles if one.labels.doc in kept_names]
    hand = [one for one in articles if one.labels.doc in by_hand.keys() - kept_names]
    rest = [one for one in articles if one.labels.doc not in by_hand]
    halves = rest[::2], rest[1::2]
    firsts = [train([*half, *hand * REPEATED], EPOCHS_OF_HALVES, seed) for seed, half in enumerate(halves)]
    better = [judged(head, one) for head, half in zip(firsts, halves[::-1], strict=True) for one in half]
    phrases = {
        split: [
            _of_gum(encoder, firsts, one, nouns, a.vectors) for one in gum.documents(a.data / "gum", split)
        ]
        for split in ("train", "dev")
    }
    head = train([*better, *hand * REPEATED, *phrases["train"]], EPOCHS, len(halves))
    say_how_good(head, kept, phrases["dev"])
    save(head.state_dict(), a.vectors / "head.pt")
    onnx.save(graph(head), a.model / "mentions.onnx")


def _of_gum(
    encoder: Encoder, heads: Sequence[Head], document: gum.Document, nouns: dict[str, int], folder: Path
) -> Read:
    words = encoder.words(document.text)
    one = read(encoder, Labelled.blank(document.doc, document.text, words), folder)
    pos = np.mean([told(head, one)[2] for head in heads], axis=0).argmax(-1)
    return replace(one, labels=of_document(document, words, pos, nouns))


if __name__ == "__main__":
    main()
