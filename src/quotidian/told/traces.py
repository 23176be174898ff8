"""A trace in words: of each report when it appeared, from whom, with which words; and what contradicts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.store.values import Hit, Utterance, UtteranceLink, UtteranceReport
from quotidian.told import words
from quotidian.told.aligned import CHANGES, CONFLICTS, Piece, how, meanings, pieces, sides
from quotidian.told.times import interval, rests_on
from quotidian.trace.alignment import aligned
from quotidian.trace.values import CreditKind, Rule
from quotidian.write import wording

CREDITS: dict[CreditKind, str] = {
    "speaker": "the speaker, heard directly",
    "outlet": "another outlet",
    "agency": "an agency",
    "nobody": "nobody",
}
RULES: dict[Rule, str] = {
    "quotation": "the same words",
    "paraphrase": "the same in other words",
    "review": "a person decided",
}


@dataclass(frozen=True, slots=True)
class Joint:
    """Why two reports are taken for one act of saying; ``a`` and ``b`` are their numbers."""

    a: int
    b: int
    link: UtteranceLink

    @property
    def rule(self) -> str:
        """What joins them."""
        return RULES[self.link.rule]

    @property
    def change(self) -> str:
        """How their words differ."""
        return CHANGES[self.link.change]


@dataclass(frozen=True, slots=True)
class Told:
    """A report with all that is said of it."""

    number: int
    report: UtteranceReport
    when: str
    rests_on: str
    relation: str
    credit: str
    hands: str
    how: str
    meanings: tuple[str, ...]
    wording: tuple[Piece, ...]
    joint: Joint | None

    @property
    def outlet(self) -> str:
        """The outlet's name."""
        return outlet_of(self.report.hit)


@dataclass(frozen=True, slots=True)
class Against:
    """A statement kept apart, beside the report that it contradicts, and what differs."""

    mine: Told
    hit: Hit
    link: UtteranceLink
    what: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def told(utterance: Utterance) -> tuple[Told, ...]:
    """The reports, numbered from 1 in the order in which they appeared."""
    reports = utterance.reports
    numbers = {report.hit.id: number for number, report in enumerate(reports, start=1)}
    joints = joined(utterance)
    return tuple(_told(number, report, reports, numbers, joints) for number, report in enumerate(reports, 1))


def joined(utterance: Utterance) -> tuple[Joint, ...]:
    """The links by the numbers of their reports, the earlier report first."""
    numbers = {report.hit.id: number for number, report in enumerate(utterance.reports, start=1)}
    found = []
    for link in utterance.links:
        if link.a in numbers and link.b in numbers:
            a, b = sorted((numbers[link.a], numbers[link.b]))
            found.append(Joint(a, b, link))
    return tuple(sorted(found, key=lambda joint: (joint.a, joint.b)))


def against(utterance: Utterance, listed: Sequence[Told]) -> tuple[Against, ...]:
    """What contradicts it, each beside the report that it contradicts."""
    of = {one.report.hit.id: one for one in listed}
    found = []
    for hit, link in utterance.conflicting:
        mine = of.get(link.b if link.a == hit.id else link.a, listed[0])
        first, second = mine.report.content.text, hit.content.text
        beside = aligned(first, second, directness=(mine.report.hit.directness, hit.directness))
        before, after = sides(beside, first, second)
        what = CONFLICTS[link.conflict] if link.conflict else "it differs"
        found.append(Against(mine, hit, link, what, before, after))
    return tuple(found)


def speakers(utterance: Utterance) -> tuple[tuple[str, int], ...]:
    """Whom the reports say that it is by, the most often first; one alone where they agree."""
    counts = Counter(
        one.hit.speaker.name if one.hit.speaker else words.nobody(one.hit) for one in utterance.reports
    )
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def days_said(utterance: Utterance) -> tuple[str, ...]:
    """The days on which the reports say that it was said, in words, each once."""
    return tuple(dict.fromkeys(said for one in utterance.reports if (said := words.said(one.hit))))


def rivals(listed: Sequence[Told]) -> tuple[Told, ...]:
    """Later reports that may have appeared before the first: their times overlap with its.

    What stands in the article of the first report is no rival to it.
    """
    of = listed[0].report.hit.article.id
    return tuple(one for one in listed[1:] if one.report.may_be_first and one.report.hit.article.id != of)


def outlet_of(hit: Hit) -> str:
    """The name of a statement's outlet."""
    return hit.article.outlet.name if hit.article.outlet else "An outlet not named"


def _told(
    number: int,
    report: UtteranceReport,
    reports: Sequence[UtteranceReport],
    numbers: dict[int, int],
    joints: Sequence[Joint],
) -> Told:
    first, alignment = reports[0].content.text, report.alignment
    mine = [joint for joint in joints if joint.b == number]
    return Told(
        number=number,
        report=report,
        when=interval(report.appeared),
        rests_on=rests_on(report.appeared),
        relation=_relation(report, reports, numbers),
        credit=_credit(report),
        hands=_hands(report.depth),
        how=how(report),
        meanings=tuple(meanings(alignment.conflicts)) if alignment else (),
        wording=pieces(alignment, first, report.content.text) if alignment else (),
        joint=max(mine, key=lambda joint: joint.link.score, default=None),
    )


def _relation(report: UtteranceReport, reports: Sequence[UtteranceReport], numbers: dict[int, int]) -> str:
    number = numbers.get(report.follows or 0)
    source = f"report {number}, {outlet_of(reports[number - 1].hit)}" if number else "an earlier report"
    here = next(one for one in reports if one.hit.article.id == report.hit.article.id)
    if here is not report and report.relation in ("independent", "unsure"):
        return f"In the same article as report {numbers[here.hit.id]}"
    match report.relation:
        case "first":
            return "First in this archive"
        case "copy" if report.credit.kind == "agency":
            return f"Copied from the wire: it has the text of {source}"
        case "copy":
            return f"Copied: it has the text of {source}"
        case "credit":
            return f"Taken from {source}, which it names"
        case "independent" if report.credit.kind == "speaker":
            return "Reported independently: it heard the speaker, by its own account"
        case "independent":
            return "Reported independently, as far as its words tell: no earlier report has all of them"
    return "Unsure whether copied or independent: its words are in earlier reports, and it names no source"


def _credit(report: UtteranceReport) -> str:
    name = report.credited_to.name if report.credited_to else report.credit.name
    written = report.credit.name
    as_written = f", as “{written}”" if written and name != written else ""
    return f"{CREDITS[report.credit.kind]}{f': {name}{as_written}' if name else ''}"


def _hands(depth: int) -> str:
    if not depth:
        return "none that the text tells of"
    return f"{words.counted(depth, 'hand')}, by the text’s own account"


def named(count: Sequence[tuple[str, int]]) -> str:
    """Speakers with their counts, as people list them.

    >>> named([("Anna Moor", 2), ("nobody named", 1)])
    'Anna Moor (2 reports) and nobody named (1 report)'
    """
    return wording.listed([f"{name} ({words.counted(number, 'report')})" for name, number in count])
