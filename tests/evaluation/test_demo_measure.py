"""How the demonstration is measured: which statements are paired, and when a join is right."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation import demo_copies
from evaluation import demo_joins as joins
from evaluation import demo_statements as statements
from evaluation.demo_gold import Person, placed, rows, untitled
from evaluation.demo_joins import Appearance
from evaluation.demo_told import Reported, Told, copies, utterances
from quotidian.errors import BadRecord
from quotidian.store.values import Office
from quotidian.types import Span


def met(gold: str, archive: int, page: str = "p1") -> Appearance:
    return Appearance(page, gold, archive, gold)


def person(id: str, *names: str, **more: Any) -> Person:
    row = {"id": id, "type": "person", "name": names[0], "names": list(names), "not_same_as": [], **more}
    return Person({"pages": ["p1"], "offices": [], **row})


def test_pairs_are_counted_both_ways() -> None:
    rate = joins.pairs_rate([met("ada", 1), met("ada", 1), met("ada", 2), met("bo", 2)])
    assert (rate.right, rate.given, rate.wanted) == (1, 2, 3)


def test_b_cubed_is_whole_where_all_is_right() -> None:
    assert joins.b_cubed([met("ada", 1), met("ada", 1), met("bo", 2)]).f1 == 100.0


def test_an_entity_that_is_two_is_a_wrong_merge() -> None:
    assert joins.wrong_merges([met("ada", 1), met("ada", 2)]) == []
    assert joins.wrong_merges([met("ada", 1), met("bo", 1, "p2")]) == ["entity 1 is ada (p1) and bo (p2)"]


def test_those_told_apart_count_once_a_pair() -> None:
    people = {
        "ada": person("ada", "Ada Voss", not_same_as=["eva"]),
        "eva": person("eva", "Eva Voss", not_same_as=["ada"]),
    }
    apart = joins.kept_apart([met("ada", 1), met("eva", 2)], people)
    assert (apart.right, apart.of) == (1, 1)
    assert joins.kept_apart([met("ada", 1), met("eva", 1)], people).right == 0


def test_names_are_compared_without_titles() -> None:
    assert untitled("mayor voss") == "voss"
    assert untitled("mayor") == "mayor"
    assert person("ada", "Ada Voss", "Ms. Voss").names == {"ada voss", "ms. voss", "voss"}


@pytest.mark.parametrize(
    ("role", "first", "last", "same"),
    [
        ("Minister of Tides", "2031-03-10", "2031-03-12", True),
        ("Minister", "2031-03-11", "2031-03-12", True),
        ("deputy minister", "2031-03-11", "2031-03-12", False),
        ("former minister", "2031-03-11", "2031-03-12", False),
        ("poet", "2031-03-11", "2031-03-12", False),
        ("minister", "2031-03-01", "2031-03-02", False),
    ],
)
def test_an_office_is_found_if_words_and_days_agree(role: str, first: str, last: str, same: bool) -> None:
    wanted = {"role": "minister of tides", "organisation": None, "from": "2031-03-10", "to": None}
    assert joins._same_office(wanted, Office(role, None, first, last, 1)) is same


def test_the_gold_is_placed_by_its_words_and_which_time_they_stand_there() -> None:
    row = {"id": "s1", "content": ["so"], "occurrence": {"content": 2}, "must": True}
    gold = placed(row, "so it is, so it stays")
    assert gold.content == (Span(10, 12),)
    assert gold.must
    with pytest.raises(BadRecord, match="is not in the text"):
        placed({"id": "s2", "content": ["never"]}, "so it is")


def test_a_missing_statement_counts_against_what_must_be_found_and_nothing_else() -> None:
    row = {"id": "s1", "content": ["so"], "kind": "person", "about": [], "must": True}
    gold = placed(row, "so it is")
    shares = statements.shares([statements.Paired("p1", gold, None, 0.0)], 0, {})
    found = shares["must be found, found (half of the shorter)"]
    assert (found.right, found.of) == (0, 1)
    assert shares["kind of source"].of == 0


# --- traces -----------------------------------------------------------------------------------------


def reported(page: str, *, credited_to: str | None = None, arguable: bool = False) -> Reported:
    return Reported(page, "s1", credited_to, 0, arguable, f"{page}: so")


def told(*pages: str, links: dict[str, str], conflicts: tuple[tuple[str, str], ...] = ()) -> Told:
    """An utterance with a report on each page; ``links`` give for a page the one that it follows."""
    return Told(
        "u1",
        tuple(map(reported, pages)),
        tuple({"from": f"{earlier}#s1", "to": f"{later}#s1"} for later, earlier in links.items()),
        tuple((f"{a}#s1", f"{b}#s1") for a, b in conflicts),
    )


def test_reports_are_one_but_for_those_that_contradict_the_others() -> None:
    one = told(
        "a.html", "b.html", "c.html", "d.html",
        links={"b.html": "a.html", "c.html": "b.html", "d.html": "a.html"},
        conflicts=(("a.html", "b.html"),),
    )  # fmt: skip
    assert one.sides == (("a.html#s1", "d.html#s1"), ("b.html#s1", "c.html#s1"))


def test_the_gold_of_utterances_and_copies_is_read_whole() -> None:
    every = utterances()
    assert len(every) == len(rows("utterances.jsonl"))
    for one in every:
        refs = [report.ref for report in one.reports]
        assert sorted(ref for side in one.sides for ref in side) == sorted(refs)
        for a, b in one.conflicts:
            assert not any(a in side and b in side for side in one.sides), one.id
    assert {one.kind for one in copies()} == {"exact", "near", "partial"}


def test_an_agency_is_named_by_its_letters_too() -> None:
    assert demo_copies._outlet("LPA", "Lowland Press Agency") == "Lowland Press Agency"
    assert demo_copies._outlet("the Ebb", "Lowland Press Agency") == "the Ebb"
