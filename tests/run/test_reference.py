"""The reference of data sets says what a run makes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pyarrow as pa
import pytest

from quotidian.run.shard import schemas
from quotidian.run.values import SkipReason

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "dataset.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def kind(of: pa.DataType) -> str:
    """A type as the page calls it."""
    if pa.types.is_list(of):
        inner = of.value_type
        if pa.types.is_struct(inner):
            return "list of " + ", ".join(f"`{field.name}`" for field in inner)
        return f"list of {kind(inner)}s"
    names = {
        "text": pa.types.is_string,
        "true or false": pa.types.is_boolean,
        "integer": pa.types.is_integer,
        "number": pa.types.is_floating,
        "day": pa.types.is_date,
        "bytes": pa.types.is_binary,
    }
    return next(name for name, fits in names.items() if fits(of))


@pytest.mark.parametrize("table", schemas())
def test_every_column_of_a_table_is_explained_with_its_type_and_in_its_order(table: str) -> None:
    told = re.findall(r"^\| `(\w+)` \| (.*?) \|", section(table), re.MULTILINE)
    assert told == [(field.name, kind(field.type)) for field in schemas()[table]]


def test_every_reason_to_skip_a_record_is_explained() -> None:
    rows = section("skipped").partition("| reason |")[2]
    assert set(re.findall(r"^\| ([a-z ]+) \|", rows, re.MULTILINE)) == set(get_args(SkipReason))
