"""Feeds of every dialect, whole, broken and hostile."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.errors import InputError, LimitExceeded, NotAnArticle
from quotidian.reading.feeds import MOST_ENTRIES, Entry, Feed, feed, looks_like_feed, looks_like_opml
from quotidian.reading.limits import Limits

AT = "https://tarn.example/news/feed"


def read(source: str | bytes, charset: str | None = None, **limits: int) -> Feed:
    data = source.encode() if isinstance(source, str) else source
    return feed(data, AT, charset, Limits(**limits))  # type: ignore[arg-type]


def rss(*items: str, title: str = "Tarn Courier", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>{title}</title><link>https://tarn.example/</link>{''.join(items)}</channel></rss>"
    )


def item(inside: str = "<title>Ferry stops</title>", link: str = "https://tarn.example/ferry") -> str:
    return f"<item><link>{link}</link>{inside}</item>"


def entry(source: str | bytes) -> Entry:
    (found,) = read(source).entries
    return found


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://marlow.example/">
  <title type="html">Marlow &lt;b&gt;Herald&lt;/b&gt;</title>
  <entry>
    <id>tag:marlow.example,2026:7</id>
    <title>Captain denies leak</title>
    <link rel="edit" href="/edit/7"/>
    <link rel="alternate" type="text/html" href="news/7.html"/>
    <published>2026-03-04T08:30:00+01:00</published>
    <updated>2026-03-04T10:00:00+01:00</updated>
    <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">He <b>denied</b> it.</div></summary>
  </entry>
</feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://tarn.example/"><title>Tarn Gazette</title></channel>
  <item rdf:about="https://tarn.example/a"><title>Bridge closed</title><link>https://tarn.example/a</link>
    <description>The bridge is closed.</description><dc:date>2026-03-04T08:30:00Z</dc:date></item>
</rdf:RDF>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tarn Notes",
        "items": [
            {
                "id": "7",
                "url": "/notes/7",
                "title": "Rain",
                "content_html": "<p>Rain &amp; wind,<br>she said.</p><script>alert(1)</script>",
                "date_published": "2026-03-04T08:30:00+01:00",
                "date_modified": "2026-03-05T08:30:00+01:00",
            }
        ],
    }
)


def test_rss_2() -> None:
    found = read(
        rss(
            item(
                "<title>Minister &amp; mayor</title><guid isPermaLink='false'>n-7</guid>"
                "<pubDate>Wed, 04 Mar 2026 08:30:00 +0100</pubDate>"
                "<description>&lt;p&gt;They &lt;i&gt;agree&lt;/i&gt;.&lt;/p&gt;</description>"
                "<content:encoded><![CDATA[<p>They agree, said the paper.</p>]]></content:encoded>"
            )
        )
    )
    assert found == Feed(
        "Tarn Courier",
        (
            Entry(
                "https://tarn.example/ferry",
                "n-7",
                "Minister & mayor",
                "2026-03-04T08:30:00+01:00",
                None,
                "They agree.",
            ),
        ),
    )


def test_atom() -> None:
    assert read(ATOM) == Feed(
        "Marlow Herald",
        (
            Entry(
                "https://marlow.example/news/7.html",
                "tag:marlow.example,2026:7",
                "Captain denies leak",
                "2026-03-04T08:30:00+01:00",
                "2026-03-04T10:00:00+01:00",
                "He denied it.",
            ),
        ),
    )


def test_rss_1_whose_dates_are_dublin_core() -> None:
    assert read(RDF) == Feed(
        "Tarn Gazette",
        (
            Entry(
                "https://tarn.example/a",
                "https://tarn.example/a",
                "Bridge closed",
                "2026-03-04T08:30:00+00:00",
                None,
                "The bridge is closed.",
            ),
        ),
    )


def test_json_feed() -> None:
    assert read(JSON) == Feed(
        "Tarn Notes",
        (
            Entry(
                "https://tarn.example/notes/7",
                "7",
                "Rain",
                "2026-03-04T08:30:00+01:00",
                "2026-03-05T08:30:00+01:00",
                "Rain & wind, she said.",
            ),
        ),
    )


@pytest.mark.parametrize("source", [rss(), ATOM, RDF, JSON])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_feeds_are_known_by_how_they_begin(source: str, encoding: str) -> None:
    assert looks_like_feed(source.encode(encoding))


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Ferry stops",
        "<!doctype html><html><feed></html>",
        "<html><body><p>How to write <rss version='2.0'>",
        '<opml version="2.0"><body/></opml>',
        '{"version": "1.0", "items": []}',
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><x/></rdf:RDF>",
        "<rssx/>",
        "<!-- <rss> -->",
        "<!--",
        "<?xml",
    ],
)
def test_other_things_are_no_feeds(head: str) -> None:
    assert not looks_like_feed(head.encode())
    with pytest.raises(NotAnArticle, match="give the address of an RSS, Atom or JSON feed"):
        read(head)


def test_what_stands_before_the_root_is_passed_over() -> None:
    before = (
        '<?xml-stylesheet href="a.xsl"?>\n<!-- <html> made by hand -->\n<!DOCTYPE rss [<!ENTITY a "b">]>\n'
    )
    assert looks_like_feed(rss(before=before).encode())
    assert looks_like_opml(f"{before}<opml version='1.0'>".encode())


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", "https://tarn.example/a"),
        ("a", "https://tarn.example/news/a"),
        ("//marlow.example/a", "https://marlow.example/a"),
        ("http://tarn.example/a?b=1&amp;c=2#d", "http://tarn.example/a?b=1&c=2"),
        ("\n  https://tarn.example/a b\n", "https://tarn.example/a%20b"),
        ("https://TARN.example", "https://tarn.example/"),
        ("https://tärn.example/é", "https://xn--trn-qla.example/%C3%A9"),
    ],
)
def test_addresses_are_whole_and_in_one_form(link: str, address: str) -> None:
    assert entry(rss(item(link=link))).address == address


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "mailto:a@tarn.example",
        "ftp://tarn.example/a",
        "https://ines:secret@tarn.example/",
        "https://tarn.example/" + "a" * 3000,
        "https://[broken/",
        "",
    ],
)
def test_what_cannot_be_followed_is_left_out_and_counted(link: str) -> None:
    found = read(rss(item(link=link), item()))
    assert [e.address for e in found.entries] == ["https://tarn.example/ferry"]
    assert found.left_out == 1
    told = json.loads(JSON)
    told["items"] += [{"id": "8", "url": link}, {"id": "9"}, None, 3]
    assert len(read(json.dumps(told)).entries) == 1


def test_a_feed_from_a_file_has_no_address_and_only_its_whole_links_can_be_followed() -> None:
    found = feed(rss(item(), item(link="/a")).encode(), "")
    assert [e.address for e in found.entries] == ["https://tarn.example/ferry"]
    assert found.left_out == 1
    assert feed(ATOM.encode(), "").entries[0].address == "https://marlow.example/news/7.html"


def test_an_entry_without_a_link_is_at_its_guid_if_that_is_an_address() -> None:
    assert entry(rss("<item><guid>https://tarn.example/7</guid></item>")).address == "https://tarn.example/7"


def test_an_article_that_is_listed_twice_is_one() -> None:
    found = read(
        rss(item("<title>First</title>"), item("<title>Again</title>", "https://tarn.example/ferry#2"))
    )
    assert [e.title for e in found.entries] == ["First"]
    assert found.left_out == 0


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("Wed, 04 Mar 2026 08:30:00 GMT", "2026-03-04T08:30:00+00:00"),
        ("04 Mar 2026 08:30:00 +0200", "2026-03-04T06:30:00+00:00"),
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T08:30:00-05:00", "2026-03-04T08:30:00-05:00"),
        ("March 4, 2026", "2026-03-04"),
        ("Wed Mar  4 08:30:00 2026", "2026-03-04T08:30:00+00:00"),
        ("03/04/2026", None),
        ("03-04-2026", None),
        ("03-04-2026 08:30", None),
        ("04-03-26", None),
        ("2026-064", None),
        ("0304", None),
        ("soon", None),
        ("", None),
        ("Wed, 99 Mar 2026 08:30:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("Wed, 04 Mar 999999999 08:30:00 GMT", None),
    ],
)
def test_dates_are_read_or_none(said: str, read_as: str | None) -> None:
    assert entry(rss(item(f"<pubDate>{said}</pubDate>"))).published == read_as


def test_texts_are_plain_on_one_line_and_not_long() -> None:
    found = entry(
        rss(item(f"<title>A\n  &#169; b &lt; c</title><description>{'long ' * 2000}</description>"))
    )
    assert found.title == "A © b < c"
    assert len(found.summary) <= 2000
    assert found.summary.endswith("…")
    told = json.loads(JSON)
    told["items"][0]["title"] = "a\x00b\ud800c\x1b[31m"
    assert entry(json.dumps(told)).title == "a b c [31m"


@pytest.mark.parametrize(
    "bad",
    [
        "<title>Fish & chips</title>",
        "<title>Fish &amp; chips</title></nothing>",
        "<title>Fish &amp; chips</titel>",
        "<title>Fish &amp; chips</title><a b=c>",
        "<title>Fish \x01&amp; chips</title>",
    ],
)
def test_broken_feeds_are_read_as_far_as_they_can_be(bad: str) -> None:
    after = item(
        "<title>Caf&eacute; &amp; bar</title><description>&lt;p&gt;Open.&lt;/p&gt;</description>", "/2"
    )
    found = read(rss(item(bad), after))
    assert found.entries[0].title.replace("  ", " ").startswith("Fish & chips")
    if len(found.entries) > 1:
        assert found.entries[1] == Entry(
            "https://tarn.example/2", "https://tarn.example/2", "Café & bar", None, None, "Open."
        )


def test_one_fault_does_not_take_the_markup_of_what_follows() -> None:
    found = read(rss(item("<title>Fish & chips</title>"), item("<title>Tea &amp; cake</title>", "/2")))
    assert [e.title for e in found.entries] == ["Fish & chips", "Tea & cake"]


def test_a_feed_that_breaks_off_keeps_what_came() -> None:
    source = rss(*(item(link=f"/{n}") for n in range(20)))
    found = read(source[: len(source) // 2])
    assert 5 < len(found.entries) < 15


def test_a_feed_that_breaks_off_before_its_first_entry_is_an_error_and_not_empty() -> None:
    with pytest.raises(NotAnArticle, match="broken"):
        read(rss(item())[:200])


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss()) == Feed("Tarn Courier", ())


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "utf-8", "utf-16", "punycode", "base64", "undefined", "x"]
)
def test_wrong_encodings_are_survived(declared: str) -> None:
    source = rss(item("<title>Café</title>")).replace("utf-8", declared)
    for encoding in ("utf-8", "latin-1"):
        assert read(source.encode(encoding)).entries[0].address == "https://tarn.example/ferry"
        assert read(source.encode(encoding), declared).entries[0].address == "https://tarn.example/ferry"
    assert entry(source.encode("utf-16")).title == "Café"


def test_the_servers_word_on_the_encoding_is_used() -> None:
    source = rss(item("<title>Паром между Марлоу и Тарном</title>")).replace(' encoding="utf-8"', "")
    assert read(source.encode("koi8-r"), "koi8-r").entries[0].title == "Паром между Марлоу и Тарном"


def test_entities_of_its_own_are_not_resolved(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("home") / "secret"
    secret.write_text("the secret")
    before = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "inner">]>'
    found = read(rss(item("<title>&x; &y;</title>"), before=before))
    assert found.entries[0].title == "&x; &y;"


def test_laughs_stay_few() -> None:
    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    found = read(rss(item("<title>&l11;</title>"), before=f"<!DOCTYPE rss [{laughs}]>"))
    assert found.entries[0].title == "&l11;"


def test_large_feeds_are_refused_and_the_limit_is_named() -> None:
    with pytest.raises(LimitExceeded, match="feed too large: limit bytes_per_page is 1,000"):
        read(rss(item("x" * 1000)), bytes_per_page=1000)
    with pytest.raises(LimitExceeded, match="limit tags_per_page is 100"):
        read(rss(*(item() for _ in range(100))), tags_per_page=100)


def test_more_entries_than_anybody_reads_are_left_out_and_counted() -> None:
    found = read(rss(*(item("", f"/{n}") for n in range(MOST_ENTRIES + 5))))
    assert (len(found.entries), found.left_out) == (MOST_ENTRIES, 5)
    told = json.loads(JSON)
    told["items"] = [{"url": f"/{n}"} for n in range(MOST_ENTRIES + 5)]
    found = read(json.dumps(told))
    assert (len(found.entries), found.left_out) == (MOST_ENTRIES, 5)


def test_json_nested_deep_is_no_feed() -> None:
    with pytest.raises(NotAnArticle):
        read('{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000)


PIECES = """<title> </title> <item> </item> <link> </link> <![CDATA[ ]]> &amp; & < &#0; &#xD800;
<pubDate> </pubDate>
2026-99-99 Mon,1 <!-- --> <?x /a <guid> <a:b> <enclosure/> <media:content/>
<georss:point>1</georss:point> <atom:link/>"""
HOSTILE = st.text() | st.sampled_from(PIECES.split())


@settings(max_examples=100, deadline=None)
@given(st.lists(HOSTILE, max_size=30).map("".join), st.sampled_from([rss("{}"), ATOM, RDF, "{}"]))
def test_whatever_stands_in_a_feed_it_is_read_or_refused(inside: str, around: str) -> None:
    source = around.replace("{}", inside).replace("Captain", inside).replace("Bridge", inside)
    try:
        found = read(source.encode("utf-8", "replace"))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(
            e.address.startswith(("http://", "https://")) and e.address.isascii() for e in found.entries
        )
        assert len({e.address for e in found.entries}) == len(found.entries)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.text() | st.integers() | st.booleans(), lambda i: st.lists(i, max_size=3), max_leaves=5
    )
)
def test_whatever_stands_in_a_json_feed_it_is_read(value: object) -> None:
    names = (
        "id",
        "url",
        "title",
        "summary",
        "content_html",
        "content_text",
        "date_published",
        "date_modified",
    )
    items = [{**dict.fromkeys(names, value), "url": "/a"}, dict.fromkeys(names, value), value]
    told = {"version": "https://jsonfeed.org/version/1", "title": value, "items": items}
    assert read(json.dumps(told)).entries[0].address == "https://tarn.example/a"
    assert read(json.dumps({**told, "items": value})).title == read(json.dumps(told)).title
