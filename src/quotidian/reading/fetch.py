"""Fetching an address of the web, safely: what is fetched may be hostile, and so may its server.

Only http(s), only public hosts (judged by the address that is connected to, at every redirect),
only what robots.txt allows, within limits of size and time. Proxies of the environment are not
used, since a proxy would connect to hosts that we could not judge. Plain sockets under the standard
library's HTTP are used rather than a client library, since the check must see the very
address that the connection goes to, and the clock must stop a server that sends byte by byte.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from email.message import Message
from functools import cache
from urllib.parse import urljoin

import certifi

from quotidian._version import __version__
from quotidian.errors import NotAnArticle, NotFound, Unreachable
from quotidian.reading import hosts
from quotidian.reading.address import Target, target_of
from quotidian.reading.headers import NEVER_SEEN, Validators, max_age, retry_after, validators
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.robots import Robots

USER_AGENT = f"Quotidian/{__version__} (reads news articles for attributed statements)"
_READABLE = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/csv",
        "text/tab-separated-values",
        "application/json",
        "application/x-ndjson",
        "application/jsonl",
        "application/xml",
        "text/xml",
        "application/octet-stream",
    }
)
_FEEDS = _READABLE | {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "text/rss+xml",
    "text/atom+xml",
    "application/x-rss+xml",
}
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"
_ACCEPT_FEEDS = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml;q=0.9,"
    "application/xml;q=0.8,text/xml;q=0.8,*/*;q=0.5"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered: from which address, in the end, and in which encoding it says.

    Attributes:
        url: the address that answered, after all redirects.
        status: the status code.
        media_type: what the server calls it; empty where it says nothing.
        charset: the encoding, where the server says one.
        body: what was sent, unpacked; empty for errors, and for media that are not wanted.
        validators: by what the server knows this version again.
        retry_after: the seconds after which to come back, where the server says so.
        max_age: the seconds for which the answer stays fresh, where the server says so.
        moved_to: the address to use from now on, where the one asked for moved for good.
    """

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    validators: Validators = NEVER_SEEN
    retry_after: float | None = None
    max_age: float | None = None
    moved_to: str | None = None

    @property
    def not_modified(self) -> bool:
        """Whether the server says that it is still the version asked about: there is no body then."""
        return self.status == 304


class Fetcher:
    """Fetches addresses, one by one, and remembers what the sites' robots.txt say."""

    def __init__(self, limits: Limits, *, allow_private: bool = False, obey_robots: bool = True) -> None:
        self._limits = limits
        self._allow_private = allow_private
        self._robots = Robots(self._robots_txt) if obey_robots else None

    def fetch(self, url: str) -> Response:
        """The answer to a GET of ``url``, redirects followed.

        Raises:
            Refused: for other schemes, private hosts, addresses with credentials, robots.txt.
            NotFound: for 404 and 410.
            Unreachable: for other errors of the server or the network.
            NotAnArticle: for media that hold no text.
            LimitExceeded: for what is too large, too slow, or redirects too often.
        """
        return checked(self.ask(url))

    def ask(self, url: str, seen: Validators = NEVER_SEEN, *, feed: bool = False) -> Response:
        """The answer to a GET of ``url``, redirects followed, whatever its status and medium.

        Args:
            url: the address.
            seen: the version that is at hand; if there is no newer one, the answer is ``not_modified``.
            feed: whether a news feed is wanted rather than a page.

        Raises:
            Refused: for other schemes, private hosts, addresses with credentials, robots.txt.
            Unreachable: for errors of the network.
            LimitExceeded: for what is too large, too slow, or redirects too often.
        """
        deadline = time.monotonic() + self._limits.seconds_to_fetch
        return self._followed(url, deadline, self._robots, seen, feed=feed)

    def crawl_delay(self, url: str) -> float | None:
        """The seconds between two requests that the site of ``url`` asks for.

        From its robots.txt as last read; None where that was not read yet or does not say. Asks nobody.

        Raises:
            Refused: for what is no address of the web.
        """
        return self._robots.crawl_delay(target_of(url).origin) if self._robots is not None else None

    def _robots_txt(self, origin: str, deadline: float) -> Response:
        return self._followed(f"{origin}/robots.txt", deadline, None)

    def _followed(
        self,
        url: str,
        deadline: float,
        robots: Robots | None,
        seen: Validators = NEVER_SEEN,
        *,
        feed: bool = False,
    ) -> Response:
        moved_to, for_good = None, True
        for _ in range(self._limits.redirects + 1):
            target = target_of(url)
            if robots is not None:
                robots.check(target, deadline)
            response, location = self._answer(target, deadline, seen, feed=feed)
            if location is None:
                return replace(response, moved_to=moved_to)
            url = urljoin(target.url, location)
            # what comes after a passing redirect is no new address of the one asked for
            for_good = for_good and response.status in _PERMANENT
            moved_to = target_of(url).url if for_good else moved_to
        raise exceeded(self._limits, "redirects", "redirected too often")

    def _answer(
        self, target: Target, deadline: float, seen: Validators, *, feed: bool
    ) -> tuple[Response, str | None]:
        with _connected(target, self._limits, deadline, allow_private=self._allow_private) as connection:
            headers = {
                "User-Agent": USER_AGENT,
                "Accept": _ACCEPT_FEEDS if feed else _ACCEPT,
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "en,*;q=0.5",
                "Connection": "close",
            }
            connection.request("GET", target.path, headers=headers | seen.as_headers())
            answer = connection.getresponse()
            if answer.status in _REDIRECTS and (moved := answer.getheader("Location")):
                return Response(target.url, answer.status, "", None, b""), _sent_as_bytes(moved)
            said = Message()
            said["Content-Type"] = answer.getheader("Content-Type") or ""
            media_type = said.get_content_type() if said["Content-Type"] else ""
            known = _FEEDS if feed else _READABLE
            wanted = answer.status < 400 and answer.status != 304 and (not media_type or media_type in known)
            return Response(
                target.url,
                answer.status,
                media_type,
                said.get_content_charset(),
                _body(answer, self._limits) if wanted else b"",
                validators(answer.headers),
                retry_after(answer.headers, time.time()),
                max_age(answer.headers),
            ), None


def checked(response: Response, *, feed: bool = False) -> Response:
    """The response, if it is what was asked for.

    Raises:
        NotFound: for 404 and 410.
        Unreachable: for other statuses that bring nothing.
        NotAnArticle: for media that hold no text.
    """
    if response.status in (404, 410):
        raise NotFound(f"the server answers {response.status}: there is no such page")
    if response.status >= 400 or response.not_modified:
        raise Unreachable(f"the server answers {response.status} {_phrase(response.status)}".rstrip())
    if response.media_type and response.media_type not in (_FEEDS if feed else _READABLE):
        raise NotAnArticle(f"not an article we can read: {response.media_type}")
    return response


@contextmanager
def _connected(
    target: Target, limits: Limits, deadline: float, *, allow_private: bool
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the target that is cut when its time is up, whatever it is doing then."""
    left = min(limits.seconds_to_connect, deadline - time.monotonic())
    if left <= 0:
        raise exceeded(limits, "seconds_to_fetch", "too slow")
    found = hosts.addresses(target.host, target.port, left, allow_private=allow_private)
    expired = threading.Event()
    plain = _socket(found, target, left)

    def cut() -> None:
        expired.set()
        with suppress(OSError):
            plain.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(0.01, deadline - time.monotonic()), cut)
    watch.daemon = True
    watch.start()
    wrapped = plain
    try:
        if target.scheme == "https":
            wrapped = _tls().wrap_socket(plain, server_hostname=target.host)
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = wrapped
        if target.scheme == "https":
            connection.default_port = 443  # for the Host header
        yield connection
        if expired.is_set():
            raise exceeded(limits, "seconds_to_fetch", "too slow")
    except ssl.SSLCertVerificationError as error:
        raise Unreachable(f"the certificate of {target.host} is not valid: {error.verify_message}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if expired.is_set() or time.monotonic() >= deadline:
            raise exceeded(limits, "seconds_to_fetch", "too slow") from error
        if isinstance(error, TimeoutError):
            raise exceeded(limits, "seconds_to_connect", f"{target.host} is silent") from error
        raise Unreachable(f"{target.host} broke off: {_one_line(error)}") from error
    finally:
        watch.cancel()
        wrapped.close()
        plain.close()


def _socket(found: list[str], target: Target, seconds: float) -> socket.socket:
    """A socket to the first of the checked addresses that answers."""
    trouble: OSError = OSError("no address")
    for address in found[:4]:
        try:
            return socket.create_connection((address, target.port), timeout=seconds)
        except OSError as error:
            trouble = error
    raise Unreachable(f"cannot connect to {target.host}: {_one_line(trouble)}") from trouble


@cache
def _tls() -> ssl.SSLContext:
    """The system's certificates and those of certifi, since some systems have none for Python."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _body(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The body, unpacked and within the limit, so that a small answer cannot unfold into a large one."""
    most = limits.bytes_per_page
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise Unreachable(f"the server answers in an encoding that was not asked for: {coding[:40]}")
    unpack = None if coding == "identity" else zlib.decompressobj(47 if coding != "deflate" else 15)
    body = bytearray()
    first = True
    while chunk := answer.read1(_CHUNK):
        if unpack is None:
            body += chunk
        else:
            if first and coding == "deflate" and chunk[0] & 0x0F != 8:  # raw, as some servers send it
                unpack = zlib.decompressobj(-15)
            body += _unpacked(unpack, chunk, most + 1 - len(body))
        first = False
        if len(body) > most:
            raise exceeded(limits, "bytes_per_page", "page too large")
    return bytes(body)


def _unpacked(unpack: zlib._Decompress, chunk: bytes, most: int) -> bytes:
    try:
        return unpack.decompress(chunk, max(1, most))
    except zlib.error as error:
        raise Unreachable(f"the server's answer is damaged: {error}") from error


def _phrase(status: int) -> str:
    return http.client.responses.get(status, "")


def _sent_as_bytes(header: str) -> str:
    """A header as UTF-8, which servers send although HTTP says Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _one_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:200]
