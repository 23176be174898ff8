"""What a page says of itself, and the day it was published with its evidence."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring
from tests.reading.invented import page, with_ld

from quotidian.reading.metadata import Metadata, metadata
from quotidian.reading.published import Published, iso


def of(source: str, address: str | None = None) -> Metadata:
    return metadata(document_fromstring(source), address)


def test_json_ld_gives_headline_byline_outlet_and_day() -> None:
    about = of(page(head=with_ld()))
    assert about.title == "Ferry line to reopen in May"
    assert (about.byline, about.outlet) == ("Tom Reyne", "The Tarn Courier")
    assert about.published == Published("2024-03-04T09:30:00+01:00", "json-ld")


@pytest.mark.parametrize(
    "described",
    [
        '{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "author": {"name": "Tom Reyne"}}]}',
        '[{"@type": "Organization"}, {"@type": "NewsArticle", "author": "By Tom Reyne"}]',
        '<!-- {"@type": "NewsArticle", "author": ["Tom Reyne"]} -->',
        '{"@type": "ReportageNewsArticle", "author": [{"@type": "Person", "name": "Tom\\nReyne"}],};'.replace(
            ",}", "}"
        ),
        '{"@type": "NewsArticle", "description": "line\nbreak", "author": {"name": "Tom Reyne", "url": "x"}}',
    ],
)
def test_json_ld_is_read_however_it_is_wrapped(described: str) -> None:
    assert of(page(head=with_ld(described))).byline == "Tom Reyne"


@pytest.mark.parametrize(
    "described", ["", "{", "[" * 100_000, '{"@type": 5, "author": [[["x"]]]}', "null", "7"]
)
def test_broken_json_ld_says_nothing(described: str) -> None:
    about = of(page(head=with_ld(described)))
    assert (about.title, about.byline, about.published) == ("Ferry line to reopen in May", None, Published())


def test_outlet_is_the_sites_name_else_its_publisher_else_its_host() -> None:
    address = "https://www.tarn-courier.example/ferry"
    site = '<meta property="og:site_name" content="Courier &amp; Mail">'
    assert of(page(head=site + with_ld()), address).outlet == "Courier & Mail"
    assert of(page(head=with_ld()), address).outlet == "The Tarn Courier"
    assert of(page(), address).outlet == "tarn-courier.example"
    assert of(page()).outlet is None


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/ferry">', "https://tarn.example/ferry"),
        ('<link rel="Canonical" href="https://courier.example/a">', "https://courier.example/a"),
        (
            '<link rel="canonical" href="/"><meta property="og:url" content="/ferry">',
            "https://tarn.example/ferry",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://tarn.example/a?b=1"),
        ('<link rel="canonical" href="http://[broken">', "https://tarn.example/a?b=1"),
        ("", "https://tarn.example/a?b=1"),
    ],
)
def test_the_canonical_address_is_absolute_and_of_the_web(head: str, url: str) -> None:
    assert of(page(head=head), "https://tarn.example/a?b=1").url == url


def test_bylines_lose_their_by_and_what_follows_the_name() -> None:
    assert (
        of(page(before='<p class="byline">By Ines Marlow | March 4, 2024 12:01 PM</p>')).byline
        == "Ines Marlow"
    )
    assert of(page(head='<meta name="author" content="by Ines Marlow">')).byline == "Ines Marlow"
    assert of(page(head='<meta property="article:author" content="https://x.example/ines">')).byline is None


def test_titles_lose_the_outlets_name() -> None:
    head = '<meta property="og:title" content="Ferry line – at last – to reopen | The Tarn Courier">'
    outlet = '<meta property="og:site_name" content="Tarn Courier">'
    assert of(page(head=head + outlet)).title == "Ferry line – at last – to reopen"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (
            '<meta property="article:published_time" content="2024-03-04T08:00:00Z">',
            ("2024-03-04T08:00:00+00:00", "meta"),
        ),
        ('<meta name="pubdate" content="20240304">', ("2024-03-04", "meta")),
        (
            '<meta name="date" content="Mon, 04 Mar 2024 08:00:00 +0100">',
            ("2024-03-04T08:00:00+01:00", "meta"),
        ),
        ('<meta itemprop="datePublished" content="2024-03-04">', ("2024-03-04", "meta")),
        ('<meta property="article:modified_time" content="2024-03-04">', (None, None)),
        ('<time datetime="2024-03-04T08:00">Monday</time>', ("2024-03-04T08:00:00", "visible text")),
        ('<span class="date">March 4th, 2024</span>', ("2024-03-04", "visible text")),
        ('<div class="post-meta">Posted on 4 Mar. 2024 by Tom Reyne</div>', ("2024-03-04", "visible text")),
        ('<span class="timestamp">13/03/2024</span>', ("2024-03-13", "visible text")),
        ('<span class="timestamp">03/04/2024</span>', (None, None)),
        ('<span class="date">March 40, 2024</span>', (None, None)),
        ('<span class="date">Updated March 4, 2024</span>', (None, None)),
        ('<span class="date">March 4, 2024</span><span class="date">March 5, 2024</span>', (None, None)),
        (
            '<span class="date">Published March 4, 2024</span><time>Updated March 5, 2024</time>',
            ("2024-03-04", "visible text"),
        ),
        ('<time itemprop="dateModified" datetime="2024-03-04">4 March</time>', (None, None)),
        (
            '<time itemprop="datePublished dateModified" datetime="2024-03-04">4 March</time>',
            ("2024-03-04", "visible text"),
        ),
        ('<aside><time datetime="2024-03-01">1 March</time></aside>', (None, None)),
        ("<p>The line was closed on March 4, 2022, officials said.</p>", (None, None)),
        ("", (None, None)),
    ],
)
def test_the_day_comes_with_its_evidence_or_not_at_all(
    markup: str, found: tuple[str | None, str | None]
) -> None:
    in_head = markup.startswith("<meta")
    source = page(head=markup if in_head else "", before="" if in_head else markup)
    assert tuple(of(source).published) == found


def test_json_ld_is_believed_before_meta_before_text() -> None:
    meta = '<meta property="article:published_time" content="2024-03-05">'
    text = '<span class="date">March 6, 2024</span>'
    assert of(page(head=meta + with_ld(), before=text)).published.evidence == "json-ld"
    assert of(page(head=meta, before=text)).published == Published("2024-03-05", "meta")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-02-30", None),
        ("0001-01-01T00:00:00", None),
        ("2024-03-04T25:00:00Z", "2024-03-04"),
        ("2024-03-04 08:00:00", "2024-03-04T08:00:00"),
        ("Sept. 4, 2024", "2024-09-04"),
        ("between March 4, 2024 and March 6, 2024", None),
        ("tomorrow", None),
        (None, None),
        (20240304, None),
        ("x" * 10_000, None),
    ],
)
def test_dates_are_read_only_where_they_mean_one_day(value: object, day: str | None) -> None:
    assert iso(value) == day
