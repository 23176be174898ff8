"""The reference of exports says what the code does."""

import json
import re
from pathlib import Path

import pytest

from export.invented import Shelf, hits, stored
from export.test_ftm import PROPERTIES
from export.test_reviewed import FIRST, after, review, rows
from export.written import Given, exported, lines, text
from quotidian import export
from quotidian.export import columns, utterances
from quotidian.export.options import Options

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "export.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first heading this is."""
    found = re.search(rf"^\| {re.escape(heading)} \|.*\n\| ---.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert found, heading
    return [[cell.strip() for cell in row.strip("|\n").split("|")] for row in found[1].splitlines()]


def first_names(heading: str) -> list[str]:
    return [name for row in table(heading) for name in re.findall(r"`([\w-]+)`", row[0])]


def test_every_format_is_in_the_table_for_what_it_can_write():
    names = ("statements", "articles", "entities", "utterances", "reviews")
    told = {
        (what, re.findall(r"`([\w-]+)`", row[0])[0])
        for row in table("format")
        for what, cell in zip(names, row[1:6], strict=True)
        if cell
    }
    assert told == {(what, form) for what, forms in export.FORMATS.items() for form in forms}


@pytest.mark.parametrize(
    ("heading", "record"),
    [
        ("key of a statement", lambda: lines(exported("statements", "jsonl"))[0]),
        ("key of an article", lambda: lines(exported("articles", "jsonl"))[0]),
        ("key of an entity", lambda: lines(exported("entities", "jsonl"))[0]),
        ("key of an utterance", lambda: lines(exported("utterances", "jsonl"))[0]),
        ("key of a report", lambda: lines(exported("utterances", "jsonl"))[0]["reports"][0]),
        ("key of a row", lambda: rows(after(s700={"state": "accepted"}), review(1, "accept", FIRST))[0]),
    ],
)
def test_every_key_is_explained(heading, record):
    assert sorted(first_names(heading)) == sorted(record())


COLUMNS = {
    "statements": columns.STATEMENTS,
    "articles": columns.ARTICLES,
    "entities": columns.ENTITIES,
    "utterances": utterances.COLUMNS,
}


@pytest.mark.parametrize("what", COLUMNS)
def test_every_column_is_explained(what):
    every = [column.name for column in COLUMNS[what]]
    assert sorted(first_names(f"column of {what}")) == sorted(every)


def test_the_types_of_columns_are_those_of_the_table():
    kinds = {
        "integer": "number",
        "text": "text",
        "day": "day",
        "true or false": "truth",
        "number": "probability",
        "list of texts": "texts",
        "list of integers": "numbers",
        "list of `start`, `end`": "spans",
    }
    for what, every in COLUMNS.items():
        told = {
            name: kinds[row[2]]
            for row in table(f"column of {what}")
            for name in re.findall(r"`(\w+)`", row[0])
        }
        assert told == {column.name: column.kind for column in every}


def test_every_schema_of_followthemoney_is_explained():
    assert {row[1].split("`")[1] for row in table("in the archive")} == PROPERTIES.keys()


def test_the_examples_are_what_comes_out():
    blocks = re.findall(r"```(json|xml|bibtex)\n(.*?)```", PAGE, re.DOTALL)
    objects = [json.loads(block) for language, block in blocks if language == "json"]
    by_schema = {str(found.get("schema", found.get("@type"))): found for found in objects}
    assert by_schema["quotidian-statement/1"] == lines(exported("statements", "jsonl"))[2]
    assert by_schema["Quotation"] == json.loads(text("statements", "jsonld", hits()[0]))["@graph"][0]
    (link,) = (
        one
        for one in lines(exported("statements", "ftm", Given(hits()[1])))
        if one["schema"] == "UnknownLink"
    )
    shown = by_schema["UnknownLink"]
    assert shown["id"] == link["id"] and shown["properties"].items() <= link["properties"].items()
    shown, made = by_schema["quotidian-utterance/1"], lines(exported("utterances", "jsonl"))[0]
    for key in ("reports", "links"):
        assert without_gaps(shown[key]) == [
            {name: of[name] for name in one if name in of}
            for one, of in zip(without_gaps(shown[key]), made[key], strict=True)
        ]
        assert shown[key][-1] == made[key][-1]
    assert {**shown, "reports": 0, "links": 0} == {**made, "reports": 0, "links": 0}
    assert (
        by_schema["['prov:Entity', 'schema:Quotation']"] in json.loads(text("utterances", "prov"))["@graph"]
    )
    others = [block for language, block in blocks if language != "json"]
    everything = "".join(text("statements", form) for form in ("gexf", "atom", "bibtex"))
    everything += text("utterances", "gexf")
    assert len(others) == 4
    for block in others:
        assert block in everything


def without_gaps(shown: list[dict]) -> list[dict]:
    """What is shown of each; "…" stands for what is left out."""
    return [{key: value for key, value in one.items() if key != "…"} for one in shown]


def test_a_statement_shown_is_one_of_the_invented_article():
    assert stored().hits[2].id == 702 and Shelf().statement(702).act == "deny"
    assert (
        Options(base_url="https://archive.example/").statement(702)
        == "https://archive.example/statements/702"
    )
