"""How often somebody may try a password: a few times at once, then ever more slowly."""

from __future__ import annotations

import hashlib
import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from anyio import CapacityLimiter

# Names and addresses remembered; the oldest go first.
_REMEMBERED = 20_000
# After a day without a failure, nothing is held against anybody.
_FORGIVEN_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """So many failures are free; after each further one the wait doubles, up to the longest."""

    free: int
    longest_s: float

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures.

        >>> [Pace(free=3, longest_s=60.0).wait(n) for n in (0, 3, 4, 5, 6, 99)]
        [0.0, 0.0, 2.0, 4.0, 8.0, 60.0]
        """
        return min(2.0 ** min(failures - self.free, 30), self.longest_s) if failures > self.free else 0.0


# A guess takes 32 MiB and a good part of a second: so many at once, and the others wait.
_AT_ONCE = 2

# A name's wait is short: else anybody could keep its owner out by failing in its place.
NAME, ADDRESS = Pace(free=5, longest_s=60.0), Pace(free=10, longest_s=900.0)


class Attempts:
    """The failures of names and of addresses, in memory; any thread may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()
        self._mutex = threading.Lock()
        self.at_once = CapacityLimiter(_AT_ONCE)

    def admit(self, name: str, address: str) -> float:
        """Count an attempt as a failure until :meth:`succeeded` says otherwise.

        Counting beforehand leaves no gap in which a hundred guesses go at once.

        Returns:
            0 where it may be made now; else the seconds to wait, and nothing is counted.
        """
        now = self._clock()
        keys = {_of_name(name): NAME, _of_address(address): ADDRESS}
        with self._mutex:
            wait = max(self._wait(key, pace, now) for key, pace in keys.items())
            if wait > 0:
                return wait
            for key in keys:
                count, _ = self._counted(key, now)
                self._failures[key] = (count + 1, now)
                self._failures.move_to_end(key)
            while len(self._failures) > _REMEMBERED:
                self._failures.popitem(last=False)
            return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Forgive the name, and the address this one attempt: an insider must not guess others' for free."""
        with self._mutex:
            self._failures.pop(_of_name(name), None)
            self._uncount(_of_address(address))

    def withdraw(self, name: str, address: str) -> None:
        """Forgive an attempt that could not be made: the archive did not answer."""
        with self._mutex:
            self._uncount(_of_name(name))
            self._uncount(_of_address(address))

    def _uncount(self, key: tuple[str, str]) -> None:
        if key in self._failures:
            count, at = self._failures[key]
            self._failures[key] = (max(0, count - 1), at)

    def _wait(self, key: tuple[str, str], pace: Pace, now: float) -> float:
        count, at = self._counted(key, now)
        return max(0.0, at + pace.wait(count) - now)

    def _counted(self, key: tuple[str, str], now: float) -> tuple[int, float]:
        count, at = self._failures.get(key, (0, now))
        return (count, at) if now - at < _FORGIVEN_S else (0, now)


def _of_name(name: str) -> tuple[str, str]:
    # A hash: what is typed into the box may be megabytes long, or somebody's password.
    return "name", hashlib.sha256(name.encode(errors="replace")).hexdigest()


def _of_address(address: str) -> tuple[str, str]:
    return "address", network(address)


def network(address: str) -> str:
    """An address as failures are counted by it: in IPv6 the /64, of which one person has all.

    >>> network("192.0.2.7"), network("2001:db8:1:2:3:4:5:6"), network("testclient")
    ('192.0.2.7', '2001:db8:1:2::/64', 'testclient')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(ip), 64), strict=False))
