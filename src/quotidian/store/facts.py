"""What search counts and filters by, a statement a row, everything in numbers.

A search over a million statements has no time to read a million rows. So beside the statements the
archive keeps the same facts packed: a block for every 512 statement numbers, each block the bytes
of a numpy table (:data:`ROW`) and two lists of pairs (:data:`PAIR`). A process that searches keeps
them in memory, about 40 bytes a statement, and reads again only the blocks that changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from quotidian.store.values import State
from quotidian.types import ActClass, Directness, SpeakerKind, StanceClass

BLOCK = 512  # statement numbers to a block: block 0 has 0 to 511
NOTHING = 0  # in the place of an entity, an outlet: there is none (their numbers begin at 1)
NO_DAY = np.iinfo(np.int32).min
DEEPEST = 4  # a depth of 4 and any deeper one count as one
WHOLE = 10_000  # a confidence of 1

# What is kept of a statement that search shows. ``sure`` is the confidence that source and content
# are right, ``least`` the smaller of that and the speaker's, both in parts of 10,000.
ROW = np.dtype(
    [
        ("statement", "<i4"),
        ("article", "<i4"),
        ("outlet", "<i4"),
        ("speaker", "<i4"),
        ("day", "<i4"),
        ("profile", "<i4"),
        ("sure", "<i2"),
        ("least", "<i2"),
    ]
)
# A statement and an entity: one that it is about, or one that speaks too.
PAIR = np.dtype([("statement", "<i4"), ("entity", "<i4")])

Rows = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Profile:
    """What kind of statement it is; ``depth`` is :data:`DEEPEST` for that and all deeper ones."""

    act: ActClass
    stance: StanceClass
    kind: SpeakerKind
    directness: Directness
    state: State
    negated: bool
    depth: int


# The parts of a profile, in the order of their weight. The room leaves space for values to come, so
# that an archive of today can be read then; the order of values in quotidian.types must stay.
VALUES: Mapping[str, tuple[str | bool | int, ...]] = {
    "act": get_args(ActClass),
    "stance": get_args(StanceClass),
    "kind": get_args(SpeakerKind),
    "directness": get_args(Directness),
    "state": get_args(State),
    "negated": (False, True),
    "depth": tuple(range(DEEPEST + 1)),
}
ROOM: Mapping[str, int] = {
    "act": 24,
    "stance": 4,
    "kind": 8,
    "directness": 4,
    "state": 5,
    "negated": 2,
    "depth": DEEPEST + 1,
}
SHAPE = tuple(ROOM.values())
PROFILES = int(np.prod(SHAPE))  # every profile is below this
_NUMBERS = {part: {value: number for number, value in enumerate(values)} for part, values in VALUES.items()}


def packed(profile: Profile) -> int:
    """A profile as one number, 0 to PROFILES - 1.

    >>> packed(Profile("deny", "vouches", "person", "direct", "unreviewed", False, 1))
    6401
    >>> unpacked(6401)
    Profile(act='deny', stance='vouches', kind='person', directness='direct', state='unreviewed', \
negated=False, depth=1)
    """
    number = 0
    for part, room in ROOM.items():
        value = getattr(profile, part)
        number = number * room + _NUMBERS[part][min(value, DEEPEST) if part == "depth" else value]
    return number


def unpacked(number: int) -> Profile:
    """The inverse of :func:`packed`."""
    values = {}
    for part, room in reversed(list(ROOM.items())):
        number, value = divmod(number, room)
        values[part] = VALUES[part][value]
    return Profile(**values)  # type: ignore[arg-type]


def counted(profiles: NDArray[np.int32]) -> dict[str, dict[str | bool | int, int]]:
    """How many of some profiles have each value of each part; values that none has are left out."""
    counts = np.bincount(profiles, minlength=PROFILES).reshape(SHAPE)
    axes = range(len(SHAPE))
    return {
        part: {
            value: int(count)
            for value, count in zip(
                VALUES[part], counts.sum(tuple(a for a in axes if a != axis)), strict=False
            )
            if count
        }
        for axis, part in enumerate(ROOM)
    }


def numbers(profiles: NDArray[np.int32], part: str) -> NDArray[np.int32]:
    """The place, in VALUES, of the value that each profile has for one part."""
    parts = list(ROOM)
    weight = int(np.prod([ROOM[lighter] for lighter in parts[parts.index(part) + 1 :]]))
    return (profiles // weight % ROOM[part]).astype(np.int32)


def having(wanted: Mapping[str, frozenset[str | bool | int]]) -> NDArray[np.bool_]:
    """For each profile, whether each of its parts that is named has one of the values wanted."""
    table = np.ones(SHAPE, dtype=bool)
    for axis, part in enumerate(ROOM):
        if part in wanted:
            allowed = np.zeros(ROOM[part], dtype=bool)
            allowed[[_NUMBERS[part][value] for value in wanted[part]]] = True
            table &= allowed.reshape([-1 if a == axis else 1 for a in range(len(SHAPE))])
    return table.reshape(-1)


_FIRST_DAY = date(1970, 1, 1)


def day_number(day: str | None) -> int:
    """An ISO day as days since 1970-01-01; NO_DAY for None.

    >>> day_number("1970-01-02"), day_number("1969-12-31")
    (1, -1)
    """
    return NO_DAY if day is None else (date.fromisoformat(day) - _FIRST_DAY).days


def day_of(number: int) -> str | None:
    """The inverse of :func:`day_number`."""
    return None if number == NO_DAY else (_FIRST_DAY + timedelta(days=number)).isoformat()


def per_10_000(confidence: float) -> int:
    """A confidence, 0 to 1, in parts of 10,000."""
    return round(min(max(confidence, 0.0), 1.0) * WHOLE)
