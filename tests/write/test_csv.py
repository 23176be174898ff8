import csv as plain_csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.write import csv
from write.invented import HOSTILE, articles, story, strike, texts, told_articles


def written(*stories):
    file = io.StringIO(newline="")
    csv.write(stories, file)
    return file.getvalue()


def read_back(text):
    return list(csv.read(io.StringIO(text, newline="")))


@given(st.lists(articles(), max_size=3))
def test_every_statement_is_a_row_and_comes_back_as_it_was(stories):
    rows = read_back(written(*stories))
    assert [(row["article_id"], row["content"], row["title"]) for row in rows] == [
        (article.id, found.content.text, article.title or "") for article in stories for found in article
    ]


@given(told_articles())
def test_every_row_has_a_cell_for_each_column(article):
    for row in plain_csv.reader(io.StringIO(written(article), newline="")):
        assert len(row) == len(csv.COLUMNS)


@given(articles())
def test_the_spans_of_a_row_give_its_words(article):
    for row in read_back(written(article)):
        for role in ("source", "cue", "content"):
            spans = [span.split("-") for span in row[f"{role}_spans"].split(";") if span]
            assert " ".join(article.text[int(start) : int(end)] for start, end in spans) == row[role]


@given(st.one_of(texts, st.text("'=+-@\t\rx", max_size=4)))
def test_guarding_is_undone_exactly_and_leaves_no_formula(cell):
    assert csv.unguarded(csv.guarded(cell)) == cell
    assert csv.guarded(cell)[:1] not in set("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_of_a_hostile_article_is_a_formula_to_a_spreadsheet(formula):
    text = written(story(title=formula, outlet=formula, byline=formula))
    for row in plain_csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(formula[0])]


def test_a_quotation_that_begins_with_an_apostrophe_is_left_alone():
    assert csv.guarded("'We will not,' she said") == "'We will not,' she said"


def test_lines_end_as_rfc_4180_says_and_the_header_names_the_columns():
    lines = written(story()).split("\r\n")
    assert lines[0].split(",") == list(csv.COLUMNS)
    assert len(lines) == 1 + len(story().attributions) + 1


def test_an_article_without_statements_gives_no_row():
    assert written(story(attributions=())) == csv.header()


def test_a_statement_without_source_has_an_empty_cell():
    fear = read_back(written(story()))[-1]
    assert (fear["source"], fear["source_spans"], fear["cue"]) == ("", "", "feared")


def test_every_hostile_character_survives():
    assert read_back(written(story(title=HOSTILE)))[0]["title"] == HOSTILE


def test_a_row_tells_who_spoke_about_whom_when_and_what_kind_of_act_it_was():
    first, _, unclear, unnamed, silent, *_ = read_back(written(strike()))
    assert (first["speaker"], first["kind"], first["role"], first["organisation"], first["via"]) == (
        "Mara Lindqvist",
        "person",
        "deputy minister for trade",
        "Ostmere",
        "the Ellery Courier",
    )
    assert (first["said"], first["said_from"], first["act"], first["stance"]) == (
        "2031-03-04",
        "words",
        "state",
        "neutral",
    )
    assert (unclear["speaker"], unclear["maybe"]) == ("", "Edda Brandt; Tomas Brandt")
    assert unnamed["unnamed_because"] == "not allowed to speak to the press"
    assert unnamed["about"] == "Mara Lindqvist; Harbour Workers' Union"
    assert (silent["negated"], silent["speaker_confidence"]) == ("true", "0.95")


def test_every_row_tells_when_the_article_was_modified():
    rows = read_back(written(story(modified="2031-03-06T10:00:00+01:00")))
    assert {row["modified"] for row in rows} == {"2031-03-06T10:00:00+01:00"}
    assert {row["modified"] for row in read_back(written(strike()))} == {""}


def test_where_attributions_alone_were_read_the_columns_of_statements_are_empty():
    row = read_back(written(story()))[0]
    assert {row[name] for name in csv.OF_STATEMENTS} == {""}
