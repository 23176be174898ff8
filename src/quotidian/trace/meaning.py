"""Words that change what a reader is told: negations, hedges, numbers, names."""

from __future__ import annotations

from collections.abc import Sequence

from quotidian.entities.lexicon import word_lists
from quotidian.trace.numbers import numbers, value
from quotidian.trace.values import Conflict
from quotidian.trace.words import stem

_LISTS = word_lists("trace/words.txt")
NEGATIONS, HEDGES, SMALL, UNITS = (_LISTS[name] for name in ("negations", "hedges", "small", "units"))


# Words of a step: in a longer one a negation may have its counterpart elsewhere.
_SMALL_STEP = 4


def conflict_of(
    before: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    *,
    names_a: frozenset[str],
    names_b: frozenset[str],
) -> Conflict | None:
    """What of the meaning differs where the words ``a`` of one text stand as ``b`` in another.

    Args:
        before: the words, common to both, that come before.
        a: folded words of one text; none where the other has added some.
        b: folded words of the other.
        names_a: those of ``a`` that are parts of names.
        names_b: those of ``b``.
    """
    if max(len(a), len(b)) <= _SMALL_STEP and _negated(a) != _negated(b):
        return "negation"
    counted_a, counted_b = numbers(a), numbers(b)
    if counted_a and counted_b and not set(counted_a) & set(counted_b):
        return "number"
    if before and value(before[-1]) is not None and _unit(a) and _unit(b) and _unit(a) != _unit(b):
        return "number"
    if bool(HEDGES & set(a)) != bool(HEDGES & set(b)):
        return "hedge"
    if names_a and names_b and not _share(names_a, names_b) and _only(a, names_a) and _only(b, names_b):
        return "target"
    return None


def _negated(forms: Sequence[str]) -> bool:
    return sum(form in NEGATIONS for form in forms) % 2 == 1


def _unit(forms: Sequence[str]) -> str | None:
    first = forms[0] if forms else ""
    return next((unit for unit in (first, first.removesuffix("s")) if unit in UNITS), None)


def _share(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names may be spellings of one: a word in common, or the same letters nearly."""
    return any(x == y or _alike(x, y) for x in a for y in b)


def _alike(x: str, y: str) -> bool:
    same = set(x) & set(y)
    return min(len(x), len(y)) >= 4 and len(same) >= 0.7 * max(len(set(x)), len(set(y)))


def _only(forms: Sequence[str], names: frozenset[str]) -> bool:
    """Whether words are a name and what belongs to it, nothing else that tells."""
    return all(form in names or form in SMALL for form in forms)


def tells(form: str) -> bool:
    """Whether a word says something by itself."""
    return form not in SMALL or form in NEGATIONS or form in HEDGES


def content(forms: Sequence[str]) -> list[str]:
    """The stems of the words that say something."""
    return [stem(form) for form in forms if form not in SMALL]
