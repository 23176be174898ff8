"""From scores of words to mentions: who and what is named, described or meant by a pronoun."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotidian.encoder.tags import NAMES, SIZE, Tags
from quotidian.mention import mentions, she
from quotidian.sentences import sentences
from said import found, scored, shown, words

LUND = {"Eva Lund": "person"}
TEXTS = st.text(
    st.sampled_from("AaZé 'S’s“”\".,@_-(\n—") | st.characters(exclude_categories=["Cs"]), max_size=60
)


@given(TEXTS, st.integers(0, 2**32 - 1))
def test_every_mention_stands_in_its_sentence_as_it_says(text: str, seed: int) -> None:
    laid = words(text)
    chances = np.random.default_rng(seed).random((len(laid), SIZE)).astype(np.float32)
    for one in mentions(text, laid, Tags.of(chances)):
        ((start, end),) = one.passage.spans
        assert one.passage.text == text[start:end] != ""
        assert 0 <= one.confidence <= 1
        if one.form == "name":
            assert any(a <= start and end <= b for a, b in sentences(text))


@given(TEXTS, st.integers(0, 2**32 - 1))
def test_names_do_not_overlap(text: str, seed: int) -> None:
    laid = words(text)
    chances = np.random.default_rng(seed).random((len(laid), SIZE)).astype(np.float32)
    names = [one for one in mentions(text, laid, Tags.of(chances)) if one.form == "name"]
    assert all(a.passage.end <= b.passage.start for a, b in pairwise(names))


def test_titles_articles_and_possessives_are_no_part_of_a_name() -> None:
    text = "Sen. Eva Lund’s aide praised the Harbour Board."
    names = {"Sen. Eva Lund’s": "person", "the Harbour Board": "organisation"}
    assert shown(text, names) == ["Eva Lund: name person", "Harbour Board: name organisation"]


def test_a_masthead_keeps_its_article_and_a_shortened_word_its_stop() -> None:
    text = "He told The Ostmere Post. The Harbour Board met Eva Lund Jr."
    names = {"Ostmere Post": "organisation", "Harbour Board": "organisation", "Eva Lund Jr": "person"}
    assert shown(text, names)[1:] == [
        "The Ostmere Post: name organisation",
        "Harbour Board: name organisation",
        "Eva Lund Jr.: name person",
    ]


def test_a_first_name_with_a_hyphen_is_one_and_two_surnames_with_one_are_two() -> None:
    names = {"Eva": "person", "Maria Lund": "person", "Ode": "person", "Brandt": "person"}
    assert shown("Eva-Maria Lund left the Ode-Brandt talks.", names) == [
        "Eva-Maria Lund: name person",
        "Ode: name person",
        "Brandt: name person",
    ]


def test_a_word_that_stands_only_after_the_is_nobody_s_name() -> None:
    (tarn,) = found("The Tarn rose.", {"Tarn": "person"}, sure=0.6)
    assert tarn.type != "person"
    assert shown("Tarn rose.", {"Tarn": "person"}) == ["Tarn: name person"]


def test_a_feast_is_nobody_s_name() -> None:
    mentioned = found("She would be home by Easter.", {"Easter": "person"})
    assert "Easter" not in [one.passage.text for one in mentioned]


def test_a_name_never_goes_from_one_paragraph_to_the_next() -> None:
    assert shown("Eva\nLund", {"Eva": "person", "Lund": "person"}) == [
        "Eva: name person",
        "Lund: name person",
    ]
    laid, tags = scored("Eva\nLund", {"Eva\nLund": "person"})
    assert next(one.passage.text for one in mentions("Eva\nLund", laid, tags)) == "Eva"


def test_what_is_named_in_several_places_is_the_same_in_all() -> None:
    text = "Eva Lund met Ode. Lund left. Lund told Ode. Lund is old."
    laid, tags = scored(text, {**LUND, "Lund": "person", "Ode": "person"})
    unclear = laid.start.tolist().index(text.rindex("Lund"))
    tags.name[unclear] = 0.02
    tags.name[unclear, [NAMES.index("place"), NAMES.index("person")]] = 0.5, 0.3
    assert {one.type for one in mentions(text, laid, tags) if one.passage.text == "Lund"} == {"person"}


def test_a_place_that_is_sure_of_itself_overrules_the_others() -> None:
    text = "Lund met Ode. She left for Lund."
    laid, tags = scored(text, {"Lund": "place", "Ode": "person"}, sure=0.999)
    first = NAMES.index("person")
    tags.name[0] = np.eye(len(NAMES))[first]
    types = [one.type for one in mentions(text, laid, tags) if one.passage.text == "Lund"]
    assert types == ["person", "place"]


def test_a_surname_that_scores_missed_is_found_beside_the_full_name() -> None:
    text = "Eva Field left. Ode saw Field."
    laid, tags = scored(text, {"Eva Field": "person"})
    last = laid.start.tolist().index(text.rindex("Field"))
    tags.name[last] = np.full(len(NAMES), 0.01)
    tags.name[last, 0] = 0.9
    assert "Field" in [one.passage.text for one in mentions(text, laid, tags)]


def test_a_handle_is_a_name_and_an_address_is_none() -> None:
    assert shown("Post by @eva_lund today") == ["@eva_lund: name person"]
    assert shown("Write to eva@lund today") == []


def test_a_shortened_state_is_a_place_whatever_the_scores_say() -> None:
    assert shown("Eva Lund (I-Vt.) left", LUND) == ["Eva Lund: name person", "Vt.: name place"]


def test_a_group_is_named_where_its_name_stands_for_people() -> None:
    text = "Ostmerians backed the Ostmerian law"
    names = {"Ostmerians": "group", "Ostmerian": "group"}
    assert shown(text, {"Ostmerians": "group"}, {"ostmerians": "people"}) == ["Ostmerians: name group"]
    assert shown("the Ostmerian law", {"Ostmerian": names["Ostmerian"]}) == []


def test_a_description_goes_from_its_determiner_to_what_is_tied_to_its_noun() -> None:
    names = {"Harbour Board": "organisation", "Eva Lund": "person"}
    nouns = {"spokesman": "person", "officials": "people"}
    text = "A senior spokesman for the Harbour Board met two angry officials in May"
    assert shown(text, names, nouns) == [
        "A senior spokesman for the Harbour Board: description person",
        "Harbour Board: name organisation",
        "two angry officials: description group",
    ]
    assert shown("Eva Lund’s old spokesman left", LUND, nouns)[0] == (
        "Eva Lund’s old spokesman: description person"
    )


def test_a_description_ends_with_its_sentence() -> None:
    nouns = {"spokesman": "person"}
    assert shown("It rained. Spokesman of", {}, nouns) == ["Spokesman: description person"]


def test_places_are_described_where_they_are_definite() -> None:
    nouns = {"country": "place"}
    assert shown("A country left the country", {}, nouns) == ["the country: description place"]


def test_pronouns_are_what_their_scores_make_them() -> None:
    assert shown("He said they rained", {}, {"they": "people"}) == [
        "He: pronoun person",
        "they: pronoun group",
    ]
    assert shown("It rained", {}, {}) == []
    assert shown("It said so", {}, {"it": "organisation"}) == ["It: pronoun organisation"]
    assert shown("the US left", {"US": "place"}) == ["US: name place"]


def test_she_or_he_is_told_of_people_named() -> None:
    text = "Eva Lund met her aide"
    laid, tags = scored(text, LUND, {"aide": "person"})
    tags.pronoun[:2] = [0.1, 0.9]
    told = dict(
        zip(
            [one.passage.text for one in found(text, LUND, {"aide": "person"})],
            _she(text, laid, tags),
            strict=True,
        )
    )
    assert told["Eva Lund"] > 2
    assert told["her aide"] == 0


def _she(text, laid, tags):
    return she(laid, tags, mentions(text, laid, tags))


def test_a_text_without_words_has_no_mentions() -> None:
    assert found("") == found("\n \n") == ()
