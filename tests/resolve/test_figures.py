"""Names of an article find each other."""

from __future__ import annotations

from resolve.scene import scene


def test_a_surname_stands_for_the_full_name_wherever_that_comes() -> None:
    shown = scene("{p Ode} resigns\n\n{p Tomas Ode} resigned. {p Ode} was minister.")
    assert shown.name("Ode") == shown.name("Ode", 1) == "Tomas Ode"
    assert "same surname" in shown.clues("Ode")


def test_the_name_is_the_fullest_form_without_title() -> None:
    shown = scene("Mr. {p Ode} met {p Tomas K. Ode}. {p Tomas Ode} left.")
    assert shown.name("Ode") == "Tomas K. Ode"


def test_titles_tell_two_spouses_apart() -> None:
    shown = scene(
        "{p Eva Brandt} and {p Tomas Brandt} sat. Ms. {p Brandt} spoke. Mr. {p Brandt} left.",
        she={"Eva Brandt": 2.0, "Tomas Brandt": -2.0},
    )
    assert shown.name("Brandt", 0) == "Eva Brandt"
    assert shown.name("Brandt", 1) == "Tomas Brandt"


def test_a_surname_that_two_share_alike_is_left_open() -> None:
    shown = scene("{p Eva Brandt} and {p Tomas Brandt} sat. {p Brandt} rose.")
    assert shown.name("Brandt") is None
    assert shown.may_be("Brandt") == {"Eva Brandt", "Tomas Brandt"}


def test_a_surname_that_two_share_stands_for_the_one_whom_the_article_is_about() -> None:
    shown = scene(
        "{p Eva Brandt} rose. {p Eva Brandt} spoke. {p Eva Brandt} sat.\n\n"
        "Once {p Tomas Brandt} came.\n\nIt rained. It rained on.\n\n{p Eva Brandt} went. {p Brandt} smiled."
    )
    assert shown.name("Brandt") == "Eva Brandt"


def test_mr_before_a_woman_s_surname_is_somebody_else() -> None:
    shown = scene("Ms. {p Eva Brandt} came. Mr. {p Brandt} waited.")
    assert shown.name("Brandt") == "Brandt"


def test_initials_stand_for_the_body_whose_they_are() -> None:
    shown = scene("The {o Northern League} ({o NL}) met. The {o NL} voted.")
    assert shown.name("NL", 0) == shown.name("NL", 1) == "Northern League"
    assert "initials" in shown.clues("NL")


def test_the_end_of_a_body_s_name_stands_for_it_after_the_article() -> None:
    shown = scene("{o The Ostmere Courier} said so. The {o Courier} added more.")
    assert shown.name("Courier") == "The Ostmere Courier"


def test_entities_are_numbered_by_first_mention() -> None:
    shown = scene("{l Ostmere} is small. {p Ode} and {p Eva Brandt} left {l Ostmere}.")
    assert [(entity.id, entity.name) for entity in shown.resolved.entities] == [
        ("e1", "Ostmere"),
        ("e2", "Ode"),
        ("e3", "Eva Brandt"),
    ]


def test_a_name_broken_over_two_lines_is_given_with_a_space() -> None:
    shown = scene("{p Tomas\xa0Ode} left.")
    assert shown.name("Tomas\xa0Ode") == "Tomas Ode"


def test_five_hundred_people_are_told_apart() -> None:
    people = [
        f"{chr(65 + i // 26 % 26)}{chr(97 + i % 26)}lo {chr(65 + i % 26)}{chr(97 + i // 26)}nqvist"
        for i in range(500)
    ]
    shown = scene(" ".join(f"{{p {one}}} came." for one in people))
    assert len(shown.resolved.entities) == len(set(people))
