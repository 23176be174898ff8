"""Lists of feeds → their addresses: OPML of any version, or a text file with an address a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quotidian.errors import InputError, Refused
from quotidian.reading.address import target_of
from quotidian.reading.feeds import line, looks_like_feed, looks_like_opml, text_of_feed, tree_of
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.sniff import HEAD
from quotidian.types import Failure


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed as a list names it; ``categories`` are the headings above it and its own."""

    address: str
    title: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds of a list, in its order and each once, and the lines that name none, with the reason."""

    feeds: tuple[ListedFeed, ...]
    failures: tuple[Failure, ...] = ()


def feed_list(data: bytes, origin: str = "the list", limits: Limits | None = None) -> FeedList:
    """The feeds that an OPML file or a text file lists.

    In a text file each line is an address, which a title may follow; lines that begin with "#"
    are notes.

    Raises:
        InputError: for what is no such list, names no feed at all, or is too large.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes_per_page:
        raise exceeded(limits, "bytes_per_page", "list of feeds too large")
    if looks_like_feed(data[:HEAD]):
        raise InputError("this is a feed, not a list of feeds: put the feed's address into a text file")
    text = text_of_feed(data)
    named = list(_of_opml(text, limits) if looks_like_opml(data[:HEAD]) else _of_lines(text))
    feeds: dict[str, ListedFeed] = {}
    failures: list[Failure] = []
    for place, listed in named:
        try:
            address = feed_address(listed.address)
        except Refused as error:
            failures.append(Failure(f"{origin}, {place}", f"{error}: {listed.address[:200]!a}"))
        else:
            feeds.setdefault(address, ListedFeed(address, listed.title, listed.categories))
    if not feeds:
        raise InputError(
            "no feed is listed: give an OPML file (outlines with xmlUrl) or a text file with the address"
            " of one feed a line" + (f"; {failures[0].origin}: {failures[0].why}" if failures else "")
        )
    return FeedList(tuple(feeds.values()), tuple(failures))


def feed_address(given: str) -> str:
    """A feed's address in the form in which it is fetched and kept.

    >>> feed_address("feed://tarn.example/news")
    'https://tarn.example/news'

    Raises:
        Refused: for what is no address of the web.
    """
    scheme, _, rest = given.strip().partition(":")
    if scheme.lower() == "feed":
        given = f"https:{rest}" if rest.startswith("//") else rest
    return target_of(given).url


Named = tuple[str, ListedFeed]


def _of_lines(text: str) -> Iterator[Named]:
    for number, said in enumerate(text.splitlines(), 1):
        if said.strip() and not said.lstrip().startswith("#"):
            address, _, title = said.strip().partition(" ")
            yield f"line {number}", ListedFeed(address, line(title))


def _of_opml(text: str, limits: Limits) -> Iterator[Named]:
    tree, _ = tree_of(text, limits)
    if tree is None:
        raise InputError("an OPML file that cannot be read: export it again, or list the addresses in a text")
    number = 0
    waiting: list[tuple[Any, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        element, headings = waiting.pop()
        said = {str(name).lower(): value for name, value in element.attrib.items()}
        title = line(said.get("title")) or line(said.get("text"))
        address = said.get("xmlurl", "").strip()
        if address:
            number += 1
            yield f"feed {number}", ListedFeed(address, title, _once(*headings, *_own(said)))
        inside = headings if address or not title else (*headings, title)
        waiting.extend((child, inside) for child in reversed(element) if isinstance(child.tag, str))


def _own(said: dict[str, str]) -> Iterator[str]:
    """An outline's own categories: a comma between two, a slash before and inside a path (OPML 2.0)."""
    for category in re.split(r"\s*,\s*", said.get("category", "")):
        yield from (line(part) for part in category.split("/"))


def _once(*headings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heading for heading in headings if heading))
