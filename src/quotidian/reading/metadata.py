"""A page's title, byline, outlet, address and declared language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from quotidian.reading import jsonld
from quotidian.reading.modified import modified
from quotidian.reading.published import Published, is_elsewhere, published

# No headline, byline or outlet is longer; what is, is something else.
LONGEST_FIELD = 500
LONGEST_BYLINE = 80
_META_KEYS = ("property", "name", "itemprop", "http-equiv")
_META_AUTHORS = ("author", "parsely-author", "sailthru.author", "byl", "dc.creator", "article:author")
_SUFFIX = re.compile(r"^(.{8,})\s+[|–—·»•-]\s+([^|–—·»•]{2,50})$")
_BY = re.compile(r"^\s*(?:written\s+|story\s+|report\s+)?by\b[:\s]+", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"\s*(?:\s\|\s|(?:\b(?:published|updated|posted)\b.{0,20})?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s\d|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\b\d{4}-\d\d).*$",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author|byl)(?:[\s_-]*name)?(?:$|\s)", re.IGNORECASE)
_NO_BYLINE = re.compile(
    r"^(?:https?:|www\.|@)|^(?:admin|staff|author|editor|none|null|undefined)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself; None where it does not.

    ``headlines`` are all that it is called; ``story`` is its text, if it says that twice.
    """

    title: str | None
    headlines: tuple[str, ...]
    byline: str | None
    outlet: str | None
    url: str | None
    language: str | None
    published: Published
    modified: str | None
    story: tuple[str, ...]


def metadata(tree: HtmlElement, address: str | None = None) -> Metadata:
    """What a page says of its article; ``address`` is where it was read, if that is known."""
    described = jsonld.article_of(tree)
    said = _said(tree)
    url = _address(tree, described, said, address)
    headlines = tuple(dict.fromkeys(_headlines(tree, described, said)))
    outlet = _outlet(described, said, url or address)
    appeared = published(tree, described)
    return Metadata(
        title=_without_outlet(headlines[0], outlet) if headlines else None,
        headlines=headlines,
        byline=_byline(tree, described, said),
        outlet=outlet,
        url=url,
        language=_language(tree, described, said),
        published=appeared,
        modified=modified(tree, described, appeared.when),
        story=jsonld.paragraphs(described.get("articleBody")),
    )


def host_of(url: str | None) -> str | None:
    """The host of an address, without ``www.``.

    >>> host_of("https://www.example.com/a")
    'example.com'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _said(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by lower-case name, the first of each."""
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = next((n for key in _META_KEYS if (n := meta.get(key))), "")
        content = jsonld.clean(meta.get("content") or "")
        if name and content:
            said.setdefault(name.strip().lower(), content)
    return said


def _headlines(tree: HtmlElement, described: dict[str, Any], said: dict[str, str]) -> Iterator[str]:
    fields = [
        described.get("headline"),
        said.get("og:title"),
        described.get("name"),
        said.get("twitter:title"),
    ]
    yield from _short(jsonld.clean(f) for f in fields if isinstance(f, str))
    yield from _short(_text(h1) for h1 in list(tree.iter("h1"))[:5])
    for title in list(tree.iter("title"))[:1]:
        whole = _text(title)
        match = _SUFFIX.match(whole)
        yield from _short([match[1]] if match else [whole])


def _without_outlet(title: str, outlet: str | None) -> str:
    """A headline without the outlet's name behind it.

    >>> _without_outlet("Ferry line to reopen - The Marlow Post", "The Marlow Post")
    'Ferry line to reopen'
    """
    match = _SUFFIX.match(title)
    if (
        match
        and outlet
        and match[2].casefold().removeprefix("the ") == outlet.casefold().removeprefix("the ")
    ):
        return match[1]
    return title


def _byline(tree: HtmlElement, described: dict[str, Any], said: dict[str, str]) -> str | None:
    stated = [[said[name]] for name in _META_AUTHORS if name in said]
    for names in (jsonld.names(described.get("author")), *stated, _visible_authors(tree)):
        kept = [n for name in names if (n := _name_in(name)) and not _NO_BYLINE.search(n)]
        kept = list(_short(dict.fromkeys(kept)))
        if kept:
            return ", ".join(kept)
    return None


def _name_in(byline: str) -> str:
    """The name in a byline, without what some sites put behind it.

    >>> _name_in("By Ines Marlow | March 4, 2024 12:01 PM | Print")
    'Ines Marlow'
    """
    return _AFTER_NAME.sub("", _BY.sub("", byline[: LONGEST_FIELD + 1])).strip(" ,|–—-·•")


def _visible_authors(tree: HtmlElement) -> list[str]:
    candidates = list(tree.iter("a", "span", "p", "div", "address"))
    for wanted in (_links_to_author, _is_marked_author, _is_called_byline):
        authors = (_text(e) for e in candidates if wanted(e) and not is_elsewhere(e))
        found = [text for text in authors if 0 < len(text) <= LONGEST_BYLINE]
        if found:
            several = list(dict.fromkeys(found))
            return several if len(several) <= 3 else several[:1]
    return []


def _links_to_author(element: HtmlElement) -> bool:
    return "author" in str(element.get("rel") or "").split()


def _is_marked_author(element: HtmlElement) -> bool:
    return bool(element.get("itemprop") == "author")


def _is_called_byline(element: HtmlElement) -> bool:
    return _BYLINE_CLASS.search(element.get("class") or "") is not None


def _outlet(described: dict[str, Any], said: dict[str, str], url: str | None) -> str | None:
    publisher = jsonld.names(described.get("publisher"))
    named = [said.get("og:site_name"), *publisher, said.get("application-name")]
    return next(_short(n for n in named if n and "://" not in n), None) or host_of(url)


def _address(
    tree: HtmlElement, described: dict[str, Any], said: dict[str, str], address: str | None
) -> str | None:
    base = address or said.get("og:url") or ""
    canonical = [
        e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()
    ]
    page = described.get("mainEntityOfPage")
    stated = [
        *canonical[:1],
        said.get("og:url"),
        described.get("url"),
        page.get("@id") if isinstance(page, dict) else page,
    ]
    urls = [u for s in stated if isinstance(s, str) and (u := _absolute(base, s))]
    telling = [u for u in urls if urlsplit(u).path.strip("/")]  # not the outlet's front page
    return next(iter(telling or urls), None) or (address if address and _absolute("", address) else None)


def _absolute(base: str, url: str) -> str | None:
    try:
        joined = urljoin(base, url.strip())
        parts = urlsplit(joined)
        sound = parts.scheme in ("http", "https") and parts.hostname and not set(joined) & set('\n\r\t <>"')
    except ValueError:
        return None
    return joined if sound and len(joined) <= 2000 else None


def _language(tree: HtmlElement, described: dict[str, Any], said: dict[str, str]) -> str | None:
    html = next(tree.iter("html"), None)
    attributes = [html.get("lang"), html.get("xml:lang")] if html is not None else []
    named = [said.get(name) for name in ("og:locale", "content-language", "language")]
    for value in (*attributes, described.get("inLanguage"), *named):
        if isinstance(value, str) and value.strip():
            return value.strip()[:40]
    return None


def _text(element: HtmlElement) -> str:
    """The element's text on one line; of a longer one than any field is, only so much."""
    text = ""
    for piece in element.itertext():
        text += piece[: 4 * LONGEST_FIELD]
        if len(text) > 4 * LONGEST_FIELD:
            break
    return " ".join(text.split())


def _short(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if 0 < len(text) <= LONGEST_FIELD)
