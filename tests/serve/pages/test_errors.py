"""What goes wrong is said in words, with the same headers as every page, and nothing of the inside."""

import pytest

from quotidian.errors import ArchiveLocked, ArchiveReadOnly
from quotidian.store.archive import Archive
from serve.pages.browsing import Browser, assert_inert


def fails(error: Exception):
    def failing(*_: object, **__: object) -> None:
        raise error

    return failing


def test_a_mistake_of_ours_is_a_page_and_tells_nothing_of_the_inside(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Archive, "search", fails(RuntimeError("a secret of the inside")))
    page = browser.see("/search?q=private")

    assert page.status == 500
    assert page.heading == "Something broke"
    assert "secret" not in page.html
    assert_inert(page)
    assert "a secret of the inside" in caplog.text
    assert "private" not in caplog.text


def test_an_archive_that_does_not_answer_says_what_to_do(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Archive, "search", fails(ArchiveLocked("news.db: another program is writing")))
    page = browser.see("/search")

    assert page.status == 503
    assert "another program is writing." in page.words


def test_what_cannot_be_kept_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    page = browser.see("/statements/1")
    monkeypatch.setattr(Archive, "review", fails(ArchiveReadOnly("it may be read here, not written")))
    page = browser.send(page, "/statements/1/accept")

    assert page.status == 503
    assert "It may be read here, not written." in page.words


def test_a_page_that_cannot_be_sent_to_says_so(browser: Browser) -> None:
    page = browser.post("/search", q="x")

    assert page.status == 405
    assert page.heading == "Nothing here to send to"


def test_too_much_at_once_is_refused(browser: Browser) -> None:
    assert browser.post("/read", text="x" * 6_000_000).status == 413


def test_a_broken_form_is_refused(browser: Browser) -> None:
    answer = browser.client.post(
        "/read", content=b"--x--", headers={"content-type": "multipart/form-data; boundary=y"}
    )
    assert answer.status_code in (400, 403)
