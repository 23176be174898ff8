"""Text and day of publication → the date expressions in it, each with its value.

Every rule finds its expressions by one pattern; of those that overlap, the one that begins first counts, then
the longest. They are then read in the order of the text, as "that year" is the one named last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date

from quotidian.sentences import sentences
from quotidian.types import Date, Passage
from quotidian.when import calendar
from quotidian.when.calendar import Stretch
from quotidian.when.expressions import clock, counted, days, holidays, often, relative, seasons, years
from quotidian.when.expressions.anchor import Anchor, Reading, Rule
from quotidian.when.expressions.lexicon import GAP, HYPHEN
from quotidian.when.expressions.tense import direction

RULES: tuple[Rule, ...] = (
    *days.RULES,
    *years.RULES,
    *seasons.RULES,
    *holidays.RULES,
    *relative.RULES,
    *counted.RULES,
    *clock.RULES,
    *often.RULES,
)

# Words before a date that belong to it: which part of it, and that it is only about right.
_PART = (
    rf"(?i:(?:(?:the{GAP})?(?:very{GAP})?(?:early|late|mid)|earlier|later|sometime)(?:{HYPHEN}|{GAP}(?:(?:in|on){GAP})?)"
    rf"|(?:the{GAP})?(?:beginning|start|middle|end|close|rest){GAP}of{GAP})"
)
_ABOUT = rf"(?P<about>(?i:around|circa|roughly|approximately){GAP})"
_BEFORE = re.compile(rf"(?<!\w)(?:{_ABOUT}(?:{_PART})?|{_PART})(?i:the{GAP})?$")
_LONGEST_BEFORE = 40
# A day of publication outside of these years is a mistake; nothing is counted from it.
_FIRST_NEWS, _LAST_NEWS = date(1600, 1, 1), date(2900, 12, 31)


def dates(text: str, published: date | None) -> tuple[Date, ...]:
    """The date expressions of a text, in order; none overlap.

    Args:
        text: English text, as the article has it.
        published: the day of publication; without it what is counted from it has a value like "XXXX-WXX-2".
    """
    within = sentences(text)
    starts = [sentence.start for sentence in within]
    is_day_of_news = published is not None and _FIRST_NEWS <= published <= _LAST_NEWS
    anchor = Anchor(published if is_day_of_news else None)
    found: list[Date] = []
    end = 0
    for m, rule in _matches(text):
        if m.start() < end:
            continue
        sentence = within[bisect_right(starts, m.start()) - 1]
        here = replace(anchor, direction=direction(text, sentence, m.start(), m.end()))
        reading = rule.read(m, here)
        if reading is None:
            continue
        start, reading = _with_words_before(text, end, m.start(), reading)
        end = m.end()
        stretch = reading.stretch
        found.append(Date(Passage.of(text, [(start, end)]), reading.type, stretch.timex, stretch.edtf))
        anchor = _after(reading, anchor)
    return tuple(found)


def _matches(text: str) -> list[tuple[re.Match[str], Rule]]:
    """What each rule matches, in the order of the text; of those that begin together the longest first."""
    every = [(m, rule) for rule in RULES for m in rule.pattern.finditer(text)]
    return sorted(every, key=lambda one: (one[0].start(), -one[0].end()))


def _with_words_before(text: str, end: int, start: int, reading: Reading) -> tuple[int, Reading]:
    """Where the expression starts with the words before it that belong to it, and what it means with them."""
    if reading.type not in ("DATE", "TIME"):
        return start, reading
    before = _BEFORE.search(text, max(end, start - _LONGEST_BEFORE), start)
    if before is None:
        return start, reading
    if before["about"]:
        reading = reading._replace(stretch=calendar.about(reading.stretch))
    return before.start(), reading


def _after(reading: Reading, anchor: Anchor) -> Anchor:
    """What later expressions may be counted from."""
    stretch = reading.stretch
    if reading.type == "DURATION" and stretch.timex in _REPORTED_OTHERWISE:
        return replace(anchor, period=None)
    if stretch.first is None:
        return anchor
    return replace(
        anchor,
        named=stretch,
        named_day=stretch if stretch.first == stretch.last else anchor.named_day,
        period=stretch if _is_reported(stretch, anchor.published) else anchor.period,
    )


# After "in the nine months" the "year earlier" is no quarter.
_REPORTED_OTHERWISE = frozenset({"P6M", "P9M", "P1Y"})


def _is_reported(stretch: Stretch, published: date | None) -> bool:
    """Whether results of it are told: a quarter or half that has lately ended, or soon will."""
    if stretch.unit not in ("quarter", "half") or published is None or stretch.last is None:
        return False
    return -31 <= (published - stretch.last).days < 340
