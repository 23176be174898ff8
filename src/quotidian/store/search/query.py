"""What was typed into the search box → a query, and back. Pure; any string is a query.

What cannot be understood becomes words, and a note says so (docs/reference/search.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotidian.store.search.fields import FIELDS, WORDS, field_named, nearest_name, text_value

MOST_VALUES = 50
MOST_LETTERS = 1_000
# Before anything is read; a query within the limits above is never as long when written out.
_LONGEST = 10_000

_QUOTES = '"“”„‟«»＂「」『』'
_MINUS = "-−–－"
# Where a term begins: perhaps a minus, perhaps a field.
_SIGN = re.compile(rf"[{_MINUS}](?=[^\s])")
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)([{_QUOTES}]?)(\*?)")
_BARE_WORD = re.compile(rf"[^\s{_QUOTES}]+")
_BARE_VALUE = re.compile(rf"[^\s{_QUOTES},，]+")
_JOINING = {"OR": "OR", "AND": "AND", "NOT": "NOT"}
# What needs no quotation marks when a query is written out.
_SAFE = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_SAFE_VALUE = re.compile(r"[#<>=]*[\w.][\w./-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """A text as typed, or a value in its one spelling; ``prefix``: its last word is only begun."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A condition: the field has any of the values, or, ``negated``, none."""

    field: str
    values: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Of each group one term at least must hold. ``notes`` tell what was not understood."""

    groups: tuple[tuple[Term, ...], ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)


def parse(text: str) -> Query:
    """The query that any string is.

    >>> parse('tariffs speaker:"Anna Moor" OR speaker:#12 -act:den').groups  # doctest: +NORMALIZE_WHITESPACE
    ((Term(field='words', values=(Value(text='tariffs', prefix=False),), negated=False),),
     (Term(field='speaker', values=(Value(text='Anna Moor', prefix=False),), negated=False),
      Term(field='speaker', values=(Value(text='#12', prefix=False),), negated=False)),
     (Term(field='act', values=(Value(text='deny', prefix=False),), negated=True),))
    >>> parse("acr:deny").notes
    ('“acr:” is no field, searched as words; did you mean act:?',)
    """
    reading = _Reading()
    if len(text) > _LONGEST:
        reading.notes.append(f"Only the first {_LONGEST:,} characters were read.")
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+", " ", text[:_LONGEST])
    groups: list[list[Term]] = []
    joined = False
    for term in reading.terms(clean):
        if term is None:
            joined = bool(groups)
            continue
        if joined:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    return Query(tuple(map(tuple, groups)), tuple(dict.fromkeys(reading.notes)))


def to_text(query: Query) -> str:
    """A query written out: ``parse(to_text(query)) == query``.

    >>> to_text(parse("Speaker：“Anna Moor”   NOT act:denied,admit trad*"))
    'speaker:"Anna Moor" -act:deny,admit trad*'
    """
    return " ".join(" OR ".join(map(_term_text, group)) for group in query.groups)


def _term_text(term: Term) -> str:
    sign = "-" if term.negated else ""
    if term.field == WORDS:
        return sign + _value_text(term.values[0], _SAFE)
    return f"{sign}{term.field}:{','.join(_value_text(value, _SAFE_VALUE) for value in term.values)}"


def _value_text(value: Value, safe: re.Pattern[str]) -> str:
    bare = safe.fullmatch(value.text) and value.text not in _JOINING
    return (value.text if bare else f'"{value.text}"') + ("*" if value.prefix else "")


class _Reading:
    """Reads terms from the left, within the limits, and keeps the notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._values = 0
        self._letters = 0

    def terms(self, text: str) -> Iterator[Term | None]:
        """The terms in order; None for OR."""
        place, negated = 0, False
        while place < len(text):
            if text[place] in " ()（）,，":
                place += 1
                continue
            sign = _SIGN.match(text, place)
            if sign:
                place, negated = sign.end(), not negated
                continue
            name = _FIELD.match(text, place)
            if name and (known := field_named(name[1])):
                place, term = self._field(known.name, text, name.end(), negated)
            elif (bare := _BARE_WORD.match(text, place)) and bare[0] in _JOINING:
                place, term = bare.end(), None
                if bare[0] == "OR":
                    yield None
                if bare[0] == "NOT":
                    negated = True
                    continue
            else:
                place, term = self._word(text, place, negated, name[1] if name else "")
            if term:
                yield term
            negated = False

    def _word(self, text: str, place: int, negated: bool, unknown: str) -> tuple[int, Term | None]:
        value, place = _value(text, place, _BARE_WORD, self.notes)
        given = text[place : place + 1] if value.text == f"{unknown}:" else value.text[len(unknown) + 1 :]
        if unknown and given and given[0] not in " /":
            near = nearest_name(unknown)
            self.notes.append(
                f"“{unknown}:” is no field, searched as words" + (f"; did you mean {near}:?" if near else ".")
            )
        return place, self._kept(WORDS, [value], negated)

    def _field(self, name: str, text: str, place: int, negated: bool) -> tuple[int, Term | None]:
        if text[place : place + 1] == " " and not _begins_term(text, place + 1):  # "speaker: Moor"
            place += 1
        typed: list[Value] = []
        while place < len(text) and text[place] not in " ()（）":
            if text[place] in ",，":
                place += 1
                continue
            value, place = _value(text, place, _BARE_VALUE, self.notes)
            typed.append(value)
            if text[place : place + 1] not in (",", "，"):
                break
        if not typed:
            return place, self._kept(WORDS, [Value(name)], negated)
        return place, self._understood(name, typed, negated)

    def _understood(self, name: str, typed: list[Value], negated: bool) -> Term | None:
        known = FIELDS[name]
        meant: list[Value] = []
        lost: list[Value] = []
        for value in typed:
            read = known.read(value.text)
            meant += [Value(one, value.prefix and known.begins and one == value.text) for one in read]
            lost += [] if read else [value]
        for place, value in enumerate(lost):
            self.notes.append(
                f"“{value.text}” is not understood for {name}: ({known.looks_like})"
                + ("; it was left out." if meant or place else "; searched as words.")
            )
        if meant:
            return self._kept(name, list(dict.fromkeys(meant)), negated)
        return self._kept(WORDS, lost[:1], negated)

    def _kept(self, name: str, values: list[Value], negated: bool) -> Term | None:
        """The term within the limits, or None where nothing of it is left."""
        kept = []
        for value in values:
            if name == WORDS and not text_value(value.text):
                if value.text:
                    self.notes.append(f"“{value.text}” has no letters or digits and was left out.")
                continue
            room = MOST_LETTERS - self._letters
            if self._values >= MOST_VALUES or len(value.text) > room:
                value = Value(
                    value.text[:room].strip() if name == WORDS and self._values < MOST_VALUES else ""
                )
                self.notes.append(
                    f"The query is too long: only the first {MOST_VALUES} words and conditions, "
                    f"{MOST_LETTERS:,} characters together, were used."
                )
                self._letters = MOST_LETTERS
                if not text_value(value.text):
                    continue
            else:
                self._letters += len(value.text)
            self._values += 1
            kept.append(value)
        return Term(name, tuple(kept), negated) if kept else None


def _begins_term(text: str, place: int) -> bool:
    """Whether a minus, a field or a joining word comes here."""
    name, word = _FIELD.match(text, place), _BARE_WORD.match(text, place)
    return bool(_SIGN.match(text, place) or (name and field_named(name[1])) or (word and word[0] in _JOINING))


def _value(text: str, place: int, bare: re.Pattern[str], notes: list[str]) -> tuple[Value, int]:
    """A text in quotation marks or without, and where it ends."""
    quoted = _QUOTED.match(text, place)
    if quoted:
        if not quoted[2]:
            notes.append("A quotation mark was opened and not closed; all after it was taken as one phrase.")
        return Value(quoted[1].strip(), bool(quoted[3])), quoted.end()
    found = bare.match(text, place)
    assert found is not None, "the callers stop at white space, commas and the end"
    word = found[0].strip("()（）")
    begun = len(word) > 1 and word.endswith("*")
    return Value(word.rstrip("*") if begun else word, begun), found.end()
