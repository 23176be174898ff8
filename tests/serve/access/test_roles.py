"""Which decision needs which role."""

from __future__ import annotations

from typing import get_args

import pytest

from quotidian.errors import NotInArchive
from quotidian.serve.access.roles import at_least, role_for
from quotidian.store.values import Review, ReviewKind, User


class Log:
    """An archive that has but a log: of 1,200 decisions, one of which suppresses."""

    def __init__(self) -> None:
        self._reviews = [Review(kind="accept", by="Vidar", statement=n, id=n) for n in range(1, 1_201)]
        self._reviews[40] = Review(kind="suppress", by="Olav", entity=7, id=41)
        self._reviews[1_100] = Review(kind="undo", by="Olav", undoes=41, id=1_101)

    def reviews(self, *, limit: int, offset: int) -> tuple[Review, ...]:
        return tuple(self._reviews[::-1][offset : offset + limit])


@pytest.mark.parametrize("kind", sorted(set(get_args(ReviewKind)) - {"suppress", "undo"}))
def test_a_reviewer_decides(kind: ReviewKind) -> None:
    assert role_for(Log(), Review(kind=kind, by="Vidar")) == "reviewer"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("undoes", "role"), [(1_200, "reviewer"), (1, "reviewer"), (41, "owner"), (1_101, "owner")]
)
def test_to_take_back_needs_what_deciding_needed(undoes: int, role: str) -> None:
    assert role_for(Log(), Review(kind="undo", by="Vidar", undoes=undoes)) == role  # type: ignore[arg-type]


def test_only_an_owner_suppresses() -> None:
    assert role_for(Log(), Review(kind="suppress", by="Vidar", entity=7)) == "owner"  # type: ignore[arg-type]


@pytest.mark.parametrize("undoes", [None, 0, 5_000])
def test_what_there_is_not_cannot_be_taken_back(undoes: int | None) -> None:
    with pytest.raises(NotInArchive):
        role_for(Log(), Review(kind="undo", by="Vidar", undoes=undoes))  # type: ignore[arg-type]


def test_somebody_removed_may_nothing() -> None:
    assert not at_least(User("Olav", "owner", False), "reader")
