from __future__ import annotations

import pytest
from invented_corpus import OUTERMOST
from invented_statements import Answers

from evaluation import about, predict
from evaluation.about import Compared, Label

LABELS = [
    Label("ferry", 0, ("Jon Vale", "The Harbour Office"), maybe=("Ostmere",)),
    Label("ferry", 1, ()),
    Label("ferry", 2, ("Mara Lindqvist",)),
]


def told(**names: list[str]) -> list[Compared]:
    shown = {"“The ferry": names.get("first", ()), "it had": names.get("second", ())}
    return about.of_given(LABELS, predict.resolved([OUTERMOST], Answers(about=shown)))


def test_names_are_counted_over_all_statements_together() -> None:
    rate = about.rate(told(first=["Jon Vale", "Sarvenia"], second=["Mara Lindqvist"]))
    assert (rate.right, rate.given, rate.wanted) == (1, 3, 3)


@pytest.mark.parametrize("name", ["jon vale", "THE JON VALE"])
def test_case_and_a_leading_the_are_no_difference(name: str) -> None:
    assert about.rate(told(first=[name, "harbour office"])).precision == 100


def test_a_part_of_a_name_is_not_the_name() -> None:
    assert about.rate(told(first=["Vale"])).right == 0


def test_a_name_that_readers_argue_over_counts_neither_way() -> None:
    assert about.rate(told(first=["Jon Vale", "Ostmere"])) == about.rate(told(first=["Jon Vale"]))
    # of another statement it is wrong
    assert about.rate(told(second=["Ostmere"])).given == 1


def test_a_name_given_twice_is_given_once() -> None:
    assert about.rate(told(first=["Jon Vale", "Jon Vale"])).given == 1


def test_what_is_wrong_is_listed() -> None:
    assert about.wrong(told(first=["Jon Vale", "Sarvenia"])) == [
        "ferry 0: missed ['harbour office'], wrong ['sarvenia']",
        "ferry 2: missed ['mara lindqvist'], wrong []",
    ]


def test_a_statement_about_nobody_is_right_without_names() -> None:
    assert about.wrong(told()[1:2]) == []


def test_every_label_that_is_published_can_be_read() -> None:
    assert len(about.labels()) == 150
