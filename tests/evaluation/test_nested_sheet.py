from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_corpus import HEARD, NESTED, OFFICE, TEXT

from evaluation import judging, nested
from evaluation.shares import share
from quotidian.errors import BadRecord, NotFound, UsageError

MANY = [replace(NESTED, doc=f"ferry-{number}") for number in range(20)]


def one_sheet(**answers: object) -> nested.Sheet:
    sheet = nested.drawn([NESTED], 1, seed=0, model="m")
    return replace(sheet, rows=(replace(sheet.rows[0], **answers),))


def test_the_same_seed_draws_the_same_sheet_and_another_another() -> None:
    first, again, other = (nested.drawn(MANY, 5, seed, "m") for seed in (0, 0, 1))
    assert first == again
    assert first != other
    assert (first.draw.drawn, first.draw.of) == (5, 20)


def test_only_nested_attributions_are_drawn_with_what_they_lie_in() -> None:
    (row,) = one_sheet().rows
    assert (row.marked, row.parent) == (HEARD, OFFICE)


def test_no_more_can_be_drawn_than_were_found() -> None:
    with pytest.raises(UsageError, match="only 20"):
        nested.drawn(MANY, 21, 0, "m")


def test_a_sheet_comes_back_as_saved_and_holds_no_text(tmp_path: Path) -> None:
    path = tmp_path / "sheet.jsonl"
    sheet = nested.drawn(MANY, 5, 0, "m")
    nested.save(sheet, path)
    assert nested.load(path) == sheet
    assert "ferry was late" not in path.read_text()
    assert json.loads(path.read_text().split("\n")[0]) == {"model": "m", "seed": 0, "drawn": 5, "of": 20}


def test_verdicts_are_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "sheet.jsonl"
    nested.save(one_sheet(), path)
    nested.save(one_sheet(verdict="unsure"), path)
    with pytest.raises(UsageError, match="has verdicts"):
        nested.save(one_sheet(), path)


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "maybe"},
        {"verdict": "right", "cue_right": False},
        {"verdict": "wrong", "is": True, "cue_right": True, "source_right": True, "content_right": True},
        {"doc": None, "content": 3},
    ],
)
def test_a_row_that_contradicts_itself_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "sheet.jsonl"
    nested.save(one_sheet(), path)
    head, row, _ = path.read_text().split("\n")
    path.write_text(head + "\n" + json.dumps(json.loads(row) | change) + "\n")
    with pytest.raises(BadRecord, match="line 2"):
        nested.load(path)


def test_an_absent_sheet_says_how_to_draw_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="--draw"):
        nested.load(tmp_path / "sheet.jsonl")


def test_unsure_counts_as_wrong_and_unjudged_not_at_all() -> None:
    (row,) = one_sheet().rows
    rows = [replace(row, verdict=verdict) for verdict in ("right", "right", "wrong", "unsure", None)]
    shares = nested.precision(rows)
    assert (shares["right"].right, shares["right"].of) == (2, 4)
    assert shares["at depth 1"] == shares["right"]
    with pytest.raises(UsageError, match="no row has a verdict"):
        nested.precision(rows[-1:])


def test_each_answer_is_counted_over_the_rows_that_have_it() -> None:
    (row,) = one_sheet().rows
    answered = replace(row, verdict="wrong", answers=row.answers | {"is": True, "cue_right": False})
    shares = nested.precision([answered, replace(row, verdict="wrong", answers=row.answers | {"is": False})])
    assert (shares["is"].right, shares["is"].of) == (1, 2)
    assert (shares["cue right"].right, shares["cue right"].of) == (0, 1)
    assert "source right" not in shares


@given(st.integers(0, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_lies_in_zero_to_one(counts: tuple[int, int]) -> None:
    right, of = counts
    one = share(right, of)
    assert 0.0 <= one.low < one.high <= 1.0
    assert one.low - 1e-12 <= (right / of if of else 0.5) <= one.high + 1e-12


def test_the_judge_sees_the_parent_and_the_roles_in_place() -> None:
    shown = judging.shown(one_sheet().rows[0], 1, TEXT)
    assert "said <<[S: it] [C: had heard] [X: that the ferry was late]>>." in shown
    assert "parent  The harbour office of Ostmere | said | it had heard that the ferry was late" in shown
    assert "sails at noon" not in shown  # another paragraph


def test_the_judge_is_not_shown_another_text() -> None:
    with pytest.raises(UsageError, match="not the text"):
        judging.shown(one_sheet().rows[0], 1, TEXT.replace("late", "later"))
