"""The manual of the language: each example is understood, each field is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotidian.store.search.fields import FIELDS
from quotidian.store.search.query import MOST_LETTERS, MOST_VALUES, parse

MANUAL = (Path(__file__).parents[3] / "docs" / "reference" / "search.md").read_text(encoding="utf-8")
EXAMPLES = [
    *re.findall(r"`(-?[a-z]+:[^`\s][^`]*)`", MANUAL.replace("`acr:deny`", "")),
    *re.findall(r"(?m)^\| `([^`]+)` \| (?:the|both|a|not|one|\*)", MANUAL),
    *re.findall(r"(?m)^    (\w+ \S.* since:\S+)$", MANUAL),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_understood(example: str) -> None:
    query = parse(example)
    assert query.groups
    assert query.notes == ()


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_has_an_example(name: str) -> None:
    assert f"`{name}`" in MANUAL
    assert any(example.startswith(f"{name}:") for example in EXAMPLES)


def test_the_limits_are_those_told() -> None:
    assert f"{MOST_VALUES} words and values, {MOST_LETTERS:,} characters" in MANUAL


def test_the_note_shown_is_the_note_given() -> None:
    assert parse("acr:deny").notes[0] in MANUAL
