"""What changed, so that each version can be read out of it again."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quotidian.serve.shown.changes import LONGEST, changes

words = st.lists(st.sampled_from(["The", "ferry", "1.4", "sails", "\n\n", " ", ",", "don't"]), max_size=30)
versions = words.map("".join)


@given(versions, versions)
def test_both_versions_can_be_read_out_of_what_changed(before: str, after: str) -> None:
    found = changes(before, after)

    assert "".join(change.text for change in found if change.kind != "new") == before
    assert "".join(change.text for change in found if change.kind != "gone") == after
    assert all(one.kind != other.kind for one, other in pairwise(found))


@given(versions)
def test_nothing_changed_where_both_are_the_same(text: str) -> None:
    assert all(change.kind == "same" for change in changes(text, text))


def test_one_figure_changed_is_one_change() -> None:
    found = changes("It fell by 1.4 metres, she said.", "It fell by 1.1 metres, she said.")

    assert [(change.kind, change.text) for change in found] == [
        ("same", "It fell by "),
        ("gone", "1.4"),
        ("new", "1.1"),
        ("same", " metres, she said."),
    ]


def test_paragraphs_too_long_to_compare_are_shown_whole() -> None:
    before, after = "a " * LONGEST + "x", "a " * LONGEST + "y"

    assert [change.kind for change in changes(before, after)] == ["gone", "new"]
