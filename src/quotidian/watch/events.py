"""What happens in a watch, as values, for whoever shows or logs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Polled:
    """A feed was read: so many of its pages are new; ``left_out`` entries have no address to follow."""

    feed: str
    title: str
    new: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A feed has nothing new."""

    feed: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A feed is at another address from now on."""

    feed: str
    to: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A feed is not asked for any more."""

    feed: str
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """A page was given to the archive; ``outcome`` is the archive's word on it."""

    feed: str
    address: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A feed, or the page of it at ``address``, could not be read; ``again`` is when it is tried again."""

    feed: str
    address: str | None
    why: str
    again: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing can be done before ``until``; ``held`` if it is only the pace of a host that is waited for."""

    until: float
    held: bool


Event = Polled | Unchanged | Moved | Dropped | Added | Failed | Waiting


def sentence(event: Event) -> str:
    """An event in words. Titles and addresses in it are strangers' text: show them as such.

    >>> sentence(Polled("https://tarn.example/feed", "Tarn Courier", 3))
    'https://tarn.example/feed: 3 new pages'
    """
    match event:
        case Polled(feed, _, new, left_out):
            rest = f", {left_out} without an address to follow" if left_out else ""
            return f"{feed}: {new} new page{'' if new == 1 else 's'}{rest}"
        case Unchanged(feed):
            return f"{feed}: nothing new"
        case Moved(feed, to):
            return f"{feed}: has moved to {to}; please change your list"
        case Dropped(feed, why):
            return f"{feed}: {why}; not asked for any more, please take it off your list"
        case Added(_, address, outcome):
            return f"{address}: {outcome}"
        case Failed(feed, address, why, again):
            then = "left alone" if again is None else f"again at {_clock_time(again)}"
            return f"{address or feed}: {why}; {then}"
        case Waiting(until, held):
            return f"waiting until {_clock_time(until)}" + (", to leave a host in peace" if held else "")


def _clock_time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
