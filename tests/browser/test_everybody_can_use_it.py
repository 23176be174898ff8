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
    "/login",
    "/articles/987654",
    "/nowhere",
)
SCREENS = {"wide": (1280, 900), "narrow": (320, 640)}


@pytest.fixture(scope="module")
def numbers(standing_room):
    _, archive = standing_room
    heads = archive.heads(limit=100)
    return {
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
