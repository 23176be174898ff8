"""What queries find in a small archive, in which order, and what is counted; on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotidian.store import index
from quotidian.store.search.fields import FIELDS
from quotidian.store.values import Slice

from .conftest import EK, HARBOUR, MOOR, OLD_MOOR, Small


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words
        ("", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("tolls", {1, 2, 3}),
        ("TOLLS rise", {1, 2, 3}),
        ('"tolls rise"', {2}),
        ('"rise above"', {3}),
        ("toll*", {1, 2, 3, 6, 7, 8}),
        ('"the toll"*', {2, 3, 8}),
        ("tolls -rise", set()),
        ("toll* -tolls", {6, 7, 8}),
        ("-toll*", {4, 5}),
        ("bell OR above", {3, 8}),
        ("toll* bell OR above", {3, 8}),
        ("nowhere", set()),
        ("O'Neil", {1}),
        ("oneil", {1}),
        ("lodz", {5}),
        ("ŁÓDŹ", {5}),
        ("sao-tome", {5}),
        ("東京", {4}),
        ("京東", set()),
        ("首相", {4}),
        ("denied", {1}),
        ("officials", {3}),
        ("moor", {1, 2, 3, 5, 6}),
        ('"board bo"', set()),
        # fields of words
        ("content:moor", set()),
        ("content:harbour", {1}),
        ("source:moor", {1}),
        ("cue:denied,sagte", {1, 4}),
        ("label:iron", {2}),
        ('label:"iron harbour"', {2}),
        ("role:master", {1}),
        ("org:port", {1}),
        ("via:lagoon", {3}),
        ("title:tolls", {1, 2, 3}),
        ("title:båter", {6, 7, 8}),
        ("week", set()),
        ("content:toll* OR via:lagoon", {1, 2, 3, 6, 7, 8}),
        ("-content:tolls", {4, 5, 6, 7, 8}),
        # who
        ("speaker:moor", {1, 2, 3, 6}),
        ('speaker:"Anna Moor"', {1, 2, 6}),
        ('speaker:"Moor, Anna"', {1, 2, 6}),
        ("speaker:lund", {1, 2, 6}),
        (f"speaker:#{MOOR}", {1, 2, 6}),
        (f"speaker:#{OLD_MOOR}", {1, 2, 6}),
        ("speaker:mo*", {1, 2, 3, 6}),
        ("speaker:#999", set()),
        ("speaker:veil", set()),
        ("-speaker:moor", {4, 5, 7, 8}),
        ("speaker:ek,board", {2, 5}),
        ("about:moor", {2, 5}),
        (f"about:#{MOOR}", {2}),
        ('about:"Harbour Board"', {1}),
        (f"about:#{EK} OR about:#{MOOR}", {1, 2}),
        ("about:veil", set()),
        ("speaker:moor about:ek", {1}),
        ("speaker:moor OR bell", {1, 2, 3, 6, 8}),
        # where
        ("outlet:gazette", {1, 2, 3}),
        ("outlet:weekly", {4, 5}),
        ("outlet:gaz*", {1, 2, 3, 4, 5}),
        ("outlet:#2", {4, 5}),
        ("outlet:pals", set()),
        ("outlet:pål", {6, 7, 8}),
        ("article:2", {4, 5}),
        ("article:own/2", {4, 5}),
        ("id:3,5", {3, 5}),
        # what kind
        ("act:deny", {1}),
        ("act:deny,promise", {1, 5}),
        ("act:pr", {5, 6}),
        ("-act:state", {1, 2, 5, 6}),
        ("stance:vouches", {6}),
        ("kind:organisation,none", {4, 5}),
        ("directness:direct", {1}),
        ("depth:0", {1, 2, 4, 6, 7, 8}),
        ("depth:>0", {3, 5}),
        ("depth:4", {5}),
        ("negated:yes", {4}),
        ("unnamed:yes", {3}),
        ("unnamed:no", {1, 2, 4, 5, 6, 7, 8}),
        ("state:reviewed", {3, 4, 5}),
        ("state:unreviewed", {1, 2, 6, 7, 8}),
        ("state:rejected", set()),
        # when
        ("since:2031-03-03", {2, 3, 4, 5}),
        ("until:2031-03-02", {1, 6, 8}),
        ("day:2031-03", {1, 2, 3, 8}),
        ("day:2030", {6}),
        ("day:2031-03-03", {2, 3}),
        ("day:2030-12/2031-03-02", {1, 6, 8}),
        ("day:../2031-03-02", {1, 6, 8}),
        ("day:2031-04/..", {4, 5}),
        ("day:unknown", {7}),
        ("-day:2031", {6, 7}),
        # how sure
        ("sure:95", {1}),
        ("sure:<80", {2}),
        ("sure:80", {1, 3, 4, 5, 6, 7, 8}),
        ("sure:>80", {1, 3, 5, 6, 7, 8}),
        ("sure:50-60", {2}),
        ("sure:<=80", {2, 4}),
        ("sure:=55", {2}),
        # together
        ("tolls act:deny since:2031 outlet:gazette speaker:moor", {1}),
        ("act:deny OR act:warn tolls -about:ek", {2}),
    ],
)
def test_a_query_finds(small: Small, query: str, expected: set[int]) -> None:
    results = small.archive.search(query, limit=100)
    assert {hit.id for hit in results.hits} == expected
    assert results.total == len(expected)
    assert results.notes == ()
    assert [hit.id for hit in small.archive.every(query)] == small.ids(query, sort="day")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-day", [4, 5, 2, 3, 8, 1, 6, 7]),
        ("day", [6, 1, 8, 2, 3, 4, 5, 7]),
        ("sure", [2, 4, 5, 3, 8, 6, 7, 1]),
        ("-sure", [1, 5, 3, 8, 6, 7, 4, 2]),
        ("relevance", [4, 5, 2, 3, 8, 1, 6, 7]),
    ],
)
def test_hits_come_in_the_order_asked_for(small: Small, sort: str, expected: list[int]) -> None:
    assert small.ids("", sort=sort) == expected
    pages = [small.archive.search("", sort=sort, limit=3, offset=n).hits for n in (0, 3, 6, 9)]  # type: ignore[arg-type]
    assert [hit.id for page in pages for hit in page] == expected


def test_by_relevance_what_says_it_more_comes_first(small: Small) -> None:
    found = small.ids("tolls rise harbour", sort="relevance")
    assert found[0] == 1
    assert small.ids("tolls -speaker:ek", sort="relevance") in ([1, 3], [3, 1])


def test_hits_are_counted_by_what_they_are(small: Small) -> None:
    facets = small.archive.search("").facets
    counted = {name: [(facet.shown, facet.count) for facet in some] for name, some in facets.items()}
    assert counted["speaker"] == [("Anna Moor", 3), ("Bo Ek", 1), ("Harbour Board", 1)]
    assert counted["about"] == [("Anna Moor", 1), ("Bo Ek", 1), ("Harbour Board", 1)]
    assert counted["outlet"] == [("Gazette", 3), ("Pål’s Blog", 3), ("Gazette Weekly", 2)]
    assert counted["act"] == [("state", 4), ("deny", 1), ("praise", 1), ("warn", 1), ("promise", 1)]
    assert counted["kind"] == [
        ("person", 4),
        ("organisation", 1),
        ("unnamed", 1),
        ("author", 1),
        ("none", 1),
    ]
    assert counted["directness"] == [("indirect", 6), ("direct", 1), ("mixed", 1)]
    assert counted["stance"] == [("neutral", 6), ("vouches", 1), ("distances", 1)]
    assert counted["state"] == [("unreviewed", 5), ("accepted", 1), ("corrected", 1), ("added", 1)]
    assert counted["day"] == [("December 2030", 1), ("March 2031", 4), ("April 2031", 2)]


@pytest.mark.parametrize("query", ["", "toll*", "speaker:moor", "tolls OR act:promise", "-tolls"])
def test_the_term_of_a_facet_finds_as_many_as_it_counts(small: Small, query: str) -> None:
    for some in small.archive.search(query).facets.values():
        for facet in some:
            assert small.archive.search(f"{query} {facet.term}").total == facet.count, facet


def test_a_timeline_has_each_day_with_all_statements_beside_the_hits(small: Small) -> None:
    timeline = small.archive.search("tolls").timeline
    assert timeline == (
        Slice("2031-03-02", "2031-03-02", 1, 2),
        Slice("2031-03-03", "2031-03-03", 2, 2),
    )


def test_a_timeline_of_months_has_weeks(small: Small) -> None:
    timeline = small.archive.search("").timeline
    assert timeline[0] == Slice("2030-12-30", "2031-01-05", 1, 1)
    assert sum(slice.hits for slice in timeline) == 7


def test_nothing_found_is_no_error(small: Small) -> None:
    results = small.archive.search("nowhere", offset=40)
    assert (results.total, results.hits, results.timeline) == (0, (), ())
    assert not any(results.facets.values())


def test_notes_say_what_was_not_understood(small: Small) -> None:
    assert small.archive.search("acr:deny").notes == (
        "“acr:” is no field, searched as words; did you mean act:?",
    )


def test_articles_with_a_hit(small: Small) -> None:
    assert list(small.archive.article_ids("tolls")) == [1]
    assert list(small.archive.article_ids("toll*")) == [1, 3]
    assert list(small.archive.article_ids()) == [1, 2, 3]


def test_the_queue_has_what_nobody_reviewed_the_least_sure_first(small: Small) -> None:
    assert [hit.id for hit in small.archive.queue()] == [6, 2, 1, 8, 7]
    assert [hit.id for hit in small.archive.queue(query="tolls", limit=1, offset=1)] == [1]


def test_edges_say_who_speaks_about_whom(small: Small) -> None:
    def shown(*arguments: str, **options: int) -> set[tuple[int, int, int]]:
        edges = small.archive.edges(*arguments, **options)  # type: ignore[arg-type]
        return {(edge.speaker.id, edge.about.id, edge.statements) for edge in edges}

    assert shown() == {(MOOR, HARBOUR, 1), (MOOR, EK, 1), (EK, MOOR, 1)}
    assert shown("act:warn") == {(EK, MOOR, 1)}
    assert shown(entity=EK) == {(MOOR, EK, 1), (EK, MOOR, 1)}
    assert len(small.archive.edges(limit=1)) == 1


def test_who_speaks_too_speaks_about_those_as_well(own: Small) -> None:
    with own.writing() as connection:
        own.statement(
            connection,
            9,
            speaker_id=EK,
            speaker_name="Ek",
            also=[(MOOR, "Moor")],
            about=[(HARBOUR, "Board"), (EK, "Ek")],
        )
    edges = own.archive.edges("id:9")
    assert {(edge.speaker.id, edge.about.id) for edge in edges} == {
        (EK, HARBOUR),
        (MOOR, HARBOUR),
        (MOOR, EK),
    }


def test_what_is_added_changed_and_dropped_is_seen_by_the_next_search(own: Small) -> None:
    assert own.ids("zebra") == []
    with own.writing() as connection:
        own.statement(connection, 5_000, content="a zebra")
    assert own.ids("zebra") == [5_000]
    assert own.archive.search("").total == 9
    with own.writing() as connection:
        index.drop(connection, [5_000])
    assert own.ids("zebra") == []
    assert own.archive.search("").total == 8


def test_a_search_sees_the_archive_as_it_was_when_it_began(own: Small) -> None:
    every = own.archive.every()
    first = next(every)
    with own.writing() as connection:
        own.statement(connection, 9, content="late")
        index.drop(connection, [1, 2, 3])
    assert [first.id, *(hit.id for hit in every)] == [6, 1, 8, 2, 3, 4, 5, 7]
    assert own.archive.search("").total == 6


_HOSTILE = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "toll",
                "'",
                '"',
                "*",
                ":",
                "-",
                "(",
                ")",
                "OR",
                "AND",
                "NOT",
                "NEAR",
                "NEAR(",
                "^",
                "+",
                "\\",
                "%",
            ]
            + [
                " ",
                "\x00",
                "\ud800",
                "!",
                "&",
                "|",
                "<->",
                ":*",
                "{",
                "}",
                ";--",
                "首",
                "é",
                "़",
                "·",
                "#1",
                "#",
            ]
            + [f"{name}:" for name in FIELDS]
        ),
        max_size=15,
    ).map("".join),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_HOSTILE)
def test_any_string_can_be_searched(small: Small, query: str) -> None:
    results = small.archive.search(query, sort="relevance")
    assert results.total >= len(results.hits)


@pytest.mark.parametrize(
    "query",
    [
        "首" * 1000,
        "a " * 500,
        "a OR " * 400,
        '"' + "a " * 490 + '"',
        "-a " * 400,
        "tit*,le*" * 100,
        "speaker:a," * 90,
    ],
    ids=["characters", "words", "alternatives", "phrase", "without", "commas", "names"],
)
def test_a_long_query_can_be_searched(small: Small, query: str) -> None:
    assert small.archive.search(query).total >= 0
