"""Labelled pairs of passages of PolNeAR's train articles → the weights by which two reports are joined.

A logistic regression with a ridge, fitted by Newton's method to :class:`quotidian.trace.compare.Likeness`.
A pair of passages is one utterance if any two of their sentences are, so the likeliest two stand for
the pair; which these are and the weights are found in turns.

``python -m training.pairs PAIRS ARTICLES`` prints how well the weights do on pairs of articles held out, and
writes ``src/quotidian/trace/pairs.json``. PAIRS: ``training/labels/pairs.jsonl``, as the shared pairs of
passages are. ARTICLES: PolNeAR's ``train.jsonl.gz``.
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
RIDGE, TURNS, FOLDS = 3.0, 8, 10
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


def fitted(x: Floats, y: Floats, ridge: float = RIDGE) -> Floats:
    """Weights of a logistic regression, the bias last. A column of a wrong sign is left out (0)."""
    names = [field.name for field in fields(Likeness)]
    scale = np.maximum(x.std(0), 1e-6)
    kept = list(range(x.shape[1]))
    while True:
        w = np.zeros(x.shape[1] + 1)
        some = np.c_[x[:, kept] / scale[kept], np.ones(len(x))]
        v = np.zeros(len(kept) + 1)
        pull = np.diag([ridge] * len(kept) + [1e-3])
        for _ in range(50):
            p = 1 / (1 + np.exp(-some @ v))
            slope = some.T @ (y - p) - pull @ v
            v += np.linalg.solve(some.T @ (some * (p * (1 - p))[:, None]) + pull, slope)
        wrong = [k for k, weight in zip(kept, v, strict=False) if weight * SIGNS.get(names[k], 1) < 0]
        if not wrong:
            w[kept], w[-1] = v[:-1] / scale[kept], v[-1]
            return w
        kept = [k for k in kept if k not in wrong]


def best(bag: Floats, w: Floats) -> Floats:
    """The sentences of a pair that are likeliest of one utterance."""
    chosen: Floats = bag[np.argmax(bag @ w[:-1])]
    return chosen


def in_turns(given: Sequence[Floats], y: Floats) -> Floats:
    """Weights, and the sentences that stand for each pair, in turns."""
    w = start()
    for _ in range(TURNS):
        w = fitted(np.array([best(bag, w) for bag in given]), y)
    return w


def start() -> Floats:
    """The weights as they are, to begin from."""
    model = compare._model()
    return np.array([*model.weights, model.bias])


def probabilities(given: Sequence[Floats], w: Floats) -> Floats:
    """How probable each pair is of one utterance."""
    z = np.array([(bag @ w[:-1]).max() + w[-1] for bag in given])
    found: Floats = 1 / (1 + np.exp(-z))
    return found


def f1(same: npt.NDArray[np.bool_], y: Floats) -> float:
    """F1 of "same", in percent."""
    right = float((same & (y > 0)).sum())
    return 200 * right / max(float(same.sum() + y.sum()), 1.0)


def main(pairs_path: str, articles_path: str) -> None:
    """See the module."""
    pairs = [pair for pair in labelled(Path(pairs_path)) if pair.agreed]
    given = bags(pairs, sides(pairs, Path(articles_path)))
    y = np.array([float(pair.label == "same_utterance") for pair in pairs])
    fold = np.array([sum(map(ord, pair.event)) % FOLDS for pair in pairs])
    out = np.zeros(len(y))
    for k in range(FOLDS):
        if (fold == k).any():
            w = in_turns([g for g, f in zip(given, fold, strict=True) if f != k], y[fold != k])
            out[fold == k] = probabilities([g for g, f in zip(given, fold, strict=True) if f == k], w)
    loss = -np.mean(np.log(np.where(y > 0, out, 1 - out)))
    print(f"{len(y)} pairs, {int(y.sum())} of one utterance")
    print(f"held out: F1 {f1(out >= 0.5, y):.1f}, log loss {loss:.3f}")
    w = in_turns(given, y)
    print(f"fitted on: F1 {f1(probabilities(given, w) >= 0.5, y):.1f}")
    names = [field.name for field in fields(Likeness)]
    kept = {
        "bias": round(float(w[-1]), 4),
        "weights": {n: round(float(x), 4) for n, x in zip(names, w, strict=False)},
    }
    print(kept)
    path = Path(compare.__file__).with_name("pairs.json")
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
