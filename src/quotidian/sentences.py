"""Where the sentences of a text begin and end. Quotation marks stay with what they close."""

from __future__ import annotations

import re

from quotidian.types import Span

# A stop after one of these ends no sentence, whatever follows.
_ABBREVIATED = re.compile(
    "mr|mrs|ms|mx|messrs|drs?|prof|sens?|reps?|govs?|lt|gen|col|maj|capt|sgt|cpl|adm|cmdr|rev|fr|hon|pres|amb|atty"
    "|st|mt|ft|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|nos?|vs|art|sec|fig|vol|eds?|dept|supt|det|insp"
)
# After one of these a sentence may end.
_AT_TIMES = re.compile(
    "inc|corp|co|ltd|jr|sr|bros|ave|blvd|rd|al|etc|u\\.?s|u\\.?k|(?:[a-z]\\.)+[a-z]|ph\\.d"
)
# It does if one of these comes next, which no name begins with.
_BEGINNING = re.compile(
    "The|An?|In|On|At|It|He|She|They|We|I|You|But|And|That|This|These|Those|There|If|When|While|After|Before|As"
)
_STOP = re.compile(r"[.!?…]+[\"'”’)\]»]*(?=\s)|\n+")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+$")
_NEXT = re.compile(r"[\s\"'“‘(\[«]*(\w+)?")


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space around them.

    A line end always ends one (unwrap wrapped lines before); a stop does unless it belongs to an
    abbreviation or an initial, or a small letter goes on.

    >>> text = "Sen. A. Lund spoke. “Why? It rained.” She left at 5 p.m. The door shut."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Sen. A. Lund spoke.', '“Why?', 'It rained.”', 'She left at 5 p.m.', 'The door shut.']
    """
    found: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if text[stop.start()] == "\n" or _ends(text, stop):
            _add(found, text, start, stop.end())
            start = stop.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    kept = text[start:end]
    start += len(kept) - len(kept.lstrip())
    end -= len(kept) - len(kept.rstrip())
    if start < end:
        found.append(Span(start, end))


def _ends(text: str, stop: re.Match[str]) -> bool:
    after = _NEXT.match(text, stop.end())
    following = (after[1] if after else None) or ""
    if following[:1].islower():
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(0, stop.start() - 24), stop.start())
    if before is None:
        return True
    word = before[0].lower()
    if _ABBREVIATED.fullmatch(word):
        return False
    if _AT_TIMES.fullmatch(word):
        return _BEGINNING.fullmatch(following) is not None or not following[:1].isalnum()
    is_initial = len(word) == 1 and word != "i"
    return not is_initial or not following[:1].isupper()
