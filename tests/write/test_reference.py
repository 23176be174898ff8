"""The reference of the formats says what the code does."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from quotidian.types import (
    ActClass,
    Article,
    DateType,
    LabelForm,
    MentionForm,
    MentionType,
    SaidFrom,
    SpeakerKind,
    StanceClass,
    attribution_id,
)
from quotidian.write import csv, jsonl, webannotation

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def page(name):
    return (REFERENCE / name).read_text("utf-8")


def example(name):
    return json.loads(re.search(r"^```json\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)[1])


def documented() -> Article:
    return jsonl.parse(json.dumps(example("json.md")))


def test_the_example_of_a_json_line_is_one():
    example_read_by = {"read_by": example("json.md")["read_by"]}
    assert {**json.loads(jsonl.line(documented())), **example_read_by} == example("json.md")
    found = documented().attributions[0]
    assert found.id == attribution_id(documented().text_sha256, found.source, found.cue, found.content)


def objects():
    """Each object of the format, from the example, in the order in which the page has its table."""
    line = example("json.md")
    attribution, entity = line["attributions"][0], line["entities"][0]
    speaker, who = attribution["speaker"], ["entity", "name", "confidence", "evidence"]
    inside = [speaker, who, attribution["said"], attribution["act"], attribution["stance"]]
    return [
        line,
        attribution,
        *inside,
        entity,
        entity["labels"][0],
        line["mentions"][0],
        line["dates"][0],
    ]


def test_every_key_of_the_json_line_has_its_row_in_order():
    tables = re.findall(
        r"^\| key \| value \|\n\| --- \| --- \|\n((?:\|.*\n)+)", page("json.md"), re.MULTILINE
    )
    first_cells = [", ".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)) for table in tables]
    assert [re.findall(r"`([\w-]+)`", cells) for cells in first_cells] == [list(keys) for keys in objects()]


@pytest.mark.parametrize(
    "literal", [SpeakerKind, ActClass, StanceClass, SaidFrom, MentionType, MentionForm, DateType, LabelForm]
)
def test_every_value_of_an_enumeration_is_on_the_page(literal):
    assert set(get_args(literal)) <= set(re.findall(r"`([^`\n]+)`", page("json.md")))


def test_every_column_of_the_csv_has_its_row_in_order():
    rows = ", ".join(re.findall(r"^\| (`[^|]+) \|", page("csv.md"), re.MULTILINE))
    assert tuple(re.findall(r"`(\w+)`", rows)) == csv.COLUMNS


def test_the_example_of_an_annotation_is_one_of_the_example_article():
    article = replace(documented(), url="https://ellery-courier.example/harbour")
    shown = example("webannotation.md")
    written = next(a for a in webannotation.annotations_of(article) if a["role"] == "content")
    assert {**written, "target": written["target"][:1], "generator": shown["generator"]} == shown
