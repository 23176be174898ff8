"""Folders, globs and addresses → the files to read, sorted, each once."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from quotidian.errors import NotFound
from quotidian.reading import sniff
from quotidian.run.inputs import kinds
from quotidian.run.inputs.opening import errors_named, file_system, is_remote
from quotidian.run.values import InputFile

_HEAD = 4096
# What the file systems of fsspec call that by which one version of a file is told from another.
_VERSIONS = (
    "ETag",
    "etag",
    "md5Hash",
    "content-md5",
    "mtime",
    "LastModified",
    "last_modified",
    "updated",
    "created",
)


def listed(addresses: Iterable[str]) -> list[InputFile]:
    """The input files at some addresses, sorted by address, each once.

    A folder stands for the files in it and in its folders that we read, by their names or their first
    bytes; hidden ones are left out and links to folders not followed. Pages and texts that lie in one
    folder are one input file, whose address is the folder's with a slash behind it. In folders that
    are not on this machine the names alone say what a file is.

    Args:
        addresses: paths of files and folders, globs (``*``, ``?``, ``[a-z]``, ``**``), and addresses that
            fsspec knows (``s3://bucket/folder``), globs too.

    Raises:
        NotFound: there is nothing at one of them.
        InputError: a folder cannot be looked into.
        UsageError: what reads such addresses is not installed.
    """
    found: dict[str, InputFile] = {}
    for address in addresses:
        with errors_named(address):
            files = list(_remote(address) if is_remote(address) else _local(address))
        if not files:
            raise NotFound(f"{address}: nothing there that we read: WARC, WACZ, JSON lines, Parquet, pages")
        for file in files:
            found.setdefault(_identity(file.address), file)
    return sorted(found.values(), key=lambda file: file.address)


def stamp(file: InputFile) -> str:
    """By what it can be told whether a file is still the one that was read.

    Its version as its store states it, or its size and when it was changed; of a folder of pages, those
    of all of them.

    Raises:
        InputError: it is not there any more, or cannot be looked at.
    """
    with errors_named(file.address):
        if file.address.endswith("/"):
            told = [f"{name} {_told(path)}" for name, path in plain_files(file.address)]
            return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        return _told(file.address)


def plain_files(folder: str) -> list[tuple[str, str]]:
    """The pages and texts that lie directly in a folder: their names, sorted, and their addresses."""
    with errors_named(folder):
        if is_remote(folder):
            system, path = file_system(folder)
            entries = system.ls(path, detail=True)
            addresses = [system.unstrip_protocol(e["name"]) for e in entries if e["type"] == "file"]
        else:
            addresses = [str(path) for path in Path(folder).iterdir() if path.is_file()]
    pages = [one for one in addresses if not kinds.name_of(one).startswith(".") and _kind(one) == "page"]
    return sorted((kinds.name_of(one), one) for one in pages)


def _local(address: str) -> Iterator[InputFile]:
    path = Path(address)
    if path.is_dir():
        yield from _in_folder(path)
    elif path.exists() or not glob.has_magic(address):
        yield _file(_normal(address), path.stat().st_size)
    else:
        for match in sorted(glob.glob(address, recursive=True)):  # noqa: PTH207  (roots and ** of any depth)
            if Path(match).is_dir():
                # With ** the folders match as well as what is in them.
                yield from () if "**" in address else _in_folder(Path(match))
            elif stat.S_ISREG(Path(match).stat().st_mode):
                yield _file(_normal(match), Path(match).stat().st_size)


def _in_folder(folder: Path) -> Iterator[InputFile]:
    for here, folders, names in os.walk(folder, onerror=_raised):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        pages: list[int] = []
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here, name)
            try:
                status = path.stat()
            except OSError:  # a link to nothing
                continue
            kind = _kind(str(path)) if stat.S_ISREG(status.st_mode) else None
            if kind == "page":
                pages.append(status.st_size)
            elif kind is not None:
                yield _file(_normal(str(path)), status.st_size)
        if pages:
            yield _file(_normal(here) + "/", sum(pages))


def _raised(error: OSError) -> None:
    raise error


def _remote(address: str) -> Iterator[InputFile]:
    if "::" in address:  # one file system inside another: fsspec alone knows where it ends
        yield _file(address, None)
        return
    system, path = file_system(address)
    if glob.has_magic(path):
        entries = sorted(system.glob(path, detail=True).values(), key=lambda entry: str(entry["name"]))
        yield from (_entry(system, entry) for entry in entries if entry["type"] == "file")
    elif address.startswith(("http://", "https://")) or not system.isdir(path):
        size = system.info(path).get("size")
        yield _file(address, int(size) if size is not None else None)
    else:
        yield from _in_remote_folder(system, path)


def _in_remote_folder(system: Any, path: str) -> Iterator[InputFile]:
    pages: dict[str, int] = {}
    for entry in system.find(path, detail=True).values():
        below = PurePosixPath(str(entry["name"])[len(path) :])
        kind = kinds.by_name(str(entry["name"]))
        if entry["type"] != "file" or any(part.startswith(".") for part in below.parts) or kind is None:
            continue
        if kind == "page":
            folder = _entry(system, entry).address.rpartition("/")[0] + "/"
            pages[folder] = pages.get(folder, 0) + int(entry.get("size") or 0)
        else:
            yield _entry(system, entry)
    yield from (_file(folder, size) for folder, size in pages.items())


def _entry(system: Any, entry: dict[str, Any]) -> InputFile:
    size = entry.get("size")
    return _file(system.unstrip_protocol(entry["name"]), int(size) if size is not None else None)


def _file(address: str, size: int | None) -> InputFile:
    digest = hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()
    return InputFile(address, size, digest[:16])


def _normal(address: str) -> str:
    """A path with its relative parts resolved, written in the same way everywhere.

    >>> _normal("./crawl/../crawl//day.warc.gz")
    'crawl/day.warc.gz'
    """
    return Path(os.path.normpath(address)).as_posix()


def _identity(address: str) -> str:
    """The same for the same file, however its address is written."""
    if is_remote(address):
        return address
    return str(Path(address).absolute()) + ("/" if address.endswith("/") else "")


def _kind(address: str) -> kinds.Kind | None:
    """What a file is, if it is something that we read; of one on this machine, by its first bytes too."""
    kind = kinds.by_name(address)
    if kind is not None or is_remote(address):
        return kind
    try:
        with Path(address).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    kind = kinds.by_first_bytes(head)
    if kind == "wacz":  # else every Word document and every zip would be one
        return None
    return kind or ("page" if sniff.kind_of(head) == "page" else None)


def _told(address: str) -> str:
    if not is_remote(address):
        status = Path(address).stat()
        return f"{status.st_size} {status.st_mtime_ns}"
    system, path = file_system(address)
    info = system.info(path)
    version = next((info[name] for name in _VERSIONS if info.get(name)), "")
    return f"{info.get('size')} {version}".strip()
