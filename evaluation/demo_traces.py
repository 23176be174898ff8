"""What the archive shows of utterances and copies on the demonstration, against the gold beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from evaluation.demo_copies import copies, stray_copies
from evaluation.demo_told import Gold, Moment, Reported, Shown, Told, article_of
from evaluation.score import Rate
from evaluation.shares import Share, share
from quotidian.store.values import Hit, Utterance, UtteranceReport
from quotidian.types import Passage


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of traces: shares of what is right, pairs joined, and what is not right in words."""

    pairs: Rate
    shares: Mapping[str, Share]
    listed: Mapping[str, Sequence[str]]


def measured(before: Moment, now: Moment) -> Measured:
    """All that is measured of traces."""
    gold = Gold(before, now)
    missing = [
        report
        for one in gold.utterances
        for report in one.reports
        if (moment := gold.moment(report.page)) is None or moment.found(report.ref) is None
    ]
    joined = list(_joined(gold))
    given = list(_judged(gold))
    conflicts, stray = list(_conflicts(gold)), list(_stray(gold))
    ways = list(_ways(gold))
    parts = {
        "first report": list(_first(gold)),
        "credited to": list(_facts(gold, _credited)),
        "hands": list(_facts(gold, _hands)),
        "conflicts shown": conflicts,
        "copies": list(copies(gold)),
        "kind of change": list(_changes(gold)),
        "how it came by the words": [(ok, line) for ok, line in ways if ok is not None],
    }
    right = sum(ok for ok, _ in joined)
    return Measured(
        pairs=Rate(
            right=sum(ok is True for ok, _ in given),
            given=sum(ok is not None for ok, _ in given),
            found=right,
            wanted=len(joined),
        ),
        shares={
            "reports found by reading": share(
                sum(len(one.reports) for one in gold.utterances) - len(missing),
                sum(len(one.reports) for one in gold.utterances),
            ),
            **{name: share(sum(ok for ok, _ in found), len(found)) for name, found in parts.items()},
        },
        listed={
            "Reports that reading did not find": [report.words for report in missing],
            "Pairs not joined": [line for ok, line in joined if not ok],
            "Pairs joined, and not one": [line for ok, line in given if ok is False],
            "Pairs joined of what the gold has not": [line for ok, line in given if ok is None],
            "Conflicts that are none": stray,
            "Copies that are none": list(stray_copies(gold)),
            "Unsure how it came by the words": [line for ok, line in ways if ok is None],
            **{f"Not right: {name}": [line for ok, line in found if not ok] for name, found in parts.items()},
        },
    )


# --- pairs --------------------------------------------------------------------------------------


def _joined(gold: Gold) -> Iterator[tuple[bool, str]]:
    """Each pair that is to be joined, and whether it is."""
    for one, a, b in gold.pairs():
        moment = gold.moment(a.page, b.page)
        if moment is None:
            continue
        unread = [report.statement for report in (a, b) if moment.found(report.ref) is None]
        note = f" (reading did not find {', '.join(unread)})" if unread else ""
        ok = next(moment.together(a.ref, b.ref), None) is not None
        yield ok, f"{one.id}: {a.words}\n      {b.words}{note}"


def _together(gold: Gold) -> Iterator[tuple[Moment, UtteranceReport, UtteranceReport]]:
    """Each pair of reports that an utterance joins, once; of the first archive what the last has not."""
    for moment in (gold.now, gold.before):
        seen = set()
        for one in moment.utterances:
            for a, b in combinations(one.reports, 2):
                pages = moment.page_of(a.hit), moment.page_of(b.hit)
                if a.hit.article.id == b.hit.article.id or gold.moment(*pages) is not moment:
                    continue
                if (a.hit.id, b.hit.id) not in seen:
                    seen.add((a.hit.id, b.hit.id))
                    yield moment, a, b


def _judged(gold: Gold) -> Iterator[tuple[bool | None, str]]:
    """The pairs that are joined, and whether the gold has them as one.

    None where the gold has one of the two statements not at all: reading made it, not joining.
    """
    for moment, a, b in _together(gold):
        of_a, of_b = moment.refs(a.hit, a.content), moment.refs(b.hit, b.content)
        one = any(gold.are_one(x, y) for x, y in product(of_a, of_b))
        line = f"{_said(moment, a.hit, a.content)}\n      {_said(moment, b.hit, b.content)}"
        yield one if of_a and of_b else None, line


# --- what is told of a report ---------------------------------------------------------------------


def _reports(gold: Gold) -> Iterator[tuple[Told, Reported, Moment, Shown]]:
    """The gold's reports that were found, where they are shown."""
    for one in gold.utterances:
        for report in one.reports:
            moment = gold.moment(report.page)
            hit = moment.found(report.ref) if moment else None
            if moment is None or hit is None:
                continue
            places = [place for place in moment.shown.get(report.ref, ()) if place.report.hit.id == hit.id]
            alone = moment.archive.utterance(moment.archive.utterances_of(hit.id)[0])
            places += [Shown(alone, part) for part in alone.reports if part.hit.id == hit.id]
            yield one, report, moment, places[0]


def _facts(
    gold: Gold, of: Callable[[Reported, UtteranceReport], tuple[object, object]]
) -> Iterator[tuple[bool, str]]:
    for one, report, _, shown in _reports(gold):
        wanted, given = of(report, shown.report)
        yield wanted == given, f"{one.id}: {report.words}\n      is {given}, the gold has {wanted}"


def _credited(wanted: Reported, given: UtteranceReport) -> tuple[str | None, str | None]:
    return wanted.credited_to, given.credited_to.name if given.credited_to else None


def _hands(wanted: Reported, given: UtteranceReport) -> tuple[int, int]:
    return wanted.depth, given.depth


def _first(gold: Gold) -> Iterator[tuple[bool, str]]:
    """For each side of an utterance that several articles have: whether its first report is the gold's."""
    for one in gold.utterances:
        for side in one.sides:
            for moment in (gold.now, gold.before):
                reports = [report for report in one.reports if report.ref in side and moment.has(report.page)]
                told = [report for report in reports if moment.found(report.ref)]
                fresh = moment is gold.now or any(not gold.now.has(report.page) for report in reports)
                if len({report.article for report in told}) < 2 or not fresh:
                    continue
                # A page that changed shows when it first had the words.
                wanted = next(report for report in one.reports if report.ref in side).article
                places: dict[str, tuple[int, Utterance]] = {}
                for report in told:
                    for place in moment.shown.get(report.ref, ()):
                        count, _ = places.get(place.utterance.head.id, (0, place.utterance))
                        places[place.utterance.head.id] = (count + 1, place.utterance)
                if not places:
                    continue
                _, shown = max(places.values(), key=lambda place: (place[0], len(place[1].reports)))
                first = shown.reports[0]
                said = _said(moment, first.hit, first.content)
                right = article_of(moment.page_of(first.hit)) == wanted
                yield right, f"{one.id}: {said}\n      {wanted} has it first"


# --- links ----------------------------------------------------------------------------------------


def _links(gold: Gold) -> Iterator[tuple[Told, Mapping[str, str], Moment, Reported, Reported]]:
    """The gold's links between different articles, where both ends were found."""
    for one in gold.utterances:
        of = {report.ref: report for report in one.reports}
        for link in one.links:
            a, b = of[link["from"]], of[link["to"]]
            moment = gold.moment(a.page, b.page)
            if a.article != b.article and moment and moment.found(a.ref) and moment.found(b.ref):
                yield one, link, moment, a, b


def _changes(gold: Gold) -> Iterator[tuple[bool, str]]:
    """Of the links whose ends are shown together or as contradicting each other: the kind of change."""
    for one, link, moment, a, b in _links(gold):
        found = _change(moment, a.ref, b.ref)
        if found is not None:
            yield (
                found == link["change"],
                f"{one.id}: {a.words}\n      {b.words}\n      is {found}, the gold has {link['change']}",
            )


def _change(moment: Moment, a: str, b: str) -> str | None:
    if moment.apart(a, b) is not None:
        return "meaning"
    for one, other in moment.together(a, b):
        if other.report.alignment and one.utterance.reports[0].hit.id == one.report.hit.id:
            return other.report.alignment.change
        pair = {one.report.hit.id, other.report.hit.id}
        for link in one.utterance.links:
            if {link.a, link.b} == pair:
                return link.change
    return None


def _ways(gold: Gold) -> Iterator[tuple[bool | None, str]]:
    """Of the links whose ends are shown together: whether the later took its words from the earlier.

    None where the archive says that it may be either.
    """
    for one, link, moment, a, b in _links(gold):
        for earlier, later in moment.together(a.ref, b.ref):
            report = later.report
            taken = {shown.hit.id: shown.hit for shown in earlier.utterance.reports}
            after = taken[report.follows].article.id if report.follows in taken else None
            ok = report.relation == link["rule"] and after in (None, earlier.report.hit.article.id)
            note = f" after {moment.page_of(taken[report.follows])}" if report.follows in taken else ""
            line = f"is {report.relation}{note}, the gold has {link['rule']}"
            yield (
                None if report.relation == "unsure" else ok,
                f"{one.id}: {a.words}\n      {b.words}\n      {line}",
            )
            break


def _conflicts(gold: Gold) -> Iterator[tuple[bool, str]]:
    """Each contradiction of the gold, and whether any report of one side is shown beside one of the other.

    What a page said before it was changed stands beside what it says now on the page's own history.
    """
    for one in gold.utterances:
        of = {ref: side for side in one.sides for ref in side}
        page = {report.ref: report.article for report in one.reports}
        for a, b in one.conflicts:
            if len({page[ref] for ref in (*of[a], *of[b])}) == 1:
                continue
            sides = list(product(of[a], of[b]))
            shown = any(moment.apart(x, y) for moment in (gold.now, gold.before) for x, y in sides)
            words = {report.ref: report.words for report in one.reports}
            yield shown, f"{one.id}: {words[a]}\n      {words[b]}"


def _stray(gold: Gold) -> Iterator[str]:
    """Contradictions that the archive shows and the gold has not."""
    seen = set()
    for moment in (gold.now, gold.before):
        for one in moment.utterances:
            for hit, link in one.conflicting:
                report = next(r for r in one.reports if r.hit.id in (link.a, link.b))
                pair = (moment is gold.now, frozenset((hit.id, report.hit.id)))
                pages = moment.page_of(hit), moment.page_of(report.hit)
                if pair in seen or gold.moment(*pages) is not moment:
                    continue
                seen.add(pair)
                mine, theirs = moment.refs(report.hit, report.content), moment.refs(hit, hit.content)
                if not any(gold.contradict(x, y) for x, y in product(mine, theirs)):
                    yield (
                        f"{_said(moment, report.hit, report.content)}\n"
                        f"      {_said(moment, hit, hit.content)} ({link.conflict})"
                    )


def _said(moment: Moment, hit: Hit, content: Passage) -> str:
    who = hit.source.text if hit.source else "nobody"
    return f"{moment.page_of(hit)}: {who}: {content.text}"
