import csv as plain_csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from quotidian.types import Entity
from quotidian.write.csv import read
from quotidian.write.who import csv, jsonl, text
from write.invented import HOSTILE, place, story, strike, told_articles


def shown(article, width=100, context=False):
    screen = io.StringIO()
    text.show(article, Console(file=screen, width=width), context=context)
    return screen.getvalue()


def words(written):
    return " ".join(written.split())


def written(form, *stories, **options):
    file = io.StringIO(newline="")
    form.write(stories, file, **options)
    return file.getvalue()


def rows(*stories, **options):
    return list(read(io.StringIO(written(csv, *stories, **options), newline="")))


def test_each_person_and_body_comes_with_office_and_counts():
    page = words(shown(strike()))
    assert "Mara Lindqvist person · deputy minister for trade, Ostmere · 2 statements by, 1 about" in page
    assert "Harbour Workers' Union organisation · 3 statements about" in page


@pytest.mark.parametrize("width", [80, 120])
def test_each_label_comes_with_its_user_its_place_and_its_marks(width):
    page = words(shown(strike(), width))
    assert "HWU acronym by Mara Lindqvist (statement 2) at 163 acronym by The Sarv Tide at 252" in page
    assert "council of thieves quoted by Mara Lindqvist (statement 2) at 182" in page


@pytest.mark.parametrize("width", [20, 40, 71])
def test_a_narrow_terminal_gets_lines_that_fit(width):
    for context in (False, True):
        assert max(map(len, shown(strike(), width, context).splitlines())) <= width
    assert "council of thieves quoted by Mara Lindqvist (statement 2) at 182" in words(shown(strike(), 60))


def test_context_shows_the_sentence_with_the_label_in_brackets():
    assert "Brandt denied that the ⟦so-called council⟧ had taken money." in words(
        shown(strike(), context=True)
    )
    assert "⟦so-called" not in shown(strike())


def test_an_article_without_anybody_says_so():
    assert "No person and no body is named." in shown(story())


def test_a_hostile_name_does_no_harm():
    entity = Entity("e1", "person", HOSTILE)
    page = shown(replace(strike(), outlet=HOSTILE, entities=(entity, *strike().entities[1:])))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


@given(told_articles(), st.integers(20, 120), st.booleans())
def test_no_text_can_steer_a_terminal(article, width, context):
    page = shown(article, width, context)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


@given(told_articles(), st.booleans())
def test_every_span_of_the_json_holds_the_words_it_stands_beside(article, context):
    def check(value):
        if isinstance(value, dict):
            if value.get("spans"):
                assert value["text"] == " ".join(article.text[start:end] for start, end in value["spans"])
            value = list(value.values())
        for inside in value if isinstance(value, list) else ():
            check(inside)

    check(json.loads(jsonl.line(article, context=context)))


def test_the_json_names_the_user_and_the_statement():
    record = json.loads(jsonl.line(strike()))
    union = record["people"][2]
    assert (union["name"], union["statements_by"], union["statements_about"]) == (
        "Harbour Workers' Union",
        0,
        3,
    )
    inside, outside = union["called"][1]["uses"]
    assert (inside["user"], inside["by"]) == ("Mara Lindqvist", strike().statements[1].attribution.id)
    assert (outside["user"], outside["by"], outside["context"]) == ("The Sarv Tide", None, None)


def test_an_article_is_one_line_of_json():
    lines = written(jsonl, strike(), story()).splitlines()
    assert [len(json.loads(line)["people"]) for line in lines] == [8, 0]


@given(told_articles())
def test_a_row_has_each_use_of_each_label(article):
    given = [
        use["text"]
        for person in json.loads(jsonl.line(article))["people"]
        for called in person["called"] or [{"uses": [{"text": ""}]}]
        for use in called["uses"]
    ]
    assert [row["label"] for row in rows(article)] == given


def test_a_row_tells_who_uses_what_where():
    row = next(row for row in rows(strike(), context=True) if row["label"] == "so-called council")
    assert (row["name"], row["marks"], row["user"]) == (
        "Harbour Workers' Union",
        "so-called",
        "perhaps Edda Brandt or Tomas Brandt",
    )
    (span,) = place("so-called council").spans
    assert row["spans"] == f"{span.start}-{span.end}"
    assert row["context"] == "Brandt denied that the so-called council had taken money."


@given(told_articles())
def test_every_row_has_a_cell_for_each_column(article):
    for row in plain_csv.reader(io.StringIO(written(csv, article), newline="")):
        assert len(row) == len(csv.COLUMNS)


def test_somebody_who_has_only_pronouns_keeps_a_row():
    article = story(entities=(Entity("e1", "person", "Mara Kline"),))
    assert [(row["name"], row["label"]) for row in rows(article)] == [("Mara Kline", "")]


def test_no_cell_is_a_formula_to_a_spreadsheet():
    article = story(entities=(Entity("e1", "person", "=HYPERLINK(1)"),))
    for row in plain_csv.reader(io.StringIO(written(csv, article), newline="")):
        assert not [cell for cell in row if cell.startswith("=")]
