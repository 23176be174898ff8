"""The commands that go on until they are stopped: serve, watch, demo."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli import archives, common, joining
from quotidian.cli.common import ALL_READ, SOME_FAILED, add_reading, complain, count, many, tell
from quotidian.errors import InputError, UsageError
from quotidian.types import Failure

if TYPE_CHECKING:
    from quotidian.pipeline import Reader
    from quotidian.serve.access.settings import Settings
    from quotidian.store import Archive

_SERVE = """\
examples:
  quotidian serve news.db                        for you alone, without a login
  quotidian serve news.db --host 0.0.0.0 --base-url https://archive.example \\
      --secret-file secret                       for others too

Others can reach it only where the archive has an owner (`quotidian users`) and
there is a secret: in a file, or in QUOTIDIAN_SECRET."""
# Articles that a watch joins while it could fetch pages.
_AT_ONCE = 50


def add_commands(commands: Any) -> None:
    """All of them, each with its options."""
    _add_serve(commands)
    _add_watch(commands)
    _add_demo(commands)


# --- serve --------------------------------------------------------------------------------------


def _add_serve(commands: Any) -> None:
    serve = archives.command(
        commands,
        "serve",
        "open the reading room of an archive",
        "Open the reading room of an archive in a browser: read, search, correct, export.",
        _SERVE,
    )
    serve.add_argument("--host", default="127.0.0.1", metavar="HOST", help="default: this computer alone")
    serve.add_argument("--port", type=port, default=8000, metavar="N", help="default: 8000; 0: any free one")
    serve.add_argument("--base-url", metavar="URL", help="how people reach it, behind a proxy")
    serve.add_argument("--secret-file", type=Path, metavar="FILE", help="what sessions are signed with")
    serve.add_argument(
        "--proxy",
        action="append",
        metavar="ADDRESS",
        help="a proxy on another machine whose X-Forwarded-For is believed",
    )
    serve.add_argument("--title", default="Quotidian", metavar="TITLE", help="what the pages are headed")
    serve.add_argument(
        "--no-addresses", action="store_true", help="the Read page fetches no addresses of the web"
    )
    serve.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    from quotidian.serve.access.settings import Settings, secret_from

    with archives.opened(arguments) as archive, _bound(arguments.host, arguments.port) as listener:
        settings = Settings.checked(
            archive.users(),
            host=arguments.host,
            port=listener.getsockname()[1],
            base_url=arguments.base_url,
            secret=secret_from(arguments.secret_file),
            title=arguments.title,
            allow_addresses=not arguments.no_addresses,
            trusted_proxies=tuple(arguments.proxy) if arguments.proxy else None,
        )
        if settings.plain:
            complain("without TLS, passwords cross the network as they are typed: put a proxy before it")
        _run(archive, settings, listener, f"The reading room of {archive.location}")
    return ALL_READ


def _run(archive: Archive, settings: Settings, listener: socket.socket, room: str) -> None:
    """Say where the reading room is, and serve it until told to stop (SIGINT, SIGTERM)."""
    import uvicorn

    from quotidian.serve.app import application

    config = uvicorn.Config(
        application(archive, settings, _reader),
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=",".join(settings.trusted_proxies),
        timeout_graceful_shutdown=5,
    )
    with _signals_ignored():
        # Whoever comes as soon as the address is told is let in.
        listener.listen()
        tell(f"{room} is open at {settings.base_url}/ (Ctrl-C closes it)")
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _signals_ignored() -> Iterator[None]:
    """A server handles signals itself and, closed, raises them once more for those who did before it: us."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _reader() -> Reader:
    from quotidian.pipeline import Reader

    return Reader()


def _bound(host: str, number: int) -> socket.socket:
    """A socket of our own, before anything is said of it."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind)
        try:
            if os.name != "nt":  # there it would share the port with whoever has it
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise UsageError(
            f"{host}, port {number}, cannot be used ({error.strerror or error}): name another with --port"
        ) from error
    return listener


# --- watch --------------------------------------------------------------------------------------


def _add_watch(commands: Any) -> None:
    watch = archives.command(
        commands,
        "watch",
        "add what news feeds bring, until stopped",
        "Poll news feeds politely and add what is new, until stopped (Ctrl-C).",
    )
    watch.add_argument("feeds", metavar="FEEDS", nargs="+", help="OPML, a list of addresses, or an address")
    watch.add_argument("--once", action="store_true", help="one round, then stop")
    watch.add_argument("--keep-pages", action="store_true", help="keep the pages as they came too")
    add_reading(watch, tables=False)
    watch.set_defaults(run=_watch, attributions_only=False)


def _watch(arguments: argparse.Namespace) -> int:
    from quotidian import filling, watch
    from quotidian.reading.fetch import Fetcher

    options = common.options_of(arguments)
    feeds = _feeds(arguments.feeds)
    failed = False
    fetcher = Fetcher(options.limits, allow_private=options.allow_private, obey_robots=options.obey_robots)
    with archives.opened(arguments, create=True) as archive, watch.stopped_by_signals() as stop:
        read = common.article_reader(arguments)
        watched = filling.Watched(archive, read, options, keep_pages=arguments.keep_pages)
        for event in watch.watch(feeds, watched, fetcher, stop=stop, once=arguments.once):
            # Where there is nothing to do but wait, or before joining would keep pages waiting for long.
            if isinstance(event, watch.Waiting) and (not event.held or archive.unjoined() >= _AT_ONCE):
                joining.join_added(archive, read.vectors)
            if isinstance(event, watch.Failed | watch.Dropped):
                complain(watch.sentence(event))
                failed = True
            elif not (isinstance(event, watch.Waiting) and event.held):
                tell(watch.sentence(event))
        # Who stops a watch wants it to end; the rest waits for the next one.
        if arguments.once or archive.unjoined() < _AT_ONCE:
            failed = not joining.join_added(archive, read.vectors) or failed
    return SOME_FAILED if failed and arguments.once else ALL_READ


def _feeds(given: list[str]) -> list[str]:
    from quotidian.reading.feed_lists import feed_address, feed_list

    found: list[str] = []
    for one in given:
        if "://" in one:
            found.append(feed_address(one))
            continue
        try:
            listed = feed_list(Path(one).read_bytes(), one)
        except OSError as error:
            raise InputError(f"{one}: cannot be read: {error.strerror}") from error
        for failure in listed.failures:
            complain(f"{failure.origin}: {failure.why}")
        found += [feed.address for feed in listed.feeds]
    if not found:
        raise InputError("there is no feed to watch: name one, or a list of them")
    return list(dict.fromkeys(found))


# --- demo ---------------------------------------------------------------------------------------


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser(
        "demo",
        help="open the reading room on two weeks of invented news",
        description="Read about forty invented articles by six invented outlets into an archive of "
        "their own, and open the reading room on it. Ctrl-C ends it, and the archive is gone.",
    )
    demo.add_argument("--no-open", action="store_true", help="do not open a browser")
    demo.add_argument("--port", type=port, default=8000, metavar="N", help="default: 8000, or a free one")
    demo.add_argument("--archive", type=Path, metavar="FILE", help="keep the archive in this file")
    demo.add_argument("--threads", type=count, metavar="N", help="cores to use (default: all)")
    demo.set_defaults(run=_demo, model=None, no_nested=False, attributions_only=False)


def _demo(arguments: argparse.Namespace) -> int:
    from quotidian import store
    from quotidian.serve.access.settings import Settings

    with (
        tempfile.TemporaryDirectory(prefix="quotidian-demo-") as folder,
        store.opened(arguments.archive or Path(folder, "demo.db")) as archive,
        _any_bound(arguments.port) as listener,
        _terminated_as_interrupted(),
    ):
        _fill_with_demo(archive, arguments)
        settings = Settings.checked(
            archive.users(), port=listener.getsockname()[1], title="Quotidian: a demonstration"
        )
        if not arguments.no_open:
            _open_browser(settings.base_url)
        _run(archive, settings, listener, "The reading room")
    return ALL_READ


def _fill_with_demo(archive: Archive, arguments: argparse.Namespace) -> None:
    from quotidian import demo, filling, progress

    pages = demo.pages()
    read = common.article_reader(arguments)
    tell(f"Reading {len(pages)} invented articles …")
    with progress.bar(len(pages)) if sys.stderr.isatty() else progress.silent() as advance:
        for kept in filling.fill(archive, demo.found(), read):
            if isinstance(kept, Failure):
                complain(f"{kept.origin}: {kept.why}")
            advance()
    joining.join_added(archive, read.vectors)
    counts = archive.counts()
    told = (many(counts.articles, "article"), many(counts.outlets, "outlet"))
    tell(f"{' by '.join(told)}, {many(counts.statements, 'statement')}")


def _any_bound(number: int) -> socket.socket:
    """The port asked for, or a free one where it is taken: a demonstration asks no question."""
    try:
        return _bound("127.0.0.1", number)
    except UsageError:
        return _bound("127.0.0.1", 0)


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """SIGTERM as Ctrl-C, so that what is temporary goes before the process does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _open_browser(address: str) -> None:
    """Soon, when the room answers; where there is no browser nothing happens."""
    import threading
    import webbrowser

    timer = threading.Timer(1.0, webbrowser.open, [address])
    timer.daemon = True
    timer.start()


def port(given: str) -> int:
    """A port's number, 0 for any free one."""
    if not (given.isascii() and given.isdigit() and int(given) < 2**16):
        raise argparse.ArgumentTypeError(f"{given!r} is no port: a number from 0 to 65535")
    return int(given)
