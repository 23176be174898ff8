"""The golden cases of statements, read by the reader that ships, each a test of its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from evaluation.gold.statements import StatementItem, items
from evaluation.statement_checks import Read, checks
from evaluation.statements import end_to_end, given
from quotidian.pipeline import Reader

ITEMS = items()
BAD_INPUT = [one for one in ITEMS if one.kind == "bad input"]

# What is known not to be right yet, and why; whoever mends one takes it out. The stage comes first.
NOT_RIGHT_YET = {
    "namesakes-by-office": "act: asking somebody for something is taken for a question",
    "acronym-of-other-letters": "resolve: an acronym in brackets whose letters are not the initials",
    "nickname": "mention: a name ends at the nickname's closing mark",
    "sir-with-first-name": "act: a quoted judgement under a plain cue is not criticism yet",
    "stage-name": "mention, resolve: a stage name is taken for an organisation, 'known as' joins nothing",
    "the-city-based-daily": "resolve: 'the Estrin-based daily' stands for nobody",
    "minister-and-predecessor": "resolve: a successor in office; act: 'a bridge to nowhere'",
    "he-of-two-men": "resolve: 'he' is given to the nearer of two brothers",
    "singular-they": "resolve: 'they' is never one person",
    "the-34-year-old": "resolve: an age does not stand for whoever has it",
    "lawyer-for-the-company": "resolve: 'the company' before its name",
    "countries-speak": "mention: countries of no list are taken for people",
    "he-said-she-had-warned": "resolve: whom 'they' are in a content",
    "acts-in-the-chamber": "resolve: 'she' after 'while' has two candidates",
    "acts-in-plain-words": "act: contents under a plain cue; resolve: 'she' after the mayor",
    "so-called-council": "resolve: 'the movement' and 'the terrorist group' stand for nobody",
    "party-papers-words": "resolve: an apposition of a party, and the organisation of 'its leader'",
    "ferry-seen-from-ostmere": "mention: countries of no list are taken for people",
    "ferry-seen-from-sarvenia": "mention: countries of no list are taken for people",
    "will-say-tomorrow": "when: a saying that is to come has no day",
    "spouses-by-title": "mention: a river is taken for a person",
    "past-interview": "mention: 'Radio Tarn' is taken for a person named Tarn",
    "live-from-the-bridge": "when: a time that begins an entry is no TIME",
    "strike-at-the-yard": "act: 'a holiday with drums'; resolve: 'she' in a quotation; mention: 'Dockers'",
    "duke-and-the-lake": "mention: capitals and titles taken for people; resolve: 'the mother of four'",
    "inquiry-into-the-dam": "resolve: 'he', 'her client'; when: a hearing's day; mention: 'Emeric Thole'",
    "ship-with-a-womans-name": "mention: a ship; resolve: 'the coast guard' is taken for a person",
    "woman-in-the-red-coat": "resolve: 'The woman … is Odile Farrow' does not name her",
    "questions-and-answers": "resolve: A is whoever is interviewed; act: a question",
    "courier-and-brandt": "act: a question without a verb of asking",
    "she-had-waited": "resolve: 'she' before its name, in the next paragraph",
}
NOT_HONEST_YET = {
    name: NOT_RIGHT_YET[name]
    for name in (
        "namesakes-by-office",
        "spouses-by-title",
        "ship-with-a-womans-name",
        "courier-and-brandt",
    )
}

FIRST = "Ada Bela Cato Dora Edda Fenn Gale Hild Ivo Jory Kai Lena Mara Nils Odo Pim Runa Sven Tova Ulla"
LAST = (
    "Ashe Brandt Calder Dunn Ferris Garrow Hale Kask Lund Marsh Norling Odell Pell Quill Roe Strand Tull "
    "Ulven Vance Wick Aker Bray Crane Drew Farrow"
)


def by_name(those: list[StatementItem], known: Mapping[str, str]) -> list[Any]:
    """Each article as a parameter; one that is known to fail has to."""
    return [
        pytest.param(
            one,
            id=one.id,
            marks=[pytest.mark.xfail(strict=True, reason=known[one.id])] if one.id in known else [],
        )
        for one in those
    ]


@pytest.fixture(scope="module")
def as_marked(reader: Reader) -> dict[str, Read]:
    """What the reader makes of the attributions that are marked, by the articles' ids."""
    return dict(zip((one.id for one in ITEMS), given(ITEMS, reader), strict=True))


@pytest.fixture(scope="module")
def as_read(reader: Reader) -> dict[str, Read]:
    """What the reader makes of the articles' texts alone, by their ids."""
    return dict(zip((one.id for one in ITEMS), end_to_end(ITEMS, reader), strict=True))


@pytest.mark.parametrize("one", by_name(BAD_INPUT, NOT_HONEST_YET))
def test_bad_input_gets_the_right_answer_or_an_honest_unsure(
    one: StatementItem, as_read: dict[str, Read]
) -> None:
    assert [str(check) for check in checks(one.expected, as_read[one.id]) if check.verdict == "wrong"] == []


@pytest.mark.parametrize("one", by_name(ITEMS, NOT_RIGHT_YET))
def test_everything_that_is_written_of_an_article_is_so(
    one: StatementItem, as_marked: dict[str, Read]
) -> None:
    assert [str(check) for check in checks(one.expected, as_marked[one.id]) if check.verdict != "right"] == []


def test_what_is_known_to_fail_is_there() -> None:
    assert {*NOT_RIGHT_YET, *NOT_HONEST_YET} <= {one.id for one in ITEMS}


def test_of_five_hundred_people_each_is_named_rightly_or_not_at_all(reader: Reader) -> None:
    people = [f"{first} {last}" for last, first in product(LAST.split(), FIRST.split())]
    text = "\n\n".join(
        f"“Boat {number} came home late,” said {name}." for number, name in enumerate(people, start=1)
    )
    found = {
        one.attribution.content.text: one.speaker.name
        for one in reader.read_text(text, published="2024-03-07").statements
    }
    wanted = {f"“Boat {number} came home late,”": name for number, name in enumerate(people, start=1)}
    named = {content: name for content, name in found.items() if name}
    assert len(people) == len(set(people)) == 500
    assert {content: name for content, name in named.items() if wanted.get(content) != name} == {}
    assert len(named) > 400
