"""Offices, compared: whether two descriptions of somebody agree, or speak against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotidian.entities.bodies import body_name
from quotidian.entities.folding import fold
from quotidian.entities.lexicon import FIELDS, LISTS, OFFICE_WORDS

# same         the same office of the same body: "Trade Minister", "Minister of Trade"
# compatible   one says less: "minister of trade", "minister of trade and industry"
# kind         the same kind, and one says no more: "minister", "trade minister"
# another      the same kind elsewhere: "mayor of Ostmere", "mayor of Vell"
# other field  a judge and a goalkeeper
Level = Literal["same", "compatible", "kind", "another", "other field"]
LEVELS: tuple[Level, ...] = ("same", "compatible", "kind", "another", "other field")

_SMALL = LISTS["beside offices"]
_ENDS = frozenset({"of", "for", "at", "in", "on", "to", "with", "from", "and"})
# What somebody was is as good as what somebody is.
_FORMER = LISTS["former"]
_POSSESSIVE = re.compile(r"['’]s\b")
# Offices of two words.
_PAIRS = {
    ("prime", "minister"): "premier",
    ("chief", "executive"): "ceo",
    ("vice", "president"): "vicepresident",
}
_OF_THE_FIELDS = {"premier": "politics", "ceo": "business", "vicepresident": "-"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office taken apart: its noun, what is said of it besides, the words of its body."""

    head: str
    besides: frozenset[str]
    body: frozenset[str]
    letters: frozenset[str]

    @property
    def field(self) -> str | None:
        """What it belongs to; None where that is not known or may be anything."""
        found = FIELDS.get(self.head, _OF_THE_FIELDS.get(self.head, "-"))
        return None if found == "-" else found


@lru_cache(maxsize=65_536)
def office(role: str, organisation: str | None = None) -> Office | None:
    """A role taken apart; None where it has no words, or is "Dr." alone.

    >>> office("the former Minister of Trade").head, sorted(office("Trade minister").besides)
    ('minister', ['trade'])
    """
    words = [
        OFFICE_WORDS.get(word, word)
        for word in fold(_POSSESSIVE.sub("", role)).split()
        if word not in _FORMER and word not in LISTS["courtesy"]
    ]
    words = _joined(words)
    if not words:
        return None
    end = next((i for i, word in enumerate(words) if i and word in _ENDS), len(words))
    nouns = [word for word in words[:end] if word in FIELDS or word in _OF_THE_FIELDS]
    nouns = nouns or [word for word in words if word in FIELDS or word in _OF_THE_FIELDS]
    head = nouns[-1] if nouns else words[end - 1]
    name = body_name(organisation) if organisation else None
    body = frozenset(name.words) if name else frozenset()
    letters = name.initials | (frozenset(name.words) if name.is_acronym else frozenset()) if name else body
    besides = frozenset(words) - _SMALL - {head} - body - (letters if name and name.is_acronym else body)
    return Office(head, besides, body, letters)


def _joined(words: list[str]) -> list[str]:
    made: list[str] = []
    for word in words:
        if made and (made[-1], word) in _PAIRS:
            made[-1] = _PAIRS[made[-1], word]
        else:
            made.append(word)
    return made


@lru_cache(maxsize=65_536)
def together(one: Office, other: Office) -> Level | None:
    """How two offices go together; None where they neither agree nor disagree.

    >>> together(office("mayor of Ostmere"), office("mayor of Vell"))
    'another'
    """
    if one.head != other.head:
        fields = {one.field, other.field}
        return "other field" if len(fields) == 2 and None not in fields else None
    if one.body and other.body:
        if not one_body(one, other):
            return _elsewhere(one)
        return "same" if one.besides == other.besides else "compatible"
    mine, others = one.besides | one.body, other.besides | other.body
    if mine == others:
        return "same" if mine or one.head == "premier" else "kind"
    less, more = sorted((mine, others), key=len)
    if less <= more:
        return "compatible" if less else "kind"
    return "compatible" if mine & others else _elsewhere(one)


def _elsewhere(one: Office) -> Level | None:
    """Chairs, leaders and spokespeople of several bodies at once are many; mayors of two towns are not."""
    return "another" if one.field else None


def one_body(one: Office, other: Office) -> bool:
    """Whether the bodies of two offices are called alike: by the same words, or one by initials."""
    return one.body == other.body or bool(one.letters & other.letters)
