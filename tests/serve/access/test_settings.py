"""What is refused before a port is opened, and which names and pages are our own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotidian.errors import UsageError
from quotidian.serve.access.settings import Settings, secret_from
from quotidian.store.values import User

SECRET = b"a secret of more than thirty-two bytes"
OWNER = User("Anna", "owner", True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_on_loopback_nothing_is_asked_for(host: str) -> None:
    settings = Settings.checked(host=host, port=8123)
    assert settings.loopback
    assert len(settings.secret) >= 32


def test_two_processes_on_loopback_have_two_secrets() -> None:
    assert Settings.checked().secret != Settings.checked().secret


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7", "archive.example"])
def test_another_address_is_refused_without_an_owner(host: str) -> None:
    with pytest.raises(UsageError, match=r"no owner.*quotidian users"):
        Settings.checked([replace(OWNER, role="reviewer")], host=host, secret=SECRET)


def test_an_owner_who_was_removed_is_none() -> None:
    with pytest.raises(UsageError, match="no owner"):
        Settings.checked([replace(OWNER, active=False)], host="192.0.2.7", secret=SECRET)


def test_another_address_is_refused_without_a_secret() -> None:
    with pytest.raises(UsageError, match=r"no secret.*--secret-file"):
        Settings.checked([OWNER], host="192.0.2.7")


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.7"])
def test_a_short_secret_is_refused(host: str) -> None:
    with pytest.raises(UsageError, match="31 bytes"):
        Settings.checked([OWNER], host=host, secret=b"x" * 31)


def test_a_loopback_address_that_a_proxy_opens_to_others_is_guarded_too() -> None:
    with pytest.raises(UsageError, match="no owner"):
        Settings.checked(base_url="https://archive.example", secret=SECRET)
    settings = Settings.checked([OWNER], base_url="https://archive.example", secret=SECRET)
    assert not settings.loopback
    assert settings.trusted_proxies == ("127.0.0.1", "::1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_every_address_needs_a_name(host: str) -> None:
    with pytest.raises(UsageError, match="--base-url"):
        Settings.checked([OWNER], host=host, secret=SECRET)
    settings = Settings.checked([OWNER], host=host, secret=SECRET, base_url="https://archive.example")
    assert settings.trusted_proxies == ()


@pytest.mark.parametrize(
    "url",
    [
        "archive.example",
        "ftp://archive.example",
        "https://",
        "https://anna@archive.example",
        "https://archive.example/room",
        "https://archive.example?a=b",
        "https://archive.example:99999",
        "https://[::1",
        "",
    ],
)
def test_what_is_no_address_of_a_reading_room_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Settings.checked([OWNER], base_url=url, secret=SECRET)


def test_cookies_go_over_tls_alone_where_there_is_tls() -> None:
    over_tls = Settings.checked([OWNER], base_url="https://archive.example", secret=SECRET)
    plain = Settings.checked([OWNER], host="192.0.2.7", secret=SECRET)
    assert over_tls.secure_cookies and not over_tls.plain
    assert not plain.secure_cookies and plain.plain
    assert not Settings.checked().plain


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        (Settings.checked(port=8123), {"localhost:8123", "127.0.0.1:8123", "[::1]:8123"}),
        (
            Settings.checked(port=80),
            {"localhost", "localhost:80", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:80"},
        ),
        (
            Settings.checked([OWNER], base_url="https://Archive.example/", secret=SECRET),
            {"archive.example", "archive.example:443"},
        ),
        (Settings.checked([OWNER], host="2001:db8::7", secret=SECRET), {"[2001:db8::7]:8000"}),
    ],
)
def test_the_names_that_are_ours(settings: Settings, hosts: set[str]) -> None:
    assert settings.hosts == hosts


def test_the_secret_is_in_a_file_or_else_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(SECRET + b"\n")
    environ = {"QUOTIDIAN_SECRET": "another one\n"}
    assert secret_from(file, environ) == SECRET
    assert secret_from(None, environ) == b"another one"
    assert secret_from(None, {"QUOTIDIAN_SECRET": ""}) is None
    with pytest.raises(UsageError, match="cannot be read"):
        secret_from(tmp_path / "none", environ)


def test_the_secret_is_not_shown() -> None:
    assert "secret of more" not in repr(Settings.checked(secret=SECRET))
