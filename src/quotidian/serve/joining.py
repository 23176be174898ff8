"""Joining what was added from here to the rest of the archive, so that its traces are seen at once."""

from __future__ import annotations

import logging

from quotidian.errors import QuotidianError
from quotidian.serve.pending import Desk
from quotidian.store.archive import Archive
from quotidian.store.values import Joined

# Articles. Who keeps one does not wait for many that others added: these are joined by `quotidian join`, by
# whoever adds them, or by the owner's button.
AT_ONCE = 50

_LOG = logging.getLogger(__name__)


def join(archive: Archive, desk: Desk) -> Joined:
    """Join all that waits.

    Raises:
        StoreError: the archive cannot be written.
        QuotidianError: the reader cannot be had.
    """
    return archive.join(desk.vectors if desk.reads else None)


def join_at_once(archive: Archive, desk: Desk) -> bool:
    """Join what was just added, where little waits; that it fails harms nothing, it waits then.

    Returns:
        Whether nothing waits now.
    """
    try:
        if archive.unjoined() > AT_ONCE:
            return False
        join(archive, desk)
    except QuotidianError as error:
        _LOG.warning("what was added waits to be joined: %s", error)
        return False
    return True
