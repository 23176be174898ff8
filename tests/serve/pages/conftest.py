"""A reading room over a small archive of invented articles, and browsers that come to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quotidian import store
from quotidian.serve.access.settings import Settings
from quotidian.serve.app import application
from quotidian.store import people
from quotidian.store.archive import Archive
from quotidian.store.people import Cost
from quotidian.store.values import User
from quotidian.types import Article
from serve.pages.browsing import Browser, Reader
from write.invented import STRIKE, strike

PASSWORD = "four herons at dusk"
OWNER = User("Olav", "owner", True)
FOUND = replace(strike(), id="b-9", url="https://orsel-post.example/strike", outlet="The Orsel Post")

LogIn = Callable[[str], Browser]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive's file: two articles of two outlets, the first of them in two versions."""
    path = tmp_path_factory.mktemp("filled") / "news.db"
    with store.opened(path) as archive:
        for article in articles():
            archive.add(article)
        archive.join()
        archive.backup(path.with_name("copy.db"))
    return path.with_name("copy.db")


@pytest.fixture
def archive(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(people, "COST", Cost(n=2**4, r=8, p=1))
    with store.opened(shutil.copy(filled, tmp_path / "news.db")) as archive:
        yield archive


def articles() -> tuple[Article, ...]:
    again = replace(
        strike(), text=f"{STRIKE}Correction: the port reopens in May.\n", title="Port to open again"
    )
    other = replace(
        strike(),
        id="b-8",
        url="https://ellery-courier.example/strike",
        outlet="The Ellery Courier",
        title="Harbour union denies all",
        published="2031-03-09",
    )
    return strike(), other, again


@pytest.fixture(scope="session")
def looking(filled: Path) -> Iterator[Browser]:
    """Somebody who only looks, so that all can look at one archive."""
    settings = Settings.checked(port=8123)
    with store.opened(filled) as archive:
        room = application(archive, settings, lambda: Reader(FOUND))  # type: ignore[arg-type,return-value]
        yield Browser(TestClient(room, base_url=settings.base_url, raise_server_exceptions=False))


@pytest.fixture
def browser(archive: Archive) -> Browser:
    """Somebody at the machine itself, who may do everything."""
    settings = Settings.checked(port=8123)
    room = application(archive, settings, lambda: Reader(FOUND))  # type: ignore[arg-type,return-value]
    return Browser(TestClient(room, base_url=settings.base_url, raise_server_exceptions=False))


@pytest.fixture
def log_in(archive: Archive) -> LogIn:
    """Somebody elsewhere, in a role."""
    settings = Settings.checked(
        [OWNER], base_url="https://archive.example", secret=b"a secret of more than thirty-two bytes"
    )
    room = application(archive, settings, lambda: Reader(FOUND))  # type: ignore[arg-type,return-value]

    def as_(role: str) -> Browser:
        archive.set_user(role, PASSWORD, role)  # type: ignore[arg-type]
        browser = Browser(TestClient(room, base_url=settings.base_url))
        page = browser.send(browser.see("/login"), "/login", name=role, password=PASSWORD)
        assert page.path == "/"
        return browser

    return as_
