"""Killed at any moment, an archive is whole, has what was acknowledged, and can be gone on with."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from quotidian.store import Archive, migrations, opened
from quotidian.write import jsonl
from store.comparing import everything, words
from store.conftest import Fresh
from store.kills.adding import add
from store.kills.killing import articles, until_done

STEPS = len(migrations.MIGRATIONS)


def test_a_dozen_kills_while_adding_leave_what_an_undisturbed_run_leaves(fresh: Fresh) -> None:
    lines = [jsonl.line(article) for article in articles(60)]
    killed, undisturbed = fresh(), fresh()
    run = until_done(add, killed, lines, 4, chance=random.Random(7), most=12, longest=0.25)
    add(undisturbed, lines, 4, lambda line: None)
    assert run.kills > 3
    with opened(killed) as one, opened(undisturbed) as other:
        assert one.check() == ()
        for id in set(map(int, run.told)):
            assert one.article(id).head.id == id
        assert everything(one) == everything(other)
        assert len(words(one)) == len(words(other))


def filled(location: str) -> None:
    with opened(location) as archive, archive.batch() as batch:
        batch.add_all(articles(20))


def slowly(connection: Connection) -> None:
    """The next step, that kills/migrating.py was killed in."""
    connection.execute(text("CREATE TABLE copied (id integer PRIMARY KEY, content text NOT NULL)"))
    found = connection.execute(text("SELECT id, content FROM statements ORDER BY id")).all()
    for id, content in found:
        connection.execute(text("INSERT INTO copied VALUES (:id, :content)"), {"id": id, "content": content})
    connection.execute(text("ALTER TABLE statements ADD COLUMN copied integer"))


@pytest.mark.parametrize("when", ["half-way", "done but not committed"])
def test_a_kill_while_migrating_leaves_the_old_schema_and_the_next_opening_finishes(
    location: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(location)
    with opened(location) as archive:
        before = everything(archive)
    program = Path(__file__).parent / "kills" / "migrating.py"
    migrating = subprocess.Popen([sys.executable, program, location, when], stdout=subprocess.PIPE, text=True)
    assert migrating.stdout is not None
    assert migrating.stdout.readline() == f"{when}\n"
    migrating.kill()
    migrating.wait()
    with opened(location) as archive:
        assert schema(archive) == (STEPS, False)
        assert everything(archive) == before
        assert archive.check() == ()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, slowly))
    for _ in range(2):
        with opened(location) as archive:
            assert schema(archive) == (STEPS + 1, True)
            assert everything(archive) == before
            assert archive.check() == ()


def schema(archive: Archive) -> tuple[int, bool]:
    """The number of the last step, and whether the next step's table is there."""
    with archive._database.reading() as connection:
        number = connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar_one()
        if connection.dialect.name == "sqlite":
            there = "SELECT 1 FROM sqlite_master WHERE name = 'copied'"
        else:
            there = "SELECT 1 FROM information_schema.tables WHERE table_name = 'copied'"
        return int(number), connection.execute(text(there)).first() is not None


def test_a_kill_while_an_archive_is_made_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    with opened(path) as archive:
        assert archive.counts().articles == 0
