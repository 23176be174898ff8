"""Brings an archive up to date, and waits to be killed in the step that makes the tables of tracing.

Usage: python migrating.py ARCHIVE
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import Connection, event

from quotidian.store import opened
from quotidian.store.tables import sketches


def wait(table: object, connection: Connection, **given: object) -> None:
    """Called when the second of the tables is made: columns, an index and one table are there already."""
    print("half-way", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    event.listen(sketches, "after_create", wait)
    opened(sys.argv[1])
