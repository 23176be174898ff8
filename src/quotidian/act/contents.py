"""What a content shows of the act where the cue is plain: "We must act", he said, demands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.act.lexicon import content_words
from quotidian.act.tokens import Token, passage, tokens
from quotidian.types import ActClass, Attribution, Passage

# Signs that add up to less show nothing.
ENOUGH = 0.9
# What somebody or something is called is short: less shows whether it is praise.
ENOUGH_FOR_A_NAME = 0.5
# Longer contents have room for signs of this and that: so many words count as one measure.
_MEASURE = 40
# Only the beginning of a long content is looked at.
_LONGEST = 400
_NEGATORS = frozenset(
    {"not", "n't", "never", "no", "nor", "neither", "nothing", "without", "hardly", "cannot"}
)
_CLOSING = " \"'”’»"
_STOP = re.compile(r"[.?!][\"'”’]*\s")
_NEGATOR_NEAR = 3  # words
# What a denied sign still shows: no praise is half a criticism, no criticism is little of anything.
_DENIED_PRAISE, _DENIED_CHARGE = 0.6, 0.3
# What an opening shows that tells of one's own deed: "he will mend it".
_OWN_DEED = 1.0
_OPENING = 6  # words and marks
_SELVES = frozenset({"i", "we", "he", "she", "they"})
_WILL = frozenset({"will", "'ll", "wo", "would"})
# "I would say", "he would have sailed": not what the speaker will do.
_NO_DEED = frozenset({"say", "like", "love", "rather", "prefer", "have", "be", "hope", "think", "see", "not"})
_MARKS = frozenset({'"', "“", "”", "'", "‘", "’"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The act that a content shows, by which words, and how strongly."""

    act: ActClass
    words: Passage
    strength: float


def shown(text: str, attribution: Attribution, enough: float) -> Shown | None:
    """The act that a content shows, its signs adding up to ``enough``; None if it shows none."""
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
    if strength < enough:
        return None
    return Shown(best, passage(text, sorted(set(showing[best]), key=lambda token: token.start)), strength)


def question(text: str, attribution: Attribution) -> Passage | None:
    """The mark of a content that is one question and nothing else, or right after it; None if it is none."""
    last = attribution.content.spans[-1]
    end = last.start + len(text[last.start : last.end].rstrip(_CLOSING))
    if text[end - 1 : end] != "?":
        end = last.end + 1
    whole = " ".join(text[a:b] for a, b in attribution.content.spans).rstrip(_CLOSING)
    if text[end - 1 : end] != "?" or _STOP.search(whole[:-1]):
        return None
    return Passage.of(text, [(end - 1, end)])


def _own_deed(words: Sequence[str]) -> tuple[int, ...]:
    """Which words of a content's opening say what its speaker will do: "he will mend it"; none if none do."""
    inner = [place for place, word in enumerate(words[:_OPENING]) if word not in _MARKS]
    if inner and words[inner[0]] == "that":
        inner = inner[1:]
    opening = [words[place] for place in inner[:3]]
    if len(opening) < 3 or opening[0] not in _SELVES or opening[1] not in _WILL or opening[2] in _NO_DEED:
        return ()
    return tuple(inner[:2])


def _signs(words: Sequence[str]) -> list[tuple[ActClass, float, tuple[int, ...]]]:
    """Acts with weights and the words that show them; of phrases at one place the longest count."""
    phrases = content_words()
    found: list[tuple[ActClass, float, tuple[int, ...]]] = []
    if deed := _own_deed(words):
        found.append(("promise", _OWN_DEED, deed))
    place = 0
    while place < len(words):
        here = phrases.at(words, place)
        longest = len(here[0].at) if here else 1
        found += [(one.value.act, one.value.weight, one.at) for one in here if len(one.at) == longest]
        place += longest
    return found
