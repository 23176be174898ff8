"""What is to be done with one file, what became of it, and who does it: one interface for two engines."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from quotidian.errors import UsageError
from quotidian.reading import Limits
from quotidian.run.values import InputFile, Skip, SkipReason

# The model, the libraries and what waits to be written take some 200.
LEAST_MEGABYTES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the files of a run are read: what may change what comes out.

    Attributes:
        model: the folder of a model; the one that comes with the package if None.
        nested: whether to look for statements inside statements.
        any_language: read articles that are not English too.
        vectors: whether to make vectors of what was said, so that a join finds reports by their sense too.
        limits: what a page may cost.
    """

    model: str | None = None
    nested: bool = True
    vectors: bool = False
    any_language: bool = False
    limits: Limits = field(default_factory=Limits)

    def as_values(self) -> dict[str, Any]:
        """The options as a marker keeps them; the model has a name there, not a folder."""
        return {
            "nested": self.nested,
            "any_language": self.any_language,
            "vectors": self.vectors,
            "limits": {
                name: value
                for name, value in asdict(self.limits).items()
                if name in ("bytes_per_page", "bytes_per_record", "tags_per_page", "depth")
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """What one record may cost the worker that reads it.

    Attributes:
        seconds: for one record; a worker that takes longer is ended.
        megabytes: of memory for the whole worker, in MiB; one that takes more is ended.
        silence: seconds between two records, while a file is opened or waited for.

    Raises:
        UsageError: less memory than a worker needs for any page.
    """

    seconds: float = 120.0
    megabytes: int = 2048
    silence: float = 600.0

    def __post_init__(self) -> None:
        if self.megabytes < LEAST_MEGABYTES:
            raise UsageError(
                f"{self.megabytes} MiB are too little for a worker: give it {LEAST_MEGABYTES} or more"
            )


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be made a shard of.

    Attributes:
        file: what to read.
        state: of the file, as the marker keeps it.
        dataset: the address of the data set.
        folder: what relative paths are relative to.
        options: how to read it.
        skip: records that a worker did not survive before.
    """

    file: InputFile
    state: str
    dataset: str
    folder: str
    options: Options
    skip: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a shard has; ``memory`` is the worker's peak so far in bytes, None where unknown."""

    articles: int
    statements: int
    skipped: dict[str, int]
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A shard is whole."""

    shard: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Died:
    """A worker ended while it read a file.

    Attributes:
        shard: what it was working on.
        place: the record that it was at, None if it was between two.
        reason: what it came to.
        detail: in words.
        certain: whether the record is to blame: it broke a limit, or the worker crashed at it. A worker
            that somebody killed may have been at any record.
    """

    shard: str
    place: str | None
    reason: SkipReason
    detail: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A file cannot be read or its shard not be written: why, in one line."""

    shard: str
    why: str


@dataclass(frozen=True, slots=True)
class Progress:
    """So many records more were read, in shards that need not be whole yet."""

    records: int


Event = Done | Died | Failed | Progress


class Engine(Protocol):
    """Who does tasks: processes of this machine, or of a cluster."""

    @property
    def slots(self) -> int:
        """How many tasks may be given at once; it may change while a run goes on."""

    def submit(self, task: Task) -> None:
        """Give a task to whoever is free."""

    def wait(self, seconds: float) -> list[Event]:
        """What happened; none if nothing did for so long. Each task ends with one event but Progress."""

    def close(self) -> None:
        """End all workers; tasks in flight are lost, nothing else."""
