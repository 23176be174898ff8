"""What a content shows of the act where the cue is plain: "We must act", he said, demands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.act.lexicon import content_words
from quotidian.act.tokens import Token, passage, tokens
from quotidian.types import ActClass, Attribution, Passage

# Signs that add up to less show nothing.
ENOUGH = 0.9
# Longer contents have room for signs of this and that: so many words count as one measure.
_MEASURE = 40
# Only the beginning of a long content is looked at.
_LONGEST = 400
_NEGATORS = frozenset(
    {"not", "n't", "never", "no", "nor", "neither", "nothing", "without", "hardly", "cannot"}
)
_NEGATOR_NEAR = 3  # words
# What a denied sign still shows: no praise is half a criticism, no criticism is little of anything.
_DENIED_PRAISE, _DENIED_CHARGE = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Shown:
    """The act that a content shows, by which words, and how strongly (:data:`ENOUGH` and more)."""

    act: ActClass
    words: Passage
    strength: float


def shown(text: str, attribution: Attribution) -> Shown | None:
    """The act that an attribution's content shows plainly; None if it shows none."""
    content = tokens(text, attribution.content.spans)[:_LONGEST]
    words = [token.word for token in content]
    weights: defaultdict[ActClass, float] = defaultdict(float)
    showing: defaultdict[ActClass, list[Token]] = defaultdict(list)
    for act, weight, at in _signs(words):
        denied = not _NEGATORS.isdisjoint(words[max(0, at[0] - _NEGATOR_NEAR) : at[0]])
        if denied and act == "praise":
            act, weight = "criticise", weight * _DENIED_PRAISE
        elif denied and act in {"criticise", "accuse"}:
            weight *= _DENIED_CHARGE
        weights[act] += weight
        showing[act] += [content[i] for i in at]
    if not weights:
        return None
    weights["predict"] -= weights["promise"]  # "we will" of one's own doing
    best = max(weights, key=lambda act: weights[act])
    strength = weights[best] / max(1.0, len(words) / _MEASURE) ** 0.5
    if strength < ENOUGH:
        return None
    return Shown(best, passage(text, sorted(set(showing[best]), key=lambda token: token.start)), strength)


def _signs(words: Sequence[str]) -> list[tuple[ActClass, float, tuple[int, ...]]]:
    """Acts with weights and the words that show them; of phrases at one place the longest count."""
    phrases = content_words()
    found = []
    place = 0
    while place < len(words):
        here = phrases.at(words, place)
        longest = len(here[0].at) if here else 1
        found += [(one.value.act, one.value.weight, one.at) for one in here if len(one.at) == longest]
        place += longest
    return found
