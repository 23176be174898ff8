"""Through which outlet or medium a statement came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.encoder.words import words_of
from quotidian.resolve.channels import via
from quotidian.resolve.layout import Layout
from quotidian.types import Attribution, Mention, Passage
from resolve.scene import parsed, tokenizer

WORDS = [
    "told",
    "CNN",
    "in",
    "a",
    "statement",
    "with",
    "Post",
    "’",
    "s",
    ",",
    ".",
    "“",
    "”",
    "on",
    "Twitter",
    "\n",
]


def channels(marked: str, outlet: str | None = None) -> list[str | None]:
    """The channel of each attribution; people are linked by surname, speakers by their source's last word."""
    text, mentions, attributions = parsed(marked)
    layout = Layout.of(text, words_of(text, tokenizer()), attributions)
    linked = [
        replace(mention, entity=mention.passage.text.split()[-1]) if mention.type == "person" else mention
        for mention in mentions
    ]
    speakers = [one.source.text.split()[-1] if one.source else None for one in attributions]
    found = via(layout, attributions, linked, speakers, outlet)
    return [one.passage.text if one else None for one in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{S1 {p Lindqvist}} {C1 told} CNN {X1 that it was late}.", "CNN"),
        (
            "{S1 {p Lindqvist}} {C1 told} the {o Ostmere Courier} on Monday {X1 that it was late}.",
            "Ostmere Courier",
        ),
        ("{S1 {p Lindqvist}} {C1 told} {p Ann Berg} of the {o Courier} {X1 that it was late}.", "Courier"),
        ("{S1 {p Lindqvist}} {C1 told} {o Radio Harrow} {X1 that it was late}.", "Radio Harrow"),
        ("{S1 {p Lindqvist}} {C1 told} state television {X1 that it was late}.", "state television"),
        (
            "{S1 {p Lindqvist}} {C1 told} radio host {p Ann Berg} {X1 that it was late}.",
            "radio host Ann Berg",
        ),
        (
            "{S1 {p Lindqvist}} {C1 said} in an interview with the {o Harrow Post} {X1 that it was late}.",
            "Harrow Post",
        ),
        ("In an {o ABC} interview on Monday, {S1 {p Lindqvist}} {C1 said} {X1 that it was late}.", "ABC"),
        ("{X1 “It is late,”} {S1 {p Lindqvist}} {C1 said} on NBC’s “Morning Tide.”", "NBC"),
        ("{X1 “It is late,”} {S1 {p Lindqvist}} {C1 said} on “Meet the Press.”", "Meet the Press"),
        ("{X1 “It is late,”} {S1 {p Lindqvist}} {C1 said} in a written statement.", "written statement"),
        ("{X1 “It is late,”} {S1 {p Lindqvist}} {C1 wrote} on her official Facebook page.", "Facebook"),
        ("{X1 “It is late,”} {S1 {p Lindqvist}} {C1 wrote} in a letter to the port.", "letter"),
        ("{S1 {p Lindqvist}} {C1 tweeted} {X1 that it was late}.", "tweeted"),
        ("{S1 A letter} obtained by the {o Harrow Post} {C1 said} {X1 that it was late}.", "Harrow Post"),
    ],
)
def test_a_channel_is_found_in_the_statement_s_own_sentence(marked: str, expected: str) -> None:
    assert channels(marked) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "{S1 {p Lindqvist}} {C1 told} reporters {X1 that it was late}.",
        "{S1 {p Lindqvist}} {C1 said} in an interview {X1 that it was late}.",
        "{S1 The {o Harrow Post}} {C1 reported} {X1 that it was late}.",
        "{S1 {p Lindqvist}} {C1 said} {X1 that the {o Harrow Post} was late}.",
        "{S1 {p Lindqvist}} {C1 said} {X1 that Ode told CNN lies}.",
        "{S1 {p Lindqvist}} led in a CNN poll and {C1 said} {X1 that it was late}.",
        "{S1 {p Lindqvist}} {C1 said} in her opening statement {X1 that it was late}.",
        "{S1 {p Lindqvist}} {C1 said} at a rally {X1 that it was late}.",
    ],
)
def test_an_outlet_that_is_only_spoken_of_and_an_occasion_are_no_channels(marked: str) -> None:
    assert channels(marked) == [None]


@pytest.mark.parametrize("outlet", ["The Harrow Post", "harrow-post", "www.harrowpost.com", "hp"])
def test_what_is_told_to_the_article_s_own_outlet_has_no_channel(outlet: str) -> None:
    marked = "{S1 {p Lindqvist}} {C1 told} The {o Harrow Post} {X1 that it was late}."
    assert channels(marked) == ["Harrow Post"]
    assert channels(marked, outlet) == [None]


def test_another_outlet_is_not_taken_for_the_article_s_own() -> None:
    marked = "{S1 {p Lindqvist}} {C1 told} The {o Harrow Post} {X1 that it was late}."
    assert channels(marked, "The Ostmere Courier") == ["Harrow Post"]


def test_what_the_speaker_goes_on_to_say_came_through_the_same_channel() -> None:
    marked = (
        "{X1 “It is late,”} {S1 {p Lindqvist}} {C1 told} CNN.\n\n{X2 “Late,”} {S2 {p Lindqvist}} {C2 said}."
        " {S3 {p Lindqvist}} {C3 added} {X3 that nobody knew}."
    )
    assert channels(marked) == ["CNN", "CNN", "CNN"]


def test_headline_and_lead_have_the_channel_that_the_story_gives() -> None:
    marked = (
        "{S1 {p Lindqvist}}{C1 :} {X1 It is late}\n\n{S2 {p Lindqvist}} {C2 warned} {X2 of the hour}.\n\n"
        "{X3 “It is late,”} {S3 {p Lindqvist}} {C3 told} CNN."
    )
    assert channels(marked) == ["CNN", "CNN", "CNN"]


def test_the_channel_ends_where_the_speaker_is_elsewhere() -> None:
    marked = (
        "{X1 “It is late,”} {S1 {p Lindqvist}} {C1 told} CNN."
        " {X2 “Go home,”} {S2 {p Lindqvist}} {C2 said} at a rally. {X3 “Now,”} {S3 {p Lindqvist}} {C3 said}."
    )
    assert channels(marked) == ["CNN", None, None]


def test_the_channel_does_not_pass_to_another_speaker_or_another_time() -> None:
    marked = (
        "{X1 “It is late,”} {S1 {p Lindqvist}} {C1 told} CNN. {X2 “Not so,”} {S2 {p Ode}} {C2 said}."
        " {S3 {p Lindqvist}} {C3 has said} {X3 “never”}."
    )
    assert channels(marked) == ["CNN", None, None]


def test_an_entry_of_a_live_blog_has_no_channel_of_another_one() -> None:
    marked = (
        "14:05 {S1 {p Lindqvist}} {C1 said} {X1 it was late}.\n\n"
        "15:10 {X2 “It is late,”} {S2 {p Lindqvist}} {C2 told} CNN.\n\n"
        "15:20 {X3 “Later,”} {S3 {p Lindqvist}} {C3 said}."
    )
    assert channels(marked) == [None, "CNN", None]


def test_an_interview_told_of_before_is_where_the_next_quotation_comes_from() -> None:
    marked = "{p Lindqvist} spoke to CNN on Monday. {X1 “It is late,”} {S1 {p Lindqvist}} {C1 said}."
    assert channels(marked) == ["CNN"]


def test_a_journalist_stands_for_the_outlet_that_the_article_gives_as_theirs() -> None:
    marked = (
        "CNN’s {p Ann Berg} waited. {X1 “It is late,”} {S1 {p Lindqvist}} {C1 told} {p Berg}."
        " {X2 “Late,”} {S2 {p Ode}} {C2 told} {p Tomas Rask}."
    )
    assert channels(marked) == ["CNN", None]


def test_what_an_outlet_reports_that_somebody_said_came_through_the_outlet() -> None:
    marked = (
        "{S1 The {o Harrow Post}} {C1 reported} {X1 that {S2 {p Lindqvist}} had {C2 said} {X2 it was late}}."
    )
    assert channels(marked) == [None, "Harrow Post"]


def test_two_in_one_sentence_each_have_their_own() -> None:
    first = "{S1 {p Lindqvist}} {C1 told} CNN {X1 it was late}, and "
    second = "{S2 {p Ode}} {C2 said} in a statement {X2 it was not}."
    assert channels(first + second) == ["CNN", "statement"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_channels_stand_in_the_text_whatever_it_is(words: list[str]) -> None:
    text = " ".join(["Ann said it is late.", *words, "Ann said it is late."])
    starts = [0, text.rindex("Ann")]
    attributions = [
        Attribution(
            id=f"a{start}",
            source=Passage.of(text, [(start, start + 3)]),
            cue=Passage.of(text, [(start + 4, start + 8)]),
            content=Passage.of(text, [(start + 9, start + 19)]),
            directness="indirect",
            depth=0,
            parent=None,
            confidence=0.9,
        )
        for start in starts
    ]
    mentions = [
        Mention(Passage.of(text, [(start, start + 3)]), "person", "name", 0.9, "e1") for start in starts
    ]
    layout = Layout.of(text, words_of(text, tokenizer()), attributions)
    for found in via(layout, attributions, mentions, ["e1", "e1"], "The Post"):
        if found is not None:
            ((start, end),) = found.passage.spans
            assert text[start:end] == found.passage.text != ""
