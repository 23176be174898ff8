"""The demonstration's corpus in an archive of its own, and the gold beside it, page by page.

``src/quotidian/demo/README.md`` says what the gold is. It was made by reading the pages, not from what the
program finds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evaluation.labels import plain
from quotidian import demo, filling, reading
from quotidian.errors import BadRecord
from quotidian.store import Archive
from quotidian.store.values import Hit, Outcome, StoredArticle
from quotidian.types import Article, Failure, Span

GOLD = demo.CORPUS / "gold"
PAGES = demo.CORPUS / "pages"

_TITLES = ("ms.", "mr.", "mrs.", "miss", "dr.", "professor", "inspector", "colonel", "mayor", "minister")


@dataclass(frozen=True, slots=True)
class Gold:
    """A statement that a careful reader finds, with its words in place."""

    id: str
    content: tuple[Span, ...]
    row: Mapping[str, Any]

    @property
    def must(self) -> bool:
        """Whether it is plain enough that a program has to find it."""
        return bool(self.row.get("must"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the corpus: its gold, and the version of an article that it became."""

    name: str
    outcome: Outcome
    stored: StoredArticle
    gold: tuple[Gold, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.stored.article.text

    @property
    def hits(self) -> Sequence[Hit]:
        """What was found on it."""
        return self.stored.hits

    @property
    def current(self) -> bool:
        """Whether it is the last version of its article."""
        return self.stored.head.version == self.stored.head.versions


@dataclass(frozen=True)
class Person:
    """A person, an organisation, a group or a place of the gold."""

    row: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its id in the gold."""
        return str(self.row["id"])

    @property
    def type(self) -> str:
        """What it is."""
        return str(self.row["type"])

    @cached_property
    def names(self) -> frozenset[str]:
        """All that the corpus calls it, as names are compared; with and without "Ms." and the like."""
        every = {plain(name) for name in (self.row["name"], *self.row["names"])}
        return frozenset(every | {untitled(name) for name in every})

    def is_named_on(self, page: str) -> bool:
        """Whether a page names it."""
        return page in self.row["pages"]


def untitled(name: str) -> str:
    """A plain name without the title before it.

    >>> untitled("ms. achterly"), untitled("wenna achterly")
    ('achterly', 'wenna achterly')
    """
    first, _, rest = name.partition(" ")
    return rest if rest and first in _TITLES else name


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the gold."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def entities() -> dict[str, Person]:
    """Who is who over all pages, by id."""
    return {row["id"]: Person(row) for row in rows("entities.jsonl")}


def filled(archive: Archive, read: Callable[[Article], Article], *, later: bool = True) -> list[Page]:
    """The pages, once they are all in the archive.

    Args:
        archive: where to.
        read: what reads an article.
        later: whether the later versions of pages are added too.

    Raises:
        BadRecord: a page could not be read, or the gold does not stand on it.
    """
    which = [path for path in demo.pages() if later or not path.name.endswith(".v2.html")]
    outcomes: list[filling.Kept] = []
    for one in filling.fill(archive, reading.pages(which), read):
        if isinstance(one, Failure):
            raise BadRecord(f"{one.origin}: {one.why}")
        outcomes.append(one)
    gold = {row["page"]: row for row in rows("articles.jsonl")}
    made = []
    for path, kept in zip(which, outcomes, strict=True):
        name = path.relative_to(PAGES).as_posix()
        stored = archive.article(kept.added.article, gold[name]["version"])
        marked = tuple(placed(row, stored.article.text) for row in gold[name]["statements"])
        made.append(Page(name, kept.added.outcome, stored, marked))
    return made


def placed(row: Mapping[str, Any], text: str) -> Gold:
    """A statement of the gold with the place of its content's words.

    Raises:
        BadRecord: the words do not stand in the text.
    """
    times = row.get("occurrence", {}).get("content", 1)
    counted = times if isinstance(times, list) else [times] * len(row["content"])
    spans = []
    for words, time in zip(row["content"], counted, strict=True):
        start = -1
        for _ in range(time):
            start = text.find(words, start + 1)
            if start < 0:
                raise BadRecord(f"the demonstration’s gold, {row['id']}: “{words}” is not in the text")
        spans.append(Span(start, start + len(words)))
    return Gold(row["id"], tuple(sorted(spans)), row)
