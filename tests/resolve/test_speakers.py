"""Who is speaking, and of what kind: the guide's seven words."""

from __future__ import annotations

import pytest

from quotidian.types import SpeakerKind
from resolve.scene import scene

SHE = {"Mara Lindqvist": 2.0, "Tomas Ode": -2.0}


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("{p Mara Lindqvist}, {d the deputy minister for trade},", "person", "Mara Lindqvist"),
        ("{p Ode} aide {p Mara Lindqvist}", "person", "Mara Lindqvist"),
        ("{p Ode}’s lawyer, {p Mara Lindqvist},", "person", "Mara Lindqvist"),
        ("{o The Courier}’s {p Mara Lindqvist}", "person", "Mara Lindqvist"),
        ("Sen. {p Mara Lindqvist} (N-Harrow)", "person", "Mara Lindqvist"),
        ("the {o Ministry of Trade}", "organisation", "Ministry of Trade"),
        ("{l Ostmere}", "organisation", "Ostmere"),
        ("{D the {p Ode} campaign}", "organisation", "the Ode campaign"),
        ("{g Unionists}", "people", "Unionists"),
        ("{d analysts}", "people", "analysts"),
        ("a group of {g Unionists}", "people", "a group of Unionists"),
        ("many voters in {l Harrow}", "people", "many voters in Harrow"),
        ("{d a spokesman for {p Tomas Ode}}", "unnamed", "a spokesman for Tomas Ode"),
        ("{d a senior official}", "unnamed", "a senior official"),
        ("{p Ode} aides", "unnamed", "Ode aides"),
        ("One Unionist", "unnamed", "One Unionist"),
        ("{r a report} released last week", "document", "a report"),
        ("a {o Courier} poll", "document", None),
        ("I", "author", None),
    ],
)
def test_a_source_s_words_tell_who_speaks(source: str, kind: SpeakerKind, name: str | None) -> None:
    shown = scene(f"{{S1 {source}}} {{C1 said}} {{X1 that it was late}}.", SHE)
    assert shown.speaker.kind == kind
    if name is not None:
        assert (shown.speaker.name or "").startswith(name)


def test_nobody_speaks_where_the_text_names_nobody() -> None:
    shown = scene("It {C1 was said} {X1 that it was late}.")
    assert shown.speaker.kind == "none"
    assert shown.speaker.name is None


def test_two_who_speak_together_are_both_named() -> None:
    shown = scene("{S1 {p Mara Lindqvist} and {p Tomas Ode}} {C1 said} {X1 that it was late}.", SHE)
    assert shown.speaker.name == "Mara Lindqvist"
    assert [who.name for who in shown.speaker.also] == ["Tomas Ode"]


def test_a_list_of_names_speaks_together() -> None:
    shown = scene("{S1 {p Ann Lund}, {p Eva Brandt} and {p Tomas Ode}} {C1 said} {X1 no}.", SHE)
    assert shown.speaker.name == "Ann Lund"
    assert [who.name for who in shown.speaker.also] == ["Eva Brandt", "Tomas Ode"]


def test_one_named_as_among_many_is_not_the_speaker_alone() -> None:
    shown = scene("As {S1 many experts, including {p Mara Lindqvist},} {C1 said}, {X1 it was late}.", SHE)
    assert shown.speaker.kind == "people"
    assert [who.name for who in shown.speaker.also] == ["Mara Lindqvist"]


def test_every_speaker_is_shown_with_what_proves_it() -> None:
    shown = scene("{p Mara Lindqvist} came. {S1 {p Lindqvist}} {C1 said} {X1 no}.", SHE)
    words = [evidence.why for evidence in shown.speaker.evidence]
    assert words == ["the source’s words", "same surname as “Mara Lindqvist”"]
    passages = [evidence.passage.text for evidence in shown.speaker.evidence if evidence.passage]
    assert passages == ["Lindqvist", "Mara Lindqvist"]


def test_i_in_a_nested_source_is_the_one_whose_words_hold_it() -> None:
    shown = scene("{S1 {p Tomas Ode}} {C1 said} {X1 that {S2 {~ I}} {C2 believe} {X2 it is late}}.", SHE)
    assert shown.speaker.name == "Tomas Ode"


def test_a_speaker_who_is_not_clear_is_not_chosen() -> None:
    shown = scene(
        "{p Jon Lund} and {p Tomas Ode} came. {S1 {~ He}} {C1 said} {X1 no}.", SHE | {"Jon Lund": -2.0}
    )
    assert shown.speaker.name is None
    assert {who.name for who in shown.speaker.maybe} == {"Jon Lund", "Tomas Ode"}
