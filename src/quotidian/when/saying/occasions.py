"""Dated occasions of saying, and which of them another statement belongs to: the evidence of context.

"“We are ready,” Lindqvist said at a rally on Tuesday. “Nobody will stop us,” she added.": the second was
said on the day of the first. So was what she says after "Lindqvist spoke at the harbour on Tuesday.", and
what the text says to be from "the interview" or "the letter" that it has dated.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass

from quotidian.types import Attribution, Date, Passage
from quotidian.when.edtf import reach
from quotidian.when.saying.acts import is_of_another_time, is_one_act, is_state
from quotidian.when.saying.frame import Frame
from quotidian.when.saying.lexicon import DOCUMENT, OCCASION, ONE

# A statement without a date may belong to an occasion that was told of, or had words said on it, so many
# sentences before: more for one that is dated to the day (less than 7) than to the month, or the year.
_REACH = ((7, 12), (31, 8), (366, 3))
_FARTHEST = max(sentences for _, sentences in _REACH)
# What answers or announces something stands right after it.
_NEXT = 2
# A headline or lead, one of the first sentences, may tell of an occasion so many before its date.
_LEAD, _BEFORE_DATE = 3, 4


@dataclass(frozen=True, slots=True)
class Occasion:
    """A dated occasion as a sentence tells of it: the sentence's number, who took part, what it is called."""

    date: Date
    sentence: int
    people: frozenset[str]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """That a statement belongs to an occasion: why in plain words, what shows it, how sure it is."""

    occasion: Occasion
    why: str
    passage: Passage
    confidence: float


_ANOTHER = re.compile(
    rf"\b(?:separate|another|previous|prior|earlier|different|recent|past)\s+(?:\w+\s+){{0,2}}{OCCASION}\b"
    rf"|\bin\s+an?\s+(?:[\w-]+\s+){{0,4}}(?:interview|{DOCUMENT}|ad)\b"
    r"|\b(?:previously|in the past|at the time|years ago|once|recently|in recent \w+|over the years"
    r"|on twitter|by phone|by e-?mail)\b",
    re.IGNORECASE,
)
# "said at a town hall": the one that is dated to the day, but hardly the one that is dated to a year.
_SOME = re.compile(
    rf"\b(?:in|at|during)\s+an?\s+(?:[\w-]+\s+){{0,4}}(?:{OCCASION}|sit-down)\b", re.IGNORECASE
)
_ANNOUNCING = re.compile(
    rf"\b{DOCUMENT}\s+(?:announcing|explaining|accompanying|released with)\b", re.IGNORECASE
)
_ANSWERING = re.compile(
    r"\b(?:asked|pressed|interrupted|interjected|followed\sup|replied|answered|chimed\sin)\b", re.IGNORECASE
)
_THEN = re.compile(r"\bthen\b", re.IGNORECASE)
_THE_ONE = rf"(?:the|that|this|same|his|her|their|its)\s+(?:[\w-]+\s+){{0,2}}(?P<noun>{ONE})s?\b"
_AT_THE_ONE = re.compile(rf"\b(?:in|at|during|from|throughout)\s+{_THE_ONE}", re.IGNORECASE)
_IS_THE_ONE = re.compile(rf"{_THE_ONE}|.{{0,80}}['’]s\s(?P<of_somebody>{ONE})$", re.IGNORECASE)
_ANY_ONE = re.compile(rf"\b(?P<noun>{ONE})s?\b", re.IGNORECASE)
# What people do where they speak, or with what they write.
_PUBLIC = re.compile(
    rf"\b{OCCASION}\b|\b(?:spoke|speaking|speaks|appeared|appearing|met|filed|released|announced|endorsed|ruled|voted"
    r"|testified|addressed|debated|campaigned|campaigning|visited|rallied|protested|argued|faced|squared off"
    r"|published|unveiled|delivered|held|gathered|walked|joined|took|issued|launched|accepted|sparred|clashed"
    r"|attended|hosted|backed|picked|named|nominated|approved|rejected|signed|tweeted|posted|said|told|wrote)\b"
)


def is_public(frame: Frame) -> bool:
    """Whether a sentence tells of something done where people speak, or with what they write."""
    return _PUBLIC.search(frame.text) is not None


def nouns_in(frame: Frame) -> frozenset[str]:
    """The words for occasions in a sentence."""
    return frozenset(m["noun"].lower() for m in _ANY_ONE.finditer(frame.text))


class Occasions:
    """The dated occasions of an article, and what was said on them so far."""

    def __init__(self, told: Iterable[Occasion]):
        self._told: list[Occasion] = []
        self._by_noun: dict[str, list[Occasion]] = {}
        for occasion in sorted(told, key=lambda one: (one.sentence, one.date.passage.start)):
            self.add(occasion)

    def add(self, occasion: Occasion) -> None:
        """Take note of an occasion, or that a sentence tells what was said on it: the next may be too."""
        insort(self._told, occasion, key=_sentence)
        for noun in occasion.nouns:
            insort(self._by_noun.setdefault(noun, []), occasion, key=_sentence)

    def of(self, attribution: Attribution, frame: Frame, speakers: frozenset[str]) -> Link | None:
        """The occasion of an attribution that has no date of its own; None where nothing tells."""
        cue = attribution.cue.text
        is_headline = frame.number == 0 and not is_state(cue)
        before = frame.between(frame.start, attribution.cue.start)
        if not (is_one_act(cue) or is_headline) or is_of_another_time(before, cue):
            return None
        return (
            self._named(attribution, frame)
            or self._before(attribution, frame, speakers)
            or self._below(attribution, frame, speakers)
        )

    def _named(self, attribution: Attribution, frame: Frame) -> Link | None:
        """What the sentence speaks of as known: "in the interview", "the letter said"."""
        known: list[tuple[int, str, Occasion]] = []
        for noun in _nouns_as_known(attribution, frame):
            told = self._by_noun.get(noun, [])
            if place := bisect_left(told, frame.number, key=_sentence):
                known.append((told[place - 1].sentence, noun, told[place - 1]))
        if not known:
            return None
        _, noun, occasion = max(known, key=lambda one: one[:2])
        return Link(occasion, f"the {noun} that is dated there", _shown_by(attribution), 0.85)

    def _before(self, attribution: Attribution, frame: Frame, speakers: frozenset[str]) -> Link | None:
        """What was told of in the sentences before: the same speaker, or a conversation, goes on."""
        shown_by = _shown_by(attribution)
        for place in range(bisect_right(self._told, frame.number, key=_sentence) - 1, -1, -1):
            occasion = self._told[place]
            distance = frame.number - occasion.sentence
            if distance > _FARTHEST:
                break
            if distance > _reach(occasion.date):
                continue
            if attribution.cue.text.strip() == ":":
                return Link(occasion, "the conversation goes on", shown_by, 0.8)
            if speakers & occasion.people:
                if distance and _is_another(frame, occasion):
                    return None
                return Link(occasion, "the same speaker goes on", shown_by, 0.85)
            if distance > _NEXT:
                continue
            if _ANNOUNCING.search(frame.text):
                return Link(occasion, "it announces what is told there", shown_by, 0.7)
            if _answers(attribution, frame):
                return Link(occasion, "it answers what was said there", shown_by, 0.7)
        return None

    def _below(self, attribution: Attribution, frame: Frame, speakers: frozenset[str]) -> Link | None:
        """A headline or lead tells first what is dated further down."""
        if frame.number >= _LEAD:
            return None
        for place in range(bisect_right(self._told, frame.number, key=_sentence), len(self._told)):
            occasion = self._told[place]
            if occasion.sentence > frame.number + _BEFORE_DATE:
                break
            if speakers & occasion.people:
                return Link(occasion, "the same speaker, told in full below", _shown_by(attribution), 0.75)
        return None


def _is_another(frame: Frame, occasion: Occasion) -> bool:
    """Whether a sentence tells of an occasion of its own."""
    is_of_a_day = _reach(occasion.date) == _FARTHEST
    return _ANOTHER.search(frame.text) is not None or (not is_of_a_day and bool(_SOME.search(frame.text)))


def _answers(attribution: Attribution, frame: Frame) -> bool:
    """Whether it was said in the same conversation: "Marsh then asked"."""
    cue = attribution.cue
    if _ANOTHER.search(frame.text) or attribution.content.text.startswith(("not ", "to ")):
        return False  # "asked not to be named" and "asked them to go" are no questions
    return bool(_ANSWERING.search(cue.text) or _THEN.search(frame.between(cue.start - 6, cue.end)))


def _sentence(occasion: Occasion) -> int:
    return occasion.sentence


def _shown_by(attribution: Attribution) -> Passage:
    return attribution.source or attribution.cue


def _reach(dated: Date) -> int:
    """How many sentences later something may still be said on an occasion of this date."""
    days = reach(dated.edtf or "")
    length = (days[1] - days[0]).days if days else 0
    return next((sentences for less_than, sentences in _REACH if length < less_than), 0)


def _nouns_as_known(attribution: Attribution, frame: Frame) -> frozenset[str]:
    """The occasions that a sentence speaks of as known: "in the interview", "the letter said"."""
    found = {m["noun"].lower() for m in _AT_THE_ONE.finditer(frame.text)}
    if attribution.source and (m := _IS_THE_ONE.match(attribution.source.text)):
        found.add((m["noun"] or m["of_somebody"]).lower())
    return frozenset(found)
