"""WARCs of any number of distinct pages: ``python -m benchmarks crawl generate FOLDER --pages 20000``."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.crawl.pages import Story, page, story
from benchmarks.crawl.warcs import answer, record

# Of compression, as most crawlers have it.
_LEVEL = 6
# What else a crawl keeps, for each hundred pages: how much of it, and what it is.
_ALSO = {
    "the same page again": 3,
    "the same text elsewhere": 3,
    "redirect": 4,
    "error": 3,
    "revisit": 2,
    "picture": 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """What to make.

    Attributes:
        pages: distinct pages in all.
        files: WARCs that they are spread over.
        words: of an article, on average.
        english: the share of pages in English; the others are German and Spanish.
        furniture: how much stands around the story (:func:`benchmarks.crawl.pages.page`).
        also: whether there are repeats, redirects, errors, revisits and pictures between the pages.
        full: of how many pages one is of 800 words with all its furniture, whatever the others are.
    """

    pages: int
    files: int = 1
    words: int = 800
    english: float = 1.0
    furniture: float = 1.0
    also: bool = False
    full: int | None = None


def write(crawl: Crawl, folder: Path) -> Iterator[Path]:
    """Write the WARCs, one after the other; the same for the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in range(crawl.files):
        path = folder / f"crawl-{file:05}.warc.gz"
        with path.open("wb") as out:
            for one in records(crawl, file):
                out.write(gzip.compress(one, _LEVEL, mtime=0))
        yield path


def records(crawl: Crawl, file: int) -> Iterator[bytes]:
    """The records of one of the WARCs."""
    yield record("warcinfo", b"software: invented\r\n", content_type="application/warc-fields")
    each = -(-crawl.pages // crawl.files)
    for number in range(file * each, min((file + 1) * each, crawl.pages)):
        chance = random.Random(f"crawl {number}")
        told = _story(crawl, number, chance)
        body = _page(crawl, told)
        yield _request(told.url)
        yield _response(told, body)
        if crawl.also:
            yield from _more(told, body, chance)


def _story(crawl: Crawl, number: int, chance: random.Random) -> Story:
    language = "en" if chance.random() < crawl.english else chance.choice(("de", "es"))
    return story(number, words=800 if _is_full(crawl, number) else crawl.words, language=language)


def _page(crawl: Crawl, told: Story) -> bytes:
    return page(told, furniture=1.0 if _is_full(crawl, told.number) else crawl.furniture)


def _is_full(crawl: Crawl, number: int) -> bool:
    return crawl.full is not None and number % crawl.full == 0


def _more(told: Story, body: bytes, chance: random.Random) -> Iterator[bytes]:
    for kind, percent in _ALSO.items():
        if chance.random() * 100 >= percent:
            continue
        other = replace(told, url=f"{told.url}?seen={kind.replace(' ', '-')}")
        if kind == "the same page again":
            yield _response(told, body)
        elif kind == "the same text elsewhere":
            yield _response(other, body.replace(told.url.encode(), other.url.encode()))
        elif kind == "redirect":
            yield _answered(other, answer(b"", status="301 Moved Permanently", also={"Location": told.url}))
        elif kind == "error":
            yield _answered(
                other, answer(b"<p>Gone.</p>", status=chance.choice(("404 Not Found", "503 Busy")))
            )
        elif kind == "revisit":
            yield record("revisit", answer(b""), url=told.url, date=_fetched(told))
        else:
            yield _answered(other, answer(chance.randbytes(4_000), content_type="image/jpeg"))


def _request(url: str) -> bytes:
    return record(
        "request",
        f"GET {url} HTTP/1.1\r\nUser-Agent: invented\r\n\r\n".encode(),
        url=url,
        content_type="application/http; msgtype=request",
    )


def _response(told: Story, body: bytes) -> bytes:
    return _answered(told, answer(body))


def _answered(told: Story, block: bytes) -> bytes:
    return record("response", block, url=told.url, date=_fetched(told))


def _fetched(told: Story) -> str:
    return f"{told.published:%Y-%m-%dT%H:%M:%SZ}"


def wrapped(pages: Path, path: Path) -> int:
    """The pages of the article extraction benchmark as a WARC; how many there are."""
    files = sorted(pages.glob("*.html.gz"))
    with path.open("wb") as out:
        for number, file in enumerate(files):
            body = gzip.decompress(file.read_bytes())
            block = answer(body, content_type="text/html")
            one = record("response", block, url=f"https://pages.example/{number}")
            out.write(gzip.compress(one, _LEVEL, mtime=0))
    return len(files)
