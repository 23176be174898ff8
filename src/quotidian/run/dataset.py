"""A data set: a folder, or an address that fsspec can write, with the shards that are whole.

::

    dataset/
      manifest.json                                what is in it, made by what
      shards/<shard>.json                          a shard is whole when this is there: written last
      articles/day=2031-03-04/<shard>.parquet      and the other tables
      skipped/<shard>.parquet
      skips/<shard>.jsonl                          records that a worker did not survive

Files of a shard are written in a folder of their own and moved to where they belong when all are there.
Whatever no whole shard names is not part of the data set.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import filelock
import fsspec

from quotidian.errors import DatasetError
from quotidian.run.tables import SCHEMA
from quotidian.run.values import Skip
from quotidian.run.writing import Written

MANIFEST = "manifest.json"
_MARKERS, _SKIPS, _BESIDE = "shards", "skips", ".writing"
_LOCK = ".lock"
# The folders that shards are kept in; a join's tables lie in others.
OF_SHARDS = ("articles", "attributions", "statements", "entities", "reports", "signatures", "skipped")


@dataclass(frozen=True, slots=True)
class Marker:
    """What says that a shard is whole, and of what.

    Attributes:
        shard: its name.
        address: the input file.
        state: what changes when that file does: its size, and its ETag or time of modification.
        made_by: versions and options, all that the same file may come out differently with.
        files: of the tables.
        rows: of each table.
        skipped: records not taken, by reason.
    """

    shard: str
    address: str
    state: str
    made_by: dict[str, Any]
    files: tuple[Written, ...]
    rows: dict[str, int]
    skipped: dict[str, int]

    def as_json(self) -> str:
        """The marker as it is written."""
        return _json({"schema": SCHEMA, **asdict(self)})

    @classmethod
    def parse(cls, found: str) -> Marker:
        """The inverse of :meth:`as_json`; raises ValueError or KeyError for anything else."""
        record = json.loads(found)
        if not isinstance(record, dict) or record.pop("schema", None) != SCHEMA:
            raise ValueError("not the marker of a shard")
        files = tuple(Written(**file) for file in record.pop("files"))
        return cls(files=files, **record)


class Dataset:
    """A data set at a path or an address.

    Raises:
        DatasetError: nothing can be kept there, or something else is there already.
    """

    def __init__(self, address: str | Path):
        self.address = str(address)
        try:
            self.files, self.root = fsspec.core.url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise DatasetError(f"{self.address}: no such kind of address ({error})") from error
        self.is_local = "file" in _protocols(self.files)

    # --- which shards are whole --------------------------------------------------------------

    def markers(self) -> list[Marker]:
        """The whole shards, by name; what cannot be read as a marker is none."""
        self.files.invalidate_cache()
        paths = self.files.glob(f"{self.root}/{_MARKERS}/*.json")
        found = (self._parsed(data) for data in self.files.cat(sorted(paths)).values()) if paths else ()
        return sorted((one for one in found if one is not None), key=lambda one: one.shard)

    def marker(self, shard: str) -> Marker | None:
        """The marker of a shard, None where it is not whole."""
        with suppress(OSError):
            return self._parsed(self.files.cat_file(f"{self.root}/{_MARKERS}/{shard}.json"))
        return None

    def tables(self) -> dict[str, list[str]]:
        """The files of each table, of whole shards alone; and those of tables that a join made."""
        markers = self.markers()
        if not markers:
            return {}
        found: dict[str, list[str]] = {}
        for marker in markers:
            for file in marker.files:
                found.setdefault(file.path.partition("/")[0], []).append(self._address(file.path))
        for folder in self.files.ls(self.root, detail=False):
            table = Path(folder).name
            if table not in OF_SHARDS and not table.startswith("."):
                paths = sorted(self.files.glob(f"{folder}/**/*.parquet"))
                found[table] = [self._address(f"{table}{path[len(folder) :]}") for path in paths]
        return found

    def _address(self, path: str) -> str:
        whole = f"{self.root}/{path}"
        return whole if self.is_local else str(self.files.unstrip_protocol(whole))

    @staticmethod
    def _parsed(data: bytes) -> Marker | None:
        try:
            return Marker.parse(data.decode())
        except (ValueError, KeyError, TypeError):
            return None

    # --- one shard ---------------------------------------------------------------------------

    @contextmanager
    def beside(self, shard: str) -> Iterator[Path]:
        """A local folder to write a shard's files in; what is left of it at the end goes."""
        name = f"{shard}-{uuid.uuid4().hex[:8]}"
        if self.is_local:
            folder = Path(self.root, _BESIDE, name)
            folder.mkdir(parents=True)
        else:
            folder = Path(tempfile.mkdtemp(prefix=f"quotidian-{name}-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path, marker: Marker) -> None:
        """Make a shard whole: its files move to their places, then the marker says so."""
        before = self.marker(marker.shard)
        if before is not None:
            self._forget(before, kept={file.path for file in marker.files})
        for file in marker.files:
            self._move(folder / file.path, file.path)
        place = folder / "marker.json"
        place.write_text(marker.as_json(), encoding="utf-8")
        self._move(place, f"{_MARKERS}/{marker.shard}.json")

    def _forget(self, marker: Marker, kept: set[str]) -> None:
        """What a shard was is no longer: first its marker goes, then files that it will not have again."""
        self.files.rm_file(f"{self.root}/{_MARKERS}/{marker.shard}.json")
        for file in marker.files:
            if file.path not in kept:
                with suppress(FileNotFoundError):
                    self.files.rm_file(f"{self.root}/{file.path}")

    def _move(self, source: Path, path: str) -> None:
        if not self.is_local:
            self.files.put_file(str(source), f"{self.root}/{path}")
            return
        target = Path(self.root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as file:
            os.fsync(file.fileno())  # a marker that outlives a power failure must not outlive its files
        source.replace(target)

    # --- records that a worker did not survive -------------------------------------------------

    def skips(self, shard: str) -> tuple[Skip, ...]:
        """The records of a shard that are not to be tried again."""
        with suppress(OSError, ValueError, TypeError):
            lines = self.files.cat_file(f"{self.root}/{_SKIPS}/{shard}.jsonl").decode().splitlines()
            return tuple(Skip(**json.loads(line)) for line in lines)
        return ()

    def skip(self, shard: str, skip: Skip) -> None:
        """Note one more; the next try passes it over."""
        lines = [json.dumps(asdict(one)) for one in (*self.skips(shard), skip)]
        self._put(f"{_SKIPS}/{shard}.jsonl", "".join(f"{line}\n" for line in lines))

    # --- the whole -----------------------------------------------------------------------------

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other runs on this machine out, and clears what a killed one left half done.

        Raises:
            DatasetError: another run is writing, or something else than a data set is there.
        """
        self._refuse_others()
        if not self.is_local:
            yield
            return
        try:
            Path(self.root).mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(Path(self.root, _LOCK), timeout=0):
                shutil.rmtree(Path(self.root, _BESIDE), ignore_errors=True)
                try:
                    yield
                finally:
                    shutil.rmtree(Path(self.root, _BESIDE), ignore_errors=True)
        except filelock.Timeout as error:
            raise DatasetError(f"{self.address}: another run is writing this data set") from error

    def _refuse_others(self) -> None:
        """A folder of other things is not filled with a data set."""
        if self.files.isfile(self.root):
            raise DatasetError(f"{self.address} is a file, not the folder of a data set")
        try:
            there = [Path(path).name for path in self.files.ls(self.root, detail=False)]
        except FileNotFoundError:
            return
        known = {MANIFEST, _MARKERS, _SKIPS, _BESIDE, _LOCK}
        if there and not known & set(there):
            raise DatasetError(f"{self.address} has other files in it: name a new folder for the data set")

    def write_manifest(self, made_by: dict[str, Any]) -> dict[str, Any]:
        """Say what is in the data set; the manifest, which holds no clock, nor anything of the machine."""
        markers = self.markers()
        manifest = {
            "schema": SCHEMA,
            "made_by": made_by,
            "shards": len(markers),
            "shards_made_otherwise": sum(one.made_by != made_by for one in markers),
            "rows": _added(one.rows for one in markers),
            "bytes": _added(
                {file.path.partition("/")[0]: file.bytes} for one in markers for file in one.files
            ),
            "skipped": _added(one.skipped for one in markers),
        }
        self._put(MANIFEST, _json(manifest))
        return manifest

    def _put(self, path: str, text: str) -> None:
        with self.beside("one-file") as folder:
            place = folder / "file"
            place.write_text(text, encoding="utf-8")
            self._move(place, path)


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for some in counts:
        for name, number in some.items():
            total[name] = total.get(name, 0) + number
    return dict(sorted(total.items()))


def _protocols(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
