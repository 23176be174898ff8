"""A real browser on a real reading room: the demonstration, served on a port of this machine."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn

from quotidian import demo, filling, store
from quotidian.pipeline import Reader
from quotidian.serve.access.settings import Settings
from quotidian.serve.app import application
from quotidian.store import Archive

playwright = pytest.importorskip("playwright.sync_api", reason="no browser: playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """The archive of the demonstration; copy it before changing anything in it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with store.opened(path) as archive:
        for kept in filling.fill(archive, demo.found(), reader.attributed):
            assert isinstance(kept, filling.Kept)
        archive.join(reader.vectors)
    return path


@contextmanager
def served(archive: Archive, reader: Reader | None = None, **settings: object) -> Iterator[str]:
    """The address of a reading room that is open until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        checked = Settings.checked(archive.users(), port=port, **settings)
        app = application(archive, checked, (lambda: reader) if reader else None)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


Opens = Callable[..., str]


@pytest.fixture
def room(demo_file: Path, tmp_path: Path, reader: Reader) -> Iterator[tuple[str, Archive]]:
    """A reading room of one's own on the demonstration, and its archive."""
    own = tmp_path / "room.db"
    shutil.copyfile(demo_file, own)
    with store.opened(own) as archive, served(archive, reader) as address:
        yield address, archive


@pytest.fixture(scope="module")
def standing_room(demo_file: Path, reader: Reader) -> Iterator[tuple[str, Archive]]:
    """One that nobody changes anything in."""
    with ExitStack() as open_:
        archive = open_.enter_context(store.opened(demo_file))
        yield open_.enter_context(served(archive, reader)), archive


@pytest.fixture
def page(browser):
    """A page; whatever its scripts complain of, or the policy stops, fails the test."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    yield opened
    context.close()
    assert not complaints, complaints
