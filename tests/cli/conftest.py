"""An archive made once, and copies of it to try commands on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.reading.test_fetch import Server

from cli import invented, rumours
from quotidian import cli, store
from quotidian.types import Article

SOURCE = Path(cli.__file__).parents[2]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archives") / "news.db"
    with store.opened(path) as archive:
        for article in invented.ALL:
            archive.add(article)
    return path


@pytest.fixture
def news(made_once: Path, tmp_path: Path) -> str:
    """The path of an archive with the three articles."""
    return str(shutil.copy(made_once, tmp_path / "news.db"))


@pytest.fixture(scope="session")
def joined_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("joined") / "rumours.db"
    with store.opened(path) as archive:
        for article in rumours.ALL:
            archive.add(article)
        archive.join()
    return path


@pytest.fixture
def rumour(joined_once: Path, tmp_path: Path) -> str:
    """The path of an archive with the articles of one rumour, joined."""
    return str(shutil.copy(joined_once, tmp_path / "rumours.db"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Make the commands read as if by a model; the articles that it was asked to read."""
    articles: list[Article] = []

    def read(article: Article) -> Article:
        articles.append(article)
        return invented.read(article)

    monkeypatch.setattr(cli.common, "article_reader", lambda arguments: invented.Reader(read))
    return articles


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a command as a program of its own; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def started(*words: str, **environment: str) -> subprocess.Popen[str]:
        made = subprocess.Popen(
            [sys.executable, "-m", "quotidian", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path), **environment},
        )
        running.append(made)
        return made

    yield started
    for one in running:
        if one.poll() is None:
            one.kill()
        one.communicate()
