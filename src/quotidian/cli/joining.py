"""Joining what was added to the rest of an archive, so that its traces are there at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from quotidian.cli.common import complain
from quotidian.errors import QuotidianError

if TYPE_CHECKING:
    from quotidian.store import Archive
    from quotidian.store.tracing.window import Vectors
    from quotidian.store.values import Joined

    # Called when something is to be joined: it loads the model.
    MakeVectors = Callable[[], Vectors | None]


def join(archive: Archive, vectors: MakeVectors) -> Joined:
    """Join all that waits, with a bar where somebody watches; nothing is loaded where nothing waits.

    Raises:
        StoreError: the archive cannot be written; what was joined before is kept.
        ModelError: the model cannot be loaded.
    """
    from quotidian import progress
    from quotidian.store.values import Joined

    waiting = archive.unjoined()
    if not waiting:
        return Joined(0, 0, 0)
    with progress.bar(waiting, "Joining") if sys.stderr.isatty() else progress.silent() as advance:
        done = 0

        def progressed(articles: int, _: int) -> None:
            nonlocal done
            advance(articles - done)
            done = articles

        return archive.join(vectors(), progress=progressed)


def join_added(archive: Archive, vectors: MakeVectors) -> bool:
    """Join what was just added; that it fails is told, and costs nothing that was kept.

    Returns:
        Whether it did not fail.
    """
    try:
        join(archive, vectors)
    except QuotidianError as error:
        complain(f"kept, but not joined: {error}; `quotidian join {archive.location}` does it later")
        return False
    return True
