"""Every example in the documentation does what it shows, and nothing public is left out."""

from __future__ import annotations

import argparse
import inspect
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotidian
from manual import ROOT, Command, Terminal, blocks, compare, try_out
from quotidian import cli, errors

README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in a folder of its own, where the examples that come with the project lie."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal()


@each_page
def test_every_example_does_what_the_page_shows(page: Path, terminal: Terminal) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        try_out(block, terminal)
    assert not terminal.status, "the page ends with a command that fails"


@pytest.mark.parametrize(
    "page",
    [
        "```console\n$ echo one\ntwo\n```\n",
        "```console\n$ cat no-such-file\n$ echo on\n```\n",
        "```console\n$ no-such-command\n```\n",
        "```sh\nmake no-such-target\n```\n",
        "```sh\nquotidian read --no-such-option page.html\n```\n",
        "```python\nassert False\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
    ],
)
def test_an_example_that_does_something_else_is_noticed(page: str, terminal: Terminal) -> None:
    with pytest.raises((AssertionError, SystemExit)):
        for block in blocks(page):
            try_out(block, terminal)


def test_the_readme_shows_what_comes_out_of_the_page_that_comes_along(terminal: Terminal) -> None:
    found = re.search(
        r"<!-- demo output -->\n```text\n(.*?)```\n", README.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found
    compare(Command("quotidian read examples/demo.html", found[1]), terminal)


@each_page
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_page_is_in_the_table_of_contents(page: Path) -> None:
    contents = (DOCS / "README.md").read_text(encoding="utf-8")
    assert page.name == "README.md" or f"]({page.relative_to(DOCS).as_posix()})" in contents


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """The commands of the command line with their parsers, the bare command among them."""
    parser = cli.parser()
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    named = {f"quotidian {name}": sub for group in groups for name, sub in group.choices.items()}
    return {"quotidian": parser, **named}


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The long options of a command, and the names of what it takes without one."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        yield from (name for name in action.option_strings if name.startswith("--"))
        if not action.option_strings:
            yield str(action.metavar or action.dest)


def section(page: str, title: str) -> str:
    """The text under a heading of the second level, empty where there is no such heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("command", subcommands())
def test_the_manual_has_each_option_of_each_command_and_no_other(command: str) -> None:
    text = section((DOCS / "reference" / "cli.md").read_text(encoding="utf-8"), command)
    rows = re.findall(r"^\| `([^`\s]+)", text, re.MULTILINE)
    assert sorted(rows) == sorted(options(subcommands()[command]))


def test_the_reference_has_each_error_and_no_other() -> None:
    page = (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")
    family = {name for name, kind in inspect.getmembers(errors, inspect.isclass)}
    assert set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE)) == family


def test_the_reference_has_each_public_name() -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    for name in quotidian.__all__:
        assert f"`{name}" in page or f"quotidian.{name}" in page, f"{name} is not in reference/python.md"
