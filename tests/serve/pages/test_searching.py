"""Searching: terms as chips, facets that narrow, a timeline that can be read as a table, pages."""

import pytest

from serve.pages.browsing import Browser, Page


@pytest.fixture(scope="module")
def browser(looking: Browser) -> Browser:
    return looking


def test_a_hit_shows_its_sentence_with_what_was_said_marked_in_it(browser: Browser) -> None:
    page = browser.see("/search?q=act:accuse outlet:Sarv")

    (words,) = page.tree.xpath("//blockquote")
    assert words.text_content() == (
        "She said the Harbour Workers' Union (HWU) was led by a “council of thieves”."
    )
    assert [span.text_content() for span in words.xpath(".//span[@class='source']")] == ["She"]
    assert [span.text_content() for span in words.xpath(".//span[@class='cue']")] == ["said"]
    assert words.xpath(".//span[@class='content']")[0].text_content().startswith("the Harbour")


def test_a_hit_says_who_about_whom_when_and_that_nobody_looked_at_it(browser: Browser) -> None:
    page = browser.see("/search?q=act:accuse outlet:Sarv")

    (hit,) = page.tree.xpath("//article")
    words = " ".join(hit.text_content().split())
    assert words.startswith("Mara Lindqvist deputy minister for trade, Ostmere")
    for told in ("Act accuse", "Said 4 March 2031", "Sure 93%", "unreviewed", "The Sarv Tide"):
        assert told in words


def test_each_term_can_be_taken_away(browser: Browser) -> None:
    page = browser.see('/search?q=navy act:state outlet:"The Sarv Tide"')

    chips = page.tree.xpath("//ul[@class='chips']/li[not(@class)]/a")
    assert [chip.find("bdi").text for chip in chips] == ["navy", "act:state", 'outlet:"The Sarv Tide"']
    without = browser.see(chips[1].get("href"))
    assert without.tree.xpath("//input[@id='q']/@value") == ['navy outlet:"The Sarv Tide"']


def test_a_facet_narrows_to_as_many_as_it_says_and_is_taken_away_again(browser: Browser) -> None:
    page = browser.see("/search")
    (deny,) = page.tree.xpath("//section[@aria-labelledby='facet-act']//li[a/span='deny']")
    count = deny.xpath("./span[@class='count']")[0].text

    narrowed = browser.see(deny.find("a").get("href"))
    assert f"{count} statement" in narrowed.words
    assert len(narrowed.tree.xpath("//main//article")) == int(count)
    (chosen,) = narrowed.tree.xpath("//section[@aria-labelledby='facet-act']//li[@class='chosen']")
    assert browser.see(chosen.find("a").get("href")).words == page.words


def test_the_timeline_shows_counts_or_shares_and_says_the_same_as_a_table(browser: Browser) -> None:
    counted = browser.see("/search?q=act:deny,accuse,fear,warn")
    shared = browser.see(counted.tree.xpath("//p[@class='switch']/a")[0].get("href"))

    assert shared.response.url.params["chart"] == "share"
    for page in (counted, shared):
        (table,) = page.tree.xpath("//figure//table")
        rows = [[cell.text_content() for cell in row.xpath("./td")] for row in table.xpath("./tbody/tr")]
        assert sum(int(found) for found, _, _ in rows) == len(page.tree.xpath("//main//article"))
        assert any(share.endswith("%") for _, _, share in rows)
    heights = [page.tree.xpath("//*[@class='amount']/@height") for page in (counted, shared)]
    assert heights[0] and heights[1]


def test_a_bar_leads_to_its_days_alone(browser: Browser) -> None:
    page = browser.see("/search?q=act:deny,accuse outlet:Sarv")
    (table,) = page.tree.xpath("//figure//table")
    link = table.xpath(".//a/@href")[0]

    narrowed = browser.see(link)
    assert "since:" in narrowed.tree.xpath("//input[@id='q']/@value")[0]
    assert len(narrowed.tree.xpath("//main//article")) == 1 < len(page.tree.xpath("//main//article"))


def test_orders_differ_and_are_kept_from_page_to_page(browser: Browser) -> None:
    surest = browser.see("/search?sort=-sure")
    least = browser.see("/search?sort=sure")

    def first(page: Page) -> str:
        return page.tree.xpath("//main//article//dl/div[dt='Sure']/dd")[0].text_content()

    assert first(surest).startswith("97%")
    assert first(least).startswith("60%")
    assert all("sort=sure" in link for link in least.links() if "/search?q=act" in link)


def test_nothing_found_says_what_to_do(browser: Browser) -> None:
    page = browser.see("/search?q=heron act:deny")

    assert "Nothing found" in page.words
    assert "Take a term away" in page.words


def test_what_is_not_understood_is_said(browser: Browser) -> None:
    assert "“acr:” is no field" in browser.see("/search?q=acr:deny").words


def test_what_was_searched_for_can_be_had_as_a_file_and_a_feed(browser: Browser) -> None:
    page = browser.see("/search?q=act:deny")
    links = {link.rpartition("/")[2].partition("?")[0]: link for link in page.links() if "/export/" in link}

    csv = browser.client.get(links["statements.csv"])
    assert csv.headers["content-type"].startswith("text/csv")
    assert csv.text.count(",deny,") == 2
    assert browser.client.get(links["statements.jsonl"]).text.count("\n") == 2
    feed = browser.client.get(links["statements.atom"])
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == 2


def test_the_first_page_shows_the_archive_at_a_glance(browser: Browser) -> None:
    words = browser.see("/").words

    # Of a long article no more than one stands there.
    assert words.count("Port to open again") == 1
    for told in ("from 2 articles by 2 outlets", "Mara Lindqvist", "Latest statements", "Read something new"):
        assert told in words


def test_a_text_may_be_right_to_left(browser: Browser) -> None:
    page = browser.see("/articles/1")

    assert page.tree.xpath("//h1/@dir") == ["auto"]
    assert set(page.tree.xpath("//div[contains(@class, 'text')]/p/@dir")) == {"auto"}
