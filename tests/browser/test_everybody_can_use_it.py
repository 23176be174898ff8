"""WCAG 2.2 AA as far as a machine can tell: axe on every page, light and dark, wide and narrow."""

from __future__ import annotations

import re

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no browser: axe is not installed")

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PAGES = (
    "/",
    "/search",
    "/search?q=drage",
    "/search?q=act%3Adeny&show=share",
    "/search?q=nothingofthekind",
    "/help",
    "/articles",
    "/articles/{article}",
    "/articles/{changed}?version=1",
    "/articles/{changed}/changes",
    "/articles/{article}/add",
    "/statements/{statement}",
    "/entities",
    "/entities?q=sorrel",
    "/entities/{entity}",
    "/entities/graph",
    "/outlets",
    "/outlets/1",
    "/review",
    "/review/pairs",
    "/log",
    "/read",
    "/utterances",
    "/utterances?list=unsourced",
    "/utterances?q=nothingofthekind",
    "/utterances/{repeated}",
    "/utterances/{against}",
    "/utterances/{alone}",
    "/statements/{apart}/trace",
    "/stories",
    "/stories/{story}",
    "/articles/{a}/beside/{b}",
    "/articles/{a}",
    "/login",
    "/articles/987654",
    "/nowhere",
)
SCREENS = {"wide": (1280, 900), "narrow": (320, 640)}


@pytest.fixture(scope="module")
def numbers(standing_room):
    _, archive = standing_room
    heads = archive.heads(limit=100)
    copy = next(one for head in heads for one in archive.copies(head.id) if one.copied.runs)
    several = (hit.id for hit in archive.every("") if len(archive.utterances_of(hit.id)) > 1)
    return {
        "repeated": archive.utterances()[0].id,
        "against": next(one for one in archive.every_utterance("") if one.conflicting).head.id,
        "alone": archive.utterances("only")[0].id,
        "apart": next(several),
        "story": archive.stories()[0].id,
        "a": copy.a.id,
        "b": copy.b.id,
        "article": heads[0].id,
        "changed": next(head.id for head in heads if head.versions > 1),
        "statement": archive.search("act:deny", limit=1).hits[0].id,
        "entity": archive.entities(limit=1)[0].id,
    }


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(browser, standing_room, numbers, scheme, screen):
    address, _ = standing_room
    width, height = SCREENS[screen]
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
    page = context.new_page()
    found = {}
    for place in PAGES:
        page.goto(address + place.format(**numbers))
        violations = axe.Axe().run(page, options=RULES).response["violations"]
        if violations:
            found[place] = [(one["id"], one["nodes"][0]["html"][:120]) for one in violations]
    context.close()
    assert not found


@pytest.mark.parametrize("place", PAGES)
def test_nothing_is_wider_than_a_small_telephone(browser, standing_room, numbers, place):
    address, _ = standing_room
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + place.format(**numbers))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_everything_of_a_trace_is_reached_by_keys_alone(browser, standing_room, numbers):
    address, _ = standing_room
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "/utterances/{repeated}".format(**numbers))
    wanted = {"The same as a table", "The same as a list", "Not the same act of saying"}
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || ''")
        wanted = {one for one in wanted if not focused.startswith(one)}
        if not wanted:
            break
    assert not wanted
    context.close()


def test_a_trace_is_whole_without_scripts(browser, standing_room, numbers):
    address, _ = standing_room
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/utterances/{repeated}".format(**numbers))
    assert page.locator(".lanes circle").count() == page.locator("li.report").count()
    page.get_by_text("The same as a table").click()
    assert page.get_by_role("region", name="When each report appeared, as a table").is_visible()
    assert page.get_by_role("button", name=re.compile("^Not the same")).first.is_visible()
    context.close()


def test_the_pages_work_without_scripts(browser, standing_room, numbers):
    address, _ = standing_room
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Search statements").last.fill("act:deny")
    page.get_by_role("button", name="Search").last.click()
    assert "act:deny" in page.inner_text("main")
    page.get_by_role("link", name=re.compile(r"^Statement \d+$")).first.click()
    page.wait_for_url("**/statements/*")
    assert "/statements/" in page.url
    context.close()
