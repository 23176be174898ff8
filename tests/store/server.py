"""A PostgreSQL server of our own, in a temporary folder, for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

# What is lost when the machine stops does not matter here; speed does.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "max_wal_size": "256MB",
}


class Server:
    """Start with ``with``; everything is gone afterwards."""

    def __init__(self) -> None:
        programs = self.programs()
        assert programs is not None, "PostgreSQL is not installed"
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="quotidian-postgres-"))
        self._port = _free_port()
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)

    @staticmethod
    def programs() -> Path | None:
        """The folder of the newest PostgreSQL here."""
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3])
        if found:
            return found[-1].parent
        on_path = shutil.which("initdb")
        return Path(on_path).resolve().parent if on_path else None

    def address(self, database: str, *, user: str = "quotidian") -> str:
        return f"postgresql://{user}@127.0.0.1:{self._port}/{database}"

    def __enter__(self) -> Self:
        try:
            self._run("initdb", "-A", "trust", "-U", "quotidian", "-E", "UTF8", "--no-locale", "--no-sync")
            self.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        settings = {**_SETTINGS, "port": str(self._port), "listen_addresses": "127.0.0.1"}
        given = " ".join(f"-c {name}={value}" for name, value in settings.items())
        given += f" -k {self._folder}"
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", given, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def require_passwords(self) -> None:
        """From the next start on, let nobody in without a password."""
        rules = self._folder / "data" / "pg_hba.conf"
        rules.write_text("host all all 127.0.0.1/32 scram-sha-256\n")

    def _run(self, program: str, *arguments: str) -> None:
        data = str(self._folder / "data")
        subprocess.run(
            [self._programs / program, "-D", data, *arguments],
            check=True,
            user=self._user,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
        )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
