"""quotidian serve, watch, demo: what goes on until it is stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
from urllib.request import urlopen

import pytest
from tests.reading.test_fetch import Server, answer

from quotidian import cli, store
from quotidian.watch import Pace

not_on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")


def address_told(running) -> str:
    """The address that a program prints when its reading room is open."""
    for line in running.stdout:
        found = re.search(r"is open at (http://127\.0\.0\.1:\d+/) \(Ctrl-C closes it\)", line)
        if found:
            return found[1]
    raise AssertionError(running.stderr.read())


# --- serve --------------------------------------------------------------------------------------


@not_on_windows
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_reading_room_is_open_as_soon_as_it_says_so_and_ends_when_told(news, start, number):
    running = start("serve", news, "--port", "0", "--title", "News of Ostmere")
    with urlopen(f"{address_told(running)}healthz") as response:
        assert response.status == 200
    running.send_signal(number)
    assert running.wait(60) == 0
    assert running.stderr.read() == ""
    assert cli.main(["check", news]) == 0


@pytest.mark.parametrize(
    "words, told",
    [
        (["--host", "0.0.0.0"], "say with --base-url"),
        (["--host", "0.0.0.0", "--base-url", "https://archive.example"], "the archive has no owner"),
        (["--base-url", "https://archive.example"], "the archive has no owner"),
        (["--secret-file", "no-such-file"], "no-such-file: the secret cannot be read"),
        (["--host", "no-such-host.invalid"], "name another with --port"),
    ],
)
def test_it_refuses_to_be_open_to_others_unguarded(news, capsys, words, told):
    assert cli.main(["serve", news, "--port", "0", *words]) == 2
    out, err = capsys.readouterr()
    assert told in err and out == ""


def test_with_an_owner_others_still_need_a_secret(news, capsys, monkeypatch):
    monkeypatch.delenv("QUOTIDIAN_SECRET", raising=False)
    with store.opened(news) as archive:
        archive.set_user("edda", "a long password", "owner")
    assert cli.main(["serve", news, "--port", "0", "--base-url", "https://archive.example"]) == 2
    assert "there is no secret" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_to_be(news, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["serve", news, "--port", str(port)]) == 2
    assert f"127.0.0.1, port {port}, cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "http", "9" * 5_000])
def test_what_is_no_port_is_a_usage_error(news, capsys, port):
    with pytest.raises(SystemExit) as ended:
        cli.main(["serve", news, f"--port={port}"])
    assert ended.value.code == 2


# --- watch --------------------------------------------------------------------------------------


@pytest.fixture
def feed(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a feed with one page, on a server that need not be left in peace."""
    monkeypatch.setattr("quotidian.watch.watching.Pace", lambda: Pace(between_requests=0.0))
    address = f"http://127.0.0.1:{server.http.server_port}"
    items = f"<item><link>{address}/one.html</link></item>"
    body = f"<rss version='2.0'><channel><title>Tarn</title>{items}</channel></rss>"
    server.answers["/feed"] = answer(body.encode(), media_type="application/rss+xml")
    server.answers["/one.html"] = answer()
    return f"{address}/feed"


def watched(tmp_path, *feeds: str) -> int:
    return cli.main(["watch", str(tmp_path / "new.db"), *feeds, "--once", "--allow-private-hosts"])


def test_a_round_adds_what_feeds_bring_and_another_one_nothing(feed, tmp_path, capsys, asked):
    (tmp_path / "feeds.txt").write_text(f"# feeds\n{feed} Tarn\n", encoding="utf-8")
    assert watched(tmp_path, str(tmp_path / "feeds.txt")) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{feed}: 1 new page",
        f"{feed.removesuffix('feed')}one.html: added",
    ]
    assert watched(tmp_path, feed) == 0
    assert "added" not in capsys.readouterr().out
    assert len(asked) == 1


def test_a_feed_that_fails_is_told_and_the_others_are_watched(feed, tmp_path, capsys, asked):
    assert watched(tmp_path, f"{feed}-that-is-gone", feed) == 1
    out, err = capsys.readouterr()
    assert ": added" in out and "feed-that-is-gone: " in err


@pytest.mark.parametrize("given", ["ftp://tarn.example/feed", "no-such-list.opml"])
def test_where_there_is_no_feed_nothing_is_watched(tmp_path, capsys, given):
    assert watched(tmp_path, given) == 2
    assert capsys.readouterr().err.startswith("quotidian: ")


@not_on_windows
def test_a_watch_goes_on_until_it_is_stopped(server, start, tmp_path):
    server.answers["/feed"] = answer(
        b"<rss version='2.0'><channel><title>Tarn</title></channel></rss>", media_type="application/rss+xml"
    )
    address = f"http://127.0.0.1:{server.http.server_port}/feed"
    running = start("watch", str(tmp_path / "new.db"), address, "--allow-private-hosts")
    assert "waiting until " in running.stdout.readline() + running.stdout.readline()
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 0
    assert running.stderr.read() == ""


# --- demo ---------------------------------------------------------------------------------------


@not_on_windows
def test_the_demonstration_says_where_it_is_and_leaves_nothing_behind(start, tmp_path):
    running = start("demo", "--no-open", "--port", "0")
    assert running.stdout.readline() == "Reading 48 invented articles …\n"
    assert running.stdout.readline().startswith("45 articles by 6 outlets, ")
    with urlopen(address_told(running)) as response:
        assert response.status == 200
        assert "<title>" in response.read().decode()
    assert list(tmp_path.glob("quotidian-demo-*"))
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 0
    assert running.stderr.read() == ""
    assert not list(tmp_path.glob("quotidian-demo-*"))


@not_on_windows
def test_a_demonstration_that_is_ended_while_it_reads_leaves_nothing_behind(start, tmp_path):
    running = start("demo", "--no-open", "--port", "0")
    running.stdout.readline()
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 130
    assert running.stderr.read() == ""
    assert not list(tmp_path.glob("quotidian-demo-*"))


def test_a_demonstration_takes_another_port_where_its_own_is_taken():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        cli.rooms._any_bound(taken.getsockname()[1]) as other,
    ):
        assert other.getsockname()[1] != taken.getsockname()[1]
