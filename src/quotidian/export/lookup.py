"""What formats ask the archive besides the values that they write: who an entity is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quotidian.store.values import Hit, Named, StoredEntity

# None for an entity that is not there, or not to be shown.
Lookup = Callable[[int], StoredEntity | None]


class Ids:
    """A set of ids in one bit each: ids are given one after the other, and there may be millions.

    >>> ids = Ids()
    >>> ids.add(3), ids.add(3), 3 in ids, 4 in ids, list(ids)
    (True, False, True, False, [3])
    """

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        for id in ids:
            self.add(id)

    def add(self, id: int) -> bool:
        """Put it in; whether it is new."""
        at, bit = divmod(id, 8)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1 - len(self._bits)))
        is_new = not self._bits[at] >> bit & 1
        self._bits[at] |= 1 << bit
        return is_new

    def __contains__(self, id: int) -> bool:
        at, bit = divmod(id, 8)
        return at < len(self._bits) and bool(self._bits[at] >> bit & 1)

    def __iter__(self) -> Iterator[int]:
        """In rising order."""
        for at, byte in enumerate(self._bits):
            yield from (at * 8 + bit for bit in range(8) if byte >> bit & 1)


def speakers(hit: Hit) -> tuple[Named, ...]:
    """All who speak, the first of them first."""
    return (hit.speaker, *hit.also) if hit.speaker else hit.also


def entities_of(hit: Hit) -> Iterator[int]:
    """The ids of those who speak and are spoken about."""
    for who in (*speakers(hit), *hit.about):
        if who.entity is not None:
            yield who.entity
