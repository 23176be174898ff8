"""What each command says of itself."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from quotidian import cli
from test_docs import subcommands

COMMANDS = [name.removeprefix("quotidian ") for name in subcommands() if " " in name]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_80_columns(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_the_command_alone_lists_them_all(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    out = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^    {name}\s", out, re.MULTILINE)] == []


@pytest.mark.parametrize("command", ["add", "serve"])
def test_help_loads_nothing_heavy(command):
    code = (
        "import sys\nfrom quotidian import cli\n"
        f"try: cli.main(['{command}', '--help'])\nexcept SystemExit: pass\n"
        "print({'numpy', 'onnxruntime', 'rich', 'trafilatura', 'sqlalchemy', 'starlette'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
