"""Which date of a sentence is the day of the saying, and not of something else: the words' own evidence.

"Lindqvist said Tuesday", "On Tuesday, Lindqvist said" and "in a 2014 letter Lindqvist wrote" date the saying;
"Lindqvist, who resigned on Tuesday, said" and "said of Tuesday's vote" date something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from quotidian.types import Attribution, Date
from quotidian.when.edtf import reach
from quotidian.when.saying.frame import BLANK, Frame
from quotidian.when.saying.lexicon import DOCUMENT, OCCASION


@dataclass(frozen=True, slots=True)
class Dating:
    """A date that dates a saying, and how sure that is."""

    date: Date
    confidence: float


# Right before a date: it dates something else, or ends a stretch of time.
_LEADS_ELSEWHERE = re.compile(
    r"\b(?:before|after|since|until|till|by|about|for|from|against|over|between|to|through|ahead of|prior to"
    r"|following|than|beyond|versus|with|as|and|or|like|towards?|regarding|concerning"
    r"|(?<!hours )(?<!morning )(?<!night )(?<!part )of)\s+(?:(?:the|his|her|their|a)\s+)?$",
    re.IGNORECASE,
)
_AFTER_DOING = re.compile(rf"\bafter\s+(?:\w+ing\b|(?:the|a|an)\s+(?:\w+\s+)?{OCCASION}\b)", re.IGNORECASE)
# Before "Monday's debate": where it was said, or what it was said of.
_SAID_AT = re.compile(
    r"\b(?:in|at|during|on|from|through|by|per|throughout)\s+(?:[\w.'’-]+\s+){0,4}$", re.IGNORECASE
)
_SAID_OF = re.compile(
    r"\b(?:about|of|after|before|since|following|(?<!according )to|against|over|with"
    r"|on the heels of|ahead of)\s+(?:[\w.'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_OCCASION_FOLLOWS = re.compile(rf"(?:['’]s)?\s+(?:[\w'’“”\"&.-]+\s+){{0,3}}{OCCASION}\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_DETERMINER = re.compile(
    r"(?:\b(?:an?|another|the|his|her|their|its|our|my|this|that)|['’]s|s['’])\s+$", re.IGNORECASE
)
_NOUN_FOLLOWS = re.compile(
    r"[^\S\n]+(?!(?:in|at|on|to|with|that|as|when|while|after|before|during|and|but|or|he|she|it|they|we|by|for"
    r"|from|the|an?|his|her|their|its|about|of|over|under|into|because|if|who|which|where|said|told|wrote|is|was"
    r"|were|has|had)\b)[a-z]"
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|where)\b|(?<=, )that\b")
_IS_RELATIVE = re.compile(r"who|whom|which|that", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:released|published|aired|posted|issued|dated|filed|broadcast|airing|taped|recorded|sent|written"
    r"|conducted|taken|made|delivered|obtained|out|unveiled|held|given|leaked)\s+(?:\w+\s+){0,3}$"
)
_DOCUMENT_OF = re.compile(rf"\b{DOCUMENT}\s+(?:on|in|from|of)\s+$", re.IGNORECASE)
# Between a cue and a date after it: another clause begins.
_OTHER_CLAUSE = re.compile(
    r"[;:]|\b(?:because|although|though|if|unless|whether|so that|since|until|before)\b"
    r"|,\s+(?:but|and|or|so|yet)\b|\band\s+(?:on|in)\s*$"
    r"|\b(?:an?|the)\s+\w+\s+(?:he|she|they|it|we|I)\s+\w+"
)
_CLAUSE_BEGINS = re.compile(
    r"\b(?:after|before|when|while|because|although|though|but|since)\b|;|, and\b", re.IGNORECASE
)
_HAD = re.compile(r"\bhad\b")
_SUBORDINATE = re.compile(
    r"\W*(?:if|although|though|because|since|unless|until|before|by|despite|following|with|after(?!\s+\w+ing\b))\b",
    re.IGNORECASE,
)
# "WASHINGTON, Aug. 24 (Reuters) —" tells when the article was filed.
_DATELINE_BEFORE = re.compile(r"(?:[A-Z][\w.'’-]*,?\s+){0,5}")
_DATELINE_AFTER = re.compile(r"\s*(?:\([^)\n]{2,40}\)\s*)?(?:[—–]|--?\s)")
_PRESENT = re.compile(r"this (?:year|quarter|month|decade|century)$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_A_MONTH = timedelta(days=31)


def dated_by_words(frame: Frame, attribution: Attribution) -> Dating | None:
    """The date in the attribution's own sentence that dates the saying; None where none does."""
    found = [
        Dating(date, sure)
        for date in frame.dates
        if (sure := _how_sure(frame, attribution, date)) is not None
    ]
    return max(found, key=lambda one: one.confidence, default=None)


def dates_event(frame: Frame, date: Date) -> bool:
    """Whether a date of a sentence dates what the sentence tells of."""
    before, after = _around(frame, date)
    if _is_dateline(before, after):
        return False
    if _describes(before, after):
        return _OCCASION_FOLLOWS.match(after) is not None and not _SAID_OF.search(before)
    days = reach(date.edtf or "")
    if days and days[1] - days[0] > _A_MONTH:
        return False  # too long for one occasion
    if _HAD.search(frame.between(clause_of(frame, date)[0], date.passage.start)):
        return False  # a look back
    return not _LEADS_ELSEWHERE.search(before) and not _in_relative_clause(before)


def clause_of(frame: Frame, date: Date) -> tuple[int, int]:
    """From where to where, in the article, the clause goes that a date stands in."""
    before, after = _around(frame, date)
    begins = [m.end() for m in _CLAUSE_BEGINS.finditer(before)]
    ends = _CLAUSE_BEGINS.search(after)
    return (
        frame.start + (begins[-1] if begins else 0),
        date.passage.end + ends.start() if ends else frame.end,
    )


def _how_sure(frame: Frame, attribution: Attribution, date: Date) -> float | None:
    """How surely a date dates the saying; None where it does not."""
    before, after = _around(frame, date)
    start, source, cue = date.passage.start, attribution.source, attribution.cue
    if _is_dateline(before, after):
        return None
    if _describes(before, after):
        said_then = (
            _SAID_AT.search(before) or 0 <= start - cue.start < 40 or (source and source.holds(date.passage))
        )
        return 0.85 if said_then and _OCCASION_FOLLOWS.match(after) and not _SAID_OF.search(before) else None
    if source and source.holds(date.passage):
        return 0.9 if _PUBLISHED.search(before) or _DOCUMENT_OF.search(before) else None
    if source and _IS_RELATIVE.fullmatch(source.text) and start < source.start:
        return None
    if _LEADS_ELSEWHERE.search(before) and not _AFTER_DOING.search(before[-40:]):
        return None
    if cue.holds(date.passage):
        return 0.95
    if start >= cue.start:
        between = frame.between(cue.start, start)
        # "put growth at three percent this year": the end of what was said
        return None if BLANK in between and _PRESENT.match(date.passage.text) else _after_cue(between)
    return _before_cue(before, frame.between(date.passage.end, cue.start))


def _around(frame: Frame, date: Date) -> tuple[str, str]:
    return frame.between(frame.start, date.passage.start), frame.between(date.passage.end, frame.end)


def _is_dateline(before: str, after: str) -> bool:
    return len(before) < 60 and bool(_DATELINE_BEFORE.fullmatch(before) and _DATELINE_AFTER.match(after))


def _describes(before: str, after: str) -> bool:
    """Whether the date says which thing is meant: "Monday's debate", "his 2012 campaign"."""
    return bool(_POSSESSIVE.match(after) or (_DETERMINER.search(before) and _NOUN_FOLLOWS.match(after)))


def _in_relative_clause(text: str) -> bool:
    """Whether the end of a text lies in a relative clause that no comma has closed, but "which aired on"."""
    found = list(_RELATIVE.finditer(text))
    rest = text[found[-1].end() :] if found else ""
    return bool(found) and "," not in rest and BLANK not in rest and not _PUBLISHED.search(rest)


def _after_cue(between: str) -> float | None:
    """The date follows the cue: "told reporters on Tuesday"."""
    if _in_relative_clause(between) or _OTHER_CLAUSE.search(between.replace(BLANK, "")):
        return None
    if _SAID_OF.search(between) and not re.search(OCCASION, between):
        return None
    words = _words(between)
    return 0.95 if words <= 4 else 0.85 if words <= 14 else 0.6


def _before_cue(before: str, gap: str) -> float | None:
    """The date comes before the cue: "On Tuesday, Lindqvist said", "the council on Tuesday announced"."""
    if _in_relative_clause(before) or (_SUBORDINATE.match(before) and "," in gap):
        return None
    leads = _words(before) <= 3
    if not leads and re.search(r";|,\s+(?:but|yet)\b", gap):
        return None
    return 0.9 if leads or _words(gap) <= 2 else 0.75


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))
