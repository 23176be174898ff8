"""Two wordings beside each other: whatever is marked, each can be read whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotidian.told.aligned import pieces, sides
from quotidian.trace.alignment import aligned

WORDS = st.lists(
    st.sampled_from(
        ["we", "will", "not", "pay", "it", "all", "by", "May", "9", "“", "”", ",", ".", "é", "水", "perhaps"]
    ),
    max_size=14,
)
TEXTS = WORDS.map(" ".join) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_no_character_of_either_is_lost(first: str, second: str) -> None:
    beside = aligned(first, second)
    before, after = sides(beside, first, second)
    assert "".join(one.text for one in before) == first
    assert "".join(one.text for one in after) == second
    assert "".join(one.text for one in pieces(beside, first, second) if one.kind != "cut") == second


def test_what_changes_the_meaning_is_marked_on_both_sides() -> None:
    first, second = "We will pay 40 crowns by May.", "We will pay 14 crowns by May."
    before, after = sides(aligned(first, second), first, second)
    assert [(one.kind, one.text, one.meaning) for one in before if one.meaning] == [
        ("cut", "40", "a number differs")
    ]
    assert [(one.kind, one.text) for one in after if one.meaning] == [("added", "14")]
