"""A sentence → one vector, so that two sentences that mean much the same have vectors that point alike.

The encoder gives each word a vector a layer. Their averages over the text are turned by one linear map
that was fitted to what all-MiniLM-L6-v2, a model of whole sentences, makes of the same texts
(``training/vectors.py``). This module knows no runtime.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quotidian.encoder.words import Floats, Words
from quotidian.errors import ModelError

FILE = "vectors.npz"
# The vocabulary lists pieces of words from the most to the least frequent, from this id on ("the" is 1996);
# before it are signs and letters.
FIRST_WORD = 1995


def rarity(words: Words) -> Floats:
    """How much each word counts, in nats: the logarithm of its first piece's place in the vocabulary.

    By Zipf's law that is about how rare a word is. "the" and marks count least.
    """
    places = words.pieces[words.first[:-1]] - FIRST_WORD
    rare: Floats = np.log(np.maximum(places, 2)).astype(np.float32)
    return rare


def averaged(layers: Floats, rare: Floats) -> Floats:
    """Two averages of words' vectors: all words counting the same, and by their rarity, squared.

    Args:
        layers: what the encoder gives of each word, ``[words, size]``; at least one word.
        rare: their rarity, ``[words]``, above 0.

    Returns:
        ``[2 * size]``.
    """
    weights = np.stack([np.ones_like(rare), rare**2])
    averages: Floats = ((weights / weights.sum(1, keepdims=True)) @ layers).ravel()
    return averages


@dataclass(frozen=True, eq=False)
class Projection:
    """The linear map from averages to vectors: ``weight`` [size, dimensions], ``bias`` [dimensions]."""

    weight: Floats
    bias: Floats

    @classmethod
    def load(cls, folder: Path) -> Projection:
        """The map that belongs to the model in ``folder``.

        Raises:
            ModelError: there is none, or it is damaged.
        """
        path = folder / FILE
        try:
            with np.load(path, allow_pickle=False) as kept:
                made = cls(kept["weight"].astype(np.float32), kept["bias"].astype(np.float32))
        except Exception as error:  # a damaged archive raises what zipfile, zlib or numpy please
            raise ModelError(
                f"{path}: no vectors of sentences ({error}); reinstall quotidian, "
                "or make them with `python -m training.vectors`"
            ) from error
        if made.weight.shape[1:] != made.bias.shape:
            raise ModelError(f"{path}: damaged; reinstall quotidian")
        return made

    def save(self, folder: Path) -> None:
        """Write it, in half precision, to the model in ``folder``; the same map gives the same bytes."""
        np.savez(folder / FILE, weight=self.weight.astype(np.float16), bias=self.bias.astype(np.float16))

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        return len(self.bias)

    def of(self, average: Floats) -> Floats:
        """The vector of a text's average, of unit length."""
        vector: Floats = average @ self.weight + self.bias
        length = np.linalg.norm(vector)
        return vector / length if length else vector
