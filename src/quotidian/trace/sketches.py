"""What is kept of a report so that others of the same utterance are found among many, and finding them.

Two reports are candidates, from this alone and whatever else there is, if they were published
within some days of each other and

- share a few words in a row that are not all common ones (:data:`QUOTED_DAYS`), or
- may have the same speaker and are alike in sense or in rare words (:data:`SPOKEN_DAYS`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from quotidian.trace.columns import Column, Hashes, Places, distinct
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
# Pairs whose vectors are compared at once, and cosines of everybody with everybody.
_AT_ONCE, _PRODUCTS = 8_192, 4_000_000

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
    rows, hashes, vectors = _parts(data)
    split = np.split(hashes, np.cumsum(rows[:, 1:].ravel())[:-1]) if len(rows) else []
    return [
        Sketch(
            article,
            None if rows[i, 0] < 0 else int(rows[i, 0]),
            runs=split[3 * i],
            rare=split[3 * i + 1],
            voices=split[3 * i + 2],
            vector=vectors[i],
        )
        for i in range(len(rows))
    ]


def _parts(data: bytes) -> tuple[npt.NDArray[np.int32], Hashes, Vector]:
    """Days and lengths, ``[sketches, 4]``, all hashes in a row, and vectors, ``[sketches, dimensions]``."""
    count, width = (int(number) for number in np.frombuffer(data, "<i4", 2))
    rows = np.frombuffer(data, "<i4", 4 * count, 8).reshape(count, 4)
    at = 8 + 16 * count
    total = int(rows[:, 1:].sum())
    hashes = np.frombuffer(data, "<u4", total, at)
    return rows, hashes, np.frombuffer(data, np.int8, count * width, at + 4 * total).reshape(count, width)


class Window:
    """Some sketches in columns, to look for candidates among them."""

    def __init__(self, sketches: Sequence[Sketch]):
        width = max((len(s.vector) for s in sketches), default=0)
        vectors = np.zeros((len(sketches), width), np.int8)
        for i, s in enumerate(sketches):
            if len(s.vector):
                vectors[i] = s.vector
        parts = [part for s in sketches for part in (s.runs, s.rare, s.voices)]
        self._fill(
            [s.article for s in sketches],
            np.ones(len(sketches), np.int64),
            np.array([-1 if s.day is None else s.day for s in sketches], np.int64),
            np.array([len(part) for part in parts], np.int64),
            np.concatenate([*parts, np.zeros(0, np.uint32)]),
            vectors,
        )

    @classmethod
    def unpacked(cls, kept: Sequence[tuple[bytes, str]]) -> Window:
        """A window of what :func:`packed` packed, each with its article's name, without a sketch of each."""
        parts = [_parts(data) for data, _ in kept]
        width = max((vectors.shape[1] for _, _, vectors in parts), default=0)
        drawn = [v if v.shape[1] == width else np.zeros((len(v), width), np.int8) for _, _, v in parts]
        rows = np.concatenate([*(rows for rows, _, _ in parts), np.zeros((0, 4), np.int32)])
        made = cls.__new__(cls)
        made._fill(
            [article for _, article in kept],
            np.array([len(rows) for rows, _, _ in parts], np.int64),
            rows[:, 0].astype(np.int64),
            rows[:, 1:].ravel().astype(np.int64),
            np.concatenate([*(hashes for _, hashes, _ in parts), np.zeros(0, np.uint32)]),
            np.concatenate([*drawn, np.zeros((0, width), np.int8)]),
        )
        return made

    def _fill(
        self,
        articles: Sequence[str],
        of_article: npt.NDArray[np.int64],
        days: npt.NDArray[np.int64],
        lengths: npt.NDArray[np.int64],
        hashes: Hashes,
        vectors: Vector,
    ) -> None:
        """Args as they are packed: articles, how many sketches each has, and of each sketch the rest."""
        self._days = days
        self._place = {name: i for i, name in enumerate(dict.fromkeys(articles))}
        named = np.array([self._place[name] for name in articles], np.int64)
        self._article = np.repeat(named, of_article)
        owner = np.repeat(np.repeat(np.arange(len(days), dtype=np.int32), 3), lengths)
        part = np.repeat(np.tile(np.arange(3, dtype=np.int8), len(days)), lengths)
        self._runs, self._rare, self._voices = (
            Column(hashes[part == which], owner[part == which]) for which in range(3)
        )
        self._vectors = vectors
        self._drawn: npt.NDArray[np.bool_] = np.any(vectors != 0, axis=1)

    def __len__(self) -> int:
        return len(self._days)

    def candidates(self, new: Window) -> list[tuple[int, int]]:
        """Pairs (index in ``new``, index in this) worth comparing, of different articles, sorted.

        Where both are the same window, each pair comes in both orders.
        """
        names = np.array([self._place.get(name, -1) for name in new._place], np.int64)
        here = names[new._article] if len(new) else names
        pairs = [self._near(new, here, *some, QUOTED_DAYS) for some in self._runs.shared(new._runs)]
        pairs += [self._near(new, here, *some, SPOKEN_DAYS) for some in self._spoken(new)]
        found = distinct(np.concatenate([*pairs, np.zeros(0, np.int64)]))
        return (
            list(zip(*(part.tolist() for part in np.divmod(found, len(self))), strict=True))
            if len(self)
            else []
        )

    def similarity(self, new: Window, i: int, j: int) -> float | None:
        """The cosine of the vector of ``i`` in ``new`` and that of ``j`` in this; None without vectors."""
        return self.similarities(new, [(i, j)])[0]

    def similarities(self, new: Window, pairs: Sequence[tuple[int, int]]) -> list[float | None]:
        """As :meth:`similarity`, of many pairs."""
        if not self._comparable(new):
            return [None] * len(pairs)
        found: list[float | None] = []
        for start in range(0, len(pairs), _AT_ONCE):
            theirs, mine = np.array(pairs[start : start + _AT_ONCE], np.int64).T
            # Whole numbers, whose sums of products are exact: the same in whichever order they are added up.
            one, other = new._vectors[theirs].astype(np.float32), self._vectors[mine].astype(np.float32)
            cosines = np.einsum("ij,ij->i", one, other).astype(np.float64) / _UNIT**2
            both = new._drawn[theirs] & self._drawn[mine]
            found += [cosine if drawn else None for cosine, drawn in zip(cosines.tolist(), both, strict=True)]
        return found

    def vector(self, i: int) -> npt.NDArray[np.float32] | None:
        """The vector of ``i``, of unit length; None where it has none."""
        return self._vectors[i] / np.float32(_UNIT) if self._drawn[i] else None

    def _comparable(self, new: Window) -> bool:
        """Whether both have vectors of one model."""
        return bool(0 < self._vectors.shape[1] == new._vectors.shape[1])

    def _near(self, new: Window, here: Places, theirs: Places, mine: Places, days: int) -> Places:
        """Those pairs that are of different articles and within some days, as one number each."""
        a, b = new._days[theirs], self._days[mine]
        # A day that is not known is near any.
        near = (np.abs(a - b) <= days) | (a < 0) | (b < 0)
        keep = near & (here[theirs] != self._article[mine])
        return distinct(theirs[keep] * max(len(self), 1) + mine[keep])

    def _spoken(self, new: Window) -> Iterator[tuple[Places, Places]]:
        """Pairs that share a name and, besides, a rare word or their sense."""
        around = self._around(new)
        voices = self._voices.of(around)
        for theirs, mine in self._rare.of(around).shared(new._rare):
            both = voices.meet(new._voices, theirs, mine)
            yield theirs[both], mine[both]
        if not self._comparable(new):
            return
        for theirs, mine in voices.groups(new._voices):
            others = self._vectors[mine].astype(np.float32).T
            step = max(1, _PRODUCTS // len(mine))
            for start in range(0, len(theirs), step):
                some = theirs[start : start + step]
                alike = new._vectors[some].astype(np.float32) @ others >= _ALIKE * _UNIT**2
                i, j = np.nonzero(alike)
                yield some[i], mine[j]

    def _around(self, new: Window) -> npt.NDArray[np.bool_]:
        """Which of these are of days on which a speaker's words may be those of any of ``new``."""
        if not len(new) or (new._days < 0).any():
            return np.ones(len(self), bool)
        first, last = new._days.min() - SPOKEN_DAYS, new._days.max() + SPOKEN_DAYS
        around: npt.NDArray[np.bool_] = (self._days >= first) & (self._days <= last)
        return around | (self._days < 0)
