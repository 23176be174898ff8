"""What a cue's own words tell: the act they name, whether it is denied, how they colour it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotidian.act.lexicon import Entry, cue_words
from quotidian.act.phrases import Found
from quotidian.act.tokens import Token, passage, tokens
from quotidian.types import Attribution, Passage

# Who decides before whom among the words of a cue; of equals the first.
_RANK = {"names": 3, "weighs": 3, "plain": 2, "carries": 2, "weak": 1, "negates": 1, "colours": 0}

_NEGATORS = frozenset(
    {"not", "n't", "never", "no", "nor", "neither", "cannot", "without", "nothing", "nobody"}
)
_NOT_NEGATED_BY = frozenset({"only", "just", "merely", "simply", "surprisingly", "least"})  # "not only said"
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our"}
    | {"their", "'s", "no", "any", "some", "such", "much", "more", "many"}
)
# After one of these stands what the cue's act came with, not the act: "said when asked".
_ASIDE = frozenset(
    {"when", "while", "as", "if", "because", "since", "before", "after", "during", "amid"}
    | {"following", "upon", "in", "on", "at", "of", "for", "from", "by", "with", "about"}
)
_BODY = frozenset(
    {"court", "courts", "judge", "judges", "justices", "jury", "jurors", "tribunal", "magistrate"}
    | {"law", "laws", "statute", "statutes", "constitution", "rule", "rules", "ruling", "ordinance"}
    | {"regulation", "regulations", "bylaws"}
)
_CLAUSE = frozenset(
    {"that", "if", "whether", "what", "how", "why", "who", "which", "when", "where", "is", "are"}
    | {"was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "will", "would"}
    | {"can", "could", "should", "must", "may", "might", "i", "he", "she", "they", "we", "it"}
    | {"this", "these", ",", ".", ";", ":", '"', "“", "”"}
)
_NEAR = 8  # words within which an infinitive stands after the one who is asked
_HEAD = 3  # words at a content's head among which a noun may name the act: "their strong support"
_BEFORE_CUE = 30  # characters in which a negation stands that was not counted among the cue's words


@dataclass(frozen=True, slots=True)
class Reading:
    """How a cue is read.

    ``entry`` is the line of the lexicon that decides, None where the lexicon has none of the words;
    ``words`` are the words it was found by, ``negating`` those that deny the act, ``colouring``
    those that keep a distance whatever the act is.
    """

    entry: Entry | None
    words: Passage
    negating: Passage | None
    colouring: Passage | None


def reading(text: str, attribution: Attribution) -> Reading:
    """Read the cue of an attribution in its text."""
    cue = tokens(text, attribution.cue.spans)
    before = tokens(text, [(max(0, attribution.cue.start - _BEFORE_CUE), attribution.cue.start)])
    found = _entries(text, attribution, cue, before)
    decides = _deciding(cue, found)
    colours = [cue[place] for one in found if one.value.how == "colours" for place in one.at]
    colouring = passage(text, colours) if colours else None
    if decides is None:
        return Reading(None, attribution.cue, None, colouring)
    negating = _negating(cue, before, decides, found)
    carried = _carried(text, attribution) if decides.value.how == "carries" else None
    entry, words = carried or (decides.value, [cue[place] for place in decides.at])
    return Reading(
        entry=entry,
        words=passage(text, words),
        negating=passage(text, negating) if len(negating) % 2 else None,
        colouring=colouring,
    )


def _entries(
    text: str, attribution: Attribution, cue: Sequence[Token], before: Sequence[Token]
) -> list[Found[Entry]]:
    """The lexicon's entries among the words of a cue, none overlapping, in order."""
    words = [token.word for token in cue]
    content = tokens(text, attribution.content.spans[:1])[:_NEAR]
    source = tokens(text, attribution.source.spans) if attribution.source else []
    is_body = _is_body([token.word for token in source])
    chosen: list[Found[Entry]] = []
    place = 0
    while place < len(words):
        fitting = []
        for one in cue_words().at(words, place):
            condition = one.value.condition
            if (
                not condition
                or (condition == "body" and is_body)
                or (condition == "whole" and len(one.at) == len(words))
                or (condition == "to" and _infinitive_follows(words[one.at[-1] + 1 :], content))
            ):
                fitting.append(one)
        if fitting:
            is_noun = not _DETERMINERS.isdisjoint([*(t.word for t in before[-2:]), *words[:place]][-2:])
            chosen.append(min(fitting, key=lambda one: _fit(one, is_noun)))
            place = chosen[-1].at[-1] + 1
        else:
            place += 1
    return chosen


def _is_body(source: Sequence[str]) -> bool:
    """Whether a source is a court, a law or the like: "the court in Sarn", not "a law professor"."""
    return any(
        word in _BODY and (after in _ASIDE or after in _CLAUSE) for word, after in pairwise([*source, "."])
    )


def _fit(one: Found[Entry], is_noun: bool) -> tuple[bool, int, bool, bool, bool]:
    """Sorts entries that begin at one word: of a court, the longest, with a condition, of the right kind."""
    entry = one.value
    return (
        entry.condition != "body",
        -len(one.at),
        not entry.condition,
        entry.kind != "x",
        (entry.kind == "n") != is_noun,
    )


def _infinitive_follows(rest: Sequence[str], content: Sequence[Token]) -> bool:
    """Whether "to" follows, right after or after those addressed: "the council to mend it"."""
    for word in [*rest, *(token.word for token in content)][:_NEAR]:
        if word == "to":
            return True
        if word in _CLAUSE:
            return False
    return False


def _deciding(cue: Sequence[Token], found: Sequence[Found[Entry]]) -> Found[Entry] | None:
    best: Found[Entry] | None = None
    for one in found:
        if one.value.how == "colours":
            continue
        if best is None:
            best = one
        elif _RANK[one.value.how] > _RANK[best.value.how]:
            between = (token.word for token in cue[best.at[-1] + 1 : one.at[0]])
            if (
                best.value.how not in {"plain", "carries"}
                or one.value.kind == "x"
                or _ASIDE.isdisjoint(between)
            ):
                best = one
    return best


def _carried(text: str, attribution: Attribution) -> tuple[Entry, list[Token]] | None:
    """The noun that names the act at the head of a content: "expressed <regret for the delay>"."""
    content = tokens(text, attribution.content.spans[:1])[:_HEAD]
    words = [token.word for token in content]
    for place in range(len(words)):
        for one in cue_words().at(words, place):
            if one.value.kind == "n" and one.value.how == "names" and not one.value.condition:
                return one.value, [content[at] for at in one.at]
    return None


def _negating(
    cue: Sequence[Token], before: Sequence[Token], decides: Found[Entry], found: Sequence[Found[Entry]]
) -> list[Token]:
    """The words that deny the act that an entry names, a word for each denial."""
    last = decides.at[-1]
    within = [
        token
        for place, token in enumerate(cue)
        if token.word in _NEGATORS
        and place not in decides.at
        and (place < last or (place == last + 1 and token.word == "nothing"))
        and not (place + 1 < len(cue) and cue[place + 1].word in _NOT_NEGATED_BY)
    ]
    verbs = [cue[one.at[0]] for one in found if one.value.how == "negates" and one.at[0] <= decides.at[0]]
    return [*_negator_before(before), *within, *verbs]


def _negator_before(before: Sequence[Token]) -> list[Token]:
    """The negator right before a cue, adverbs aside, that was not counted among the cue's words."""
    for token in reversed(before):
        if token.word in _NEGATORS:
            return [token]
        if not token.word.endswith("ly") and token.word not in {"yet", "even", "ever"}:
            return []
    return []
