"""WACZ: a zip that holds WARCs, and a ``datapackage.json`` that lists what it holds."""

from __future__ import annotations

import io
import json
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from quotidian.reading.limits import Limits
from quotidian.run.inputs import warc
from quotidian.run.values import Page, Skip

# A WARC that is compressed once more is unpacked to a temporary file, up to so many bytes.
_UNPACKED = 16 * 1024**3
_DATAPACKAGE = 16 * 1024**2
_PIECE = 1024 * 1024
# The header of an entry, as far as it says how long its name and its extra field are.
_LOCAL = struct.Struct("<26x2H")
_ENCRYPTED = 1
# What zipfile raises for a file that is broken, or meant to break it.
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)


def pages(stream: BinaryIO, limits: Limits) -> Iterator[Page | Skip]:
    """The pages of all WARCs in a WACZ, each place with the WARC's name before it.

    A WACZ whose directory is lost (its end was cut off) is read as if it were one WARC: the WARCs lie
    in it as they are.
    """
    try:
        packed = zipfile.ZipFile(stream)
        names = sorted(name for name in packed.namelist() if _is_warc(name))
    except _FAULTS as error:
        yield Skip("the directory of the zip", None, "damaged", f"{error}; searched for records instead")
        yield from warc.pages(stream, limits)
        return
    with packed:
        for name in names:
            try:
                with _unpacked(stream, packed, name) as file:
                    for found in warc.pages(file, limits):
                        yield replace(found, place=f"{name}, {found.place}")
            except _FAULTS as error:
                yield Skip(name, None, "damaged", f"in the zip: {str(error)[:200]}")
        for name in _listed(packed):
            if name not in names:
                yield Skip(name, None, "damaged", "listed in datapackage.json, but not there")


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz")) and not name.startswith("__MACOSX/")


def _listed(packed: zipfile.ZipFile) -> list[str]:
    """The WARCs that the datapackage says are there; none where it is missing or broken."""
    try:
        with packed.open("datapackage.json") as file:
            resources = json.loads(file.read(_DATAPACKAGE))["resources"]
        paths = [str(PurePosixPath(resource["path"])) for resource in resources]
    except (*_FAULTS, KeyError, TypeError, RecursionError):
        return []
    return sorted({path for path in paths if _is_warc(path)})


@contextmanager
def _unpacked(stream: BinaryIO, packed: zipfile.ZipFile, name: str) -> Iterator[BinaryIO]:
    """A WARC of the zip, in which one can go back: as it lies there, where it is not compressed again."""
    entry = packed.getinfo(name)
    if entry.compress_type == zipfile.ZIP_STORED and not entry.flag_bits & _ENCRYPTED:
        yield cast(BinaryIO, _Part(stream, _data_of(stream, entry), entry.file_size))
        return
    with packed.open(entry) as file, tempfile.TemporaryFile() as copy:
        whole = 0
        while piece := file.read(_PIECE):
            whole += len(piece)
            if whole > _UNPACKED:
                raise ValueError(f"more than {_UNPACKED:,} bytes")
            copy.write(piece)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _data_of(stream: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the bytes of an entry begin: behind its own header, whose length its directory does not say."""
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile("its header is broken")
    name, extra = _LOCAL.unpack(header)
    return entry.header_offset + _LOCAL.size + int(name) + int(extra)


class _Part(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
