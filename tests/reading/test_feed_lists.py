"""Lists of feeds: OPML as programs write it and as people do, and plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.errors import InputError, LimitExceeded
from quotidian.reading.feed_lists import FeedList, ListedFeed, feed_list
from quotidian.reading.limits import Limits
from quotidian.types import Failure


def listed(source: str, encoding: str = "utf-8") -> FeedList:
    return feed_list(source.encode(encoding), "feeds.opml")


OPML = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>My feeds</title></head><body>
  <outline text="News">
    <outline text="Harbour &amp; sea">
      <outline type="rss" text="Tarn Courier" xmlUrl="https://tarn.example/feed" htmlUrl="https://tarn.example/"/>
    </outline>
    <outline type="rss" text="short" title="Marlow Herald" xmlUrl="http://marlow.example/rss?a=1&amp;b=2"
      category="/Politics/Local,weekly"/>
  </outline>
  <outline xmlUrl="feed://ostby.example/feed.xml"/>
</body></opml>"""


def test_an_outline_is_a_list_with_its_headings() -> None:
    assert listed(OPML) == FeedList(
        (
            ListedFeed("https://tarn.example/feed", "Tarn Courier", ("News", "Harbour & sea")),
            ListedFeed(
                "http://marlow.example/rss?a=1&b=2", "Marlow Herald", ("News", "Politics", "Local", "weekly")
            ),
            ListedFeed("https://ostby.example/feed.xml"),
        )
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_do_not_matter(encoding: str) -> None:
    assert listed(OPML, encoding) == listed(OPML)


def test_opml_1_and_other_spellings_of_the_attribute() -> None:
    source = '<opml version="1.0"><body><outline text="A" xmlurl="https://tarn.example/a"/></body></opml>'
    assert listed(source).feeds == (ListedFeed("https://tarn.example/a", "A"),)


def test_broken_outlines_are_read_as_far_as_they_can_be() -> None:
    source = '<opml><body><outline text="A & B" xmlUrl="https://tarn.example/?a=1&b=2"/><outline>'
    assert listed(source).feeds == (ListedFeed("https://tarn.example/?a=1&b=2", "A & B"),)


def test_text_files_have_an_address_a_line() -> None:
    source = "# of the coast\nhttps://tarn.example/feed Tarn Courier\r\n\n  https://marlow.example/rss\n"
    assert listed(source).feeds == (
        ListedFeed("https://tarn.example/feed", "Tarn Courier"),
        ListedFeed("https://marlow.example/rss"),
    )


def test_a_feed_that_is_listed_twice_is_one() -> None:
    assert len(listed("https://tarn.example/feed\nhttps://TARN.example/feed#top\n").feeds) == 1


def test_a_line_that_is_no_address_is_named_and_the_others_stay() -> None:
    found = listed("https://tarn.example/feed\njavascript:alert(1)\n")
    assert found.feeds == (ListedFeed("https://tarn.example/feed"),)
    assert found.failures == (
        Failure(
            "feeds.opml, line 2",
            "refused: javascript; only http and https addresses are fetched: 'javascript:alert(1)'",
        ),
    )


@pytest.mark.parametrize(
    "source", ["", "# nothing yet\n", "<opml><body/></opml>", "rain is expected\n", "<html>"]
)
def test_a_list_without_a_feed_says_what_one_is(source: str) -> None:
    with pytest.raises(InputError, match="no feed is listed: give an OPML file"):
        listed(source)


def test_a_feed_is_no_list() -> None:
    with pytest.raises(InputError, match="put the feed's address into a text file"):
        listed('<rss version="2.0"><channel/></rss>')


def test_large_lists_are_refused() -> None:
    with pytest.raises(LimitExceeded, match="list of feeds too large: limit bytes_per_page is 100"):
        feed_list(OPML.encode(), limits=Limits(bytes_per_page=100))


def test_entities_of_its_own_are_not_resolved() -> None:
    before = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "inner">]>'
    source = f'{before}<opml><body><outline text="&x;&y;" xmlUrl="https://tarn.example/a"/></body></opml>'
    assert listed(source).feeds[0].title == "&x;&y;"


def test_outlines_nested_very_deep_are_read_or_refused() -> None:
    source = "<opml><body>" + "<outline text='a'>" * 5000 + "<outline xmlUrl='https://tarn.example/a'/>"
    with pytest.raises(InputError):
        listed(source)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.booleans())
def test_whatever_stands_in_a_list_it_is_read_or_refused(inside: str, outline: bool) -> None:
    source = (
        f"<opml><body><outline text='{inside}' xmlUrl='https://tarn.example/a'/>{inside}"
        if outline
        else inside
    )
    try:
        found = feed_list(source.encode("utf-8", "replace"))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(one.address.isascii() for one in found.feeds)
