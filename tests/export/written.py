"""Exports taken as a reader takes them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable

from export.invented import BASE, Shelf
from quotidian import export
from quotidian.store.values import Hit


class Given(Shelf):
    """An archive whose search finds these statements."""

    def __init__(self, *found: Hit, **rest):
        super().__init__(**rest)
        self.found = found

    def every(self, query: str = ""):
        self.asked.append(query)
        yield from self.found


def exported(what: str, form: str, archive: Shelf | None = None, query: str = "", **options) -> bytes:
    file = io.BytesIO()
    export.export(archive or Shelf(), what, form, query, file, **{"base_url": BASE, **options})
    return file.getvalue()


def text(what: str, form: str, *found: Hit, **options) -> str:
    return exported(what, form, Given(*found) if found else None, **options).decode()


def lines(written: bytes) -> list[dict]:
    return [json.loads(line) for line in written.decode().split("\n") if line]


def both(*pieces: Iterable) -> list:
    return [one for piece in pieces for one in piece]
