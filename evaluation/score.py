"""Compares attributions found with attributions marked.

Everything is counted over words (:mod:`evaluation.words`). Contents are paired one to one, the
pair that shares most first, where they share at least half of the words that either has
(intersection over union, IoU). From the pairs and the words:

======================  ========================================================================
``token_source`` …      words of a role, whatever the pairing; also ``token_cue, token_content``
``content_exact``       paired contents whose words are the same
``content_iou50``       paired contents
``ar``                  whole attributions: paired, and the sources share a word or both have none
``ar_strict``           whole attributions: the words of content and of source are the same
``source_given_content``  of the pairs, the share whose sources share a word or both have none
======================  ========================================================================

Precision is the share of what was found that is right, recall the share of what was marked that
was found, in percent. Within a slice (direct quotations, one outlet) precision is over what was
found there and recall over what was marked there; the pairing is always that of the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from evaluation.quotes import directness, quoted
from evaluation.types import Document, Marked
from evaluation.words import Words
from quotidian.errors import UsageError
from quotidian.types import Directness

ROLES = ("source", "cue", "content")
RATES = ("token_source", "token_cue", "token_content", "content_exact", "content_iou50", "ar", "ar_strict")


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of what was found is right, and how much of what was marked was found."""

    right: float = 0
    given: float = 0
    found: float = 0
    wanted: float = 0

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.right + other.right,
            self.given + other.given,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """In percent; 0 where nothing was found."""
        return 100 * self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """In percent; 0 where nothing was marked."""
        return 100 * self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both, in percent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The standard figures of one set of documents, or of one slice of them."""

    rates: dict[str, Rate]
    source_given_content: float | None

    @property
    def wanted(self) -> float:
        """How many attributions with a content were marked."""
        return self.rates["ar"].wanted

    @property
    def given(self) -> float:
        """How many attributions with a content were found."""
        return self.rates["ar"].given


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an attribution fared: its content has a partner, of the same words; and so has its source."""

    paired: bool = False
    exact: bool = False
    right: bool = False
    strict: bool = False


MISSED = Verdict()


@dataclass(frozen=True, slots=True)
class Judged:
    """One attribution as sets of words, and how it fared against the other side."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    directness: Directness
    outlet: str | None
    confidence: float | None
    verdict: Verdict = MISSED


@dataclass(frozen=True, slots=True)
class Comparison:
    """One document: what was marked and what was found, each judged against the other."""

    doc: str
    gold: tuple[Judged, ...]
    found: tuple[Judged, ...]


Keep = Callable[[Judged], bool]


def compare(gold: Document, found: Document | None) -> Comparison:
    """Judge a document's attributions; ``found`` is None where nothing was predicted for it.

    Raises:
        UsageError: the gold has no text, or the two texts differ, so that offsets don't hold.
    """
    if gold.text is None:
        raise UsageError(f"{gold.doc}: gold without its text cannot be scored")
    if found is not None and found.text is not None and found.text != gold.text:
        raise UsageError(f"{gold.doc}: predicted on another text than gold's; predict again on this one")
    words = Words(gold.text)
    inside = words.covered(quoted(gold.text))
    marked = [_unjudged(one, words, inside, gold.outlet) for one in gold.attributions]
    predicted = [_unjudged(one, words, inside, gold.outlet) for one in found.attributions] if found else []
    return _judged(gold.doc, marked, predicted)


def _unjudged(marked: Marked, words: Words, inside: frozenset[int], outlet: str | None) -> Judged:
    content = words.covered(marked.content)
    return Judged(
        source=words.covered(marked.source),
        cue=words.covered(marked.cue),
        content=content,
        directness=directness(content, inside),
        outlet=outlet,
        confidence=marked.confidence,
    )


def _judged(doc: str, gold: list[Judged], found: list[Judged]) -> Comparison:
    for i, j in pairs([g.content for g in gold], [f.content for f in found]):
        a, b = gold[i], found[j]
        same_content, same_source = a.content == b.content, a.source == b.source
        verdict = Verdict(
            paired=True,
            exact=same_content,
            right=bool(a.source & b.source) or not (a.source or b.source),
            strict=same_content and same_source,
        )
        gold[i], found[j] = replace(a, verdict=verdict), replace(b, verdict=verdict)
    return Comparison(doc, tuple(gold), tuple(found))


def pairs(
    gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]], least: float = 0.5
) -> list[tuple[int, int]]:
    """Which contents belong together, as places in ``gold`` and ``found``.

    One to one, the pair of highest IoU first; of equals, the one marked last, then the one found last.

    >>> pairs([frozenset({1, 2, 3, 4})], [frozenset({1}), frozenset({2, 3, 4})])
    [(0, 1)]
    """
    shared = [
        (len(a & b) / len(a | b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if a & b
    ]
    chosen: list[tuple[int, int]] = []
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    for iou, i, j in sorted(shared, reverse=True):
        if iou >= least and i in free_gold and j in free_found:
            free_gold.remove(i)
            free_found.remove(j)
            chosen.append((i, j))
    return chosen


def comparisons(gold: Iterable[Document], found: Iterable[Document]) -> list[Comparison]:
    """Compare a corpus with what was found in it; documents that gold doesn't have are left out.

    Raises:
        UsageError: as :func:`compare`.
    """
    predicted = {document.doc: document for document in found}
    return [compare(document, predicted.get(document.doc)) for document in gold]


def figures(compared: Iterable[Comparison], keep: Keep = lambda _: True) -> Figures:
    """The standard figures over the attributions that ``keep`` keeps."""
    compared = list(compared)
    gold = [side for one in compared for side in one.gold if side.content and keep(side)]
    found = [side for one in compared for side in one.found if side.content and keep(side)]
    rates = {f"token_{role}": _word_rate(compared, role, keep) for role in ROLES}
    for name, name_of in (
        ("content_exact", "exact"),
        ("content_iou50", "paired"),
        ("ar", "right"),
        ("ar_strict", "strict"),
    ):
        rates[name] = Rate(
            right=sum(getattr(side.verdict, name_of) for side in found),
            given=len(found),
            found=sum(getattr(side.verdict, name_of) for side in gold),
            wanted=len(gold),
        )
    paired = rates["content_iou50"].found
    return Figures(rates, 100 * rates["ar"].found / paired if paired else None)


def _word_rate(compared: Iterable[Comparison], role: str, keep: Keep) -> Rate:
    right = given = found = wanted = 0
    for one in compared:
        all_gold, all_found = _union(one.gold, role), _union(one.found, role)
        kept_gold = _union(filter(keep, one.gold), role)
        kept_found = _union(filter(keep, one.found), role)
        right, given = right + len(kept_found & all_gold), given + len(kept_found)
        found, wanted = found + len(kept_gold & all_found), wanted + len(kept_gold)
    return Rate(right, given, found, wanted)


def _union(sides: Iterable[Judged], role: str) -> frozenset[int]:
    return frozenset[int]().union(*(getattr(side, role) for side in sides))
