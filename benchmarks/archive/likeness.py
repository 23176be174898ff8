"""Vectors for invented contents: random, but the more alike the more rare words two of them share."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from quotidian.trace.words import forms, rarity, stem

DIMENSIONS = 384


def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """As :meth:`quotidian.pipeline.Reader.vectors` gives them: ``[texts, dimensions]``, of unit length.

    The model has nothing to say of words drawn at random. Here each stem points somewhere at random and a
    text where its stems point, weighted by their rarity: what was cut or edited lies near, all else apart.
    """
    made = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in zip(made, texts, strict=True):
        for form in forms(text):
            row += rarity(form) ** 2 * _of(stem(form))
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    unit: npt.NDArray[np.float32] = made / np.maximum(lengths, 1e-9)
    return unit


@lru_cache(maxsize=65_536)
def _of(word: str) -> npt.NDArray[np.float32]:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
    return np.random.default_rng(seed).standard_normal(DIMENSIONS, dtype=np.float32)
