"""The fields of a query and the values that each understands: pure tables and functions.

Each field has a reader: it takes what was typed and gives the values meant in one spelling, or
nothing where it makes no sense of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import get_args

from quotidian.store.facts import DEEPEST
from quotidian.store.values import State
from quotidian.store.words import words
from quotidian.types import ActClass, Directness, SpeakerKind, StanceClass

WORDS = "words"  # the field of what is typed without one
REVIEWED = ("accepted", "corrected", "added")
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how its values are read, and what they look like, for a person.

    ``begins``: whether ``tra*`` stands for all words that begin so.
    """

    name: str
    read: Callable[[str], tuple[str, ...]]
    looks_like: str
    begins: bool = False


def field_named(name: str) -> Field | None:
    """The field of this name or of another name for it.

    >>> field_named("Organization").name, field_named("acr")
    ('org', None)
    """
    key = name.casefold()
    return FIELDS.get(_ALSO_CALLED.get(key, key))


def nearest_name(name: str) -> str | None:
    """The field that somebody may have meant.

    >>> nearest_name("acr"), nearest_name("colour")
    ('act', None)
    """
    if name.casefold() in _NEARLY:
        return _NEARLY[name.casefold()]
    near = get_close_matches(name.casefold(), [*FIELDS, *_ALSO_CALLED], n=1, cutoff=0.6)
    return _ALSO_CALLED.get(near[0], near[0]) if near else None


def text_value(typed: str) -> tuple[str, ...]:
    """Any text that has words."""
    return (typed,) if words(typed) else ()


def _name_or_number(typed: str) -> tuple[str, ...]:
    numbered = re.fullmatch(r"#\s*([0-9]{1,10})", typed)
    if numbered:
        return (f"#{int(numbered[1])}",) if int(numbered[1]) <= _LARGEST else ()
    return text_value(typed)


def _number(typed: str) -> tuple[str, ...]:
    numbered = re.fullmatch(r"#?\s*([0-9]{1,10})", typed)
    return (str(int(numbered[1])),) if numbered and int(numbered[1]) <= _LARGEST else ()


def _number_or_own_id(typed: str) -> tuple[str, ...]:
    return _number(typed) or ((typed,) if typed else ())


def _choice(
    values: Sequence[str], groups: dict[str, tuple[str, ...]] | None = None
) -> Callable[[str], tuple[str, ...]]:
    """A reader of one of some values: whole, in another form (denied, criticize), or begun (den)."""
    meant = {value: (value,) for value in values} | (groups or {})
    forms = {form: meant[value] for value in meant for form in _forms(value)}

    def read(typed: str) -> tuple[str, ...]:
        key = typed.casefold().replace("iz", "is") if typed.isascii() else ""
        if key in forms:
            return forms[key]
        begun = [value for value in meant if key and value.startswith(key)]
        return tuple(dict.fromkeys(one for value in begun for one in meant[value]))

    return read


def _forms(verb: str) -> list[str]:
    stem = verb.removesuffix("e")
    doubled = [f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"]
    from_y = [f"{verb[:-1]}ies", f"{verb[:-1]}ied"] if verb.endswith("y") else []
    return [verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", *doubled, *from_y]


def _yes_or_no(typed: str) -> tuple[str, ...]:
    key = typed.casefold()
    if key in ("yes", "y", "true", "on", "1"):
        return ("yes",)
    return ("no",) if key in ("no", "n", "false", "off", "0") else ()


_COMPARED = re.compile(r"(>=|<=|>|<|=|≥|≤)?\s*(\d{1,3}|0?\.\d{1,4}|1\.0+)\s*[%％]?", re.ASCII)
_BETWEEN = re.compile(r"(\d{1,3})\s*(?:-|–|\.\.)\s*(\d{1,3})\s*%?", re.ASCII)


def _percent(typed: str) -> tuple[str, ...]:
    between = _BETWEEN.fullmatch(typed)
    if between and int(between[1]) <= int(between[2]) <= 100:
        return (f"{int(between[1])}-{int(between[2])}",)
    found = _COMPARED.fullmatch(typed)
    if not found:
        return ()
    number = round(float(found[2]) * 100) if "." in found[2] else int(found[2])
    sign = {"≥": "", ">=": "", None: "", "≤": "<="}.get(found[1], found[1])
    return (f"{sign}{number}",) if number <= 100 else ()


def _depth(typed: str) -> tuple[str, ...]:
    found = re.fullmatch(r"(>=|>|<=|<)?\s*([0-9]{1,3})(\+?)", typed)
    if not found:
        return ()
    sign, number = found[1] or (">=" if found[3] else ""), int(found[2])
    if not sign:
        return (str(min(number, DEEPEST)),)
    low = {">": number + 1, ">=": number}.get(sign, 0)
    high = {"<": number - 1, "<=": number}.get(sign, DEEPEST)
    return tuple(str(depth) for depth in range(min(low, DEEPEST), min(high, DEEPEST) + 1))


_DAY = re.compile(r"(\d{4})(?:[-.](\d{1,2})(?:[-.](\d{1,2}))?)?", re.ASCII)


def _one_day(typed: str) -> tuple[str, ...]:
    """A year, a month or a day, as EDTF.

    >>> _one_day("2026-3-5"), _one_day("2026"), _one_day("2026-02-30")
    (('2026-03-05',), ('2026',), ())
    """
    found = _DAY.fullmatch(typed)
    if not found:
        return ()
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return ()
    return ("-".join([found[1], *(f"{part:02d}" for part in (month, day) if part is not None)]),)


def _days(typed: str) -> tuple[str, ...]:
    """A year, month or day, or two of them with a stroke between; ``..`` leaves an end open."""
    if typed.casefold() == "unknown":
        return ("unknown",)
    ends = re.split(r"\s*/\s*", typed)
    if len(ends) == 1:
        return _one_day(typed)
    if len(ends) != 2 or not any(_one_day(end) for end in ends):
        return ()
    read = [("..",) if end in ("..", "") else _one_day(end) for end in ends]
    return (f"{read[0][0]}/{read[1][0]}",) if all(read) else ()


def first_and_last(value: str) -> tuple[date, date]:
    """The days that a year, month or day of :func:`_one_day` holds.

    >>> first_and_last("2026-02")
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, _length(year, month))
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


_DAY_LOOKS = "2026, 2026-03 or 2026-03-05"


def _list(values: Sequence[str]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"


_FIELDS = (
    Field("speaker", _name_or_number, "a name", begins=True),
    Field("about", _name_or_number, "a name", begins=True),
    Field("outlet", _name_or_number, "a name", begins=True),
    Field("act", _choice(get_args(ActClass)), _list(get_args(ActClass))),
    Field("stance", _choice(get_args(StanceClass)), _list(get_args(StanceClass))),
    Field("kind", _choice(get_args(SpeakerKind)), _list(get_args(SpeakerKind))),
    Field("directness", _choice(get_args(Directness)), _list(get_args(Directness))),
    Field("depth", _depth, "0, 1, 2, 3 or 4"),
    Field("since", _one_day, _DAY_LOOKS),
    Field("until", _one_day, _DAY_LOOKS),
    Field("day", _days, f"{_DAY_LOOKS}, or two with a stroke between"),
    Field("label", text_value, "words", begins=True),
    Field("source", text_value, "words", begins=True),
    Field("cue", text_value, "words", begins=True),
    Field("content", text_value, "words", begins=True),
    Field("via", text_value, "words", begins=True),
    Field("role", text_value, "words", begins=True),
    Field("org", text_value, "words", begins=True),
    Field("title", text_value, "words", begins=True),
    Field("state", _choice(get_args(State), {"reviewed": REVIEWED}), _list([*get_args(State), "reviewed"])),
    Field("sure", _percent, "80, >80, <50 or 50-80"),
    Field("negated", _yes_or_no, "yes or no"),
    Field("unnamed", _yes_or_no, "yes or no"),
    Field("article", _number_or_own_id, "a number or the article's own id"),
    Field("id", _number, "a number"),
)
FIELDS = {field.name: field for field in _FIELDS}
_ALSO_CALLED = {
    "by": "speaker",
    "who": "speaker",
    "from": "since",
    "to": "until",
    "date": "day",
    "on": "day",
    "quote": "content",
    "office": "role",
    "organisation": "org",
    "organization": "org",
    "headline": "title",
    "confidence": "sure",
    "statement": "id",
    "direct": "directness",
    "review": "state",
}
# Not the same: elsewhere these leave the day itself out.
_NEARLY = {"after": "since", "before": "until"}
