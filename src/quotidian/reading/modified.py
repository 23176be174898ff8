"""When an article was last modified, where its page states that; never taken from its visible text.

Published, modified and read are three different times. A page that states a modification before its own
publication states nothing: "modified" is then left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from quotidian.reading.published import beginning_of, is_elsewhere, iso, meta_times

# In order of trust: what names the article first.
_META = (
    "article:modified_time",
    "og:article:modified_time",
    "og:modified_time",
    "article:modified",
    "article:updated_time",
    "article:updated",
    "article.updated",
    "article_date_updated",
    "datemodified",
    "date_modified",
    "dateupdated",
    "modified_time",
    "updated_time",
    "updated-date",
    "last_updated",
    "dcterms.modified",
    "dc.date.modified",
    "og:updated_time",
    "lastmod",
)
_ARTICLE = re.compile(r"(?:Article|Report|Posting|NewsVideo|CreativeWork|WebPage)/?$")


def modified(tree: HtmlElement, described: dict[str, Any], published: str | None) -> str | None:
    """When a page was last modified, an ISO 8601 day or date-time; None where it does not say.

    Args:
        tree: the page.
        described: its article in JSON-LD.
        published: when it was published, an ISO 8601 day or date-time; None where it does not say.
    """
    return next((when for when in _stated(tree, described) if unless_before(published, when)), None)


def unless_before(published: str | None, modified: str | None) -> str | None:
    """``modified``, or None where it is before the publication.

    Moments are compared as such; where the time of day or the offset of one is not known, days are.

    >>> unless_before("2024-03-05", "2024-03-04T10:00:00+01:00") is None
    True
    >>> unless_before("2024-03-05T08:00:00+01:00", "2024-03-05T07:30:00+00:00")
    '2024-03-05T07:30:00+00:00'
    """
    if not published or not modified:
        return modified or None
    try:
        first, then = datetime.fromisoformat(published), datetime.fromisoformat(modified)
    except ValueError:
        return modified
    are_moments = len(published) > 10 and len(modified) > 10 and (not first.tzinfo) == (not then.tzinfo)
    before = then < first if are_moments else then.date() < first.date()
    return None if before else modified


def _stated(tree: HtmlElement, described: dict[str, Any]) -> Iterator[str]:
    if when := iso(described.get("dateModified")):
        yield when
    yield from meta_times(tree, _META)
    if when := _from_microdata(tree):
        yield when


def _from_microdata(tree: HtmlElement) -> str | None:
    """The one time that elements marked ``itemprop="dateModified"`` give the article."""
    times = set()
    for element in tree.xpath("//*[@itemprop]"):
        if "dateModified" not in element.get("itemprop", "").split() or not _is_of_article(element):
            continue
        value = element.get("content") or element.get("datetime") or beginning_of(element)
        if when := iso(" ".join(value.split())):
            times.add(when)
    return times.pop() if len(times) == 1 else None


def _is_of_article(element: HtmlElement) -> bool:
    """Whether what is marked belongs to the article: not to a comment on it, or to another article."""
    scope = next((one for one in element.iterancestors() if one.get("itemscope") is not None), None)
    kind = (scope.get("itemtype") or "").strip() if scope is not None else ""
    return not is_elsewhere(element) and (not kind or _ARTICLE.search(kind) is not None)
