"""quotidian add: what goes in, what is said of it, what it changes."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reading.invented import page
from tests.reading.test_fetch import Server, answer

from cli.invented import ALL, FERRY, GATES, HOSTILE, Reader, read, record, records
from quotidian import cli, filling, reading, store
from quotidian.types import Article
from quotidian.write import jsonl

ROOT = Path(__file__).parents[2]


@pytest.fixture
def news(tmp_path: Path) -> str:
    """Where an archive will be."""
    return str(tmp_path / "new.db")


def exported(news: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert cli.main(["export", news, "articles"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_it_says_what_became_of_each_article(news, asked, tmp_path, capsys):
    assert cli.main(["add", news, records(tmp_path / "a.jsonl", [FERRY, GATES])]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "added: The ferry will sail (article 1, 2 statements)",
        "added: Who looked at the gates? (article 2, 2 statements)",
        "2 added, 0 new versions, 0 unchanged",
    ]


def test_the_same_again_changes_nothing_and_is_not_read_again(news, asked, tmp_path, capsys):
    given = records(tmp_path / "a.jsonl", [FERRY, GATES])
    cli.main(["add", news, given])
    before = exported(news, capsys)
    asked.clear()
    assert cli.main(["add", news, given]) == 0
    assert capsys.readouterr().out.splitlines()[::2] == [
        "unchanged: The ferry will sail (article 1)",
        "0 added, 0 new versions, 2 unchanged",
    ]
    assert asked == []
    assert exported(news, capsys) == before


def test_what_changed_is_a_new_version_and_the_old_one_stays(news, asked, tmp_path, capsys):
    cli.main(["add", news, records(tmp_path / "a.jsonl", [FERRY])])
    later = replace(FERRY, text=f"{FERRY.text} It sailed on Tuesday.")
    assert cli.main(["add", news, records(tmp_path / "b.jsonl", [later])]) == 0
    assert "new version: The ferry will sail (article 1, 0 statements)" in capsys.readouterr().out
    with store.opened(news) as archive:
        assert archive.article(1).article.text == later.text
        assert archive.article(1, version=1).article.text == FERRY.text


def test_the_owners_ids_come_back_in_exports(news, asked, tmp_path, capsys):
    cli.main(["add", news, records(tmp_path / "a.jsonl")])
    assert [one["id"] for one in exported(news, capsys)] == [one.id for one in ALL]
    cli.main(["export", news, "statements", "--format", "csv"])
    assert "ferry-1" in capsys.readouterr().out


def test_lines_that_were_read_before_are_taken_as_they_are(news, asked, tmp_path, capsys):
    ours = tmp_path / "read.jsonl"
    ours.write_text(f"{jsonl.line(FERRY)}\nbroken\n{jsonl.line(GATES)}\n", encoding="utf-8")
    assert cli.main(["add", news, str(ours)]) == 1
    out, err = capsys.readouterr()
    assert "2 added" in out and "read.jsonl, line 2: not JSON" in err
    assert asked == []


def test_files_of_all_kinds_in_a_folder_are_read(news, asked, tmp_path, capsys):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.html").write_text(page(), encoding="utf-8")
    (folder / "b.txt").write_text(GATES.text, encoding="utf-8")
    records(folder / "c.jsonl", [FERRY])
    assert cli.main(["add", news, str(folder), "--quiet"]) == 0
    assert capsys.readouterr().out == "3 added, 0 new versions, 0 unchanged\n"


def test_pages_are_kept_as_they_came_if_asked(news, asked, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page(), encoding="utf-8")
    cli.main(["add", news, str(path)])
    with store.opened(news) as archive:
        assert archive.page(1) is None
    cli.main(["add", news, str(path), "--keep-pages"])
    with store.opened(news) as archive:
        assert archive.page(1) == path.read_bytes()


def test_the_pages_of_a_feed_are_read(news, asked, server: Server, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(reading, "_PAUSE_S", 0.0)
    address = f"http://127.0.0.1:{server.http.server_port}"
    server.answers["/one.html"] = answer()
    feed = f"<rss version='2.0'><channel><title>T</title><item><link>{address}/one.html</link></item>"
    feed += f"<item><link>{address}/gone.html</link></item></channel></rss>"
    server.answers["/feed"] = answer(feed.encode(), media_type="application/rss+xml")
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    assert cli.main(["add", news, f"{address}/feed", "--allow-private-hosts"]) == 1
    out, err = capsys.readouterr()
    assert "1 added" in out and "gone.html" in err and "404" in err
    assert cli.main(["add", news, str(tmp_path / "feed.xml"), "--allow-private-hosts"]) == 1
    assert "1 unchanged" in capsys.readouterr().out


def test_an_address_of_this_computer_is_refused_unless_allowed(news, asked, server: Server, capsys):
    address = f"http://127.0.0.1:{server.http.server_port}/one.html"
    assert cli.main(["add", news, address]) == 2
    assert "not a public address" in capsys.readouterr().err
    assert server.asked == []


def test_what_cannot_be_read_is_told_and_the_rest_is_kept(news, asked, tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 ...")
    given = [str(tmp_path / "a.pdf"), records(tmp_path / "a.jsonl", [FERRY]), str(tmp_path / "nowhere.txt")]
    assert cli.main(["add", news, *given]) == 1
    out, err = capsys.readouterr()
    assert "1 added" in out
    assert "a.pdf" in err and "nowhere.txt" in err and "1 read, 2 could not be read" in err


def test_where_nothing_was_read_the_status_is_2(news, asked, tmp_path, capsys):
    assert cli.main(["add", news, str(tmp_path / "nowhere.txt")]) == 2
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    assert cli.main(["add", news, str(tmp_path / "none.jsonl")]) == 2
    assert "0 added" in capsys.readouterr().out


def test_an_article_that_is_not_searched_says_why(news, asked, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("*** 1234 ***", encoding="utf-8")
    assert cli.main(["add", news, str(tmp_path / "empty.txt")]) == 0
    assert "(article 1, not searched: " in capsys.readouterr().out


def test_an_interrupted_run_tells_and_keeps_what_it_kept(news, tmp_path, capsys, monkeypatch):
    def interrupted(article: Article) -> Article:
        if article.id == GATES.id:
            raise KeyboardInterrupt
        return read(article)

    monkeypatch.setattr(filling, "BATCH", 1)
    monkeypatch.setattr(cli.common, "article_reader", lambda arguments: Reader(interrupted))
    assert cli.main(["add", news, records(tmp_path / "a.jsonl")]) == 130
    assert capsys.readouterr().out.splitlines() == [
        "added: The ferry will sail (article 1, 2 statements)",
        "1 added, 0 new versions, 0 unchanged",
    ]
    monkeypatch.setattr(cli.common, "article_reader", lambda arguments: Reader(read))
    assert cli.main(["add", news, str(tmp_path / "a.jsonl"), "--quiet"]) == 0
    assert capsys.readouterr().out == "2 added, 0 new versions, 1 unchanged\n"


def test_what_is_said_of_strange_articles_cannot_steer_the_terminal(news, asked, tmp_path, capsys):
    (tmp_path / "caf\udce9.txt").write_text("The café is shut until the spring, they say.")
    given = [records(tmp_path / "a.jsonl", [HOSTILE]), str(tmp_path / "caf\udce9.txt")]
    assert cli.main(["add", news, *given]) == 0
    out = capsys.readouterr().out
    assert "added: ␛[2JLost buoy" in out and "caf" in out
    assert "\x1b" not in out


def test_standard_input_is_read(news, asked, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{record(FERRY)}\n".encode())))
    assert cli.main(["add", news, "-"]) == 0
    assert "1 added" in capsys.readouterr().out


def test_the_model_finds_what_is_searched_for_later(news, capsys):
    assert cli.main(["add", news, str(ROOT / "examples" / "story.txt"), "--threads", "1"]) == 0
    with store.opened(news) as archive:
        hits = archive.search("").hits
        assert hits
        assert all(hit.article.model for hit in hits)
    assert f"{len(hits)} statements)" in capsys.readouterr().out
