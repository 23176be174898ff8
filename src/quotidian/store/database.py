"""What an archive asks of the database under it. There are two: sqlite.py and postgres.py."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection


class Database(Protocol):
    """Connections to one archive. Errors of the driver come out as :class:`~quotidian.errors.StoreError`."""

    @property
    def location(self) -> str:
        """The file or the address, without a password."""
        ...

    @property
    def writable(self) -> bool:
        """Whether it can be written from here."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the archive, whatever others write meanwhile."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection whose changes are kept, all of them, when it is left without an error."""
        ...

    def purge(self) -> None:
        """After a deletion: let what was deleted leave what the database keeps beside its tables."""
        ...

    def backup(self, path: Path) -> None:
        """A whole and consistent copy."""
        ...

    def check(self, connection: Connection) -> tuple[str, ...]:
        """What the database itself finds wrong, a sentence each."""
        ...

    def close(self) -> None:
        """Give back the connections."""
        ...
