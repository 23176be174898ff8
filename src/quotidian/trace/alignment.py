"""Two texts word by word: what was kept, changed, cut and added, and what of it changes the meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from quotidian.trace.meaning import HEDGES, NEGATIONS, SMALL, conflict_of
from quotidian.trace.values import Alignment, Change, Conflict, Edit, Operation
from quotidian.trace.words import Word, rarity, words
from quotidian.types import Directness, Span

# Common words that no longer than this stand alone between differences are chance, not the same text.
_CHANCE = 2
# And at the edge, if more words than this lie between them and the rest.
_NEAR = 4
# A clause of no more words than this, with its negation first, belongs to what it follows.
_TAKEN_BACK = 10
# Where one side is not a quotation it is nearly the same words or a paraphrase.
_NEARLY = 0.7
_LEADING = frozenset(["that", "whether", "to", "there", "was", "were", "which", "and", "but", "so"])
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…|\[[^\]]*\]")
_SENTENCE_END = re.compile(r"[.!?]")
_QUOTED = re.compile('[“"][^“”"]*[”"]?')


@dataclass(frozen=True, slots=True)
class _Step:
    """A stretch of words of one text (indices) beside one of the other."""

    operation: Operation
    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, text: str) -> _Side:
        return cls(text, words(text))

    @property
    def forms(self) -> list[str]:
        return [word.form for word in self.words]

    def place(self, span: Span) -> Span:
        """Where some words stand; where they would, if there are none."""
        if span.start < span.end:
            return Span(self.words[span.start].start, self.words[span.end - 1].end)
        at = self.words[span.start - 1].end if span.start else 0
        return Span(at, at)

    def names(self, span: Span) -> frozenset[str]:
        """Words with a capital that does not come from beginning a sentence."""
        found = set()
        for i in range(span.start, span.end):
            word = self.words[i]
            before = self.text[: word.start].rstrip(" \t\n\"“”'‘’(")
            begins = not before or before[-1] in ".!?:…—"
            if self.text[word.start].isupper() and not begins and word.form not in SMALL and word.form != "i":
                found.add(word.form)
        return frozenset(found)


@lru_cache(maxsize=4_096)
def _side(text: str) -> _Side:
    """One text is aligned with many."""
    return _Side.of(text)


def aligned(a: str, b: str, *, directness: tuple[Directness, Directness] = ("direct", "direct")) -> Alignment:
    """How the text ``b`` differs from the text ``a``, word by word.

    Common runs are found as by Ratcliff and Obershelp ("Pattern matching: the gestalt approach", Dr. Dobb's
    Journal, 1988): the longest first. Capitals, accents and punctuation do not count. Time and
    memory grow with the product of the two lengths at worst.

    Args:
        a: one content.
        b: the other.
        directness: whether each is given as a quotation; what is not may be a paraphrase.

    >>> [edit.operation for edit in aligned("We will pay it all by May.", "“We will not pay it all.”").edits]
    ['same', 'added', 'same', 'cut']
    >>> aligned("We will pay it all by May.", "“We will not pay it all.”").conflicts
    ('negation',)
    """
    one, other = _side(a), _side(b)
    steps = _steps(one.forms, other.forms)
    kept = _kept(one, steps)
    edits: list[Edit] = []
    for i, step in enumerate(steps):
        # What comes before the first common words or after the last is another part of what was said.
        inside = bool(kept) and kept[0] < i < kept[-1]
        conflict = _conflict(one, other, step) if inside and step.operation != "same" else None
        edits.append(Edit(step.operation, one.place(step.a), other.place(step.b), conflict))
    edits = _at_the_edge(edits, steps, one, other)
    verbatim = _is_verbatim(a, directness[0]) and _is_verbatim(b, directness[1])
    if verbatim and edits and _takes_back(one, other, steps):
        edits[-1] = replace(edits[-1], conflict="negation")
    found = tuple(dict.fromkeys(edit.conflict for edit in edits if edit.conflict))
    change = _change(one, other, steps, kept, verbatim=verbatim)
    if found and change != "paraphrase":
        return Alignment(tuple(edits), "meaning", found)
    if change == "edited" and not verbatim:
        change = "paraphrase"
    return Alignment(tuple(replace(edit, conflict=None) if edit.conflict else edit for edit in edits), change)


def _kept(one: _Side, steps: Sequence[_Step]) -> list[int]:
    """The steps of common words, without those that are common by chance, if there are others."""
    kept = [i for i, step in enumerate(steps) if step.operation == "same"]
    while len(kept) > 1 and _by_chance(one.forms, steps[kept[0]]) and _far(steps[kept[0] + 1]):
        del kept[0]
    while len(kept) > 1 and _by_chance(one.forms, steps[kept[-1]]) and _far(steps[kept[-1] - 1]):
        del kept[-1]
    return kept


def _far(step: _Step) -> bool:
    """Whether so much differs that a common word beyond it is none that was kept."""
    return max(step.a.end - step.a.start, step.b.end - step.b.start) > _NEAR


def _by_chance(forms: Sequence[str], step: _Step) -> bool:
    few = step.a.end - step.a.start <= _CHANCE
    return few and all(form in SMALL for form in forms[step.a.start : step.a.end])


def _is_verbatim(text: str, directness: Directness) -> bool:
    """Whether a text is given as somebody's own words: nothing that tells stands outside quotation marks."""
    if directness != "mixed":
        return directness == "direct"
    return all(word.form in SMALL for word in words(_QUOTED.sub(" ", text)))


def _steps(a: Sequence[str], b: Sequence[str]) -> list[_Step]:
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    steps = [_Step(_OPERATIONS[tag], Span(i, j), Span(k, n)) for tag, i, j, k, n in codes]
    merged: list[_Step] = []
    for i, step in enumerate(steps):
        chance = (
            step.operation == "same"
            and 0 < i < len(steps) - 1
            and _by_chance(a, step)
            and _differs(steps[i - 1], steps[i + 1])
        )
        if chance:
            step = replace(step, operation="changed")
        if merged and step.operation != "same" and merged[-1].operation != "same":
            last = merged.pop()
            step = _Step("changed", Span(last.a.start, step.a.end), Span(last.b.start, step.b.end))
            if step.a.start == step.a.end:
                step = replace(step, operation="added")
            elif step.b.start == step.b.end:
                step = replace(step, operation="cut")
        merged.append(step)
    return merged


_OPERATIONS: dict[str, Operation] = {
    "equal": "same",
    "replace": "changed",
    "delete": "cut",
    "insert": "added",
}


def _differs(before: _Step, after: _Step) -> bool:
    """Whether what stands around a few common words differs on both sides."""
    return before.operation == "changed" or after.operation == "changed"


def _conflict(one: _Side, other: _Side, step: _Step) -> Conflict | None:
    return conflict_of(
        one.forms[max(0, step.a.start - 1) : step.a.start],
        one.forms[step.a.start : step.a.end],
        other.forms[step.b.start : step.b.end],
        names_a=one.names(step.a),
        names_b=other.names(step.b),
    )


def _at_the_edge(edits: list[Edit], steps: list[_Step], one: _Side, other: _Side) -> list[Edit]:
    """A negation or hedge of a whole short sentence may stand before its first common word: mark it too."""
    for i in (0, len(edits) - 1) if edits else ():
        step = steps[i]
        if step.operation != "changed":
            continue
        mine, theirs = one.forms[step.a.start : step.a.end], other.forms[step.b.start : step.b.end]
        if max(len(mine), len(theirs)) > 4 or not (mine and theirs):
            continue
        edits[i] = replace(edits[i], conflict=_conflict(one, other, step))
    return edits


def _takes_back(one: _Side, other: _Side, steps: Sequence[_Step]) -> bool:
    """Whether one text stops before the other goes on with "and no …", "but not …" and no more."""
    if len(steps) < 2 or steps[-1].operation not in ("cut", "added"):
        return False
    if any(step.operation == "changed" for step in steps[:-1]):
        return False
    gone = one.forms[slice(*steps[-1].a)] or other.forms[slice(*steps[-1].b)]
    if not 1 < len(gone) <= _TAKEN_BACK:
        return False
    return gone[0] in ("and", "but") and gone[1] in ("no", "not", "never")


def _change(one: _Side, other: _Side, steps: list[_Step], kept: list[int], *, verbatim: bool) -> Change:
    differing = [
        step
        for i, step in enumerate(steps)
        if step.operation != "same" and not (i in (0, len(steps) - 1) and _says_nothing(one, other, step))
    ]
    if not differing:
        return "none"
    if not kept:
        return "paraphrase"
    same = sum(_weight(one, steps[i].a) for i in kept)
    least = min(_weight(one, Span(0, len(one.words))), _weight(other, Span(0, len(other.words))))
    share = same / least if least else 0.0
    longest = max(steps[i].a.end - steps[i].a.start for i in kept)
    if not verbatim and share < _NEARLY:
        return "paraphrase"
    inner = [step for i, step in enumerate(steps) if step.operation != "same" and kept[0] < i < kept[-1]]
    if all(_left_out(one, other, step) for step in inner) and longest >= min(
        4, len(one.words), len(other.words)
    ):
        return "cut"
    return "edited"


def _says_nothing(one: _Side, other: _Side, step: _Step) -> bool:
    """Whether at the edge of a content there is but a word that leads to it: "that", "there was"."""
    said = [*one.forms[step.a.start : step.a.end], *other.forms[step.b.start : step.b.end]]
    return step.operation != "changed" and all(form in _LEADING for form in said)


def _left_out(one: _Side, other: _Side, step: _Step) -> bool:
    """Whether words were left out and nothing else: with an ellipsis, or a whole sentence."""
    if step.operation == "changed":
        return False
    longer, shorter = (one, other) if step.operation == "cut" else (other, one)
    there, gone = (step.a, step.b) if step.operation == "cut" else (step.b, step.a)
    at = shorter.place(gone).end
    around = shorter.text[max(0, at - 1) : at + 8]
    if _ELLIPSIS.search(around):
        return True
    words_out = longer.text[longer.place(there).start : longer.place(there).end + 1]
    return there.end - there.start >= 4 and bool(_SENTENCE_END.search(words_out))


def _weight(side: _Side, span: Span) -> float:
    return sum(
        rarity(word.form) if word.form not in SMALL or word.form in NEGATIONS | HEDGES else 0.3
        for word in side.words[span.start : span.end]
    )
