"""Compiles ``statements.txt``, where people write, to texts with attributions and what is so of them.

The format is explained at the head of ``statements.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from evaluation.gold import golden
from evaluation.gold.golden import GoldAttribution
from quotidian.errors import BadRecord
from quotidian.types import ActClass, DateType, LabelForm, LabelMark, SpeakerKind, StanceClass

STATEMENTS = Path(__file__).with_name("statements.txt")

Subject = Literal["statement", "date", "label", "persons", "speakers"]
Answers = tuple[str, ...]
_SUBJECTS: dict[str, Subject] = {one: one for one in get_args(Subject)}

_HEADER = re.compile(r"# (?P<id>[a-z0-9-]+) \| (?P<construction>[^|]+) \| (?P<outlet>[^|,]+), (?P<day>.+)")
_DAY = re.compile(r"(?P<weekday>[A-Z][a-z]+) (?P<day>\d{4}-\d\d-\d\d)")
_PART = re.compile(r"== .* ==")
_NO_DAY = "no day"
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_DATE = r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?[~?%]?"
_EDTF = re.compile(rf"(?:open|{_DATE}(?:/{_DATE})?)")

# Kinds of source that have a name; the others have at most words that describe them.
_NAMED = ("person", "organisation")

# What may be written of each subject, and which answers there are, where they are counted.
_WORDS, _LISTS = {"name", "described", "role", "org", "via", "because"}, {"maybe", "also", "about", "names"}
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(SpeakerKind),
    "act": tuple(f"{negation}{act}" for act in get_args(ActClass) for negation in ("", "not ")),
    "stance": get_args(StanceClass),
    "type": get_args(DateType),
    "marks": ("-", *get_args(LabelMark)),
    "form": get_args(LabelForm),
}
_FIELDS: dict[Subject, set[str]] = {
    "statement": _WORDS | _LISTS - {"names"} | {"kind", "said", "act", "stance"},
    "date": {"value", "type"},
    "label": {"of", "by", "marks", "form"},
    "persons": {"names"},
    "speakers": {"names"},
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What is so of one thing in an article.

    ``of`` is a statement's number, or the words of a date or label; empty where the whole article is
    meant. Each field has the answers that are right, any of which will do, as they are written:
    "-" is none, and names of a list are parted by semicolons.
    """

    subject: Subject
    of: str
    fields: Mapping[str, Answers]

    def __str__(self) -> str:
        return f"{self.subject} {self.of}".strip()


@dataclass(frozen=True, slots=True)
class StatementItem:
    """An article with its attributions and what a careful reader makes of them."""

    id: str
    construction: str
    outlet: str
    published: date | None
    text: str
    attributions: tuple[GoldAttribution, ...]
    expected: tuple[Expected, ...]

    @property
    def kind(self) -> str:
        """What its construction begins with: "bad input" of "bad input: 31 February"."""
        return re.split("[:,]", self.construction)[0]


def items(path: Path = STATEMENTS) -> list[StatementItem]:
    """Every article, in the order of the file.

    Raises:
        BadRecord: the markup is broken, or what is written of an article cannot be so; it is named.
    """
    return [item(header, lines) for header, lines in _blocks(path.read_text(encoding="utf-8"))]


def item(header: str, lines: list[str]) -> StatementItem:
    """An article from its header and the lines below it.

    >>> lines = ["{S1:Pell} {C1:said} {X1:it rained}.", "> 1 | person Pell | act state"]
    >>> made = item("# rain | names, a surname | The Lamp, Friday 2024-03-08", lines)
    >>> made.text, made.published
    ('Pell said it rained.', datetime.date(2024, 3, 8))
    >>> made.expected[0].fields
    {'kind': ('person',), 'name': ('Pell',), 'act': ('state',)}

    Raises:
        BadRecord: as :func:`items`.
    """
    begins = _HEADER.fullmatch(header)
    if not begins:
        raise BadRecord(f"{STATEMENTS.name}: write '# id | construction | outlet, day', not {header!r}")
    marked = "\n".join(line for line in lines if not line.startswith(">")).strip()
    bare = golden.item(begins["id"], begins["construction"], marked, STATEMENTS.name)
    try:
        expected = tuple(_expected(line.removeprefix(">")) for line in lines if line.startswith(">"))
        made = StatementItem(
            bare.id,
            bare.construction,
            begins["outlet"],
            _published(begins["day"]),
            bare.text,
            bare.attributions,
            expected,
        )
        for one in expected:
            _check(one, made)
    except ValueError as error:
        raise BadRecord(f"{STATEMENTS.name}, item {bare.id}: {error}") from error
    return made


def _blocks(written: str) -> Iterator[tuple[str, list[str]]]:
    header, lines = "", list[str]()
    for line in [*written.split("\n"), "== end =="]:
        if line.startswith("#") or _PART.fullmatch(line):
            if header:
                yield header, lines
            header, lines = line if line.startswith("#") else "", []
        else:
            lines.append(line)


def _published(written: str) -> date | None:
    if written == _NO_DAY:
        return None
    found = _DAY.fullmatch(written)
    if not found:
        raise ValueError(f"write the day as 'Friday 2024-03-08' or '{_NO_DAY}', not {written!r}")
    day = date.fromisoformat(found["day"])
    if f"{day:%A}" != found["weekday"]:
        raise ValueError(f"{day} is a {day:%A}, not a {found['weekday']}")
    return day


def _expected(line: str) -> Expected:
    first, *rest = (part.strip() for part in line.split("|"))
    word, _, of = first.partition(" ")
    if _NUMBER.fullmatch(first):
        word, of = "statement", first
    subject = _SUBJECTS.get(word)
    if subject is None:
        raise ValueError(f"{first!r} is neither a number nor a date, label, persons or speakers")
    if subject in ("persons", "speakers"):
        return Expected(subject, "", {"names": (of.strip(),)})
    fields = dict[str, Answers]()
    for part in rest:
        for name, answers in _field(part).items():
            if name in fields:
                raise ValueError(f"{first} has its {name} twice")
            fields[name] = answers
    return Expected(subject, of.strip(), fields)


def _field(part: str) -> dict[str, Answers]:
    name, _, written = part.partition(" ")
    answers = tuple(answer.strip() for answer in written.split(" or ")) if written else ()
    if name not in _CHOICES["kind"]:
        return {name: answers}
    said_of_it = {"name" if name in _NAMED else "described": answers} if answers else {}
    return {"kind": (name,), **said_of_it}


def _check(one: Expected, of: StatementItem) -> None:
    numbers = {attribution["number"] for attribution in of.attributions}
    if one.subject == "statement" and one.of not in numbers:
        raise ValueError(f"there is no attribution {one.of}")
    if one.subject == "date" and of.text.count(one.of) != 1:
        raise ValueError(f"{one.of!r} is {of.text.count(one.of)} times in the text; a date's words are once")
    if one.subject == "label" and one.of not in of.text:
        raise ValueError(f"{one.of!r} is not in the text")
    for name, answers in one.fields.items():
        if name not in _FIELDS[one.subject]:
            raise ValueError(f"{one} has no field {name!r}")
        if not answers or not all(answers):
            raise ValueError(f"{one} has no answer for {name}")
        for answer in answers:
            _check_answer(f"{one}: {name}", name, answer, of.text, numbers)


def _check_answer(where: str, name: str, answer: str, text: str, numbers: set[str]) -> None:
    if name in _CHOICES and answer not in _CHOICES[name]:
        raise ValueError(f"{where} is {answer!r}, not one of {', '.join(_CHOICES[name])}")
    if name == "said" and not _EDTF.fullmatch(answer):
        raise ValueError(f"{where} is {answer!r}, neither 'open' nor EDTF")
    if name == "by" and answer != "outlet" and answer not in numbers:
        raise ValueError(f"{where} {answer!r} is neither the outlet nor an attribution")
    words = listed(answer) if name in _LISTS else [answer] if name in _WORDS | {"of"} else []
    for one in words:
        if one != "-" and one.strip("()").casefold() not in text.casefold():
            raise ValueError(f"{where}: {one!r} is not in the text")


def listed(answer: str) -> list[str]:
    """The names of a list.

    >>> listed("Mara Lindqvist; (Harbour Council)"), listed("-")
    (['Mara Lindqvist', '(Harbour Council)'], [])
    """
    return [] if answer == "-" else [one.strip() for one in answer.split(";")]
