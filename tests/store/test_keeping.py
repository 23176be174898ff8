"""Deleting, backing up, checking, and many at once."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import text

from quotidian.errors import NotInArchive, ReviewRefused, StoreError, UsageError
from quotidian.store import Archive, opened
from quotidian.store.tables import metadata
from quotidian.store.values import Review
from quotidian.types import Act
from quotidian.write import jsonl
from store.building import told
from store.comparing import everything
from store.conftest import Fresh
from store.kills.adding import add
from store.kills.killing import articles

SECRET = told(
    "{s1:Zebulon Xanthippe} {c1:whispered} {q1:of the quincunx in the Fog Office}.",
    people=[("Zebulon Xanthippe", "Xanthippe")],
    bodies=[("Fog Office",)],
    url="https://tidemark.example/quincunx",
    title="Quincunx",
    byline="Zora Quagga",
    outlet="The Tidemark",
)
BRANN = told("{s:Ivo Brann} {c:said} {q:no}.", people=[("Ivo Brann",)])
WORDS = ("Zebulon", "Xanthippe", "quincunx", "Quagga")


def all_values(archive: Archive) -> str:
    """Everything in every table, the index's own tables too."""
    with archive._database.reading() as connection:
        if connection.dialect.name == "sqlite":
            tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        else:
            tables = connection.execute(
                text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
            )
        return "\n".join(
            str(tuple(row))
            for name in list(tables.scalars())
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
        )


# --- deleting -----------------------------------------------------------------------------------


def test_what_is_deleted_leaves_no_word_behind(archive: Archive) -> None:
    archive.add(BRANN)
    added = archive.add(SECRET, page=b"<p>quincunx")
    archive.add(told("{s:Somebody} {c:said} {q:the quincunx moved}.", url=SECRET.url))
    [hit] = archive.article(added.article, version=1).hits
    [entity] = [one.id for one in archive.entities() if "Xanthippe" in one.name]
    archive.review(Review(kind="correct", by="Una", statement=hit.id, payload={"act": "warn"}))
    archive.review(Review(kind="rename", by="Una", entity=entity, payload={"name": "Xanthippe of quincunx"}))
    [met] = archive.appearances(entity) or [None]
    assert met is None  # the current version does not name her
    assert all(word in all_values(archive) for word in ("Xanthippe", "quincunx"))
    archive.delete(added.article)
    left = all_values(archive)
    assert [word for word in WORDS if word.casefold() in left.casefold()] == []
    for nothing in (archive.article, archive.delete):
        with pytest.raises(NotInArchive):
            nothing(added.article)
    with pytest.raises(NotInArchive):
        archive.statement(hit.id)
    assert archive.search("quincunx").total == 0
    assert {review.kind for review in archive.reviews()} == {"correct", "rename"}
    with pytest.raises(ReviewRefused, match="deleted"):
        archive.review(Review(kind="undo", by="Una", undoes=archive.reviews()[-1].id))
    assert archive.check() == ()


def test_what_is_deleted_is_not_in_the_files_either(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with opened(path) as archive:
        added = archive.add(SECRET)
        archive.delete(added.article)
        files = [file for file in tmp_path.iterdir() if file.name.startswith("news.db")]
        found = b"".join(file.read_bytes() for file in files)
        assert [word for word in WORDS if word.casefold().encode() in found.lower()] == []


def test_a_number_is_never_given_twice(archive: Archive) -> None:
    archive.add(BRANN)
    added = archive.add(SECRET)
    [hit] = archive.article(added.article).hits
    entities = {one.id for one in archive.entities()}
    archive.delete(added.article)
    again = archive.add(SECRET)
    assert again.article > added.article
    [new] = archive.article(again.article).hits
    assert new.id > hit.id
    assert min({one.id for one in archive.entities()} - {1}) > max(entities)


def test_deleting_leaves_of_others_what_other_articles_tell(archive: Archive) -> None:
    archive.add(BRANN)
    before = everything(archive)
    archive.delete(archive.add(SECRET).article)
    now = everything(archive)
    for table in before:
        if table != "outlets":
            assert now[table] == before[table], table


def test_several_are_deleted_or_none(archive: Archive) -> None:
    ids = [archive.add(article).article for article in (BRANN, SECRET)]
    with pytest.raises(NotInArchive):
        archive.delete(*ids, 4_000)
    assert archive.counts().articles == 2
    archive.delete(*ids)
    assert archive.counts().articles == 0
    assert archive.counts().statements == 0
    assert archive.entities() == ()
    assert archive.check() == ()


def test_deleting_one_half_of_a_merge_keeps_the_other(archive: Archive) -> None:
    one, other = archive.add(SECRET).article, archive.add(BRANN).article
    names = {entity.name: entity.id for entity in archive.entities()}
    into, merged = names["Ivo Brann"], names["Zebulon Xanthippe"]
    archive.review(Review(kind="merge", by="Una", entity=merged, payload={"into": into}))
    archive.delete(one)
    assert [name.name for name in archive.entity(into).names] == ["Ivo Brann"]
    assert "xanthippe" not in all_values(archive).casefold()
    archive.delete(other)
    assert archive.entities() == ()
    assert archive.check() == ()


def test_somebody_suppressed_stays_so_when_all_articles_go_and_another_comes(archive: Archive) -> None:
    added = archive.add(SECRET)
    [entity] = [one.id for one in archive.entities() if "Xanthippe" in one.name]
    archive.review(Review(kind="suppress", by="Una", entity=entity))
    archive.delete(added.article)
    archive.add(SECRET)
    assert not any("Xanthippe" in one.name for one in archive.entities())


# --- backup and check ---------------------------------------------------------------------------


def test_a_backup_made_while_another_writes_is_whole(tmp_path: Path) -> None:
    with opened(tmp_path / "news.db") as archive:
        given = articles(60)
        for article in given[:20]:
            archive.add(article)
        writer = threading.Thread(target=lambda: [archive.add(article) for article in given[20:]])
        writer.start()
        copies = []
        for number in range(3):
            copies.append(tmp_path / f"copy-{number}.db")
            archive.backup(copies[-1])
        writer.join()
        for path in copies:
            with opened(path) as copy:
                assert copy.check() == ()
                assert copy.counts().versions >= 20
        with pytest.raises(StoreError, match="is there already"):
            archive.backup(copies[0])
        with pytest.raises(StoreError, match="no folder"):
            archive.backup(tmp_path / "nowhere" / "copy.db")
        archive.backup(tmp_path / "last.db")
        with opened(tmp_path / "last.db") as copy:
            assert everything(copy) == everything(archive)
    left = {path.name for path in tmp_path.iterdir()}
    assert not any("part" in name for name in left), left


def test_a_backup_that_was_cut_off_is_not_in_the_way(tmp_path: Path) -> None:
    with opened(tmp_path / "news.db") as archive:
        archive.add(BRANN)
        (tmp_path / "copy.db.part").write_bytes(b"half of something")
        archive.backup(tmp_path / "copy.db")
    with opened(tmp_path / "copy.db") as copy:
        assert copy.counts().articles == 1


def test_postgresql_is_backed_up_by_its_own_tools(archive: Archive, tmp_path: Path) -> None:
    if archive.location.startswith("postgresql"):
        with pytest.raises(UsageError, match="pg_dump"):
            archive.backup(tmp_path / "copy.db")


@pytest.mark.parametrize(
    ("damage", "told_of"),
    [
        ("UPDATE versions SET text = 'x' || text", "text is not the one read"),
        ("UPDATE statements SET content = 'yes'", "content is not what stands at its place"),
        ("UPDATE statements SET cue_spans = '[[0, 90000]]'", "cue is not what stands at its place"),
        ("UPDATE versions SET record = :bytes", "damaged"),
        ("DELETE FROM words", "is not indexed"),
        ("DELETE FROM facts", "facts"),
        ("UPDATE versions SET current = 1", "two current versions"),
        ("UPDATE statements SET speaker_id = NULL", "facts"),
    ],
)
def test_damage_is_found_and_told(archive: Archive, damage: str, told_of: str) -> None:
    archive.add(BRANN)
    archive.add(told("{s:Ivo Brann} {c:said} {q:no, no}.", people=[("Ivo Brann",)], url="https://a.example/"))
    archive.add(told("{s:Ivo Brann} {c:said} {q:yes}.", people=[("Ivo Brann",)], url="https://a.example/"))
    assert archive.check() == ()
    with archive._database.writing() as connection:
        connection.execute(text(damage), {"bytes": b"\1\2\3"} if ":bytes" in damage else {})
    problems = archive.check()
    assert any(told_of in problem for problem in problems), problems


# --- what watching keeps ------------------------------------------------------------------------


def test_the_state_of_feeds_and_what_was_seen_is_kept(archive: Archive) -> None:
    url = "https://harbourpost.example/feed"
    assert archive.feed_state(url) is None
    assert archive.seen(url) is None
    for etag in ("a", 'b"\u2028\U0001f6a2'):
        archive.keep_feed_state(url, {"etag": etag, "pages": [1, None]})
        archive.see(url, None, etag)
    assert archive.feed_state(url) == {"etag": 'b"\u2028\U0001f6a2', "pages": [1, None]}
    assert archive.seen(url) == (None, 'b"\u2028\U0001f6a2')


# --- many at once -------------------------------------------------------------------------------


def test_threads_read_while_one_writes(archive: Archive) -> None:
    given = articles(24)
    written = threading.Event()

    def read(seed: int) -> int:
        chance, looks = random.Random(seed), 0
        while not written.is_set() or looks == 0:
            heads = archive.heads(limit=500)
            if heads:
                stored = archive.article(chance.choice(heads).id)
                assert [hit.key for hit in stored.hits] == [one.id for one in stored.article.attributions]
            found = archive.search("ferry", limit=5)
            assert len(found.hits) == min(5, found.total)
            looks += 1
        return looks

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read, seed) for seed in range(8)]
        try:
            for article in given:
                archive.add(article)
        finally:
            written.set()
        assert all(reader.result() for reader in readers)
    assert archive.check() == ()


def test_two_processes_add_the_same_and_nothing_is_there_twice(fresh: Fresh) -> None:
    location, alone = fresh(), fresh()
    lines = [jsonl.line(article) for article in articles(24)]
    processes = get_context("forkserver")
    both = [processes.Process(target=add, args=(location, given, 3, len)) for given in (lines, lines[::-1])]
    for process in both:
        process.start()
    for process in both:
        process.join()
        assert process.exitcode == 0
    add(alone, lines, 3, len)
    with opened(location) as one, opened(alone) as other:
        assert one.check() == ()
        assert (one.counts().articles, one.counts().versions) == (
            other.counts().articles,
            other.counts().versions,
        )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_may_make_the_archive_at_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    lines = [jsonl.line(article) for article in articles(6)]
    for number in range(3):
        location = str(tmp_path / f"{number}.db")
        if kind == "postgresql":
            location = request.getfixturevalue("databases").empty()
        processes = get_context("forkserver")
        both = [processes.Process(target=add, args=(location, lines, 3, len)) for _ in range(2)]
        for process in both:
            process.start()
        for process in both:
            process.join()
            assert process.exitcode == 0
        with opened(location) as archive:
            assert archive.counts().articles == len({article.url for article in articles(6)})
            assert archive.check() == ()


def test_two_archives_of_one_file_in_one_process_wait_for_each_other(location: str) -> None:
    given = articles(12)
    with opened(location) as one, opened(location) as other:
        threads = [
            threading.Thread(target=lambda archive=archive: [archive.add(article) for article in given])
            for archive in (one, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert one.check() == ()
        assert one.counts() == other.counts()
        assert one.counts().versions == len(given)


def test_a_thread_that_has_a_batch_open_is_told_so_instead_of_waiting_for_itself(archive: Archive) -> None:
    with archive.batch() as batch:
        with pytest.raises(RuntimeError, match="a batch is open"):
            archive.add(BRANN)
        batch.add(BRANN)
    assert archive.counts().articles == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_an_archive_may_be_used_after_a_fork_by_both(archive: Archive) -> None:
    archive.add(BRANN)
    child = os.fork()
    if child == 0:
        try:
            archive.add(SECRET)
            archive.close()
            os._exit(0 if archive.location else 1)
        except BaseException:
            os._exit(1)
    archive.counts()
    assert os.waitpid(child, 0)[1] == 0
    archive.add(told("{s:Ivo Brann} {c:said} {q:later}.", people=[("Ivo Brann",)]))
    assert archive.counts().articles == 3
    assert archive.check() == ()


def test_a_reader_can_neither_write_nor_checkpoint(tmp_path: Path) -> None:
    with opened(tmp_path / "news.db") as archive:
        archive.add(BRANN)
        log = (tmp_path / "news.db-wal").stat().st_size
        assert log > 0
        with archive._database.reading() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.rollback()
            for sql in ("DELETE FROM meta", "PRAGMA query_only=OFF; DELETE FROM meta"):
                with pytest.raises(sqlite3.OperationalError, match="readonly"):
                    driver.executescript(sql)
            with pytest.raises(sqlite3.OperationalError):
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert (tmp_path / "news.db-wal").stat().st_size == log


def test_looking_at_a_file_that_is_open_does_not_lose_its_locks(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with opened(path) as archive:
        archive.add(BRANN)
        with archive._database.reading() as connection:
            connection.execute(text("SELECT 1 FROM meta")).first()
            before = locks_of(path)
            assert before
            opened(path).close()
            assert locks_of(path) >= before


def locks_of(path: Path) -> int:
    """How many locks the system knows on a file and those beside it."""
    numbers = {str(file.stat().st_ino) for file in path.parent.iterdir() if file.name.startswith(path.name)}
    held = [line for line in Path("/proc/locks").read_text().splitlines() if str(os.getpid()) in line.split()]
    return sum(line.split()[5].rpartition(":")[2] in numbers for line in held)


# --- the page for people ------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "archive.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?);\n```", PAGE, re.DOTALL)
TRACES = [query for query in QUERIES if "utterances" in query or "links" in query]


def test_every_table_is_documented() -> None:
    assert [name for name in metadata.tables if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize(
    "query", [one for one in QUERIES if one not in TRACES], ids=lambda query: query.splitlines()[0]
)
def test_the_queries_of_the_documentation_can_be_asked(archive: Archive, query: str) -> None:
    denial = told("{s:Ivo Brann} {c:denied} {q:it}.", people=[("Ivo Brann",)])
    [made] = denial.statements
    archive.add(replace(denial, statements=(replace(made, act=Act("deny", 0.9)),)))
    [hit] = archive.search("").hits
    archive.review(Review(kind="accept", by="Una", statement=hit.id))
    with archive._database.reading() as connection:
        if "json_" in query and connection.dialect.name != "sqlite":
            return
        assert len(connection.execute(text(query)).all()) == 1


@pytest.mark.parametrize("query", TRACES, ids=lambda query: query.splitlines()[0])
def test_the_queries_of_traces_can_be_asked(archive: Archive, query: str) -> None:
    for outlet in ("The Harbour Post", "The Tarn Courier"):
        words = "the lamp on the mole had been dark for eleven nights"
        archive.add(
            told(
                f"{{s:Ivo Brann}} {{c:said}} {{q:{words}}}.",
                people=[("Ivo Brann",)],
                outlet=outlet,
                id=outlet,
            )
        )
    archive.join()
    hit = archive.search("").hits[0]
    with archive._database.reading() as connection:
        found = connection.execute(text(query.replace("= 38", f"= {hit.id}"))).all()
    assert len(found) == 1
