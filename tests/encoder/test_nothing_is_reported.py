"""Reading an article reports nothing to anybody, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

READS = """
import quotidian
quotidian.Reader().read_text("The mayor said on Monday that the bridge at Vell would open.")
"""


def test_reading_leaves_no_trace_of_a_report(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    places = {"HOME": str(home), "USERPROFILE": str(home), "TMPDIR": str(temporary), "TEMP": str(temporary)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    subprocess.run([sys.executable, "-c", READS], env={**environment, **places}, check=True)
    assert [path.name for path in (*home.rglob("*"), *temporary.rglob("*"))] == []
