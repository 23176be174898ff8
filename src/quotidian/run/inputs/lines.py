"""JSON lines, JSON and CSV → their records, as reading takes them; also compressed with Zstandard."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from quotidian.errors import BadRecord, InputError, LimitExceeded, NotAnArticle, UsageError
from quotidian.reading import files
from quotidian.reading.limits import Limits
from quotidian.reading.options import Options
from quotidian.reading.record import Record
from quotidian.reading.sniff import GZIP
from quotidian.run.inputs.kinds import ZSTANDARD
from quotidian.run.values import Given, Skip

# The largest window of Zstandard that is granted, which is how much memory it takes: 128 MiB.
_WINDOW = 2**27
# So little is unpacked at once that no bomb takes more than some 32 MB.
_STEP = 1024


def records(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Given | Skip]:
    """The records of a file, each with its place ("line 17").

    Args:
        stream: the file from its beginning.
        name: its name, whose suffix may say what it is.
        limits: what a record may cost.
    """
    last = ""
    try:
        for place, found in files.stream(_unpacked(stream), _bare(name), Options(limits=limits)):
            last = place
            yield taken(place or name, found)
    except Damaged as error:
        yield Skip(f"after {last or 'the beginning'}", None, "damaged", f"the rest is lost: {error}")
    except LimitExceeded as error:
        yield Skip(name, None, "too large", str(error))
    except (NotAnArticle, BadRecord) as error:
        yield Skip(name, None, "not an article", str(error))


def taken(place: str, found: Record | InputError) -> Given | Skip:
    """A record, or why it is none."""
    if isinstance(found, LimitExceeded):
        return Skip(place, None, "too large", str(found))
    if isinstance(found, InputError):
        return Skip(place, None, "broken record", str(found))
    return Given(place, found)


def _bare(name: str) -> str:
    """The name without what it says of compression, which here is undone first."""
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and suffix.lower() in ("gz", "zst") else name


def _unpacked(stream: BinaryIO) -> BinaryIO:
    # What reads it next puts a buffer of its own around what lies under this one.
    bare: BinaryIO = getattr(stream, "raw", stream)
    bare.seek(0)
    head = bare.read(len(ZSTANDARD))
    bare.seek(0)
    if head == ZSTANDARD:
        return cast(BinaryIO, _Unpacked(_zstandard(bare)))
    return cast(BinaryIO, _Unpacked(_gzip(bare))) if head.startswith(GZIP) else bare


class Damaged(Exception):
    """A compressed file is broken; what came before the damage was read."""


class _Unpacked(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._piece:
            self._piece = memoryview(next(self._pieces, b""))
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size


def _pieces(stream: BinaryIO, unpacker: Callable[[], Any], fault: type[Exception]) -> Iterator[bytes]:
    """What is in a compressed file, part after part, as far as it is whole.

    Not by gzip, which drops what comes before the damage.
    """
    begun, compressed, unpacking = False, b"", unpacker()
    while compressed := compressed or stream.read(_STEP):
        begun = True
        try:
            piece: bytes = unpacking.decompress(compressed)
        except fault as error:
            raise Damaged(str(error)) from error
        compressed = b""
        if unpacking.eof:
            begun, compressed, unpacking = False, unpacking.unused_data.lstrip(b"\0"), unpacker()
        if piece:
            yield piece
    if begun:
        raise Damaged("the file ends in the middle of it")


def _gzip(stream: BinaryIO) -> Iterator[bytes]:
    return _pieces(stream, lambda: zlib.decompressobj(31), zlib.error)


def _zstandard(stream: BinaryIO) -> Iterator[bytes]:
    try:
        import zstandard
    except ImportError as error:
        raise UsageError("files compressed with Zstandard need: pip install 'quotidian[run]'") from error
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    return _pieces(stream, unpacker.decompressobj, zstandard.ZstdError)
