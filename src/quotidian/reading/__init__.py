"""Inputs → articles: files, folders, web addresses and standard input, of every kind we can read.

What cannot be read becomes a :class:`~quotidian.types.Failure` in the stream; the others are
still read. An article that is not to be searched (empty, no letters, not English) says so in
its ``reason``.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from quotidian.errors import InputError, NotAnArticle, NotFound
from quotidian.reading import feeds, files
from quotidian.reading.fetch import Fetcher, Response, checked
from quotidian.reading.limits import Limits
from quotidian.reading.options import Options
from quotidian.reading.page import page_record
from quotidian.reading.record import Record, article_of
from quotidian.reading.sniff import HEAD, kind_of, refuse_other_media
from quotidian.types import Article, Failure

__all__ = ["Limits", "Options", "Record", "article", "article_of", "articles", "count", "pages"]

Found = tuple[str, Record | InputError]
Outcome = tuple[str, Article | InputError, bytes | None]

STANDARD_INPUT = "standard input"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# Between two pages of a feed's sites; a watch, which goes on for long, takes more.
_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 300.0
# Of a file of records, so much is read to estimate how many there are.
_COUNTED = 1024 * 1024


def articles(inputs: Iterable[str | Path], options: Options | None = None) -> Iterator[Article | Failure]:
    """The articles of the inputs, lazily and in order, and what could not be read.

    Args:
        inputs: paths of files and folders, http(s) addresses, and "-" for standard input.
        options: how to read them.
    """
    for found, _ in pages(inputs, options):
        yield found


def pages(
    inputs: Iterable[str | Path], options: Options | None = None
) -> Iterator[tuple[Article | Failure, bytes | None]]:
    """As :func:`articles`, each with the page as it came, where it came as a page."""
    for origin, found, page in _outcomes(inputs, options or Options()):
        yield (found, page) if isinstance(found, Article) else (Failure(origin, str(found)), None)


def article(source: str | Path, options: Options | None = None) -> Article:
    """The one article of one input.

    Raises:
        InputError: where it cannot be read, or holds several articles.
    """
    outcomes = _outcomes([source], options or Options())
    _, found, _ = next(outcomes, ("", NotFound("there is no article in it"), None))
    if isinstance(found, InputError):
        raise found
    if next(outcomes, None) is not None:
        raise InputError("there are several articles in it: read it as one of many")
    return found


def count(inputs: Iterable[str | Path]) -> int | None:
    """About how many articles there are, for showing progress; None where that takes reading them."""
    total = 0
    for given in inputs:
        if given == "-":
            return None
        if _is_address(given):
            total += 1
            continue
        path = Path(given)
        with suppress(InputError, OSError, ValueError):
            for one in files.folder(path) if path.is_dir() else [path]:
                records = _records_in(one)
                if records is None:
                    return None
                total += records
    return total


def _outcomes(inputs: Iterable[str | Path], options: Options) -> Iterator[Outcome]:
    """Each record's origin, the article it makes or what is wrong with it, and its page."""
    fetcher = Fetcher(options.limits, allow_private=options.allow_private, obey_robots=options.obey_robots)
    for given in inputs:
        for source in _sources(given):
            if isinstance(source, InputError):
                yield _origin(given), source, None
                continue
            try:
                for place, found in _found(source, fetcher, options):
                    origin = f"{_origin(source)}, {place}" if place else _origin(source)
                    page = found.page if isinstance(found, Record) else None
                    yield origin, _made(found, origin, options), page
            except InputError as error:
                yield _origin(source), error, None


def _sources(given: str | Path) -> Iterator[str | Path | InputError]:
    """An input's files, if it is a folder; else itself."""
    try:
        if given == "-" or _is_address(given) or not Path(given).is_dir():
            yield given
        else:
            yield from files.folder(Path(given))
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield NotFound(f"cannot be read: {error}")


def _found(source: str | Path, fetcher: Fetcher, options: Options) -> Iterator[Found]:
    if source == "-":
        return files.standard_input(options)
    if _is_address(source):
        return _fetched(str(source), fetcher, options)
    listed = _listed_in(Path(source), options)
    return files.file(Path(source), options) if listed is None else _pages_of(listed, fetcher, options)


def _fetched(address: str, fetcher: Fetcher, options: Options) -> Iterator[Found]:
    """What is at an address: an article, a file of them, or a feed and so the pages that it lists."""
    try:
        response = fetcher.fetch(address)
    except NotAnArticle:
        response = checked(fetcher.ask(address, feed=True), feed=True)
        if not feeds.looks_like_feed(response.body[:HEAD]):
            raise
    if feeds.looks_like_feed(response.body[:HEAD]):
        listed = feeds.feed(response.body, response.url, response.charset, options.limits)
        return _pages_of(listed, fetcher, options)
    return _from_web(response, options)


def _listed_in(path: Path, options: Options) -> feeds.Feed | None:
    """What a file lists, if it is a feed."""
    with suppress(OSError, ValueError), path.open("rb") as opened:
        if feeds.looks_like_feed(opened.peek(HEAD)[:HEAD]):
            return feeds.feed(opened.read(options.limits.bytes_per_page + 1), "", None, options.limits)
    return None


def _pages_of(listed: feeds.Feed, fetcher: Fetcher, options: Options) -> Iterator[Found]:
    """The articles of the pages that a feed lists, fetched one after the other, with a pause."""
    if not listed.entries:
        raise NotFound("the feed lists no page that can be followed")
    for number, entry in enumerate(listed.entries):
        if number:
            time.sleep(min(max(_PAUSE_S, fetcher.crawl_delay(entry.address) or 0.0), _LONGEST_PAUSE_S))
        try:
            for place, found in _from_web(fetcher.fetch(entry.address), options):
                yield f"{entry.address} {place}".rstrip(), found
        except InputError as error:
            yield entry.address, error


def _from_web(response: Response, options: Options) -> Iterator[Found]:
    refuse_other_media(response.body[:HEAD])
    plain = response.media_type == "text/plain"
    kind = "text" if plain else kind_of(response.body[:HEAD])
    if kind == "page" or response.media_type in ("text/html", "application/xhtml+xml"):
        record = page_record(response.body, options.limits, response.url, response.charset)
        yield "", replace(record, page=response.body)
    else:
        name = Path(urlsplit(response.url).path).name
        yield from files.stream(io.BytesIO(response.body), name if not plain else "page.txt", options)


def _made(found: Record | InputError, origin: str, options: Options) -> Article | InputError:
    if isinstance(found, InputError):
        return found
    try:
        return article_of(found, origin, any_language=options.any_language)
    except InputError as error:
        return error


def _is_address(given: str | Path) -> bool:
    return isinstance(given, str) and _ADDRESS.match(given) is not None


def _origin(given: str | Path) -> str:
    return STANDARD_INPUT if given == "-" else files.display_name(given)


def _records_in(path: Path) -> int | None:
    """About how many records a file holds: by its first mebibyte, if it has one a line."""
    if path.suffix.lower() in (".jsonl", ".ndjson", ".csv", ".tsv"):
        with path.open("rb") as opened:
            head = opened.read(_COUNTED)
        return max(1, round(head.count(b"\n") * path.stat().st_size / max(1, len(head))))
    return None if path.name.lower().endswith((".jsonl.gz", ".ndjson.gz", ".csv.gz", ".json")) else 1
