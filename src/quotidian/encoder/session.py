"""The model: passages of words → cues found in them, label scores for each cue, and tags of words.

This module alone knows the inference runtime. The same passages give the same scores: batches are
made within one call, from what is asked in it, so an article's scores do not depend on its company.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

# Since 1.32 the runtime reports home and leaves an identifier on the disk, unless it is told not to
# before it is loaded (docs/design/runtime.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

from quotidian.encoder.about import SHIPPED, described
from quotidian.encoder.vectors import Projection, averaged, rarity
from quotidian.encoder.windows import Window, windows_of
from quotidian.encoder.words import (
    QUOTE_MARK,
    Floats,
    Inputs,
    Ints,
    Words,
    inputs_of,
    load_tokenizer,
    words_of,
)
from quotidian.errors import ModelError

# Pieces in one call of the encoder: larger calls are no faster on a CPU and take more memory.
PIECES_A_CALL = 1024
# The longest window of a call may be this many times as long as its shortest.
MOST_PADDING = 1.15
# What the encoder makes for attributions, and besides for tags.
ENCODED = ("words", "cue", "inner", "role")
LOWER = ("lower",)
# And for vectors of sentences: the embedding, the second, fourth and sixth layer.
LAYERS = ("lower", "words")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the network made of one window.

    For each cue found: its place in the window's passage (``anchor`` [cues]), its probability
    (``cue`` [cues]), and the scores of none, source, cue and content of that cue for each word
    (``scores`` [cues, words, 4]). For each word: the probability that a cue of an attribution
    inside another's content begins there (``inner`` [words]), and those of none, source, cue and
    content of whatever cue (``role`` [words, 4]); where they were asked for, also those of its tags
    (``tags`` [words, SIZE of :mod:`quotidian.encoder.tags`]).
    """

    window: Window
    anchor: Ints
    cue: Floats
    scores: Floats
    inner: Floats
    role: Floats
    tags: Floats | None = None


class Encoder:
    """The loaded model. Not to be shared between processes; threads may share it."""

    def __init__(self, folder: Path = SHIPPED, *, threads: int | None = None):
        """Load the model in ``folder``; ``threads`` is how many cores it may use (all by default)."""
        self.about = described(folder)
        self.name: str = self.about["name"]
        self.tokenizer = load_tokenizer(folder / "vocabulary.txt")
        self._folder = folder
        self._options = options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # windows differ in size: an arena only grows
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.network = self._loaded("encoder.onnx")
        self._tagger = self._loaded("tagger.onnx")

    @cached_property
    def _mentions(self) -> onnxruntime.InferenceSession:
        return self._loaded("mentions.onnx")  # once it is asked for: attributions need none

    @cached_property
    def _projection(self) -> Projection:
        return Projection.load(self._folder)

    def _loaded(self, file: str) -> onnxruntime.InferenceSession:
        try:
            return onnxruntime.InferenceSession(self._folder / file, self._options, ["CPUExecutionProvider"])
        except Exception as error:  # the runtime's own errors have no common public base
            raise ModelError(
                f"{self._folder}: the model cannot be loaded ({error}); reinstall quotidian"
            ) from error

    def words(self, text: str) -> Words:
        """The words of a text; raises :class:`quotidian.errors.BadText`."""
        return words_of(text, self.tokenizer)

    def readings(
        self, words: Words, windows: Sequence[Window], least: float, *, tags: bool = False
    ) -> list[Reading]:
        """Read windows of one text.

        Args:
            words: the text's words.
            windows: what to read.
            least: cues less probable than this are not looked at.
            tags: whether to tag every word as well.

        Returns:
            One reading a window, in the order given.
        """
        inputs = [inputs_of(words, w.passage, alone=w.alone) for w in windows]
        ranks = sorted(range(len(windows)), key=lambda i: (len(inputs[i].ids), i))
        found: list[Reading | None] = [None] * len(windows)
        for group in _groups(ranks, inputs):
            some = [windows[i] for i in group]
            made = self._encoded([inputs[i] for i in group], ENCODED + (LOWER if tags else ()))
            readings = self._read(some, made, least)
            if tags:
                tagged = self._tagged(words, some, made["lower"])
                readings = [replace(r, tags=t) for r, t in zip(readings, tagged, strict=True)]
            for i, reading in zip(group, readings, strict=True):
                found[i] = reading
        return [reading for reading in found if reading is not None]

    def vectors(self, texts: Sequence[str]) -> Floats:
        """What short texts mean: the cosine of two vectors says how alike they are.

        Double quotation marks count for nothing: what is quoted and what is told are read alike. A text's
        vector does not depend on the others.

        Args:
            texts: of any length; the teacher's figures are for 3 to 60 words.

        Returns:
            ``[texts, dimensions]``, of unit length; zeros for a text without a word.

        Raises:
            BadText: a text holds a lone surrogate.
            ModelError: the model has no vectors of sentences.
        """
        found: dict[str, Floats] = {}
        for text in texts:
            if text not in found:
                average = self.average(text)
                found[text] = (
                    np.zeros(self._projection.dimensions, np.float32)
                    if average is None
                    else self._projection.of(average)
                )
        return np.array([found[text] for text in texts], np.float32).reshape(-1, self._projection.dimensions)

    def average(self, text: str) -> Floats | None:
        """The layers of a text's words, averaged: what its vector is made of. None where it has no word."""
        words = self.words(text)
        # Without quotation marks, so that what is quoted and what is told are read alike.
        said = np.flatnonzero(words.quote != QUOTE_MARK)
        layers = []
        # One window a call: activations are quantised with one scale a call, so company would show.
        for window in windows_of(words, text, said, alone=True):
            made = self._encoded([inputs_of(words, window.passage, alone=True)], LAYERS)
            whole = np.concatenate([made[name][0] for name in LAYERS], axis=1)
            layers.append(whole[window.own_start : window.own_end])
        return averaged(np.concatenate(layers), rarity(words)[said]) if len(said) else None

    def _encoded(self, inputs: list[Inputs], wanted: tuple[str, ...]) -> dict[str, Floats]:
        """What the encoder makes of some passages, by name; it computes no more than is wanted."""
        feeds = {name: padded([getattr(x, name) for x in inputs]) for name in ("ids", "case", "quote", "at")}
        return dict(zip(wanted, self.network.run(wanted, feeds), strict=True))

    def _tagged(self, words: Words, windows: list[Window], lower: Floats) -> list[Floats]:
        """The tags of each window's words."""
        feeds = {
            "lower": lower,
            "case": padded([words.case[w.passage] for w in windows]),
            "quote": padded([words.quote[w.passage] for w in windows]),
            "count": np.array([len(w.passage) for w in windows], np.int64),
        }
        (tags,) = self._mentions.run(["tags"], feeds)
        return [tags[i, : len(w.passage)] for i, w in enumerate(windows)]

    def _read(self, windows: list[Window], made: dict[str, Floats], least: float) -> list[Reading]:
        count = np.array([len(w.passage) for w in windows], np.int64)
        words, cue, inner, role = (made[name] for name in ENCODED)
        places = np.arange(cue.shape[1])
        owned = np.array([[w.own_start, w.own_end] for w in windows])
        asked = (cue >= least) & (places >= owned[:, :1]) & (places < owned[:, 1:])
        row, anchor = np.nonzero(asked)
        if len(row):
            (scores,) = self._tagger.run(
                ["scores"], {"words": words, "row": row, "anchor": anchor, "count": count}
            )
        else:
            scores = np.zeros((0, cue.shape[1], 4), np.float32)
        readings = []
        for i, window in enumerate(windows):
            mine = row == i
            n = int(count[i])
            readings.append(
                Reading(
                    window, anchor[mine], cue[i, anchor[mine]], scores[mine, :n], inner[i, :n], role[i, :n]
                )
            )
        return readings


def _groups(ranks: list[int], inputs: list[Inputs]) -> list[list[int]]:
    """Neighbours in length, together at most :data:`PIECES_A_CALL` pieces with padding."""
    groups: list[list[int]] = []
    for i in ranks:
        size = len(inputs[i].ids)
        shortest = len(inputs[groups[-1][0]].ids) if groups else 0
        if size <= MOST_PADDING * shortest and size * (len(groups[-1]) + 1) <= PIECES_A_CALL:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def padded(rows: list[Ints]) -> Ints:
    """One array of rows of unequal length, 0 where a row has ended."""
    out = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out
