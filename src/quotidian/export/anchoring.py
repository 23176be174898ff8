"""Where the words that a Web Annotation selects stand in a text: for certain, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from quotidian.types import Span

# So much more white space the text may have around a quote than the page had.
_MORE_SPACE = 200
_WORD_BEGINS, _WORD_ENDS = r"(?:(?<!\w)|(?!\w))", r"(?:(?!\w)|(?<!\w))"


class Unplaced(Exception):
    """The words cannot be placed; the message says why."""


def placed(selectors: Iterable[Any], text: str, same_text: bool = False) -> Span:
    """The place that selectors of one target agree on.

    A position counts where the quote stands just there, in code points or else in UTF-16 units, as
    JavaScript counts. Otherwise the quote has to stand in the text once between the words given
    before and after it. White space may differ: a page breaks lines where a text does not.

    Args:
        selectors: of Web Annotation; kinds other than quote and position are passed over.
        text: where to look.
        same_text: whether positions are known to count in this very text.

    Raises:
        Unplaced: the words are not there, more than once, or nothing tells where they are.
    """
    kinds: dict[str, Mapping[str, Any]] = {}
    for selector in selectors:
        if isinstance(selector, Mapping):
            kinds.setdefault(str(selector.get("type")), selector)
    quote, position = kinds.get("TextQuoteSelector"), kinds.get("TextPositionSelector")
    exact = quote.get("exact") if quote else None
    if isinstance(exact, str) and exact:
        for span in _positions(position, text):
            if text[span.start : span.end] == exact:
                return span
        return _by_quote(exact, _side(quote, "prefix"), _side(quote, "suffix"), text)
    if position is None:
        raise Unplaced("it has neither a quote nor a position in the text")
    if not same_text:
        raise Unplaced("it has a position without a quote, and nothing says that it counts in this text")
    found = next(_positions(position, text), None)
    if found is None:
        raise Unplaced(f"its position does not lie in the text of {len(text):,} characters")
    return found


def _positions(position: Mapping[str, Any] | None, text: str) -> Iterator[Span]:
    """The stretch in code points, then in UTF-16 units where that is another; none that lie outside."""
    if position is None:
        return
    start, end = position.get("start"), position.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return
    if end <= len(text):
        yield Span(start, end)
    if not text.isascii():
        # Where each code point begins, in UTF-16 units.
        begins = [0, *accumulate(2 if ord(char) > 0xFFFF else 1 for char in text)]
        if end <= begins[-1]:
            one, other = (bisect_right(begins, unit) - 1 for unit in (start, end))
            if begins[one] == start and begins[other] == end and (one, other) != (start, end):
                yield Span(one, other)


def _side(quote: Mapping[str, Any] | None, key: str) -> str:
    found = quote.get(key) if quote else None
    return found if isinstance(found, str) else ""


def _by_quote(exact: str, prefix: str, suffix: str, text: str) -> Span:
    pattern = _loosely(exact)
    if pattern is None:
        raise Unplaced("its quote is only white space, and its position has other words")
    # Where nothing is said of the words around, the quote is of whole words: "led" is not in "called".
    pattern = rf"{'' if prefix else _WORD_BEGINS}{pattern}{'' if suffix else _WORD_ENDS}"
    # Places may overlap, so each is looked for by itself.
    found = [Span(*match.span(1)) for match in re.finditer(f"(?=({pattern}))", text)]
    if not found:
        raise Unplaced("its words do not stand in the text")
    fitting = [
        span for span in found if _stands_before(prefix, text, span) and _stands_after(suffix, text, span)
    ]
    if len(fitting) == 1:
        return fitting[0]
    times = "once" if len(found) == 1 else f"{len(found)} times"
    if fitting:
        raise Unplaced(f"its words stand in the text {times}, and nothing tells which are meant")
    raise Unplaced(f"its words stand in the text {times}, but between other words")


def _loosely(words: str) -> str | None:
    """A pattern for words with any white space between them; None where there are none."""
    pieces = words.split()
    return r"\s+".join(map(re.escape, pieces)) or None


def _stands_before(prefix: str, text: str, span: Span) -> bool:
    """Whether ``prefix`` stands before the place; where the text begins inside it, what there is of it."""
    first = max(0, span.start - len(prefix) - _MORE_SPACE)
    have, want = _evenly(text[first : span.start]), _evenly(prefix)
    return have.endswith(want) or (first == 0 and want.endswith(have))


def _stands_after(suffix: str, text: str, span: Span) -> bool:
    last = span.end + len(suffix) + _MORE_SPACE
    have, want = _evenly(text[span.end : last]), _evenly(suffix)
    return have.startswith(want) or (last >= len(text) and want.startswith(have))


def _evenly(words: str) -> str:
    return " ".join(words.split())
