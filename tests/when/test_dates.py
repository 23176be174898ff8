"""What date expressions mean, beside a publication on Thursday, 7 March 2024."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from quotidian.types import Date
from quotidian.when import dates
from when.dating import PRINTED


def found(text: str, published: date | None = PRINTED) -> list[tuple[str, str, str, str | None]]:
    return [(one.passage.text, one.type, one.value, one.edtf) for one in dates(text, published)]


def only(text: str, published: date | None = PRINTED) -> Date:
    (one,) = dates(text, published)
    return one


@pytest.mark.parametrize(
    "text, words, edtf",
    [
        ("It closed on March 7, 2019.", "March 7, 2019", "2019-03-07"),
        ("It closed on Sept. 3rd, 2019.", "Sept. 3rd, 2019", "2019-09-03"),
        ("It closed on 7 March 2019.", "7 March 2019", "2019-03-07"),
        ("It closed on the 7th of March, 2019.", "7th of March, 2019", "2019-03-07"),
        ("It closed on Tuesday, March 5.", "Tuesday, March 5", "2024-03-05"),
        ("It closed on 2019-03-07.", "2019-03-07", "2019-03-07"),
        ("It closed on March 7 last year.", "March 7 last year", "2023-03-07"),
        ("It closed in March 2019.", "March 2019", "2019-03"),
        ("It closed in early March of 2019.", "early March of 2019", "2019-03"),
        ("It closed in May last year.", "May last year", "2023-05"),
        ("The bridge was built in 1989.", "1989", "1989"),
        ("It began around 1989.", "around 1989", "1989~"),
        ("She ran in the '96 campaign.", "'96", "1996"),
        ("It opened in nineteen ninety-seven.", "nineteen ninety-seven", "1997"),
        ("Sales fell in fiscal 2021.", "fiscal 2021", "2021~"),
        ("It was so in the early 1990s.", "the early 1990s", "199X"),
        ("It was so in the '60s.", "the '60s", "196X"),
        ("It was so in the nineties.", "the nineties", "199X"),
        ("A 19th-century mill burned.", "19th-century", "18XX"),
        ("Profit rose in the third quarter of 2019.", "the third quarter of 2019", "2019-35"),
        ("Profit rose in last year's first half.", "last year's first half", "2023-40"),
        ("It was cold in the winter of 2019.", "the winter of 2019", "2019-24"),
        ("It rained last summer.", "last summer", "2023-22"),
        ("It rained on Christmas Eve.", "Christmas Eve", "2023-12-24"),
        ("They marched on 9/11.", "9/11", "2001-09-11"),
    ],
)
def test_a_date_in_the_calendar_is_read_as_edtf(text: str, words: str, edtf: str) -> None:
    one = only(text)
    assert (one.passage.text, one.type, one.edtf) == (words, "DATE", edtf)


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("They met today.", "2024-03-07"),
        ("They met yesterday.", "2024-03-06"),
        ("They met the day before yesterday.", "2024-03-05"),
        ("They meet tomorrow.", "2024-03-08"),
        ("They met last week.", "2024-02-26/2024-03-03"),
        ("They met earlier this week.", "2024-03-04/2024-03-10"),
        ("They met over the weekend.", "2024-03-02/2024-03-03"),
        ("They met last month.", "2024-02"),
        ("They met last year.", "2023"),
        ("They will meet next month.", "2024-04"),
        ("They met ten days ago.", "2024-02-26"),
        ("They met two weeks ago.", "2024-02-19/2024-02-25"),
        ("They met three months ago.", "2023-12"),
        ("They met almost 20 years ago.", "2004~"),
        ("They met a decade ago.", "2014"),
        ("They met a year and a half ago.", "2022-09"),
        ("They will meet two months from now.", "2024-05"),
    ],
)
def test_what_is_counted_is_counted_from_publication(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("Police arrested two men Tuesday.", "2024-03-05"),
        ("Police arrested two men Thursday.", "2024-03-07"),
        ("Police arrested two men Friday.", "2024-03-01"),
        ("The council will meet Friday.", "2024-03-08"),
        ("The council will meet Thursday.", "2024-03-07"),
        ("The council is scheduled to meet Wednesday.", "2024-03-13"),
        ("She will speak of Friday's vote.", "2024-03-01"),
        ("The council met last Wednesday.", "2024-03-06"),
        ("The council meets next Wednesday.", "2024-03-13"),
    ],
)
def test_a_weekday_is_the_last_one_unless_the_words_look_ahead(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("The bank failed on Dec. 15.", "2023-12-15"),
        ("The bank will reopen on Dec. 15.", "2024-12-15"),
        ("The harbour burned in October.", "2023-10"),
        ("The harbour is expected to reopen in October.", "2024-10"),
        ("The loan is to be repaid in May.", "2024-05"),
        ("Nobody spoke of the March 14 deadline.", "2024-03-14"),
        ("Profit rose in the fourth quarter.", "2023-36"),
    ],
)
def test_of_what_comes_each_year_the_nearest_that_goes_with_the_verb_is_meant(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf


@pytest.mark.parametrize(
    "text, words, edtf",
    [
        ("She left on May 5, 2019. That day it rained.", "That day", "2019-05-05"),
        ("She left on May 5, 2019. The next day it rained.", "The next day", "2019-05-06"),
        ("She left on May 5, 2019, and came back two days later.", "two days later", "2019-05-07"),
        ("She left in May 2019. The following month it rained.", "The following month", "2019-06"),
        ("She left in 2019, and later that year he did.", "later that year", "2019"),
        ("Profit fell in the fourth quarter from 3 million a year earlier.", "a year earlier", "2022-36"),
    ],
)
def test_what_points_back_is_counted_from_the_date_named_last(text: str, words: str, edtf: str) -> None:
    assert (dates(text, PRINTED)[-1].passage.text, dates(text, PRINTED)[-1].edtf) == (words, edtf)


@pytest.mark.parametrize(
    "text, words, value",
    [
        ("It struck at 10:35 a.m. Tuesday.", "10:35 a.m. Tuesday", "2024-03-05T10:35"),
        ("It struck at 12:05 p.m. today.", "12:05 p.m. today", "2024-03-07T12:05"),
        ("It struck at noon Tuesday.", "noon Tuesday", "2024-03-05T12:00"),
        ("It struck at 14:30 GMT on Tuesday.", "14:30 GMT on Tuesday", "2024-03-05T14:30"),
        ("It struck Tuesday night.", "Tuesday night", "2024-03-05TNI"),
        ("It struck last night.", "last night", "2024-03-06TNI"),
        ("It strikes this evening.", "this evening", "2024-03-07TEV"),
    ],
)
def test_a_time_of_day_has_the_edtf_of_its_day(text: str, words: str, value: str) -> None:
    one = only(text)
    assert (one.passage.text, one.type, one.value) == (words, "TIME", value)
    assert one.edtf == value[:10]


@pytest.mark.parametrize(
    "text, type, value",
    [
        ("It took three years.", "DURATION", "P3Y"),
        ("A two-week trip ended.", "DURATION", "P2W"),
        ("It took 5 1/2 hours.", "DURATION", "PT5.5H"),
        ("It took several months.", "DURATION", "PXM"),
        ("They have fished there for decades.", "DURATION", "PXE"),
        ("It rained for the past twenty-two days.", "DURATION", "P22D"),
        ("They meet every Friday.", "SET", "XXXX-WXX-5"),
        ("They meet every two weeks.", "SET", "P2W"),
        ("They meet on Tuesdays.", "SET", "XXXX-WXX-2"),
        ("They meet each July.", "SET", "XXXX-07"),
        ("The ferry sails daily.", "SET", "P1D"),
        ("It is now closed.", "DATE", "PRESENT_REF"),
        ("It recently closed.", "DATE", "PAST_REF"),
        ("It happened years ago.", "DATE", "PAST_REF"),
        ("It will close in the future.", "DATE", "FUTURE_REF"),
    ],
)
def test_what_edtf_has_no_value_for_has_a_timex_value_alone(text: str, type: str, value: str) -> None:
    one = only(text)
    assert (one.type, one.value, one.edtf) == (type, value, None)


@pytest.mark.parametrize(
    "text",
    [
        "May she win? It may be so.",
        "April Ode and August Lund march on.",
        "The march on Ostmere began.",
        "It cost $1998 and weighed 2000 kg.",
        "More than 2000 people came.",
        "“Today” is read in the Sarvenia Today and on the Today show.",
        "She reads the Sunday Times and watched Saturday Night Live.",
        "The score was 3:2, the ratio 14:30.",
        "A six-year-old boy, 48 years old.",
        "The sun sat low; they wed.",
    ],
)
def test_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_days_that_share_a_month_and_years_that_share_a_century_are_each_read() -> None:
    assert [one[3] for one in found("It was shut on April 24 and 25.")] == ["2023-04-24", "2023-04-25"]
    assert [one[3] for one in found("It was shut on 5-7 May 2016.")] == ["2016-05-05", "2016-05-07"]
    assert [one[3] for one in found("It was shut on May 5–7, 2016.")] == ["2016-05-05", "2016-05-07"]
    assert [one[3] for one in found("It was shut in 1996-97.")] == ["1996", "1997"]


def test_a_date_may_be_wrapped_onto_the_next_line_but_not_into_the_next_paragraph() -> None:
    assert only("It closed on March\n7, 2019.").edtf == "2019-03-07"
    assert [one[0] for one in found("It closed in March\n\n7 people left.")] == ["March"]


def test_a_holiday_that_countries_hold_on_different_days_is_unsure() -> None:
    assert only("It rained on Thanksgiving.").edtf == "2023-11-23?"
    assert only("It rained on Easter Monday, 2024.").edtf == "2024-04-01"


# Bad input: what no calendar has, what may be two days, and no day to count from.


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("It opened on 31 February 2019.", "2019-02?"),
        ("It opened on Feb. 29, 2019.", "2019-02?"),
        ("It opened on Sept. 31.", "2023-09?"),
    ],
)
def test_a_day_that_the_calendar_has_not_is_its_month_unsurely(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf
    assert "?" not in only(text).value


def test_the_29th_of_february_is_that_of_a_leap_year() -> None:
    assert only("It opened on Feb. 29.").edtf == "2024-02-29"
    assert only("It opened on Feb. 29.", date(2023, 3, 7)).edtf == "2024-02-29"


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("It opened on 03/04/2020.", "[2020-03-04,2020-04-03]"),
        ("It opened on 13/04/2020.", "2020-04-13"),
        ("It opened on 04/13/20.", "2020-04-13"),
        ("It opened on 04/04/2020.", "2020-04-04"),
        ("It opened on 03.04.2020.", "2020-04-03"),
    ],
)
def test_figures_that_may_be_two_days_are_one_of_them(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf


def test_figures_that_can_be_no_day_are_no_date() -> None:
    assert found("It scored 32/14/2020.") == []


def test_last_friday_on_a_friday_is_a_week_ago_and_friday_is_today() -> None:
    friday = date(2024, 3, 8)
    assert only("The council met last Friday.", friday).edtf == "2024-03-01"
    assert only("The council met Friday.", friday).edtf == "2024-03-08"
    assert only("The council meets next Friday.", friday).edtf == "2024-03-15"


@pytest.mark.parametrize(
    "text, value, edtf",
    [
        ("They met Tuesday.", "XXXX-WXX-2", None),
        ("They met last week.", "XXXX-WXX", None),
        ("They met last month.", "XXXX-XX", None),
        ("They met two years ago.", "XXXX", None),
        ("They met today.", "XXXX-XX-XX", None),
        ("They met on March 5.", "XXXX-03-05", "XXXX-03-05"),
        ("They met in May.", "XXXX-05", "XXXX-05"),
        ("They met in the third quarter.", "XXXX-Q3", "XXXX-35"),
        ("They met on Sept. 31.", "XXXX-09", "XXXX-09?"),
        ("They met on March 5, 2019.", "2019-03-05", "2019-03-05"),
        ("They met on Christmas.", "XXXX-XX-XX", None),
    ],
)
def test_without_a_day_of_publication_nothing_is_counted_from_one(
    text: str, value: str, edtf: str | None
) -> None:
    one = only(text, published=None)
    assert (one.value, one.edtf) == (value, edtf)


def test_years_far_outside_of_the_news_are_only_long_ago() -> None:
    assert only("It stood there 9,000 years ago.").value == "PAST_REF"
    assert only("It will stand for 9,000 years.").value == "P9000Y"


MANUAL = Path(__file__).parents[2] / "docs" / "reference" / "dates.md"
ROWS = re.findall(
    r"^\| (.+) \| (DATE|TIME|DURATION|SET) \| `(.+?)` \| (?:`(.+)`)? ?\|$", MANUAL.read_text(), re.M
)


def test_the_manual_shows_every_type_of_expression() -> None:
    assert {row[1] for row in ROWS} == {"DATE", "TIME", "DURATION", "SET"}


@pytest.mark.parametrize(("text", "type", "value", "edtf"), ROWS)
def test_the_manual_says_what_comes_out(text: str, type: str, value: str, edtf: str) -> None:
    one = only(f"They {text}.")
    assert (one.type, one.value, one.edtf or "") == (type, value, edtf)
