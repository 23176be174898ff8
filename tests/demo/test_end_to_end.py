"""The demonstration, from its pages to what the archive shows: what must be found is found."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from evaluation import demo as scoring
from evaluation import demo_joins as joins
from evaluation import demo_statements as statements
from evaluation import floors
from evaluation.demo import Demo
from quotidian import demo, filling
from quotidian.export.formats import FORMATS
from quotidian.export.options import Options
from quotidian.export.records import article_lines
from quotidian.pipeline import Reader
from quotidian.store.values import Utterance, UtteranceReport
from quotidian.types import Article

NAMED = ("person", "organisation")


@pytest.fixture(scope="session")
def told(reader: Reader) -> Iterator[Demo]:
    """The demonstration in an archive of its own, made once."""
    with scoring.opened(reader.attributed, reader.vectors) as made:
        yield made


@pytest.fixture(scope="session")
def found(told: Demo) -> list[joins.Appearance]:
    return joins.appearances(told.pages, told.people)


@pytest.fixture(scope="session")
def measured(told: Demo) -> scoring.Report:
    return scoring.report(told)


def number_of(found: list[joins.Appearance], id: str) -> int:
    """The entity of the archive that somebody of the gold is."""
    number = joins.main_entity(found, id)
    assert number is not None, f"{id} is not in the archive"
    return number


def test_what_must_be_found_is_found_as_well_as_before(measured: scoring.Report) -> None:
    assert floors.fallen(floors.load()["demo"], scoring.figures_of(measured)) == []


def test_the_gold_names_nobody_twice(told: Demo) -> None:
    for page in told.pages:
        for gold in page.gold:
            about = gold.row["about"]
            assert len(set(about)) == len(about), (page.name, gold.id)


def test_no_two_people_or_bodies_are_taken_for_one(told: Demo, found: list[joins.Appearance]) -> None:
    named = [one for one in found if told.people[one.gold].type in NAMED]
    assert joins.wrong_merges(named) == []


def test_those_whom_the_gold_tells_apart_are_told_apart(told: Demo, found: list[joins.Appearance]) -> None:
    apart = joins.kept_apart(found, told.people)
    assert apart.right == apart.of > 0


def test_a_person_is_asked_what_is_open_and_little_else(measured: scoring.Report) -> None:
    asked = measured.asked
    assert asked["one"] > 0
    assert asked["one"] > asked["two"] + asked["not in the gold"]


def test_every_part_of_a_statement_is_verbatim_in_its_place(told: Demo) -> None:
    assert statements.not_verbatim(told.pages) == []


def test_pages_that_changed_are_versions_of_one_article(told: Demo) -> None:
    counts = told.archive.counts()
    later = [page for page in told.pages if page.outcome == "version"]
    assert sorted(page.name for page in later) == [
        path.relative_to(demo.CORPUS / "pages").as_posix()
        for path in sorted(demo.CORPUS.glob("pages/*/*.v2.html"))
    ]
    assert (counts.articles, counts.versions) == (len(told.pages) - len(later), len(told.pages))
    for page in later:
        (before,) = [
            one for one in told.pages if one.name == page.name.replace(".v2", "") and one is not page
        ]
        assert before.stored.head.id == page.stored.head.id
        assert (before.current, page.current) == (False, True)
        assert before.text != page.text


def test_filling_it_again_reads_nothing_and_changes_nothing(told: Demo) -> None:
    def read(article: Article) -> Article:
        raise AssertionError(f"{article.url} is in the archive and was read again")

    before = told.archive.counts()
    kept = list(filling.fill(told.archive, demo.found(), read))
    assert {one.added.outcome for one in kept if isinstance(one, filling.Kept)} == {"unchanged"}
    assert len(kept) == len(told.pages)
    assert told.archive.counts() == before


def test_the_archive_has_no_fault(told: Demo) -> None:
    assert told.archive.check() == ()


def test_making_everything_again_from_the_readings_changes_nothing(told: Demo, reader: Reader) -> None:
    def shown() -> tuple[object, ...]:
        pairs = [(pair.a.id, pair.b.id, pair.because) for pair in told.archive.pairs(limit=1_000)]
        return told.archive.counts(), told.archive.entities(limit=1_000), pairs

    before = shown()
    told.archive.rebuild()
    assert shown() == before
    told.archive.join(reader.vectors)
    assert told.archive.check() == ()


def test_an_export_of_articles_brings_back_their_ids_and_words(told: Demo) -> None:
    current = [page.stored for page in told.pages if page.current]
    lines = [json.loads(line) for line in article_lines(current, Options(whole_text=True))]
    read = {article.url: article for article, _ in demo.found() if isinstance(article, Article)}
    assert "jsonl" in FORMATS["articles"]
    assert [line["id"] for line in lines] == [read[line["url"]].id for line in lines]
    assert [line["text"] for line in lines] == [stored.article.text for stored in current]


@pytest.mark.parametrize(
    ("query", "speaker", "words"),
    [
        (
            "speaker:Varró act:deny since:2026-03-02 until:2026-03-02",
            "Edita Varró",
            "had ordered the sluices",
        ),
        ("speaker:mourel bell", "Zdeňka Mourèl", ""),
        ('"A lake does not open its own door"', "Odile Tarn-Bexley", "A lake does not open its own door"),
        ('speaker:"Oake-Sund" "canal water"', "Bertil Oake-Sund", "canal water"),
        ("outlet:Undertow speaker:Uttley", "Bram Uttley", ""),
        ("speaker:Lin 水不会说谎", "Lin Yaozhen", "水不会说谎"),
        ('about:"Hearth Party"', None, ""),
    ],
)
def test_what_people_look_for_is_found(told: Demo, query: str, speaker: str | None, words: str) -> None:
    found = told.archive.search(query)
    assert found.total > 0
    assert found.notes == ()
    assert any(words in hit.content.text for hit in found.hits)
    if speaker is not None:
        assert speaker in {hit.speaker.name for hit in found.hits if hit.speaker}


def test_a_page_that_changed_is_found_by_what_it_says_now(told: Demo) -> None:
    later = [page for page in told.pages if page.outcome == "version"]
    for page in later:
        hits = {hit.id for hit in told.archive.every() if hit.article.id == page.stored.head.id}
        assert hits == {hit.id for hit in page.hits}


@pytest.mark.parametrize(
    ("id", "before", "after"),
    [
        ("edita-varro", "minister of waters", "former minister"),
        ("ludo-maarsen", "deputy minister", "new minister of waters"),
    ],
)
def test_whose_office_changes_has_both_offices(
    told: Demo, found: list[joins.Appearance], id: str, before: str, after: str
) -> None:
    offices = told.archive.entity(number_of(found, id)).offices
    held = {office.role.casefold(): office for office in offices if office.role}
    assert before in held
    assert after in held
    assert (held[before].first or "") < "2026-03-10" <= (held[after].first or "")


def test_who_is_named_most_is_one_entity_in_all_outlets(told: Demo, found: list[joins.Appearance]) -> None:
    appearances = told.archive.appearances(number_of(found, "edita-varro"))
    outlets = {one.article.outlet.name for one in appearances if one.article.outlet}
    assert outlets == {page.stored.head.outlet.name for page in told.pages if page.stored.head.outlet}


# --- traces -----------------------------------------------------------------------------------------


def of_words(told: Demo, outlet: str, words: str) -> tuple[Utterance, UtteranceReport]:
    """The utterance with these words in an outlet, and that report of it."""
    ((one, report),) = (
        (one, report)
        for one in told.archive.every_utterance()
        for report in one.reports
        if report.hit.article.outlet
        and report.hit.article.outlet.name == outlet
        and words in report.content.text
    )
    return one, report


@pytest.mark.parametrize("what", ["credited to", "hands", "copies"])
def test_all_that_pages_tell_of_their_sources_is_right(measured: scoring.Report, what: str) -> None:
    share = measured.traced.shares[what]
    assert share.right == share.of > 0, measured.traced.listed[f"Not right: {what}"]


def test_a_wire_s_words_are_traced_to_those_who_print_them_without_saying_so(told: Demo) -> None:
    one, report = of_words(told, "The Daily Rattle", "No order was given by me")
    first = one.reports[0]
    assert first.hit.article.outlet is not None
    assert first.hit.article.outlet.name == "Tessarian Press Agency"
    assert (report.relation, report.follows) == ("copy", first.hit.id)
    assert report.credit.kind != "agency"
    assert report.alignment is not None
    assert report.alignment.change == "none"


def test_what_went_through_two_outlets_went_through_two_hands(told: Demo) -> None:
    _, report = of_words(told, "Undertow", "It is water that is in the canal")
    assert report.credited_to is not None
    assert (report.credited_to.name, report.depth) == ("The Halvic Chronicle", 2)


def test_a_number_that_was_changed_stands_beside_it_as_a_contradiction(told: Demo) -> None:
    one, _ = of_words(told, "Tessarian Press Agency", "inquiry within three weeks")
    assert [
        (hit.article.outlet.name, link.conflict)
        for hit, link in one.conflicting
        if hit.article.outlet and "three months" in hit.content.text
    ] == [("The Daily Rattle", "number")]


def test_nothing_is_joined_to_another_version_of_its_own_page(told: Demo) -> None:
    for one in told.archive.every_utterance():
        for report in one.reports:
            assert report.hit.current
        articles = {report.hit.article.id for report in one.reports}
        assert len(articles) > 1 or len(one.reports) == 1


def test_every_report_s_words_stand_in_its_article(told: Demo) -> None:
    texts = {page.stored.head.id: page.text for page in told.pages if page.current}
    for one in told.archive.every_utterance():
        for report in one.reports:
            text = texts[report.hit.article.id]
            assert report.content.text == " ".join(text[a:b] for a, b in report.content.spans)
            passage = report.credit.passage
            assert passage is None or passage.text == " ".join(text[a:b] for a, b in passage.spans)
