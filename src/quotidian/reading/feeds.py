"""News feeds → their entries: RSS, Atom and JSON Feed, which may be broken and may be hostile.

feedparser, which knows the dialects, is given bytes that lxml has made well-formed: without
document type, so without entities of the feed's own, and not nested deep. It fetches nothing then, and
takes time in proportion to the feed's size.
"""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from html.entities import html5
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from quotidian.errors import NotAnArticle, Refused
from quotidian.reading.address import target_of
from quotidian.reading.encoding import page_text
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.published import OLDEST, iso

# Feeds have ten to a few hundred entries; so many that nobody reads them cannot fill a queue.
MOST_ENTRIES = 2_000
# A label, not the article.
LONGEST_TEXT = 2_000
LONGEST_ADDRESS = 2_000

_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|feed|rdf|opml)(?=[\s>/])", re.IGNORECASE)
_SPACE = re.compile(r"[->\s]*")
_BEFORE = re.compile(r"[->\s]*(<\?|<!--)")
_TYPE = re.compile(r"[->\s]*<!DOCTYPE\s+([\w:.-]{1,60})", re.IGNORECASE)
# A root that begins later is not looked for.
_HEAD = 64 * 1024
_RSS_IN_RDF = re.compile(r"purl\.org/rss/|netscape\.com/rdf/simple|channel\.netscape\.com", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|&(?:#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]{1,31};))?",
    re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z]")
# Tags inside a word's own line; others part the words around them.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|su[bp]|u)(?=[\s>])[^<>]*>", re.IGNORECASE
)
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*(?:>|\Z)")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MONTH_NAME = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a feed lists it; ``summary`` is plain text, times are ISO 8601 or None."""

    address: str
    id: str
    title: str = ""
    published: str | None = None
    updated: str | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its title and its entries, as it orders them, each address once.

    ``left_out`` counts the entries that cannot be followed: no address, or not one of the web;
    and those beyond the first 2,000.
    """

    title: str
    entries: tuple[Entry, ...]
    left_out: int = 0


def looks_like_feed(head: bytes) -> bool:
    """Whether bytes that begin so are a news feed.

    >>> looks_like_feed(b'<?xml version="1.0"?><rss version="2.0"><channel>')
    True
    """
    text = text_of_feed(head)
    if text.startswith("{"):
        return _JSON_FEED.search(text) is not None
    root = _root(text)
    return root in ("rss", "feed") or (root == "rdf" and _RSS_IN_RDF.search(text) is not None)


def looks_like_opml(head: bytes) -> bool:
    """Whether bytes that begin so are an OPML file, a list of feeds.

    >>> looks_like_opml(b'<opml version="2.0"><body>')
    True
    """
    return _root(text_of_feed(head)) == "opml"


def feed(data: bytes, address: str, charset: str | None = None, limits: Limits | None = None) -> Feed:
    """What a feed says.

    Args:
        data: the feed as served.
        address: where it was read, empty for a file; links may be relative to it.
        charset: what the server said of its encoding.
        limits: what it may cost.

    Raises:
        NotAnArticle: for what is no feed.
        LimitExceeded: for a feed too large.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes_per_page:
        raise exceeded(limits, "bytes_per_page", "feed too large")
    text = text_of_feed(data, charset)
    title, found, cut = _of_json(text, address) if text.startswith("{") else _of_xml(text, address, limits)
    entries: dict[str, Entry] = {}
    left_out = cut
    for entry in found:
        if entry is None:
            left_out += 1
        else:
            entries.setdefault(entry.address, entry)
    return Feed(title, tuple(entries.values()), left_out)


def followable(address: object, base: str) -> str | None:
    """An address of the web in the form in which it is fetched and kept; None for any other.

    >>> followable("/ferry?day=1#top", "https://tarn.example/feed")
    'https://tarn.example/ferry?day=1'
    >>> followable("javascript:alert(1)", "https://tarn.example/feed") is None
    True
    """
    if not isinstance(address, str) or not 0 < len(address.strip()) <= LONGEST_ADDRESS:
        return None
    try:
        return target_of(urljoin(base, address.strip())).url
    except (Refused, ValueError):
        return None


def tree_of(text: str, limits: Limits) -> tuple[Any, bool]:
    """The tree of XML, and whether it is whole; None where nothing of it can be read.

    Raises:
        LimitExceeded: for too many tags.
    """
    if next(islice(_TAG.finditer(text), limits.tags_per_page, None), None) is not None:
        raise exceeded(limits, "tags_per_page", "feed with too many tags")
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    root = _root_of(text[:_HEAD])
    # from the root on: no declaration, no document type, so no entities that it declares
    text = _AMPERSAND.sub(_as_number, text[root.start() :] if root is not None else text)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser), len(parser.error_log) == 0
    except (etree.XMLSyntaxError, ValueError):
        return None, False


def _as_number(found: re.Match[str]) -> str:
    """A reference to a character by number: the parser that recovers drops names after the first fault.

    Names that HTML gives to characters are known, since feeds use them undeclared; what is no
    reference is an ampersand.
    """
    if found[1] is None:
        return "&#38;" if found[0] == "&" else found[0]
    known = html5.get(found[1])
    return "".join(f"&#{ord(c)};" for c in known) if known else f"&#38;{found[1]}"


def line(value: object) -> str:
    """A text on one line, without what cannot be shown, and not too long."""
    text = value[: 20 * LONGEST_TEXT] if isinstance(value, str) else ""
    text = " ".join(_UNREADABLE.sub(" ", text).split())
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


Found = tuple[str, Iterator[Entry | None], int]


def _of_xml(text: str, address: str, limits: Limits) -> Found:
    import feedparser

    tree, whole = tree_of(text, limits) if _root(text) in ("rss", "feed", "rdf") else (None, False)
    if tree is None:
        raise _no_feed()
    items = [e for e in tree.iter("{*}item", "{*}entry") if e.getparent() is not None]
    cut = items[MOST_ENTRIES:]
    for item in cut:
        item.getparent().remove(item)
    well_formed = etree.tostring(tree, encoding="utf-8", xml_declaration=True)
    try:
        told = feedparser.parse(
            io.BytesIO(well_formed),  # of a string it would take an address for one to fetch
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
            sanitize_html=False,  # nothing of it is shown as HTML
            resolve_relative_uris=False,  # in the texts; links are resolved
        )
    except Exception as error:  # its readers of dates and numbers do not foresee everything
        raise _no_feed() from error
    if not told.entries and not whole:
        raise NotAnArticle("the feed is broken, and no entry of it can be read: try again later")
    if not told.entries and not told.version:
        raise _no_feed()
    return _plain_of(told.feed, "title"), (_entry(e, told.version, address) for e in told.entries), len(cut)


def _entry(said: Any, version: str, base: str) -> Entry | None:
    """One entry of feedparser's; ``dict.get``, since its own takes one date for another."""
    address = followable(dict.get(said, "link"), base)
    if address is None:
        return None
    published, updated = (_time(said, name) for name in ("published", "updated"))
    if version.startswith("rss") and published is None:  # dc:date, which feedparser calls updated
        published, updated = updated, None
    return Entry(
        address,
        line(dict.get(said, "id")) or address,
        _plain_of(said, "title"),
        published,
        updated,
        _plain_of(said, "summary"),
    )


def _time(said: Any, name: str) -> str | None:
    """A time that an entry states, with its own offset where we can read that, else in UTC."""
    stated, read = str(dict.get(said, name) or ""), dict.get(said, f"{name}_parsed")
    when = iso(stated)
    if when is not None and (len(when) > 10 or ":" not in stated):
        return when
    # numbers alone it reads in ways nobody meant: "03-04-2026" as a day of 2003
    if read is None or str(read.tm_year) not in stated or not _MONTH_NAME.search(stated):
        return when
    try:
        moment = datetime.fromtimestamp(timegm(read), UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return when
    return moment.isoformat() if moment.year >= OLDEST else when


def _of_json(text: str, address: str) -> Found:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_feed() from None
    if not isinstance(told, dict) or "jsonfeed.org" not in str(told.get("version"))[:100]:
        raise _no_feed()
    items = told.get("items")
    items = items if isinstance(items, list) else []
    entries = (_json_entry(item, address) for item in items[:MOST_ENTRIES])
    return line(told.get("title")), entries, max(0, len(items) - MOST_ENTRIES)


def _json_entry(item: object, base: str) -> Entry | None:
    if not isinstance(item, dict):
        return None
    address = followable(item.get("url"), base) or followable(item.get("external_url"), base)
    if address is None:
        return None
    summary = item.get("summary") or item.get("content_text")
    number = item.get("id") if isinstance(item.get("id"), str | int) else ""
    return Entry(
        address,
        line(str(number)) or address,
        line(item.get("title")),
        iso(item.get("date_published")),
        iso(item.get("date_modified")),
        line(summary) if summary else _of_markup(item.get("content_html")),
    )


def text_of_feed(data: bytes, charset: str | None = None) -> str:
    """The source of a feed or a list of feeds; ``charset`` is what the server said."""
    try:
        text = page_text(data, charset)
    except UnicodeError:  # declared to be in a code that is no encoding of texts, such as punycode
        text = data.decode("utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n")


def _root(text: str) -> str:
    """The name of the root, in lower case and without its prefix, if it is one we know."""
    found = _root_of(text[:_HEAD])
    return found[1].lower() if found is not None else ""


def _root_of(text: str) -> re.Match[str] | None:
    """The root's tag; before it stand a declaration, instructions, comments, a document type."""
    at = 0
    while (found := _BEFORE.match(text, at)) is not None:
        end = text.find("?>" if found[1] == "<?" else "-->", found.end())
        if end < 0:
            return None
        at = end + 1  # the rest of the mark's end is passed over with the white space
    found = _TYPE.match(text, at)
    if found is None:
        return _ROOT.match(text, _SPACE.match(text, at).end())  # type: ignore[union-attr]
    return None if found[1].lower() == "html" else _ROOT.search(text, found.end())


def _plain_of(said: Any, name: str) -> str:
    """A text of feedparser's: some are markup, some are not, and it tells which."""
    detail = dict.get(said, f"{name}_detail") or {}
    value = dict.get(said, name)
    return line(value) if dict.get(detail, "type") == "text/plain" else _of_markup(value)


def _of_markup(value: object) -> str:
    """The text of markup; of much of it, the beginning, since only that is shown."""
    if not isinstance(value, str):
        return ""
    text = re.sub(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", " ", value[: 20 * LONGEST_TEXT], flags=re.S | re.I)
    return line(unescape(_MARKUP.sub(" ", _INLINE.sub("", text))))


def _no_feed() -> NotAnArticle:
    return NotAnArticle("not a feed that we can read: give the address of an RSS, Atom or JSON feed")
