"""Bytes that can be looked at anywhere, without holding them all: of a file, of a gzip member in it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

MEBIBYTE = 1024 * 1024
# Of a file, so much is read at once; of a member, so much is inflated at once.
BLOCK = MEBIBYTE
PIECE = 256 * 1024
# A look so short, and so far away, is a look ahead: what was read before is wanted again.
GLANCE = 4096
# A member that inflates to more than this, and to so many times what was inflated, is a compression bomb:
# it is left at that, and reading goes on behind it. Text shrinks to a fifth, seldom to a twentieth.
BOMB, BOMB_TIMES = 64 * MEBIBYTE, 200
# How often a member is inflated anew to look back further than what is held.
MOST_RESTARTS = 8


class View(Protocol):
    """Bytes from 0 on; fewer than asked for come at their end only."""

    def at(self, start: int, size: int) -> bytes:
        """The bytes ``[start, start + size)``, as far as there are any."""
        ...


class FileView:
    """A file, which is read a block at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._begin = 0
        self._held = b""
        self._end: int | None = None

    def at(self, start: int, size: int) -> bytes:
        """The bytes ``[start, start + size)``, as far as there are any."""
        stop = start + size
        held_to = self._begin + len(self._held)
        if self._begin <= start and (stop <= held_to or held_to == self._end):
            return self._held[start - self._begin : stop - self._begin]
        if size <= GLANCE and start > held_to + BLOCK:
            return self._read(start, size)
        self._held = b""  # so that never two blocks are held
        self._held = self._read(start, max(size, BLOCK))
        self._begin = start
        return self._held[:size]

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        pieces = []
        while size > 0 and (piece := self._file.read(size)):
            pieces.append(piece)
            size -= len(piece)
        read = b"".join(pieces)
        if size > 0 and read:
            self._end = start + len(read)
        return read


class Member:
    """What one gzip member holds, inflated as far as it is looked at.

    Args:
        file: where it lies.
        start: its first byte there.
        held: how many bytes of it are kept for looking back; looking back further inflates it anew.

    Attributes:
        start: its first byte in the file.
        end: the byte after its last one, once that is known and its checksum fits.
        damage: what is wrong with it, once that is known; what comes before the damage can be read.
    """

    def __init__(self, file: View, start: int, held: int) -> None:
        self.start = start
        self.end: int | None = None
        self.damage: str | None = None
        self._file = file
        self._most = held
        self._restarts = 0
        self._joined = self._passed = 0
        self._restart()

    def at(self, start: int, size: int) -> bytes:
        """The inflated bytes ``[start, start + size)``, as far as there are any."""
        if start < self._begin:
            self._restarts += 1
            if self._restarts > MOST_RESTARTS:
                self.end, self.damage = None, "too much in it is damaged"
                return b""
            self._restart()
        while self._begin + len(self._held) < start + size and self.end is None and self.damage is None:
            self._inflate()
        return bytes(self._held[start - self._begin : start - self._begin + size])

    def extend(self) -> bool:
        """Go on with the member that follows, where it is no record's beginning; whether it was done.

        Some programs cut the compressed stream anywhere, not between records.
        """
        if self.end is None or self.damage is not None:
            return False
        head = self._file.at(self.end, GLANCE)
        begin = beginning(head)
        if begin is None or RECORD.match(begin):
            return False
        self._joined += 1
        self._join(self.end)
        return True

    def _join(self, start: int) -> None:
        self._passed += 1
        self._next, self.end = start, None
        self._stream = zlib.decompressobj(_GZIP)

    def _restart(self) -> None:
        self.end = self.damage = None
        self._begin, self._next, self._tail = 0, self.start, b""
        self._held = bytearray()
        self._passed = 0
        self._stream = zlib.decompressobj(_GZIP)

    def _inflate(self) -> None:
        compressed = self._tail or self._file.at(self._next, 64 * 1024)
        if not self._tail:
            self._next += len(compressed)
        if not compressed:
            self.damage = "a gzip member that does not end"
            return
        try:
            self._held += self._stream.decompress(compressed, PIECE)
        except zlib.error as error:
            self.damage = f"a broken gzip member ({str(error)[:100].rpartition(': ')[2]})"
            return
        self._tail = self._stream.unconsumed_tail
        if self._stream.eof:
            self.end = self._next - len(self._stream.unused_data)
            self._tail = b""
            if self._passed < self._joined:
                self._join(self.end)
        elif self._begin + len(self._held) > max(BOMB, BOMB_TIMES * (self._next - self.start)):
            self.damage = f"a gzip member that inflates to more than {BOMB_TIMES} times its size"
        if len(self._held) > self._most + PIECE:
            dropped = len(self._held) - self._most
            del self._held[:dropped]
            self._begin += dropped


RECORD = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
# How a record begins, where nothing else says that one should: with a field of those that all have.
_BEGINNING = re.compile(RECORD.pattern + rb"(?:WARC|Content)-[A-Za-z-]+[ \t]*:", re.IGNORECASE)
GZIP = b"\x1f\x8b\x08"
_GZIP = 31  # as zlib calls gzip's frame, whose checksum and length it then checks


def beginning(head: bytes) -> bytes | None:
    """What a gzip member that begins here begins with, inflated; None where no member begins."""
    if not head.startswith(GZIP) or len(head) < 4 or head[3] & 0xE0:  # flags that gzip reserves
        return None
    try:
        return zlib.decompressobj(_GZIP).decompress(head, 64)
    except zlib.error:
        return None


def next_record(view: View, start: int, before: int | None = None) -> int | None:
    """Where the next record may begin, in ``[start, before)``: its first two lines stand there."""
    return _found(view, start, before, b"WARC/", lambda head: _BEGINNING.match(head) is not None)


def next_member(view: View, start: int) -> int | None:
    """Where the next gzip member begins that holds a record, at ``start`` or later."""
    return _found(view, start, None, GZIP, lambda head: (beginning(head) or b"").startswith(b"WARC/"))


def _found(
    view: View, start: int, before: int | None, mark: bytes, is_one: Callable[[bytes], bool]
) -> int | None:
    size = 4 * GLANCE  # mostly it is near; the further, the more is read at once
    while (before is None or start < before) and (block := view.at(start, size)):
        place = block.find(mark)
        while place >= 0:
            # A mark at the block's edge may be cut off: what follows it is looked at afresh.
            head = block[place : place + GLANCE]
            if is_one(head if len(head) == GLANCE else view.at(start + place, GLANCE)):
                return start + place if before is None or start + place < before else None
            place = block.find(mark, place + 1)
        if len(block) < size:
            return None
        start += len(block) - len(mark) + 1
        size = min(4 * size, BLOCK)
    return None
