"""Sketches find what may be of one utterance, from both sides, and survive being kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.sketches import QUOTED_DAYS, SPOKEN_DAYS, Sketch, Window, packed, sketch, unpacked
from quotidian.trace.values import Report

from .making import DRAGE, MONDAY, OFFICIAL, VARRO, report

WORDS = [
    "ferry",
    "lantern",
    "toll",
    "we",
    "will",
    "not",
    "Mourèl’s",
    "\u202e",
    "水門",
    "7",
    "quay",
    "“no”",
    "…",
]
contents = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
reports = st.lists(
    st.builds(
        report,
        contents,
        article=st.sampled_from(["x", "y", "z"]),
        voice=st.sampled_from([VARRO, DRAGE, OFFICIAL]),
        day=st.integers(MONDAY, MONDAY + 40),
    ),
    max_size=8,
)


def vectors(given: list[Report]) -> list[np.ndarray]:
    made = [np.random.default_rng(len(one.content)).normal(size=8) for one in given]
    return [(one / np.linalg.norm(one)).astype(np.float32) for one in made]


def found(a: Report, b: Report, like: float | None = None) -> bool:
    """Whether two reports are candidates."""
    one = None if like is None else np.array([1, 0], np.float32)
    two = None if like is None else np.array([like, (1 - like**2) ** 0.5], np.float32)
    return Window([sketch(a, one)]).candidates(Window([sketch(b, two)])) == [(0, 0)]


QUOTED = "“We will sail the night ferry to Skarn until the ice closes the harbour”"


def test_the_same_rare_words_are_found_whoever_is_said_to_have_said_them():
    assert found(report(QUOTED), report(QUOTED, key="b", voice=DRAGE))


def test_words_in_a_row_are_found_within_a_month_and_not_after():
    assert found(report(QUOTED), report(QUOTED, key="b", day=MONDAY + QUOTED_DAYS))
    assert not found(report(QUOTED), report(QUOTED, key="b", day=MONDAY + QUOTED_DAYS + 1))


def test_what_one_speaker_said_otherwise_is_found_by_a_rare_word_or_its_sense():
    one, other = report("The ferry sails"), report("No boat, no ferry at all", key="b")
    assert found(one, other)
    assert not found(one, replace(other, voice=DRAGE))
    assert not found(one, replace(other, printed=MONDAY + SPOKEN_DAYS + 1))
    alike = report("She was sure of it", key="b")
    assert found(one, alike, like=0.8)
    assert not found(one, alike, like=0.3)
    assert not found(one, alike)


def test_a_day_that_is_not_known_is_near_any():
    undated = replace(report(QUOTED, key="b"), printed=None, last=None)
    assert found(report(QUOTED, day=MONDAY + 300), undated)


def test_an_article_is_not_beside_itself():
    assert not found(report(QUOTED, article="x"), report(QUOTED, key="b", article="x"))


@given(reports, st.booleans())
def test_packed_sketches_are_unpacked_as_they_were(given: list[Report], drawn: bool):
    made = [
        sketch(one, vector)
        for one, vector in zip(given, vectors(given) if drawn else [None] * len(given), strict=True)
    ]
    for before, after in zip(made, unpacked(packed(made), "x"), strict=True):
        assert (after.article, after.day) == ("x", before.day)
        for part in ("runs", "rare", "voices", "vector"):
            assert np.array_equal(getattr(before, part), getattr(after, part))


@given(reports, reports)
def test_candidates_are_the_same_from_both_sides_and_of_different_articles(some, others):
    def window(given: list[Report]) -> Window:
        return Window([sketch(one, vector) for one, vector in zip(given, vectors(given), strict=True)])

    one, two = window(some), window(others)
    pairs = one.candidates(two)
    assert sorted((j, i) for i, j in pairs) == two.candidates(one)
    for i, j in pairs:
        assert others[i].article != some[j].article
        assert one.similarity(two, i, j) == two.similarity(one, j, i)
    alone = {(i, j) for i in range(len(others)) for j in range(len(some)) if _alone(others, some, i, j)}
    assert set(pairs) == alone


def _alone(others: list[Report], some: list[Report], i: int, j: int) -> bool:
    """Whether two are candidates with nobody else around."""
    one = Window([sketch(some[j], vectors([some[j]])[0])])
    return bool(one.candidates(Window([sketch(others[i], vectors([others[i]])[0])])))


def test_without_a_vector_of_both_there_is_no_likeness_in_sense():
    drawn, bare = sketch(report(QUOTED), np.array([1, 0], np.float32)), sketch(report(QUOTED))
    window = Window([drawn, bare])
    assert window.similarity(window, 0, 0) == 1.0
    assert window.similarity(window, 0, 1) is None
    assert window.vector(1) is None
    assert window.similarity(Window([bare]), 0, 0) is None


@pytest.mark.parametrize("made", [[], [sketch(report(""))], [sketch(report("\u202e\u0301…"))]])
def test_what_has_no_words_has_no_candidates_to_speak_of(made: list[Sketch]):
    window = Window(made)
    assert window.candidates(window) == []
    assert Window([]).candidates(window) == window.candidates(Window([])) == []
