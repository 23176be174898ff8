"""What an article says that its people are, and for whom they speak."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.encoder.words import words_of
from quotidian.resolve.layout import Layout
from quotidian.resolve.offices import Office, offices, offices_of_descriptions
from quotidian.types import Mention, Passage
from resolve.scene import parsed, tokenizer

WORDS = [
    "Minister",
    "Lindqvist",
    "of",
    "the",
    "’",
    "s",
    "-",
    ",",
    ".",
    "co",
    "is",
    "Port",
    "U",
    "&",
    "adviser",
    "(",
    "and",
]


def laid_out(marked: str) -> tuple[Layout, tuple[Mention, ...]]:
    """A marked text and its mentions, people linked by surname, "she" and descriptions to the first one."""
    text, mentions, attributions = parsed(marked)
    layout = Layout.of(text, words_of(text, tokenizer()), attributions)
    people = [m.passage.text.split()[-1] for m in mentions if m.type == "person" and m.form == "name"]
    linked = [
        replace(m, entity=m.passage.text.split()[-1] if m.form == "name" else people[0])
        if m.type == "person" and people
        else m
        for m in mentions
    ]
    return layout, tuple(linked)


def office_of(marked: str, surname: str = "Lindqvist") -> Office:
    return offices(*laid_out(marked)).get(surname, Office())


def role(marked: str, surname: str = "Lindqvist") -> str | None:
    found = office_of(marked, surname).role
    return found.passage.text if found else None


def organisation(marked: str, surname: str = "Lindqvist") -> str | None:
    found = office_of(marked, surname).organisation
    return found.passage.text if found else None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Deputy Minister {p Mara Lindqvist} said no.", "Deputy Minister"),
        ("Retired Lt. Gen. {p Mara Lindqvist} said no.", "Retired Lt. Gen."),
        ("They met longtime Unionist pollster {p Mara Lindqvist} on Monday.", "longtime Unionist pollster"),
        ("{l Harrow} Supreme Court Justice {p Mara Lindqvist} ruled.", "Harrow Supreme Court Justice"),
        ("{p Tomas Ode}’s campaign manager {p Mara Lindqvist} said no.", "Tomas Ode’s campaign manager"),
        ("A warehouse manager, {p Mara Lindqvist}, said no.", "warehouse manager"),
        ("The president of the {o Ferry Union}, {p Mara Lindqvist}, left.", "president of the Ferry Union"),
        ("{p Mara Lindqvist}, a top Ode surrogate, said no.", "top Ode surrogate"),
        ("{p Mara Lindqvist}, 45, the deputy minister for trade, said no.", "deputy minister for trade"),
        ("{p Mara Lindqvist} (U-Harrow), chairwoman of the panel, left.", "chairwoman of the panel"),
        ("“No,” said {p Mara Lindqvist}, an economist and tax expert.", "economist and tax expert"),
        ("{p Mara Lindqvist} — co-founder of {o Saltwind} — said no.", "co-founder of Saltwind"),
        ("{p Mara Lindqvist}, one of Ode’s closest advisers, said no.", "one of Ode’s closest advisers"),
        (
            "{p Mara Lindqvist} is the director of debate at {o Harrow College}.",
            "director of debate at Harrow College",
        ),
        ("{p Mara Lindqvist}, who served as envoy to {l Sarvenia} from 2012, said no.", "envoy to Sarvenia"),
        ("{p Mara Lindqvist}, who heads the {o Ferry Union}, said no.", "heads the Ferry Union"),
        ("{p Mara Lindqvist} has been harbour master for years.", "harbour master"),
        ("{p Mara Lindqvist}’s work as junior senator to rebuild the pier ended.", "junior senator"),
        ("{p Mara Lindqvist}, the bell ringer, said no.", "bell ringer"),
        ("{p Mara Lindqvist}, a hydrologist, said no.", "hydrologist"),
        ("{p Mara Lindqvist}’s tenure as harbour commissioner ended.", "harbour commissioner"),
        ("{p Mara Lindqvist} left. {d The former finance secretary} smiled.", "former finance secretary"),
        ("{p Mara Lindqvist} left. {~ She} is now a professor of law.", "professor of law"),
    ],
)
def test_an_office_is_found_where_the_article_gives_it(marked: str, expected: str) -> None:
    assert role(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Mrs. {p Mara Lindqvist} said no.",
        "{p Mara Lindqvist} said no to the minister.",
        "{p Mara Lindqvist}, Senator {p Tomas Ode} and others left.",
        "{p Mara Lindqvist}, the senator’s neighbour’s dog and a cat left.",
        "They saw {p Mara Lindqvist}, aides and reporters.",
        "They saw {p Mara Lindqvist}, a matter of chance.",
        "“{p Mara Lindqvist} is a director of nothing,” he said.",
        "{p Mara Lindqvist} was Sen. {p Tomas Ode}’s idea.",
    ],
)
def test_no_office_is_made_up(marked: str) -> None:
    assert role(marked) is None


def test_a_title_goes_to_the_name_behind_it() -> None:
    marked = "{p Mara Lindqvist}, Senator {p Tomas Ode} and others left."
    assert role(marked, "Ode") == "Senator"


def test_an_office_that_still_holds_comes_before_a_former_one() -> None:
    former = "Former harbour commissioner {p Mara Lindqvist} left."
    marked = former + " {p Lindqvist}, a senior adviser to the bank, smiled."
    assert role(marked) == "senior adviser to the bank"


def test_the_fuller_of_two_offices_is_given() -> None:
    marked = "Sen. {p Mara Lindqvist} left. {p Lindqvist}, chairwoman of the {o Ports Committee}, smiled."
    assert role(marked) == "chairwoman of the Ports Committee"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("“No,” said {p Mara Lindqvist}, president of the {o Harbour Action Forum}.", "Harbour Action Forum"),
        ("{o Ports Ministry} spokeswoman {p Mara Lindqvist} said no.", "Ports Ministry"),
        ("{p Ode} campaign manager {p Mara Lindqvist} said no.", "Ode campaign"),
        ("{p Tomas Ode}’s campaign manager {p Mara Lindqvist} said no.", "Tomas Ode’s campaign"),
        ("Oversight Chairwoman {p Mara Lindqvist} said no.", "Oversight"),
        ("{l Ostmere}’s foreign minister, {p Mara Lindqvist}, said no.", "Ostmere"),
        ("{p Mara Lindqvist}, the foreign minister of {l Ostmere}, said no.", "Ostmere"),
        ("{p Mara Lindqvist}, a partner at the law firm {o Ode Brothers}, said no.", "Ode Brothers"),
        ("{p Mara Lindqvist}, a professor at Harrow State University, said no.", "Harrow State University"),
        ("{l Ostmere}’s {o Harbour League} leader {p Mara Lindqvist} said no.", "Harbour League"),
        ("{p Mara Lindqvist}, chairwoman of the board of {o Saltwind}, said no.", "Saltwind"),
        ("{p Mara Lindqvist}, who chairs the harbour board, said no.", "harbour board"),
        ("The company’s chief executive, {p Mara Lindqvist}, said no.", "company"),
        ("{p Mara Lindqvist} ({o Ferry Union}) said no.", "Ferry Union"),
        ("They asked {o Channel Nine}’s {p Mara Lindqvist}.", "Channel Nine"),
        ("“No,” said {p Mara Lindqvist} of the {o Ferry Union}.", "Ferry Union"),
        (
            "{p Mara Lindqvist} is a tax lawyer and senior fellow at the {o Ports Institute}.",
            "Ports Institute",
        ),
    ],
)
def test_the_body_that_somebody_speaks_for_is_found_in_the_office_or_beside_the_name(
    marked: str, expected: str
) -> None:
    assert organisation(marked) == expected


def test_a_body_called_by_a_pronoun_or_description_is_given_by_its_name() -> None:
    for words in (
        "{~ Its} leader, {p Mara Lindqvist},",
        "{p Mara Lindqvist}, a spokeswoman for {D the union},",
    ):
        layout, mentions = laid_out("The {o Ferry Union} met. " + words + " said no.")
        same = {"Its", "the union", "Ferry Union"}
        linked = [replace(m, entity="e1") if m.passage.text in same else m for m in mentions]
        found = offices(layout, linked)["Lindqvist"].organisation
        assert found is not None
        assert found.passage.text == "Ferry Union"


@pytest.mark.parametrize(
    "marked",
    [
        "Unionist nominee {p Mara Lindqvist} said no.",
        "{l Harrow} Sen. {p Mara Lindqvist} said no.",
        "{p Ode} lawyer {p Mara Lindqvist} said no.",
        "{p Mara Lindqvist}, a former {o Ports Ministry} spokeswoman, said no.",
        "{p Mara Lindqvist}, a plumber from {l Harrow}, said no.",
        "{p Mara Lindqvist}, a friend of the director, said no.",
    ],
)
def test_a_place_a_party_or_a_former_employer_is_no_body_that_they_speak_for(marked: str) -> None:
    assert organisation(marked) is None


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("{o Ports Ministry} officials", (None, "Ports Ministry")),
        ("a {o Ports Ministry} spokesman", ("Ports Ministry spokesman", "Ports Ministry")),
        ("campaign aides", ("campaign aides", "campaign")),
        ("one Unionist source on the panel", (None, "panel")),
        ("a group of {g Unionists} and workers on the {o Ports Committee}", (None, "Ports Committee")),
        ("his lawyer", ("lawyer", None)),
        ("many voters in {l Harrow}", (None, None)),
        ("two people", (None, None)),
    ],
)
def test_a_description_tells_its_office_and_body(
    description: str, expected: tuple[str | None, str | None]
) -> None:
    layout, mentions = laid_out(f"“No,” said {description}.")
    passage = Passage.of(layout.text, [(layout.text.index("said ") + 5, len(layout.text) - 1)])
    (office,) = offices_of_descriptions(layout, [passage], mentions)
    found = tuple(part.passage.text if part else None for part in (office.role, office.organisation))
    assert found == expected


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_offices_stand_in_the_text_whatever_it_is(words: list[str]) -> None:
    text = " ".join(["Mara Lindqvist", *words, "Mara Lindqvist", *words])
    starts = [0, text.index("Mara Lindqvist", 1)]
    mentions = [
        Mention(Passage.of(text, [(start, start + 14)]), "person", "name", 0.9, "e1") for start in starts
    ]
    layout = Layout.of(text, words_of(text, tokenizer()))
    for office in offices(layout, mentions).values():
        for found in (office.role, office.organisation):
            if found is not None:
                ((start, end),) = found.passage.spans
                assert text[start:end] == found.passage.text
                assert found.passage.text.strip() == found.passage.text != ""


def test_a_text_of_titles_alone_and_an_empty_one_give_nothing() -> None:
    assert offices(*laid_out("President of the president of the president " * 50)) == {}
    assert offices(*laid_out("")) == {}
