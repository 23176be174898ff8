"""What holds for every page: it answers, is well made, runs nothing, and leads nowhere that is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotidian.store.archive import Archive
from quotidian.types import Evidence, Found, Label, Passage, Speaker, Who, attribution_id
from serve.pages.browsing import Browser, Page
from write.invented import STRIKE, strike

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
    "/help",
]
ATTACK = "<script>document.title='RUN'</script><img src=x onerror=\"document.title='RUN'\">"
ATTACK += "{{ 7 * 7 }}'\"></textarea></title><svg onload=document.title='RUN'>\x1b\u202e"


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


@pytest.fixture
def hostile(archive: Archive) -> Archive:
    """The archive with an article in which every word that a stranger gives is an attack."""
    text = f"{ATTACK} {STRIKE}"
    shift = len(ATTACK) + 1
    told = strike()
    moved = replace(
        told,
        text=text,
        id=ATTACK,
        url="javascript:document.title='RUN'",
        outlet=ATTACK,
        title=ATTACK,
        byline=ATTACK,
        origin=ATTACK,
        model=ATTACK,
        attributions=(),
        statements=(),
        mentions=(),
        dates=(),
        published=ATTACK,
        entities=tuple(
            replace(entity, name=f"{ATTACK}{entity.id}", role=None, organisation=None, labels=())
            for entity in told.entities
        ),
    )
    everything = Passage.of(text, [(0, len(ATTACK))])
    cue = Passage.of(text, [(text.index("told the"), text.index("told the") + 4)])
    content = Passage.of(text, [(shift, shift + 30)])
    first = told.statements[0]
    found = replace(
        first.attribution,
        id=attribution_id(moved.text_sha256, everything, cue, content),
        source=everything,
        cue=cue,
        content=content,
    )
    evidence = (Evidence(ATTACK, everything),)
    entities = (
        replace(
            moved.entities[0],
            role=everything,
            organisation=everything,
            labels=(Label(everything, "description", found.id), Label(everything, "name")),
        ),
        *moved.entities[1:],
    )
    statement = replace(
        first,
        attribution=found,
        speaker=Speaker(
            "person",
            entities[0].id,
            entities[0].name,
            0.5,
            role=Found(everything, 0.5),
            organisation=Found(everything, 0.5),
            evidence=evidence,
        ),
        about=(Who(entities[1].id, entities[1].name, 0.5, evidence),),
        via=Found(everything, 0.5),
        said=replace(first.said, evidence=evidence),
        act=replace(first.act, evidence=evidence),
    )
    archive.add(replace(moved, entities=entities, attributions=(found,), statements=(statement,)))
    return archive


def test_a_hostile_article_runs_nothing_on_any_page(browser: Browser, hostile: Archive) -> None:
    (hit,) = hostile.search('outlet:"document title"').hits
    assert hit.speaker
    paths = {
        *PAGES,
        f"/articles/{hit.article.id}",
        f"/articles/{hit.article.id}/add",
        f"/statements/{hit.id}",
        f"/entities/{hit.speaker.entity}",
        f"/entities/{hit.about[0].entity}",
        f"/outlets/{hit.article.outlet.id if hit.article.outlet else 0}",
        f"/search?q={quote(ATTACK)}",
        f"/entities?name={quote(ATTACK)}",
        f"/entities/{hit.speaker.entity}?merge={quote(ATTACK)}",
        f"/review?q={quote(ATTACK)}",
        f"/entities/graph?q={quote(ATTACK)}",
        f"/{quote(ATTACK)}",
        f"/search?page={quote(ATTACK)}",
    }
    shown = 0
    for path in sorted(paths):
        page = browser.see(path)
        assert page.status < 500, path
        assert_inert(page)
        assert "\x1b" not in page.html
        assert "\u202e" not in page.html
        assert "javascript:" not in " ".join(page.tree.xpath("//@href"))
        shown += "<script>document.title='RUN'</script>" in page.words
    assert shown > 10


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
    ],
)
def test_bad_numbers_are_refused_in_words(browser: Browser, path: str) -> None:
    page = browser.see(path)
    assert page.status == 400
    assert page.heading == "That cannot be done"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.text(max_size=200), page=st.integers(1, 3))
def test_any_string_can_be_searched_for(browser: Browser, given: str, page: int) -> None:
    query = quote(given.encode("utf-8", "replace"))
    for path in (f"/search?q={query}&page={page}&sort={query}&chart={query}", f"/entities?name={query}"):
        assert browser.see(path).status == 200


def assert_inert(page: Page) -> None:
    """No script but the package's own, no style in the page, nothing loaded from another host."""
    tree = page.tree
    for script in tree.iter("script"):
        assert re.fullmatch(r"/static/\w+\.js\?v=[\w.]+", script.get("src") or "")
        assert not script.text
    assert not list(tree.iter("style", "img", "iframe", "object", "embed", "base"))
    assert not tree.xpath("//@style")
    attributes = {name.lower() for element in tree.iter("*") for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    assert "'unsafe-inline'" not in page.response.headers["content-security-policy"]
    for link in tree.xpath("//link/@href"):
        assert link.startswith("/")
    for link in tree.xpath("//a[starts-with(@href, 'http')]"):
        assert link.get("rel") == "noopener noreferrer nofollow"
