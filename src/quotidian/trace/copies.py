"""Articles that have text in common: copies, whole, nearly whole or in part."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from quotidian.trace.values import Copied, CopyKind
from quotidian.trace.words import words
from quotidian.types import Span

# MinHash (Broder, "On the resemblance and containment of documents", 1997) of runs of words finds
# articles that are alike as a whole …
_SHINGLE, _HASHES, _SEED, _BAND = 5, 64, 7, 4
# … and winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) those that share a passage: of any
# run of 8 + 8 - 1 words in common at least one fingerprint is.
_GRAM, _WINDOW = 8, 8
# So many shared fingerprints make two articles worth aligning.
_LEAST_SHARED = 2
# A run of so many words in common, outside of quotations, is no chance.
_RUN = 8
# From these shares on, of the words that are not quoted …
_EXACT, _NEAR, _PARTIAL = 0.995, 0.65, 0.1
# … and so many words at least, an article is a copy in part.
_LEAST_WORDS = 16

Hashes = npt.NDArray[np.uint32]


def signature(text: str) -> bytes:
    """What is kept of a text so that its copies are found: a MinHash, then winnowed fingerprints.

    The same text gives the same bytes on any machine. Some 0.7 kB for 700 words.
    """
    forms = [word.form for word in words(text)]
    sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
    sketch.update([" ".join(forms[i : i + _SHINGLE]) for i in range(max(1, len(forms) - _SHINGLE + 1))])
    prints = np.array(sorted(_winnowed(forms)), "<u4")
    return np.array(sketch.digest(), "<u4").tobytes() + prints.tobytes()


def _winnowed(forms: Sequence[str]) -> set[int]:
    grams = [_hash(" ".join(forms[i : i + _GRAM])) for i in range(len(forms) - _GRAM + 1)]
    return {min(grams[i : i + _WINDOW]) for i in range(max(0, len(grams) - _WINDOW) + 1) if grams}


@lru_cache(maxsize=16_384)
def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little")


# An article is beside many others in turn; so many articles are some 50 MB.
words_of_article = lru_cache(maxsize=512)(words)


def candidates(new: Sequence[bytes], known: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pairs (index in ``new``, in ``known``) that share a band of their MinHash or some fingerprints."""
    found: set[tuple[int, int]] = set()
    if not new or not known:
        return []
    mine, theirs = (np.array([np.frombuffer(s, "<u4", _HASHES) for s in some]) for some in (new, known))
    for band in range(0, _HASHES, _BAND):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for j, row in enumerate(theirs):
            buckets[row[band : band + _BAND].tobytes()].append(j)
        for i, row in enumerate(mine):
            found.update((i, j) for j in buckets.get(row[band : band + _BAND].tobytes(), ()))
    found.update(_sharing(new, known))
    return sorted(found)


def _sharing(new: Sequence[bytes], known: Sequence[bytes]) -> Iterable[tuple[int, int]]:
    prints, owners = _column(known)
    order = np.argsort(prints, kind="stable")
    prints, owners = prints[order], owners[order]
    asked, askers = _column(new)
    first = np.searchsorted(prints, asked, "left")
    count = np.searchsorted(prints, asked, "right") - first
    ends = np.cumsum(count)
    place = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count) + np.repeat(first, count)
    codes, often = np.unique(np.repeat(askers, count) * len(known) + owners[place], return_counts=True)
    for code in codes[often >= _LEAST_SHARED]:
        yield int(code // len(known)), int(code % len(known))


def _column(signatures: Sequence[bytes]) -> tuple[Hashes, npt.NDArray[np.int64]]:
    rows = [np.frombuffer(s, "<u4", offset=4 * _HASHES) for s in signatures]
    owner = np.repeat(np.arange(len(rows), dtype=np.int64), [len(row) for row in rows])
    return np.concatenate(rows), owner


def copied(
    a: str,
    b: str,
    *,
    quoted_a: Iterable[tuple[int, int]] = (),
    quoted_b: Iterable[tuple[int, int]] = (),
) -> Copied:
    """How much of two texts is the same, word by word, wherever it stands.

    What is quoted (spans of code points) counts for nothing, as two reporters hear the same words: a
    common run of quoted words is no copy, and shares are of the words outside. Of one word more
    than one place, the longest run is taken first; time grows with the texts' lengths.
    """
    one, other = words_of_article(a), words_of_article(b)
    forms_a, forms_b = [word.form for word in one], [word.form for word in other]
    own_a, own_b = _own(one, quoted_a), _own(other, quoted_b)
    runs = [
        (i, j, size)
        for i, j, size in _runs(forms_a, forms_b)
        if int(own_a[i : i + size].sum()) >= _RUN and int(own_b[j : j + size].sum()) >= _RUN
    ]
    same_a = sum(int(own_a[i : i + size].sum()) for i, _, size in runs)
    same_b = sum(int(own_b[j : j + size].sum()) for _, j, size in runs)
    share_a, share_b = same_a / max(int(own_a.sum()), 1), same_b / max(int(own_b.sum()), 1)
    return Copied(
        kind=_kind(share_a, share_b, same_a, whole=forms_a == forms_b and bool(forms_a)),
        share_a=round(min(share_a, 1.0), 4),
        share_b=round(min(share_b, 1.0), 4),
        runs=tuple(
            (
                Span(one[i].start, one[i + size - 1].end),
                Span(other[j].start, other[j + size - 1].end),
            )
            for i, j, size in sorted(runs)
        ),
    )


def _own(found: Sequence[object], quoted: Iterable[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    own = np.ones(len(found), bool)
    starts = np.array([word.start for word in found])  # type: ignore[attr-defined]
    for start, end in quoted:
        if len(starts):
            own[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = False
    return own


def _runs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Common runs of words, none over another in either text: start in a, start in b, length."""
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(b) - _RUN + 1):
        places = at[tuple(b[j : j + _RUN])]
        if len(places) < 8:  # a phrase that one text repeats more often is a refrain
            places.append(j)
    found: list[tuple[int, int, int]] = []
    i = 0
    while i <= len(a) - _RUN:
        best, where = 0, 0
        for j in at.get(tuple(a[i : i + _RUN]), ()):
            size = _RUN
            while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
                size += 1
            if size > best:
                best, where = size, j
        if best:
            found.append((i, where, best))
        i += best or 1
    taken = np.zeros(len(b), bool)
    kept = []
    for i, j, size in sorted(found, key=lambda run: (-run[2], run)):
        if not taken[j : j + size].any():
            taken[j : j + size] = True
            kept.append((i, j, size))
    return kept


def _kind(share_a: float, share_b: float, same: int, *, whole: bool) -> CopyKind:
    if whole or min(share_a, share_b) >= _EXACT:
        return "exact"
    if same < _LEAST_WORDS:
        return "independent"
    if min(share_a, share_b) >= _NEAR:
        return "near"
    # A wire's whole story may be a small part of a long article; so many words are no chance.
    return "partial" if max(share_a, share_b) >= _PARTIAL or same >= 6 * _LEAST_WORDS else "independent"
