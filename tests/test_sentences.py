"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "one",
    [
        "Sen. Mara K. Lindqvist of Ostmere Steel Corp. spoke at 5 p.m. on Sept. 3.",
        "The U.S. envoy met Gov. Ode.",
        "It rose 3.5 percent.",
        "“We will not yield,” she said.",
        "He asked “Why?” and left.",
    ],
)
def test_a_stop_that_belongs_to_a_word_ends_no_sentence(one: str) -> None:
    assert split(one) == [one]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. Nobody came.", ["It rained.", "Nobody came."]),
        ("“It rained.” She left.", ["“It rained.”", "She left."]),
        ("A headline\n\nA text", ["A headline", "A text"]),
        ("She works for Ostmere Corp. The firm is old.", ["She works for Ostmere Corp.", "The firm is old."]),
        ("Really?! Yes…  So.", ["Really?!", "Yes…", "So."]),
    ],
)
def test_sentences_end_at_stops_and_line_ends(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_text_without_letters_has_no_sentences_beyond_its_marks() -> None:
    assert split(" \n ") == []


@given(st.text(alphabet=st.sampled_from('ab A.?!\n”"“Mr5 '), max_size=80))
def test_sentences_come_in_order_and_leave_out_only_white_space(text: str) -> None:
    found = sentences(text)
    assert all(start < end for start, end in found)
    at = 0
    for start, end in found:
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
