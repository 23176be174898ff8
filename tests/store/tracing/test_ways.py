"""How each report of an utterance came by its words, and when it can have appeared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from quotidian.store import Archive
from quotidian.store.tracing.appearing import appeared
from quotidian.store.values import UtteranceReport
from quotidian.types import Article
from store.building import told

FERRY = "“We will sail the night ferry to Skarn until the ice closes the harbour”"
TOLL = "“Nobody on the quay will pay the lantern toll of forty crowns twice”"
OPENING = (
    "The last ferry of the winter left the quay on Thursday with nine people and a goat aboard, and a crowd "
    "that had come for the goat sang all the way down the long stone pier to the lamp at its end."
)
AGENCY = "Lowland Press Agency"
NOON = "2031-03-06T12:00:00+01:00"


def story(outlet: str, said: str = FERRY, *, opening: str = "", hour: int = 12, **more: Any) -> Article:
    """An article of an outlet in which Mara Quill says something, quoted."""
    made = told(
        f"{opening or f'It was a cold day for {outlet}.'} {{s:Mara Quill}} {{c:said}} {{q:{said}}}.",
        people=[("Mara Quill", "Quill")],
        outlet=outlet,
        url=f"https://{outlet.split()[-1].lower()}.example/{hour}",
        **{"published": f"2031-03-06T{hour:02}:00:00+01:00", **more},
    )
    quoted = tuple(replace(one, directness="direct") for one in made.attributions)
    statements = zip(made.statements, quoted, strict=True)
    return replace(
        made,
        attributions=quoted,
        statements=tuple(replace(one, attribution=found) for one, found in statements),
    )


def ways(archive: Archive, *given: Article) -> dict[str, UtteranceReport]:
    """The reports of the one utterance that all these articles have, by outlet."""
    for one in given:
        archive.add(one, at=datetime(2031, 3, 20, tzinfo=UTC))
    archive.join()
    (found,) = (one for one in archive.every_utterance() if len(one.reports) == len(given))
    return {one.hit.article.outlet.name: one for one in found.reports if one.hit.article.outlet}


def test_the_same_quotation_alone_may_be_either(archive: Archive) -> None:
    found = ways(archive, story("The Tide"), story("The Ebb", hour=14))
    assert [found[name].relation for name in ("The Tide", "The Ebb")] == ["first", "unsure"]


def test_a_quotation_in_an_article_that_has_other_text_of_the_first_is_copied(archive: Archive) -> None:
    found = ways(
        archive, story("The Tide", opening=OPENING), story("The Ebb", opening=f"Brr! {OPENING}", hour=14)
    )
    assert found["The Ebb"].relation == "copy"
    assert found["The Ebb"].follows == found["The Tide"].hit.id


def test_which_is_first_is_told_by_instants_not_by_clocks(archive: Archive) -> None:
    later = story("The Tide", published="2031-03-06T12:00:00+01:00")
    earlier = story("The Ebb", hour=13, published="2031-03-06T12:30:00+02:00")
    found = ways(archive, later, earlier)
    assert [found[name].relation for name in ("The Ebb", "The Tide")] == ["first", "unsure"]


@pytest.mark.parametrize("byline", ["LPA", "Ada Voss, LPA"])
def test_an_agency_beside_its_own_report_is_credited_for_what_is_the_agency_s(
    archive: Archive, byline: str
) -> None:
    archive.add(story(AGENCY, TOLL, hour=9))
    found = ways(archive, story("The Tide"), story("The Ebb", hour=14, byline=byline))
    credit = found["The Ebb"].credit
    assert (credit.kind == "agency") is (byline == "LPA")
    assert "LPA" in (credit.name or credit.why)


def test_what_this_outlet_heard_itself_is_not_the_agency_s(archive: Archive) -> None:
    made = told(
        f"SKARN (LPA) — {{s:Mara Quill}} {{c:told}} the Ebb {{q:{FERRY}}}.",
        people=[("Mara Quill", "Quill")],
        outlet="The Ebb",
        url="https://ebb.example/1",
        published=NOON,
    )
    found = ways(archive, story(AGENCY, hour=9), made)
    assert (found["The Ebb"].credit.kind, found["The Ebb"].relation) == ("speaker", "independent")


# --- copies ---------------------------------------------------------------------------------------


def test_two_that_copy_a_third_need_not_copy_each_other(archive: Archive) -> None:
    given = [story(AGENCY, opening=OPENING, hour=9)]
    given += [
        story(name, opening=f"Brr! {OPENING}", hour=hour) for name, hour in (("A Tide", 12), ("An Ebb", 14))
    ]
    for one in given:
        archive.add(one)
    archive.join()
    (last,) = archive.find(given[2].id)
    through = {one.a.outlet.name: one.through for one in archive.copies(last.id) if one.a.outlet}
    assert through[AGENCY] is None
    assert through["A Tide"] is not None
    assert through["A Tide"].own_id == given[0].id


SAID = {
    "Mara Quill": "“I thought it was the lamp of the ferry”",
    "Ivo Brann": "“nobody on the quay has paid the toll”",
    "Oda Lind": "“it is as dry as a biscuit in there”",
    "Ruth Ask": "“my mother was born on that very boat”",
}


def many(outlet: str, hour: int, around: str) -> Article:
    """An article that quotes all these people, with its own words around."""
    pairs = list(SAID.items())
    made = told(
        " ".join(
            f"{around} {n}, {{s{n}:{who}}} {{c{n}:said}} {{q{n}:{pairs[n][1]}}}."
            for n, (who, _) in enumerate(pairs)
        ),
        people=[(who,) for who in SAID],
        outlet=outlet,
        url=f"https://{outlet.split()[-1].lower()}.example/",
        published=f"2031-03-06T{hour:02}:00:00+01:00",
    )
    quoted = tuple(replace(one, directness="direct") for one in made.attributions)
    return replace(
        made,
        attributions=quoted,
        statements=tuple(
            replace(one, attribution=found) for one, found in zip(made.statements, quoted, strict=True)
        ),
    )


def test_an_article_that_has_all_its_quotations_from_another_is_a_copy_in_part(archive: Archive) -> None:
    given = [many("The Tide", 9, "At the lamp"), many("The Ebb", 12, "Oh dear, behind the shed")]
    for one in given:
        archive.add(one)
    archive.join()
    (last,) = archive.find(given[1].id)
    (copy,) = archive.copies(last.id)
    assert copy.copied.kind == "partial"
    assert copy.a.own_id == given[0].id
    assert copy.copied.share_b > 0.3
    relations = [report.relation for one in archive.every_utterance() for report in one.reports[1:]]
    assert relations == ["copy"] * len(SAID)


# --- when words appeared ----------------------------------------------------------------------------


def test_new_words_came_between_two_readings() -> None:
    found = appeared(NOON, None, "2031-03-08T09:00:00Z", before="2031-03-07T09:00:00Z")
    assert (found.earliest, found.latest) == ("2031-03-07T09:00:00Z", "2031-03-08T09:00:00Z")


def test_new_words_came_no_later_than_the_page_says_that_it_changed() -> None:
    found = appeared(
        NOON,
        "2031-03-07T20:00:00Z",
        "2031-03-08T09:00:00Z",
        before="2031-03-07T09:00:00Z",
        stated_before=NOON,
    )
    assert (found.earliest, found.latest) == ("2031-03-07T09:00:00Z", "2031-03-07T20:00:00Z")


def test_a_version_that_somebody_had_kept_bounds_nothing_by_when_it_was_read() -> None:
    found = appeared(
        NOON,
        "2031-03-06T20:00:00Z",
        "2031-05-01T09:01:00Z",
        before="2031-05-01T09:00:00Z",
        stated_before=NOON,
    )
    assert (found.earliest, found.latest) == ("2031-03-06T11:00:00Z", "2031-05-01T09:01:00Z")


def test_a_page_that_states_its_first_hour_as_its_last_is_not_believed() -> None:
    found = appeared(NOON, NOON, "2031-03-08T09:00:00Z", before="2031-03-07T09:00:00Z", stated_before=NOON)
    assert found.earliest == "2031-03-07T09:00:00Z"
