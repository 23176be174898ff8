"""Whom a content is about."""

from __future__ import annotations

import pytest

from resolve.scene import scene

SHE = {"Mara Lindqvist": 2.0, "Tomas Ode": -2.0}


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("that {p Mara Lindqvist} lied", ["Mara Lindqvist"]),
        ("that {~ she} lied", ["Mara Lindqvist"]),
        ("that {o The Courier} and the {g Unionists} lied", ["The Courier", "Unionists"]),
        ("that {l Sarvenia} had closed the border", ["Sarvenia"]),
        ("that it rained in {l Sarvenia}", []),
        ("that {~ he} was late", []),
        ("that taxes would fall", []),
        ("that {p Lindqvist}’s plan would fail", ["Mara Lindqvist"]),
    ],
)
def test_a_content_is_about_those_of_whom_it_says_something(content: str, about: list[str]) -> None:
    shown = scene(f"{{p Mara Lindqvist}} came. {{S1 {{p Tomas Ode}}}} {{C1 said}} {{X1 {content}}}.", SHE)
    assert [who.name for who in shown.resolved.about[-1]] == about


def test_each_is_shown_with_the_words_that_speak_of_them() -> None:
    shown = scene("{p Mara Lindqvist} came. {S1 {p Tomas Ode}} {C1 said} {X1 {~ she} lied}.", SHE)
    (who,) = shown.resolved.about[-1]
    assert [evidence.passage.text for evidence in who.evidence if evidence.passage] == ["she"]
