"""The phrases of a text that say what somebody is: "deputy minister for trade".

A phrase has a head, a noun of ``offices.txt`` ("minister"), what stands before it ("deputy") and what
completes it ("for trade"). Each is found by walking a bounded number of words from its head, so the
work grows with the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quotidian.resolve.named import APOSTROPHES, Named
from quotidian.resolve.office_words import (
    ADJECTIVES_TOO,
    ARTICLES,
    BODY_NOUNS,
    EX,
    GIVEN_NAMES_TOO,
    MODIFIERS,
    NEVER,
    NO_AGENTS,
    NOUNS,
    OCCASIONS,
    PREPOSITIONS,
    SIDES,
    TITLES,
    office_noun,
)

_ADVERBS = frozenset(
    {"now", "currently", "also", "once", "then", "still", "formerly", "himself", "herself", "both"}
)
_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "ms", "mx"})
_ADJECTIVES = ("al", "ic", "ive", "ous", "ary", "ian", "ist", "able", "ish")
_AGENTS = ("er", "or", "ist", "ian", "man", "woman")
_CLOSES_AGENT = frozenset({"and", "who", "whose"})
# "president-elect", "editor-in-chief", "aide-de-camp", "sister-in-law"
_AFTER_HYPHEN = frozenset({"elect", "designate", "general", "in", "chief", "de", "camp", "law"})
# "general" is an office after these; elsewhere an adjective, unless it stands before a name.
_GENERALS = frozenset(
    {"attorney", "secretary", "surgeon", "solicitor", "director", "inspector", "postmaster", "governor"}
)
# In capitals these go on with the name of a work: "co-editor of Rigging The Fleet".
_IN_TITLES = frozenset({"The", "A"})
_BEFORE_BARE_NOUNS = frozenset({",", "as", "been", "became", "remains"})
_COMPLETE = frozenset({("of", "state"), ("of", "staff")})

# Longer stretches than these, in words, are no longer one phrase.
_LONGEST_BEFORE = 14
_LONGEST_AFTER = 24
_TO_ARTICLE = 5
_LONGEST_AGENT = 6
# "user", "actor": shorter words on "-er" and "-or" are rarely people.
_SHORTEST_AGENT = 4
# Below so many long words a line in capitals tells nothing.
_SHORTEST_HEADLINE = 5
_LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """What somebody is said to be, by word.

    ``opens`` counts an article and adverbs before the phrase ("now the"); ``start`` to ``end`` is the
    phrase, ``head`` its noun and ``stop`` the word after the noun, where its complement begins.
    """

    opens: int
    start: int
    head: int
    stop: int
    end: int


class OfficePhrases:
    """Finds the office phrases of one text."""

    def __init__(self, named: Named):
        self.named = named
        self.layout = named.layout
        self._nouns = [office_noun(word) for word in self.layout.lower]

    def within(self, first: int, last: int) -> Iterator[OfficePhrase]:
        """The phrases whose heads are among the words ``[first, last)``, in their order."""
        for word in range(first, last):
            stop = self._stop(word)
            if stop is not None:
                start = self._start(word)
                yield OfficePhrase(self._opens(start), start, word, stop, self._end(stop))

    def head_of(self, phrase: OfficePhrase) -> str:
        """A phrase's noun in small letters and the singular, with what a hyphen joins to it."""
        return self._noun(phrase.head) or self.layout.lower[phrase.head]

    def is_plural(self, phrase: OfficePhrase) -> bool:
        """Whether the phrase speaks of several people, not of one of them."""
        noun = self.layout.lower[phrase.head]
        several = noun not in NOUNS | TITLES and self.head_of(phrase) != noun
        return several and self.layout.lower[phrase.start] != "one"

    def is_former(self, phrase: OfficePhrase) -> bool:
        """Whether the phrase says that the office is no longer held: "former", "ex-", "then-"."""
        return any(word in EX for word in self.layout.lower[phrase.start : phrase.head])

    def is_owner(self, phrase: OfficePhrase) -> bool:
        """Whether something of theirs is meant: "the senator's"."""
        return self.named.is_possessive(phrase.stop)

    def noun_phrase_end(self, first: int, limit: int) -> int | None:
        """Where the noun phrase that begins with a word ends, before ``limit``; None if there is none."""
        layout = self.layout
        word = first
        while layout.token(word) in ARTICLES:
            word += 1
        begin = word
        while word < min(limit, len(layout)) and layout.same_sentence(word, first):
            after = self._within_noun_phrase(word, begin)
            if after is None:
                break
            word = after
        return word if word > begin else None

    def of_agent(self, begin: int) -> OfficePhrase | None:
        """The phrase that begins with an article and has a head like "ringer", which is in no list.

        Only after a person's name is such a noun a person's: "Tobin Marsh, the bell ringer,".
        """
        layout = self.layout
        start = begin + 1
        if layout.token(begin) not in ARTICLES:
            return None
        for word in range(start, min(start + _LONGEST_AGENT, len(layout))):
            noun = layout.lower[word]
            is_word = noun.isalpha() and noun not in NEVER | PREPOSITIONS
            if not is_word or self.named.person_at(word) or not layout.same_sentence(begin, word):
                return None
            following = layout.token(word + 1)
            closes = not following[:1].isalnum() or following in PREPOSITIONS | _CLOSES_AGENT
            if closes and not self.named.is_joint(word + 1):
                is_noun = len(noun) > _SHORTEST_AGENT and layout.tokens[word].islower()
                is_agent = is_noun and noun.endswith(_AGENTS) and noun not in NO_AGENTS
                return OfficePhrase(begin, start, word, word + 1, self._end(word + 1)) if is_agent else None
        return None

    # The head

    def _noun(self, word: int) -> str:
        if word >= 2 and self.named.is_joint(word - 1):
            joined = office_noun(f"{self.layout.lower[word - 2]}-{self.layout.lower[word]}")
            if joined:
                return joined
        return self._nouns[word] if word < len(self._nouns) else ""

    def _stop(self, word: int) -> int | None:
        """Where the complement of a phrase begins if a word is its head."""
        layout = self.layout
        lower = layout.lower[word]
        if lower in TITLES and self.named.has_capital(word):
            return word + 2 if self.named.touches_next(word) and layout.token(word + 1) == "." else word + 1
        if not self._noun(word) or layout.token(word - 2) in _FORMS_OF_ADDRESS:
            return None
        if lower == "general" and not self._is_general(word):
            return None
        stop = word + 1
        while self.named.is_joint(stop) and layout.token(stop + 1) in _AFTER_HYPHEN:
            stop += 2
        is_part = self.named.is_joint(stop) or self._goes_on(word, stop) or self._is_part_of_name(word)
        return None if is_part else stop

    def _goes_on(self, word: int, stop: int) -> bool:
        """Whether a noun stands before another noun that is the head: "campaign manager"."""
        layout = self.layout
        if not layout.same_sentence(word, stop):
            return False
        following = layout.tokens[stop]
        is_noun = following.islower() and following.isalpha() and not following.endswith("ed")
        return bool(self._noun(stop)) or (
            is_noun and layout.lower[word] in ADJECTIVES_TOO and following not in NEVER | PREPOSITIONS
        )

    def _is_part_of_name(self, word: int) -> bool:
        """Whether a noun belongs to a name and tells no office: "Department of Justice", "Ann King"."""
        name = self.named.at[word]
        if name is None or name.type not in {"organisation", "person"}:
            return False
        is_last = word == name.last - 1
        if name.type == "organisation":
            return not is_last or (self._noun(word) not in SIDES and self.named.person_at(name.last) is None)
        before = range(name.first, word)
        lower = self.layout.lower
        is_title = all(self._nouns[i] or lower[i] in TITLES | MODIFIERS or lower[i] == "." for i in before)
        return is_last or not is_title or lower[word] in GIVEN_NAMES_TOO

    def _is_general(self, word: int) -> bool:
        is_rank = self.named.has_capital(word) and self.named.beginning_at(word + 1) is not None
        return is_rank or self.layout.token(word - 1) in _GENERALS

    # Before the head

    def _start(self, head: int) -> int:
        start = head
        while head - start < _LONGEST_BEFORE:
            before = self._modifier(start, head)
            if before is None:
                break
            start = before
        while start < head and not self.layout.tokens[start][0].isalnum():
            start += 1
        several = self.layout.lower[head] not in NOUNS | TITLES
        return start - 2 if several and self.layout.before(start, 2) == ("one", "of") else start

    def _modifier(self, start: int, head: int) -> int | None:
        """Where the word or name before ``start`` begins, if it belongs to the phrase."""
        layout, named = self.layout, self.named
        word = start - 1
        if word < 0 or not layout.same_sentence(word, head):
            return None
        name = named.ending_before(start)
        if name and not (name.type == "person" and layout.lower[head] in TITLES):
            return name.first
        lower, token = layout.lower[word], layout.tokens[word]
        if named.is_possessive(word - 1):
            return self._owner(word - 1)
        if lower in APOSTROPHES and layout.token(word - 1).endswith("s"):
            return self._owner(word)
        if named.is_joint(word) or (token == "&" and word > 0):
            return word - 1
        if token == "and" and start < head and {layout.token(word - 1), layout.lower[start]} <= MODIFIERS:
            return word - 1  # "research and policy director"
        if token == ".":
            is_short = named.touches_next(word - 1) and named.has_capital(word - 1)
            return word - 1 if is_short and len(layout.tokens[word - 1]) <= 5 else None
        return word if token[0].isalnum() and lower not in NEVER and self._modifies(word, head) else None

    def _modifies(self, word: int, head: int) -> bool:
        lower, token = self.layout.lower[word], self.layout.tokens[word]
        if self.named.is_joint(word - 1) or lower in MODIFIERS | TITLES | NOUNS | BODY_NOUNS:
            return True
        if token.isdigit():
            return len(token) == 4
        if token[0].isupper():
            return self._capital_tells(word)
        return lower.endswith(_ADJECTIVES) or self._follows_article(word, head)

    def _follows_article(self, word: int, head: int) -> bool:
        """Whether only nouns and adjectives stand from an article to a word: "a warehouse manager".

        A comma or "as" does for an article: "Lund, harbour commissioner,".
        """
        lower = self.layout.lower
        if lower[head] in TITLES or self.named.has_capital(word + 1):
            return False
        for before in range(word, max(0, word - _TO_ARTICLE), -1):
            if lower[before - 1] in ARTICLES:
                return lower[before].isalpha() and lower[before] not in NEVER | ARTICLES
            may_be_verb = lower[before].endswith(("ed", "ing", "s")) and lower[before] not in MODIFIERS
            if not lower[before].isalpha() or lower[before] in NEVER | PREPOSITIONS or may_be_verb:
                return False
            if lower[before - 1] in _BEFORE_BARE_NOUNS:
                return True
        return False

    def _owner(self, apostrophe: int) -> int | None:
        """Where the owner before an apostrophe begins, if it is called by name."""
        name = self.named.ending_before(apostrophe)
        if name:
            return name.first
        owner = apostrophe - 1
        return owner if self.named.has_capital(owner) and self.layout.lower[owner] not in NEVER else None

    def _opens(self, start: int) -> int:
        layout = self.layout
        opens = start
        if self.named.is_possessive(start - 2):
            opens -= 2
            while (
                opens > start - 6
                and layout.token(opens - 1).isalnum()
                and layout.token(opens - 1) not in NEVER
            ):
                opens -= 1
        while layout.same_sentence(opens - 1, start) and layout.lower[opens - 1] in ARTICLES | _ADVERBS:
            opens -= 1
        return opens

    def _capital_tells(self, word: int) -> bool:
        """Whether a capital letter shows a name or title here: not in a headline, not in any first word."""
        layout = self.layout
        if layout.sentence[word] in self._headlines:
            return False
        is_first = word == 0 or not layout.same_sentence(word - 1, word)
        if not is_first:
            return True
        return self.named.has_capital(word + 1) and not layout.lower[word].endswith(("ed", "ing"))

    @cached_property
    def _headlines(self) -> frozenset[int]:
        """The sentences written with capitals throughout."""
        long: dict[int, int] = {}
        capital: dict[int, int] = {}
        for token, sentence in zip(self.layout.tokens, self.layout.sentence, strict=True):
            if len(token) >= _LONG_WORD and token.isalpha():
                long[sentence] = long.get(sentence, 0) + 1
                capital[sentence] = capital.get(sentence, 0) + token[0].isupper()
        return frozenset(
            sentence
            for sentence, count in long.items()
            if count >= _SHORTEST_HEADLINE and capital[sentence] >= 0.8 * count
        )

    # After the head

    def _end(self, stop: int) -> int:
        layout = self.layout
        end = stop
        limit = stop + _LONGEST_AFTER
        while end < limit and layout.token(end) in PREPOSITIONS and layout.same_sentence(end, stop - 1):
            after = None if self._is_infinitive(end) else self.noun_phrase_end(end + 1, limit)
            if after is None or (layout.lower[end] != "of" and self._is_occasion(end + 1)):
                break
            end = after
        return end

    def _is_infinitive(self, word: int) -> bool:
        """Whether a verb follows "to": "senator to rebuild", not "aide to Lund", "adviser to ministers"."""
        after = self.layout.token(word + 1)
        is_noun = self.named.has_capital(word + 1) or after in ARTICLES or after.endswith("s")
        return self.layout.lower[word] == "to" and not is_noun

    def _is_occasion(self, first: int) -> bool:
        """Whether a noun phrase tells where it was said: "in an interview"."""
        return any(self.layout.token(near) in OCCASIONS for near in range(first, first + 4))

    def _within_noun_phrase(self, word: int, begin: int) -> int | None:
        """Past a word or name that belongs to a noun phrase; None where the phrase is over."""
        layout, named = self.layout, self.named
        lower, token = layout.lower[word], layout.tokens[word]
        name = named.beginning_at(word)
        if name:
            goes_on = name.type != "person" or word == begin or self._is_title(word - 1)
            return name.last if goes_on or layout.tokens[word - 1] in _IN_TITLES else None
        if named.is_possessive(word):
            return word + 2
        if named.is_joint(word) or self._is_abbreviation(word) or (word > begin and self._joins(word)):
            return word + 1
        if word > begin and token in _IN_TITLES and named.has_capital(word - 1):
            return word + 1
        is_over = (
            not token[0].isalnum()
            or lower in NEVER | PREPOSITIONS
            or (lower.endswith("ed") and token.islower() and lower not in MODIFIERS)
            or (word == begin and lower.isdigit())
            or (token.islower() and self._is_complete(word))
        )
        return None if is_over else word + 1

    def _is_complete(self, word: int) -> bool:
        """Whether a phrase is over before a word: "secretary of state", "of Ostmere" + "trails"."""
        lower = self.layout.lower
        is_verb = lower[word].endswith("s") and lower[word] not in BODY_NOUNS and not self._nouns[word]
        after_name = self.named.at[word - 1] is not None and is_verb
        return after_name or lower[max(0, word - 2) : word] in _COMPLETE

    def _is_title(self, word: int) -> bool:
        return bool(self._noun(word)) or self.layout.lower[word] in TITLES or self.layout.lower[word] == "."

    def _joins(self, word: int) -> bool:
        """Whether "and" joins two words of one phrase: "research and development", "Trade and Labor"."""
        layout = self.layout
        if layout.lower[word] not in {"and", "&"} or not layout.same_sentence(word, word + 1):
            return False
        before, after = layout.tokens[word - 1], layout.tokens[word + 1]
        if not after.isalpha() or after.lower() in NEVER | ARTICLES | EX | PREPOSITIONS:
            return False
        is_office = self.named.beginning_at(word + 1) or self._noun(word + 1) or self._noun(word + 2)
        return not is_office and before[0].isupper() == after[0].isupper() and not after.endswith("ed")

    def _is_abbreviation(self, word: int) -> bool:
        """Whether a word is a short form with a stop, or its stop: "U" and "." of "U.S."."""
        stop = word if self.layout.token(word) == "." else word + 1
        if self.layout.token(stop) != "." or not self.named.touches_next(stop - 1):
            return False
        short = self.layout.tokens[stop - 1]
        return short[0].isupper() and (len(short) == 1 or short.lower() in TITLES)
