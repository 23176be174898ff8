"""What the demonstration's gold says of utterances and of copies, and what of it an archive shows.

The gold has later versions of pages as reports of their own, and an archive traces the last version of a
page. So there are two archives: of the pages as they stood at first, and of all. What the gold says of a
version is looked for where that version is the last; nothing counts twice. Two versions of a page are no
pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Any

from evaluation.demo_gold import Page, rows
from evaluation.demo_statements import Paired, paired
from evaluation.words import Words
from quotidian.store import Archive
from quotidian.store.values import Hit, Utterance, UtteranceLink, UtteranceReport
from quotidian.types import Passage

_HALF = 0.5


def article_of(page: str) -> str:
    """The page that another one is a version of; itself where it is the first.

    >>> article_of("echo/2031-05-02-ferry.v2.html"), article_of("echo/2031-05-02-ferry.html")
    ('echo/2031-05-02-ferry.html', 'echo/2031-05-02-ferry.html')
    """
    return page.replace(".v2.html", ".html")


@dataclass(frozen=True, slots=True)
class Reported:
    """A report of an utterance in the gold: a statement of a page, whom it credits, and hands between."""

    page: str
    statement: str
    credited_to: str | None
    depth: int
    arguable: bool
    words: str

    @property
    def ref(self) -> str:
        """Its name in the links of the gold."""
        return f"{self.page}#{self.statement}"

    @property
    def article(self) -> str:
        """The first version of its page."""
        return article_of(self.page)


@dataclass(frozen=True, slots=True)
class Told:
    """An utterance of the gold."""

    id: str
    reports: tuple[Reported, ...]
    links: tuple[Mapping[str, str], ...]
    conflicts: tuple[tuple[str, str], ...]

    @property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The reports that are one, by their names. A contradiction parts what follows of its two ends."""
        side = {report.ref: report.ref for report in self.reports}

        def top(ref: str) -> str:
            while side[ref] != ref:
                ref = side[ref]
            return ref

        apart = {frozenset(pair) for pair in self.conflicts}
        for link in self.links:
            if frozenset((link["from"], link["to"])) not in apart:
                side[top(link["to"])] = top(link["from"])
        made: dict[str, list[str]] = {}
        for report in self.reports:
            made.setdefault(top(report.ref), []).append(report.ref)
        return tuple(map(tuple, made.values()))


@dataclass(frozen=True, slots=True)
class CopyTold:
    """A page of the gold that is copied from another, and the outlet that it credits."""

    page: str
    to: str
    kind: str
    credited_to: str | None
    version_of: bool


def utterances() -> tuple[Told, ...]:
    """The gold's utterances."""
    statements = {
        f"{page['page']}#{one['id']}": one for page in rows("articles.jsonl") for one in page["statements"]
    }
    return tuple(_told(row, statements) for row in rows("utterances.jsonl"))


def _told(row: Mapping[str, Any], statements: Mapping[str, Mapping[str, Any]]) -> Told:
    reports = []
    for one in row["reports"]:
        statement = statements[f"{one['page']}#{one['statement']}"]
        words = f"{one['page']}: {statement['source']}: {' … '.join(statement['content'])}"
        reports.append(
            Reported(
                one["page"],
                one["statement"],
                one["credited_to"],
                one["depth"],
                bool(one.get("arguable")),
                words,
            )
        )
    conflicts = tuple((one["between"][0], one["between"][1]) for one in row["conflicts"])
    return Told(row["id"], tuple(reports), tuple(row["links"]), conflicts)


def copies() -> tuple[CopyTold, ...]:
    """The gold's copies."""
    return tuple(
        CopyTold(row["from"], row["to"], row["kind"], row["credited_to"], bool(row.get("version_of")))
        for row in rows("copies.jsonl")
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as the archive shows it, in its utterance."""

    utterance: Utterance
    report: UtteranceReport


class Moment:
    """An archive that was joined, and which of the gold's reports its utterances have."""

    def __init__(self, archive: Archive, pages: Sequence[Page]):
        self.archive = archive
        self.pages = {page.name: page for page in pages if page.current}
        self._articles = {page.stored.head.id: page for page in self.pages.values()}
        self._hits = {f"{one.page}#{one.gold.id}": self._level(one) for one in paired(self.pages.values())}

    def _level(self, one: Paired) -> Hit | None:
        """The statement found for one of the gold; not one inside it, where its own stands there too."""
        if one.hit is None or one.hit.depth == 0 or one.gold.row["depth"]:
            return one.hit
        outer = (
            hit for hit in self.pages[one.page].hits if hit.depth == 0 and hit.content.holds(one.hit.content)
        )
        return next(outer, one.hit)

    def has(self, page: str) -> bool:
        """Whether this version of a page is what this archive traces."""
        return page in self.pages

    def found(self, ref: str) -> Hit | None:
        """The statement that one of the gold was found as."""
        return self._hits.get(ref)

    def page_of(self, hit: Hit) -> str:
        """The page on which a statement stands."""
        return self._articles[hit.article.id].name

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        """All, those of a single report too."""
        return tuple(self.archive.every_utterance())

    @cached_property
    def shown(self) -> dict[str, list[Shown]]:
        """Where each report of the gold is found, by its words."""
        made: dict[str, list[Shown]] = {}
        for one in self.utterances:
            for report in one.reports:
                for ref in self.refs(report.hit, report.content):
                    made.setdefault(ref, []).append(Shown(one, report))
        return made

    def refs(self, hit: Hit, content: Passage) -> tuple[str, ...]:
        """The statements of the gold that have half of the words of some content, or half of theirs in it."""
        page = self._articles[hit.article.id]
        words = self._words(page)
        mine = words.covered(content.spans)
        return tuple(
            f"{page.name}#{gold.id}"
            for gold in page.gold
            if (theirs := words.covered(gold.content))
            and len(mine & theirs) >= max(1.0, _HALF * min(len(mine), len(theirs)))
        )

    def _words(self, page: Page) -> Words:
        return self._words_of.setdefault(page.name, Words(page.text))

    @cached_property
    def _words_of(self) -> dict[str, Words]:
        return {}

    def together(self, a: str, b: str) -> Iterator[tuple[Shown, Shown]]:
        """Where two reports of the gold are shown in one utterance."""
        for one, other in product(self.shown.get(a, ()), self.shown.get(b, ())):
            if one.utterance.head.id == other.utterance.head.id and one.report.hit.id != other.report.hit.id:
                yield one, other

    def apart(self, a: str, b: str) -> UtteranceLink | None:
        """The link that shows two reports of the gold as contradicting each other."""
        for mine, theirs in ((a, b), (b, a)):
            for one in self.shown.get(mine, ()):
                for hit, link in one.utterance.conflicting:
                    if theirs in self.refs(hit, hit.content):
                        return link
        return None


class Gold:
    """The gold's utterances, and which archive each of their reports is looked for in."""

    def __init__(self, before: Moment, now: Moment):
        self.before = before
        self.now = now
        self.utterances = utterances()
        self.side: dict[str, list[tuple[str, int]]] = {}
        self.arguable: set[str] = set()
        for one in self.utterances:
            for number, side in enumerate(one.sides):
                for ref in side:
                    self.side.setdefault(ref, []).append((one.id, number))
            self.arguable |= {report.ref for report in one.reports if report.arguable}

    def moment(self, *pages: str) -> Moment | None:
        """The archive that has all these pages, the later one if both do."""
        return next((one for one in (self.now, self.before) if all(map(one.has, pages))), None)

    def pairs(self) -> Iterator[tuple[Told, Reported, Reported]]:
        """Reports of different articles that are to be joined; those that are arguable left out."""
        for one in self.utterances:
            for side in one.sides:
                reports = [report for report in one.reports if report.ref in side and not report.arguable]
                for a, b in combinations(reports, 2):
                    if a.article != b.article:
                        yield one, a, b

    def are_one(self, a: str, b: str) -> bool:
        """Whether two reports are of one utterance, and on the same side of it."""
        return bool(set(self.side.get(a, ())) & set(self.side.get(b, ())))

    def contradict(self, a: str, b: str) -> bool:
        """Whether two reports are of one utterance and kept apart."""
        mine, theirs = self.side.get(a, ()), self.side.get(b, ())
        return any(x[0] == y[0] and x[1] != y[1] for x, y in product(mine, theirs))
