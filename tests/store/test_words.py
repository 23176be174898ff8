"""The folding of words, which texts and queries share."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotidian.store.words import LONGEST, folded, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Minister, said.", "the minister said"),
        ("O’Neil O'Neil ONEIL", "oneil oneil oneil"),
        ("Moor's Moor’s Moor", "moor moor moor"),
        ("the ministers' plan", "the ministers plan"),
        ("don't", "dont"),
        ("l'Équipe d’Estaing", "l equipe d estaing"),
        ("co-op state‑owned 1990–91", "co op state owned 1990 91"),
        ("Øre Łódź đak Straße ısı İZ Ærø", "ore lodz dak strasse isi iz aero"),
        ("Zoë ZOE\u0308", "zoe zoe"),
        ("ﬁne ２０２６ ①", "fine 2026 1"),
        ("٣٤ २", "34 2"),
        ("שָׁלוֹם", "שלום"),
        ("\u200fאבג\u200e a\u200bb\u00adc", "אבג abc"),
        ("الْوَزِير", "الوزير"),
        ("首相は訪問", "首 相 は 訪 問"),
        ("が か ｶﾞ", "が か ガ"),
        ("한국", "한 국"),
        ("Ёлка Й", "елка и"),
        ("हिन्दी", "हिन्दी"),
        ("a\x00b \ud800 c", "a b c"),
        ("'quoted' ''s", "quoted s"),
        ("!?… —", ""),
    ],
)
def test_words_are_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text())
@example("ŉ")
@example("ʹs'")
def test_words_of_any_text_are_their_own_words(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found


@given(st.text())
def test_a_word_has_no_space_no_quote_and_is_not_too_long(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= LONGEST
        assert not set(word) & set(" '\"\\·\x00")


@given(st.text(), st.text())
def test_words_on_two_lines_are_those_of_each_line(one: str, other: str) -> None:
    assert words(f"{one}\n{other}") == words(one) + words(other)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_word_can_be_stored_as_utf_8(text: str) -> None:
    assert all(word.encode() for word in words(text))
