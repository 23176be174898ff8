"""What tests of inputs share: invented records, and what comes out of files made of them."""

from __future__ import annotations

import io
from collections.abc import Iterable

from benchmarks.crawl.warcs import answer, record
from quotidian.reading.limits import Limits
from quotidian.run.inputs import warc
from quotidian.run.values import Page, Skip

STORY = "<p>“The pier will open again in May,” said Mara Lindqvist, the mayor of Ostmere.</p>"


def page(number: int = 0, story: str = STORY) -> bytes:
    return f"<!doctype html><title>Report {number}</title><body>{story}<p>Report {number}.</p>".encode()


def url(number: int) -> str:
    return f"https://gazette.example/{number}"


def response(number: int = 0, body: bytes | None = None, **options: object) -> bytes:
    """A record with an answer to a request for page ``number``."""
    given = {name: options.pop(name) for name in ("status", "content_type", "also") if name in options}
    block = answer(page(number) if body is None else body, **given)  # type: ignore[arg-type]
    return record("response", block, url=url(number), **options)  # type: ignore[arg-type]


def read(data: bytes, limits: Limits | None = None) -> list[Page | Skip]:
    return list(warc.pages(io.BytesIO(data), limits or Limits()))


def pages(found: Iterable[Page | Skip]) -> list[str]:
    """The addresses of the pages."""
    return [one.url for one in found if isinstance(one, Page)]


def skips(found: Iterable[Page | Skip]) -> list[Skip]:
    return [one for one in found if isinstance(one, Skip)]


def reasons(found: Iterable[Page | Skip]) -> list[str]:
    return [one.reason for one in skips(found)]
