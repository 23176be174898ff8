"""JSON lines, JSON and CSV → their records, as reading takes them; also compressed with Zstandard."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from quotidian.errors import InputError, LimitExceeded, UsageError
from quotidian.reading import files
from quotidian.reading.limits import Limits
from quotidian.reading.options import Options
from quotidian.reading.record import Record
from quotidian.run.inputs.kinds import ZSTANDARD
from quotidian.run.values import Given, Skip

# The largest window of Zstandard that is granted, which is how much memory it takes: 128 MiB.
_WINDOW = 2**27


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
    except (EOFError, zlib.error, gzip.BadGzipFile, _BrokenZstandard) as error:
        yield Skip(f"after {last or 'the beginning'}", None, "damaged", f"the rest is lost: {error}")
    except LimitExceeded as error:
        yield Skip(name, None, "too large", str(error))
    except InputError as error:
        yield Skip(name, None, "not an article", str(error))


def taken(place: str, found: Record | InputError) -> Given | Skip:
    """A record, or why it is none."""
    if isinstance(found, LimitExceeded):
        return Skip(place, None, "too large", str(found))
    if isinstance(found, InputError):
        return Skip(place, None, "broken record", str(found))
    return Given(place, found)


def _bare(name: str) -> str:
    return name[:-4] if name.lower().endswith(".zst") else name


def _unpacked(stream: BinaryIO) -> BinaryIO:
    head = stream.read(len(ZSTANDARD))
    stream.seek(0)
    # What reads it next puts a buffer of its own around what lies under this one.
    getattr(stream, "raw", stream).seek(0)
    return cast(BinaryIO, _Zstandard(stream)) if head == ZSTANDARD else stream


class _BrokenZstandard(Exception):
    """The file is damaged."""


class _Zstandard(io.RawIOBase):
    """What a file compressed with Zstandard holds, one frame after the other."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise UsageError("files compressed with Zstandard need: pip install 'quotidian[run]'") from error
        self._error: type[Exception] = zstandard.ZstdError
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._reader = unpacker.stream_reader(stream, read_across_frames=True)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            return self._reader.readinto(buffer)
        except self._error as error:
            raise _BrokenZstandard(str(error)) from error
