"""Brings an archive up to date with one more step of its own, and waits half-way or at the end to be killed.

Usage: python migrating.py ARCHIVE "half-way"|"done but not committed"
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import Connection, text

from quotidian.store import migrations, opened


def main(location: str, when: str) -> None:
    def wait(now: str) -> None:
        if now == when:
            print(when, flush=True)
            time.sleep(60)

    def next_one(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE copied (id integer PRIMARY KEY, content text NOT NULL)"))
        found = connection.execute(text("SELECT id, content FROM statements ORDER BY id")).all()
        for place, row in enumerate(found):
            values = {"id": row.id, "content": row.content}
            connection.execute(text("INSERT INTO copied VALUES (:id, :content)"), values)
            if place == len(found) // 2:
                wait("half-way")
        connection.execute(text("ALTER TABLE statements ADD COLUMN copied integer"))
        wait("done but not committed")

    migrations.MIGRATIONS = (*migrations.MIGRATIONS, next_one)
    opened(location)


if __name__ == "__main__":
    main(*sys.argv[1:])
