"""What processes take of memory, and giving back what they do not use."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def memory_of(pid: int | None) -> int:
    """What a process takes of memory now, in bytes; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def peak_memory() -> int | None:
    """The most that this process has taken, in bytes; None where the system does not tell."""
    with suppress(ImportError):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return None


def give_back() -> None:
    """Give the system what was freed: the C library keeps it, in pieces, and a worker grows by that."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    """The C library's function for it; None where it has none."""
    with suppress(OSError, AttributeError):
        return ctypes.CDLL(None).malloc_trim
    return None
