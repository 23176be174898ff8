"""The body that the holder of an office speaks for, as the office's own words name it.

"State Department spokesman", "director of the Port Authority", "Lund's campaign manager": what is
named there is a body, a person's campaign or a nation, and not a place, a party or a person.
"""

from __future__ import annotations

from quotidian.resolve.named import Name, Named
from quotidian.resolve.office_phrases import OfficePhrase, OfficePhrases
from quotidian.resolve.office_words import (
    ARTICLES,
    BODIES,
    BODY_NOUNS,
    MODIFIERS,
    NO_BODIES,
    NOUNS,
    OF_NATIONS,
    ON_OWN_ACCOUNT,
    PERSONAL_BODIES,
    PREPOSITIONS,
    TITLES,
    WITH_CHAIRS,
)
from quotidian.types import Span

_CHAIRS = frozenset({"chair", "chairman", "chairwoman", "chairperson"})
_ACRONYM = range(3, 7)
# "anti-NATO activists" speak for no NATO.
_FOR_OR_AGAINST = frozenset({"anti", "pro", "non", "ex"})
_DEFINITE = frozenset({"the", "its", "their"})


class OfficeBodies:
    """Finds the bodies named in the office phrases of one text."""

    def __init__(self, phrases: OfficePhrases):
        self._phrases = phrases
        self._named: Named = phrases.named
        self._layout = phrases.layout

    def of(self, phrase: OfficePhrase) -> Span | None:
        """The body that a holder of the office speaks for; None for a former one."""
        if self._phrases.is_former(phrase):
            return None
        return self._after(phrase) or self._before(phrase) or self._of_owner(phrase)

    def named_in(self, first: int, last: int) -> Span | None:
        """The body that a noun phrase, the words ``[first, last)`` without its article, begins with."""
        end = self._end(first, last) if first < last else None
        while end is not None and end + 2 < last and self._named.is_possessive(end):
            part = self._end(end + 2, last)
            if part is None:
                break
            end = part
        return self._named.span(first, end) if end is not None else None

    def in_noun_phrase(self, first: int, last: int) -> Span | None:
        """The body that a noun phrase names or, where it has an article, describes: "the harbour board"."""
        if first >= last:
            return None
        definite = self._layout.token(first - 1) in _DEFINITE
        return self.named_in(first, last) or self._described(first, last, definite)

    # After the head

    def _after(self, phrase: OfficePhrase) -> Span | None:
        """The body behind one of the phrase's prepositions; one with a name before one described."""
        head = self._phrases.head_of(phrase)
        described: Span | None = None
        for word in range(phrase.stop, phrase.end):
            inside_name = self._named.at[word] and not self._named.beginning_at(word)
            preposition = self._layout.lower[word]
            on_own_account = head in ON_OWN_ACCOUNT and preposition != "on"
            if preposition in PREPOSITIONS and not inside_name and not on_own_account:
                found = self._behind(word, phrase.end, head)
                if found and self._layout.text[found.start].isupper():
                    return found
                described = described or found
        return described

    def _behind(self, preposition: int, limit: int, head: str) -> Span | None:
        """The body that the noun phrase behind a preposition names."""
        layout = self._layout
        first = preposition + 1
        while layout.token(first) in ARTICLES and not self._named.beginning_at(first):
            first += 1
        last = first
        while last < limit and (layout.lower[last] not in PREPOSITIONS or self._named.at[last]):
            last += 1
        found = self.in_noun_phrase(first, last)
        name = self._named.beginning_at(first)
        of_place = name is not None and name.type == "place" and layout.lower[preposition] in {"of", "for"}
        if found is None and name and of_place and name.last == last and head in OF_NATIONS:
            return self._named.span(name.first, name.last)
        return found

    def _described(self, first: int, last: int, definite: bool) -> Span | None:
        """ "the nonpartisan Port Institute", "the law firm Lund Partners"; "the panel" if it has no name."""
        layout, named = self._layout, self._named
        if named.has_capital(first):
            return None
        word = first
        while word < last and not named.has_capital(word):
            word += 1
        if word == last:
            return self._meant(first, last) if definite else None
        if layout.lower[word] in BODY_NOUNS and word + 1 < last and named.has_capital(word + 1):
            word += 1
        found = self.named_in(word, last)
        is_called = layout.lower[word - 1] in BODY_NOUNS
        return found or (named.span(word, self._capitals_end(word, last)) if is_called else None)

    def _meant(self, first: int, last: int) -> Span | None:
        """The name that a body goes by elsewhere, or the words that describe it here."""
        name = self._named.meant_by(last - 1)
        if name:
            return self._named.span(name.first, name.last)
        return self._named.span(first, last) if self._layout.lower[last - 1] in BODY_NOUNS else None

    def _capitals_end(self, first: int, last: int) -> int:
        end = first
        while end < last and self._named.has_capital(end):
            end += 1
        return end

    # Before the head

    def _before(self, phrase: OfficePhrase) -> Span | None:
        layout = self._layout
        head = self._phrases.head_of(phrase)
        if head in ON_OWN_ACCOUNT:
            return None
        nation: Span | None = None
        word = phrase.start
        while word < phrase.head:
            name = self._named.beginning_at(word)
            is_cause = self._named.is_joint(word - 1) and layout.lower[word - 2] in _FOR_OR_AGAINST
            found = None if is_cause else self.named_in(word, phrase.head)
            if found:
                return found
            is_committee = layout.lower[word] in WITH_CHAIRS and head in _CHAIRS
            if (is_committee and self._named.has_capital(word)) or layout.lower[word] in PERSONAL_BODIES:
                return self._named.span(word, word + 1)
            if name and name.type == "place" and self._named.is_possessive(name.last) and head in OF_NATIONS:
                nation = self._named.span(name.first, name.last)
            word = name.last if name else word + 1
        return nation

    def _of_owner(self, phrase: OfficePhrase) -> Span | None:
        """ "the company's chief executive", "its leader": whose office it is, said before the phrase."""
        if self._phrases.head_of(phrase) in ON_OWN_ACCOUNT:
            return None
        if self._named.is_possessive(phrase.start - 2):
            first = phrase.opens
            while first < phrase.start and self._layout.lower[first] in ARTICLES:
                first += 1
            return self._meant(first, phrase.start - 2) if first < phrase.start - 2 else None
        name = self._named.meant_by(phrase.start - 1) if phrase.opens < phrase.start else None
        return self._named.span(name.first, name.last) if name else None

    # Names of bodies

    def _end(self, first: int, last: int) -> int | None:
        """Where the body that a run of words begins with ends; None if it begins with none."""
        if not self._named.has_capital(first):
            return None
        layout = self._layout
        name = self._named.beginning_at(first)
        name = name if name and name.last <= last else None
        after = name.last if name else first + 1
        of_person = self._end_of_persons(name, last)
        if of_person is not None:
            return of_person
        end = self._through_body_nouns(after, last)
        if end > after:
            return end
        words = layout.lower[first:after]
        if name is None:
            return self._end_without_name(first, last)
        is_body = name.type == "organisation" or (
            name.type != "person" and len(words) > 1 and words[-1] in BODY_NOUNS
        )
        return after if (is_body and " ".join(words) not in NO_BODIES) or " ".join(words) in BODIES else None

    def _end_without_name(self, first: int, last: int) -> int | None:
        """The end of a body that no mention marks: a known one, "Ministry of the Interior", an acronym."""
        layout = self._layout
        word = layout.lower[first]
        if first + 2 <= last and " ".join(layout.lower[first : first + 2]) in BODIES:
            return self._through_body_nouns(first + 2, last)
        if word in BODIES:
            return first + 1
        if word in BODY_NOUNS and layout.token(first + 1) in {"of", "for", "on"}:
            begin = first + 3 if layout.token(first + 2) == "the" else first + 2
            end = self._capitals_end(begin, last)
            return end if end > begin else None
        is_acronym = layout.tokens[first].isupper() and len(word) in _ACRONYM
        return first + 1 if is_acronym and word not in NO_BODIES | NOUNS | TITLES else None

    def _end_of_persons(self, name: Name | None, last: int) -> int | None:
        """Where a person's body ends: "Lindqvist campaign", "Lindqvist's campaign"."""
        if name is None or name.type != "person":
            return None
        noun = name.last + 2 if self._named.is_possessive(name.last) else name.last
        is_body = noun < last and not self._named.has_capital(noun)
        return noun + 1 if is_body and self._layout.lower[noun] in PERSONAL_BODIES else None

    def _through_body_nouns(self, word: int, last: int) -> int:
        """Past what completes a name to the last noun for bodies there: "Oversight" + "Committee"."""
        lower = self._layout.lower
        end = word
        while word < last:
            is_noun = lower[word] in BODY_NOUNS
            is_name = self._named.has_capital(word) or self._named.is_joint(word) or lower[word] == "&"
            if not is_name and (not is_noun or lower[word] in MODIFIERS):
                break
            word += 1
            end = word if is_noun else end
        return end
