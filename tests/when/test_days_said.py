"""The day on which a statement was made, and what tells it. Published on Thursday, 7 March 2024."""

from __future__ import annotations

from datetime import date

import pytest

from when.dating import PRINTED, dated

BOUND = ("../2024-03-07", "published")


@pytest.mark.parametrize(
    "marked, edtf",
    [
        ("{S1:Mara Lindqvist} {C1:said} Tuesday {X1:that the pier was safe}.", "2024-03-05"),
        ("{X1:“The pier is safe,”} {S1:Lindqvist} {C1:told} the Ledger on Tuesday.", "2024-03-05"),
        ("On Tuesday, {S1:Lindqvist} {C1:said} {X1:that the pier was safe}.", "2024-03-05"),
        ("{S1:The harbour board} on Tuesday {C1:announced} {X1:a new pier}.", "2024-03-05"),
        ("{S1:Lindqvist}, in an interview on Tuesday, {C1:said} {X1:that it was safe}.", "2024-03-05"),
        ("{S1:Lindqvist} {C1:said in a statement} late Tuesday {X1:that it was safe}.", "2024-03-05"),
        ("At a rally in Ostmere on Tuesday, {S1:Lindqvist} {C1:vowed} {X1:to rebuild}.", "2024-03-05"),
        ("Speaking Tuesday on state radio, {S1:Lindqvist} {C1:admitted} {X1:a mistake}.", "2024-03-05"),
        ("In a 2014 letter, {S1:Lindqvist} {C1:wrote} {X1:that it was safe}.", "2014"),
        ("In an August speech, {S1:Lindqvist} {C1:praised} {X1:the old pier}.", "2023-08"),
        ("During Tuesday's debate, {S1:Lindqvist} {C1:called} {X1:the pier a disgrace}.", "2024-03-05"),
        ("{S1:A survey released Tuesday} {C1:found} {X1:that few use the pier}.", "2024-03-05"),
        ("{S1:A 2009 report by the harbour board} {C1:found} {X1:no cracks}.", "2009"),
        ("{S1:Lindqvist} met Ode on Tuesday, {C1:telling} him {X1:to resign}.", "2024-03-05"),
        ("{S1:Lindqvist} {C1:said} last week {X1:that the pier was safe}.", "2024-02-26/2024-03-03"),
        ("{S1:Lindqvist} {C1:said} almost 20 years ago {X1:that the pier was safe}.", "2004~"),
        ("{S1:Lindqvist} {C1:said} at 9 p.m. Tuesday {X1:that the pier was safe}.", "2024-03-05"),
    ],
)
def test_a_date_beside_the_cue_dates_the_saying(marked: str, edtf: str) -> None:
    assert dated(marked).day() == (edtf, "words")


@pytest.mark.parametrize(
    "marked",
    [
        # of what was said
        "{S1:Lindqvist} {C1:said} {X1:she would resign on Friday}.",
        "{X1:“I resigned on Tuesday,”} {S1:Lindqvist} {C1:said}.",
        # of the speaker
        "{S1:Lindqvist, who resigned on Tuesday,} {C1:said} {X1:that it was safe}.",
        "{S1:Tobin Marsh}, who won his seat in 2012, {C1:said} {X1:that it was safe}.",
        "{X1:“It is safe,”} {C1:said} {S1:Tobin Marsh, who worked on the 2012 campaign}.",
        # of what it was said about, or came before
        "{S1:Lindqvist} {C1:spoke} of Tuesday's vote {X1:as a disgrace}.",
        "{X1:“It is safe,”} {S1:Lindqvist} {C1:said} of the 2012 fire.",
        "Since 2012, {S1:Lindqvist} {C1:praised} {X1:the pier}.",
        "Until last week, {S1:Lindqvist} {C1:praised} {X1:the pier}.",
        "Before Tuesday, {S1:Lindqvist} {C1:praised} {X1:the pier}.",
        "If the board meets Tuesday, {S1:engineers} {C1:said}, {X1:the pier will close}.",
        # of what is ahead, or where somebody stands
        "On Friday, {S1:Lindqvist} {C1:will argue} {X1:that the pier is safe}.",
        "Since the fire of 2012, {S1:Lindqvist} {C1:believes} {X1:the pier unsafe}.",
        # of the article
        "OSTMERE, March 5 (Ledger) — {S1:Lindqvist} {C1:said} {X1:that the pier was safe}.",
    ],
)
def test_a_date_of_something_else_leaves_publication_as_the_latest_day(marked: str) -> None:
    assert dated(marked).day() == BOUND


def test_the_evidence_is_the_date_and_how_it_was_counted() -> None:
    shown = dated("{S1:Lindqvist} {C1:said} Tuesday {X1:that the pier was safe}.")
    assert shown.shown() == ["Tuesday"]
    assert shown.why() == ["“Tuesday”, the last one up to publication on 2024-03-07"]


@pytest.mark.parametrize(
    "words, why",
    [
        ("on March 5, 2019", "“March 5, 2019”"),
        ("last week", "“last week”, counted from publication on 2024-03-07"),
        ("on Sept. 3", "“Sept. 3”, the nearest to publication on 2024-03-07 that goes with the words around"),
    ],
)
def test_the_evidence_says_what_a_date_was_counted_from(words: str, why: str) -> None:
    assert dated(f"{{S1:Lindqvist}} {{C1:said}} {words} {{X1:that it was safe}}.").why() == [why]


def test_without_any_date_the_bound_says_that_it_is_one() -> None:
    shown = dated("{S1:Lindqvist} {C1:said} {X1:that the pier was safe}.")
    assert shown.day() == BOUND
    assert shown.why() == ["the text does not tell when; published on 2024-03-07, so no later"]


def test_a_week_that_is_not_over_ends_with_publication() -> None:
    shown = dated("{S1:Lindqvist} {C1:said} this week {X1:that the pier was safe}.")
    assert shown.day() == ("2024-03-04/2024-03-07", "words")


# The same speech, interview or letter, dated in another sentence.


@pytest.mark.parametrize(
    "marked, number",
    [
        (
            "{X1:“We are ready,”} {S1:Mara Lindqvist} {C1:said} at a rally on Tuesday. "
            "{X2:“Nobody will stop us,”} {S2:she} {C2:added}.",
            "2",
        ),
        (
            "Mara Lindqvist spoke at the harbour on Tuesday. It rained.\n\n"
            "{X1:“We are ready,”} {S1:Lindqvist} {C1:said}.",
            "1",
        ),
        (
            "On Tuesday {S1:Mara Lindqvist} {C1:gave an interview} to the Ledger, {X1:her first}.\n\n"
            "In the interview, {S2:Tobin Marsh} {C2:interrupted} {X2:that she was wrong}.",
            "2",
        ),
        (
            "The harbour board published a report on Tuesday.\n\n{S1:The report} {C1:found} {X1:no cracks}.",
            "1",
        ),
        (
            "{S1:Lindqvist} {C1:quits} {X1:as minister}\n\n"
            "On Tuesday, {S2:Lindqvist} {C2:said} {X2:that she would resign}.",
            "1",
        ),
        (
            "Tobin Marsh met Mara Lindqvist on Tuesday. A transcript follows.\n\n"
            "{S1:MARSH}{C1::} {X1:Is the pier safe?}\n\n{S2:LINDQVIST}{C2::} {X2:It is.}",
            "2",
        ),
        (
            "The dockers' union backed Lindqvist on Tuesday. In a statement announcing the pick, "
            "{S1:the men} {C1:called} {X1:her a friend}.",
            "1",
        ),
    ],
)
def test_what_was_said_on_an_occasion_has_its_day(marked: str, number: str) -> None:
    shown = dated(marked)
    assert shown.day(number) == ("2024-03-05", "context")
    assert shown.shown(number)[0] == "Tuesday"
    assert len(shown.why(number)) == 2


@pytest.mark.parametrize(
    "second",
    [
        "{S2:Tobin Marsh} {C2:said} {X2:that nobody was}",  # somebody else
        "{S2:She} {C2:has said} {X2:that she is}",  # at some other time
        "{S2:She} {C2:believes} {X2:that she is}",  # no act
        "{S2:She} repeatedly {C2:told} {X2:reporters off}",  # often
        "{S2:She} {C2:later said} {X2:that she was}",
        "In an earlier interview, {S2:she} {C2:said} {X2:that she was not}",  # another occasion
    ],
)
def test_what_was_not_said_on_an_occasion_has_not_its_day(second: str) -> None:
    shown = dated("On Tuesday, {S1:Mara Lindqvist} {C1:said} {X1:she was ready}. It rained. " + second + ".")
    assert shown.day("1") == ("2024-03-05", "words")
    assert shown.day("2") == BOUND


def test_a_past_interview_is_not_dated_to_its_publication() -> None:
    shown = dated(
        "{S1:Lindqvist} {C1:told} the Ledger in May 2019 {X1:that it was safe}. "
        "{X2:“I would swim there,”} {S2:she} {C2:said}."
    )
    assert shown.day("1") == ("2019-05", "words")
    assert shown.day("2") == ("2019-05", "context")


def test_an_occasion_does_not_reach_far_into_the_article() -> None:
    shown = dated(
        "On Tuesday, {S1:Lindqvist} {C1:said} {X1:she was ready}. "
        + "It rained. " * 20
        + "{S2:Lindqvist} {C2:said} {X2:that she was}."
    )
    assert shown.day("2") == BOUND


def test_the_nearer_occasion_of_a_speaker_counts() -> None:
    shown = dated(
        "On Monday, {S1:Lindqvist} {C1:said} {X1:yes}. On Tuesday, {S2:Lindqvist} {C2:said} {X2:never}. "
        "{X3:“Maybe,”} {S3:she} {C3:added}."
    )
    assert shown.day("3") == ("2024-03-05", "context")


def test_the_caller_may_tell_who_speaks_and_who_is_meant() -> None:
    marked = (
        "Mara Lindqvist spoke at the harbour on Tuesday.\n\n"
        "{X1:“We are ready,”} {S1:the deputy minister} {C1:said}.\n\n{X2:“No,”} {S2:Marsh} {C2:said}."
    )
    assert dated(marked).day() == BOUND
    known = dated(marked, speakers={"1": "e1", "2": "e2"}, mentions={"Mara Lindqvist": "e1"})
    assert known.day("1") == ("2024-03-05", "context")
    assert known.day("2") == BOUND


def test_a_question_and_its_answer_have_the_day_of_the_conversation() -> None:
    shown = dated(
        "On Tuesday, {S1:Lindqvist} {C1:told} the Ledger {X1:that it was safe}. "
        "{S2:The reporter} {C2:then asked} {X2:whether she would swim there}."
    )
    assert shown.day("2") == ("2024-03-05", "context")


def test_each_of_two_who_met_said_it_on_the_day_they_met() -> None:
    shown = dated(
        "Mara Lindqvist and Tobin Marsh met on Tuesday, {S1:each} {C1:calling} {X1:the other a liar}. "
        "{X2:“I am not,”} {S2:Marsh} {C2:said}."
    )
    assert shown.day("1") == ("2024-03-05", "words")
    assert shown.day("2") == ("2024-03-05", "context")


def test_a_look_back_dates_nothing_that_follows() -> None:
    shown = dated(
        "Tobin Marsh attacked Lindqvist on Tuesday after {S1:she} {C1:had said} on Monday {X1:that he lied}. "
        "{X2:“I never lie,”} {S2:Marsh} {C2:said}."
    )
    assert shown.day("1") == ("2024-03-04", "words")
    assert shown.day("2") == ("2024-03-05", "context")


def test_a_letter_has_the_day_of_the_one_whose_it_is_where_the_caller_tells_who_that_is() -> None:
    shown = dated(
        "Mara Lindqvist spoke at the harbour on Tuesday. {S1:Her statement} {C1:called} {X1:it a shame}.",
        speakers={},
        mentions={"Mara Lindqvist": "e1", "Her": "e1"},
    )
    assert shown.day() == ("2024-03-05", "context")


# Statements inside statements.


def test_what_somebody_reports_was_said_no_later_than_the_report() -> None:
    shown = dated(
        "{S1:Lindqvist} {C1:said} Tuesday {X1:that {S1.1:Marsh} {C1.1:had told} her {X1.1:to resign}}."
    )
    assert shown.day("1") == ("2024-03-05", "words")
    assert shown.day("1.1") == ("../2024-03-05", "context")
    assert "reported in words said on 2024-03-05" in shown.why("1.1")[0]


def test_a_date_inside_the_report_dates_what_is_reported() -> None:
    shown = dated(
        "{S1:Lindqvist} {C1:said} Tuesday {X1:that {S1.1:Marsh} {C1.1:had told} her in 2019 {X1.1:to go}}."
    )
    assert shown.day("1.1") == ("2019", "words")


def test_a_report_without_a_day_has_the_bound_of_what_it_stands_in() -> None:
    shown = dated("{S1:Lindqvist} {C1:said} {X1:that {S1.1:Marsh} {C1.1:told} her {X1.1:to go}}.")
    assert shown.day("1.1") == BOUND


# Bad input.


def test_without_a_day_of_publication_there_is_no_bound() -> None:
    shown = dated("{S1:Lindqvist} {C1:said} {X1:that the pier was safe}.", published=None)
    assert shown.day() == (None, "nothing")


def test_without_a_day_of_publication_the_words_go_as_far_as_they_go() -> None:
    weekday = dated("{S1:Lindqvist} {C1:said} Tuesday {X1:that it was safe}.", published=None)
    assert weekday.day() == (None, "nothing")
    assert weekday.why() == ["“Tuesday”, the day of publication is not known"]
    day = dated("{S1:Lindqvist} {C1:said} on August 14 {X1:that it was safe}.", published=None)
    assert day.day() == ("XXXX-08-14", "words")
    full = dated("{S1:Lindqvist} {C1:said} on August 14, 2019, {X1:that it was safe}.", published=None)
    assert full.day() == ("2019-08-14", "words")


def test_last_friday_on_a_friday() -> None:
    marked = "{S1:Lindqvist} {C1:said} last Friday {X1:that it was safe}."
    assert dated(marked, date(2024, 3, 8)).day() == ("2024-03-01", "words")


def test_a_day_that_no_calendar_has_is_its_month_unsurely() -> None:
    assert dated("{S1:Lindqvist} {C1:said} on Sept. 31 {X1:that it was safe}.").day()[0] == "2023-09?"


def test_the_times_of_a_live_blog_date_its_entries() -> None:
    shown = dated(
        "9:58 a.m.\n{S1:Police} {C1:said} {X1:that the pier was shut}.\n\n"
        "10:45 a.m.\n{S2:Lindqvist} {C2:arrived and said} {X2:that nobody was hurt}. "
        "{S3:She} {C3:is} {X3:in tears}.\n\n"
        "11:20 a.m.\nOn Tuesday, {S4:Marsh} {C4:had said} {X4:that it was safe}."
    )
    assert shown.day("1") == ("2024-03-07", "context")
    assert shown.shown("2") == ["10:45 a.m."]
    assert "live blog" in shown.why("2")[0]
    assert shown.day("3") == BOUND
    assert shown.day("4") == ("2024-03-05", "words")


def test_one_time_at_a_line_s_beginning_makes_no_live_blog() -> None:
    assert dated("9:58 a.m.\n{S1:Police} {C1:said} {X1:that the pier was shut}.").day() == BOUND


def test_an_article_without_attributions_has_no_days() -> None:
    assert dated("The pier was shut on Tuesday.").days == {}


def test_every_statement_of_a_text_without_stops_is_dated_in_its_place() -> None:
    marked = " ".join(
        f"and on Tuesday {{S{n}:Lindqvist}} {{C{n}:said}} {{X{n}:that pier {n} was safe}}"
        for n in range(1, 300)
    )
    assert {day[0] for day in map(dated(marked, PRINTED).day, ["1", "150", "299"])} == {"2024-03-05"}
