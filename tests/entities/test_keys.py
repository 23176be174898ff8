"""Which entities find each other, and how few are looked at."""

from __future__ import annotations

import pytest
from tests.entities.invented import body, person

from quotidian.entities import Appearance, keys, sought


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mara Lindqvist", "Lindqvist"),
        ("Mara Lindqvist", "M. Lindqvist"),
        ("Mara Lindqvist", "Mara Lindquist"),
        ("Mara Lindqvist", "Mara H. Lindqvist"),
        ("Bill Thorne", "William Thorne"),
        ("Bob Ansgar", "Rob Ansgar"),
        ("José Almarín", "Jose Almarin"),
        ("Ursula van Dyk", "van Dyk"),
        ("Ursula van Dyk", "Dyk"),
        ("Han Sei-Ro", "Han"),
        ("J. Edmund Halloway", "Edmund Halloway"),
        ("李明", "李明"),
    ],
)
def test_people_who_may_be_one_find_each_other(one: str, other: str) -> None:
    assert keys(person(one)) & sought(person(other))
    assert keys(person(other)) & sought(person(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mara Lindqvist", "Tomas Lindqvist"), ("Mara Lindqvist", "Mara Ode"), ("Jr.", "Jr."), ("K.", "K.")],
)
def test_people_who_cannot_be_one_are_not_looked_at(one: str, other: str) -> None:
    assert not keys(person(one)) & sought(person(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northern League", "the Northern League"),
        ("Trade Ministry", "Ministry of Trade"),
        ("Ministry of Trade", "Ministry of Trade and Industry"),
        ("Norrfisk Ltd", "Norrfisk"),
        ("U.N.", "United Nations"),
        ("Frey & Brin", "Frey and Brin"),
        ("Northern League", "NL"),
        ("Harbour Courier", "the Courier"),
    ],
)
def test_bodies_that_may_be_one_find_each_other(one: str, other: str) -> None:
    assert keys(body(one)) & sought(body(other))
    assert keys(body(other)) & sought(body(one))


def test_an_acronym_of_other_letters_is_found_once_an_article_gives_it() -> None:
    exporters = body("Kestrian Oil Exporters", labels=("KOEX",))
    assert keys(exporters) & sought(body("KOEX"))
    assert keys(body("KOEX")) & sought(exporters)


def test_a_person_is_never_looked_for_among_bodies() -> None:
    for one in (person("Norrfisk"), person("NL")):
        assert not keys(one) & sought(Appearance(type="organisation", name=one.name))
