"""What is known of an entity: added to, put together, written down and read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.entities.invented import known, person

from quotidian.entities import Appearance, Held, Known, judge, keys, sought
from quotidian.entities.values import MOST_COMPANIONS, MOST_ROLES

NAMES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Mara Lindqvist", "M. Lindqvist", "Lindqvist", "NL", "Trade Ministry", "李 明", "O’Dwyre Jr."]
    ),
)
APPEARANCES = st.builds(
    Appearance,
    type=st.sampled_from(["person", "organisation", "place", "group"]),
    name=NAMES,
    role=st.none() | NAMES,
    organisation=st.none() | NAMES,
    labels=st.lists(NAMES, max_size=3).map(tuple),
    outlet=st.none() | NAMES,
    day=st.none() | st.dates().map(lambda day: day.isoformat()),
    companions=st.frozensets(NAMES, max_size=4),
    places=st.frozensets(NAMES, max_size=4),
    pronoun=st.sampled_from([None, "he", "she"]),
)


def test_names_are_counted_and_the_fullest_frequent_one_is_shown() -> None:
    one = known(person("Lindqvist"), person("Lindqvist"), person("Mara Lindqvist"), person("M. Lindqvist"))
    assert one.names == {"Lindqvist": 2, "Mara Lindqvist": 1, "M. Lindqvist": 1}
    assert one.name == "Mara Lindqvist"


def test_offices_keep_their_first_and_last_day() -> None:
    one = known(
        person("Mara Lindqvist", "Trade Minister", day="2026-03-02"),
        person("Mara Lindqvist", "trade minister", day="2025-01-09"),
        person("Mara Lindqvist", "Prime Minister", day="2027-06-01"),
    )
    assert one.held == (
        Held("Trade Minister", None, "2025-01-09", "2026-03-02", 2),
        Held("Prime Minister", None, "2027-06-01", "2027-06-01", 1),
    )
    assert (one.first, one.last, one.articles) == ("2025-01-09", "2027-06-01", 3)


def test_nothing_known_changes_when_an_appearance_is_added() -> None:
    before = known(person("Mara Lindqvist"))
    kept = before.as_json()
    before.with_(person("Lindqvist", "Trade Minister"))
    assert before.as_json() == kept


def test_it_never_grows_without_end() -> None:
    one = known(person("Mara Lindqvist", companions=["Tomas Ode"]))
    for n in range(MOST_COMPANIONS):
        beside = ["Tomas Ode", f"Ada Strand {n}", f"Ida Strand {n}", f"Una Strand {n}"]
        one = one.with_(person("Mara Lindqvist", f"envoy {n}", companions=beside))
    assert len(one.companions) <= 2 * MOST_COMPANIONS
    assert one.companions["tomas ode"] == MOST_COMPANIONS + 1
    assert len(one.held) == MOST_ROLES


def test_an_entity_without_an_appearance_is_no_entity() -> None:
    with pytest.raises(ValueError, match="k1 has no appearance"):
        Known.of("k1", [])


@given(st.lists(APPEARANCES, min_size=1, max_size=5))
def test_what_is_written_as_json_comes_back(appearances: list[Appearance]) -> None:
    one = Known.of("k1", appearances)
    assert Known.from_json(json.loads(json.dumps(one.as_json()))) == one
    for appearance in appearances:
        assert Appearance.from_json(json.loads(json.dumps(appearance.as_json()))) == appearance


@given(st.lists(APPEARANCES, min_size=2, max_size=5), st.data())
def test_joining_two_is_as_if_all_appearances_had_been_of_one(
    appearances: list[Appearance], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(appearances) - 1))
    together = Known.of("k1", appearances[:cut]).merged(Known.of("k2", appearances[cut:]))
    whole = Known.of("k1", appearances)
    for counts in ("names", "labels", "outlets", "companions", "places", "pronouns"):
        assert getattr(together, counts) == getattr(whole, counts)
    assert (together.first, together.last, together.articles) == (whole.first, whole.last, whole.articles)
    assert {one.role for one in together.held} <= {one.role for one in appearances}


@given(APPEARANCES, st.lists(APPEARANCES, min_size=1, max_size=3))
def test_any_text_is_judged(one: Appearance, others: list[Appearance]) -> None:
    candidates = [Known.of(f"k{n}", [other]) for n, other in enumerate(others)]
    found = judge(one, candidates)
    assert (found.verdict == "same") == (found.id is not None)
    assert all(match.id in {known.id for known in candidates} for match in found.candidates)


@given(APPEARANCES)
def test_an_appearance_finds_itself_where_it_has_a_name(one: Appearance) -> None:
    assert bool(keys(one)) == bool(sought(one))
    assert not keys(one) or keys(one) & sought(one)
    assert keys(one) == keys(Known.of("k1", [one]))


@given(
    st.permutations([person("Mara Lindqvist", "Trade Minister"), person("Lindqvist"), person("M. Lindqvist")])
)
def test_what_is_known_does_not_depend_on_the_order(appearances: list[Appearance]) -> None:
    one = Known.of("k1", appearances)
    assert (one.names, one.held, one.name) == (
        {"Mara Lindqvist": 1, "Lindqvist": 1, "M. Lindqvist": 1},
        (Held("Trade Minister", None, "2026-03-02", "2026-03-02"),),
        "Mara Lindqvist",
    )
