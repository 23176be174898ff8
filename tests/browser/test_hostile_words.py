"""Nothing that an article holds runs in the reader's browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quotidian import store
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Entity,
    Label,
    Mention,
    Passage,
    Said,
    Speaker,
    Stance,
    Statement,
    Who,
    attribution_id,
)

from .conftest import served

EVIL = (
    '<script>window.ran = true</script><img src=x onerror="window.ran = true">'
    "<svg onload='window.ran=true'>\"'`{{ 7 * 7 }}</title></script></style>"
)


def hostile() -> Article:
    """An article with a script wherever words of strangers are shown."""
    text = f"{EVIL} Vance said {EVIL} of the {EVIL} Quay."
    first = len(EVIL)
    source = Passage.of(text, [(0, first + 6)])
    cue = Passage.of(text, [(first + 7, first + 11)])
    content = Passage.of(text, [(first + 12, len(text) - 1)])
    id = attribution_id(Article(id="", text=text).text_sha256, source, cue, content)
    name = f"{EVIL} Vance"
    made = Statement(
        Attribution(id, source, cue, content, "indirect", 0, None, 0.9),
        Speaker("person", "e1", name, 0.9),
        (Who("e2", f"{EVIL} Quay", 0.8),),
        None,
        Said("../2026-03-04", "published", 0.9),
        Act("accuse", 0.9),
        Stance("neutral", 0.9),
    )
    quay = Passage.of(text, [(len(text) - 6 - first, len(text) - 1)])
    return Article(
        id=f"id {EVIL}",
        text=text,
        url="javascript:window.ran=true",
        outlet=f"{EVIL} Gazette",
        title=f"{EVIL} title",
        byline=f"{EVIL} by",
        published="2026-03-04",
        published_from="given",
        model="test",
        attributions=(made.attribution,),
        statements=(made,),
        mentions=(
            Mention(source, "person", "name", 0.9, "e1"),
            Mention(quay, "organisation", "name", 0.9, "e2"),
        ),
        entities=(
            Entity("e1", "person", name, role=source, labels=(Label(source, "name"),)),
            Entity("e2", "organisation", f"{EVIL} Quay", labels=(Label(quay, "name", id),)),
        ),
    )


@pytest.fixture
def hostile_room(tmp_path):
    with store.opened(tmp_path / "hostile.db") as archive:
        archive.add(hostile())
        again = hostile()
        archive.add(replace(again, id=f"{again.id} again", url="javascript:again()", outlet=f"{EVIL} Again"))
        archive.join()
        with served(archive) as address:
            yield address, archive


PLACES = (
    "/",
    "/search",
    "/search?q=%3Cscript%3Ewindow.ran%3Dtrue%3C%2Fscript%3E",
    "/articles",
    "/articles/1",
    "/articles/1/add",
    "/statements/1",
    "/entities",
    "/entities/1",
    "/entities/graph",
    "/outlets",
    "/outlets/1",
    "/review",
    "/review/pairs",
    "/log",
    "/utterances",
    "/utterances?list=only",
    "/utterances?q=%3Cscript%3Ewindow.ran%3Dtrue%3C%2Fscript%3E",
    "/statements/1/trace",
    "/stories",
    "/articles/1/beside/2",
)


def test_no_script_of_an_article_runs(page, hostile_room):
    address, _ = hostile_room
    for place in PLACES:
        page.goto(address + place)
        assert page.evaluate("window.ran") is None, place
        assert page.evaluate("document.querySelectorAll('main img, main svg[onload]').length") == 0, place
        assert "49" not in page.title()
        links = page.evaluate("[...document.links].map(link => link.protocol)")
        assert set(links) <= {"http:", "https:"}, place


def test_the_trace_of_hostile_words_shows_them_as_words(page, hostile_room):
    address, _ = hostile_room
    page.goto(f"{address}/statements/1/trace")
    page.wait_for_url("**/utterances/*")
    assert page.locator("li.report").count() == 2
    assert "<script>window.ran = true</script>" in page.inner_text("h1")
    for link in page.get_by_role("link", name=re.compile("^(JSON|CSV|Graph|PROV)")).all():
        answer = page.request.get(address + link.get_attribute("href"))
        assert answer.ok and "text/html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert page.evaluate("window.ran") is None


def test_the_policy_would_stop_one_that_got_through(browser, hostile_room):
    address, _ = hostile_room
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), "
        "{textContent: 'window.ran = true'}))"
    )
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = true\">')"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    context.close()
