"""Texts being read, and what was read and is not kept yet.

What was read waits in memory, not in the archive: for an hour, and only for the one who had it read. It
is gone when the reading room is stopped, and the oldest goes first where there is too much.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from quotidian.errors import LimitExceeded
from quotidian.types import Article

if TYPE_CHECKING:
    from quotidian.pipeline import Reader

T = TypeVar("T")

LONGEST_WAIT = 30  # seconds
KEPT_FOR = 3_600.0  # seconds
MOST_ARTICLES = 50
MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True)
class _Waiting:
    article: Article
    user: str
    until: float


class Pending:
    """What was read, under a name that cannot be guessed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = Lock()
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()

    def put(self, article: Article, user: str) -> str:
        """Let an article wait; its name comes back."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._waiting[name] = _Waiting(article, user, self._clock() + KEPT_FOR)
            self._make_room()
        return name

    def get(self, name: str, user: str) -> Article | None:
        """The article of that name, if it is there, still waits, and is this user's."""
        with self._lock:
            found = self._waiting.get(name)
        return found.article if found and found.user == user and found.until > self._clock() else None

    def drop(self, name: str, user: str) -> None:
        """Let it wait no longer."""
        with self._lock:
            if (found := self._waiting.get(name)) and found.user == user:
                del self._waiting[name]

    def _make_room(self) -> None:
        now = self._clock()
        for name in [name for name, one in self._waiting.items() if one.until <= now]:
            del self._waiting[name]
        while len(self._waiting) > 1 and (
            len(self._waiting) > MOST_ARTICLES
            or sum(len(one.article.text) for one in self._waiting.values()) > MOST_CHARACTERS
        ):
            self._waiting.popitem(last=False)


class Desk:
    """Reads one text at a time, with a model that is loaded when first needed and then stays.

    Args:
        reader: makes the reader; None where this reading room reads nothing.
    """

    def __init__(self, reader: Callable[[], Reader] | None):
        self._make = reader
        self._made: Reader | None = None
        self._lock = Lock()
        self.pending = Pending()

    @property
    def reads(self) -> bool:
        """Whether texts can be read here."""
        return self._make is not None

    def read(self, work: Callable[[Reader], Article]) -> Article:
        """What the work makes with the reader.

        Raises:
            InputError: as the reader does, or others have too much to read.
        """
        return self._with_reader(work)

    def vectors(self, texts: Sequence[str]) -> Any:
        """What texts mean, as vectors: see :meth:`quotidian.pipeline.Reader.vectors`.

        Raises:
            LimitExceeded: others have too much to read.
        """
        return self._with_reader(lambda reader: reader.vectors(texts))

    def _with_reader(self, work: Callable[[Reader], T]) -> T:
        assert self._make is not None, "asked of a desk that reads nothing"
        # Who waits holds a thread that others need to look at pages.
        if not self._lock.acquire(timeout=LONGEST_WAIT):
            raise LimitExceeded(
                f"Others are having texts read; after {LONGEST_WAIT} seconds it is not your turn. Try again."
            )
        try:
            if self._made is None:
                self._made = self._make()
            return work(self._made)
        finally:
            self._lock.release()
