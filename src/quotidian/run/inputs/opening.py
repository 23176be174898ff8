"""Opens a file wherever it lies, so that one can go back in it; what goes wrong is an error of ours."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from quotidian.errors import InputError, NotFound, Unreachable, UsageError

_PIECE = 1024 * 1024


def is_remote(address: str) -> bool:
    """Whether an address is for fsspec, rather than a path of this machine.

    >>> is_remote("s3://crawl-data/CC-NEWS/"), is_remote("crawl/day.warc.gz")
    (True, False)
    """
    return "://" in address


@contextmanager
def opened(address: str) -> Iterator[BinaryIO]:
    """A file for reading, from its beginning, in which one can go anywhere.

    One that can only be read from beginning to end, as some web servers have them, is first copied to
    a temporary file.

    Raises:
        NotFound: there is none.
        InputError: it cannot be read, now or on the way.
        UsageError: what reads such addresses is not installed.
    """
    with ExitStack() as stack:
        with errors_named(address):
            raw = stack.enter_context(_opened(address))
        yield cast(BinaryIO, io.BufferedReader(_Named(raw, address), 128 * 1024))


@contextmanager
def _opened(address: str) -> Iterator[BinaryIO]:
    if not is_remote(address):
        with Path(address).open("rb", buffering=0) as local:
            yield cast(BinaryIO, local)
        return
    system, path = file_system(address)
    with system.open(path, "rb") as remote:
        if _can_go_back(remote):
            yield remote
            return
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(remote, copy, _PIECE)
            copy.seek(0)
            yield cast(BinaryIO, copy)


def file_system(address: str) -> tuple[Any, str]:
    """What reads an address, and the path that it knows it by.

    Raises:
        UsageError: nothing that is installed does; it says what to install.
    """
    import fsspec

    try:
        return cast(tuple[Any, str], fsspec.core.url_to_fs(address))
    except ImportError as error:
        raise UsageError(f"{address}: {error}") from error
    except ValueError as error:
        raise UsageError(f"{address}: no such kind of address ({error})") from error


def _can_go_back(remote: Any) -> bool:
    try:
        remote.seek(0, io.SEEK_END)
        remote.seek(0)
    except (ValueError, NotImplementedError, OSError):
        return False
    return True


class _Named(io.RawIOBase):
    """A file whose faults, of whatever library they are, come as our errors."""

    def __init__(self, file: BinaryIO, address: str) -> None:
        self._file = file
        self._address = address

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with errors_named(self._address):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with errors_named(self._address):
            return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


@contextmanager
def errors_named(address: str) -> Iterator[None]:
    """What a file system says went wrong, as an error of ours."""
    try:
        yield
    except (InputError, UsageError):
        raise
    except FileNotFoundError as error:
        raise NotFound(f"{address}: no such file or folder") from error
    except OSError as error:
        raise InputError(f"{address}: cannot be read: {error.strerror or error}") from error
    except Exception as error:
        if not is_remote(address):
            raise
        # Each library of a store has errors of its own; what they say is for people.
        raise Unreachable(f"{address}: {type(error).__name__}: {error}") from error
