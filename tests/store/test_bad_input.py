"""What is no archive, cannot be read or written, or stops answering: a sentence that says what to do."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import filelock
import pytest
from sqlalchemy import Connection, create_engine, text

from quotidian.errors import (
    ArchiveDamaged,
    ArchiveFull,
    ArchiveLocked,
    ArchiveReadOnly,
    ArchiveUnreachable,
    NewerArchive,
    NotAnArchive,
    NotInArchive,
    QuotidianError,
    StoreError,
    UsageError,
)
from quotidian.store import Archive, opened
from quotidian.store.postgres import Postgres
from quotidian.store.sqlite import SQLite
from store.building import told
from store.comparing import everything
from store.databases import Databases
from store.kills.killing import articles
from store.server import Server

BRANN = told("{s:Ivo Brann} {c:said} {q:no}.", people=[("Ivo Brann",)])
FERRY = told("{s:Mara Quill} {c:said} {q:yes}.", people=[("Mara Quill",)])
ROOT = os.getuid() == 0


def filled(path: Path, many: int = 12) -> Path:
    with opened(path) as archive, archive.batch() as batch:
        batch.add_all(articles(many))
    return path


# --- what is no archive -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told_of"),
    [
        (b"Dear editor,\n", "something else"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "something else"),
        (b"SQLite format 3\0", "something else|damaged"),
        (b"SQLite format 3\0" + bytes(84) + b"\xff" * 4000, "something else|damaged|another program"),
    ],
    ids=["text", "image", "header alone", "header and nonsense"],
)
@pytest.mark.parametrize("create", [True, False])
def test_another_file_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes, told_of: str, create: bool
) -> None:
    path = tmp_path / "letter"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=told_of):
        opened(path, create=create)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize("table", ["meta (a, b)", "meta (key, value)", "letters (x)"])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute(f"CREATE TABLE {table}")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchive, match="another program"):
        opened(path)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match=re.escape(str(tmp_path / "news.db"))):
        opened(tmp_path)


def test_an_empty_file_becomes_an_archive_only_if_one_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    with pytest.raises(NotAnArchive, match="is empty"):
        opened(path, create=False)
    with opened(path) as archive:
        assert archive.add(BRANN).outcome == "new"


def test_where_there_is_nothing_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotInArchive, match="quotidian add"):
        opened(tmp_path / "news.db", create=False)
    assert not list(tmp_path.iterdir())
    with pytest.raises(NotInArchive, match="no folder"):
        opened(tmp_path / "nowhere" / "news.db")


def test_an_archive_of_a_newer_version_is_refused_and_left_as_it_is(location: str) -> None:
    with opened(location) as archive:
        archive.add(BRANN)
        with archive._database.writing() as connection:
            connection.execute(text("UPDATE meta SET value = '999' WHERE key = 'schema'"))
    with pytest.raises(NewerArchive, match=r"schema 999.*install the newer one"):
        opened(location)
    with opened_as(location) as connection:
        assert connection.execute(text("SELECT count(*) FROM statements")).scalar() == 1


def opened_as(location: str) -> Connection:
    """The database as another program opens it."""
    address = location.replace("postgresql:", "postgresql+psycopg:")
    return create_engine(address if "://" in address else f"sqlite:///{address}").connect()


# --- what cannot be written ---------------------------------------------------------------------


def as_nobody(path: Path) -> str:
    """What somebody without rights is told who looks into an archive and adds to it."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        os.write(theirs, look_and_add(path).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as said:
        told_of = said.read()
    os.waitpid(child, 0)
    return told_of


def look_and_add(path: Path) -> str:
    found = ""
    try:
        with opened(path) as archive:
            total = archive.search("ferry").total
            found = f"looked at {archive.counts().articles} {total} {archive.writable}; "
            archive.add(BRANN)
    except BaseException as error:
        return f"{found}{type(error).__name__} {error}"
    return f"{found}added"


@pytest.fixture
def open_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that anybody may go to."""
    folder = Path("/tmp") / f"quotidian-test-{os.getpid()}"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.mark.skipif(not ROOT, reason="only root can give up its rights for this")
def test_a_file_that_may_only_be_read_is_read(open_folder: Path) -> None:
    path = filled(open_folder / "news.db")
    with opened(path) as archive:
        many, found = archive.counts().articles, archive.search("ferry").total
    before = path.read_bytes()
    for file, folder in ((0o444, 0o755), (0o644, 0o777), (0o444, 0o777)):
        path.chmod(file)
        open_folder.chmod(folder)
        said = as_nobody(path)
        assert f"looked at {many} {found} False" in said, said
        assert "ArchiveReadOnly" in said
        assert "change the rights" in said
    assert path.read_bytes() == before


@pytest.mark.skipif(not ROOT, reason="only root can give up its rights for this")
def test_a_file_that_may_only_be_read_is_read_while_others_write(open_folder: Path) -> None:
    with opened(filled(open_folder / "news.db")) as archive:
        for article in (BRANN, FERRY):
            archive.add(article)
            said = as_nobody(open_folder / "news.db")
            assert f"looked at {archive.counts().articles} " in said, said
            assert "ArchiveReadOnly" in said


@pytest.mark.skipif(not ROOT, reason="only root can give up its rights for this")
def test_what_may_not_even_be_read_says_so(open_folder: Path) -> None:
    path = filled(open_folder / "news.db")
    path.chmod(0o600)
    said = as_nobody(path)
    assert "StoreError" in said
    assert "cannot be read: Permission denied" in said
    said = as_nobody(open_folder / "new.db")
    assert "ArchiveReadOnly" in said, said
    assert str(open_folder) in said


@pytest.mark.skipif(not ROOT, reason="only root can make a small disk")
@pytest.mark.parametrize("size", ["900k", "1500k", "3m"])
def test_on_a_full_disk_nothing_that_was_kept_is_lost(tmp_path: Path, size: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)], check=False)
    if made.returncode:
        pytest.skip("no small disk can be made here")
    try:
        path, kept = disk / "news.db", []
        with suppress(StoreError):
            opened(path).close()
        with pytest.raises(ArchiveFull, match="make room"), opened(path) as archive:
            for article in articles(500):
                kept.append(archive.add(article).article)
        subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
        with opened(path) as archive:
            assert archive.check() == ()
            assert {head.id for head in archive.heads(limit=1_000)} >= set(kept)
            assert archive.add(BRANN).outcome == "new"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_what_is_too_large_for_the_disk_leaves_the_archive_usable(tmp_path: Path) -> None:
    with opened(tmp_path / "news.db") as archive:
        archive.add(FERRY)
        with archive._database._writer.connect() as connection:  # type: ignore[attr-defined]
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveFull, match=r"no room left.*everything that was reported as kept is kept"):
            archive.add(BRANN, page=random.Random(1).randbytes(100_000))
        assert archive.counts().articles == 1
        with archive._database._writer.connect() as connection:  # type: ignore[attr-defined]
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        archive.add(BRANN)
        assert archive.check() == ()


# --- what is locked -----------------------------------------------------------------------------


def hold(path: str, held: Event, enough: Event) -> None:
    """Another program that writes for long."""
    with opened(path) as archive, archive.batch() as batch:
        batch.add(FERRY)
        held.set()
        enough.wait(60)


def impatient(location: str) -> Archive:
    if location.startswith("postgresql"):
        return Archive(Postgres(location, patience=0.3))
    return Archive(SQLite(Path(location), patience=0.3))


def test_while_another_program_writes_one_can_read_and_is_told_to_wait(location: str) -> None:
    opened(location).close()
    processes = get_context("forkserver")
    held, enough = processes.Event(), processes.Event()
    other = processes.Process(target=hold, args=(location, held, enough))
    other.start()
    assert held.wait(60)
    try:
        with impatient(location) as archive:
            assert archive.counts().articles == 0
            with pytest.raises(ArchiveLocked, match=r"another program has been writing.*try again"):
                archive.add(BRANN)
            enough.set()
            other.join()
            assert archive.add(BRANN).outcome == "new"
            assert archive.counts().articles == 2
    finally:
        enough.set()
        other.join()


def test_a_lock_that_somebody_forgot_is_waited_for_only_so_long(tmp_path: Path) -> None:
    path = filled(tmp_path / "news.db")
    with filelock.FileLock(f"{path}-lock"), impatient(str(path)) as archive:
        assert archive.counts().articles > 0
        with pytest.raises(ArchiveLocked):
            archive.add(BRANN)


# --- what is damaged ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_an_error_of_ours_or_found_by_a_check(tmp_path: Path, seed: int) -> None:
    path, chance = filled(tmp_path / "news.db"), random.Random(seed)
    content = bytearray(path.read_bytes())
    if seed % 4 == 0:
        del content[chance.randrange(100, len(content)) :]
    else:
        for _ in range(40):
            content[chance.randrange(100, len(content))] ^= chance.randrange(1, 256)
    path.write_bytes(content)
    try:
        with opened(path) as archive:
            found = archive.check()
            for head in archive.heads(limit=100):
                archive.article(head.id)
            archive.search("ferry")
    except QuotidianError as error:
        assert isinstance(error, ArchiveDamaged | NotAnArchive | NotInArchive), error
        assert "backup" in str(error) or "name another" in str(error) or "there is no" in str(error), error
    else:
        assert found


# --- PostgreSQL ---------------------------------------------------------------------------------


def test_an_address_that_is_none_is_told_without_its_password() -> None:
    with pytest.raises(UsageError, match=r"postgresql://user@host") as error:
        opened("postgresql://una:sesame@host:port/news")
    assert "sesame" not in str(error.value)


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(ArchiveUnreachable, match="look whether the server runs") as error:
        opened("postgresql://una:sesame@127.0.0.1:9/news")
    assert "sesame" not in str(error.value)


def test_a_database_that_is_not_there_is_told(server: Databases) -> None:
    with pytest.raises(StoreError, match=r'"nowhere" does not exist.*address'):
        opened(server.address("nowhere"))


def test_an_empty_database_becomes_an_archive_only_if_one_is_to_be_made(databases: Databases) -> None:
    address = databases.empty()
    with pytest.raises(NotAnArchive, match="is empty"):
        opened(address, create=False)
    with opened(address) as archive:
        assert archive.add(BRANN).outcome == "new"


@pytest.mark.parametrize("table", ["meta (a text)", "meta (key text, value text)", "letters (x text)"])
def test_a_database_with_tables_of_another_program_is_refused(databases: Databases, table: str) -> None:
    address = databases.empty()
    with opened_as(address) as connection:
        connection.execute(text(f"CREATE TABLE {table}"))
        connection.commit()
    with pytest.raises(NotAnArchive, match="another program"):
        opened(address)


def test_a_user_without_rights_may_read_and_is_told_so(databases: Databases) -> None:
    address = databases.fresh()
    name = address.rpartition("/")[2]
    with opened(address) as archive:
        archive.add(BRANN)
        with archive._database.writing() as connection:
            connection.execute(text(f"CREATE ROLE {name}_reader LOGIN"))
            connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}_reader"))
        try:
            with opened(re.sub("//.*@", f"//{name}_reader@", address)) as archive_read:
                assert archive_read.counts().articles == 1
                with pytest.raises(ArchiveReadOnly, match="grant it the rights"):
                    archive_read.add(FERRY)
        finally:
            with archive._database.writing() as connection:
                connection.execute(text(f"DROP OWNED BY {name}_reader"))
                connection.execute(text(f"DROP ROLE {name}_reader"))


def test_a_connection_that_is_lost_in_the_middle_is_told_and_the_next_call_works(
    databases: Databases,
) -> None:
    address = databases.fresh()
    name = address.rpartition("/")[2]
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    with opened(address) as archive:
        archive.add(FERRY)
        before = everything(archive)
        with pytest.raises(ArchiveUnreachable, match="run the same command again"), archive.batch() as batch:
            batch.add(BRANN)
            databases.run(cut)
            batch.add(told("{s:Ivo Brann} {c:said} {q:later}."))
        assert everything(archive) == before
        databases.run(cut)
        assert archive.counts().articles == 1
        databases.run(cut)
        assert archive.add(BRANN).outcome == "new"
        hits = archive.every()
        next(hits)
        databases.run(cut)
        with suppress(ArchiveUnreachable):
            list(hits)
        assert archive.counts().articles == 2


def test_a_server_that_was_stopped_and_started_again_between_two_calls_is_used_on() -> None:
    if Server.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with Server() as server, opened(server.address("postgres")) as archive:
        archive.add(FERRY)
        server.stop()
        with pytest.raises(ArchiveUnreachable):
            archive.counts()
        with pytest.raises(ArchiveUnreachable):
            archive.add(BRANN)
        server.start()
        assert archive.counts().articles == 1
        assert archive.add(BRANN).outcome == "new"
        server.stop()
        server.require_passwords()
        server.start()
        with pytest.raises(ArchiveUnreachable, match="password"):
            opened(server.address("postgres", user="quotidian:wrong"))
