"""Who asks, and how we know."""

from __future__ import annotations

from dataclasses import dataclass

from quotidian.serve.access.attempts import Attempts
from quotidian.serve.access.settings import Settings
from quotidian.store.archive import Archive
from quotidian.store.values import User

# Whoever sits at the machine, where nobody has to log in.
LOCAL = User("local", "owner", True)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request's: endpoints find it as ``request.state.visit``.

    ``token`` is the session's; ``binding`` is what forms are bound to; ``new_visitor`` is a cookie
    to set; ``by_cookie`` says that the browser showed the session without being asked.
    """

    archive: Archive
    settings: Settings
    attempts: Attempts
    user: User | None = None
    token: str | None = None
    binding: str = ""
    new_visitor: str | None = None
    by_cookie: bool = False
