"""What may be asked for: numbers that a database holds, words that it can be searched for."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, Field

from quotidian.serve.access.roles import insist
from quotidian.store.values import User

# Columns of numbers are of 32 bits in PostgreSQL.
LARGEST = 2**31 - 1
MOST_AT_ONCE = 200
DEEPEST = 100_000
# Every character but U+0000, which PostgreSQL cannot hold.
NO_NUL = r"^[^\x00]*$"

Number = Annotated[int, Field(ge=1, le=LARGEST)]
Offset = Annotated[int, Field(ge=0, le=LARGEST)]
Line = Annotated[str, Field(max_length=500, pattern=NO_NUL)]
Id = Annotated[int, Path(ge=1, le=LARGEST, description="The archive's number of it.")]
Words = Annotated[
    str,
    Query(
        max_length=2_000,
        pattern=NO_NUL,
        description="A query as in the search box: words, “phrases”, fields such as `act:deny`.",
        examples=["about:ferry act:deny"],
    ),
]
Name = Annotated[str, Query(max_length=500, pattern=NO_NUL, description="Words of a name.")]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description="How many at once.")]
Skipped = Annotated[int, Query(ge=0, le=DEEPEST, description="How many to leave out from the first on.")]


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """Some of a list.

    `total` is how many there are; null where counting them would cost more than the page. `next` is the
    address of those that follow; null at the end.
    """

    items: tuple[T, ...]
    total: int | None
    next: str | None


def page(
    request: Request, found: tuple[T, ...], limit: int, offset: int, total: int | None = None
) -> Page[T]:
    """A page of what was asked for with one more than ``limit``: the one more tells that others follow."""
    more = len(found) > limit and offset + limit <= DEEPEST
    return Page(items=found[:limit], total=total, next=following(request, offset + limit) if more else None)


def following(request: Request, offset: int) -> str:
    """The address of this list from ``offset`` on."""
    asked = {**request.query_params, "offset": str(offset)}
    return f"{request.url.path}?{urlencode(asked)}"


def _reader(request: Request) -> User:
    return insist(request, "reader")


def _reviewer(request: Request) -> User:
    return insist(request, "reviewer")


def _owner(request: Request) -> User:
    return insist(request, "owner")


AReader = Annotated[User, Depends(_reader)]
AReviewer = Annotated[User, Depends(_reviewer)]
AnOwner = Annotated[User, Depends(_owner)]
