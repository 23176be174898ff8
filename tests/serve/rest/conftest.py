"""The API over a small archive of invented articles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from quotidian import store
from quotidian.pipeline import Reader
from quotidian.serve.access.middleware import middleware
from quotidian.serve.access.settings import Settings
from quotidian.serve.pending import Desk
from quotidian.serve.rest import api, healthz
from quotidian.store import people
from quotidian.store.archive import Archive
from quotidian.store.people import Cost
from quotidian.store.values import User
from quotidian.types import Article

PASSWORD = "four herons at dusk"
SECRET = b"a secret of more than thirty-two bytes"

FERRY = (
    "The ferry will sail on Monday, said Mara Lindqvist, the minister of ports. “We will not yield to the "
    "Harbour Board,” Lindqvist said. The board’s chairman, Tomas Ferrel, denied that it had asked for a "
    "delay. An official who asked not to be named said Lindqvist had signed the order."
)
BRIDGE = (
    "The bridge at Vell is safe, the Harbour Board said on Tuesday. Tomas Ferrel, its chairman, accused the "
    "minister, Mara Lindqvist, of delaying the repairs. “She knew in March,” Ferrel said."
)


@pytest.fixture(scope="session")
def articles(reader: Reader) -> tuple[Article, ...]:
    """Three articles of two outlets, read once."""
    ferry = reader.read_text(
        FERRY,
        id="ferry-1",
        outlet="The Orle Courier",
        url="https://courier.example/ferry",
        title="Ferry to sail",
        published="2031-03-06",
    )
    bridge = reader.read_text(
        BRIDGE,
        outlet="Vell Gazette",
        url="https://gazette.example/bridge",
        title="Bridge “safe”",
        published="2031-03-12",
    )
    return ferry, bridge, replace(bridge, id="copy", url="https://copy.example/bridge", outlet=None)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, articles: tuple[Article, ...]) -> Path:
    """An archive of the three articles, to copy."""
    folder = tmp_path_factory.mktemp("filled")
    with store.opened(folder / "news.db") as archive:
        for article in articles:
            archive.add(article)
        archive.join()
        archive.backup(folder / "copy.db")
    return folder / "copy.db"


@pytest.fixture
def archive(tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(people, "COST", Cost(n=2**4, r=8, p=1))
    shutil.copy(filled, tmp_path / "news.db")
    with store.opened(tmp_path / "news.db") as archive:
        yield archive


def room(archive: Archive, settings: Settings, reader: Reader | None = None) -> Starlette:
    """The API as the reading room mounts it."""
    desk = Desk(None if reader is None else lambda: reader)
    return Starlette(
        routes=[Mount("/api", api(archive, settings, desk)), Route("/healthz", healthz)],
        middleware=middleware(archive, settings),
    )


@pytest.fixture(scope="session")
def unchanged(filled: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that tests only look at."""
    path = tmp_path_factory.mktemp("unchanged") / "news.db"
    shutil.copy(filled, path)
    with store.opened(path) as archive:
        yield archive


@pytest.fixture(scope="session")
def looking(unchanged: Archive, reader: Reader) -> TestClient:
    """A program on the machine itself that changes nothing."""
    settings = Settings.checked(port=8123)
    return TestClient(room(unchanged, settings, reader), base_url=settings.base_url)


@pytest.fixture
def client(archive: Archive, reader: Reader) -> TestClient:
    """A program on the machine itself, where nobody logs in."""
    settings = Settings.checked(port=8123)
    return TestClient(room(archive, settings, reader), base_url=settings.base_url)


@pytest.fixture
def exposed(archive: Archive, reader: Reader) -> TestClient:
    """A program elsewhere, where somebody of each role is let in."""
    for name, role in (("Rana", "reader"), ("Vidar", "reviewer"), ("Olav", "owner")):
        archive.set_user(name, PASSWORD, role)  # type: ignore[arg-type]
    owner = User("Olav", "owner", True)
    settings = Settings.checked([owner], base_url="https://archive.example", secret=SECRET)
    return TestClient(room(archive, settings, reader), base_url=settings.base_url)


@pytest.fixture
def as_(exposed: TestClient) -> Callable[[str], dict[str, str]]:
    """Headers with the token that somebody got."""

    def headers(name: str) -> dict[str, str]:
        answer = exposed.post("/api/login", json={"name": name, "password": PASSWORD})
        return {"authorization": f"Bearer {answer.json()['token']}"}

    return headers


def every(client: TestClient, address: str) -> list[Any]:
    """All items of a list, page after page."""
    items: list[Any] = []
    following: str | None = address
    while following:
        page = client.get(following).json()
        items += page["items"]
        following = page["next"]
    return items
