from dataclasses import replace

import pytest

from quotidian.types import Found, Passage, Said, Speaker, Who
from quotidian.write import wording
from write.invented import attribution, place, strike

LIND, MOOR, HALE = (Who(None, name, 0.5) for name in ("Lind", "Moor", "Hale"))


@pytest.mark.parametrize(
    "speaker, words",
    [
        (Speaker("person", None, "Lind", 0.9), "Lind"),
        (Speaker("person", None, "Lind", 0.9, also=(MOOR,)), "Lind and Moor"),
        (Speaker("person", None, "Lind", 0.9, also=(MOOR, HALE)), "Lind, Moor and Hale"),
        (Speaker("person", None, None, 0.9, maybe=(LIND,)), "perhaps Lind"),
        (Speaker("person", None, None, 0.9, maybe=(LIND, MOOR)), "perhaps Lind or Moor"),
        (Speaker("person", None, None, 0.9, maybe=(LIND, MOOR, HALE)), "perhaps Lind, Moor or Hale"),
        (Speaker("person", None, None, 0.9), "not clear who"),
        (Speaker("author", None, None, 0.9), "the author"),
        (Speaker("none", None, None, 0.9), "nobody named"),
    ],
)
def test_a_speaker_is_named_or_honestly_not(speaker, words):
    assert wording.speaker(speaker) == words


@pytest.mark.parametrize(
    "speaker, doubt",
    [
        (Speaker("person", None, "Lind", 0.9), ""),
        (Speaker("person", None, "Lind", 0.6), "60%"),
        (Speaker("person", None, None, 0.4, maybe=(LIND, MOOR)), ""),
    ],
)
def test_doubt_is_told_where_somebody_is_named_all_the_same(speaker, doubt):
    assert wording.doubt(speaker) == doubt


def test_an_office_is_not_said_twice():
    text = "Aker, hydrologist at the Tidal Institute"
    role, body = (
        Found(place(words, text=text), 0.9)
        for words in ("hydrologist at the Tidal Institute", "Tidal Institute")
    )
    assert wording.office(Speaker("person", None, "Aker", 0.9, role=role, organisation=body)) == (
        "hydrologist at the Tidal Institute"
    )
    assert (
        wording.office(Speaker("unnamed", None, "a hydrologist at the Tidal Institute", 0.9, role=role))
        == "unnamed"
    )


def test_source_and_cue_stand_side_by_side_as_in_the_text():
    told = [next(wording.reasons(made)).answer for made in strike().statements]
    assert told[1] == "She said (mixed)"
    assert told[-1] == "feared (indirect)"
    text = "Hale, back from sea, has said no."
    apart = replace(strike().statements[1], attribution=attribution(text, "Hale", "said", "no"))
    assert next(wording.reasons(apart)).answer == "Hale … said (indirect)"


def test_the_reasons_of_a_statement_answer_every_question_in_order():
    asked = [reason.question for reason in wording.reasons(strike().statements[0])]
    assert asked == ["In the text", "Speaker", "Role", "Organisation", "Via", "Day", "Act"]


def test_an_answer_in_the_articles_words_has_its_place():
    for reason in wording.reasons(strike().statements[0]):
        if reason.where:
            assert reason.where == Passage.of(strike().text, reason.where.spans)
            assert reason.answer == reason.where.text


@pytest.mark.parametrize(
    "said, why",
    [
        (Said("../2031-03-06", "published", 0.9), "it cannot be later than its publication"),
        (Said(None, "nothing", 0.9), "its day of publication is not known"),
    ],
)
def test_a_day_without_evidence_still_says_where_it_comes_from(said, why):
    statement = replace(strike().statements[0], said=said)
    (day,) = (reason for reason in wording.reasons(statement) if reason.question == "Day")
    assert why in day.evidence[0].why
