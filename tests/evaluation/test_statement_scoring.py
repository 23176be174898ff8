"""What is written of a golden case is held against what a reader made of it."""

from __future__ import annotations

from typing import Any

import pytest
from invented_case import ENTITIES, expecting, passage, read

from evaluation.statement_checks import Read, Verdict, checks
from evaluation.statements import end_to_end, failed, given, report
from quotidian.types import Act, Article, Date, Found, Said, Who

LINE = (
    "1 | person Mara Lindqvist | role minister | via Radio Tarn | about council | said 2024-03-05 "
    "| act criticise | stance neutral"
)


def verdicts(line: str, found: Read) -> dict[str, Verdict]:
    return {check.field: check.verdict for check in checks(expecting(line).expected, found)}


def test_what_is_as_it_is_written_is_right() -> None:
    assert set(verdicts(LINE, read()).values()) == {"right"}


@pytest.mark.parametrize(
    ("line", "change", "verdict"),
    [
        ("1 | person Mara Lindqvist", {"speaker": {"name": "the mara lindqvist"}}, "right"),
        ("1 | person Mara Lindqvist", {"speaker": {"name": "Lindqvist"}}, "wrong"),
        ("1 | person Mara Lindqvist", {"speaker": {"name": None}}, "silent"),
        ("1 | role the minister", {}, "right"),
        ("1 | role -", {}, "wrong"),
        ("1 | via Radio Tarn", {"via": Found(passage("told Radio Tarn"), 1.0)}, "right"),
        ("1 | via Radio Tarn", {"via": Found(passage("Tuesday"), 1.0)}, "wrong"),
        ("1 | via Radio Tarn", {"via": None}, "silent"),
        ("1 | via -", {"via": None}, "right"),
        ("1 | about council", {"about": ()}, "silent"),
        ("1 | about -", {}, "wrong"),
        ("1 | about (council)", {}, "right"),
        ("1 | about (council)", {"about": ()}, "right"),
        ("1 | about council; Estrin", {}, "silent"),
        ("1 | said 2024-03 or 2024-03-05", {}, "right"),
        ("1 | said open", {}, "wrong"),
        ("1 | said open", {"said": Said("../2024-03-07", "published", 1.0)}, "right"),
        ("1 | said 2024-03-05", {"said": Said("../2024-03-07", "published", 1.0)}, "silent"),
        ("1 | said open", {"said": Said(None, "nothing", 1.0)}, "right"),
        ("1 | act criticise", {"act": Act("criticise", 1.0, negated=True)}, "wrong"),
        ("1 | act not criticise", {"act": Act("criticise", 1.0, negated=True)}, "right"),
    ],
)
def test_a_field_is_right_or_silent_or_wrong(line: str, change: dict[str, Any], verdict: Verdict) -> None:
    assert list(verdicts(line, read(**change)).values())[-1] == verdict


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ({"kind": "organisation"}, {"kind": "wrong", "name": "right"}),
        ({"kind": "unnamed", "name": "the minister"}, {"kind": "silent", "name": "silent"}),
        ({"kind": "none", "name": None}, {"kind": "silent", "name": "silent"}),
    ],
)
def test_whoever_describes_somebody_with_a_name_is_silent(
    speaker: dict[str, Any], verdict: dict[str, Verdict]
) -> None:
    assert verdicts("1 | person Mara Lindqvist", read(speaker=speaker)) == verdict


@pytest.mark.parametrize(
    ("name", "maybe", "verdict"),
    [
        (None, ("Mara Lindqvist", "Estrin"), "right"),
        (None, ("Estrin",), "silent"),
        ("Mara Lindqvist", (), "wrong"),
    ],
)
def test_where_the_text_does_not_settle_it_no_name_is_right(
    name: str | None, maybe: tuple[str, ...], verdict: Verdict
) -> None:
    found = read(speaker={"name": name, "maybe": tuple(Who(None, one, 0.5) for one in maybe)})
    assert verdicts("1 | maybe Mara Lindqvist; Estrin", found) == {"maybe": verdict}


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("label council | of council | by 1 | marks quoted", "right"),
        ("label council | of council | by outlet", "wrong"),
        ("label council | of council | marks -", "wrong"),
        ("label council | of Mara Lindqvist", "wrong"),
        ("label asleep | of Mara Lindqvist", "silent"),
    ],
)
def test_a_label_is_right_if_its_owner_its_user_and_its_marks_are(line: str, verdict: Verdict) -> None:
    assert verdicts(line, read()) == {"label": verdict}


@pytest.mark.parametrize(
    ("line", "dates", "verdict"),
    [
        ("date Tuesday | value 2024-03-05", ("2024-03-05",), "right"),
        ("date Tuesday | value 2024-03-05", ("2024-03-12",), "wrong"),
        ("date Tuesday | value 2024-03-05", (), "silent"),
        ("date Tuesday | value -", (), "right"),
        ("date Tuesday | value -", ("2024-03-05",), "wrong"),
    ],
)
def test_a_date_is_found_by_its_words(line: str, dates: tuple[str, ...], verdict: Verdict) -> None:
    found = tuple(Date(passage("on Tuesday"), "DATE", value, value) for value in dates)
    assert verdicts(line, read(article={"dates": found})) == {"value": verdict}


def test_people_are_those_with_a_name_and_speakers_those_who_speak() -> None:
    described = read(article={"entities": ENTITIES[1:]})
    assert verdicts("persons Mara Lindqvist", read()) == {"names": "right"}
    assert verdicts("persons Mara Lindqvist", described) == {"names": "silent"}
    assert verdicts("persons -", read()) == {"names": "wrong"}
    assert verdicts("speakers Mara Lindqvist", read()) == {"names": "right"}


def test_an_attribution_that_was_not_found_is_silent_of_everything() -> None:
    found = Read(Article(id="asleep", text=read().article.text), {})
    assert set(verdicts(LINE, found).values()) == {"silent"}


class Knows:
    """A reader that has one article's statements, and finds or is given its attributions."""

    model_name = "knows"

    def __init__(self, found: Read) -> None:
        self.found = found

    def read_text(
        self,
        text: str,
        *,
        id: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        any_language: bool = False,
    ) -> Article:
        return self.found.article

    def stated(self, article: Article) -> Article:
        return self.found.article


def test_statements_are_found_by_their_contents_or_by_the_attributions_given() -> None:
    golden = [expecting(LINE)]
    for way in (given, end_to_end):
        (found,) = way(golden, Knows(read()))
        assert list(found.statements) == ["1"]
        assert set(verdicts(LINE, found).values()) == {"right"}


def test_a_report_counts_checks_and_articles_that_are_all_right() -> None:
    golden = [expecting(LINE), expecting("1 | person Mara Lindqvist")]
    one = report(golden, {"given": [read(via=None), read()]})
    assert (one["articles"], one["given"]["all_right"]) == (2, 1)
    assert one["given"]["fields"]["via"] == {"of": 1, "right": 0, "silent": 1, "wrong": 0}
    assert one["given"]["constructions"] == {"via": {"of": 10, "right": 9, "silent": 1, "wrong": 0}}


def test_a_case_that_is_not_all_right_is_shown_with_its_text_and_what_is_not() -> None:
    golden = [expecting(LINE), expecting("1 | person Mara Lindqvist")]
    (shown,) = failed(golden, [read(speaker={"name": "Lindqvist"}), read()])
    assert golden[0].text in shown
    assert "wrong: statement 1, name: wanted Mara Lindqvist, found Lindqvist" in shown
    assert "via" not in shown.partition(golden[0].text)[2]
