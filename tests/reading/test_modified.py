"""When a page was modified: only where it states that, and not before it was published."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring
from tests.reading.invented import page, with_ld

from quotidian.reading.metadata import metadata
from quotidian.reading.modified import unless_before

PUBLISHED = '<meta property="article:published_time" content="2024-03-04T08:00:00+01:00">'
ARTICLE = '{"@type": "NewsArticle", "dateModified": %s}'


def of(source: str) -> str | None:
    return metadata(document_fromstring(source)).modified


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (with_ld(ARTICLE % '"2024-03-05T10:00:00Z"'), "2024-03-05T10:00:00+00:00"),
        (with_ld(ARTICLE % '"2024-03-05"'), "2024-03-05"),
        (
            '<meta property="article:modified_time" content="2024-03-05T10:00:00+0100">',
            "2024-03-05T10:00:00+01:00",
        ),
        ('<meta name="Article:Modified_Time" content="2024-03-05">', "2024-03-05"),
        ('<meta property="og:updated_time" content="2024-03-05 10:00:00">', "2024-03-05T10:00:00"),
        ('<meta itemprop="dateModified" content="2024-03-05">', "2024-03-05"),
        ('<meta name="lastmod" content="2024-03-05">', "2024-03-05"),
        ('<time itemprop="dateModified" datetime="2024-03-05T10:00">Tuesday</time>', "2024-03-05T10:00:00"),
        ('<span itemprop="dateModified">Updated: March 5, 2024</span>', "2024-03-05"),
        (
            '<time itemprop="datePublished dateModified" datetime="2024-03-04T08:00:00+01:00">4</time>',
            "2024-03-04T08:00:00+01:00",
        ),
    ],
)
def test_a_page_is_modified_when_it_states_so(markup: str, found: str) -> None:
    in_head = markup.startswith(("<meta", "<script"))
    head, before = (markup, "") if in_head else ("", markup)
    assert of(page(head=PUBLISHED + head, before=before)) == found


@pytest.mark.parametrize(
    "markup",
    [
        "",
        '<span class="date">Updated March 5, 2024</span>',
        '<p class="post-meta">Last modified: <time datetime="2024-03-05">5 March</time></p>',
        '<span itemprop="dateModified">03/05/2024</span>',
        '<span itemprop="dateModified">lately</span>',
        '<time itemprop="dateModified" datetime="2024-03-05"></time>'
        '<time itemprop="dateModified" datetime="2024-03-06"></time>',
        '<aside><time itemprop="dateModified" datetime="2024-03-05">5 March</time></aside>',
        '<div itemscope itemtype="https://schema.org/Comment">'
        '<time itemprop="dateModified" datetime="2024-03-05">5 March</time></div>',
    ],
)
def test_what_is_only_shown_or_unclear_or_of_something_else_states_nothing(markup: str) -> None:
    assert of(page(head=PUBLISHED, before=markup)) is None


@pytest.mark.parametrize(
    "value", ['"0001-01-01T00:00:00Z"', '"2024-02-30"', "1709632800", "null", '["2024-03-05"]', "{}", '""']
)
def test_what_is_no_day_states_nothing(value: str) -> None:
    assert of(page(head=PUBLISHED + with_ld(ARTICLE % value))) is None


@pytest.mark.parametrize("value", ["1709632800", "2024", "x" * 100_000, "03/05/2024"])
def test_a_meta_element_that_holds_no_day_states_nothing(value: str) -> None:
    assert of(page(head=f'<meta property="og:updated_time" content="{value}">')) is None


def test_json_ld_is_believed_before_meta_before_microdata() -> None:
    described = with_ld(ARTICLE % '"2024-03-05"')
    meta = '<meta property="article:modified_time" content="2024-03-06">'
    marked = '<time itemprop="dateModified" datetime="2024-03-07">7 March</time>'
    assert of(page(head=meta + described, before=marked)) == "2024-03-05"
    assert of(page(head=meta, before=marked)) == "2024-03-06"
    assert of(page(before=marked)) == "2024-03-07"


def test_a_time_for_sharing_is_believed_after_that_of_the_article() -> None:
    shared = '<meta property="og:updated_time" content="2024-03-07">'
    assert (
        of(page(head=shared + '<meta property="article:modified_time" content="2024-03-06">')) == "2024-03-06"
    )


def test_a_modification_before_the_publication_is_left_out_and_the_next_is_believed() -> None:
    early = with_ld(ARTICLE % '"2024-03-04T06:59:59Z"')
    assert of(page(head=PUBLISHED + early)) is None
    later = '<meta property="og:updated_time" content="2024-03-06">'
    assert of(page(head=PUBLISHED + early + later)) == "2024-03-06"


def test_a_page_without_a_day_of_publication_may_state_when_it_was_modified() -> None:
    assert of(page(head='<meta property="article:modified_time" content="2024-03-06">')) == "2024-03-06"


@pytest.mark.parametrize(
    ("published", "modified", "kept"),
    [
        ("2024-03-04T08:00:00+01:00", "2024-03-04T07:00:00+00:00", True),  # the same moment
        ("2024-03-04T08:00:00+01:00", "2024-03-04T06:59:59+00:00", False),
        ("2024-03-04T08:00:00", "2024-03-04T07:00:00", False),
        ("2024-03-04T08:00:00+01:00", "2024-03-04T07:00:00", True),  # whose clock is not known
        ("2024-03-04T08:00:00+01:00", "2024-03-04", True),
        ("2024-03-04", "2024-03-04T00:00:00+01:00", True),
        ("2024-03-04T08:00:00+01:00", "2024-03-03", False),
        ("soon", "2024-03-03", True),
        (None, "2024-03-03", True),
        ("2024-03-04", None, False),
    ],
)
def test_moments_are_compared_where_both_are_known_else_days(
    published: str | None, modified: str | None, kept: bool
) -> None:
    assert unless_before(published, modified) == (modified if kept else None)


offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC) | offsets)


@given(moments, moments)
def test_of_two_moments_the_earlier_is_never_the_modification(one: datetime, other: datetime) -> None:
    kept = unless_before(one.isoformat(), other.isoformat())
    assert kept == (other.isoformat() if other >= one else None)


anything = st.text() | st.dates(date(1605, 1, 1)).map(date.isoformat) | moments.map(datetime.isoformat)


@given(st.none() | anything, st.none() | anything)
def test_whatever_was_stated_is_kept_as_it_is_or_left_out(
    published: str | None, modified: str | None
) -> None:
    assert unless_before(published, modified) in (modified, None)


@given(st.text(st.sampled_from("<>/\"'=-:. TZ0123456789aetimoprdM\x00\u202e"), max_size=200))
def test_no_value_of_a_page_is_too_odd(value: str) -> None:
    escaped = value.replace("\x00", "").replace("&", "&amp;").replace('"', "&quot;")
    found = of(page(head=f'<meta itemprop="dateModified" content="{escaped}">'))
    assert found is None or datetime.fromisoformat(found)
