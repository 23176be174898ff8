"""Joining: added articles are traced at once, and nothing that fails or stops costs what was kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.reading.test_fetch import Server, answer

from cli import invented, rumours
from quotidian import cli, store
from quotidian.errors import ArchiveFull, ModelError
from quotidian.store import Archive
from quotidian.store.tracing import joining as batches
from quotidian.store.values import Review
from quotidian.types import Article
from quotidian.watch import Pace


@pytest.fixture
def given(tmp_path: Path) -> str:
    """The rumour as a file that somebody keeps."""
    return invented.records(tmp_path / "rumour.jsonl", rumours.ALL)


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as if by a model."""
    by_text = {one.text: one for one in rumours.ALL}

    def read(article: Article) -> Article:
        known = by_text[article.text]
        return invented.with_reading_of(known, article)

    monkeypatch.setattr(cli.common, "article_reader", lambda arguments: invented.Reader(read))


def exported(news: str) -> list[dict[str, Any]]:
    """All utterances, without what depends on when they were read."""
    with store.opened(news) as archive:
        from quotidian.export.options import Options
        from quotidian.export.utterances import utterance

        made = [utterance(one, Options()) for one in archive.every_utterance()]
    for one in made:
        for report in one["reports"]:
            del report["read"]
    return made


def failing(error: Exception | type[BaseException]) -> Callable[..., Any]:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    return fails


def test_what_is_added_is_traced_at_once(tmp_path, given, capsys):
    news = str(tmp_path / "new.db")
    assert cli.main(["add", news, given]) == 0
    assert capsys.readouterr().out.endswith("5 added, 0 new versions, 0 unchanged\n")
    assert sorted(len(one["reports"]) for one in exported(news)) == [1, 1, 3]
    assert cli.main(["add", news, given]) == 0


def test_a_join_that_fails_is_told_and_what_was_added_is_kept(tmp_path, given, capsys, monkeypatch):
    news = str(tmp_path / "new.db")
    with monkeypatch.context() as failed:
        failed.setattr(Archive, "join", failing(ArchiveFull("no room on the disk")))
        assert cli.main(["add", news, given]) == 1
    out, err = capsys.readouterr()
    assert "5 added" in out
    assert f"kept, but not joined: no room on the disk; `quotidian join {news}` does it later" in err
    assert cli.main(["join", news]) == 0
    assert capsys.readouterr().out.startswith("5 articles joined, 5 statements, ")
    assert sorted(len(one["reports"]) for one in exported(news)) == [1, 1, 3]


def test_a_join_that_is_stopped_goes_on_where_it_was(tmp_path, given, rumour, capsys, monkeypatch):
    news = str(tmp_path / "new.db")
    monkeypatch.setattr(Archive, "join", failing(ArchiveFull("no room")))
    cli.main(["add", news, given])
    monkeypatch.undo()
    monkeypatch.setattr(batches, "BATCH", 2)
    monkeypatch.setattr(
        cli.common, "article_reader", lambda arguments: invented.Reader(failing(ValueError()))
    )
    real, done = Archive.join, []

    def stopped(self: Archive, vectors: Any, *, progress: Any) -> Any:
        def then(articles: int, total: int) -> None:
            progress(articles, total)
            done.append((articles, total))
            raise KeyboardInterrupt

        return real(self, vectors, progress=then)

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "join", stopped)
        assert cli.main(["join", news]) == 130
    assert done == [(2, 5)]
    with store.opened(news) as archive:
        assert archive.unjoined() == 3
    capsys.readouterr()
    assert cli.main(["join", news]) == 0
    assert capsys.readouterr().out.startswith("3 articles joined, 3 statements, ")
    assert exported(news) == exported(rumour)


def test_where_nothing_waits_no_model_is_loaded(rumour, capsys, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(cli.common, "loaded", failing(AssertionError("a model was loaded")))
    assert cli.main(["join", rumour]) == 0
    assert capsys.readouterr().out == "0 articles joined, 0 statements, 0 links\n"


def test_a_model_without_vectors_joins_by_words_alone(tmp_path, given, capsys, monkeypatch):
    class WithoutVectors:
        def vectors(self, texts: Any) -> Any:
            raise ModelError("no vectors of sentences")

    news = str(tmp_path / "new.db")
    with monkeypatch.context() as failed:
        failed.setattr(Archive, "join", failing(ArchiveFull("no room")))
        cli.main(["add", news, given])
    monkeypatch.undo()
    monkeypatch.setattr(cli.common, "loaded", lambda arguments: WithoutVectors())
    assert cli.main(["join", news]) == 0
    assert "joined without likeness in sense: no vectors of sentences" in capsys.readouterr().err
    assert sorted(len(one["reports"]) for one in exported(news)) == [1, 1, 3]


@pytest.mark.parametrize("words", [["join", "--again"], ["check", "--rebuild"]])
def test_joined_anew_all_is_as_it_was_and_what_people_said_stays(rumour, capsys, words):
    with store.opened(rumour) as archive:
        archive.review(Review(kind="same_utterance", by="Edda", statement=1, payload={"other": 4}))
        archive.review(Review(kind="other_utterance", by="Edda", statement=1, payload={"other": 3}))
    before = exported(rumour)
    assert cli.main([words[0], rumour, *words[1:]]) == 0
    assert exported(rumour) == before
    assert cli.main(["check", rumour]) == 0


def test_articles_read_again_are_joined_again(rumour, capsys, monkeypatch):
    class Reading(invented.Reader):
        @property
        def reader(self) -> Any:
            return self

        model_name = "made by hand 2"

        def attributed(self, article: Article) -> Article:
            known = next(one for one in rumours.ALL if one.text == article.text)
            if known is rumours.SHORTER:
                return invented.with_reading_of(None, article)
            return invented.with_reading_of(known, article)

    monkeypatch.setattr(cli.common, "article_reader", lambda arguments: Reading(failing(ValueError())))
    assert cli.main(["reread", rumour, "--all"]) == 0
    assert sorted(len(one["reports"]) for one in exported(rumour)) == [1, 1, 2]
    assert cli.main(["check", rumour]) == 0


def test_a_watch_joins_what_it_added(tmp_path, server: Server, monkeypatch):
    monkeypatch.setattr("quotidian.watch.watching.Pace", lambda: Pace(between_requests=0.0))
    monkeypatch.setattr(
        cli.common,
        "article_reader",
        lambda arguments: invented.Reader(lambda one: invented.with_reading_of(None, one)),
    )
    address = f"http://127.0.0.1:{server.http.server_port}"
    item = f"<item><link>{address}/one.html</link></item>"
    body = f"<rss version='2.0'><channel><title>T</title>{item}</channel></rss>"
    server.answers["/feed"] = answer(body.encode(), media_type="application/rss+xml")
    server.answers["/one.html"] = answer()
    news = str(tmp_path / "new.db")
    assert cli.main(["watch", news, f"{address}/feed", "--once", "--allow-private-hosts"]) == 0
    with store.opened(news) as archive:
        assert archive.counts().articles == 1 and archive.unjoined() == 0


def test_annotations_that_change_a_statement_change_its_trace(rumour, tmp_path, capsys):
    with store.opened(rumour) as archive:
        hit = archive.statement(3)
        start = archive.article(hit.article.id).article.text.index("the flood gates")
    cli.main(["export", rumour, "statements", "--format", "webannotation", "--where", "outlet:marlow"])
    annotations = json.loads(capsys.readouterr().out)
    path = tmp_path / "annotations.jsonld"
    text = json.dumps(annotations)
    short = "the flood gates at Port Calder had not"
    whole = f"{short} been opened for eleven days"
    assert whole in text
    path.write_text(
        text.replace(whole, short).replace(f'"end": {start + len(whole)}', f'"end": {start + len(short)}'),
        encoding="utf-8",
    )
    cli.main(["import", rumour, str(path), "--by", "Edda"])
    with store.opened(rumour) as archive:
        assert archive.unjoined() == 0
    assert cli.main(["check", rumour]) == 0


# --- quotidian check ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM reports WHERE statement_id = 5", "statement 5 is said to be joined, and has no report"),
        ("DELETE FROM reports WHERE statement_id = 1", "is not among the reports"),
        ("DELETE FROM members", "there are 0"),
        ("DELETE FROM utterances", "is not among the utterances"),
        ("UPDATE utterances SET reports = 9", "says that 9 statements report it; there are 3"),
        ("UPDATE utterances SET statement_id = 5", "is not among its reports"),
        (
            "UPDATE reports SET spans = '[[0, 4]]' WHERE statement_id = 5",
            "not within the content of statement 5",
        ),
        (
            "UPDATE reports SET version_id = 1 WHERE statement_id = 5",
            "is of another version than its statement",
        ),
        ("DELETE FROM sketches WHERE version_id = 5", "version 5 is said to be joined, and has no sketch"),
        ("UPDATE links SET score = 2", "is no probability"),
        ("UPDATE links SET a = b, b = a", "are the wrong way round"),
        (
            "INSERT INTO reports (id, statement_id, version_id, number, key, spans) "
            "SELECT 99, 5, 5, 1, 'x', spans FROM reports WHERE statement_id = 5",
            "sketch of version 5",
        ),
        ("UPDATE stories SET articles = 9", "says that it has 9 articles"),
        ("UPDATE credits SET statement_id = 77", "credits: statement_id 77 is not among the statements"),
    ],
)
def test_traces_that_do_not_hang_together_are_told_and_joining_again_mends_them(rumour, capsys, change, told):
    before = exported(rumour)
    connection = sqlite3.connect(rumour)
    assert connection.execute(change).rowcount
    connection.commit()
    connection.close()
    assert cli.main(["check", rumour]) == 1
    err = capsys.readouterr().err
    assert told in err and "run `quotidian join --again`" in err
    assert cli.main(["join", rumour, "--again"]) == 0
    assert cli.main(["check", rumour]) == 0
    assert exported(rumour) == before
