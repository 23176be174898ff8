"""Words given for a correction are found where they stand; places say exactly which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.serve.requests import Form
from quotidian.serve.shown.corrections import Unfit, lines, passage, places
from quotidian.types import Passage

TEXT = "The ferry sails, said Moor. “We\nsail,” said Hale, “on Monday.” The ferry sails."


def given_for(role: str, was: Passage | None = None, near: int = 0, **fields: str) -> list[list[int]] | None:
    form = Form({name: [value] for name, value in fields.items()})
    return passage(form, role, TEXT, was, near, required=False)


def words(spans: list[list[int]] | None) -> list[str]:
    return [TEXT[start:end] for start, end in spans or []]


def test_words_are_found_where_they_stand() -> None:
    assert words(given_for("source", source_words="Hale")) == ["Hale"]


def test_words_that_stand_twice_are_those_nearest_to_the_statement() -> None:
    first, last = TEXT.index("The ferry"), TEXT.rindex("The ferry")

    assert given_for("content", near=3, content_words="The ferry sails") == [[first, first + 15]]
    assert given_for("content", near=70, content_words="The ferry sails") == [[last, last + 15]]


def test_pieces_are_lines_and_stand_one_after_the_other() -> None:
    found = given_for("content", content_words="“We sail,”\n\n“on Monday.”")

    assert words(found) == ["“We\nsail,”", "“on Monday.”"]


def test_places_win_over_words_where_they_were_changed() -> None:
    assert given_for("cue", cue_words="Hale", cue_places="17-21") == [[17, 21]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0-3", [[0, 3]]),
        (" 4 - 9 ; 0–3", [[0, 3], [4, 9]]),
        ("0:3, 4:9", [[0, 3], [4, 9]]),
    ],
)
def test_places_may_be_written_as_people_write_them(typed: str, found: list[list[int]]) -> None:
    assert given_for("cue", cue_places=typed) == found


@pytest.mark.parametrize("typed", ["3-0", "0-0", "0-5, 3-9", "0-9999", "1", "a-b", "0-3 x", "9" * 30 + "-4"])
def test_places_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(Unfit, match="cue"):
        given_for("cue", cue_places=typed)


def test_what_is_left_as_it_was_stays_as_it_was() -> None:
    was = Passage.of(TEXT, [(28, 37), (50, 62)])

    kept = given_for("content", was, content_words=lines(was, TEXT), content_places=places(was))
    assert kept == [[28, 37], [50, 62]]


def test_an_emptied_source_is_nobody() -> None:
    was = Passage.of(TEXT, [(43, 47)])

    assert given_for("source", was, source_words="", source_places="") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_gives_places_in_the_text_or_a_reason(pasted: str, typed: str) -> None:
    try:
        found = given_for("content", content_words=pasted, content_places=typed)
    except Unfit as error:
        assert str(error).endswith((".", "text"))
        return
    last = 0
    for start, end in found or []:
        assert last <= start < end <= len(TEXT)
        last = end
