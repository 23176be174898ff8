"""Reviews: accept, reject, correct, take back; the queue; the log; who may."""

import pytest

from quotidian.store.archive import Archive
from quotidian.store.values import Hit
from serve.pages.browsing import Browser, Page
from serve.pages.conftest import LogIn


@pytest.fixture
def accused(archive: Archive) -> Hit:
    """“She said the Harbour Workers' Union (HWU) was led by a “council of thieves”.”"""
    return archive.search("act:accuse outlet:Ellery").hits[0]


def state(page: Page) -> str:
    """The word beside the statement's number."""
    return page.tree.xpath("//p[@class='kicker']/span")[0].text_content().split()[-1]


def test_a_statement_is_accepted_and_that_is_taken_back(browser: Browser, accused: Hit) -> None:
    page = browser.see(f"/statements/{accused.id}")
    assert state(page) == "unreviewed"

    accepted = browser.send(page, f"/statements/{accused.id}/accept")
    assert state(accepted) == "accepted"
    assert "Accepted statement" in accepted.words

    undo = next(form.action for form in accepted.tree.forms if "/undo" in form.action)
    assert state(browser.send(accepted, undo)) == "unreviewed"
    assert "(taken back)" in browser.see("/log").words


def test_what_is_rejected_is_in_no_list_and_its_page_says_so(browser: Browser, accused: Hit) -> None:
    page = browser.send(browser.see(f"/statements/{accused.id}"), f"/statements/{accused.id}/reject")

    assert "People rejected this" in page.words
    found = browser.see("/search?q=act:accuse")
    assert f"/statements/{accused.id}" not in found.html


def test_words_are_corrected_by_what_is_pasted(browser: Browser, accused: Hit) -> None:
    path = f"/statements/{accused.id}"
    page = browser.send(
        browser.see(path),
        f"{path}/correct",
        content_words="was led by a\n  “council of thieves”",
        content_places="",
    )

    assert state(page) == "corrected"
    content = page.tree.xpath("//div[contains(@class, 'around')]//span[@class='content']")
    assert [part.text_content() for part in content] == ["was led by a", "“council of thieves”"]


def test_words_are_corrected_by_their_places(browser: Browser, archive: Archive, accused: Hit) -> None:
    path = f"/statements/{accused.id}"
    start, end = accused.content.spans[0]
    browser.send(browser.see(path), f"{path}/correct", content_places=f"{start + 4}-{end}")

    assert archive.statement(accused.id).content.spans == ((start + 4, end),)


def test_another_speaker_is_chosen_from_the_article(browser: Browser, archive: Archive, accused: Hit) -> None:
    path = f"/statements/{accused.id}"
    page = browser.send(browser.see(path), f"{path}/correct", speaker="e4")

    assert page.heading == "Tomas Brandt"
    speaker = archive.statement(accused.id).speaker
    assert speaker
    assert speaker.entity == archive.article(accused.article.id).entities["e4"]


def test_everything_else_can_be_corrected_at_once(browser: Browser, archive: Archive, accused: Hit) -> None:
    path = f"/statements/{accused.id}"
    browser.send(
        browser.see(path),
        f"{path}/correct",
        act="warn",
        negated="1",
        stance="distances",
        said="2031-03",
        about="Edda Brandt\nSomebody New",
        role_words="deputy minister",
        organisation_words="",
    )

    now = archive.statement(accused.id)
    assert (now.act, now.negated, now.stance, now.said) == ("warn", True, "distances", "2031-03")
    assert [one.name for one in now.about] == ["Edda Brandt", "Somebody New"]
    assert (now.role, now.organisation) == ("deputy minister", None)
    assert now.content == accused.content


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "Nothing is other than it was"),
        ({"content_words": "words that are nowhere", "content_places": ""}, "are not in the text"),
        ({"content_places": "9-3"}, "do not fit the text"),
        ({"content_places": "0-99999999"}, "do not fit the text"),
        ({"content_places": "here"}, "are written like 12-40"),
        ({"cue_places": "", "cue_words": ""}, "The cue is missing"),
        ({"act": "sing"}, "is no act that Quotidian knows"),
        ({"speaker": "e99"}, "nobody of this article"),
        ({"speaker_name": "A", "speaker_kind": "ghost"}, "no kind of source"),
        ({"said": "last Tuesday"}, "a day or a stretch of days in EDTF"),
    ],
)
def test_a_correction_that_does_not_fit_is_explained_and_changes_nothing(
    browser: Browser, archive: Archive, accused: Hit, changes: dict[str, str], why: str
) -> None:
    path = f"/statements/{accused.id}"
    page = browser.send(browser.see(path), f"{path}/correct", **changes)

    assert page.status == 400
    (error,) = page.tree.xpath("//div[@role='alert']")
    assert why in error.text_content()
    assert archive.statement(accused.id) == accused


def test_what_was_typed_into_a_refused_correction_is_still_there(browser: Browser, accused: Hit) -> None:
    path = f"/statements/{accused.id}"
    page = browser.send(browser.see(path), f"{path}/correct", content_places="9-3", said="2031", act="warn")

    fields = dict(page.form(f"{path}/correct").form_values())
    assert (fields["content_places"], fields["said"], fields["act"]) == ("9-3", "2031", "warn")
    assert page.tree.xpath("//details[@id='correct']/@open")


def test_a_statement_of_nobody_can_get_a_source_and_lose_it(browser: Browser, archive: Archive) -> None:
    hit = archive.search("act:fear outlet:Ellery").hits[0]
    path = f"/statements/{hit.id}"

    browser.send(browser.see(path), f"{path}/correct", source_words="The navy")
    given = archive.statement(hit.id).source
    assert given
    assert given.text == "The navy"
    browser.send(browser.see(path), f"{path}/correct", source_words="", source_places="")
    assert archive.statement(hit.id).source is None


def test_the_queue_begins_with_the_least_sure_and_moves_on(browser: Browser, archive: Archive) -> None:
    first, second, third = archive.queue(limit=3)
    page = browser.see("/review")
    assert f"Statement {first.id}:" in page.words

    after = browser.send(page, f"/statements/{first.id}/accept")
    assert f"Statement {second.id}:" in after.words
    assert "Accepted statement" in after.words

    (skip,) = after.tree.xpath("//a[@data-key='n j']/@href")
    assert f"Statement {third.id}:" in browser.see(skip).words


def test_the_queue_can_be_narrowed_and_ends(browser: Browser, archive: Archive) -> None:
    page = browser.see("/review?q=act:deny")
    for _ in range(2):
        accept = next(form.action for form in page.tree.forms if form.action.endswith("/accept"))
        page = browser.send(page, accept)

    assert page.path == "/review"
    assert "Nothing that this search finds waits for review" in page.words


def test_every_key_of_the_queue_is_a_button_or_a_link(browser: Browser, archive: Archive) -> None:
    page = browser.see("/review")
    page = browser.send(page, next(f.action for f in page.tree.forms if f.action.endswith("/accept")))

    keys = " ".join(page.tree.xpath("//@data-key")).split()
    assert set(keys) == {"a", "r", "s", "c", "n", "j", "u", "?"}
    assert set(page.tree.xpath("//*[@data-key]/@data-key/..")) <= set(
        page.tree.xpath("//a[@href] | //button | //summary")
    )


def test_who_only_reads_decides_nothing(log_in: LogIn, accused: Hit) -> None:
    reader = log_in("reader")
    path = f"/statements/{accused.id}"

    page = reader.see(path)
    assert not [form.action for form in page.tree.forms if "/statements/" in form.action]
    for what in ("accept", "reject", "correct"):
        refused = reader.post(f"{path}/{what}")
        assert refused.status == 403
        assert refused.heading == "Not allowed"


def test_a_decision_carries_the_name_of_who_made_it(log_in: LogIn, accused: Hit) -> None:
    reviewer = log_in("reviewer")
    path = f"/statements/{accused.id}"
    reviewer.send(reviewer.see(path), f"{path}/accept")

    assert f"reviewer accepted statement {accused.id}" in reviewer.see("/log").words


def test_a_form_without_its_token_does_nothing(browser: Browser, archive: Archive, accused: Hit) -> None:
    for path in (
        f"/statements/{accused.id}/accept",
        f"/statements/{accused.id}/correct",
        "/entities/1/rename",
        "/entities/1/merge",
        "/articles/1/delete",
        "/read",
        "/reviews/1/undo",
    ):
        answer = browser.client.post(path, data={"name": "X", "sure": "1", "into": "2", "act": "warn"})
        assert answer.status_code == 403
        assert "<h1>Not allowed</h1>" in answer.text
    assert archive.reviews() == ()


@pytest.mark.parametrize("next_", ["https://evil.example", "//evil.example", "/\\evil.example", "x", "/a\nb"])
def test_a_form_leads_back_to_this_reading_room_only(browser: Browser, accused: Hit, next_: str) -> None:
    path = f"/statements/{accused.id}"
    page = browser.see(path)
    fields = dict(page.form(f"{path}/accept").form_values())

    answer = browser.client.post(f"{path}/accept", data={**fields, "next": next_}, follow_redirects=False)
    assert answer.headers["location"].startswith(f"{path}?done=")


def test_an_address_cannot_say_that_something_was_done(browser: Browser) -> None:
    for done in ("1", "999", "x", "<b>", "-1"):
        page = browser.see(f"/log?done={done}")
        assert page.status == 200
        assert not page.tree.xpath("//*[@role='status']")
