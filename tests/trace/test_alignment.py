from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.alignment import aligned

WORDS = st.lists(
    st.sampled_from(
        ["We", "will", "not", "pay", "it", "all", "by", "May", "“no”", "7", "—", "Mourèl’s", "水"]
    ),
    max_size=25,
).map(" ".join)


def shown(a: str, b: str) -> list[tuple[str, str, str]]:
    """The steps with the words they stand for."""
    return [(e.operation, a[e.a.start : e.a.end], b[e.b.start : e.b.end]) for e in aligned(a, b).edits]


def test_each_step_shows_the_words_of_both_texts():
    assert shown("We will open the gates in May.", "“We will open the sluices,” she said, “in May.”") == [
        ("same", "We will open the", "We will open the"),
        ("changed", "gates", "sluices,” she said"),
        ("same", "in May", "in May"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "change"),
    [
        ("“No order was given by me.”", "No order was given by me", "none"),
        ("“It’s our lake,” she said.", "“It is our lake,” she said.", "edited"),
        ("“No order was given by me, and nobody asked for one.”", "“No order was given by me.”", "cut"),
        (
            "“We kept the gates shut … and we will keep them shut.”",
            "“We kept the gates shut for nine days, as we had to, and we will keep them shut.”",
            "cut",
        ),
        (
            "“We will keep the gates shut until Sunday.”",
            "“We will keep these gates firmly shut until Sunday.”",
            "edited",
        ),
        (
            "“There was no call and there was no order.”",
            "“There was a call and there was no order.”",
            "meaning",
        ),
        ("“The inquiry will take three weeks.”", "“The inquiry will take three months.”", "meaning"),
        ("“The inquiry will take 61 days.”", "“The inquiry will take 58 days.”", "meaning"),
        ("“The dam is safe in any weather.”", "“The dam is probably safe in any weather.”", "meaning"),
        ("“I blame Anselm Drage for the dry lake.”", "“I blame Odile Tarn for the dry lake.”", "meaning"),
    ],
)
def test_how_the_words_differ(a: str, b: str, change: str):
    assert aligned(a, b).change == change


def test_what_is_not_quoted_may_be_a_paraphrase():
    a, b = "“I have ninety people and a narrow road.”", "that she would not hurry her officers up the road"
    assert aligned(a, b, directness=("direct", "indirect")).change == "paraphrase"


@pytest.mark.parametrize(
    ("a", "b", "conflict"),
    [
        ("We will pay all of it.", "We will not pay all of it.", "negation"),
        ("It fell by 2.3 metres on Sunday.", "It fell by 3.2 metres on Sunday.", "number"),
        ("It may rain on the march today.", "It will rain on the march today.", "hedge"),
        ("That was the work of Casimir Vane alone.", "That was the work of Lorcan Fisk alone.", "target"),
    ],
)
def test_a_change_of_meaning_is_marked_at_its_words(a: str, b: str, conflict: str):
    found = aligned(a, b)
    assert found.conflicts == (conflict,)
    assert [edit.conflict for edit in found.edits if edit.conflict] == [conflict]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Forty thousand marched.", "40,000 marched."),
        ("The colonel Muammar Sorrel said so.", "The colonel Moammar Sorrell said so."),
        ("We did not ask. We won.", "We won."),  # what is left out says nothing else of the rest
    ],
)
def test_another_spelling_or_a_shorter_quotation_changes_no_meaning(a: str, b: str):
    assert aligned(a, b).conflicts == ()


@given(WORDS, WORDS)
def test_steps_cover_every_word_of_both_texts_in_order(a: str, b: str):
    edits = aligned(a, b).edits
    for text, spans in ((a, [e.a for e in edits]), (b, [e.b for e in edits])):
        assert all(0 <= s.start <= s.end <= len(text) for s in spans)
        assert all(x.end <= y.start for x, y in pairwise(spans))
        kept = "".join(text[s.start : s.end] for s in spans)
        assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@given(WORDS)
def test_a_text_beside_itself_is_the_same(a: str):
    assert aligned(a, a).change == "none"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_strings_can_be_set_side_by_side(a: str, b: str):
    for edit in aligned(a, b).edits:
        assert 0 <= edit.a.start <= edit.a.end <= len(a)
        assert 0 <= edit.b.start <= edit.b.end <= len(b)


def test_a_clause_that_takes_it_back_is_missed_where_it_is_cut_off():
    whole, half = "“We will mend the gate this week, but not the wall.”", "“We will mend the gate this week.”"
    assert aligned(whole, half).conflicts == ("negation",)
    assert aligned("“We will mend the gate this week and”", half).conflicts == ()
