"""A reporter's walk through the demonstration in a real browser: find, follow, merge, correct, export."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

STATEMENT = re.compile(r"^Statement \d+$")
REPORTS = re.compile(r"^\d+ reports in \d+ outlets")


def test_search_open_follow_merge_correct_export(page, room, tmp_path):
    address, archive = room
    shots = Path(os.environ.get("QUOTIDIAN_SCREENSHOTS", tmp_path))
    shots.mkdir(parents=True, exist_ok=True)

    def shot(name):
        page.screenshot(path=shots / f"{name}.png", full_page=True)

    # search
    page.goto(address)
    shot("1-home")
    page.get_by_label("Search statements").last.fill("speaker:achterly water")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    assert re.search(r"\b\d+ statements?\b", page.inner_text("main"))
    shot("2-search")

    # open one, and from it its speaker
    page.get_by_role("link", name=STATEMENT).first.click()
    page.wait_for_url("**/statements/*")
    statement = int(page.url.rsplit("/", 1)[1])
    shot("3-statement")
    page.get_by_role("heading", level=1).get_by_role("link").click()
    page.wait_for_url("**/entities/*")
    assert page.inner_text("h1") == "Wenna Achterly"
    shot("4-entity")

    # two entities that are one
    page.goto(f"{address}/review/pairs")
    before = archive.pairs()
    shot("5-pairs")
    page.get_by_role("button", name=re.compile("merge into")).first.click()
    page.wait_for_load_state()
    merged = before[0]
    states = {archive.entity(one.id).head.state for one in (merged.a, merged.b)}
    assert states == {"active", "merged"}
    page.goto(f"{address}/log")
    shot("6-log")
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_load_state()
    assert {archive.entity(one.id).head.state for one in (merged.a, merged.b)} == {"active"}

    # a content cut too long
    hit = archive.statement(statement)
    shorter = hit.content.text.rsplit(" ", 1)[0]
    page.goto(f"{address}/statements/{statement}")
    page.get_by_text("Correct this statement").click()
    page.get_by_label(re.compile("^Content")).fill(shorter)
    shot("7-correcting")
    page.get_by_role("button", name="Save the correction").click()
    page.wait_for_load_state()
    assert "corrected" in page.inner_text("main")
    shot("8-corrected")
    now = archive.statement(statement)
    assert now.state == "corrected"
    assert now.content.text == shorter
    text = archive.article(now.article.id).article.text
    assert [text[start:end] for start, end in now.content.spans] == [shorter]

    # taken along
    page.goto(f"{address}/search?q=state:corrected")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    table = tmp_path / "statements.csv"
    download.value.save_as(table)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["statement"], row["content"]) for row in rows] == [(str(statement), shorter)]


def test_search_open_a_trace_follow_it_say_not_the_same_and_undo(page, room, tmp_path):
    address, archive = room
    shots = Path(os.environ.get("QUOTIDIAN_SCREENSHOTS", tmp_path))
    page.goto(address)
    page.get_by_label("Search statements").last.fill("“learned of it on Sunday”")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.get_by_role("link", name=REPORTS).first.click()
    page.wait_for_url("**/utterances/*")
    trace = page.url
    before = page.locator("li.report h3").all_inner_texts()
    assert len(before) > 2
    assert "First in this archive" in page.inner_text("main")
    page.screenshot(path=shots / "9-trace.png", full_page=True)

    # along the line of time to the last report, and by its table
    page.locator(f".lane-list a[href='#report-{len(before)}']").click()
    assert page.url.endswith(f"#report-{len(before)}")
    assert page.locator(f"#report-{len(before)}").is_visible()
    page.get_by_text("The same as a table").click()
    rows = page.get_by_role("region", name=re.compile("^When each report")).locator("tbody tr")
    assert rows.count() == len(before)
    page.get_by_text("The same as a list").click()
    assert page.locator(".way-list li").count() == len(before)

    # all reasons for the last one taken away: it is another act of saying now
    last = page.locator(f"#report-{len(before)}")
    gone = int(re.search(r"\d+", last.locator(".permanent").inner_text())[0])
    while page.url.split("#")[0].split("?")[0] == trace:
        last = page.locator("li.report", has=page.locator(f"a.permanent[href='/statements/{gone}']"))
        if not last.count() or not last.get_by_role("button", name=re.compile("^Not the same")).count():
            break
        last.get_by_role("button", name=re.compile("^Not the same")).click()
        page.wait_for_load_state()
        page.get_by_role("status").wait_for()
    assert "two acts of saying" in page.get_by_role("status").inner_text()
    page.goto(f"{address}/statements/{archive.statement(gone).id}/trace")
    assert len(page.locator("li.report h3").all_inner_texts()) < len(before)
    page.screenshot(path=shots / "10-not-the-same.png", full_page=True)

    # and taken back, all of it
    for _ in archive.reviews():
        page.goto(f"{address}/log")
        page.get_by_role("button", name="Undo").first.click()
        page.wait_for_load_state()
    page.goto(trace)
    assert page.locator("li.report h3").all_inner_texts() == before


def test_two_articles_are_compared_and_a_mark_leads_to_its_twin(page, room):
    address, archive = room
    pair = next(
        one
        for head in archive.heads(limit=100)
        for one in archive.copies(head.id)
        if one.copied.kind in ("near", "partial")
    )
    page.goto(f"{address}/articles/{pair.b.id}")
    page.get_by_role("link", name=re.compile("^Side by side")).first.click()
    page.wait_for_url("**/beside/*")
    first = page.locator("#a1")
    first.get_by_role("link").click()
    assert page.url.endswith("#b1")
    spoken = [" ".join(page.locator(id).inner_text().split()) for id in ("#a1", "#b1")]
    assert spoken[0][:40] == spoken[1][:40] != ""


def test_a_reporter_reads_a_text_and_keeps_it(page, room):
    address, archive = room
    articles = archive.counts().articles
    page.goto(f"{address}/read")
    page.get_by_label("The text, in English").fill(
        "PORT ELLERY — “The quay will be rebuilt by autumn,” said Tessaly Brandt, the mayor.\n\n"
        "Dorrit Vance, the harbour master, denied that the old wall had been unsafe."
    )
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/read/*")
    assert "Tessaly Brandt" in page.inner_text("main")
    assert archive.counts().articles == articles
    page.get_by_role("button", name=re.compile("Keep")).click()
    page.wait_for_url("**/articles/*")
    assert archive.counts().articles == articles + 1


def test_a_click_in_the_text_leads_to_the_statement_and_back(page, room):
    address, archive = room
    hit = archive.search("speaker:achterly directness:direct", limit=1).hits[0]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/articles/{hit.article.id}")
    line, words = page.locator(f"#r{hit.id}"), page.locator(f".text [data-s='{hit.id}']").first
    words.click()
    assert "lit" in line.get_attribute("class").split()
    page.locator("h1").click()
    assert "lit" not in line.get_attribute("class").split()
    line.get_by_text(hit.content.text[1:12]).first.click()
    assert "lit" in words.get_attribute("class").split()


def test_keys_work_in_the_review_queue(page, room):
    address, archive = room
    first, second = archive.queue(limit=2)
    page.goto(f"{address}/review")
    page.keyboard.press("a")
    page.wait_for_load_state()
    page.get_by_role("heading", name=re.compile(f"Statement {second.id}")).wait_for()
    assert archive.statement(first.id).state == "accepted"
    page.keyboard.press("r")
    page.wait_for_load_state()
    page.get_by_role("heading", name=re.compile(f"Statement {second.id}")).wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    assert archive.statement(second.id).state == "rejected"
