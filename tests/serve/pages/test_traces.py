"""Traces: where one statement is reported, who had it first, with which words; and "not the same"."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from quotidian.serve.access.settings import Settings
from quotidian.serve.app import application
from quotidian.store.archive import Archive
from quotidian.store.values import Review
from serve.pages.browsing import Browser, Page
from serve.pages.conftest import LogIn
from serve.pages.gates import FERRY, GATES, SECOND_ALONE, TWO_SENTENCES, joined


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The gates in seven outlets, joined."""
    with joined(tmp_path) as archive:
        yield archive


@pytest.fixture
def browser(archive: Archive) -> Browser:
    settings = Settings.checked(port=8123)
    room = application(archive, settings)
    return Browser(TestClient(room, base_url=settings.base_url, raise_server_exceptions=False))


def statement(archive: Archive, outlet: str) -> int:
    return archive.search(f'outlet:"{outlet}"').hits[0].id


def trace(browser: Browser, archive: Archive, outlet: str = "Orle Press Agency") -> Page:
    return browser.see(f"/statements/{statement(archive, outlet)}/trace")


def words_of(element) -> str:
    return " ".join(element.text_content().split())


def reports(page: Page) -> list[str]:
    return [words_of(one) for one in page.tree.xpath("//li[@class='report']")]


def outlets(page: Page) -> list[str]:
    return [words_of(one).split(" ", 1)[1] for one in page.tree.xpath("//li[@class='report']//h3")]


# --- the trace ----------------------------------------------------------------------------------


def test_a_trace_has_all_reports_in_the_order_in_which_they_appeared(browser, archive):
    page = trace(browser, archive)
    assert page.path.startswith("/utterances/")
    assert "4 reports in 4 outlets" in page.words
    assert outlets(page) == ["Marlow Herald", "Orle Press Agency", "Harbour Post", "Tarn Courier"]


def test_every_report_of_it_leads_to_the_same_trace(browser, archive):
    found = {trace(browser, archive, name).path for name in ("Harbour Post", "Tarn Courier", "Marlow Herald")}
    assert len(found) == 1


def test_the_earliest_is_told_with_its_interval_and_with_those_that_may_have_been_earlier(browser, archive):
    (first,) = trace(browser, archive).tree.xpath("//dt[text()='First in this archive']/../dd")
    told = words_of(first)
    assert "Marlow Herald, between 4 March 2031, 10:00 UTC and 6 March 2031, 12:00 UTC" in told
    assert "the page gives a day without a time" in told
    assert "It may also have been Orle Press Agency" in told
    assert "Harbour Post" not in told  # which came after the agency, whenever the Herald did


def test_published_modified_and_read_are_told_apart(browser, archive):
    shown = reports(trace(browser, archive))[3]
    assert "Published: 6 March 2031, 12:30 (UTC+01:00). Modified: not stated. Read here: " in shown


def test_what_first_means_is_said_on_the_page(browser, archive):
    assert "what the archive has not read, it does not know" in trace(browser, archive).words


def test_copied_from_the_wire_is_told_from_reported_independently(browser, archive):
    _, wire, copied, credited = reports(trace(browser, archive))
    assert "Reported independently" in wire
    assert "Copied from the wire: it has the text of report 2, Orle Press Agency" in copied
    assert "an agency: Orle Press Agency, as “OPA”" in copied
    assert "another outlet: Harbour Post, as “the Harbour Post”" in credited
    assert "1 hand, by the text’s own account" in credited


def test_the_wording_is_set_beside_the_first_word_by_word(browser, archive):
    page = trace(browser, archive)
    added = page.tree.xpath("//li[@id='report-2']//ins")
    assert [words_of(one) for one in added] == ["[added: before the storm]"]
    assert "the same words, with more of them" in reports(page)[1]


def test_what_contradicts_it_stands_beside_it_and_what_differs_is_said_in_words(browser, archive):
    page = trace(browser, archive)
    cards = {
        card.xpath(".//h3")[1].text_content(): card
        for card in page.tree.xpath("//article[@class='card against']")
    }
    (turned,) = (card for name, card in cards.items() if "Estrin Gazette" in name)
    (other,) = (card for name, card in cards.items() if "Kelda Mail" in name)
    assert words_of(turned.xpath(".//*[@class='means']")[0]) == "a negation differs"
    assert words_of(turned.xpath(".//del[@class='meaning']")[0]) == "[cut: not]"
    assert words_of(other.xpath(".//*[@class='means']")[0]) == "who is said to speak differs"
    assert "Piet Holm" in words_of(other) and "Ada Voss" in words_of(other)
    assert "Neither is taken for wrong here" in page.words


def test_those_kept_apart_are_in_no_report_of_it(browser, archive):
    assert not {"Estrin Gazette", "Kelda Mail"} & set(outlets(trace(browser, archive)))


def test_the_drawing_of_times_says_in_a_table_what_it_shows(browser, archive):
    page = trace(browser, archive)
    (table,) = page.tree.xpath("//div[@aria-label='When each report appeared, as a table']//table")
    assert [words_of(row[1]) for row in table.xpath(".//tbody/tr")] == outlets(page)
    (way,) = page.tree.xpath("//ol[@class='way-list']")
    assert len(way) == 4


def test_each_link_can_be_checked(browser, archive):
    (table,) = trace(browser, archive).tree.xpath("//table[@class='links']")
    for row in table.xpath(".//tbody/tr"):
        assert re.search(r"\d+%", words_of(row)) and "words in a row are the same" in words_of(row)


def test_a_statement_that_nobody_else_reports_has_a_trace_of_one(browser, archive):
    page = trace(browser, archive, "Vell Star")
    assert outlets(page) == ["Vell Star"] and "The only report in this archive" in page.words


def test_a_later_sentence_of_a_statement_has_a_trace_of_its_own(browser, archive):
    for article in (TWO_SENTENCES, SECOND_ALONE):
        archive.add(article)
    archive.join()
    page = trace(browser, archive, "Skarn Echo")
    assert outlets(page) == ["Skarn Echo", "Lantern Weekly"]
    sentences = page.tree.xpath("//li[@class='report']//*[@class='content']")
    assert [words_of(one).strip("“”,.") for one in sentences] == [FERRY, FERRY]


def test_the_address_of_a_later_sentence_is_that_of_its_statement_and_a_number(browser, archive):
    made = [
        replace(
            TWO_SENTENCES, id=f"echo-{number}", url=f"https://echo-{number}.example/", outlet=f"Echo {number}"
        )
        for number in range(6)
    ]
    for article in made:
        archive.add(article)
    archive.add(SECOND_ALONE)
    archive.join()
    ids = {id for hit in archive.every("outlet:echo") for id in archive.utterances_of(hit.id)}
    numbered = [id for id in ids if "/" in id]
    assert numbered
    for id in numbered:
        page = browser.see(f"/utterances/{id}")
        assert page.status == 200 and FERRY in page.words
        (line,) = browser.see(f"/export/utterances.jsonl?id={id}").html.splitlines()
        assert json.loads(line)["address"].endswith(f"/utterances/{id}")


def test_what_waits_to_be_joined_is_said_and_an_owner_joins_it(browser, archive):
    archive.add(TWO_SENTENCES)
    page = browser.see("/utterances")
    assert "1 article waits to be joined" in page.words
    after = browser.send(page, "/join")
    assert after.path == "/utterances" and "to be joined" not in after.words


# --- "same", "not the same" -----------------------------------------------------------------------


def test_not_the_same_takes_a_report_out_and_undo_brings_it_back(browser, archive):
    page = trace(browser, archive)
    form = next(
        form
        for form in page.tree.xpath("//li[@id='report-1' or @id='report-2']//form")
        if form.action.endswith("/other_utterance")
    )
    after = browser.send(page, form.action, other=form.fields["other"])
    assert "two acts of saying" in after.words
    assert len(outlets(trace(browser, archive, "Orle Press Agency"))) < 4
    (review,) = archive.reviews()
    back = browser.send(after, f"/reviews/{review.id}/undo")
    assert back.status == 200
    assert len(outlets(trace(browser, archive))) == 4


def test_the_same_joins_what_was_kept_apart_and_the_page_says_who_decided(browser, archive):
    page = trace(browser, archive)
    (button,) = (
        form
        for form in page.tree.xpath("//article[contains(., 'Kelda Mail') and contains(@class, 'card')]//form")
        if form.action.endswith("/same_utterance")
    )
    browser.send(page, button.action, other=button.fields["other"])
    page = trace(browser, archive)
    assert "Kelda Mail" in outlets(page)
    assert "a person decided" in page.words
    assert "Not all reports agree: Ada Voss (4 reports) and Piet Holm (1 report)" in page.words


def test_a_statement_can_be_joined_by_its_number(browser, archive):
    page = trace(browser, archive)
    alone = statement(archive, "Vell Star")
    action = next(f.action for f in page.tree.forms if f.xpath(".//input[@id='other']"))
    browser.send(page, action, other=str(alone))
    assert "Vell Star" in outlets(trace(browser, archive))


@pytest.mark.parametrize("other", ["", "x", "999999", "-1", "1e9", "99999999999999999999"])
def test_a_number_that_is_none_of_theirs_is_refused_in_words(browser, archive, other):
    page = trace(browser, archive)
    action = next(f.action for f in page.tree.forms if f.xpath(".//input[@id='other']"))
    answer = browser.send(page, action, other=other)
    assert answer.status in (400, 404) and answer.heading
    assert archive.reviews() == ()


def test_who_only_reads_decides_nothing(log_in: LogIn, archive):
    reader = log_in("reader")
    page = trace(reader, archive)
    assert not [
        form.action for form in page.tree.forms if "utterance" in form.action or "join" in form.action
    ]
    for what in ("same_utterance", "other_utterance"):
        assert reader.post(f"/statements/1/{what}", other="2").status == 403
    assert reader.post("/join").status == 403


def test_a_reviewer_decides_but_does_not_join_all(log_in: LogIn, archive):
    reviewer = log_in("reviewer")
    assert [f for f in trace(reviewer, archive).tree.forms if f.action.endswith("/other_utterance")]
    assert reviewer.post("/join").status == 403


# --- lists ----------------------------------------------------------------------------------------


def listed(page: Page) -> list[str]:
    return [words_of(one) for one in page.tree.xpath("//li[@class='utterance']//p[@class='words']")]


def test_the_lists_of_utterances(browser, archive):
    assert listed(browser.see("/utterances"))[0].startswith("the flood gates")
    only = browser.see("/utterances?list=only")
    assert "the lamp on the mole would be lit at dusk" in listed(only)
    assert len(listed(only)) == 3  # it, and the two that contradict
    for name in ("changed", "unsourced"):
        assert browser.see(f"/utterances?list={name}").status == 200


def test_one_that_no_longer_names_its_source_is_in_the_list_of_those(browser, archive):
    told = archive.statement(statement(archive, "Tarn Courier"))
    archive.review(
        Review(
            kind="correct",
            by="local",
            statement=told.id,
            payload={"source": None, "speaker": {"name": None, "kind": "none"}},
        )
    )
    archive.join()
    page = browser.see("/utterances?list=unsourced")
    assert "1 later report names no speaker" in page.words


def test_a_list_can_be_narrowed_as_one_searches(browser, archive):
    assert listed(browser.see("/utterances?list=only&q=outlet:vell"))
    assert not listed(browser.see("/utterances?list=repeated&q=outlet:vell&page=2"))
    assert "with a report that this finds" in browser.see("/utterances?list=changed&q=outlet:vell").words


def test_a_list_can_be_taken_along_as_it_is_shown(browser, archive):
    page = browser.see("/utterances?list=only&q=speaker:voss")
    links = {
        link.partition("/export/utterances.")[2].partition("?")[0]: link
        for link in page.links()
        if "/export/" in link
    }
    assert set(links) == {"csv", "jsonl", "atom", "gexf", "prov"}
    lines = browser.see(links["jsonl"]).html.splitlines()
    assert [json.loads(line)["reports"][0]["content"] for line in lines] == listed(page)
    table = list(csv.DictReader(io.StringIO(browser.see(links["csv"]).html)))
    assert [row["content"] for row in table] == listed(page)
    feed = ElementTree.fromstring(browser.see(links["atom"]).html)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(listed(page))


def test_one_trace_can_be_taken_along(browser, archive):
    page = trace(browser, archive)
    for link in page.links():
        if "/export/utterances.jsonl" in link:
            (line,) = browser.see(link).html.splitlines()
            assert [one["outlet"] for one in json.loads(line)["reports"]] == outlets(page)
        elif "/export/utterances." in link:
            assert browser.see(link).status == 200


# --- ways to traces -------------------------------------------------------------------------------


def test_ways_lead_to_the_trace_from_wherever_a_statement_is_shown(browser, archive):
    number = statement(archive, "Harbour Post")
    hit = archive.statement(number)
    for place in (
        f"/statements/{number}",
        f"/articles/{hit.article.id}",
        "/search?q=gates",
        f"/entities/{hit.speaker.entity}",
        f"/outlets/{hit.article.outlet.id}",
    ):
        page = browser.see(place)
        assert [link for link in page.links() if link.endswith(f"/statements/{number}/trace")], place
    for place in ("/search?q=gates", f"/entities/{hit.speaker.entity}", f"/outlets/{hit.article.outlet.id}"):
        assert [link for link in browser.see(place).links() if "/utterances?" in link], place


def test_an_article_leads_to_those_that_have_its_text_and_to_its_story(browser, archive):
    article = archive.statement(statement(archive, "Harbour Post")).article.id
    page = browser.see(f"/articles/{article}")
    (beside,) = {link for link in page.links() if "/beside/" in link and link.endswith(f"/{article}")} or {""}
    assert beside
    shown = browser.see(beside)
    assert shown.heading == "What both have" and "The same text" in shown.words
    assert GATES in shown.tree.xpath("//*[@id='a1']")[0].text_content()
    assert [link for link in page.links() if "/stories/" in link]


def test_a_story_has_its_articles_by_day_and_what_they_repeat(browser, archive):
    page = browser.see("/stories")
    links = sorted({link for link in page.links() if re.search(r"/stories/\d+$", link)})
    assert len(links) == len(archive.stories())
    told = " ".join(browser.see(link).words for link in links)
    assert (
        "Articles, by day" in told
        and "5 March 2031" in told
        and GATES.removesuffix(" before the storm") in told
    )
    assert "Who has whose text" in told and "the same text" in told


def test_two_articles_that_share_nothing_say_so(browser, archive):
    page = browser.see("/articles/1/beside/7")
    assert "The archive knows of no text that both have" in page.words
    assert not page.tree.xpath("//*[@class='run']")


@pytest.mark.parametrize(
    "path",
    [
        "/utterances/0123456789abcdef",
        "/utterances/0123456789abcdef/1",
        "/utterances/nothing",
        "/utterances/0123456789abcdef/x",
        "/utterances/%0A",
        "/stories/999",
        "/articles/1/beside/999",
        "/articles/999/beside/1",
        "/statements/999/trace",
        "/export/utterances.bibtex",
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(browser, path):
    page = browser.see(path)
    assert page.status == 404 and page.heading == "Nothing here"
