"""CSV and Parquet: the same columns, safe in a spreadsheet, typed in Parquet."""

import csv
import io
import sys
from dataclasses import replace
from datetime import date

import pyarrow.parquet
import pytest

from export.invented import BASE, HOSTILE, Shelf, hit, hits, hostile_hit, stored
from export.written import Given, exported, text
from quotidian import export
from quotidian.errors import UsageError
from quotidian.write.csv import read, unguarded

TABLES = ("statements", "articles", "entities")


def rows(what: str, *found, **options) -> list[dict[str, str]]:
    return list(read(io.StringIO(text(what, "csv", *found, **options), newline="")))


def parquet(what: str, *found, **options) -> list[dict]:
    archive = Given(*found) if found else None
    return pyarrow.parquet.read_table(io.BytesIO(exported(what, "parquet", archive, **options))).to_pylist()


@pytest.mark.parametrize("what", TABLES)
def test_csv_and_parquet_have_the_same_columns_and_rows(what):
    assert [*rows(what)[0]] == [*parquet(what)[0]]
    assert len(rows(what)) == len(parquet(what)) > 0


def test_a_statement_is_told_in_a_row():
    row = rows("statements")[1]
    assert row["statement"] == "701" and row["address"] == f"{BASE}/statements/701"
    assert (row["article_id"], row["article_number"]) == ("b-7", "7")
    assert (row["source"], row["cue"], row["speaker"], row["speaker_entity"]) == (
        "She",
        "said",
        "Mara Lindqvist",
        "11",
    )
    assert (row["act"], row["negated"], row["review"]) == ("accuse", "false", "unreviewed")
    assert row["context"] == hits()[1].words


def test_spans_in_a_row_are_those_of_the_statement():
    for row, found in zip(rows("statements"), hits(), strict=True):
        placed = [tuple(map(int, part.split("-"))) for part in row["content_spans"].split(";")]
        assert placed == [tuple(span) for span in found.content.spans]


def test_who_it_may_be_is_listed_with_their_entities():
    row = rows("statements")[2]
    assert row["speaker"] == "" and row["maybe"] == "Edda Brandt; Tomas Brandt"
    assert row["maybe_entities"] == "15; 14"
    assert parquet("statements")[2]["maybe_entities"] == [15, 14]


def test_no_cell_begins_as_a_formula_and_all_come_back_as_they_were():
    cells = next(
        csv.reader(io.StringIO(text("statements", "csv", hostile_hit()).split("\r\n", 1)[1], newline=""))
    )
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert HOSTILE in map(unguarded, cells)


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_each_beginning_of_a_formula_is_guarded(start):
    (row,) = rows("statements", hit(role=start))
    assert row["role"] == start
    assert f"'{start}" in text("statements", "csv", hit(role=start))


def test_a_byte_order_mark_comes_only_where_it_is_asked_for():
    assert exported("statements", "csv", bom=True).startswith(b"\xef\xbb\xbfstatement,")
    assert exported("statements", "csv").startswith(b"statement,")


def test_parquet_has_types():
    row = parquet("statements")[1]
    assert row["day"] == date(2031, 3, 4) and row["negated"] is False and row["depth"] == 0
    assert row["about"] == ["Harbour Workers' Union"] and row["parent"] is None
    assert row["content_spans"] == [{"start": 135, "end": 201}]


def test_the_schema_is_the_same_without_rows():
    empty = io.BytesIO(exported("statements", "parquet", Given()))
    full = io.BytesIO(exported("statements", "parquet"))
    assert pyarrow.parquet.read_schema(empty) == pyarrow.parquet.read_schema(full)


def test_a_large_table_is_written_in_groups_of_rows(monkeypatch):
    monkeypatch.setattr("quotidian.export.parquet.ROWS_TOGETHER", 3)
    file = pyarrow.parquet.ParquetFile(io.BytesIO(exported("statements", "parquet")))
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [3, 3, 1]
    assert [row["statement"] for row in file.read().to_pylist()] == [found.id for found in hits()]


def test_a_day_that_is_none_is_empty_in_parquet_and_as_it_is_in_csv():
    odd = hit(day="some day")
    assert parquet("statements", odd)[0]["day"] is None
    assert rows("statements", odd)[0]["day"] == "some day"


def test_parquet_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r'pip install "quotidian\[parquet\]"'):
        export.chunks(Shelf(), "statements", "parquet", "", export.Options())  # before anything is sent


def test_the_whole_text_is_a_column_only_where_it_is_asked_for():
    assert "text" not in rows("articles")[0] and "text" not in parquet("articles")[0]
    assert rows("articles", whole_text=True)[0]["text"] == stored().article.text
    assert parquet("articles", whole_text=True)[0]["text"] == stored().article.text


def test_an_article_counts_its_statements_and_letters():
    row = rows("articles")[0]
    assert (row["statements"], row["letters"], row["letters_attributed"]) == ("7", "500", "300")


def test_an_entity_has_names_offices_and_labels():
    row = next(row for row in rows("entities") if row["entity"] == "11")
    assert row["name"] == "Mara Lindqvist" and row["labels"] == "council of thieves; HWU"
    assert row["offices"] == "deputy minister for trade, Ostmere (2031-03-04 to 2031-03-06)"


def test_entities_come_by_number():
    numbers = [int(row["entity"]) for row in rows("entities")]
    assert numbers == sorted(numbers) == [head.id for head in Shelf().entities()]


def test_an_articles_row_tells_when_it_was_modified():
    one = stored(replace(stored().article, modified="2031-03-07T10:00:00+01:00"))
    (row,) = read(io.StringIO(exported("articles", "csv", Shelf(one)).decode(), newline=""))
    assert (row["published"], row["modified"]) == (one.head.published, "2031-03-07T10:00:00+01:00")
    assert rows("articles")[0]["modified"] == ""
