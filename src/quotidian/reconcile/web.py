"""Asking a service over the web: one request, to a public host, within limits of size and time.

Redirects are not followed: a body that was meant for one host would go to another. The host is judged by the
very address that is connected to, as for pages (``reading/hosts.py``), and no proxy is used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import certifi

from quotidian._version import __version__
from quotidian.errors import LimitExceeded, Unreachable
from quotidian.reading import hosts
from quotidian.reading.address import Target, target_of
from quotidian.reading.headers import retry_after

USER_AGENT = f"Quotidian/{__version__} (looks up people and bodies of news articles)"
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. ``wait`` are the seconds after which it wants to be asked again."""

    status: int
    body: bytes
    moved_to: str | None = None
    wait: float | None = None


class Asks(Protocol):
    """Whatever sends a request: a POST of a form, or a GET where there is none."""

    def __call__(self, address: str, form: bytes | None) -> Answer:
        """The answer, of whatever status; InputError where there is none."""


@dataclass(frozen=True, slots=True)
class Web:
    """Sends requests over the web."""

    seconds_to_connect: float = 10.0
    seconds: float = 60.0
    most_bytes: int = 4 * 1024 * 1024
    allow_private: bool = False

    def __call__(self, address: str, form: bytes | None) -> Answer:
        """The answer to one request.

        Raises:
            Refused: for other schemes, hosts that are not public, addresses with credentials.
            Unreachable: the network or the server failed.
            LimitExceeded: the answer is too large or too slow.
        """
        target = target_of(address)
        with self._connected(target) as connection:
            headers = {
                "User-Agent": USER_AGENT,
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "Connection": "close",
            }
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("GET" if form is None else "POST", target.path, form, headers)
            answer = connection.getresponse()
            if 300 <= answer.status < 400:
                return Answer(answer.status, b"", moved_to=answer.getheader("Location") or "")
            wait = retry_after(answer.headers, time.time())
            return Answer(answer.status, self._body(answer) if answer.status < 300 else b"", None, wait)

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while chunk := answer.read1(_CHUNK):
            body += chunk
            if len(body) > self.most_bytes:
                raise LimitExceeded(f"the service's answer is larger than {self.most_bytes:,} bytes")
        return bytes(body)

    @contextmanager
    def _connected(self, target: Target) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut when its time is up, whatever it is doing then."""
        deadline = time.monotonic() + self.seconds
        left = min(self.seconds_to_connect, self.seconds)
        found = hosts.addresses(target.host, target.port, left, allow_private=self.allow_private)
        plain = _socket(found, target, left)
        expired = threading.Event()

        def cut() -> None:
            expired.set()
            with suppress(OSError):
                plain.shutdown(socket.SHUT_RDWR)

        watch = threading.Timer(max(0.01, deadline - time.monotonic()), cut)
        watch.daemon = True
        watch.start()
        wrapped = plain
        try:
            connection = http.client.HTTPConnection(target.host, target.port)
            if target.scheme == "https":
                wrapped = _tls().wrap_socket(plain, server_hostname=target.host)
                connection.default_port = 443  # for the Host header
            wrapped.settimeout(self.seconds)
            connection.sock = wrapped
            yield connection
            if expired.is_set():
                raise self._too_slow(target)
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(
                f"the certificate of {target.host} is not valid: {error.verify_message}"
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if expired.is_set() or isinstance(error, TimeoutError):
                raise self._too_slow(target) from error
            raise Unreachable(f"{target.host} broke off: {_one_line(error)}; try again later") from error
        finally:
            watch.cancel()
            wrapped.close()
            plain.close()

    def _too_slow(self, target: Target) -> LimitExceeded:
        return LimitExceeded(f"{target.host} took longer than {self.seconds:g} seconds: try again later")


def _socket(found: list[str], target: Target, seconds: float) -> socket.socket:
    """A socket to the first of the checked addresses that answers."""
    trouble = OSError("no address")
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


def _one_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:200]
