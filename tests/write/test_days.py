import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.write.days import in_words


@pytest.mark.parametrize(
    "edtf, words",
    [
        ("2016-09-13", "13 September 2016"),
        ("2016-08", "August 2016"),
        ("2015", "2015"),
        ("2016-09-13T10:30:00Z", "13 September 2016, 10:30"),
        ("2016-08~", "about August 2016"),
        ("2016-08-14?", "perhaps 14 August 2016"),
        ("2015%", "perhaps about 2015"),
        ("XXXX-08-14", "14 August, year unknown"),
        ("XXXX-08", "August, year unknown"),
        ("2016-08-XX", "some day in August 2016"),
        ("2016-XX", "2016"),
        ("201X", "the 2010s"),
        ("2016-22", "summer 2016"),
        ("2016-35", "third quarter of 2016"),
        ("2016-09-05/2016-09-11", "5–11 September 2016"),
        ("2016-08-29/2016-09-04", "29 August – 4 September 2016"),
        ("2015-12-28/2016-01-03", "28 December 2015 – 3 January 2016"),
        ("2016-03/2016-05", "March–May 2016"),
        ("2014/2016", "2014–2016"),
        ("2016-09-05/2016-09-05", "5 September 2016"),
        ("../2024-03-07", "by 7 March 2024"),
        ("2016-09-05/..", "5 September 2016 or later"),
    ],
)
def test_a_day_or_stretch_reads_as_people_write_it(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize("other", ["", "../..", "soon", "2016-13-01", "XXXX-XX-14", "2016-1", "P9D", "1/2/3"])
def test_what_has_no_words_comes_back_as_it_is(other):
    assert in_words(other) == other


@given(st.one_of(st.text("0123456789X-/.~?%T:", max_size=30), st.text(max_size=10)))
def test_whatever_stands_there_something_is_said(edtf):
    assert bool(in_words(edtf)) == bool(edtf)
