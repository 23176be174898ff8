"""The places of a text that say what somebody is.

An office stands before a name ("Senator Lund"), beside it in apposition ("Lund, a senior adviser to
the ministry,"), is stated of it ("Lund is the director of the port") or stands for the person
elsewhere ("the senator"): the places where Bergler (1992, *Evidential Analysis of Reported Speech*)
finds what a reporter tells of a source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotidian.resolve.named import APOSTROPHES, Name, Named
from quotidian.resolve.office_bodies import OfficeBodies
from quotidian.resolve.office_phrases import OfficePhrase, OfficePhrases
from quotidian.resolve.office_words import ARTICLES, NO_OFFICES
from quotidian.types import Mention, Span

_BE = frozenset({"is", "was", "been", "remains", "became"})
_SERVE = frozenset({"served", "serves", "works", "worked", "acts", "acted"})
_HEAD = frozenset({"heads", "headed", "leads", "led", "runs", "chairs", "chaired", "directs", "directed"})
_PAST = frozenset(
    {"was", "became", "been", "served", "worked", "acted", "headed", "led", "chaired", "directed"}
)
_IN_PASSING = frozenset(
    {"now", "currently", "also", "still", "once", "then", "previously", "formerly", "long"}
)
# "her tenure as secretary of state"
_TIMES_IN_OFFICE = frozenset(
    {"tenure", "time", "stint", "service", "role", "job", "work", "days", "years", "term"}
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DASHES = frozenset({"-", "–", "—"})
_SAID = frozenset({"said", "says", "told", "tells", "added", "wrote", "who"})
_CLOSES_APPOSITION = _SAID | {"and", "but", "from", "in", "on", "since", "until", "when", "whose"}

# "(R-Ohio)" or ", D-Ohio," after a name is no longer than this, in words.
_LONGEST_PARTY = 10
# What somebody heads is named in no more words than this.
_LONGEST_HEADED = 12
# "is the mayor and was the director and …" is read no further.
_MOST_STATED = 3

How = Literal["title", "apposition", "stated", "before", "tenure", "description"]


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """One place that says what somebody is.

    ``start`` to ``end`` are its words, ``noun`` the office's noun in the singular, ``body`` what the
    words name that the person speaks for; ``past`` is an office that is told of as no longer held,
    ``quoted`` one that somebody else than the outlet gives.
    """

    start: int
    end: int
    noun: str
    how: How
    body: Span | None
    past: bool
    quoted: bool


class OfficePlaces:
    """Finds the offices that a text gives to its people."""

    def __init__(self, named: Named):
        self._named = named
        self._layout = named.layout
        self._phrases = OfficePhrases(named)
        self._bodies = OfficeBodies(self._phrases)
        self._by_opening: dict[int, OfficePhrase] = {}
        self._by_stop: dict[int, OfficePhrase] = {}
        self._by_end: dict[int, OfficePhrase] = {}
        for phrase in self._phrases.within(0, len(self._layout)):
            if self._phrases.head_of(phrase) not in NO_OFFICES:
                for opens in range(phrase.opens, phrase.start + 1):
                    self._by_opening.setdefault(opens, phrase)
                self._by_stop[phrase.stop] = phrase
                self._by_end.setdefault(phrase.end, phrase)

    def beside(self, name: Name) -> Iterator[OfficePlace]:
        """The offices that a person's name is given where it stands."""
        yield from self._title(name)
        yield from self._before(name)
        yield from self._apposition(name)
        after = self._past_party(name.last)
        past_age = self._past_age(after) if self._layout.token(after) == "," else after
        yield from self._stated(past_age + 1 if past_age > after else after)
        if self._named.is_possessive(name.last):
            yield from self._tenure(name.last + 2)

    def of_mention(self, mention: Mention) -> Iterator[OfficePlace]:
        """The office in a description of a person, and what is stated of a description or pronoun."""
        words = self._layout.words_in(mention.passage.spans[0])
        if not words:
            return
        if mention.form == "description":
            opening = (self._by_opening.get(word) for word in words)
            phrase = next((phrase for phrase in opening if phrase and phrase.head in words), None)
            if phrase and not self._phrases.is_plural(phrase):
                yield self._place(phrase, "description", end=max(phrase.stop, min(phrase.end, words.stop)))
        elif self._layout.lower[words.start] in {"his", "her"}:
            yield from self._tenure(words.stop)
        yield from self._stated(words.stop)

    def bodies_beside(self, name: Name) -> Iterator[Span]:
        """Bodies that a name is joined to without an office: "CNN's Lund", "Lund of CNN", "Lund (CNN)"."""
        layout, named = self._layout, self._named
        for apostrophe in (name.first - 2, name.first - 1):
            before = named.ending_before(apostrophe) if layout.token(apostrophe) in APOSTROPHES else None
            if before and before.type == "organisation":
                yield named.span(before.first, before.last)
        word = name.last + 1 if layout.token(name.last) == "," else name.last
        if layout.token(word) in {"of", "from", "with", "("}:
            behind = named.beginning_at(word + 2 if layout.token(word + 1) in ARTICLES else word + 1)
            if behind and behind.type == "organisation" and layout.same_sentence(word, behind.first):
                yield named.span(behind.first, behind.last)

    def _place(
        self, phrase: OfficePhrase, how: How, *, end: int | None = None, past: bool = False
    ) -> OfficePlace:
        """The place that a phrase is, with a second one that "and" joins to it after a name."""
        second = self._second(phrase) if how in {"apposition", "stated"} else None
        body = self._bodies.of(phrase) or (self._bodies.of(second) if second else None)
        return OfficePlace(
            phrase.start,
            second.end if second else phrase.end if end is None else end,
            self._phrases.head_of(phrase),
            how,
            body,
            past or self._phrases.is_former(phrase),
            self._layout.quoted[phrase.head] or (how == "stated" and self._layout.owner[phrase.head] >= 0),
        )

    def _second(self, phrase: OfficePhrase) -> OfficePhrase | None:
        """A second office joined with "and": "an economist and tax expert"."""
        if self._layout.token(phrase.end) != "and":
            return None
        second = self._by_opening.get(phrase.end + 1)
        if second is None or not self._layout.same_sentence(second.head, phrase.head):
            return None
        return None if self._named.person_at(second.end) else second

    # Before a name

    def _title(self, name: Name) -> Iterator[OfficePlace]:
        """ "Deputy Minister Mara Lindqvist", whether or not the title counts as part of the name."""
        for word in range(name.first, name.last):
            phrase = self._by_stop.get(word)
            if word == name.first and (phrase is None or phrase.end > word):
                phrase = self._by_end.get(word)
            if (
                phrase
                and self._layout.same_sentence(phrase.head, word)
                and not self._phrases.is_plural(phrase)
            ):
                yield self._place(phrase, "title", end=word)
                # "the ministry's spokesman the Rev. Lund"
                before = self._by_end.get(phrase.opens)
                if before and self._layout.same_sentence(before.head, word):
                    yield self._place(before, "title")
                return

    def _before(self, name: Name) -> Iterator[OfficePlace]:
        """ "The president of the club, Mara Lindqvist, said"; "As minister, Lindqvist"."""
        layout = self._layout
        phrase = self._by_end.get(name.first - 1)
        if phrase is None or layout.token(name.first - 1) != "," or self._phrases.is_plural(phrase):
            return
        is_owned = any(word in APOSTROPHES for word in layout.lower[phrase.start : phrase.head])
        closes = layout.token(name.last) in _SAID | _DASHES | {",", ".", ";"}
        if (
            layout.same_sentence(phrase.head, name.first)
            and closes
            and (phrase.opens < phrase.start or is_owned)
        ):
            yield self._place(phrase, "before")

    # After a name

    def _apposition(self, name: Name) -> Iterator[OfficePlace]:
        """ "Mara Lindqvist, 45, the deputy minister for trade,"; "Lindqvist, who heads the union,"."""
        layout = self._layout
        word = self._past_party(name.last)
        place = self._named.beginning_at(word + 1) if layout.token(word) == "of" else None
        if place and place.type == "place":
            word = place.last
        if layout.token(word) not in _DASHES | {",", "("} or not layout.same_sentence(word, name.first):
            return
        word = self._past_age(word)
        while layout.token(word + 1) in _DASHES:
            word += 1
        if layout.token(word + 1) == "who":
            yield from self._stated(word + 2)
            return
        phrase = self._by_opening.get(word + 1) or self._phrases.of_agent(word + 1)
        if phrase and layout.same_sentence(phrase.head, name.first) and self._is_of_one(phrase):
            found = self._place(phrase, "apposition")
            if self._closes_apposition(found):
                yield found

    def _is_of_one(self, phrase: OfficePhrase) -> bool:
        return not self._phrases.is_plural(phrase) and not self._phrases.is_owner(phrase)

    def _closes_apposition(self, found: OfficePlace) -> bool:
        """Whether words after a name end as an apposition does, and are not the next one's title."""
        layout = self._layout
        if not layout.same_sentence(found.start, found.end):
            return True
        if self._named.person_at(found.end):
            return False
        return not layout.tokens[found.end][0].isalnum() or layout.lower[found.end] in _CLOSES_APPOSITION

    def _past_party(self, word: int) -> int:
        """Past "Jr." and "(R-Ohio)" after a name."""
        layout = self._layout
        after_comma = word + 1 if layout.token(word) == "," else word
        if layout.token(after_comma) in _SUFFIXES:
            word = after_comma + 2 if layout.token(after_comma + 1) == "." else after_comma + 1
        if layout.token(word) == "(":
            for closing in range(word, min(word + _LONGEST_PARTY, len(layout))):
                if layout.lower[closing] == ")" and layout.same_sentence(word, closing):
                    return closing + 1
        return word

    def _past_age(self, comma: int) -> int:
        """From a comma past an age or a party and state to the next one: ", 45,", ", D-Ohio,"."""
        layout = self._layout
        for word in range(comma + 1, min(comma + _LONGEST_PARTY, len(layout))):
            if layout.lower[word] == "," and layout.same_sentence(comma, word):
                between = layout.tokens[comma + 1 : word]
                is_age = len(between) == 1 and between[0].isdigit()
                is_party = len(between) > 2 and between[0] in {"D", "R", "I"} and between[1] in _DASHES
                return word if is_age or is_party else comma
        return comma

    # In a sentence of its own

    def _stated(self, word: int) -> Iterator[OfficePlace]:
        """ "is the director of the port and was its mayor", "heads the union", from a verb on."""
        for _ in range(_MOST_STATED):
            found = self._predicate(word)
            if found is None:
                return
            yield found
            if self._layout.token(found.end) != "and":
                return
            word = found.end + 1

    def _predicate(self, word: int) -> OfficePlace | None:
        """The office that a verb and what follows state."""
        layout = self._layout
        if layout.token(word) in {"has", "had"}:
            word += 1
        verb = layout.token(word)
        if not verb or layout.quoted[word]:
            return None
        if verb in _HEAD:
            return self._headed(word)
        begins = word + 1
        while layout.token(begins) in _IN_PASSING:
            begins += 1
        is_as = verb in _SERVE and layout.token(begins) == "as"
        if not is_as and verb not in _BE:
            return None
        phrase = self._by_opening.get(begins + 1 if is_as else begins)
        if phrase is None or not self._is_of_one(phrase) or self._named.person_at(phrase.end):
            return None
        is_here = layout.same_sentence(word, phrase.head)
        return self._place(phrase, "stated", past=verb in _PAST) if is_here else None

    def _headed(self, verb: int) -> OfficePlace | None:
        """ "heads the dockers' union", where that names a body."""
        layout = self._layout
        first = verb + 1
        while layout.token(first) in ARTICLES:
            first += 1
        end = self._phrases.noun_phrase_end(first, verb + _LONGEST_HEADED)
        if end is None or not layout.same_sentence(verb, first):
            return None
        body = self._bodies.in_noun_phrase(first, end)
        verb_word = layout.lower[verb]
        past = verb_word in _PAST
        return OfficePlace(verb, end, verb_word, "stated", body, past, layout.quoted[verb]) if body else None

    def _tenure(self, word: int) -> Iterator[OfficePlace]:
        """ "tenure as minister", "first term as mayor" after a possessive."""
        layout = self._layout
        for noun in (word, word + 1):
            if layout.token(noun) in _TIMES_IN_OFFICE and layout.token(noun + 1) == "as":
                phrase = self._by_opening.get(noun + 2)
                if phrase and layout.same_sentence(word, phrase.head):
                    yield self._place(phrase, "tenure")
