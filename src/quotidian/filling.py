"""Articles into an archive: read what it does not have, keep it in batches, say what became of each.

What comes out has been kept: an outcome is given only when the transaction it belongs to has ended.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from quotidian import reading
from quotidian.errors import NotInArchive
from quotidian.reading.page import page_record
from quotidian.reading.sniff import HEAD, refuse_other_media
from quotidian.store.archive import Archive
from quotidian.store.values import Added, Outcome
from quotidian.types import Article, Failure
from quotidian.watch.archive import PageOrigin, covers
from quotidian.watch.state import FeedState

Read = Callable[[Article], Article]
Found = tuple[Article | Failure, bytes | None]

# A batch ends after so long or so many: what a kill costs, and how long other writers wait.
BATCH_S = 0.5
BATCH = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that is in the archive now, and what it changed there."""

    article: Article
    added: Added


def fill(
    archive: Archive, found: Iterable[Found], read: Read, *, keep_pages: bool = False
) -> Iterator[Kept | Failure]:
    """Read and keep what the archive does not have yet.

    Args:
        archive: where to.
        found: articles, read by the model already or not, with their pages, and failures.
        read: what reads an article.
        keep_pages: whether the pages are kept too.

    Raises:
        StoreError: the archive cannot be written; what came out before is kept.
    """
    waiting: list[tuple[Article, bytes | None]] = []
    since = time.monotonic()
    for one, page in found:
        if isinstance(one, Failure):
            yield one
            continue
        if not waiting:
            since = time.monotonic()
        there = archive.added(one)
        if there is not None and not (keep_pages and page):
            yield Kept(one, there)
            continue
        made = one if one.model is not None or there is not None else read(one)
        waiting.append((made, page if keep_pages else None))
        if len(waiting) >= BATCH or time.monotonic() - since >= BATCH_S:
            yield from _kept(archive, waiting)
            waiting = []
    yield from _kept(archive, waiting)


def read_again(archive: Archive, read: Read, model: str, *, all: bool = False) -> Iterator[tuple[int, int]]:
    """Read the current versions again, those that another model read or all.

    Yields:
        The article's number in the archive and how many statements it has now, once that is kept.
    """
    for id in list(archive.article_ids()):
        try:
            stored = archive.article(id)
        except NotInArchive:
            continue
        if stored.head.reason is not None or (stored.head.model == model and not all):
            continue
        bare = replace(
            archive.reading(id),
            attributions=(),
            statements=(),
            mentions=(),
            entities=(),
            dates=(),
            model=None,
        )
        yield id, archive.reread(read(bare), id)


class Watched:
    """An archive as a watch sees it: :class:`quotidian.watch.Archive`."""

    def __init__(self, archive: Archive, read: Read, options: reading.Options, *, keep_pages: bool = False):
        self._archive = archive
        self._read = read
        self._options = options
        self._keep_pages = keep_pages

    def feed_state(self, feed: str) -> FeedState | None:
        """What was kept of a feed; None if nothing was."""
        values = self._archive.feed_state(feed)
        return None if values is None else FeedState.from_values(values)

    def keep_feed_state(self, feed: str, state: FeedState) -> None:
        """Keep what is known of a feed, in place of what was kept before."""
        self._archive.keep_feed_state(feed, state.as_values())

    def knows(self, address: str, updated: str | None) -> bool:
        """Whether the page is in the archive, in this version or a later one."""
        seen = self._archive.seen(address)
        return seen is not None and covers(seen[0], updated)

    def add(self, page: bytes, origin: PageOrigin) -> str:
        """Read a page into the archive; the outcome in words.

        Raises:
            InputError: it cannot be read.
        """
        refuse_other_media(page[:HEAD])
        found = page_record(page, self._options.limits, origin.url, origin.charset)
        if found.published is None and origin.published is not None:
            found = replace(found, published=origin.published, published_from="given")
        made = reading.article_of(found, origin.asked, any_language=self._options.any_language)
        kept = page if self._keep_pages else None
        added = self._archive.added(made)
        if added is None:
            added = self._archive.add(self._read(made), page=kept, at=_moment(origin.fetched))
        for address in {origin.asked, origin.url}:
            self._archive.see(address, origin.updated or origin.published, added.outcome)
        return _WORDS[added.outcome]


_WORDS: dict[Outcome, str] = {
    "new": "added",
    "version": "added as a new version",
    "unchanged": "as it was before",
}


def _kept(archive: Archive, waiting: list[tuple[Article, bytes | None]]) -> list[Kept]:
    if not waiting:
        return []
    with archive.batch() as batch:
        added = [batch.add(article, page=page) for article, page in waiting]
    return [Kept(article, one) for (article, _), one in zip(waiting, added, strict=True)]


def _moment(fetched: str) -> datetime:
    try:
        moment = datetime.fromisoformat(fetched)
    except ValueError:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
