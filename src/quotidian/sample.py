"""A random sheet of statements to check by hand, and the precision that a checked sheet gives.

The sheet is drawn without knowing how many statements there are, one pass, every statement with
the same chance: reservoir sampling, algorithm R (J. S. Vitter, "Random sampling with a reservoir",
ACM Transactions on Mathematical Software 11(1), 1985). Intervals are score intervals at 95%
(E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
the American Statistical Association 22, 1927): they hold for small samples and for shares near 0
and 1, where the usual plus-or-minus does not.
"""

from __future__ import annotations

import csv as plain_csv
import io
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from quotidian.errors import UsageError
from quotidian.types import Article, Attribution, Statement
from quotidian.write import csv, wording
from quotidian.write.jsonl import CONFIDENCE_PLACES
from quotidian.write.segments import marks, segments, with_statements

QUESTIONS = ("source_right", "content_right", "whole_right", "speaker_right")
# Sheets that version 0.1 drew do not ask for the speaker.
_ALWAYS_ASKED = QUESTIONS[:3]
COLUMNS = (
    "context",
    "speaker",
    "source",
    "cue",
    "content",
    *QUESTIONS,
    "note",
    "directness",
    "depth",
    "outlet",
    "title",
    "published",
    "url",
    "origin",
    "article_id",
    "attribution_id",
    "confidence",
    "kind",
    "role",
    "organisation",
    "via",
    "about",
    "said",
    "act",
    "speaker_confidence",
)
# Code points either side of a statement where no sentence ends sooner.
LONGEST_CONTEXT = 200
WIDEST_NAME = 32
BYTE_ORDER_MARK = "\ufeff"
Z_95 = 1.959963984540054

Verdict = Literal["right", "wrong", "unsure", "empty"]
_VERDICTS: dict[str, Verdict] = {
    "y": "right",
    "yes": "right",
    "n": "wrong",
    "no": "wrong",
    "?": "unsure",
    "": "empty",
}
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|[\r\n]+")
_SIGNS = {"source": "⟨⟩", "cue": "‹›", "content": "⟦⟧"}


class Drawn(NamedTuple):
    """What was drawn: a row a statement in the order of the input, and how many there were."""

    rows: list[dict[str, str]]
    statements: int
    articles: int


@dataclass(slots=True)
class Tally:
    """How often a question was answered how."""

    counts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        """Answers that were y or n: what precision is taken over."""
        return self.counts["right"] + self.counts["wrong"]

    @property
    def precision(self) -> float | None:
        """The share of y among y and n; None without either."""
        return self.counts["right"] / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval at 95%; None without an answer."""
        return wilson(self.counts["right"], self.decided) if self.decided else None


Tallies = Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Score:
    """What a filled sheet says: a tally for each question, overall and in groups."""

    rows: int
    overall: Tallies
    by_outlet: Mapping[str, Tallies]
    by_directness: Mapping[str, Tallies]
    problems: tuple[str, ...]


def draw(articles: Iterable[Article], count: int, seed: int) -> Drawn:
    """Draw ``count`` statements (all, where there are fewer), each with the same chance.

    The same articles in the same order and the same ``seed`` give the same sheet.
    """
    chance = random.Random(seed)
    kept: list[tuple[int, dict[str, str]]] = []
    read = statements = 0
    for article in articles:
        read += 1
        for found, told in with_statements(article):
            place = statements if statements < count else chance.randrange(statements + 1)
            statements += 1
            if place < count:
                kept[place : place + 1] = [(statements, row(article, found, told))]
    return Drawn([cells for _, cells in sorted(kept, key=lambda drawn: drawn[0])], statements, read)


def row(article: Article, found: Attribution, told: Statement | None) -> dict[str, str]:
    """A statement's row of the sheet, its questions unanswered; ``told`` None where no more was read."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        "context": context(article.text, found),
        "source": found.source.text if found.source else "",
        "cue": found.cue.text,
        "content": found.content.text,
        "directness": found.directness,
        "depth": str(found.depth),
        "outlet": article.outlet or "",
        "title": article.title or "",
        "published": article.published or "",
        "url": article.url or "",
        "origin": article.origin or "",
        "article_id": article.id,
        "attribution_id": found.id,
        "confidence": str(round(found.confidence, CONFIDENCE_PLACES)),
        **(_told(told) if told else {}),
    }


def _told(statement: Statement) -> dict[str, str]:
    of_statement = dict(zip(csv.OF_STATEMENTS, csv.told(statement), strict=True))
    shared = {name: cell for name, cell in of_statement.items() if name in COLUMNS}
    return {**shared, "speaker": wording.speaker(statement.speaker)}


def context(text: str, found: Attribution) -> str:
    """The sentences around a statement, on one line, with its parts in brackets."""
    own = marks([found])
    start, end = _around(text, min(mark.start for mark in own), max(mark.end for mark in own))
    shown = []
    for piece in segments(len(text), own, (start, end)):
        if start <= piece.start < end:
            opened = (_SIGNS[mark.role][0] for mark in piece.marks if mark.start == piece.start)
            closed = (_SIGNS[mark.role][1] for mark in reversed(piece.marks) if mark.end == piece.end)
            shown += [*opened, text[piece.start : piece.end], *closed]
    return " ".join("".join(shown).split())


def sheet(rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as a CSV file that spreadsheets open as UTF-8, formulas guarded."""
    return BYTE_ORDER_MARK + csv.joined([COLUMNS, *([cells[name] for name in COLUMNS] for cells in rows)])


def read_sheet(content: bytes) -> list[dict[str, str]]:
    """The rows of a sheet as a spreadsheet saved it: comma, semicolon or tab; UTF-8, UTF-16, Windows-1252.

    Raises:
        UsageError: it is no sheet of ours; the message says which column is missing.
    """
    text = _decoded(content)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        rows = list(csv.read(io.StringIO(text, newline=""), delimiter))
    except plain_csv.Error as error:
        raise UsageError(f"not a CSV file: {error}") from error
    columns = next(plain_csv.reader([first_line], delimiter=delimiter), [])
    missing = [
        name for name in (*_ALWAYS_ASKED, "directness", "outlet") if name not in map(str.strip, columns)
    ]
    if missing:
        raise UsageError(f"no sheet that `quotidian sample` made: no column {', '.join(missing)}")
    return rows


def score(rows: Iterable[Mapping[str, str]]) -> Score:
    """Count the answers; one that is none of y, n and ? is a problem, named by its row."""
    overall = _tallies()
    by_outlet: defaultdict[str, dict[str, Tally]] = defaultdict(_tallies)
    by_directness: defaultdict[str, dict[str, Tally]] = defaultdict(_tallies)
    problems = []
    number = 1
    for number, cells in enumerate(rows, start=2):
        groups = (overall, by_outlet[cells.get("outlet", "")], by_directness[cells.get("directness", "")])
        for question in QUESTIONS:
            mark = cells.get(question, "").strip()
            verdict = _VERDICTS.get(mark.casefold())
            if verdict is None:
                problems.append(f"row {number}, {question}: {mark!r} is none of y, n and ?")
                continue
            for group in groups:
                group[question].counts[verdict] += 1
    return Score(number - 1, overall, dict(by_outlet), dict(by_directness), tuple(problems))


def wilson(right: int, decided: int) -> tuple[float, float]:
    """Wilson's score interval at 95% for ``right`` of ``decided``; of none, all from 0 to 1.

    >>> low, high = wilson(8, 10)
    >>> f"{low:.4f} {high:.4f}"
    '0.4902 0.9433'
    """
    if not decided:
        return 0.0, 1.0
    share, square = right / decided, Z_95**2
    middle = share + square / (2 * decided)
    spread = Z_95 * math.sqrt(share * (1 - share) / decided + square / (4 * decided**2))
    scale = 1 + square / decided
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def lines(score: Score) -> Iterator[str]:
    """The score as a table of plain text: precision, its 95% interval, right of decided."""
    parts: list[list[tuple[str, Tallies]]] = [
        [(f"{score.rows:,} rows", score.overall)],
        [(kind or "(none)", tallies) for kind, tallies in sorted(score.by_directness.items())],
        [(outlet or "(no outlet)", tallies) for outlet, tallies in sorted(score.by_outlet.items())],
    ]
    width = min(WIDEST_NAME, max(len(name) for part in parts for name, _ in part))
    yield "".join((" " * width, *(f"  {question:<27}" for question in QUESTIONS))).rstrip()
    for part in parts:
        for name, tallies in part:
            cells = (f"  {_cell(tallies[question]):<27}" for question in QUESTIONS)
            yield "".join((f"{name[:width]:{width}}", *cells)).rstrip()
        yield ""
    yield "Precision, its 95% interval (Wilson), and right of decided (y of y and n). Not counted:"
    for question in QUESTIONS:
        counts = score.overall[question].counts
        yield f"  {question}: {counts['unsure']} unsure (?), {counts['empty']} left empty"


def _cell(tally: Tally) -> str:
    if tally.precision is None or tally.interval is None:
        return "     -"
    low, high = (f"{100 * bound:.1f}" for bound in tally.interval)
    return f"{tally.precision:6.1%} {f'({low}-{high})':<13} {tally.counts['right']:>3}/{tally.decided}"


def _tallies() -> dict[str, Tally]:
    return {question: Tally() for question in QUESTIONS}


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    earliest, latest = max(0, start - LONGEST_CONTEXT), min(len(text), end + LONGEST_CONTEXT)
    before = [found.end() for found in _SENTENCE_END.finditer(text, earliest, start)]
    after = _SENTENCE_END.search(text, max(start, end - 2), latest)
    while after and after.end() < end:
        after = _SENTENCE_END.search(text, after.end(), latest)
    return before[-1] if before else earliest, after.end() if after else latest


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
