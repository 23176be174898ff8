"""The day an article was published, and where the page says so; never a guess.

Dates that could be read in two ways ("03/04/2024") and dates that contradict each other are
no evidence: the day is then None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from quotidian.types import PublishedFrom


class Published(NamedTuple):
    """An ISO 8601 day or date-time, and its evidence; both None where nothing states it."""

    when: str | None = None
    evidence: PublishedFrom | None = None


# In order of trust: what names the publication first.
_META = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_date",
    "pubdate",
    "pdate",
    "originalpublicationdate",
    "ptime",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "citation_publication_date",
    "dcterms.date",
    "date",
)
_MONTHS = """
    january february march april may june july august september october november december
"""
_MONTH = {name[:size]: n for n, name in enumerate(_MONTHS.split(), 1) for size in (3, len(name))} | {
    "sept": 9
}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)\b",
        rf"\b{_YEAR}/(?P<m>\d\d)/(?P<d>\d\d)\b",
        rf"\b(?P<m>{_NAMES})\.?\s+(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b(?P<d>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_NAMES})\.?,?\s+{_YEAR}\b",
        rf"\b(?P<d>\d\d?)-(?P<m>{_NAMES})-{_YEAR}\b",
        rf"\b(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.]{_YEAR}\b",
    )
)
_DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:date|time|timestamp|datetime|published|pub-?date|publish-?date|posted|posted-on|dateline|byline"
    r"|entry-date|post-date|article-date|meta)(?:$|[\s_-])|datePublished|publishDate|timestamp",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|footer|recirc|teaser|promo|widget|trending|most-", re.IGNORECASE
)
_DATED = ("time", "span", "div", "p", "li", "abbr", "b", "em", "i", "small", "td", "h5", "h6")
_PUBLISHED = re.compile(r"\b(?:published|posted|first\s+published|created|issued)\b", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated|modified|edited|revised|last\s+update)\b", re.IGNORECASE)
# A date stands in a short line of its own; longer text tells of other days.
LONGEST_DATELINE = 160
# No newspaper is older; "0001-01-01" is how some systems write that they do not know.
OLDEST = 1605


def published(tree: HtmlElement, described: dict[str, Any]) -> Published:
    """When a page was published; ``described`` is its article in JSON-LD."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if when := iso(described.get(key)):
            return Published(when, "json-ld")
    if when := next(meta_times(tree, _META), None):
        return Published(when, "meta")
    if when := _from_text(tree):
        return Published(when, "visible text")
    return Published()


def iso(value: Any) -> str | None:
    """A date or date-time in ISO 8601, or None where ``value`` is none or could be two days.

    >>> iso("November 5, 2024"), iso("2024-11-05T10:20:00Z"), iso("20241105")
    ('2024-11-05', '2024-11-05T10:20:00+00:00', '2024-11-05')
    >>> iso("03/04/2024") is None
    True
    """
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= LONGEST_DATELINE:
        return None
    value = value.strip()
    if re.fullmatch(r"(?:19|20)\d{6}(?:\d{6})?", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    if re.match(r"\d{4}-\d\d-\d\d(?:$|[T\s])", value):
        return _exact(value) or _exact(value[:10])
    if re.match(r"[A-Za-z]{3},? \d\d? [A-Za-z]{3} \d{4} \d\d:\d\d", value):
        try:
            return parsedate_to_datetime(value).isoformat()
        except (ValueError, TypeError):
            return None
    return _day_in(value)


def _exact(value: str) -> str | None:
    try:
        read = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        return read.isoformat() if read.year >= OLDEST else None
    except ValueError:
        return None


def _day_in(text: str) -> str | None:
    """The one day that a text names; None if it names several, none, or one in two ways."""
    days = {day for pattern in _PATTERNS for m in pattern.finditer(text) if (day := _day(m.groupdict()))}
    return days.pop() if len(days) == 1 else None


def _day(parts: dict[str, str]) -> str | None:
    if "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        if a <= 12 and b <= 12 and a != b:
            return None
        day, month = (a, b) if a > 12 else (b, a)
    else:
        day = int(parts["d"])
        month = int(parts["m"]) if parts["m"].isdigit() else _MONTH[parts["m"].lower()]
    try:
        return date(int(parts["y"]), month, day).isoformat()
    except ValueError:
        return None


def meta_times(tree: HtmlElement, names: Iterable[str]) -> Iterator[str]:
    """The times that meta elements of such names (in lower case) state, in the order of the names."""
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and meta.get("content"):
                said.setdefault(name, meta.get("content", ""))
    yield from (when for name in names if (when := iso(said.get(name))))


def _from_text(tree: HtmlElement) -> str | None:
    """The day in the lines around the headline that hold a date and little else.

    A line that says "published" is believed before others; the others only if they agree, and
    one that says "updated" never.
    """
    told = list(_datelines(tree))
    for lines in (
        [line for line in told if _PUBLISHED.search(line[0])],
        [line for line in told if not _UPDATED.search(line[0])],
    ):
        whens = [when for _, when in lines]
        if whens and len({when[:10] for when in whens}) == 1:
            return max(whens, key=len)
        if whens:
            return None
    return None


def _datelines(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Lines with one date each, as (the line, the date in ISO 8601)."""
    for element in tree.iter(*_DATED):
        name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if element.tag != "time" and not _DATE_NAME.search(name):
            continue
        if "dateModified" in name and "datePublished" not in name:
            continue
        text = " ".join(beginning_of(element).split())
        if len(text) > LONGEST_DATELINE or is_elsewhere(element):
            continue
        when = iso(element.get("datetime") or element.get("content")) or _day_in(text)
        if when:
            yield f"{name} {text} {_before(element)}", when


def beginning_of(element: HtmlElement) -> str:
    """The element's text, or its beginning where that is long."""
    text = ""
    for piece in element.itertext():
        text += f" {piece}"
        if len(text) > 4 * LONGEST_DATELINE:
            break
    return text


def _before(element: HtmlElement) -> str:
    previous = element.getprevious()
    tail = element.getparent().text if previous is None and element.getparent() is not None else None
    return (tail or (previous.tail if previous is not None else "") or "")[-40:]


def is_elsewhere(element: HtmlElement) -> bool:
    """Whether it belongs to another article, a comment, or the page's frame."""
    return any(
        ancestor.tag in ("aside", "footer", "nav", "li", "blockquote", "form")
        or _ELSEWHERE.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}")
        for ancestor in element.iterancestors()
        if ancestor.tag not in ("body", "html")
    )
