"""Articles: the text as it is, with statements marked in it and beside it; versions; citations."""

from serve.pages.browsing import Browser
from serve.pages.conftest import LogIn
from write.invented import STRIKE


def test_the_text_is_on_the_page_character_for_character(browser: Browser) -> None:
    page = browser.see("/articles/2")

    (text,) = page.tree.xpath("//div[@class='text']")
    assert text.text_content() == STRIKE


def test_a_statement_in_the_text_leads_to_the_one_beside_it_and_back(browser: Browser) -> None:
    page = browser.see("/articles/2")

    marks = page.tree.xpath("//div[@class='text']//a[contains(@class, 'n')]")
    beside = page.tree.xpath("//section[@class='statements']//li/a[@class='no']")
    assert len(marks) == len(beside) == 7
    for mark, back in zip(marks, beside, strict=True):
        assert page.tree.get_element_by_id(mark.get("href")[1:]) is back.getparent()
        assert page.tree.get_element_by_id(back.get("href")[1:]) is mark
        assert mark.get("aria-label").endswith("unreviewed")


def test_a_statement_inside_another_is_marked_inside_it(browser: Browser) -> None:
    page = browser.see("/articles/2")

    (inner,) = page.tree.xpath("//span[@class='content']//span[@class='content']")
    assert inner.text_content() == "ice"
    assert len(page.tree.xpath("//li[contains(@class, 'inside')]")) == 1


def test_evidence_leads_to_its_words(browser: Browser) -> None:
    page = browser.see("/articles/2")

    links = page.tree.xpath("//dl[@class='reasons']//a[@class='to']")
    assert len(links) > 10
    for link in links:
        place = page.tree.get_element_by_id(link.get("href")[1:])
        assert place.text_content() in link.text_content().replace(" … ", " ")


def test_the_head_says_where_from_and_when_read(browser: Browser) -> None:
    page = browser.see("/articles/2")

    assert "Published 9 March 2031" in page.words
    assert "Original at ellery-courier.example" in page.words
    assert "example-1" in page.words
    assert "in the outlet’s own voice" in page.words


def test_an_older_version_says_so_and_what_changed(browser: Browser) -> None:
    old = browser.see("/articles/1?version=1")
    assert "This is version 1 of 2." in old.words

    changed = browser.see("/articles/1/changes")
    new = [part.text_content() for part in changed.tree.xpath("//div[contains(@class, 'diff')]/ins")]
    assert "".join(new).strip() == "Correction: the port reopens in May."
    assert [part.text_content() for part in changed.tree.xpath("//h1/del")] == [" in May"]


def test_an_article_and_a_statement_can_be_cited(browser: Browser) -> None:
    for path in ("/articles/2/cite", "/statements/1/cite"):
        assert "@" in browser.client.get(f"{path}.bib").text
        assert browser.client.get(f"{path}.csl.json").json()[0]["title"]
        assert browser.client.get(f"{path}.ris").text.startswith("TY  -")


def test_a_missed_statement_is_added_by_its_words(browser: Browser) -> None:
    page = browser.see("/articles/2/add")
    done = browser.send(
        page,
        "/articles/2/add",
        source_words="Tomas Brandt",
        cue_words="lead",
        content_words="the HWU",
        speaker="e4",
        act="promise",
    )

    assert done.status == 200
    assert "Added" in done.words
    (found,) = browser.see("/search?q=state:added").tree.xpath("//main//article")
    assert "Tomas Brandt" in found.text_content()
    assert "promise" in found.text_content()


def test_a_statement_without_its_words_is_not_added_and_nothing_typed_is_lost(browser: Browser) -> None:
    page = browser.see("/articles/2/add")
    again = browser.send(page, "/articles/2/add", cue_words="lead", content_words="no such words")

    assert again.status == 400
    assert "The words “no such words” given for the content are not in the text" in again.words
    assert again.tree.xpath("//textarea[@id='cue_words']")[0].text.strip() == "lead"


def test_an_owner_deletes_an_article_but_only_when_sure(browser: Browser) -> None:
    page = browser.see("/articles/2")
    assert browser.post("/articles/2/delete").path == "/articles/2"

    assert "is deleted" in browser.send(page, "/articles/2/delete", sure="1").words
    assert browser.see("/articles/2").status == 404
    assert "Harbour union" not in browser.see("/search").words


def test_a_reader_cannot_add_and_a_reviewer_cannot_delete(log_in: LogIn) -> None:
    reader, reviewer = log_in("reader"), log_in("reviewer")

    assert "/articles/2/add" not in reader.see("/articles/2").html
    assert reader.see("/articles/2/add").status == 403
    assert reader.post("/articles/2/add", cue_words="lead", content_words="the HWU").status == 403
    assert "/articles/2/delete" not in reviewer.see("/articles/2").html
    assert reviewer.post("/articles/2/delete", sure="1").status == 403
    assert reviewer.see("/articles/2").status == 200
