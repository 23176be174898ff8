"""Who may use a reading room that others can reach: names, passwords, roles, and sessions.

A password is kept as scrypt makes it (RFC 7914), with its salt and parameters; a session's token as
its SHA-256, so that whoever reads the file or a backup of it can enter with neither.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import get_args

from sqlalchemy import Connection, delete, insert, select, update

from quotidian.errors import NotInArchive, UsageError
from quotidian.store.tables import sessions
from quotidian.store.tables import users as people
from quotidian.store.values import Role, User

SHORTEST_PASSWORD = 10
# Nobody types more; and what is hashed before anybody is known must stay small.
LONGEST_PASSWORD = 1_000
LONGEST_NAME = 64
# A fortnight, used or not: then the password is asked for again.
SESSION = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: OWASP's advice for scrypt at 32 MiB (Password Storage Cheat Sheet, 2025)."""

    n: int = 2**15
    r: int = 8
    p: int = 3


COST = Cost()


def users(connection: Connection) -> tuple[User, ...]:
    """Everybody who is or was let in, by name; those removed are not ``active``."""
    rows = connection.execute(select(people.c.name, people.c.role, people.c.active))
    # Sorted here: each database has its own order of letters.
    return tuple(sorted((User(row.name, row.role, bool(row.active)) for row in rows), key=lambda u: u.name))


def set_user(connection: Connection, name: str, password: str, role: Role, at: datetime) -> None:
    """Let somebody in, or give them another password and role; their sessions end.

    Raises:
        UsageError: the name, the password or the role will not do.
    """
    _check_name(name)
    _check_password(name, password)
    if role not in get_args(Role):
        raise UsageError(f"there is no role {role!r}: choose {', '.join(get_args(Role))}")
    values = {"password": hashed(password), "role": role, "active": 1}
    _end_sessions_of(connection, name)
    if not connection.execute(update(people).where(people.c.name == name).values(values)).rowcount:
        connection.execute(insert(people).values(name=name, created_at=_written(at), **values))


def remove_user(connection: Connection, name: str) -> None:
    """Let somebody in no longer. The name stays: reviews carry it, and it must not become another's unseen.

    Raises:
        NotInArchive: there is nobody of this name.
    """
    gone = update(people).where(people.c.name == name, people.c.active == 1).values(active=0, password="")
    if not _plain(name) or not connection.execute(gone).rowcount:
        raise NotInArchive(f"there is no user {name!r}: `quotidian users` lists who there is")
    _end_sessions_of(connection, name)


def log_in(connection: Connection, name: str, password: str, at: datetime) -> str | None:
    """A new session's token, or None where name and password are not right.

    It takes a while. Whoever would keep others from writing meanwhile asks :func:`right` on a
    connection that reads, and then :func:`begin`.
    """
    kept = right(connection, name, password)
    return None if kept is None else begin(connection, name, password, kept, at)


def right(connection: Connection, name: str, password: str) -> str | None:
    """The password as it is kept, where it is the one given; else None.

    It reads only, and takes its time: an unknown name costs as much as a known one.
    """
    nobodys = _nobodys()
    # A NUL or half a surrogate pair is in no name, and PostgreSQL cannot be asked for it.
    kept = _kept(connection, name) if _plain(name) else None
    return kept if fits(password, kept or nobodys) else None


def begin(connection: Connection, name: str, password: str, kept: str, at: datetime) -> str | None:
    """A session for somebody whose password is :func:`right`; None where it was changed meanwhile."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= _written(at)))
    if _kept(connection, name) != kept:
        return None
    if _cost_of(kept) != COST:
        connection.execute(update(people).where(people.c.name == name).values(password=hashed(password)))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(sessions).values(
            token_sha256=_digest(token),
            user_name=name,
            created_at=_written(at),
            expires_at=_written(at + SESSION),
        )
    )
    return token


def user_of(connection: Connection, token: str, at: datetime) -> User | None:
    """Whose session this is, if it is one and not over."""
    row = connection.execute(
        select(people.c.name, people.c.role)
        .join(sessions, sessions.c.user_name == people.c.name)
        .where(
            sessions.c.token_sha256 == _digest(token),
            sessions.c.expires_at > _written(at),
            people.c.active == 1,
        )
    ).one_or_none()
    return User(row.name, row.role, True) if row else None


def log_out(connection: Connection, token: str) -> None:
    """End a session, if it is one."""
    connection.execute(delete(sessions).where(sessions.c.token_sha256 == _digest(token)))


# --- passwords ---------------------------------------------------------------------------------


def hashed(password: str, cost: Cost | None = None, salt: bytes | None = None) -> str:
    """A password as it is kept: ``scrypt$n$r$p$salt$hash``, the last two in base64."""
    cost, salt = cost or COST, salt or secrets.token_bytes(16)
    # The same word typed on another keyboard may be composed in another way (NIST SP 800-63B, 3.1.1.2).
    word = unicodedata.normalize("NFKC", password).encode()
    made = hashlib.scrypt(
        word, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=256 * cost.n * cost.r, dklen=32
    )
    shown = (base64.b64encode(part).decode() for part in (salt, made))
    return "$".join(["scrypt", str(cost.n), str(cost.r), str(cost.p), *shown])


def fits(password: str, kept: str) -> bool:
    """Whether this is the password of which ``kept`` was made."""
    if len(password) > LONGEST_PASSWORD or not _encodes(password):
        return False
    salt = base64.b64decode(kept.split("$")[4])
    return hmac.compare_digest(hashed(password, _cost_of(kept), salt).encode(), kept.encode())


def _cost_of(kept: str) -> Cost:
    n, r, p = kept.split("$")[1:4]
    return Cost(int(n), int(r), int(p))


@cache
def _nobodys() -> str:
    """What an unknown name's guess is compared with, so that it takes as long as any other."""
    return hashed(secrets.token_urlsafe(32))


def _kept(connection: Connection, name: str) -> str | None:
    found = select(people.c.password).where(people.c.name == name, people.c.active == 1)
    return connection.execute(found).scalar_one_or_none()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _end_sessions_of(connection: Connection, name: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.user_name == name))


def _plain(name: str) -> bool:
    """Whether a name can be read back as it was typed: no control, space at an end, or look-alike form."""
    return (
        0 < len(name) <= LONGEST_NAME
        and name.isprintable()
        and name == unicodedata.normalize("NFKC", name).strip()
    )


def _encodes(text: str) -> bool:
    try:
        return bool(text.encode()) or not text
    except UnicodeEncodeError:
        return False


def _check_name(name: str) -> None:
    if not _plain(name):
        raise UsageError(f"a user's name has 1 to {LONGEST_NAME} letters that can be seen, no space around")
    if name == "local":  # the name in reviews made on the machine itself, where nobody logs in
        raise UsageError("'local' is whoever sits at the machine: choose another name")


def _check_password(name: str, password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD:,} characters: take several words"
        )
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        raise UsageError("this password is easily guessed: take several words")
    if not _encodes(password):
        raise UsageError("a password is Unicode text: type it anew")
