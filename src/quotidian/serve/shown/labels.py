"""What an entity is called, and by whom: outlets in their own voice apart from speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.store.values import LabelUse


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with all that they call an entity."""

    name: str
    address: str
    labels: tuple[LabelUse, ...]
    uses: int


@dataclass(frozen=True, slots=True)
class Labels:
    """The users of labels, those who use most first."""

    outlets: tuple[User, ...]
    speakers: tuple[User, ...]


def by_user(labels: Sequence[LabelUse]) -> Labels:
    """Labels by who uses them."""
    outlets: dict[tuple[str, str], list[LabelUse]] = {}
    speakers: dict[tuple[str, str], list[LabelUse]] = {}
    for label in labels:
        if label.by:
            whose = f"/entities/{label.by.entity}" if label.by.entity else ""
            speakers.setdefault((label.by.name, whose), []).append(label)
        elif label.outlet:
            outlets.setdefault((label.outlet.name, f"/outlets/{label.outlet.id}"), []).append(label)
        elif label.statement is not None:
            speakers.setdefault(("somebody not named", ""), []).append(label)
        else:
            outlets.setdefault(("an outlet not named", ""), []).append(label)
    return Labels(_users(outlets), _users(speakers))


def _users(found: dict[tuple[str, str], list[LabelUse]]) -> tuple[User, ...]:
    users = (
        User(
            name,
            address,
            tuple(sorted(labels, key=lambda label: -label.uses)),
            sum(label.uses for label in labels),
        )
        for (name, address), labels in found.items()
    )
    return tuple(sorted(users, key=lambda user: (-user.uses, user.name)))
