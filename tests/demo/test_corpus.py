"""The demonstration's corpus: fiction that says so, and gold that stands word for word on its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import html

import quotidian.types
from quotidian import reading
from quotidian.types import ActClass, Article, MentionType, Span, SpeakerKind

CORPUS = Path(quotidian.types.__file__).parent / "demo" / "corpus"
PAGES = sorted(path.relative_to(CORPUS / "pages").as_posix() for path in CORPUS.glob("pages/*/*.html"))
FICTION = "Invented for Quotidian’s demonstration: no such outlet, person or place exists."
NAMED = ("person", "organisation")
FIRST_DAY, LAST_DAY = date(2026, 3, 2), date(2026, 3, 15)


def gold(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / "gold" / name).read_text(encoding="utf-8").splitlines()]


ARTICLES = {row["page"]: row for row in gold("articles.jsonl")}
ENTITIES = {row["id"]: row for row in gold("entities.jsonl")}
UTTERANCES = gold("utterances.jsonl")
COPIES = gold("copies.jsonl")
NAMES = {row["name"] for row in ENTITIES.values()}


@cache
def read(page: str) -> Article:
    return reading.article(CORPUS / "pages" / page)


def statements(page: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in ARTICLES[page]["statements"]}


def place(text: str, words: str, occurrence: int) -> Span:
    """Where the words stand for the given time in the text, counted from 1."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def places(text: str, row: dict[str, Any], part: str) -> list[Span]:
    """Where the pieces of a statement's source, cue or content stand."""
    words = row[part]
    pieces = [words] if isinstance(words, str) else words or []
    times = row.get("occurrence", {}).get(part, 1)
    counted = times if isinstance(times, list) else [times] * len(pieces)
    return [place(text, piece, time) for piece, time in zip(pieces, counted, strict=True)]


def reports() -> Iterator[tuple[str, str, str]]:
    """Utterance, page and statement of every report."""
    for row in UTTERANCES:
        for report in row["reports"]:
            yield row["id"], report["page"], report["statement"]


def test_the_gold_has_every_page_once_and_no_other() -> None:
    assert sorted(row["page"] for row in gold("articles.jsonl")) == PAGES


def test_six_outlets_write_over_two_weeks() -> None:
    days = {datetime.fromisoformat(row["published"]).date() for row in ARTICLES.values()}
    assert len({row["outlet"] for row in ARTICLES.values()}) == 6
    assert (min(days), max(days)) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_that_it_is_fiction_outside_its_article(page: str) -> None:
    tree = html.parse(CORPUS / "pages" / page, html.HTMLParser(encoding="utf-8"))
    (notice,) = tree.xpath("//footer//p[@class='notice']")
    assert notice.text_content() == FICTION
    assert FICTION not in read(page).text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_outlet_address_title_and_moment(page: str) -> None:
    article, row = read(page), ARTICLES[page]
    assert (article.outlet, article.url, article.published) == (row["outlet"], row["url"], row["published"])
    assert article.url is not None
    assert article.url.startswith(f"https://www.{page.split('/')[0]}.example/")
    assert article.title
    assert article.reason is None
    assert datetime.fromisoformat(row["published"]).tzinfo is not None


@pytest.mark.parametrize("page", PAGES)
def test_the_text_of_a_page_is_its_paragraphs_and_nothing_else(page: str) -> None:
    tree = html.parse(CORPUS / "pages" / page, html.HTMLParser(encoding="utf-8"))
    written = [
        p.text_content()
        for p in tree.xpath("//article//p[not(@class='byline') and not(@class='date')]")
        if not p.xpath("ancestor::header")
    ]
    assert read(page).text.split("\n\n") == written


@pytest.mark.parametrize("page", PAGES)
def test_each_piece_of_a_statement_stands_word_for_word_in_the_text(page: str) -> None:
    text = read(page).text
    for row in ARTICLES[page]["statements"]:
        for part in ("source", "cue", "content"):
            pieces = [row[part]] if isinstance(row[part], str) else row[part] or []
            assert [text[a:b] for a, b in places(text, row, part)] == pieces
        assert row["content"]
        assert row["cue"]


@pytest.mark.parametrize("page", PAGES)
def test_statements_are_numbered_in_the_order_of_the_text(page: str) -> None:
    text, rows = read(page).text, ARTICLES[page]["statements"]
    assert [row["id"] for row in rows] == [f"s{n}" for n in range(1, len(rows) + 1)]
    begins = [
        min(span.start for part in ("source", "cue", "content") for span in places(text, row, part))
        for row in rows
    ]
    assert begins == sorted(begins)


@pytest.mark.parametrize("page", PAGES)
def test_a_nested_statement_lies_inside_the_content_of_its_parent(page: str) -> None:
    text, rows = read(page).text, statements(page)
    for row in rows.values():
        parent = rows.get(row.get("parent"))
        assert row["depth"] == (parent["depth"] + 1 if parent else 0)
        if parent:
            outer = places(text, parent, "content")
            for inner in places(text, row, "content"):
                assert any(a <= inner.start and inner.end <= b for a, b in outer)


@pytest.mark.parametrize("page", PAGES)
def test_kinds_acts_and_days_are_those_of_the_types(page: str) -> None:
    published = ARTICLES[page]["published"][:10]
    for row in ARTICLES[page]["statements"]:
        assert row["kind"] in get_args(SpeakerKind)
        assert {row["act"], *row.get("act_or", [])} <= set(get_args(ActClass))
        assert re.fullmatch(r"(\.\./)?\d{4}(-\d\d(-\d\d(/\d{4}-\d\d-\d\d)?)?)?", row["said"])
        assert row["said"].removeprefix("../")[:10] <= published


@pytest.mark.parametrize("page", PAGES)
def test_every_name_in_a_statement_is_an_entity(page: str) -> None:
    for row in ARTICLES[page]["statements"]:
        assert set(row["about"]) <= NAMES
        if row["kind"] in NAMED:
            assert row["speaker"] in NAMES
        assert (row["speaker"] is None) == (row["kind"] in ("author", "none"))


def test_entities_are_of_known_types_and_told_apart_both_ways() -> None:
    for row in ENTITIES.values():
        assert row["type"] in get_args(MentionType)
        assert row["names"][0] == row["name"]
        assert set(row["pages"]) <= set(PAGES)
        for other in row["not_same_as"]:
            assert row["id"] in ENTITIES[other]["not_same_as"]


def test_everybody_is_on_some_page_and_nobody_has_another_name_as_well() -> None:
    assert len(NAMES) == len(ENTITIES)
    for row in ENTITIES.values():
        assert row["pages"]
        for page in row["pages"]:
            assert any(name in read(page).text for name in row["names"]), (row["id"], page)


def test_one_minister_leaves_on_the_day_on_which_another_begins() -> None:
    (before,) = [o for o in ENTITIES["edita-varro"]["offices"] if o["role"] == "minister of waters"]
    (after,) = [o for o in ENTITIES["ludo-maarsen"]["offices"] if o["role"] == "minister of waters"]
    assert before["to"] == after["from"] == "2026-03-10"


def test_a_later_version_has_the_address_of_the_first_and_another_text() -> None:
    later = [page for page in PAGES if page.endswith(".v2.html")]
    assert later
    for page in later:
        first = page.replace(".v2.html", ".html")
        assert ARTICLES[page]["version"] == 2
        assert ARTICLES[first]["version"] == 1
        assert ARTICLES[page]["url"] == ARTICLES[first]["url"]
        assert ARTICLES[page]["modified"] > ARTICLES[page]["published"]
        assert read(page).text != read(first).text


def test_only_versions_share_an_address() -> None:
    firsts = [row["url"] for row in ARTICLES.values() if row["version"] == 1]
    assert len(set(firsts)) == len(firsts)


def test_a_report_is_a_statement_and_belongs_to_one_utterance() -> None:
    seen = [(page, statement) for _, page, statement in reports()]
    assert all(statement in statements(page) for page, statement in seen)
    assert len(set(seen)) == len(seen)


def test_the_first_report_is_the_earliest_whatever_its_clock() -> None:
    for row in UTTERANCES:
        times = [datetime.fromisoformat(report["published"]) for report in row["reports"]]
        assert times == sorted(times)
        assert row["first"] == row["reports"][0]["page"]


def test_links_join_reports_of_one_utterance_and_all_but_the_first_have_one() -> None:
    for row in UTTERANCES:
        ends = [f"{report['page']}#{report['statement']}" for report in row["reports"]]
        linked = [link["to"] for link in row["links"]]
        assert linked == [end for end in ends if end in linked]
        assert all(link["from"] in ends and link["from"] != link["to"] for link in row["links"])
        unlinked = [end for end in ends if end not in linked]
        assert {end.split("#")[0] for end in unlinked} == {row["first"]}


def test_links_are_of_known_rules_and_a_changed_meaning_is_a_conflict() -> None:
    for row in UTTERANCES:
        changed = [[link["from"], link["to"]] for link in row["links"] if link["change"] == "meaning"]
        assert changed == [conflict["between"] for conflict in row["conflicts"]]
        assert {link["rule"] for link in row["links"]} <= {"copy", "credit", "independent"}
        assert {link["change"] for link in row["links"]} <= {"none", "cut", "edited", "paraphrase", "meaning"}


def test_an_unchanged_report_has_the_words_of_the_one_it_follows() -> None:
    for row in UTTERANCES:
        for link in (link for link in row["links"] if link["change"] == "none" and link["rule"] == "copy"):
            (page, one), (later, other) = link["from"].split("#"), link["to"].split("#")
            assert bare(statements(page)[one]) == bare(statements(later)[other])


def bare(row: dict[str, Any]) -> list[str]:
    return re.findall(r"\w+", " ".join(row["content"]))


def test_an_exact_copy_is_the_same_text_and_a_near_one_most_of_it() -> None:
    for copy in COPIES:
        one, other = (set(read(copy[end]).text.split("\n\n")) for end in ("from", "to"))
        shared = len(one & other)
        assert (one == other) == (copy["kind"] == "exact")
        assert shared >= (len(one) // 2 if copy["kind"] == "near" else 0)
