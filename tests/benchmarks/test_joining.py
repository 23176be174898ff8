"""The benchmark of joining: its news is like news, and an archive made large is as joining makes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Table, select

from benchmarks.archive import joining, likeness, repeated
from benchmarks.archive.newsroom import Newsroom
from quotidian.store import Archive, opened
from quotidian.store.sqlite import SQLite
from quotidian.store.tables import copies, credits, links, members, reports, stories, utterances
from quotidian.types import Article

APART = 60


def test_the_same_seed_gives_the_same_news_and_another_seed_other_news() -> None:
    assert Newsroom(seed=1).day(40) == Newsroom(seed=1).day(40)
    assert Newsroom(seed=1).day(40) != Newsroom(seed=2).day(40)


def test_every_passage_of_invented_news_is_where_it_says() -> None:
    for article in Newsroom().day(300):
        for made in article.statements:
            told = made.attribution
            for passage in (told.source, told.cue, told.content):
                assert passage is not None
                assert [article.text[a:b] for a, b in passage.spans] == [passage.text]
            assert made.speaker.entity in {None, *(one.id for one in article.entities)}


def test_outlets_repeat_each_other_in_the_same_words_and_in_others() -> None:
    said = Counter(one.attribution.content.text for article in _news(2, 400) for one in article.statements)
    many = sum(count for count in said.values() if count > 1)
    assert 0.1 < many / said.total() < 0.9


def test_the_best_known_speaker_has_the_share_asked_for() -> None:
    speakers = Counter(
        one.speaker.name for article in Newsroom(known=0.4).day(1_000) for one in article.statements
    )
    assert speakers.most_common(1)[0][1] > 250


def test_a_text_that_was_cut_points_nearly_the_same_way_and_another_one_does_not() -> None:
    text = "the harbour board will open the northern lock on friday"
    whole, cut, other = likeness.vectors([text, text[11:], "nobody counted the lanterns of the museum"])
    assert np.linalg.norm(whole) == pytest.approx(1)
    assert float(whole @ cut) > 0.7 > 0.3 > float(whole @ other)


def test_an_archive_made_larger_is_the_one_that_joining_makes_of_the_same_news(tmp_path: Path) -> None:
    news = _news(3, 60)
    earlier = [_moved(article, -(3 + APART)) for article in news]
    with _archive(tmp_path / "joined.db", [*news, *earlier]) as archive:
        really = _found(archive)
    with _archive(tmp_path / "larger.db", news):
        pass
    database = SQLite(tmp_path / "larger.db")
    assert list(repeated.repeat(database, 1, apart=APART)) == [181]
    database.close()
    with opened(tmp_path / "larger.db") as archive:
        assert _found(archive) == really
        assert archive.join().articles == 0
        # What was copied is found, and what comes later is joined to it.
        assert archive.search("").total == 2 * 180
        again = replace(earlier[0], id="again", outlet="The Late Post", text=earlier[0].text + "\n")
        archive.add(again)
        assert archive.join(likeness.vectors).links > 0
        assert [one for one in archive.check() if "trac" in one or "words" in one] == []


def test_what_joining_takes_is_told_with_memory_and_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "joining.json"
    given = ["--days", "2", "--statements", "120", "--times", "2", "--added", "1", "--news", "30"]
    assert joining.main([*given, "--json", str(out)]) == 0
    result = json.loads(out.read_text())
    assert result["after"]["statements"] == 2 * result["before"]["statements"] == 120
    assert result["before"]["added"] == result["after"]["added"] == 30
    assert result["pages"]["each_ms"]["only minister"] > 0
    assert "120 statements: 30 more joined in" in capsys.readouterr().out


def _news(days: int, statements: int) -> list[Article]:
    room = Newsroom()
    return [article for _ in range(days) for article in room.day(statements)]


def _moved(article: Article, days: int) -> Article:
    assert article.published is not None
    day = (date.fromisoformat(article.published) + timedelta(days=days)).isoformat()
    said = replace(article.statements[0].said, edtf=f"../{day}")
    return replace(
        article,
        id=f"{article.id}-1",
        published=day,
        statements=tuple(replace(one, said=said) for one in article.statements),
    )


@contextmanager
def _archive(path: Path, news: Sequence[Article]) -> Iterator[Archive]:
    with opened(path) as archive:
        with archive.batch() as batch:
            batch.add_all(news)
        archive.join(likeness.vectors)
        yield archive


def _found(archive: Archive) -> dict[str, Any]:
    """What joining found, without what names rows."""
    with archive._database.reading() as connection:
        return {
            table.name: Counter(
                repr([getattr(row, name) for name in names]) for row in connection.execute(select(table))
            )
            for table, names in _TOLD.items()
        }


_TOLD: dict[Table, Sequence[str]] = {
    reports: ("number", "spans", "often"),
    links: ("rule", "score", "change", "conflict", "because"),
    utterances: ("first_day", "last_day", "reports", "outlets", "changed", "unsourced", "changes"),
    members: (),
    copies: ("kind", "share_a", "share_b", "runs"),
    credits: ("kind", "name", "spans", "why"),
    stories: ("first_day", "last_day", "articles", "outlets"),
}
