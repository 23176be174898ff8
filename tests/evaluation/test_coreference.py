from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_gum import FERRY

from evaluation import coreference, gum
from evaluation.coreference import NAMES, THIRD
from evaluation.matching import bare, head, matched
from quotidian.types import Article, Entity, Mention, MentionForm, MentionType, Passage, Span

DOCUMENT = gum.document("GUM_news_ferry", FERRY)
TEXT = DOCUMENT.text


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def mention(
    words: str, entity: str | None, form: MentionForm = "description", type: MentionType = "person"
) -> Mention:
    return Mention(Passage.of(TEXT, [span(words)]), type, form, 1.0, entity)


MARA = mention("Mara Lindqvist", "e1", "name")
MASTER = mention("harbour master", "e1")
SHE = mention("she", "e1", "pronoun")
HER = mention("her", "e1", "pronoun")
CREW = mention("The crew", "e2")


def article(*mentions: Mention) -> Article:
    ids = {one.entity: one.type for one in mentions if one.entity}
    entities = tuple(Entity(id, type, "somebody") for id, type in ids.items())
    return Article(id="ferry", text=TEXT, mentions=mentions, entities=entities)


# "her." ends the text; "her" alone would be found in "Ferry".
HER = replace(HER, passage=Passage.of(TEXT, [Span(len(TEXT) - 4, len(TEXT) - 1)]))


def test_all_right_is_all_right() -> None:
    one = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, HER))
    assert one.clusters.conll == 100
    assert (one.sums(THIRD).right, one.sums(THIRD).given, one.sums(THIRD).wanted) == (2, 2, 2)
    assert coreference.wrong(one) == []


def test_by_head_a_shorter_description_is_the_same_and_exactly_it_is_not() -> None:
    assert coreference.compare(DOCUMENT, article(MARA, MASTER), "head").clusters.muc.precision == 100
    assert coreference.compare(DOCUMENT, article(MARA, MASTER), "exact").clusters.muc.precision == 0


def test_somebody_mentioned_once_counts_on_neither_side() -> None:
    with_crew = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, HER, CREW))
    assert with_crew.clusters.conll == 100


def test_a_pronoun_linked_to_another_is_wrong_and_shown() -> None:
    wrong = replace(HER, entity="e2")
    one = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, CREW, wrong))
    assert (one.sums(THIRD).right, one.sums(THIRD).given) == (1, 2)
    (line,) = coreference.wrong(one)
    assert line.startswith("GUM_news_ferry ") and "[her]" in line and line.endswith("to 'The crew'")


def test_a_pronoun_left_open_costs_recall_and_no_precision() -> None:
    one = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, replace(HER, entity=None)))
    assert (one.sums(THIRD).precision, one.sums(THIRD).recall) == (100, 50)


def test_what_gold_calls_otherwise_is_no_fault_by_its_type_alone() -> None:
    ours = [mention("Ostmere", "e3", "name", "organisation"), mention("a storm", "e3", type="organisation")]
    one = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, HER, *ours))
    assert one.clusters.conll == 100


def test_people_whom_only_we_have_are_a_fault() -> None:
    ours = [mention("seen", "e3"), mention("told", "e3")]
    one = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, HER, *ours))
    assert one.clusters.muc.recall == 100
    assert one.clusters.muc.precision == 75


def named(again: str) -> coreference.Compared:
    sentences = ("Mara Lindqvist came .", "The crew met Lindqvist .", "Lindqvist slept .")
    text, at = gum.printed(" ".join(sentences).split(), [0, 4, 9])
    places = [Span(at[0].start, at[1].end), Span(at[4].start, at[5].end), at[7], at[9]]
    chains = [1, 2, 1, 1]
    marked = tuple(
        gum.Mention(place, "person", None, chain) for place, chain in zip(places, chains, strict=True)
    )
    document = gum.Document("GUM_news_crew", text, at, (0, 4, 9), marked)
    ids = ["e1", "e2", "e1", again]
    ours = tuple(
        Mention(Passage.of(text, [place]), "person", "name" if id != "e2" else "description", 1.0, id)
        for place, id in zip(places, ids, strict=True)
    )
    return coreference.compare(document, Article(id="crew", text=text, mentions=ours))


def test_a_name_is_right_if_the_name_before_it_is_of_the_same() -> None:
    assert (named("e1").sums(NAMES).right, named("e1").sums(NAMES).wanted) == (2, 2)
    assert (named("e4").sums(NAMES).right, named("e4").sums(NAMES).given) == (1, 1)


def test_documents_are_summed_and_told_apart_by_genre() -> None:
    right = coreference.compare(DOCUMENT, article(MARA, MASTER, SHE, HER))
    missed = replace(coreference.compare(DOCUMENT, article()), document=replace(DOCUMENT, doc="GUM_speech_a"))
    report = coreference.report({"head": [right, missed]})
    assert report["head"]["links"][THIRD] == {"wanted": 4, "p": 100, "r": 50, "f1": 66.67}
    assert {genre: one["conll"] for genre, one in report["head"]["genres"].items()} == {
        "news": 100,
        "speech": 0,
    }
    assert coreference.figures_of(report) == {"coreference": report["head"]["conll"]}


def test_other_genres_are_left_out() -> None:
    assert coreference.of_concern([DOCUMENT, replace(DOCUMENT, doc="GUM_whow_ferry")]) == [DOCUMENT]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the minister", "minister"),
        ("Ostmere's deputy minister", "minister"),
        ("the minister for trade", "minister"),
        ("Bank of Sarvenia", "Bank"),
        ("Mara Lindqvist, who sails", "Lindqvist"),
        ("the minister's", "minister"),
        ("a man – her brother", "man"),
        ("the deputy-minister", "deputy-minister"),
        ("…", "…"),
    ],
)
def test_the_head_is_the_last_word_before_what_follows_a_noun(words: str, expected: str) -> None:
    assert words[slice(*head(words, Span(0, len(words))))] == expected


@given(st.text(alphabet="the a's’,of min–\n", min_size=1, max_size=30), st.sampled_from([bare, head]))
def test_what_is_left_of_a_mention_lies_inside_it(text: str, key: Callable[[str, Span], Span]) -> None:
    whole = Span(0, len(text))
    start, end = key(text, whole)
    assert 0 <= start < end <= len(text)


def test_of_mentions_with_one_head_those_that_share_most_are_the_same() -> None:
    text = "the minister for trade of Ostmere"
    gold = [Span(0, 12), Span(0, 33)]
    assert matched(text, gold, [Span(0, 22)], "head") == {0: 1}
    assert matched(text, gold, [Span(0, 33), Span(4, 12)], "head") == {0: 1, 1: 0}


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(9, 12)).map(lambda p: Span(*p)), max_size=6, unique=True
    )
)
def test_every_mention_is_the_same_as_itself(spans: list[Span]) -> None:
    assert matched("ab cd ef gh ij", spans, spans, "exact") == {place: place for place in range(len(spans))}
