"""Utterances as JSON lines and as a table: each report with its place, each link with its reasons."""

import csv
import io

import pyarrow.parquet
import pytest

from export.invented import BASE, HOSTILE, hits, hostile_hit
from export.traced import told_again
from export.written import Given, exported, lines
from quotidian.store.values import Review
from quotidian.write.csv import read, unguarded


def line(*found, **options):
    (one,) = lines(exported("utterances", "jsonl", Given(*found or (hits()[0],)), **options))
    return one


def rows(*found):
    written = exported("utterances", "csv", Given(*found or (hits()[0],)))
    return list(read(io.StringIO(written.decode(), newline="")))


def test_an_utterance_has_its_reports_in_the_order_in_which_they_appeared():
    one = line()
    assert (one["id"], one["first"], one["outlets"]) == (hits()[0].key, 700, 3)
    assert [
        (r["article"], r["statement"], r["published"], r["credited_to"], r["relation"])
        for r in one["reports"]
    ] == [
        (hits()[0].article.own_id, 700, "2031-03-06T07:30:00+01:00", None, "first"),
        ("courier-8", 800, "2031-03-06", None, "copy"),
        ("post-9", 900, "2031-03-07T08:00:00Z", "The Sarv Tide", "credit"),
    ]


def test_spans_are_those_of_the_content_in_the_owners_text():
    first = line()["reports"][0]
    assert first["spans"] == [list(span) for span in hits()[0].content.spans]
    assert first["content"] == hits()[0].content.text


def test_which_may_be_first_is_told_with_the_interval_of_each():
    one = line()
    assert one["may_be_first"] == [700, 800]
    courier = one["reports"][1]
    assert (courier["earliest"], courier["latest"]) == ("2031-03-05T10:00:00Z", "2031-03-07T12:00:00Z")
    assert courier["published"] == "2031-03-06"  # as the page states it


def test_the_alignment_of_a_link_is_of_the_contents_that_stand_there():
    one = line()
    content = {report["statement"]: report["content"] for report in one["reports"]}
    for link in one["links"]:
        a, b = content[link["from"]], content[link["to"]]
        for edit in link["alignment"]:
            before, after = a[slice(*edit["a"])], b[slice(*edit["b"])]
            if edit["operation"] == "same":
                assert before.casefold() == after.casefold() != ""
            else:
                assert (before == "") == (edit["operation"] == "added")
                assert (after == "") == (edit["operation"] == "cut")


def test_a_link_goes_from_the_earlier_report_and_says_who_decided():
    copied, decided = line()["links"]
    assert (copied["from"], copied["to"], copied["rule"], copied["score"]) == (700, 800, "quotation", 0.98)
    assert (decided["from"], decided["to"], decided["rule"], decided["by"]) == (700, 900, "review", "ines")
    assert decided["change"] == "meaning"
    assert {edit["conflict"] for edit in decided["alignment"]} >= {"hedge"}


def test_what_contradicts_it_is_beside_it_and_not_in_it():
    one = line()
    assert [r["statement"] for r in one["reports"]] == [700, 800, 900]
    (against,) = one["conflicts"]
    assert (against["article"], against["statement"], against["with"]) == ("gull-10", 1000, 700)
    assert (against["conflict"], against["speaker"]["name"]) == ("speaker", "Ole Strand")


def test_addresses_come_with_the_address_of_the_reading_room_alone():
    assert line()["address"] == f"{BASE}/utterances/{hits()[0].key}"
    without = line(base_url=None)
    assert without["address"] is None and without["reports"][0]["address"] is None


def test_a_statement_alone_is_an_utterance_of_one_report():
    one = line(hits()[2])
    assert len(one["reports"]) == 1 and one["links"] == [] and one["conflicts"] == []


def test_the_query_decides_which_are_written():
    written = lines(exported("utterances", "jsonl", Given(*hits()[:3])))
    assert [one["id"] for one in written] == [one.key for one in hits()[:3]]


def test_a_table_has_a_row_for_each_report():
    found = rows()
    assert [(row["utterance"], row["statement"], row["relation"], row["follows"]) for row in found] == [
        (hits()[0].key, "700", "first", ""),
        (hits()[0].key, "800", "copy", "700"),
        (hits()[0].key, "900", "credit", "700"),
    ]
    assert [row["change"] for row in found] == ["", "none", "meaning"]
    assert [row["depth"] for row in found] == ["0", "0", "1"]


def test_parquet_has_types():
    file = io.BytesIO(exported("utterances", "parquet", Given(hits()[0])))
    row = pyarrow.parquet.read_table(file).to_pylist()[1]
    assert row["may_be_first"] is True and row["follows"] == 700 and row["credited_to"] is None
    assert row["content_spans"] == [{"start": 0, "end": len(told_again().reports[1].content.text)}]


def test_no_cell_begins_as_a_formula_and_all_come_back_as_they_were():
    written = exported("utterances", "csv", Given(hostile_hit())).decode().split("\r\n", 1)[1]
    cells = next(csv.reader(io.StringIO(written, newline="")))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert HOSTILE in map(unguarded, cells)


@pytest.mark.parametrize("form", ["jsonl", "csv", "gexf", "prov"])
def test_a_suppressed_entity_is_named_nowhere(form, joined):
    (head,) = joined.entities("Lindqvist")
    assert head.name in exported("utterances", form, joined).decode()
    joined.review(Review(kind="suppress", by="olav", entity=head.id, payload={}))
    written = exported("utterances", form, joined).decode()
    assert head.name not in written
    assert "The Ellery Courier" in written  # what others said is there
