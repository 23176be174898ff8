"""Read: statements at once, nothing kept unless one says so, nothing read that should not be."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quotidian import reading
from quotidian.errors import Refused
from quotidian.serve.access.settings import Settings
from quotidian.serve.app import application
from quotidian.store.archive import Archive
from serve.pages.browsing import Browser, Page
from serve.pages.conftest import FOUND, LogIn
from write.invented import STRIKE


def read(browser: Browser, **fields: str) -> Page:
    return browser.send(browser.see("/read"), "/read", **fields)


def test_a_text_shows_its_statements_and_nothing_is_kept(browser: Browser, archive: Archive) -> None:
    before = archive.counts()
    page = read(browser, text=STRIKE)

    assert "not in the archive" in page.words
    assert "7 statements" in page.words
    (text,) = page.tree.xpath("//div[@class='text']")
    assert text.text_content() == STRIKE
    assert archive.counts() == before


def test_the_longest_text_in_any_script_is_taken(browser: Browser) -> None:
    assert read(browser, text="水" * 100_000).status == 200


def test_what_was_read_is_kept_when_asked(browser: Browser, archive: Archive) -> None:
    page = read(browser, text=STRIKE)
    keep = next(form.action for form in page.tree.forms if form.action.endswith("/keep"))

    kept = browser.send(page, keep)
    assert kept.path == "/articles/3"
    assert "Kept in the archive" in kept.words
    assert archive.counts().articles == 3
    assert browser.see(page.path).status == 404


def test_what_was_read_can_be_forgotten(browser: Browser, archive: Archive) -> None:
    page = read(browser, text=STRIKE)
    drop = next(form.action for form in page.tree.forms if form.action.endswith("/drop"))

    assert "It was not kept." in browser.send(page, drop).words
    assert browser.see(page.path).status == 404
    assert archive.counts().articles == 2


def test_what_one_read_no_other_sees(log_in: LogIn) -> None:
    one, other = log_in("reviewer"), log_in("owner")
    page = read(one, text=STRIKE)

    assert one.see(page.path).status == 200
    assert other.see(page.path).status == 404
    assert other.post(f"{page.path}/keep").status == 404


def test_a_reader_reads_but_keeps_nothing(log_in: LogIn, archive: Archive) -> None:
    reader = log_in("reader")
    page = read(reader, text=STRIKE)

    assert page.status == 200
    assert "/keep" not in page.html
    assert reader.post(f"{page.path}/keep").status == 403
    assert archive.counts().articles == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "There is nothing to read"),
        ({"text": " \n "}, "There is nothing to read"),
        ({"text": "Words.", "address": "https://a.example/1"}, "give one of them"),
        ({"text": "x" * 100_001}, "100,000 can be read here"),
        ({"text": "Words.", "published": "Tuesday"}, "is no day"),
        ({"address": "/etc/passwd"}, "This is no address of a page"),
        ({"address": "file:///etc/passwd"}, "This is no address of a page"),
        ({"address": "gopher://a.example"}, "This is no address of a page"),
        ({"address": "https://"}, "This is no address of a page"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    browser: Browser, fields: dict[str, str], why: str
) -> None:
    page = read(browser, title="As typed", **fields)

    assert page.status == 400
    assert why in page.tree.xpath("//div[@role='alert']")[0].text_content()
    assert dict(page.form("/read").form_values())["title"] == "As typed"


def test_an_address_is_fetched_by_the_rules_of_reading(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: str) -> None:
        raise Refused(f"{source}: a private host is not fetched")

    monkeypatch.setattr(reading, "article", refused)
    page = read(browser, address="http://127.0.0.1:8123/")
    assert page.status == 400
    assert "a private host is not fetched" in page.words


def test_a_page_at_an_address_is_read_with_what_was_said_about_it(
    browser: Browser, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "article", lambda source: replace(FOUND, url=source))
    page = read(browser, address="https://sarv-tide.example/new", title="Another title", outlet="")

    assert page.heading == "Another title"
    assert "The Orsel Post" in page.words


def test_where_addresses_are_not_allowed_none_is_fetched(archive: Archive) -> None:
    settings = Settings.checked(port=8123, allow_addresses=False)
    room = application(archive, settings, lambda: None)  # type: ignore[arg-type,return-value]
    browser = Browser(TestClient(room, base_url=settings.base_url))

    assert not browser.see("/read").tree.xpath("//input[@name='address']")
    page = read(browser, address="https://a.example/1")
    assert "fetches no addresses" in page.words


def test_a_room_without_a_reader_says_how_to_add(archive: Archive, tmp_path: Path) -> None:
    settings = Settings.checked(port=8123)
    browser = Browser(TestClient(application(archive, settings), base_url=settings.base_url))

    assert "quotidian add" in browser.see("/read").words
    assert "Read something new" not in browser.see("/").words
    assert browser.post("/read", text=STRIKE).status in (400, 403)


def test_what_the_archive_has_already_is_not_offered_to_be_kept(browser: Browser, archive: Archive) -> None:
    archive.add(FOUND)
    page = read(browser, text=STRIKE)

    assert "The archive has this text already." in page.words
    assert "/keep" not in page.html
