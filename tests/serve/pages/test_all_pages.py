"""What holds for every page: it answers, is well made, runs nothing, and leads nowhere that is not there."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serve.pages.browsing import Browser, assert_inert

PAGES = [
    "/",
    "/search",
    "/search?q=act:deny+speaker:Lindqvist&sort=sure&chart=share",
    "/search?q=nothingatall",
    "/read",
    "/articles",
    "/articles?outlet=1",
    "/articles/1",
    "/articles/1?version=1",
    "/articles/1/changes",
    "/articles/1/add",
    "/statements/1",
    "/statements/8",
    "/entities",
    "/entities?name=brandt&type=person",
    "/entities?name=nobodyatall",
    "/entities/1",
    "/entities/1?merge=brandt",
    "/entities/graph",
    "/entities/graph?q=nothingatall",
    "/outlets",
    "/outlets/1",
    "/review",
    "/review?skip=1000",
    "/review?q=nothingatall",
    "/review/pairs",
    "/log",
    "/utterances",
    "/utterances?list=changed",
    "/utterances?list=only&q=act:deny",
    "/utterances?list=unsourced",
    "/utterances?q=nothingatall",
    "/statements/1/trace",
    "/statements/8/trace",
    "/stories",
    "/stories/1",
    "/articles/1/beside/2",
    "/help",
]


@pytest.fixture(scope="module")
def browser(looking: Browser) -> Browser:
    return looking


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_is_well_made(browser: Browser, path: str) -> None:
    page = browser.see(path)

    assert page.status == 200
    assert page.heading
    assert page.tree.get("lang") == "en"
    assert len(page.tree.xpath("//main[@id='main']")) == 1
    assert page.tree.xpath("//a[@href='#main']")
    ids = page.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    labelled = set(page.tree.xpath("//label/@for"))
    fields = page.tree.xpath("//input[not(@type='hidden' or @type='checkbox')] | //select | //textarea")
    assert {field.get("id") for field in fields} <= labelled


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_runs_or_comes_from_elsewhere(browser: Browser, path: str) -> None:
    assert_inert(browser.see(path))


def test_every_link_of_every_page_leads_somewhere(browser: Browser) -> None:
    waiting, seen = ["/"], set()
    while waiting and len(seen) < 250:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page = browser.see(path)
        assert page.status == 200, path
        if page.response.headers["content-type"].startswith("text/html") and "/api" not in path:
            waiting += [link for link in page.links() if link not in seen]
    assert len(seen) > 60


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/articles/999",
        "/articles/99999999999999999999",
        "/articles/1?version=7",
        "/articles/1/cite.doc",
        "/articles/999/changes",
        "/articles/999/add",
        "/statements/999",
        "/statements/0",
        "/statements/999/cite.bib",
        "/entities/999",
        "/outlets/999",
        "/articles?outlet=999",
        "/read/nothing-of-that-name",
        "/utterances/nothing-of-that-name",
        "/utterances/0123456789abcdef",
        "/stories/999",
        "/articles/1/beside/999",
        "/statements/999/trace",
        "/export/utterances.doc",
        "/export/statements.doc",
        "/export/nothing.csv",
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(browser: Browser, path: str) -> None:
    page = browser.see(path)
    assert page.status == 404
    assert page.heading == "Nothing here"


@pytest.mark.parametrize(
    "path",
    [
        "/search?page=0",
        "/search?page=-1",
        "/search?page=two",
        "/search?page=99999999999999999999",
        "/search?page=٣",
        "/articles?outlet=x",
        "/articles/1?version=x",
        "/articles/1/changes?from=x",
        "/review?skip=x",
        "/log?page=1e3",
        "/utterances?page=x",
        "/stories?page=0",
    ],
)
def test_bad_numbers_are_refused_in_words(browser: Browser, path: str) -> None:
    page = browser.see(path)
    assert page.status == 400
    assert page.heading == "That cannot be done"


@settings(max_examples=60, deadline=None)
@given(given=st.text(max_size=200), page=st.integers(1, 3))
def test_any_string_can_be_searched_for(browser: Browser, given: str, page: int) -> None:
    query = quote(given.encode("utf-8", "replace"))
    traces = f"/utterances?q={query}&list={query}&page={page}"
    for path in (
        f"/search?q={query}&page={page}&sort={query}&chart={query}",
        f"/entities?name={query}",
        traces,
    ):
        assert browser.see(path).status == 200
