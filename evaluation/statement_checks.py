"""What is written of a golden case's article, held against what a reader made of it, thing by thing.

Names are the same with case and a leading "the" aside; words of the text are right if the shorter is part
of the longer. Arguable names of a list count neither for nor against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evaluation.gold.statements import Answers, Expected, listed
from evaluation.labels import plain, same_name
from evaluation.speakers import PERSONAL
from quotidian.types import Article, Date, Entity, Found, Label, Passage, Said, Statement

Verdict = Literal["right", "silent", "wrong"]
Names = frozenset[str]

_BARE = re.compile(r"^(?:(?:the|a|an)\s+)?(?:so-called\s+)?[\"“‘']?|[\"”’']$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a case: the article, and the statements by their numbers in the markup."""

    article: Article
    statements: Mapping[str, Statement]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is written of an article, beside what the reader made of it.

    It is silent where the reader leaves open, or does not find, what is there.
    """

    of: str
    field: str
    wanted: str
    found: str
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.verdict}: {self.of}, {self.field}: wanted {self.wanted}, found {self.found or '-'}"


def checks(expected: Iterable[Expected], read: Read) -> list[Check]:
    """Every field of what is expected, held against what a reader made of it."""
    return [check for one in expected for check in _checks(one, read)]


def _checks(one: Expected, read: Read) -> Iterator[Check]:
    if one.subject == "label":
        yield _label(one, read)
    elif one.subject == "date":
        place = read.article.text.index(one.of)
        dates = [date for date in read.article.dates if _touches(date, place, place + len(one.of))]
        for field, answers in one.fields.items():
            yield _best(one, field, answers, [str(getattr(date, field)) for date in dates] or [""])
    elif one.subject == "statement":
        for field, answers in one.fields.items():
            yield _of_statement(one, field, answers, read.statements.get(one.of))
    else:
        names = _persons(read.article) if one.subject == "persons" else _speakers(read.article)
        yield _names(one, "names", one.fields["names"], names)


def _of_statement(one: Expected, field: str, answers: Answers, found: Statement | None) -> Check:
    if found is None:
        return Check(str(one), field, " or ".join(answers), "no such attribution", "silent")
    if field == "maybe":
        return _unsure(one, answers, found)
    if field == "kind":
        return _kind(one, answers, found)
    if field in _LISTS:
        return _names(one, field, answers, _LISTS[field](found))
    return _best(one, field, answers, [_TEXTS[field](found)])


def _kind(one: Expected, answers: Answers, found: Statement) -> Check:
    """Right or wrong; silent where somebody who has a name is described, or left out, instead."""
    check = _best(one, "kind", answers, [found.speaker.kind])
    left_open = check.verdict == "wrong" and check.wanted in PERSONAL and not _name(found)
    return replace(check, verdict="silent") if left_open else check


def _best(one: Expected, field: str, answers: Answers, found: Sequence[str]) -> Check:
    """The check of what is right among ``found``, or of the first of them; an empty one is none."""
    same = _SAME.get(field, str.__eq__)
    right = [f for f in found if any(same("" if a in ("-", "open") else a, f) for a in answers)]
    shown = (right or found)[0]
    verdict: Verdict = "right" if right else "wrong" if shown else "silent"
    return Check(str(one), field, " or ".join(answers), shown, verdict)


def _names(one: Expected, field: str, answers: Answers, found: Names) -> Check:
    (answer,) = answers
    sure = {plain(name) for name in listed(answer) if not name.startswith("(")}
    arguable = {plain(name.strip("()")) for name in listed(answer)} - sure
    ours = {plain(name) for name in found}
    verdict: Verdict = "wrong" if ours - sure - arguable else "silent" if sure - ours else "right"
    return Check(str(one), field, answer, "; ".join(sorted(found)), verdict)


def _unsure(one: Expected, answers: Answers, found: Statement) -> Check:
    (answer,) = answers
    who = found.speaker
    candidates = {plain(name) for name in listed(answer)}
    complete = candidates <= {plain(maybe.name) for maybe in who.maybe}
    shown = who.name or "perhaps " + "; ".join(maybe.name for maybe in who.maybe)
    return Check(str(one), "maybe", answer, shown, "wrong" if who.name else "right" if complete else "silent")


def _label(one: Expected, read: Read) -> Check:
    used = [
        (entity, label)
        for entity in read.article.entities
        for label in entity.labels
        if _bare(label.passage.text) == _bare(one.of)
    ]
    right = any(_is_so(one, entity, label, read) for entity, label in used)
    shown = "; ".join(_described(entity, label, read) for entity, label in used)
    wanted = ", ".join(f"{field} {' or '.join(answers)}" for field, answers in one.fields.items())
    return Check(str(one), "label", wanted, shown, "right" if right else "wrong" if used else "silent")


def _is_so(one: Expected, entity: Entity, label: Label, read: Read) -> bool:
    found = {"by": _user(label, read), "marks": " ".join(label.marks) or "-", "form": label.form}
    return any(same_name(name, entity.name) for name in one.fields["of"]) and all(
        found[field] in answers for field, answers in one.fields.items() if field != "of"
    )


def _described(entity: Entity, label: Label, read: Read) -> str:
    return " ".join([entity.name, "by", _user(label, read), label.form, *label.marks])


def _user(label: Label, read: Read) -> str:
    """Who uses a label, as the file says it."""
    if label.by is None:
        return "outlet"
    return next(
        (number for number, one in read.statements.items() if one.attribution.id == label.by), "another"
    )


def _bare(label: str) -> str:
    return _BARE.sub("", label.strip()).casefold()


def _touches(date: Date, start: int, end: int) -> bool:
    return any(a < end and b > start for a, b in date.passage.spans)


def _persons(article: Article) -> Names:
    return frozenset(
        one.name
        for one in article.entities
        if one.type == "person" and any(label.form == "name" for label in one.labels)
    )


def _speakers(article: Article) -> Names:
    return frozenset(name for one in article.statements if (name := _name(one)))


def _words(found: Found | Passage | None) -> str:
    passage = found.passage if isinstance(found, Found) else found
    return passage.text if passage else ""


def _name(one: Statement) -> str:
    """The speaker's own name; words that describe a group or somebody unnamed are none."""
    return one.speaker.name or "" if one.speaker.kind in PERSONAL else ""


def _said(said: Said) -> str:
    return said.edtf or "" if said.from_ in ("words", "context") else ""


def _part(answer: str, found: str) -> bool:
    answer, found = answer.casefold(), found.casefold()
    return (answer in found or found in answer) if answer and found else answer == found


# What a statement says in each field, as the file would say it; empty where it says nothing.
_TEXTS: dict[str, Callable[[Statement], str]] = {
    "name": _name,
    "described": lambda one: one.speaker.name or "",
    "role": lambda one: _words(one.speaker.role),
    "org": lambda one: _words(one.speaker.organisation),
    "via": lambda one: _words(one.via),
    "because": lambda one: _words(one.speaker.unnamed_because),
    "said": lambda one: _said(one.said),
    "act": lambda one: ("not " if one.act.negated else "") + one.act.value,
    "stance": lambda one: one.stance.value,
}
_LISTS: dict[str, Callable[[Statement], Names]] = {
    "also": lambda one: frozenset(who.name for who in one.speaker.also),
    "about": lambda one: frozenset(who.name for who in one.about),
}
_SAME: dict[str, Callable[[str, str], bool]] = {
    "name": same_name,
    **dict.fromkeys(("described", "role", "org", "via", "because"), _part),
}
