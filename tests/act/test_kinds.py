from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_sentence import marked

from quotidian import act
from quotidian.types import Act, Attribution, Passage, Stance


def kind(sentence: str) -> tuple[Act, Stance]:
    text, attribution = marked(sentence)
    (only,) = act.kinds(text, [attribution])
    return only


@pytest.mark.parametrize(
    ("sentence", "value", "stance"),
    [
        ("[Mara Lindqvist] {said} <the ferry left at nine>.", "state", "neutral"),
        ("[The minister] {denied} <that he had met the captain>.", "deny", "distances"),
        ("[The captain] {admitted} <that the engine was old>.", "admit", "vouches"),
        ("[The union] {accused} <the harbour office of hiding the report>.", "accuse", "distances"),
        ("[The mayor] {criticised} <the new timetable>.", "criticise", "neutral"),
        ("[The mayor] {criticized} <the new timetable>.", "criticise", "neutral"),
        ("[She] {praised} <the crew>.", "praise", "neutral"),
        ("[The coastguard] {warned} <that the ice was thin>.", "warn", "neutral"),
        ("[The owner] {threatened} <to close the pier>.", "threaten", "neutral"),
        ("[Sarvenia] {promised} <to mend the bridge>.", "promise", "neutral"),
        ("[The council] {plans} <to buy a second boat>.", "intend", "neutral"),
        ("[Passengers] {demanded} <their money back>.", "demand", "neutral"),
        ("[She] {asked} <whether the pier was open>.", "ask", "neutral"),
        ("[He] {asked} <the council to mend the pier>.", "demand", "neutral"),
        ("[Many] {believe} <the lake is rising>.", "believe", "neutral"),
        ("[The crew] {hopes} <to sail on Monday>.", "hope", "neutral"),
        ("[Fishermen] {fear} <that the stocks are gone>.", "fear", "neutral"),
        ("[The court] {ruled} <that the sale was void>.", "rule", "neutral"),
        ("[The court in Sarn] {found} <that the sale was void>.", "rule", "neutral"),
        ("[Economists] {predict} <a fall in fares>.", "predict", "neutral"),
        ("[He] {claimed} <that nobody was hurt>.", "state", "distances"),
        ("[The letter] {revealed} <that the bridge was unsafe>.", "state", "vouches"),
    ],
)
def test_a_cue_names_the_act_and_the_stance(sentence: str, value: str, stance: str) -> None:
    one, other = kind(sentence)
    assert (one.value, other.value) == (value, stance)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("The boat carries forty passengers.", "state"),
        ("The plan is a disgrace and an insult to every sailor.", "criticise"),
        ("She is a brilliant captain and I admire her.", "praise"),
        ("We must close the pier now.", "demand"),
        ("The minister lied to the people and covered up the report.", "accuse"),
        ("I made a mistake and I apologize.", "admit"),
    ],
)
def test_under_a_plain_cue_the_content_shows_the_act(content: str, value: str) -> None:
    assert kind(f"<{content}> [Jon Vale] {{said}}.")[0].value == value


def test_a_noun_at_the_head_of_what_is_expressed_names_the_act() -> None:
    assert kind("[The captain] {expressed} <regret for the delay>.")[0].value == "admit"
    assert kind("[The captain] {expressed} <how slow the river is>.")[0].value == "state"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("[The mayor] {said} <she will mend the pier>.", "promise"),
        ("[The mayor] {said} <“I’ll mend the pier”>.", "promise"),
        ("[The mayor] {said} <she would say no more>.", "state"),
        ("[The mayor] {said}: <“Who has mended the pier?”>", "ask"),
        ("[The mayor] {called} <the pier dangerous>.", "criticise"),
        ("[The mayor] {called} <the pier Old Nell>.", "state"),
    ],
)
def test_a_whole_content_shows_what_its_speaker_does(sentence: str, value: str) -> None:
    assert kind(sentence)[0].value == value


def test_what_a_content_shows_does_not_outweigh_a_cue_that_names_the_act() -> None:
    assert kind("[Jon Vale] {promised} <to end this disgrace>.")[0].value == "promise"


def test_a_word_that_nobody_knows_is_a_plain_statement_of_which_we_are_less_sure() -> None:
    unknown, known = kind("[Jon] {blorped} <that it rained>.")[0], kind("[Jon] {said} <that it rained>.")[0]
    assert unknown.value == known.value == "state"
    assert unknown.confidence < known.confidence


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("[He] {did not say} <when the ferry would sail>.", True),
        ("[He] {didn’t say} <when the ferry would sail>.", True),
        ("[He] {declined to say} <when the ferry would sail>.", True),
        ("[He] {never promised} <a second boat>.", True),
        ("[He] has never {promised} <a second boat>.", True),
        ("[He] {not only said} <that the ferry would sail>.", False),
        ("[He] {said} <that the ferry would not sail>.", False),
        ("[He] {did not deny} <that the engine was old>.", True),
    ],
)
def test_an_act_that_was_not_done_is_marked(sentence: str, negated: bool) -> None:
    assert kind(sentence)[0].negated is negated


def test_a_denied_act_keeps_its_name() -> None:
    assert kind("[He] {never promised} <a second boat>.")[0].value == "promise"


def test_falsely_keeps_a_distance_whatever_the_verb() -> None:
    assert kind("[He] {falsely said} <that the pier was open>.")[1].value == "distances"


def test_a_law_professor_is_no_court() -> None:
    assert kind("[The law professor] {said} <the ferry left at nine>.")[0].value == "state"


def test_the_words_that_decided_are_shown() -> None:
    text, attribution = marked("[He] {declined to promise} <a second boat>.")
    ((decided, _),) = act.kinds(text, [attribution])
    assert [one.passage and one.passage.text for one in decided.evidence] == ["promise", "declined"]


def test_each_attribution_has_its_own_kind_in_order() -> None:
    text, first = marked("[He] {denied} <the sale>.")
    second = Attribution("2", None, first.content, first.cue, "indirect", 0, None, 1.0)
    assert act.kinds(text, []) == ()
    assert act.kinds(text, [second, first])[1] == act.kinds(text, [first])[0]


HOSTILE = st.text(alphabet=st.sampled_from("aes nt'’“”.,?!-…_ßİ\u0301\u200b\n漢😀0")) | st.lists(
    st.sampled_from(["not", "didn’t", "said", "decline", "to", "court", "disgrace", "we", "must", "?"])
).map(" ".join)


@given(HOSTILE, st.data())
def test_whatever_the_text_the_evidence_is_verbatim(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))

    def passage() -> Passage:
        start, end = sorted((data.draw(places), data.draw(places)))
        return Passage.of(text, [(start, end)])

    attribution = Attribution("1", passage(), passage(), passage(), "direct", 0, None, 1.0)
    ((decided, stance),) = act.kinds(text, [attribution])
    assert decided.evidence
    assert stance.evidence
    for one in (*decided.evidence, *stance.evidence):
        assert one.passage is not None
        assert one.passage == Passage.of(text, one.passage.spans)
