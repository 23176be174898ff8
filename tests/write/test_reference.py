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
from quotidian.write.who import csv as who_csv
from quotidian.write.who import jsonl as who_jsonl
from write.invented import strike

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


def keys(name):
    """The keys of each table of a page, in order."""
    head = r"^\| key \| value \|\n\| --- \| --- \|\n((?:\|.*\n)+)"
    tables = re.findall(head, page(name), re.MULTILINE)
    first_cells = [", ".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)) for table in tables]
    return [re.findall(r"`([\w-]+)`", cells) for cells in first_cells]


def columns(name):
    rows = ", ".join(re.findall(r"^\| (`[^|]+) \|", page(name).partition("| column |")[2], re.MULTILINE))
    return tuple(re.findall(r"`(\w+)`", rows))


def test_every_key_of_the_json_line_has_its_row_in_order():
    assert keys("json.md") == [list(known) for known in objects()]


def test_every_key_of_who_is_who_has_its_row_in_order():
    line = json.loads(who_jsonl.line(strike()))
    person = line["people"][0]
    called = person["called"][0]
    assert keys("who.md") == [list(known) for known in (line, person, called, called["uses"][0])]


def test_every_column_of_the_tables_has_its_row_in_order():
    assert columns("csv.md") == csv.COLUMNS
    assert columns("who.md") == who_csv.COLUMNS


@pytest.mark.parametrize(
    "literal", [SpeakerKind, ActClass, StanceClass, SaidFrom, MentionType, MentionForm, DateType, LabelForm]
)
def test_every_value_of_an_enumeration_is_on_the_page(literal):
    assert set(get_args(literal)) <= set(re.findall(r"`([^`\n]+)`", page("json.md")))


def test_the_example_of_an_annotation_is_one_of_the_example_article():
    article = replace(documented(), url="https://ellery-courier.example/harbour")
    shown = example("webannotation.md")
    written = next(a for a in webannotation.annotations_of(article) if a["role"] == "content")
    assert {**written, "target": written["target"][:1], "generator": shown["generator"]} == shown
