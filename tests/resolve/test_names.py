"""When two names may be one person's, or one body's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.resolve.names import is_acronym, parts, same_body, same_person

GIVEN = st.sampled_from(["Mara", "Eva", "Tomas", "William", "Ursula"])
SURNAMES = st.sampled_from(["Lindqvist", "van Dyk", "Ode", "Halloran-Pike", "Brandt"])


@pytest.mark.parametrize(
    ("shorter", "fuller", "clue"),
    [
        ("Lindqvist", "Mara Lindqvist", "same surname"),
        ("Mara", "Mara Lindqvist", "same first name"),
        ("M. Lindqvist", "Mara Lindqvist", "same initial and surname"),
        ("Mara Lindqvist", "Mara K. Lindqvist Jr.", "same first name and surname"),
        ("Bill Ode", "William Ode", "same surname, and “Bill” is short for “William”"),
        ("Mara Lindquist", "Mara Lindqvist", "same first name, and a surname spelt nearly alike"),
        ("Lindquist", "Mara Lindqvist", "a surname spelt nearly alike"),
        ("van Dyk", "Ursula van Dyk", "the end of the same name"),
    ],
)
def test_a_shorter_or_other_form_of_a_persons_name_is_known_by_a_clue(
    shorter: str, fuller: str, clue: str
) -> None:
    assert same_person(shorter, fuller) == clue


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lund", "Eva Lund"),
        ("Tomas Ode", "Tomas Brandt"),
        ("Dean", "Eva Bean"),
        ("T. Ode", "Mara Ode"),
        ("", "Mara Lindqvist"),
    ],
)
def test_names_of_two_people_are_kept_apart(one: str, other: str) -> None:
    assert same_person(one, other) is None


@given(GIVEN, SURNAMES)
def test_a_surname_always_belongs_to_its_full_name(given_name: str, surname: str) -> None:
    assert same_person(surname, f"{given_name} {surname}") is not None


@given(st.text(max_size=40), st.text(max_size=40))
def test_whether_two_names_are_one_persons_does_not_depend_on_their_order(one: str, other: str) -> None:
    assert (same_person(one, other) is None) == (same_person(other, one) is None)


@given(st.text(max_size=60))
def test_a_name_is_the_same_as_itself_unless_it_has_no_letters(name: str) -> None:
    assert (same_person(name, name) == "same name") == bool(parts(name))


@pytest.mark.parametrize(
    ("shorter", "fuller", "clue"),
    [
        ("the Northern League", "Northern League", "same name"),
        ("NL", "the Northern League", "its initials"),
        ("N.L.", "the Northern League", "its initials"),
        ("Post", "The Ostmere Post", "the last word of the same name"),
        ("Budget Committee", "the Senate Budget Committee", "the end of the same name"),
        ("Ostmere Steel", "Ostmere Steel Works", "the beginning of the same name"),
    ],
)
def test_a_bodys_shorter_name_is_known_by_a_clue(shorter: str, fuller: str, clue: str) -> None:
    assert same_body(shorter, fuller) == clue


@pytest.mark.parametrize(
    ("one", "other"), [("NL", "the Southern League"), ("Post", "The Ostmere Courier"), ("", "the Bank")]
)
def test_names_of_two_bodies_are_kept_apart(one: str, other: str) -> None:
    assert same_body(one, other) is None


@pytest.mark.parametrize(
    ("acronym", "name"),
    [("MoT", "Ministry of Trade"), ("MT", "Ministry of Trade"), ("T.U.C.", "the Trades Union Congress")],
)
def test_initials_may_leave_out_small_words(acronym: str, name: str) -> None:
    assert is_acronym(acronym, name)


def test_one_letter_is_no_acronym() -> None:
    assert not is_acronym("M", "Ministry")
