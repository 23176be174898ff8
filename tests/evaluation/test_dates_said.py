from __future__ import annotations

import pytest
from invented_corpus import OUTERMOST

from evaluation import said
from evaluation.said import Compared, Label
from evaluation.types import Document, spans_of
from quotidian.types import Said, SaidFrom


def told(edtf: str | None, from_: SaidFrom, label: Label) -> Compared:
    return Compared(label, Said(edtf, from_, 1.0))


DATED = Label("ferry", 0, "2024-03-05", also=("2024-03", "open"))
OPEN = Label("ferry", 1, "open")


@pytest.mark.parametrize(
    "label, edtf, from_, right",
    [
        (DATED, "2024-03-05", "words", True),
        (DATED, "2024-03", "context", True),
        (DATED, "2024-03-06", "words", False),
        (DATED, "../2024-03-07", "published", True),
        (OPEN, "../2024-03-07", "published", True),
        (OPEN, None, "nothing", True),
        (OPEN, "2024-03-05", "words", False),
        (Label("ferry", 0, "2024-03-05"), "../2024-03-07", "published", False),
    ],
)
def test_a_day_is_right_if_the_label_or_another_that_a_reader_could_defend(
    label: Label, edtf: str | None, from_: SaidFrom, right: bool
) -> None:
    assert told(edtf, from_, label).right is right


def test_a_statement_without_any_day_is_open() -> None:
    assert Compared(OPEN, None).right


def test_shares_are_counted_over_all_and_by_what_dates_ours() -> None:
    compared = [told("2024-03-05", "words", DATED), told("2024-03-05", "words", OPEN), Compared(OPEN, None)]
    assert (said.rightly(compared).right, said.rightly(compared).of) == (2, 3)
    assert {ground: one.right for ground, one in said.by_ground(compared).items()} == {
        "nothing": 1,
        "words": 1,
    }
    assert said.wrong(compared) == ["ferry 1: labelled open, ours 2024-03-05"]


def test_marked_attributions_are_dated_without_a_model_by_their_numbers() -> None:
    text = "On Tuesday, Mara Lindqvist said the pier was safe."
    places = {words: text.index(words) for words in ("Mara Lindqvist", "said", "the pier was safe")}
    roles = [spans_of([[start, start + len(words)]]) for words, start in places.items()]
    first = OUTERMOST.attributions[0]
    one = Document("pier", text, (type(first)(*roles),), published="2024-03-07T10:20")
    days = said.by_words([one])
    assert days["pier"][0].edtf == "2024-03-05"
    (compared,) = said.compare([Label("pier", 0, "2024-03-05")], days)
    assert compared.right


def test_every_label_that_is_published_can_be_read() -> None:
    assert len(said.labels()) == 150
