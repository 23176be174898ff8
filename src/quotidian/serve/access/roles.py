"""Who may do what: a reader looks, a reviewer decides and adds, an owner also takes out."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from quotidian.errors import NotInArchive
from quotidian.store.archive import Archive
from quotidian.store.values import Review, ReviewKind, Role, User

_ORDER: dict[Role, int] = {"reader": 0, "reviewer": 1, "owner": 2}
# A suppressed entity is gone for all, so only who answers for the archive suppresses, or takes it back.
_OWNERS_ALONE: frozenset[ReviewKind] = frozenset({"suppress"})
_PAGE = 500


def at_least(user: User | None, role: Role) -> bool:
    """Whether somebody has a role, or a higher one.

    >>> at_least(User("Anna", "reviewer", True), "reader"), at_least(None, "reader")
    (True, False)
    """
    return user is not None and user.active and _ORDER[user.role] >= _ORDER[role]


def may(request: HTTPConnection, role: Role) -> bool:
    """Whether whoever asks has a role, or a higher one: for templates and endpoints."""
    return at_least(getattr(request.state, "user", None), role)


def insist(request: HTTPConnection, role: Role) -> User:
    """Who asks, if they have a role.

    Raises:
        HTTPException: 401 where nobody has logged in, 403 where somebody else would have to.
    """
    user: User | None = getattr(request.state, "user", None)
    if user is None:
        raise HTTPException(401, "You are not logged in.")
    if not at_least(user, role):
        raise HTTPException(403, f"Only {_WHO[role]} may do this; you are logged in as a {user.role}.")
    return user


def needs(role: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let nobody to an endpoint ``f(request)`` who has not the role."""

    def guard(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.iscoroutinefunction(endpoint):

            @functools.wraps(endpoint)
            async def waiting(request: HTTPConnection, *more: Any, **named: Any) -> Any:
                insist(request, role)
                return await endpoint(request, *more, **named)

            return waiting

        @functools.wraps(endpoint)
        def at_once(request: HTTPConnection, *more: Any, **named: Any) -> Any:
            insist(request, role)
            return endpoint(request, *more, **named)

        return at_once

    return guard


def role_for(archive: Archive, review: Review) -> Role:
    """The role that a decision needs; to take one back needs what making it needs.

    Raises:
        NotInArchive: it takes back a review that there is not.
    """
    kind: ReviewKind = review.kind
    undone = review.undoes
    while kind == "undo":
        found = _logged(archive, undone)
        kind, undone = found.kind, found.undoes
    return "owner" if kind in _OWNERS_ALONE else "reviewer"


def _logged(archive: Archive, id: int | None) -> Review:
    """A review of the log; what is undone is mostly near its end."""
    offset = 0
    while page := archive.reviews(limit=_PAGE, offset=offset):
        for review in page:
            if review.id == id:
                return review
        offset += _PAGE
    raise NotInArchive(f"there is no review {id}")


_WHO: dict[Role, str] = {"reader": "a reader", "reviewer": "a reviewer or an owner", "owner": "an owner"}
