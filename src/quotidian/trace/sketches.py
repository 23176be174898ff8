"""What is kept of a report so that others of the same utterance are found among many, and finding them.

Two reports are candidates, from this alone and whatever else there is, if they were published
within some days of each other and

- share a few words in a row that are not all common ones (:data:`QUOTED_DAYS`), or
- may have the same speaker and are alike in sense or in rare words (:data:`SPOKEN_DAYS`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from quotidian.trace.meaning import SMALL
from quotidian.trace.values import Report
from quotidian.trace.voices import keys as voice_keys
from quotidian.trace.words import forms, rarity, stem

# Days of publication within which the same words, or words of the same sense, may be of one utterance.
QUOTED_DAYS = 30
SPOKEN_DAYS = 7
# A run of so many words, of so much rarity together (nats), is looked for elsewhere.
_RUN, _RUN_RARITY = 3, 11.0
# And one of so many, be they common ones, in what the same speaker says.
_LONG_RUN = 5
# Words at least this rare are looked for in what the same speaker says; so many hashes are kept.
_RARE, _MOST_RARE = 6.5, 64
_MOST_RUNS = 96
# Cosine from which two contents of a speaker are worth comparing without a rare word in common.
_ALIKE = 0.5
# A vector of length 1 is kept as whole numbers up to this.
_UNIT = 127

Hashes = npt.NDArray[np.uint32]
Vector = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A report in short: its day, and hashes (32 bits) of runs of words, rare words and names.

    ``vector`` is the content's vector, unit length times 127, rounded; empty where there is none.
    """

    article: str
    day: int | None
    runs: Hashes
    rare: Hashes
    voices: Hashes
    vector: Vector


def sketch(report: Report, vector: npt.NDArray[np.float32] | None = None) -> Sketch:
    """A report in short. ``vector`` is of unit length, or None where no model is at hand."""
    said = forms(report.content)
    rare = {stem(form) for form in said if form not in SMALL and rarity(form) >= _RARE}
    rare |= {" ".join(said[i : i + _LONG_RUN]) for i in range(len(said) - _LONG_RUN + 1)}
    kept = np.zeros(0, np.int8) if vector is None else np.rint(np.clip(vector, -1, 1) * _UNIT).astype(np.int8)
    return Sketch(
        article=report.article,
        day=report.printed or report.last,
        runs=_hashes(_runs(said))[:_MOST_RUNS],
        rare=_hashes(rare)[:_MOST_RARE],
        voices=_hashes(voice_keys(report.voice)),
        vector=kept,
    )


def _runs(said: Sequence[str]) -> Iterable[str]:
    """Words in a row that together are rare; all the words of a text that has fewer."""
    if len(said) < _RUN:
        yield " ".join(said)
    for i in range(len(said) - _RUN + 1):
        run = said[i : i + _RUN]
        if sum(rarity(form) for form in run if form not in SMALL) >= _RUN_RARITY:
            yield " ".join(run)


@lru_cache(maxsize=16_384)  # the common ones: more cost a worker 60 MB and save it nothing
def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little")


def _hashes(texts: Iterable[str]) -> Hashes:
    """Sorted, so that the first of too many are the same ones in every text that has them (bottom-k)."""
    return np.array(sorted({_hash(text) for text in texts}), np.uint32)


def packed(sketches: Sequence[Sketch]) -> bytes:
    """The sketches of an article's reports as bytes, but for the article's name."""
    width = max((len(s.vector) for s in sketches), default=0)
    head = np.array([len(sketches), width], "<i4")
    rows = np.array(
        [[-1 if s.day is None else s.day, len(s.runs), len(s.rare), len(s.voices)] for s in sketches], "<i4"
    )
    hashes = [part for s in sketches for part in (s.runs, s.rare, s.voices)]
    vectors = [s.vector if len(s.vector) else np.zeros(width, np.int8) for s in sketches]
    parts = [head, rows, *(part.astype("<u4") for part in hashes), *vectors]
    return b"".join(part.tobytes() for part in parts)


def unpacked(data: bytes, article: str) -> list[Sketch]:
    """What :func:`packed` packed, of an article of this name."""
    count, width = (int(number) for number in np.frombuffer(data, "<i4", 2))
    rows = np.frombuffer(data, "<i4", 4 * count, 8).reshape(count, 4)
    at = 8 + 16 * count
    total = int(rows[:, 1:].sum())
    hashes = np.frombuffer(data, "<u4", total, at)
    vectors = np.frombuffer(data, np.int8, count * width, at + 4 * total).reshape(count, width)
    ends = np.cumsum(rows[:, 1:].ravel())
    split = np.split(hashes, ends[:-1]) if count else []
    return [
        Sketch(
            article,
            None if rows[i, 0] < 0 else int(rows[i, 0]),
            runs=split[3 * i],
            rare=split[3 * i + 1],
            voices=split[3 * i + 2],
            vector=vectors[i],
        )
        for i in range(count)
    ]


class Window:
    """Some sketches in columns, to look for candidates among them."""

    def __init__(self, sketches: Sequence[Sketch]):
        self._days = np.array([s.day if s.day is not None else -1 for s in sketches], np.int64)
        self._place = {name: i for i, name in enumerate(dict.fromkeys(s.article for s in sketches))}
        self.articles = tuple(s.article for s in sketches)
        self._article = np.array([self._place[s.article] for s in sketches], np.int64)
        self._runs = _Column([s.runs for s in sketches])
        self._rare = _Column([s.rare for s in sketches])
        self._voices = _Column([s.voices for s in sketches])
        width = max((len(s.vector) for s in sketches), default=0)
        # Whole numbers, whose products are exact: the same in whichever order they are added up.
        self._vectors = np.zeros((len(sketches), width), np.float32)
        for i, s in enumerate(sketches):
            if len(s.vector):
                self._vectors[i] = s.vector
        self._drawn: npt.NDArray[np.bool_] = np.any(self._vectors != 0, axis=1)

    def __len__(self) -> int:
        return len(self._days)

    def candidates(self, new: Window) -> list[tuple[int, int]]:
        """Pairs (index in ``new``, index in this) worth comparing, of different articles, sorted.

        Where both are the same window, each pair comes in both orders.
        """
        pairs = [
            self._near(new, *self._runs.shared(new._runs), QUOTED_DAYS),
            self._near(new, *self._spoken(new), SPOKEN_DAYS),
        ]
        found = _distinct(np.concatenate(pairs))
        return [(int(code // len(self)), int(code % len(self))) for code in found] if len(self) else []

    def similarity(self, new: Window, i: int, j: int) -> float | None:
        """The cosine of the vector of ``i`` in ``new`` and that of ``j`` in this; None without vectors."""
        if not self._comparable(new) or not (new._drawn[i] and self._drawn[j]):
            return None
        return float(new._vectors[i] @ self._vectors[j]) / _UNIT**2

    def vector(self, i: int) -> npt.NDArray[np.float32] | None:
        """The vector of ``i``, of unit length; None where it has none."""
        return self._vectors[i] / np.float32(_UNIT) if self._drawn[i] else None

    def _comparable(self, new: Window) -> bool:
        """Whether both have vectors of one model."""
        return 0 < self._vectors.shape[1] == new._vectors.shape[1]

    def _near(
        self, new: Window, theirs: npt.NDArray[np.int64], mine: npt.NDArray[np.int64], days: int
    ) -> npt.NDArray[np.int64]:
        """Those pairs that are of different articles and within some days, as one number each."""
        a, b = new._days[theirs], self._days[mine]
        # A day that is not known is near any.
        near = (np.abs(a - b) <= days) | (a < 0) | (b < 0)
        here = np.array([self._place.get(name, -1) for name in new.articles], np.int64)
        keep = near & (here[theirs] != self._article[mine])
        return _distinct(theirs[keep] * max(len(self), 1) + mine[keep])

    def _spoken(self, new: Window) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Pairs that share a name and, besides, a rare word or their sense."""
        theirs, mine = self._voices.shared(new._voices)
        if not len(theirs):
            return theirs, mine
        codes = _distinct(theirs * len(self) + mine)
        theirs, mine = codes // len(self), codes % len(self)
        words = self._rare.shared(new._rare)
        sharing = _distinct(words[0] * len(self) + words[1])
        place = np.minimum(np.searchsorted(sharing, codes), max(len(sharing) - 1, 0))
        keep = sharing[place] == codes if len(sharing) else np.zeros(len(codes), bool)
        if self._comparable(new):
            for start in range(0, len(codes), 65_536):
                part = slice(start, start + 65_536)
                alike = np.einsum("ij,ij->i", new._vectors[theirs[part]], self._vectors[mine[part]])
                keep[part] |= alike >= _ALIKE * _UNIT**2
        return theirs[keep], mine[keep]


class _Column:
    """The hashes of many sketches, sorted, each with whose it is."""

    def __init__(self, rows: Sequence[Hashes]):
        owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        hashes = np.concatenate(rows) if rows else np.zeros(0, np.uint32)
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.owner = hashes[order], owner[order].astype(np.int64)

    def shared(self, other: _Column) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Whose are the same: one entry for each hash in common, owners in ``other`` and in this."""
        first = np.searchsorted(self.hashes, other.hashes, "left")
        count = np.searchsorted(self.hashes, other.hashes, "right") - first
        theirs = np.repeat(other.owner, count)
        # The places of all matches: each run of matches counts up from its first.
        ends = np.cumsum(count)
        place = (
            np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count) + np.repeat(first, count)
        )
        return theirs, self.owner[place]


def _distinct(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """As :func:`numpy.unique`, which makes a hash table of millions of numbers more slowly than a sort."""
    ordered = np.sort(codes)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]
