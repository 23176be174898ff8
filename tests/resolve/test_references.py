"""Pronouns and descriptions find whom they stand for, or say that it is not clear."""

from __future__ import annotations

from resolve.scene import scene

SHE = {"Mara Lindqvist": 2.0, "Eva Brandt": 2.0, "Tomas Ode": -2.0, "Jon Lund": -2.0}


def test_he_and_she_are_told_apart_by_the_names() -> None:
    shown = scene("{p Mara Lindqvist} met {p Tomas Ode}. {~ She} spoke. {~ He} listened.", SHE)
    assert shown.name("She") == "Mara Lindqvist"
    assert shown.name("He") == "Tomas Ode"
    assert "such a pronoun fits" in shown.clues("He")


def test_who_spoke_last_goes_on_speaking() -> None:
    shown = scene(
        "{S1 {p Mara Lindqvist}} {C1 said} {X1 the tax would go}. {S2 {~ She}} {C2 added} {X2 yes}.",
        SHE,
    )
    assert shown.speaker.name == "Mara Lindqvist"


def test_a_pronoun_without_anybody_before_it_is_left_open() -> None:
    shown = scene("{~ She} came. It rained.")
    assert shown.name("She") is None


def test_a_pronoun_may_come_before_its_name_in_the_same_sentence() -> None:
    shown = scene("{p Tomas Ode} left. In {~ her} speech, {p Eva Brandt} thanked them.", SHE)
    assert shown.name("her") == "Eva Brandt"


def test_a_pronoun_that_two_people_fit_alike_names_both_as_possible() -> None:
    shown = scene("{p Tomas Ode} and {p Jon Lund} came. Then {~ he} left.", SHE)
    assert shown.name("he") is None
    assert shown.may_be("he") == {"Tomas Ode", "Jon Lund"}


def test_i_inside_quoted_words_is_the_one_who_says_them() -> None:
    shown = scene("{X1 “{~ I} will go,”} {S1 {p Tomas Ode}} {C1 said}.", SHE)
    assert shown.name("I") == "Tomas Ode"


def test_he_inside_quoted_words_is_not_the_one_who_says_them() -> None:
    shown = scene("{p Jon Lund} fell. {S1 {p Tomas Ode}} {C1 said}: {X1 “{~ He} was my friend.”}", SHE)
    assert shown.name("He") == "Jon Lund"


def test_who_stands_for_what_comes_right_before_it() -> None:
    shown = scene("{p Jon Lund} wrote to {p Eva Brandt}, {S1 {~ who}} {C1 said} {X1 that it was late}.", SHE)
    assert shown.speaker.name == "Eva Brandt"


def test_an_office_that_a_name_bears_stands_for_it() -> None:
    shown = scene("Sen. {p Mara Lindqvist} met {p Tomas Ode}. {d The senator} smiled.", SHE)
    assert shown.name("The senator") == "Mara Lindqvist"
    assert shown.clues("The senator") == "bears this office"


def test_a_description_beside_a_name_is_the_same_person() -> None:
    shown = scene(
        "{p Mara Lindqvist}, {d the deputy minister}, met {p Tomas Ode}. {d The minister} left.", SHE
    )
    assert shown.name("the deputy minister") == shown.name("The minister") == "Mara Lindqvist"


def test_a_name_after_a_preposition_has_no_apposition() -> None:
    shown = scene("According to {p Tomas Ode}, {d the minister} was late.", SHE)
    assert shown.name("the minister") is None


def test_a_judge_who_is_named_later_is_the_one_from_the_first() -> None:
    shown = scene(
        "{S1 {d A judge}} {C1 ruled} {X1 that the tax must go}. {p Jon Lund} left. Judge {p Eva Brandt} sat."
    )
    assert shown.speaker.name == "Eva Brandt"
    assert shown.clues("A judge") == "named later with the same office"


def test_the_committee_is_the_one_named_before() -> None:
    shown = scene("The {o Budget Committee} sat. {p Ode} came. {D The committee} voted.")
    assert shown.name("The committee") == "Budget Committee"


def test_of_two_committees_none_is_chosen() -> None:
    shown = scene("The {o Budget Committee} and the {o Trade Committee} sat. {D The committee} voted.")
    assert shown.name("The committee") is None
    assert shown.may_be("The committee") == {"Budget Committee", "Trade Committee"}


def test_somebody_s_campaign_is_a_body_of_its_own() -> None:
    shown = scene(
        "{D The {p Lindqvist} campaign} paid. {p Mara Lindqvist} smiled. {D The campaign} went on.", SHE
    )
    assert shown.name("The campaign") == "The Lindqvist campaign"
    entity = shown.entity("The campaign")
    assert entity is not None and entity.type == "organisation"


def test_they_stands_for_the_people_who_spoke_last() -> None:
    shown = scene(
        "{S1 {d McAllister’s aides}} {C1 said} {X1 no}. {S2 {~ They}} {C2 added} {X2 that it was late}."
    )
    assert shown.speaker.kind == "people" or shown.speaker.kind == "unnamed"
    assert shown.speaker.name == "McAllister’s aides"


def test_somebody_described_once_is_no_entity_that_a_pronoun_may_stand_for() -> None:
    shown = scene("{d A baker} met {d a singer}. {~ she} waved.")
    known = {entity.id for entity in shown.resolved.entities}
    assert set(shown.mention("she").maybe) <= known
