"""Atom and JSON Feed, as readers of feeds take them."""

import json

import feedparser
import jsonschema
import pytest
from lxml import etree

from export.invented import BASE, HOSTILE, Shelf, hit, hits, hostile_hit, stored
from export.written import Given, exported, text
from quotidian import export

ATOM = "{http://www.w3.org/2005/Atom}"
# Of jsonfeed.org/version/1.1.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "external_url": {"type": "string", "pattern": "^https?://"},
                    "title": {"type": "string"},
                    "content_text": {"type": "string"},
                    "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                    "date_modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                    "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}

whats = pytest.mark.parametrize("what", ["statements", "articles"])


@whats
def test_a_reader_of_feeds_takes_the_atom_feed(what):
    feed = feedparser.parse(exported(what, "atom"))
    assert not feed.bozo and feed.version == "atom10"
    assert len(feed.entries) == (len(hits()) if what == "statements" else 1)


@whats
def test_an_atom_feed_has_what_the_standard_demands(what):
    root = etree.fromstring(exported(what, "atom"))
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        assert entry.find(f"{ATOM}author/{ATOM}name").text
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
    ids = [found.text for found in root.findall(f"{ATOM}entry/{ATOM}id")]
    assert len(ids) == len(set(ids))


def test_an_entry_tells_who_said_what_where():
    entry = feedparser.parse(exported("statements", "atom")).entries[1]
    assert entry.title.startswith("Mara Lindqvist (said): the Harbour Workers' Union")
    assert entry.link == entry.id == f"{BASE}/statements/701"
    assert entry.author == "The Sarv Tide" and entry.updated == "2031-03-08T09:15:00Z"
    assert {"href": hit().article.url, "rel": "via", "type": "text/html"} in entry.links
    assert "Harbour Workers' Union" in [tag.term for tag in entry.tags]


def test_a_denial_reads_as_one():
    assert (
        "(denied): that the so-called council"
        in feedparser.parse(exported("statements", "atom")).entries[2].title
    )


def test_a_feed_was_updated_when_its_last_entry_was():
    first = stored(read_at="2031-03-08T09:15:00Z")
    later = stored(id=8, read_at="2031-03-09T11:00:00+02:00")
    feed = feedparser.parse(exported("articles", "atom", Shelf(first, later)))
    assert feed.feed.updated == "2031-03-09T09:00:00Z"


def test_without_an_address_ids_are_uuids_that_stay_the_same():
    ids = [entry.id for entry in feedparser.parse(exported("statements", "atom", base_url=None)).entries]
    assert all(id.startswith("urn:uuid:") for id in ids) and len(set(ids)) == len(ids)
    again = feedparser.parse(exported("statements", "atom", base_url=None)).entries
    assert ids == [entry.id for entry in again]


def test_hostile_words_stay_words_and_what_xml_cannot_hold_is_replaced():
    written = exported("statements", "atom", Given(hostile_hit()))
    root = etree.fromstring(written)
    content = root.find(f"{ATOM}entry/{ATOM}content").text
    assert HOSTILE.replace("\x00", "�").replace("\x0b", "�") in content
    assert not feedparser.parse(written).bozo


def test_a_feed_has_its_own_address_and_title_where_given():
    options = export.Options(base_url=BASE, title="Search: <HWU>", feed_url=f"{BASE}/search.atom?q=a&b")
    written = b"".join(
        export.encoded(export.FORMATS["statements"]["atom"].of(hits(), options, lambda id: None))
    )
    feed = feedparser.parse(written).feed
    assert feed.title == "Search: &lt;HWU&gt;" or feed.title == "Search: <HWU>"
    assert {"rel": "self", "type": "application/atom+xml", "href": f"{BASE}/search.atom?q=a&b"} in feed.links


@whats
@pytest.mark.parametrize("base_url", [BASE, None])
def test_a_json_feed_is_what_version_1_1_says(what, base_url):
    feed = json.loads(text(what, "jsonfeed", base_url=base_url))
    jsonschema.validate(feed, JSON_FEED)
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) > 0


def test_a_json_feed_of_hostile_words_is_valid():
    feed = json.loads(text("statements", "jsonfeed", hostile_hit()))
    jsonschema.validate(feed, JSON_FEED)
    assert HOSTILE in feed["items"][0]["content_text"]


def test_an_articles_entry_has_its_quotations_and_its_text_only_where_asked():
    (short,), (whole,) = (
        json.loads(text("articles", "jsonfeed", whole_text=asked))["items"] for asked in (False, True)
    )
    assert hits()[1].content.text in short["content_text"]
    assert "Tomas Brandt and his sister" not in short["content_text"]
    assert whole["content_text"] == stored().article.text


def test_a_day_without_time_is_no_moment():
    first = stored(published="2031-03-06")
    (item,) = json.loads(exported("articles", "jsonfeed", Shelf(first)))["items"]
    assert "date_published" not in item
