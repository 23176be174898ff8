"""Labelled pairs of passages → the weights by which two reports are joined.

A logistic regression with a ridge, fitted by Newton's method to :class:`quotidian.trace.compare.Likeness`.
A pair of passages is one utterance if any two of their sentences are, so the likeliest two stand for
the pair; which these are and the weights are found in turns. There are two sets of pairs: our own of
PolNeAR's train articles, drawn from all that is alike there, and those of BASIL's dev events, of which every
second one is of one utterance. The weights are common to both, each set has a bias of its own, and that
of BASIL, whose articles are of one event each, is kept.

``python -m training.pairs DATA`` prints how well the weights do on BASIL's pairs of events held out (ten
folds), and writes ``src/quotidian/trace/pairs.json``. DATA: the folder of the research data.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluation.pairs import Pair, Side, labelled, sides
from quotidian.trace import compare
from quotidian.trace.compare import Likeness, likeness

Floats = npt.NDArray[np.float64]
RIDGE, TURNS, FOLDS = 6.0, 8, 10
OWN = Path(__file__).parent / "labels" / "pairs.jsonl"
# Weights of these signs alone: what is alike speaks for one utterance, what differs against it.
SIGNS = {"strange": -1, "apart": -1}


def bags(pairs: Sequence[Pair], of: dict[str, Side]) -> list[Floats]:
    """For each pair the likenesses of all two sentences of it, ``[sentences, features]``."""
    found = []
    for pair in pairs:
        a, b = of[pair.name + "a"], of[pair.name + "b"]
        rows = [
            astuple(like)
            for x, v in zip(a.reports, a.vectors, strict=True)
            for y, w in zip(b.reports, b.vectors, strict=True)
            if (like := likeness(x, y, float(v @ w)))
        ]
        found.append(np.array(rows or [[0.0] * len(fields(Likeness))]))
    return found


def fitted(x: Floats, y: Floats, own: Floats, ridge: float = RIDGE) -> Floats:
    """Weights of a logistic regression, then the bias, then what ``own`` adds to it.

    A column of a wrong sign is left out (0).
    """
    names = [field.name for field in fields(Likeness)]
    scale = np.maximum(x.std(0), 1e-6)
    kept = list(range(x.shape[1]))
    while True:
        w = np.zeros(x.shape[1] + 2)
        some = np.c_[x[:, kept] / scale[kept], np.ones(len(x)), own]
        v = np.zeros(len(kept) + 2)
        pull = np.diag([ridge] * len(kept) + [1e-3, 1e-3])
        for _ in range(50):
            p = 1 / (1 + np.exp(-some @ v))
            slope = some.T @ (y - p) - pull @ v
            v += np.linalg.solve(some.T @ (some * (p * (1 - p))[:, None]) + pull, slope)
        wrong = [k for k, weight in zip(kept, v, strict=False) if weight * SIGNS.get(names[k], 1) < 0]
        if not wrong:
            w[kept], w[-2:] = v[:-2] / scale[kept], v[-2:]
            return w
        kept = [k for k in kept if k not in wrong]


def in_turns(given: Sequence[Floats], y: Floats, own: Floats) -> Floats:
    """Weights, and the sentences that stand for each pair, in turns."""
    w = np.array([*compare._model().weights, 0.0, 0.0])
    for _ in range(TURNS):
        w = fitted(np.array([bag[np.argmax(bag @ w[:-2])] for bag in given]), y, own)
    return w


def probabilities(given: Sequence[Floats], w: Floats) -> Floats:
    """How probable each pair is of one utterance, as BASIL's are."""
    z = np.array([(bag @ w[:-2]).max() + w[-2] for bag in given])
    found: Floats = 1 / (1 + np.exp(-z))
    return found


def f1(same: npt.NDArray[np.bool_], y: Floats) -> float:
    """F1 of "same", in percent."""
    right = float((same & (y > 0)).sum())
    return 200 * right / max(float(same.sum() + y.sum()), 1.0)


def _given(pairs_path: Path, articles_path: Path) -> tuple[list[Pair], list[Floats], Floats]:
    pairs = [pair for pair in labelled(pairs_path) if pair.agreed]
    y = np.array([float(pair.label == "same_utterance") for pair in pairs])
    return pairs, bags(pairs, sides(pairs, articles_path)), y


def main(folder: str) -> None:
    """See the module."""
    _, own, own_y = _given(OWN, Path(folder) / "polnear" / "train.jsonl.gz")
    basil = Path(folder) / "basil"
    pairs, given, y = _given(basil / "pairs_dev.jsonl", basil / "articles_dev.jsonl.gz")
    events = sorted({pair.event for pair in pairs})
    fold = np.array([events.index(pair.event) % FOLDS for pair in pairs])
    out = np.zeros(len(y))
    for k in range(FOLDS):
        some = [bag for bag, f in zip(given, fold, strict=True) if f != k]
        w = _fit(some, y[fold != k], own, own_y)
        out[fold == k] = probabilities([bag for bag, f in zip(given, fold, strict=True) if f == k], w)
    w = _fit(given, y, own, own_y)
    quote = np.array([pair.kind == "quote" for pair in pairs])
    print(f"{len(own_y) + len(y)} pairs, {int(own_y.sum() + y.sum())} of one utterance; of BASIL's:")
    for name, found in (("events held out", out), ("fitted on", probabilities(given, w))):
        loss = -np.mean(np.log(np.where(y > 0, found, 1 - found)))
        shares = [
            f"{what} {f1(found[some] >= 0.5, y[some]):.1f}"
            for what, some in (("all", quote | ~quote), ("quotations", quote), ("sentences", ~quote))
        ]
        print(f"{name}: F1 {', '.join(shares)}; log loss {loss:.3f}")
    names = [field.name for field in fields(Likeness)]
    kept = {
        "bias": round(float(w[-2]), 4),
        "weights": {n: round(float(x), 4) for n, x in zip(names, w, strict=False)},
    }
    print(kept)
    path = Path(compare.__file__).with_name("pairs.json")
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _fit(given: Sequence[Floats], y: Floats, own: Sequence[Floats], own_y: Floats) -> Floats:
    return in_turns([*given, *own], np.r_[y, own_y], np.r_[np.zeros(len(y)), np.ones(len(own_y))])


if __name__ == "__main__":
    main(*sys.argv[1:])
