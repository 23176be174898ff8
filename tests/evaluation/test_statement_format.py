"""The golden cases of statements compile, keep their rules and hold what they promise."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.gold import statements
from evaluation.gold.statements import StatementItem, item, items, listed
from quotidian.errors import BadRecord
from quotidian.types import ActClass, SpeakerKind, StanceClass

ITEMS = items()
HEADER = "# id | who, a case | The Harbour Courier, Friday 2024-03-08"
TEXT = "{S1:Dagny Pell} {C1:said} {X1:on Friday that the “council” was asleep}."

# As the issue has them; a case's construction goes on after a comma.
BAD_INPUT = (
    "no people",
    "two people of one surname",
    "a speaker named only in the last line",
    "a list of",
    "an interview in question-and-answer form",
    "a live blog with times",
    "quotes without any source",
    "a pronoun before its name",
    "31 February",
    "Sept. 31",
    '"last Friday" on a Friday',
    "publication day missing",
)


def answers(field: str) -> Counter[str]:
    return Counter(
        answer for one in ITEMS for expected in one.expected for answer in expected.fields.get(field, ())
    )


@pytest.mark.parametrize("one", ITEMS, ids=lambda one: one.id)
def test_an_article_is_clean_text_with_sound_spans(one: StatementItem) -> None:
    assert one.text == one.text.strip()
    assert not set(one.text) & set("{}|>")
    for attribution in one.attributions:
        for start, end in (*attribution["source"], *attribution["cue"], *attribution["content"]):
            assert 0 <= start < end <= len(one.text)


@pytest.mark.parametrize("one", ITEMS, ids=lambda one: one.id)
def test_something_is_said_of_every_article(one: StatementItem) -> None:
    assert one.expected


def test_ids_and_texts_are_unique() -> None:
    for counted in (Counter(one.id for one in ITEMS), Counter(one.text for one in ITEMS)):
        assert counted.most_common(1)[0][1] == 1


@pytest.mark.parametrize("line", BAD_INPUT)
def test_each_kind_of_bad_input_has_a_case(line: str) -> None:
    assert any(one.construction.startswith(f"bad input: {line}") for one in ITEMS)


@pytest.mark.parametrize("kind", get_args(SpeakerKind))
def test_each_kind_of_source_is_there_twice(kind: str) -> None:
    assert answers("kind")[kind] >= 2


@pytest.mark.parametrize("act", get_args(ActClass))
def test_each_kind_of_act_is_there_twice(act: str) -> None:
    assert answers("act")[act] >= 2


@pytest.mark.parametrize("stance", get_args(StanceClass))
def test_each_stance_is_there_twice(stance: str) -> None:
    assert answers("stance")[stance] >= 2


def test_what_cannot_be_settled_is_there_several_times() -> None:
    assert sum(answers("maybe").values()) >= 3


def test_the_file_says_that_it_is_fiction() -> None:
    assert "FICTION" in statements.STATEMENTS.read_text(encoding="utf-8").partition("\n# ")[0]


def test_a_line_says_what_is_so_of_a_statement() -> None:
    made = item(HEADER, [TEXT, "> 1 | person Dagny Pell | act not state | said 2024 or open"])
    (one,) = made.expected
    assert (one.subject, one.of, made.kind) == ("statement", "1", "who")
    assert one.fields == {
        "kind": ("person",),
        "name": ("Dagny Pell",),
        "act": ("not state",),
        "said": ("2024", "open"),
    }


def test_a_kind_without_a_name_may_have_words() -> None:
    made = item(HEADER, [TEXT, "> 1 | unnamed asleep", "> 1 | none"])
    assert [one.fields for one in made.expected] == [
        {"kind": ("unnamed",), "described": ("asleep",)},
        {"kind": ("none",)},
    ]


def test_lines_say_what_is_so_of_dates_labels_and_the_whole() -> None:
    made = item(
        HEADER, [TEXT, "> date Friday | value -", "> label council | by 1", "> persons Dagny Pell; Pell"]
    )
    assert [(one.subject, one.of) for one in made.expected] == [
        ("date", "Friday"),
        ("label", "council"),
        ("persons", ""),
    ]
    assert listed(made.expected[2].fields["names"][0]) == ["Dagny Pell", "Pell"]


def test_the_publication_day_may_be_missing() -> None:
    assert item(HEADER.replace("Friday 2024-03-08", "no day"), [TEXT]).published is None


@given(st.dates(), st.integers(0, 6))
def test_a_day_and_its_weekday_have_to_agree(day: date, off: int) -> None:
    written = f"# id | who, a case | The Harbour Courier, {day + timedelta(off):%A} {day.isoformat()}"
    if off:
        with pytest.raises(BadRecord, match=f"is a {day:%A}"):
            item(written, [TEXT])
    else:
        assert item(written, [TEXT]).published == day


@given(st.lists(st.text('12.|>-; ()or"acdegknpst“”XYZ{}S:', max_size=12), max_size=4))
def test_whatever_is_written_is_read_or_refused_by_name(parts: list[str]) -> None:
    line = "> " + " | ".join(["1", *parts])
    try:
        made = item(HEADER, [TEXT, line])
    except BadRecord as error:
        assert "item id" in str(error)
    else:
        assert made.text == "Dagny Pell said on Friday that the “council” was asleep."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("> 2 | person Dagny Pell", "no attribution 2"),
        ("> someone | person Dagny Pell", "neither a number nor"),
        ("> 1 | person Mara Lindqvist", "not in the text"),
        ("> 1 | about council; Estrin", "'Estrin' is not in the text"),
        ("> 1 | colour red", "no field 'colour'"),
        ("> 1 | act shout", "not one of"),
        ("> 1 | stance cool", "not one of"),
        ("> 1 | said Tuesday", "neither 'open' nor EDTF"),
        ("> 1 | said", "no answer"),
        ("> 1 | via asleep | via Friday", "via twice"),
        ("> date Monday | value 2024-03-04", "0 times"),
        ("> date a | value 2024-03-04", "times in the text"),
        ("> label duke | by outlet", "not in the text"),
        ("> label council | by 3", "neither the outlet"),
        ("> label council | marks loud", "not one of"),
    ],
)
def test_what_cannot_be_so_is_refused_with_the_item_and_the_reason(line: str, why: str) -> None:
    with pytest.raises(BadRecord, match=f"item id: .*{why}"):
        item(HEADER, [TEXT, line])


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("# id | no outlet", "write '# id"),
        ("# id | who | The Lamp, someday", "write the day as"),
        ("# id | who | The Lamp, Monday 2024-02-31", "day is out of range"),
    ],
)
def test_a_header_that_is_none_is_refused(header: str, why: str) -> None:
    with pytest.raises(BadRecord, match=why):
        item(header, [TEXT])
