"""What holds for every text: places, order, values that EDTF has, and time in proportion to length."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.types import Attribution, Passage
from quotidian.when import dates, said
from quotidian.when.edtf import reach

_WORDS = [
    *("on", "the", "last", "next", "early", "a", "of", "in", "two", "22", "years", "week", "ago", "later"),
    *(
        "March",
        "Sept.",
        "May",
        "7",
        "31",
        "th",
        ",",
        ".",
        "\n",
        "\n\n",
        "2019",
        "1990s",
        "'96",
        "-",
        "–",
        "/",
    ),
    *("Tuesday", "Friday's", "third", "quarter", "first", "half", "summer", "9:58", "a.m.", "noon", "today"),
    *(
        "said",
        "will",
        "who",
        "“",
        "”",
        "é́",
        "🙂",
        "x\u0301",
        "fiscal",
        "century",
        "Easter",
        "that",
        "day",
        "year",
    ),
    *(
        "03/04/2020",
        "2024-02-30",
        "9/11",
        "twenty",
        "nineteen",
        "ninety-seven",
        "every",
        "now",
        "½",
        "\u2028",
    ),
]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=80)
_DAYS = st.none() | st.dates()

# EDTF as the Library of Congress defines it (ISO 8601-2:2019), as far as days of the news need it.
_YEAR = r"(?:\d{4}|\d{3}X|\d{2}XX|XXXX)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_PART = r"(?:2[1-4]|3[3-6]|4[01])"  # seasons, quarters, halves
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_ONE = rf"{_YEAR}(?:-{_PART}|-{_MONTH}(?:-{_DAY})?)?[~?%]?"
_EDTF = re.compile(rf"(?:{_ONE}|{_ONE}/{_ONE}|\.\./{_ONE}|\[{_ONE},{_ONE}\])")


@given(_TEXTS, _DAYS)
def test_dates_are_verbatim_in_order_and_never_overlap(text: str, published: date | None) -> None:
    end = 0
    for one in dates(text, published):
        ((start, stop),) = one.passage.spans
        assert end <= start < stop <= len(text)
        assert one.passage.text == text[start:stop]
        end = stop


@given(_TEXTS, _DAYS)
def test_every_value_is_written_as_edtf_or_has_none(text: str, published: date | None) -> None:
    for one in dates(text, published):
        assert one.value
        assert one.edtf is None or _EDTF.fullmatch(one.edtf)
        assert one.type in ("DATE", "TIME") or one.edtf is None


@given(_TEXTS, _DAYS, st.data())
def test_every_statement_has_a_day_not_after_publication(
    text: str, published: date | None, data: st.DataObject
) -> None:
    text = f"Lindqvist {text}"
    places = sorted(data.draw(st.lists(st.integers(0, len(text) - 1), min_size=3, max_size=3)))
    source, cue, content = (Passage.of(text, [(place, place + 1)]) for place in places)
    attribution = Attribution("1", source, cue, content, "indirect", 0, None, 1.0)
    (day,) = said(text, [attribution], dates(text, published), published)
    assert 0 <= day.confidence <= 1
    assert day.evidence
    assert (day.from_ == "nothing") == (day.edtf is None)
    if day.edtf is not None:
        assert _EDTF.fullmatch(day.edtf)
        days = reach(day.edtf)
        assert days is None or published is None or days[0] <= published
    for one in day.evidence:
        if one.passage:
            assert [text[a:b] for a, b in one.passage.spans] == [one.passage.text]


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "the ",
            "a ",
            "a few ",
            "in a ",
            "last ",
            "Tuesday ",
            "May 5 ",
            "1990-",
            "'90s ",
            "twenty-",
            "two ",
        ),
        *(
            "1",
            " ",
            "\n",
            "(",
            "year ago ",
            "the first half of ",
            "more than ",
            "9:58 a.m.\n",
            "1,000,",
            "said of ",
        ),
    ],
)
def test_a_text_that_repeats_one_thing_is_read_to_its_end(piece: str) -> None:
    """It would not come to an end if any pattern took time beyond proportion to the text's length."""
    text = piece * (40_000 // len(piece)) + " It closed on March 7, 2019."
    attribution = Attribution(
        "1",
        None,
        Passage.of(text, [(len(text) - 21, len(text) - 15)]),
        Passage.of(text, [(len(text) - 24, len(text) - 22)]),
        "indirect",
        0,
        None,
        1.0,
    )
    published = date(2024, 3, 7)
    found = dates(text, published)
    assert found[-1].passage.text == "March 7, 2019"
    assert said(text, [attribution] * 50, found, published)[0].edtf == "2019-03-07"
