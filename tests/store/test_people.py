"""Users and their sessions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from quotidian.errors import NotInArchive, UsageError
from quotidian.store import Archive, people, tables
from quotidian.store.people import Cost, fits, hashed, log_in, log_out, remove_user, set_user, user_of, users
from quotidian.store.values import User

NOW = datetime(2031, 3, 6, 9, 30, tzinfo=UTC)
PASSWORD = "four herons at dusk"
CHEAP, DEARER = Cost(n=2**4, r=8, p=1), Cost(n=2**5, r=8, p=2)


@pytest.fixture
def connection(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setattr(people, "COST", DEARER)
    with archive._database.writing() as connection:
        yield connection


@pytest.fixture
def anna(connection: Connection) -> User:
    set_user(connection, "Anna", PASSWORD, "reviewer", NOW)
    return User("Anna", "reviewer", True)


def password_of(connection: Connection, name: str) -> str:
    return str(
        connection.execute(select(tables.users.c.password).where(tables.users.c.name == name)).scalar_one()
    )


def test_whoever_knows_the_password_gets_a_session_of_their_own(connection: Connection, anna: User) -> None:
    token, other = (log_in(connection, "Anna", PASSWORD, NOW) for _ in range(2))
    assert token and other and token != other
    assert user_of(connection, token, NOW) == anna


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Anna", "four herons at dawn"),
        ("Anna", ""),
        ("anna", PASSWORD),
        ("Berit", PASSWORD),
        ("", PASSWORD),
        ("Anna\x00", PASSWORD),
        ("\ud800", PASSWORD),
        ("Anna", "\ud800 herons at dusk"),
        ("Anna", PASSWORD * 100),
    ],
)
def test_a_wrong_name_or_password_gets_none(
    connection: Connection, anna: User, name: str, password: str
) -> None:
    assert log_in(connection, name, password, NOW) is None


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(
    connection: Connection, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    people._nobodys.cache_clear()
    people._nobodys()
    costs: list[Cost | None] = []

    def counted(password: str, cost: Cost | None = None, salt: bytes | None = None) -> str:
        costs.append(cost)
        return hashed(password, cost, salt)

    monkeypatch.setattr(people, "hashed", counted)
    people.right(connection, "Anna", "four herons at dawn")
    known = costs.copy()
    people.right(connection, "Berit", "four herons at dawn")
    assert costs == known * 2 == [DEARER] * 2


def test_neither_password_nor_token_stands_in_the_database(connection: Connection, anna: User) -> None:
    token = log_in(connection, "Anna", PASSWORD, NOW)
    rows = [
        str(row) for table in (tables.users, tables.sessions) for row in connection.execute(select(table))
    ]
    assert token and len(rows) == 2
    assert not any(token in row or "heron" in row for row in rows)


def test_a_session_ends_after_a_fortnight(connection: Connection, anna: User) -> None:
    token = log_in(connection, "Anna", PASSWORD, NOW)
    assert token
    assert user_of(connection, token, NOW + timedelta(days=13, hours=23)) == anna
    assert user_of(connection, token, NOW + timedelta(days=14)) is None


def test_sessions_that_are_over_are_not_kept(connection: Connection, anna: User) -> None:
    log_in(connection, "Anna", PASSWORD, NOW)
    log_in(connection, "Anna", PASSWORD, NOW + timedelta(days=15))
    assert len(connection.execute(select(tables.sessions)).all()) == 1


def test_logging_out_ends_this_session_alone(connection: Connection, anna: User) -> None:
    here, there = (log_in(connection, "Anna", PASSWORD, NOW) or "" for _ in range(2))
    log_out(connection, here)
    assert (user_of(connection, here, NOW), user_of(connection, there, NOW)) == (None, anna)


@pytest.mark.parametrize("token", ["", "a", "é", "\x00", "\ud800", "x" * 10_000])
def test_what_is_no_token_is_nobodys(connection: Connection, anna: User, token: str) -> None:
    log_out(connection, token)
    assert user_of(connection, token, NOW) is None


def test_another_password_or_role_ends_all_sessions(connection: Connection, anna: User) -> None:
    token = log_in(connection, "Anna", PASSWORD, NOW) or ""
    set_user(connection, "Anna", "five herons at dawn", "owner", NOW)
    assert user_of(connection, token, NOW) is None
    assert log_in(connection, "Anna", PASSWORD, NOW) is None
    token = log_in(connection, "Anna", "five herons at dawn", NOW) or ""
    assert user_of(connection, token, NOW) == User("Anna", "owner", True)


def test_somebody_removed_is_out_at_once_and_their_name_is_kept(connection: Connection, anna: User) -> None:
    token = log_in(connection, "Anna", PASSWORD, NOW) or ""
    remove_user(connection, "Anna")
    assert user_of(connection, token, NOW) is None
    assert log_in(connection, "Anna", PASSWORD, NOW) is None
    assert users(connection) == (User("Anna", "reviewer", False),)


def test_somebody_removed_can_be_let_in_again(connection: Connection, anna: User) -> None:
    remove_user(connection, "Anna")
    set_user(connection, "Anna", "five herons at dawn", "reader", NOW)
    assert users(connection) == (User("Anna", "reader", True),)


def test_nobody_can_be_removed_who_is_not_there(connection: Connection, anna: User) -> None:
    with pytest.raises(NotInArchive, match="no user 'Berit'"):
        remove_user(connection, "Berit")
    remove_user(connection, "Anna")
    for name in ("Anna", "", "A\x00", "\ud800"):
        with pytest.raises(NotInArchive):
            remove_user(connection, name)


def test_users_come_by_name(connection: Connection) -> None:
    for name in ("Olav", "Anna", "李"):
        set_user(connection, name, PASSWORD, "reader", NOW)
    assert [user.name for user in users(connection)] == ["Anna", "Olav", "李"]


@pytest.mark.parametrize(
    "name", ["", " Anna", "Anna ", "An\nna", "Anna\x00", "An\u202ena", "Ａnna", "\ud800", "x" * 65, "local"]
)
def test_a_name_that_cannot_be_read_back_is_refused(connection: Connection, name: str) -> None:
    with pytest.raises(UsageError):
        set_user(connection, name, PASSWORD, "reader", NOW)
    assert users(connection) == ()


@pytest.mark.parametrize(
    "password",
    ["", "nine char", "ababababab", "ANNA LINDQVIST", "\ud800\ud800\ud800abcdefgh", "heron " * 200],
)
def test_a_password_that_is_easily_guessed_is_refused(connection: Connection, password: str) -> None:
    with pytest.raises(UsageError):
        set_user(connection, "Anna Lindqvist", password, "reader", NOW)
    assert users(connection) == ()


def test_a_role_that_there_is_not_is_refused(connection: Connection) -> None:
    with pytest.raises(UsageError, match="choose reader, reviewer, owner"):
        set_user(connection, "Anna", PASSWORD, "king", NOW)  # type: ignore[arg-type]


def test_a_password_kept_at_another_cost_works_and_is_kept_anew(connection: Connection) -> None:
    connection.execute(
        insert(tables.users).values(
            name="Anna", password=hashed(PASSWORD, CHEAP), role="owner", active=1, created_at=NOW.isoformat()
        )
    )
    assert log_in(connection, "Anna", "four herons at dawn", NOW) is None
    assert password_of(connection, "Anna").startswith("scrypt$16$8$1$")
    assert log_in(connection, "Anna", PASSWORD, NOW)
    assert password_of(connection, "Anna").startswith("scrypt$32$8$2$")
    assert log_in(connection, "Anna", PASSWORD, NOW)


def test_a_password_changed_between_its_check_and_the_session_begins_none(
    connection: Connection, anna: User
) -> None:
    kept = people.right(connection, "Anna", PASSWORD)
    assert kept
    set_user(connection, "Anna", "five herons at dawn", "reviewer", NOW)
    assert people.begin(connection, "Anna", PASSWORD, kept, NOW) is None
    remove_user(connection, "Anna")
    assert people.begin(connection, "Anna", PASSWORD, kept, NOW) is None
    assert connection.execute(select(tables.sessions)).all() == []


def test_the_same_password_is_kept_in_another_form_each_time() -> None:
    assert hashed(PASSWORD, CHEAP) != hashed(PASSWORD, CHEAP)


def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    assert fits("ca\u0301ncion de noche", hashed("c\u00e1ncion de noche", CHEAP))


@given(st.text(max_size=40), st.text(max_size=40))
@settings(deadline=None)
def test_a_password_fits_itself_and_no_other(password: str, other: str) -> None:
    try:
        kept = hashed(password, CHEAP)
    except UnicodeEncodeError:
        assert not fits(password, hashed("", CHEAP))
        return
    assert fits(password, kept)
    same = unicodedata.normalize("NFKC", other) == unicodedata.normalize("NFKC", password)
    assert fits(other, kept) == same


def test_a_guess_costs_what_owasp_advises() -> None:
    assert hashed(PASSWORD).startswith("scrypt$32768$8$3$")
