"""What a figure is called, by whom, and with what marks of distance."""

from __future__ import annotations

import pytest

from resolve.scene import Scene, scene

SHE = {"Mara Lindqvist": 2.0, "Tomas Ode": -2.0}


def labels(shown: Scene, words: str) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    entity = shown.entity(words)
    assert entity is not None
    return [(label.passage.text, label.form, label.by, label.marks) for label in entity.labels]


def test_each_label_is_listed_with_its_form_but_pronouns_are_not() -> None:
    shown = scene("The {o Northern League} ({o NL}) met. {~ It} voted. {D The league} left.")
    assert labels(shown, "NL") == [
        ("Northern League", "name", None, ()),
        ("NL", "acronym", None, ()),
        ("The league", "description", None, ()),
    ]


def test_a_label_inside_somebody_s_words_is_theirs() -> None:
    shown = scene(
        "The {o Northern League} met. {S1 {p Tomas Ode}} {C1 said} {X1 the {o League} was late}.", SHE
    )
    assert labels(shown, "League")[-1] == ("League", "name", "a1", ())


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("The “{o Free Council}” met.", ("quoted",)),
        ("The so-called {o Free Council} met.", ("so-called",)),
        ("The so-called “{o Free Council}” met.", ("quoted", "so-called")),
        ("The self-styled {o Free Council} met.", ("so-called",)),
        ("The {o Free Council} met.", ()),
        ("The “good” {o Free Council} met.", ()),
        ("“The {o Free Council} met,” he wrote.", ()),
    ],
)
def test_quotation_marks_and_so_called_around_a_label_are_recorded(text: str, marks: tuple[str, ...]) -> None:
    assert labels(scene(text), "Free Council")[0][3] == marks
