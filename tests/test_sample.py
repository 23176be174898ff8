import csv as plain_csv
import io
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian import sample
from quotidian.errors import UsageError
from write.invented import articles, story, strike, told_articles


def stories(count):
    return [story(id=f"a-{number}") for number in range(count)]


def drawn(count, seed=0, of=40):
    return [(row["article_id"], row["cue"]) for row in sample.draw(stories(of), count, seed).rows]


def filled(rows, marks, **saved_with):
    """The sheet as a spreadsheet saves it with these marks, three a row, in order."""
    file = io.StringIO(newline="")
    writer = plain_csv.DictWriter(file, sample.COLUMNS, **saved_with)
    writer.writeheader()
    for cells, given_marks in zip(rows, marks, strict=True):
        writer.writerow({**cells, **dict(zip(sample.QUESTIONS, given_marks, strict=False))})
    return file.getvalue()


def scored(marks, **saved_with):
    rows = sample.draw(stories(40), len(marks), 0).rows
    return sample.score(sample.read_sheet(filled(rows, marks, **saved_with).encode()))


def test_the_same_seed_draws_the_same_sheet_and_another_seed_another():
    assert drawn(20) == drawn(20)
    assert drawn(20) != drawn(20, seed=1)


def test_a_statement_is_drawn_once_and_in_the_order_of_the_input():
    numbers = [int(article[2:]) for article, _ in drawn(50)]
    assert numbers == sorted(numbers) and len(numbers) == 50
    rows = sample.draw(stories(1), 5, 0).rows
    assert len({row["attribution_id"] for row in rows}) == 5


def test_where_there_are_fewer_all_are_drawn():
    found = sample.draw(stories(2), 200, 0)
    assert (len(found.rows), found.statements, found.articles) == (10, 10, 2)


def test_every_statement_has_the_same_chance():
    hits = Counter(article for seed in range(400) for article, _ in drawn(5, seed, of=4))
    # 5 of 20 statements in each of 400 draws: each article is expected 500 times; 5 sigma is 84.
    assert all(abs(count - 500) < 84 for count in hits.values()) and len(hits) == 4


@given(articles())
def test_the_context_holds_every_word_of_the_statement(article):
    for found in article:
        shown = re.sub("[⟨⟩‹›⟦⟧]", "", sample.context(article.text, found))
        for passage in (found.source, found.cue, found.content):
            for start, end in passage.spans if passage else ():
                assert "".join(article.text[start:end].split()) in "".join(shown.split())


def test_the_context_is_the_sentence_with_its_parts_marked():
    assert sample.context(story().text, story().attributions[2]) == (
        "⟨Kline⟩ ‹said› ⟦the navy had denied that its cutters were stuck⟧."
    )


@given(st.lists(articles(), max_size=3), st.integers(1, 5))
def test_a_sheet_is_read_back_as_it_was_written(stories, count):
    rows = sample.draw(stories, count, 0).rows
    assert sample.read_sheet(sample.sheet(rows).encode()) == rows


def test_a_row_names_the_speaker_and_says_where_that_is_not_clear():
    rows = sample.draw([strike()], 7, 0).rows
    assert [row["speaker"] for row in rows[1:4]] == [
        "Mara Lindqvist",
        "perhaps Edda Brandt or Tomas Brandt",
        "A senior official",
    ]
    assert (rows[1]["source"], rows[1]["said"], rows[1]["about"]) == (
        "She",
        "2031-03-04",
        "Harbour Workers' Union",
    )


@given(told_articles())
def test_a_row_has_every_column_and_no_other(article):
    for row in sample.draw([article], 5, 0).rows:
        assert tuple(row) == sample.COLUMNS


def test_a_sheet_that_does_not_ask_for_the_speaker_is_scored_all_the_same():
    rows = sample.draw(stories(1), 2, 0).rows
    old = [name for name in sample.COLUMNS if name != "speaker_right"]
    file = io.StringIO(newline="")
    writer = plain_csv.DictWriter(file, old, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**row, "whole_right": "y"} for row in rows)
    score = sample.score(sample.read_sheet(file.getvalue().encode()))
    assert score.overall["whole_right"].precision == 1
    assert score.overall["speaker_right"].precision is None


def test_precision_counts_right_and_wrong_and_keeps_the_unsure_apart():
    score = scored([("y", "Y", "y"), ("n", " yes ", "n"), ("y", "?", "?"), ("", "", "")])
    whole = score.overall["whole_right"]
    assert whole.counts == {"right": 1, "wrong": 1, "unsure": 1, "empty": 1}
    assert whole.precision == 0.5
    assert score.overall["source_right"].precision == pytest.approx(2 / 3)
    assert score.overall["content_right"].precision == 1


def test_a_mark_that_is_none_of_ours_is_named_by_its_row_and_not_counted():
    score = scored([("y", "y", "y"), ("maybe", "y", "y")])
    assert score.problems == ("row 3, source_right: 'maybe' is none of y, n and ?",)
    assert score.overall["source_right"].decided == 1


def test_precision_is_given_by_outlet_and_by_directness():
    rows = sample.draw([story(), story(outlet="Sant Orsel Tide")], 10, 0).rows
    marks = [("y", "y", "y" if row["outlet"] == "Sant Orsel Tide" else "n") for row in rows]
    score = sample.score(sample.read_sheet(filled(rows, marks).encode()))
    assert score.by_outlet["Sant Orsel Tide"]["whole_right"].precision == 1
    assert score.by_outlet["The Ellery Courier"]["whole_right"].precision == 0
    assert score.by_directness["direct"]["whole_right"].decided == 2
    printed = "\n".join(sample.lines(score))
    assert "Sant Orsel Tide" in printed and "50.0%" in printed and "5/10" in printed


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_sheet_is_read_however_a_spreadsheet_saved_it(delimiter, encoding):
    rows = [{**row, "context": "café", "title": "“a; b”"} for row in sample.draw(stories(1), 2, 0).rows]
    saved = filled(rows, [("y", "n", "n")] * 2, delimiter=delimiter).encode(encoding)
    back = sample.read_sheet(saved)
    assert [(row["context"], row["title"], row["whole_right"]) for row in back] == [
        ("café", "“a; b”", "n")
    ] * 2


@pytest.mark.parametrize(
    "content", [b"", b"a,b\r\n1,2\r\n", b"\x00\xff\xfe", b"source_right,content_right\r\n"]
)
def test_a_file_that_is_no_sheet_is_refused_with_what_is_missing(content):
    with pytest.raises(UsageError, match="no column"):
        sample.read_sheet(content)


# Values of the closed formula, computed apart (exact rational arithmetic for the squares).
@pytest.mark.parametrize(
    "right, decided, low, high",
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_wilsons(right, decided, low, high):
    assert sample.wilson(right, decided) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_the_share_and_stays_between_0_and_1(answers):
    right, decided = answers
    low, high = sample.wilson(right, decided)
    assert 0 <= low <= right / decided + 1e-12 and right / decided - 1e-12 <= high <= 1
