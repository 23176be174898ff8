"""Numbers in words, and what of the meaning differs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.meaning import conflict_of
from quotidian.trace.numbers import numbers, value
from quotidian.trace.words import forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three of the forty-two keepers", (3, 42)),
        ("$1,200 or twelve hundred crowns", (1200, 1200)),
        ("a dozen, half of them twice", (12, "0.5", 2)),
        ("two million three hundred", (2_000_000, 300)),
        ("the 7th day", (7,)),
        ("no number at all", ()),
    ],
)
def test_numbers_of_a_text(text: str, expected: tuple[object, ...]):
    assert numbers(forms(text)) == tuple(Decimal(str(one)) for one in expected)


@given(st.integers(0, 10**12))
def test_digits_are_their_number_with_and_without_commas(number: int):
    assert numbers(forms(f"{number:,}")) == numbers(forms(str(number))) == (Decimal(number),)


@given(st.text(min_size=1, max_size=12))
def test_any_word_has_a_value_or_none(text: str):
    for form in forms(text):
        assert value(form) is None or isinstance(value(form), Decimal)


def conflict(a: str, b: str, before: str = "") -> str | None:
    one, other = forms(a), forms(b)
    names = [frozenset(word.lower() for word in text.split() if word[0].isupper()) for text in (a, b)]
    return conflict_of(forms(before), one, other, names_a=names[0], names_b=names[1])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("will", "will not", "negation"),
        ("never", "not", None),
        ("three", "four", "number"),
        ("3", "three", None),
        ("surely", "perhaps", "hedge"),
        ("Drage", "Varro", "target"),
        ("Drage", "he", None),
        ("gates", "sluices", None),
    ],
)
def test_what_of_the_meaning_differs(a: str, b: str, expected: str | None):
    assert conflict(a, b) == expected
    assert conflict(b, a) == expected


def test_another_unit_after_a_number_is_another_number():
    assert conflict("days", "weeks", before="for three") == "number"
    assert conflict("days", "weeks", before="for many") is None
