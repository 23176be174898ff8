"""Joining: the same traces whatever the order, the batches, the kills; what goes, goes from the traces."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, text

from quotidian.store import Archive, opened
from quotidian.store.tables import TRACING
from quotidian.store.tracing import groups, joining, linking
from quotidian.trace.compare import link
from quotidian.trace.values import Link, Report
from quotidian.types import Article
from quotidian.write import jsonl
from store.building import without
from store.conftest import Fresh
from store.kills.killing import until_done
from store.tracing.killed import join
from store.tracing.newsroom import (
    BRANN,
    FERRY,
    FEWER,
    NEVER,
    PUT_OTHERWISE,
    SHORT,
    TOLLS,
    beside,
    hit,
    keep,
    others,
    outlets,
    story,
    trace,
    traced,
)

COPIED = (
    "The harbour board of Skarn met behind closed doors on Thursday and came to no end before "
    "midnight, when the lamps of the quay went out one by one and the gulls began to cry."
)
NEWS = [
    story(FERRY, TOLLS, outlet="The Harbour Post", opening=COPIED),
    story(FERRY, outlet="The Tidemark", day=7, opening=f"{COPIED} Nobody slept."),
    story(SHORT, outlet="The Lantern", day=8),
    story(PUT_OTHERWISE, outlet="The Sluice", day=8),
    story(NEVER, outlet="The Fog", day=7),
    story((BRANN[0], FERRY), outlet="The Rope", day=7),
    story(TOLLS, FERRY, outlet="The Herring", day=9, published="2031-03-09T07:30:00+01:00"),
    story(FEWER, outlet="The Eel", day=9),
    story(TOLLS, outlet="The Mast", day=26),
    story(FERRY, outlet="The Keel", published=None),
    *others(2),
]


def joined(location: str, articles: Sequence[Article], size: int) -> dict[str, list[object]]:
    """What tracing makes of articles that come ``size`` at a time, each time joined."""
    with opened(location) as archive:
        for start in range(0, len(articles), size):
            keep(archive, *articles[start : start + size])
            archive.join()
        return traced(archive)


@pytest.fixture
def newsroom(archive: Archive) -> Archive:
    """An archive of the news, joined at once."""
    keep(archive, *NEWS)
    archive.join()
    return archive


def test_twenty_orders_and_any_batches_make_the_same_traces(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = joined(fresh(), NEWS, len(NEWS))
    assert all(once[what] for what in ("utterances", "members", "links", "copies", "stories"))
    chance = random.Random(5)
    # What the order could change is no matter of the database; that numbers are given otherwise is.
    for _ in range(20 if fresh().endswith(".db") else 4):
        shuffled = chance.sample(NEWS, len(NEWS))
        monkeypatch.setattr(joining, "BATCH", chance.choice([3, 5, 400]))
        assert joined(fresh(), shuffled, chance.choice([5, 7, len(NEWS)])) == once


def test_one_by_one_and_again_are_the_same_as_at_once(fresh: Fresh) -> None:
    location = fresh()
    once = joined(fresh(), NEWS, len(NEWS))
    assert joined(location, NEWS, 1) == once
    with opened(location) as archive:
        archive.join_again()
        assert archive.unjoined() == len(NEWS)
        assert archive.utterances() == ()
        archive.join()
        assert traced(archive) == once
        archive.rebuild()
        archive.join()
        assert traced(archive) == once
        assert archive.check() == ()


def test_vectors_stay_when_one_article_is_joined_without_a_model(archive: Archive) -> None:
    keep(archive, *NEWS)
    archive.join(lambda texts: np.array([_direction(text) for text in texts], np.float32))
    before = traced(archive)
    assert any("likeness in sense" in str(link) for link in before["links"])
    with archive._database.writing() as connection:
        connection.execute(text("UPDATE versions SET joined = 0"))
    archive.join()
    assert traced(archive) == before


def _direction(text: str) -> list[float]:
    vector = np.random.default_rng(len(text)).normal(size=16) + 3
    return list(vector / np.linalg.norm(vector))


def test_an_utterance_has_its_reports_and_shows_beside_it_what_contradicts_it(newsroom: Archive) -> None:
    found = trace(newsroom, "The Tidemark")
    assert {"The Harbour Post", "The Tidemark", "The Lantern", "The Herring", "The Keel"} <= outlets(found)
    assert beside(found) >= {("The Fog", "negation"), ("The Rope", "speaker")}
    assert not {"The Fog", "The Rope", "The Sheet 1"} & outlets(found)
    tolls = trace(newsroom, "The Mast")
    assert {"The Harbour Post", "The Herring", "The Mast"} == outlets(tolls)
    assert ("The Eel", "number") in beside(tolls)


def test_what_contradicts_leads_back_to_what_it_contradicts(newsroom: Archive) -> None:
    assert ("The Tidemark", "negation") in beside(trace(newsroom, "The Fog"))
    assert ("The Tidemark", "speaker") in beside(trace(newsroom, "The Rope"))
    assert ("The Mast", "number") in beside(trace(newsroom, "The Eel"))


def test_a_changed_page_takes_the_place_of_the_old_one(newsroom: Archive) -> None:
    keep(newsroom, story(NEVER, outlet="The Lantern", day=8))
    newsroom.join()
    assert "The Lantern" in outlets(trace(newsroom, "The Fog"))
    assert "The Lantern" not in outlets(trace(newsroom, "The Tidemark"))
    assert newsroom.check() == ()
    keep(newsroom, replace(NEWS[2], title="Another title"))
    newsroom.join()
    assert "The Lantern" in outlets(trace(newsroom, "The Tidemark"))
    assert newsroom.check() == ()


def test_what_is_deleted_is_in_no_trace(fresh: Fresh) -> None:
    gone = [2, 0, 7]
    left = [article for n, article in enumerate(NEWS) if n not in gone]
    with opened(fresh()) as archive:
        ids = keep(archive, *NEWS)
        archive.join()
        for n in gone:
            archive.delete(ids[n])
            assert archive.check() == ()
        now = traced(archive)
    assert now == joined(fresh(), left, len(left))


def test_a_reading_that_finds_less_leaves_the_traces(newsroom: Archive) -> None:
    lantern = hit(newsroom, "The Lantern")
    newsroom.reread(without(NEWS[2], lantern.key), lantern.article.id)
    newsroom.join()
    assert "The Lantern" not in outlets(trace(newsroom, "The Tidemark"))
    assert newsroom.check() == ()


def test_kills_while_joining_leave_what_an_undisturbed_run_leaves(fresh: Fresh) -> None:
    lines = [jsonl.line(article) for article in NEWS]
    killed, undisturbed = fresh(), fresh()
    run = until_done(join, killed, lines, chance=random.Random(3), most=6, longest=0.3)
    assert run.kills > 2
    once = joined(undisturbed, NEWS, len(NEWS))
    with opened(killed) as archive:
        assert archive.unjoined() == 0
        assert archive.check() == ()
        assert traced(archive)["members"] == once["members"]
        assert traced(archive)["copies"] == once["copies"]
        assert traced(archive)["stories"] == once["stories"]


def test_an_error_while_joining_keeps_the_batches_before_and_nothing_of_its_own(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(archive, *NEWS)
    monkeypatch.setattr(joining, "BATCH", 4)
    calls = iter([None, None])
    put = groups.regroup

    def failing(connection: Connection, touched: Iterable[int]) -> None:
        if next(calls, "now") == "now":
            raise RuntimeError("the lamps went out")
        put(connection, touched)

    monkeypatch.setattr(groups, "regroup", failing)
    with pytest.raises(RuntimeError, match="lamps"):
        archive.join()
    assert archive.unjoined() == len(NEWS) - 8
    assert archive.check() == ()
    monkeypatch.undo()
    archive.join()
    assert archive.check() == ()
    assert {"The Keel", "The Tidemark"} <= outlets(trace(archive, "The Lantern"))


# --- bad input ----------------------------------------------------------------------------------


def test_articles_without_day_or_outlet_are_traced(archive: Archive) -> None:
    keep(
        archive,
        story(FERRY, outlet="The Harbour Post"),
        replace(story(FERRY, outlet="A", published=None, url=None), outlet=None),
        replace(story(FERRY, outlet="B", url=None, opening="Again."), outlet=None, published="soon"),
    )
    archive.join()
    (found,) = archive.utterances()
    assert (found.reports, found.outlets) == (3, 3)
    assert archive.check() == ()


def test_two_articles_of_one_own_id_are_two_reports(archive: Archive) -> None:
    keep(
        archive,
        replace(story(FERRY, outlet="The Harbour Post"), id="1"),
        replace(story(FERRY, outlet="The Tidemark"), id="1"),
    )
    archive.join()
    (found,) = archive.utterances()
    assert (found.reports, found.outlets) == (2, 2)
    assert archive.check() == ()


def test_a_sentence_said_again_and_again_is_one_utterance(archive: Archive) -> None:
    keep(
        archive,
        story(*[FERRY] * 30, outlet="The Harbour Post"),
        story(*[FERRY] * 30, outlet="The Tidemark", opening="Hear, hear."),
    )
    archive.join()
    (found,) = archive.utterances()
    assert (found.reports, found.outlets) == (60, 2)
    assert len(archive.utterance(found.id).reports) == 60
    assert archive.check() == ()


def test_what_many_outlets_copy_is_one_utterance_and_one_story(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotidian.store.tracing.grouping_stories._LARGEST", 10)
    monkeypatch.setattr("quotidian.trace.utterances.LARGEST", 10)
    keep(archive, *(story(FERRY, TOLLS, outlet=f"Paper{n}", opening=COPIED) for n in range(25)))
    compared: list[Report] = []

    def counted(a: Report, b: Report, alike: float | None) -> Link | None:
        compared.append(a)
        return link(a, b, alike)

    monkeypatch.setattr(linking, "link", counted)
    archive.join()
    assert {(one.reports, one.outlets) for one in archive.utterances()} == {(25, 25)}
    assert [one.articles for one in archive.stories()] == [25]
    assert {copy.copied.kind for copy in archive.copies(1)} == {"exact"}
    # Not once for each of the 600 pairs.
    assert len(compared) < 20
    assert archive.check() == ()


def test_words_too_few_to_tell_anything_are_no_utterance(archive: Archive) -> None:
    keep(archive, *(story("“Yes”", outlet=f"Paper{n}", opening=f"Number {n}.") for n in range(5)))
    archive.join()
    assert archive.utterances() == ()


@pytest.mark.parametrize(
    "words", ["“\u202e\u0301\ud83d\ude4f\0”".encode("utf-16", "surrogatepass").decode("utf-16"), "“…”", "“—”"]
)
def test_hostile_words_are_joined_and_break_nothing(archive: Archive, words: str) -> None:
    keep(archive, story(words, FERRY, outlet="The Post"), story(words, FERRY, outlet="The Tidemark"))
    archive.join()
    for found in archive.every_utterance():
        for report in found.reports:
            text = archive.article(report.hit.article.id).article.text.replace("\0", "\ufffd")
            assert " ".join(text[a:b] for a, b in report.content.spans) == report.content.text
    assert archive.check() == ()


def to_the_first_schema() -> Iterator[str]:
    """What makes of an archive one of the first schema."""
    for table in reversed(TRACING):
        yield f"DROP TABLE {table.name}"
    yield "DROP INDEX ix_versions_unjoined"
    yield "ALTER TABLE versions DROP COLUMN joined"
    yield "ALTER TABLE versions DROP COLUMN modified"
    yield "UPDATE meta SET value = '1' WHERE key = 'schema'"


def test_an_archive_of_the_version_before_is_brought_up_to_date_and_joined(fresh: Fresh) -> None:
    once = joined(fresh(), NEWS, len(NEWS))
    location = fresh()
    with opened(location) as archive:
        keep(archive, *NEWS)
        every = list(archive.every())
        with archive._database.writing() as connection:
            for sql in to_the_first_schema():
                connection.exec_driver_sql(sql)
    for _ in range(2):
        with opened(location) as archive:
            assert archive.check() == ()
            assert list(archive.every()) == every
            assert archive.unjoined() == len(NEWS)
    with opened(location) as archive:
        archive.join()
        assert traced(archive) == once
        assert archive.check() == ()


def test_a_kill_while_the_tables_of_tracing_are_made_leaves_the_archive_of_before(fresh: Fresh) -> None:
    location = fresh()
    with opened(location) as archive:
        keep(archive, *NEWS)
        every = list(archive.every())
        with archive._database.writing() as connection:
            for sql in to_the_first_schema():
                connection.exec_driver_sql(sql)
    program = Path(__file__).parent / "migrating.py"
    migrating = subprocess.Popen([sys.executable, program, location], stdout=subprocess.PIPE, text=True)
    assert migrating.stdout is not None
    assert migrating.stdout.readline() == "half-way\n"
    migrating.kill()
    migrating.wait()
    with opened(location) as archive:
        assert list(archive.every()) == every
        archive.join()
        assert "The Lantern" in outlets(trace(archive, "The Tidemark"))
        assert archive.check() == ()
