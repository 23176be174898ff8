"""Vectors of sentences, learnt from a teacher: ``python -m training.vectors MODEL --data FOLDER``.

The teacher is all-MiniLM-L6-v2 as it was before it became our encoder. The encoder stays as it is: one
linear map turns the averages of its layers into what the teacher says of the same text, fitted in closed
form (ridge regression) over contents and sentences of the training articles. Every tenth article is held
out; what is printed is measured there, with the map as it is written to the model's folder.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from evaluation import corpus
from evaluation.types import Document
from quotidian.encoder.session import Encoder
from quotidian.encoder.vectors import Projection
from quotidian.encoder.words import Floats, inputs_of, words_of
from quotidian.sentences import sentences
from training.model import Config, Network
from training.start import tokenizer_to_start_from, weights_to_start_from

SHORTEST, LONGEST = 3, 60  # words of a text that is learnt from
HELD_OUT = 10  # every so many-th article
DIMENSIONS = 128
# A share of the texts; ten times as much makes hardly a difference.
RIDGE = 0.001
# Of the texts held out so many are measured on, in so many pairs of a kind.
MEASURED, PAIRS = 2_000, 20_000
# Words of at least this many letters, so many of them shared, make a pair hard.
LONG_WORD, SHARED = 5, 2
BATCH = 32
DOUBLE_QUOTES = frozenset('“”«»„‟"＂')
# What is made of so many texts is kept together, so that a run that was stopped goes on from there.
KEPT_TOGETHER = 4_000


def texts_of(articles: Iterable[Document]) -> list[str]:
    """Contents and sentences of articles, none twice, without the quotation marks that vectors leave out."""
    found = (
        "".join(letter for letter in text if letter not in DOUBLE_QUOTES)
        for article in articles
        for text in (*_contents(article), *_sentences(article))
    )
    return list(dict.fromkeys(text for text in found if SHORTEST <= len(text.split()) <= LONGEST))


def _contents(article: Document) -> Iterator[str]:
    for one in article.attributions:
        yield " ".join((article.text or "")[a:b] for a, b in one.content)


def _sentences(article: Document) -> Iterator[str]:
    text = article.text or ""
    return (text[a:b] for a, b in sentences(text))


@torch.no_grad()
def taught(texts: Sequence[str]) -> Floats:
    """The teacher's vectors, of unit length: the mean of its last layer over all pieces."""
    net = Network(Config())
    net.start_from(weights_to_start_from())
    net.eval()
    tokenizer = tokenizer_to_start_from()
    ids = []
    for text in texts:
        words = words_of(text.replace("\n", " "), tokenizer)
        ids.append(inputs_of(words, np.arange(len(words))).ids)
    out = np.zeros((len(texts), Config().size), np.float32)
    ranks = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    for start in range(0, len(ranks), BATCH):
        group = ranks[start : start + BATCH]
        rows = [torch.as_tensor(ids[i]) for i in group]
        padded = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        places = torch.arange(padded.shape[1]).expand_as(padded)
        nothing = torch.zeros_like(padded)  # new tables of case and quotes are zeros
        last, _, _ = net.encoder(padded, nothing, nothing, places)
        real = (padded != 0)[:, :, None]
        mean = (last * real).sum(1) / real.sum(1)
        out[group] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return out


def fitted(averages: Floats, wanted: Floats, dimensions: int = DIMENSIONS) -> Projection:
    """The map whose cosines are nearest the teacher's, in so many dimensions.

    Ridge regression onto all of the teacher's dimensions; of these, those in which its predictions differ
    most (reduced-rank regression: Izenman, 1975).
    """
    mean, spread = averages.mean(0), averages.std(0) + 1e-6
    x = ((averages - mean) / spread).astype(np.float64)
    middle = wanted.mean(0).astype(np.float64)
    inner = x.T @ x + RIDGE * len(x) * np.eye(x.shape[1])
    weight = np.linalg.solve(inner, x.T @ (wanted - middle))
    predicted = x @ weight + middle
    _, axes = np.linalg.eigh(predicted.T @ predicted)
    axes = axes[:, ::-1][:, :dimensions]
    axes = axes * np.where(axes.sum(0) < 0, -1, 1)  # of two mirror images always the same
    turned = weight / spread[:, None] @ axes
    bias = middle @ axes - mean @ turned
    return Projection(turned.astype(np.float32), bias.astype(np.float32))


def pairs_of(texts: Sequence[str]) -> dict[str, np.ndarray]:
    """Indexes of texts in pairs, by kind: any two, and those with words in common. None holds the other."""
    chance = random.Random(1)
    words = [frozenset(w for w in re.findall(r"\w+", t.lower()) if len(w) >= LONG_WORD) for t in texts]
    every = [(i, j) for i in range(len(texts)) for j in range(i)]
    shared = [(i, j) for i, j in every if len(words[i] & words[j]) >= SHARED]
    kinds = {"any two": every, f"{SHARED} words or more shared": shared}

    def apart(pair: tuple[int, int]) -> bool:
        one, other = texts[pair[0]], texts[pair[1]]
        return one not in other and other not in one

    drawn = {kind: chance.sample(found, min(PAIRS, len(found))) for kind, found in kinds.items()}
    return {kind: np.array([pair for pair in found if apart(pair)]) for kind, found in drawn.items()}


def cosines(vectors: Floats, pairs: np.ndarray) -> Floats:
    """Of each pair, for vectors of unit length."""
    found: Floats = np.einsum("ij,ij->i", vectors[pairs[:, 0]], vectors[pairs[:, 1]])
    return found


def say(ours: Floats, teachers: Floats, texts: Sequence[str]) -> None:
    """Print how near our cosines are to the teacher's."""
    for kind, pairs in pairs_of(texts).items():
        a, b = cosines(ours, pairs), cosines(teachers, pairs)
        ranks = [np.argsort(np.argsort(x)) for x in (a, b)]
        print(
            f"{len(pairs)} pairs, {kind}: Spearman {np.corrcoef(*ranks)[0, 1]:.3f}, "
            f"Pearson {np.corrcoef(a, b)[0, 1]:.3f}, off by {np.sqrt(np.mean((a - b) ** 2)):.3f} (RMS)"
        )


def kept(folder: Path, name: str, texts: Sequence[str], make: Callable[[Sequence[str]], Floats]) -> Floats:
    """What ``make`` gives of texts, from ``folder`` where it was made before; ``name`` says by what."""
    parts = []
    for start in range(0, len(texts), KEPT_TOGETHER):
        some = texts[start : start + KEPT_TOGETHER]
        path = folder / f"{name}-{hashlib.sha256(chr(0).join(some).encode()).hexdigest()[:16]}.npy"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished.npy")
            np.save(unfinished, make(some))
            unfinished.replace(path)
            print(f"{path}: {start + len(some)} of {len(texts)} texts", flush=True)
        parts.append(np.load(path))
    return np.concatenate(parts)


def main() -> None:
    """Read, learn, write, say how well."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path, help="folder of the model; vectors.npz is written there")
    p.add_argument("--data", type=Path, required=True, help="folder of train.jsonl.gz")
    p.add_argument(
        "--kept",
        type=Path,
        default=Path("runs/sentences"),
        help="folder for what is made on the way; delete it when averages change",
    )
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    a.kept.mkdir(parents=True, exist_ok=True)
    articles = list(corpus.documents(a.data / "train.jsonl.gz"))
    held_out = texts_of(articles[::HELD_OUT])
    learnt = texts_of(one for i, one in enumerate(articles) if i % HELD_OUT)
    known = frozenset(learnt)
    new = [text for text in held_out if text not in known]
    held_out = random.Random(0).sample(new, min(MEASURED, len(new)))
    encoder = Encoder(a.model, threads=a.threads)
    ours = "ours-" + hashlib.sha256((a.model / "encoder.onnx").read_bytes()).hexdigest()[:16]

    def averages(texts: Sequence[str]) -> Floats:
        return kept(a.kept, ours, texts, lambda some: np.array([encoder.average(t) for t in some]))

    fitted(averages(learnt), kept(a.kept, "teacher", learnt, taught)).save(a.model)
    made = Projection.load(a.model)
    print(f"{len(learnt)} texts learnt from, {len(held_out)} held out")
    vectors = np.array([made.of(average) for average in averages(held_out)])
    say(vectors, kept(a.kept, "teacher", held_out, taught), held_out)


if __name__ == "__main__":
    main()
