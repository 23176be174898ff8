"""The search index follows the rows: who is in it, what a check finds, and making it again."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update

from quotidian.store import fulltext, index, tables
from quotidian.store.facts import (
    DEEPEST,
    PROFILES,
    ROOM,
    VALUES,
    Profile,
    counted,
    day_number,
    day_of,
    having,
    numbers,
    packed,
    unpacked,
)
from quotidian.store.values import State
from quotidian.types import ActClass, Directness, SpeakerKind, StanceClass

from .search.conftest import EK, HARBOUR, MOOR, Small, own, put_statement, small

__all__ = ["own", "small"]

profiles = st.builds(
    Profile,
    act=st.sampled_from(get_args(ActClass)),
    stance=st.sampled_from(get_args(StanceClass)),
    kind=st.sampled_from(get_args(SpeakerKind)),
    directness=st.sampled_from(get_args(Directness)),
    state=st.sampled_from(get_args(State)),
    negated=st.booleans(),
    depth=st.integers(0, DEEPEST),
)


@given(profiles)
def test_a_profile_is_one_number_and_back(profile: Profile) -> None:
    number = packed(profile)
    assert 0 <= number < PROFILES
    assert unpacked(number) == profile


@given(st.lists(profiles, max_size=20))
def test_profiles_are_counted_and_found_by_each_part(made: list[Profile]) -> None:
    column = np.array([packed(profile) for profile in made], dtype=np.int32)
    for part, counts in counted(column).items():
        values = [getattr(profile, part) for profile in made]
        assert counts == {value: values.count(value) for value in set(values)}
        assert [VALUES[part][number] for number in numbers(column, part)] == values
        for value in set(values):
            assert having({part: frozenset({value})})[column].tolist() == [one == value for one in values]


def test_every_part_has_room_for_its_values() -> None:
    assert all(len(VALUES[part]) <= room for part, room in ROOM.items())


@given(st.dates())
def test_a_day_is_a_number_and_back(day: object) -> None:
    assert day_of(day_number(str(day))) == str(day)


def test_no_day_is_a_number_too() -> None:
    assert day_of(day_number(None)) is None


def test_an_index_made_by_indexing_is_right(small: Small) -> None:
    assert small.wrong() == ()


def test_a_statement_that_is_current_no_longer_is_shown_no_longer(own: Small) -> None:
    with own.writing() as connection:
        connection.execute(update(tables.statements).where(tables.statements.c.id == 1).values(current=0))
        index.reindex(connection, [1])
    assert own.ids("denied") == []
    assert own.wrong() == ()


def test_a_suppressed_speaker_takes_its_statements_along(own: Small) -> None:
    _suppress(own, MOOR, [1, 2, 6])
    assert own.ids("speaker:moor") == [3]
    assert own.ids("id:1,2,6") == [2]
    assert own.ids(f"about:#{MOOR} OR speaker:#{MOOR}") == []
    assert "Anna Moor" not in repr(own.archive.search("").facets)
    assert own.ids("label:iron") == []
    assert own.wrong() == ()


def test_one_spoken_about_that_is_suppressed_is_in_no_names(own: Small) -> None:
    _suppress(own, EK, [1, 2])
    assert own.ids("tolls") == [3, 1]
    assert own.ids("about:ek") == []
    assert own.wrong() == ()


def _suppress(own: Small, entity: int, statements: list[int]) -> None:
    with own.writing() as connection:
        connection.execute(
            update(tables.entities).where(tables.entities.c.id == entity).values(state="suppressed")
        )
        index.reindex(connection, statements)


def test_indexing_again_changes_nothing(own: Small) -> None:
    before = _facts(own)
    with own.writing() as connection:
        index.reindex(connection, [1, 2, 3, 20, 999])
    assert _facts(own) == before
    assert own.wrong() == ()


def test_dropping_what_is_not_indexed_changes_nothing(own: Small) -> None:
    before = _facts(own)
    with own.writing() as connection:
        index.drop(connection, [20, 999, 100_000])
    assert _facts(own) == before


def _facts(own: Small) -> list[tuple[object, ...]]:
    with own.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(tables.facts).order_by(tables.facts.c.block))]


def test_statements_of_several_blocks_are_indexed_at_once(own: Small) -> None:
    ids = [10, 511, 512, 513, 2_000]
    with own.writing() as connection:
        for id in ids:
            put_statement(connection, id, content="heron", about=[(EK, "Ek")], also=[(MOOR, "Moor")])
        index.reindex(connection, ids)
    assert sorted(own.ids("heron about:ek speaker:moor")) == ids
    with own.writing() as connection:
        index.drop(connection, [511, 2_000])
    assert sorted(own.ids("heron")) == [10, 512, 513]


def test_a_name_that_comes_or_goes_is_found_at_once(own: Small) -> None:
    with own.writing() as connection:
        name = {"entity_id": HARBOUR, "name": "The Quay", "folded": "the quay", "articles": 1}
        connection.execute(insert(tables.entity_names), [name])
    assert own.ids("speaker:quay") == [5]
    names = tables.entity_names
    with own.writing() as connection:
        connection.execute(update(names).where(names.c.name == "The Quay").values(folded="the mole"))
    assert own.ids("speaker:quay") == []
    assert own.ids("speaker:mole") == [5]
    with own.writing() as connection:
        connection.execute(delete(names).where(names.c.name == "The Quay"))
    assert own.ids("speaker:mole") == []


def _lose_words(connection: Connection) -> None:
    fulltext.take_out(connection, [2])


def _add_words(connection: Connection) -> None:
    fulltext.put(connection, [(20, [["tolls"]] * len(fulltext.FIELDS))])


def _change_words(connection: Connection) -> None:
    fulltext.take_out(connection, [2])
    fulltext.put(connection, [(2, [["tolls"]] * len(fulltext.FIELDS))])


def _change_a_row(connection: Connection) -> None:
    connection.execute(update(tables.statements).where(tables.statements.c.id == 2).values(act="hope"))


def _change_whom(connection: Connection) -> None:
    of = tables.parts.c.statement_id == 2, tables.parts.c.part == "about"
    connection.execute(update(tables.parts).where(*of).values(entity_id=HARBOUR))


def _lose_facts(connection: Connection) -> None:
    connection.execute(delete(tables.facts))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_lose_words, "words: statement 2 is not indexed"),
        (_add_words, "words: statement 20 is indexed and should not be"),
        (_change_words, "words: those of statement 2 are not as in its row"),
        (_change_a_row, "facts: statement 2 is not as in its row"),
        (_change_whom, "facts: those whom statements 0 to 511 are about are not as in their rows"),
        (_lose_facts, "facts: statement 1 is not as in its row"),
    ],
)
def test_a_check_says_what_is_wrong_and_a_rebuild_makes_it_right(own: Small, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    with own.writing() as connection:
        spoil(connection)
    assert said in own.wrong()
    with own.writing() as connection:
        index.rebuild(connection)
    assert own.wrong() == ()
    assert sorted(own.ids("")) == list(range(1, 9))
    assert sorted(own.ids("speaker:lund")) == [1, 2, 6]


def test_a_full_text_with_another_text_is_found(own: Small) -> None:
    if own.database.location.startswith("postgresql"):
        pytest.skip("of SQLite alone: there the index is apart from its text")
    with own.writing() as connection:
        connection.execute(text("UPDATE words_content SET c0 = 'another text' WHERE id = 2"))
    assert "words: those of statement 2 are not as in its row" in own.wrong()


def test_a_full_text_that_misses_a_word_is_found(own: Small) -> None:
    if own.database.location.startswith("postgresql"):
        pytest.skip("of SQLite alone: there the index is apart from its text")
    with own.writing() as connection:
        kept = connection.execute(text("SELECT * FROM words_content WHERE id = 2")).one()
        fulltext.take_out(connection, [2])
        columns = ", ".join(f"c{n}" for n in range(len(kept) - 1))
        values = ", ".join(f"'{value}'" for value in kept[1:])
        connection.execute(text(f"INSERT INTO words_content (id, {columns}) VALUES (2, {values})"))
        connection.execute(text("INSERT INTO words_docsize (id, sz) VALUES (2, x'01')"))
    assert "words: 'may' is not counted right" in own.wrong()


def test_what_is_rolled_back_was_never_there(own: Small) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), own.writing() as connection:
        own.statement(connection, 9, content="heron")
        raise Stop
    assert own.ids("heron") == []
    assert own.wrong() == ()


def test_search_never_shows_what_the_archive_was_before_a_rebuild(own: Small) -> None:
    assert len(own.ids("")) == 8
    with own.writing() as connection:
        connection.execute(update(tables.statements).where(tables.statements.c.id == 1).values(current=0))
        index.rebuild(connection)
    assert len(own.ids("")) == 7
