"""Queries and answers as values."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.errors import Unreachable, UsageError
from quotidian.reconcile import (
    FOLLOW_THE_MONEY,
    WIKIDATA,
    Query,
    Service,
    TypeOf,
    query,
    vocabulary_of,
)
from quotidian.reconcile.protocol import answers, form, manifest

SERVICE = Service("Who is who", "", "", view="https://who.example/{{id}}")
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["q0", "result", "id", "name", "type", "score", "view", "url"]), inner
        )
    ),
    max_leaves=12,
)


def test_types_and_properties_are_those_of_wikidata() -> None:
    asked = query("Mara Lindqvist", "person", WIKIDATA, office="minister", country="Ostmere")
    assert asked == Query("Mara Lindqvist", "Q5", (("P39", "minister"), ("P27", "Ostmere")))
    assert query("Northern League", "organisation", WIKIDATA, country="Ostmere").properties == (
        ("P17", "Ostmere"),
    )


def test_what_a_service_has_no_word_for_is_not_sent() -> None:
    asked = query("Mara Lindqvist", "person", FOLLOW_THE_MONEY, office="minister", organisation="Ministry")
    assert asked == Query("Mara Lindqvist", "Person", (("Person:position", "minister"),))
    assert query("Mara Lindqvist", "person", office="minister") == Query("Mara Lindqvist")
    assert query("Ostmere", "place", FOLLOW_THE_MONEY).type is None


def test_the_manifest_tells_the_vocabulary() -> None:
    wikidata = Service("W", "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/")
    sanctions = Service("O", "", "", types=(TypeOf("Company", "Company"), TypeOf("Person", "Person")))
    assert vocabulary_of(wikidata) is WIKIDATA
    assert vocabulary_of(sanctions) is FOLLOW_THE_MONEY
    assert not vocabulary_of(SERVICE).types


@pytest.mark.parametrize("number", [0, 51])
def test_a_batch_has_one_to_fifty_queries(number: int) -> None:
    with pytest.raises(UsageError, match="give 1 to 50"):
        form([Query("Mara Lindqvist")] * number)


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_name_arrives_as_it_was(names: list[str]) -> None:
    names = [name.encode("utf-8", "replace").decode() for name in names]
    (sent,) = parse_qs(form([Query(name) for name in names]).decode(), keep_blank_values=True)["queries"]
    assert [one["query"] for one in json.loads(sent).values()] == names


@given(ANY_JSON)
def test_any_answer_is_read_or_refused(said: object) -> None:
    for read in (lambda body: answers(body, 1, SERVICE), manifest):
        try:
            read(json.dumps(said).encode())
        except Unreachable as error:
            assert "service" in str(error)


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with pytest.raises(Unreachable):
        answers(body, 1, SERVICE)
