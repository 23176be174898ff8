"""Whom an article credits, as its words tell, and through how many hands it has a statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quotidian.trace.credits import BESIDES, HEARD_ITSELF, credits, hands
from quotidian.trace.values import Credit
from quotidian.types import Article, Said
from store.building import told

PEOPLE = [("Mara Quill", "Quill"), ("Ivo Brann", "Brann")]


def article(marked: str, **more: Any) -> Article:
    return told(marked, people=PEOPLE, **more)


def whole(one: Article) -> list[tuple[str, str | None]]:
    """The credits of the article as a whole."""
    return [(credit.kind, credit.name) for credit in credits(one) if credit.attribution is None]


def own(one: Article, content: str) -> list[Credit]:
    """The credits of the statement with some words, in order."""
    (id,) = (made.id for made in one.attributions if made.content.text == content)
    return [credit for credit in credits(one) if credit.attribution == id]


def named(one: Article, content: str) -> list[tuple[str, str | None]]:
    return [(credit.kind, credit.name) for credit in own(one, content)]


def handed(one: Article, content: str) -> int:
    (id,) = (made.id for made in one.attributions if made.content.text == content)
    return hands(one, credits(one))[id]


@pytest.mark.parametrize(
    ("text", "byline", "credit"),
    [
        ("SKARN, March 6 (LPA) — {s:Quill} {c:said} {q:no}.", None, ("agency", "LPA")),
        ("{s:Quill} {c:said} {q:no}.", "Ada Voss, LPA", ("agency", "LPA")),
        ("{s:Quill} {c:said} {q:no}. (Reuters)", None, ("agency", "Reuters")),
        ("{s:Quill} {c:said} {q:no}. (LPA and own report)", None, ("agency", "LPA")),
        (
            "{s:Quill} {c:said} {q:no}.\nThis article first appeared in The Tide Gazette.",
            None,
            ("outlet", "The Tide Gazette"),
        ),
    ],
)
def test_a_whole_article_credits_an_agency_or_an_outlet(
    text: str, byline: str | None, credit: tuple[str, str]
) -> None:
    assert whole(article(text, byline=byline)) == [credit]


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("{s:Quill} {c:said} {q:no}.", "Ada Voss"),
        ("{s:Quill} {c:said} {q:no}. (The ferry was late.)", None),
        ("{s:Quill} {c:said} {q:no} (and went).", None),
        ("SKARN (Ada Voss) — {s:Quill} {c:said} {q:no}.", None),
    ],
)
def test_what_names_no_agency_is_no_credit(text: str, byline: str | None) -> None:
    assert whole(article(text, byline=byline)) == []


def test_an_agency_does_not_credit_itself() -> None:
    one = article(
        "SKARN (LPA) — {s:Quill} {c:told} LPA {q:that she would sail}.", outlet="Lowland Press Agency"
    )
    assert whole(one) == []
    (heard,) = own(one, "that she would sail")
    assert (heard.kind, heard.why) == ("speaker", HEARD_ITSELF)
    assert handed(one, "that she would sail") == 0


@pytest.mark.parametrize(
    ("byline", "end", "besides"),
    [("LPA", "", False), ("Ada Voss, LPA", "", True), (None, " (LPA)", False), (None, " (LPA, own)", True)],
)
def test_work_of_its_own_beside_an_agency_is_told(byline: str | None, end: str, besides: bool) -> None:
    (credit,) = credits(article(f"{{s:Quill}} {{c:said}} {{q:no}}.{end}", byline=byline))
    assert (credit.why in BESIDES) is besides


def test_an_outlet_that_was_told_is_credited_and_is_a_hand() -> None:
    one = article("{s:Quill} {c:told} the Tide Gazette {q:that she would sail}.")
    assert named(one, "that she would sail") == [("outlet", "the Tide Gazette")]
    assert handed(one, "that she would sail") == 1


def test_another_clause_of_the_sentence_is_another_matter() -> None:
    one = article(
        "{s1:Quill} {c1:told} LPA {q1:that she would sail}; {s2:her office} {c2:denied} {q2:that she could}."
    )
    assert named(one, "that she would sail") == [("agency", "LPA")]
    assert named(one, "that she could") == []


def test_the_outlet_that_reports_comes_before_the_one_that_was_told() -> None:
    one = article("“{q:It is water},” {s:he} {c:told} LPA, the Tide Gazette reported this afternoon.")
    assert named(one, "It is water") == [("outlet", "the Tide Gazette"), ("agency", "LPA")]
    assert handed(one, "It is water") == 2


def test_what_stands_there_is_from_the_outlet_that_was_read_before() -> None:
    one = article(
        "Then read the Gazette. There, {s:Quill} {c:said} {q:it is late}. {s2:Brann} {c2:said} {q2:yes}."
    )
    assert named(one, "it is late") == [("outlet", "the Gazette")]
    assert named(one, "yes") == []


def test_a_document_is_from_the_outlet_that_published_it() -> None:
    one = article("The memo was published on Friday by Ebb. {s:It} {c:reads} {q:“Open them.”}")
    document = replace(one.statements[0].speaker, kind="document")
    read = replace(one, statements=(replace(one.statements[0], speaker=document),))
    assert named(read, "“Open them.”") == [("outlet", "Ebb")]


def test_an_outlet_s_source_is_its_when_it_comes_again() -> None:
    one = article(
        "They offered it, if LPA’s whip is to be believed. {s:The whip} {c:says} {q:there was one}. "
        "{s2:A second whip} {c2:says} {q2:there was none}."
    )
    assert named(one, "there was one") == [("agency", "LPA")]
    assert named(one, "there was none") == []


def test_an_outlet_s_editor_is_no_source_of_its() -> None:
    one = article("The Gazette’s editor came. {s:The editor} {c:said} {q:it was late}.")
    assert named(one, "it was late") == []


@pytest.mark.parametrize(
    ("words", "itself"),
    [("told this newspaper", True), ("told the Post", True), ("told us", True), ("told reporters", False)],
)
def test_who_heard_the_speaker(words: str, itself: bool) -> None:
    one = article(f"{{s:Quill}} {{c:{words}}} {{q:that she would sail}}.")
    (credit,) = own(one, "that she would sail")
    assert credit.kind == "speaker"
    assert (credit.why == HEARD_ITSELF) is itself


def test_what_this_outlet_was_told_long_before_is_from_what_it_had_then() -> None:
    one = article("{s:Quill} {c:told} this newspaper on 1 March {q:that she would sail}.")
    made = replace(one.statements[0], said=Said("2031-03-01", "words", 0.9))
    (credit,) = own(replace(one, statements=(made,)), "that she would sail")
    assert (credit.kind, credit.name) == ("outlet", "The Harbour Post")
    assert handed(replace(one, statements=(made,)), "that she would sail") == 0


def test_the_outlet_that_all_is_from_is_no_hand_of_a_statement() -> None:
    one = article("SKARN (LPA) — {s:Quill} {c:told} LPA {q:that she would sail}.")
    assert named(one, "that she would sail") == [("agency", "LPA")]
    assert handed(one, "that she would sail") == 0


@pytest.mark.parametrize(
    ("text", "content", "count"),
    [
        ("{s1:Quill} {c1:said} {q1:{s2:Brann} {c2:knew} {q2:the way}}.", "the way", 1),
        ("“{q1:{s2:I} {c2:said} {q2:no}},” {s1:Quill} {c1:said}.", "no", 1),
        ("{s1:Quill} {c1:said} {q1:{s2:Quill} {c2:feared} {q2:the ice}}.", "the ice", 0),
        ("{q1:It tolls}, {s1:Quill’s grandmother} {c1:told} her.", "It tolls", 1),
        ("{q1:It tolls}, {s1:the guard} {c1:told} her.", "It tolls", 0),
    ],
)
def test_people_between_are_hands_but_not_the_speaker_herself(text: str, content: str, count: int) -> None:
    made = article(text)
    people = tuple(
        replace(one, speaker=replace(one.speaker, kind="unnamed", name=None))
        if one.attribution.source and "grandmother" in one.attribution.source.text
        else one
        for one in made.statements
    )
    assert handed(replace(made, statements=people), content) == count


def test_every_credit_s_words_stand_in_the_text() -> None:
    one = article(
        "SKARN (LPA) — {s1:Quill} {c1:told} the Tide Gazette {q1:no}, it reported. “{q2:Yes},” {s2:Brann} "
        "{c2:told} reporters. (LPA)",
        byline="LPA",
    )
    for credit in credits(one):
        if credit.passage is not None:
            assert credit.passage.text == " ".join(one.text[a:b] for a, b in credit.passage.spans)
