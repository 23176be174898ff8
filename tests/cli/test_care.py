"""quotidian reread, delete, backup, check, users: care for an archive and those who use it."""

from __future__ import annotations

import io
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cli.invented import FERRY, GATES
from quotidian import cli, filling, store
from quotidian.errors import ArchiveFull
from quotidian.store import people
from quotidian.store.values import Review
from quotidian.types import Article
from store.building import without


class NewModel:
    """Reads as the model made by hand does, but for what it no longer finds."""

    model_name = "made by hand 2"

    def __init__(self, *forgotten: str):
        self.forgotten = forgotten
        self.read: list[Article] = []

    def attributed(self, article: Article) -> Article:
        assert article.model is None and not article.statements
        self.read.append(article)
        known = FERRY if article.text == FERRY.text else GATES if article.text == GATES.text else article
        return replace(without(known, *self.forgotten), model=self.model_name)

    def vectors(self, texts: Sequence[str]) -> Any:
        """All alike in nothing."""
        return np.zeros((len(texts), 1), np.float32)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> NewModel:
    made = NewModel(GATES.attributions[1].id)
    monkeypatch.setattr(cli.common, "loaded", lambda arguments: made)
    return made


def typed(monkeypatch: pytest.MonkeyPatch, text: str, *, terminal: bool = False) -> None:
    """What somebody types, or another program sends."""
    given = io.StringIO(text)
    monkeypatch.setattr(given, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stdin", given)


# --- reread -------------------------------------------------------------------------------------


def test_articles_are_read_again_by_a_newer_model_once(news, model, capsys):
    assert cli.main(["reread", news]) == 0
    assert capsys.readouterr().out == "3 articles read again by made by hand 2, 3 statements\n"
    assert cli.main(["reread", news]) == 0
    assert capsys.readouterr().out == "0 articles read again by made by hand 2, 0 statements\n"
    assert cli.main(["reread", news, "--all"]) == 0
    assert capsys.readouterr().out.startswith("3 articles")
    assert len(model.read) == 6


def test_what_people_decided_outlives_a_newer_model(news, model, capsys):
    with store.opened(news) as archive:
        archive.review(Review(kind="accept", by="Edda", statement=4))
        archive.review(Review(kind="correct", by="Edda", statement=1, payload={"act": "promise"}))
    cli.main(["reread", news])
    with store.opened(news) as archive:
        assert archive.statement(4).state == "accepted"
        assert archive.statement(1).act == "promise"


def test_a_rereading_that_is_stopped_says_how_far_it_came_and_goes_on(news, model, capsys, monkeypatch):
    def stopped(article: Article) -> Article:
        if model.read:
            raise KeyboardInterrupt
        return NewModel.attributed(model, article)

    monkeypatch.setattr(model, "attributed", stopped)
    assert cli.main(["reread", news]) == 130
    assert capsys.readouterr().out.startswith("1 article read again")
    monkeypatch.undo()
    monkeypatch.setattr(cli.common, "loaded", lambda arguments: model)
    assert cli.main(["reread", news]) == 0
    assert capsys.readouterr().out.startswith("2 articles read again")


# --- delete -------------------------------------------------------------------------------------


def titles(news: str) -> list[str | None]:
    with store.opened(news) as archive:
        return sorted(head.title or "" for head in archive.heads())


def test_an_article_is_taken_out_by_number_or_own_id(news, capsys):
    assert cli.main(["delete", news, "1", "gates-7", "--yes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "deleted: The ferry will sail (article 1)",
        "deleted: Who looked at the gates? (article 2)",
    ]
    assert titles(news) == ["\x1b[2JLost buoy"]
    cli.main(["search", news, "ferry"])
    assert capsys.readouterr().out == "nothing found\n"


@pytest.mark.parametrize("answer, left", [("y\n", 2), ("Yes\n", 2), ("n\n", 3), ("\n", 3), ("", 3)])
def test_one_is_asked_first(news, capsys, monkeypatch, answer, left):
    typed(monkeypatch, answer, terminal=True)
    assert cli.main(["delete", news, "1"]) == 0
    assert "Take out “The ferry will sail” for good? [y/N]" in capsys.readouterr().out
    assert len(titles(news)) == left


def test_where_nobody_can_be_asked_nothing_is_taken_out(news, capsys, monkeypatch):
    typed(monkeypatch, "y\n")
    assert cli.main(["delete", news, "1"]) == 2
    assert "say --yes" in capsys.readouterr().err
    assert len(titles(news)) == 3


@pytest.mark.parametrize("id", ["99", "0", "nobody", "9" * 30, "\x1b[31m"])
def test_where_one_is_not_there_none_is_taken_out(news, capsys, id):
    assert cli.main(["delete", news, "1", id, "--yes"]) == 2
    err = capsys.readouterr().err
    assert "no article" in err and "\x1b" not in err
    assert len(titles(news)) == 3


# --- backup and check ---------------------------------------------------------------------------


def test_a_backup_is_an_archive_with_all_that_was_in_it(news, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    assert cli.main(["backup", news, str(copy)]) == 0
    assert capsys.readouterr().out == f"copied to {copy}\n"
    assert titles(str(copy)) == titles(news)
    assert cli.main(["check", str(copy)]) == 0


def test_a_backup_writes_over_nothing(news, tmp_path, capsys):
    (tmp_path / "copy.db").write_text("mine")
    assert cli.main(["backup", news, str(tmp_path / "copy.db")]) == 2
    assert "is there already: name another file" in capsys.readouterr().err
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_sound_archive_is_said_to_be(news, capsys):
    assert cli.main(["check", news]) == 0
    assert capsys.readouterr().out == "sound: 3 articles, 5 statements, 0 reviews\n"
    assert cli.main(["check", news, "--rebuild"]) == 0
    assert capsys.readouterr().out == "sound: 3 articles, 5 statements, 0 reviews\n"


def planted(news: str, *changes: str) -> None:
    connection = sqlite3.connect(news)
    for change in changes:
        connection.execute(change)
    connection.commit()
    connection.close()


def test_a_search_index_that_is_wrong_is_told_and_mended_by_rebuilding(news, capsys):
    planted(news, "DELETE FROM facts")
    assert cli.main(["check", news]) == 1
    assert "run `quotidian check --rebuild`" in capsys.readouterr().err
    assert cli.main(["check", news, "--rebuild"]) == 0
    cli.main(["search", news, "ferry sail"])
    assert capsys.readouterr().out.endswith("1 statement\n")


def test_a_text_that_is_not_the_one_that_was_read_is_told(news, capsys):
    planted(news, "UPDATE versions SET text = replace(text, 'ferry', 'barge') WHERE article_id = 1")
    assert cli.main(["check", news]) == 1
    assert "article 1, version 1" in capsys.readouterr().err


# --- users --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are cheap to try: what a guess costs is tested elsewhere."""
    monkeypatch.setattr(people, "COST", people.Cost(n=2**10))


def test_somebody_is_let_in_with_a_password_from_standard_input_and_out_again(news, capsys, monkeypatch):
    assert cli.main(["users", news]) == 0
    assert capsys.readouterr().out.startswith("nobody yet")
    typed(monkeypatch, "a long password\n")
    assert cli.main(["users", news, "--set", "edda", "--role", "owner"]) == 0
    assert cli.main(["users", news]) == 0
    assert capsys.readouterr().out == "edda: owner\nedda: owner\n"
    with store.opened(news) as archive:
        assert archive.log_in("edda", "a long password")
    assert cli.main(["users", news, "--remove", "edda"]) == 0
    assert capsys.readouterr().out == "edda: owner, not let in\n"


def test_a_password_is_asked_for_twice_on_a_terminal(news, capsys, monkeypatch):
    typed(monkeypatch, "", terminal=True)
    answers = iter(["a long password", "a lone password", "a long password", "a long password"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    assert cli.main(["users", news, "--set", "edda"]) == 2
    assert "the two are not the same: nothing was changed" in capsys.readouterr().err
    assert cli.main(["users", news, "--set", "edda"]) == 0
    assert capsys.readouterr().out == "edda: reader\n"


def test_nobody_is_let_in_with_no_password_or_a_short_one(news, capsys, monkeypatch):
    for given in ("", "short\n"):
        typed(monkeypatch, given)
        assert cli.main(["users", news, "--set", "edda"]) == 2
        assert "password" in capsys.readouterr().err
    assert cli.main(["users", news, "--remove", "edda"]) == 2
    assert "there is no user 'edda'" in capsys.readouterr().err


# --- what is no archive, or cannot be used ------------------------------------------------------

EACH = [
    "search {}",
    "export {} statements",
    "import {} a.json --by me",
    "reread {}",
    "delete {} 1 --yes",
    "backup {} copy.db",
    "check {}",
    "users {}",
    "match {} --service https://who.example/api",
    "serve {} --port 0",
]
each_command = pytest.mark.parametrize("words", EACH, ids=lambda words: words.split()[0])


@each_command
def test_an_archive_that_is_not_there_is_not_made(tmp_path, capsys, words):
    assert cli.main(words.format(tmp_path / "no.db").split()) == 2
    assert "there is no such archive: make one with `quotidian add`" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@each_command
def test_what_is_something_else_is_left_alone(tmp_path, capsys, words):
    page = tmp_path / "page.html"
    page.write_text("<p>not an archive")
    assert cli.main(words.format(page).split()) == 2
    assert (
        capsys.readouterr().err == f"quotidian: {page} is something else than an archive: name another file\n"
    )
    assert page.read_text() == "<p>not an archive"


def test_the_archive_is_named_before_what_is_added(tmp_path, capsys, news):
    (tmp_path / "page.html").write_text("<p>not an archive")
    assert cli.main(["add", str(tmp_path / "page.html"), news]) == 2
    assert "something else than an archive" in capsys.readouterr().err


def test_a_database_of_another_program_is_left_alone(tmp_path, capsys):
    other = tmp_path / "other.db"
    planted(str(other), "CREATE TABLE birds (name TEXT)")
    before = other.read_bytes()
    assert cli.main(["add", str(other), "a.txt"]) == 2
    assert "is a database of another program" in capsys.readouterr().err
    assert other.read_bytes() == before


def test_an_archive_of_a_newer_version_is_not_touched(news, capsys):
    connection = sqlite3.connect(news)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "meta" in names
    connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    assert cli.main(["search", news]) == 2
    assert "newer" in capsys.readouterr().err


def test_an_archive_that_may_only_be_read_is_searched_not_written(news, capsys, monkeypatch):
    # As root every file can be written: the archive is told that it cannot.
    monkeypatch.setattr("quotidian.store.sqlite._can_write", lambda path: False)
    assert cli.main(["search", news, "ferry sail"]) == 0
    assert capsys.readouterr().out.endswith("1 statement\n")
    for words in (["delete", news, "1", "--yes"], ["users", news, "--remove", "edda"], ["reread", news]):
        monkeypatch.setattr(cli.common, "loaded", lambda arguments: NewModel())
        assert cli.main(words) == 2
        assert "can be read, not written" in capsys.readouterr().err


def test_a_folder_is_no_archive_nor_is_there_one_in_a_folder_that_is_not_there(tmp_path, capsys):
    assert cli.main(["add", str(tmp_path), "a.txt"]) == 2
    assert "is a folder: name a file in it" in capsys.readouterr().err
    assert cli.main(["add", str(tmp_path / "no" / "news.db"), "a.txt"]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_postgresql_without_its_driver_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert cli.main(["search", "postgresql://desk@127.0.0.1:1/news"]) == 2
    assert capsys.readouterr().err == (
        'quotidian: PostgreSQL needs psycopg: pip install "quotidian[postgres]"\n'
    )


def test_a_database_that_does_not_answer_is_named_without_its_password(capsys):
    pytest.importorskip("psycopg")
    assert cli.main(["search", "postgresql://desk:secret@127.0.0.1:1/news"]) == 2
    err = capsys.readouterr().err
    assert "does not answer" in err and "desk" in err and "secret" not in err


def test_a_full_disk_is_told_with_what_was_kept(news, capsys, monkeypatch, asked, tmp_path):
    path = Path(tmp_path, "a.txt")
    path.write_text("The tide gates stood open on the night of the flood, and nobody had seen them.")

    def full(*_: object) -> None:
        raise ArchiveFull("news.db: no room left on the disk: make room and run the same command again")

    monkeypatch.setattr(filling, "_kept", full)
    assert cli.main(["add", news, str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == "0 added, 0 new versions, 0 unchanged\n"
    assert "no room left on the disk" in err
