from __future__ import annotations

from typing import get_args

import pytest

from quotidian.act import lexicon
from quotidian.act.inflection import noun_forms, verb_forms
from quotidian.act.phrases import Phrases
from quotidian.act.tokens import words_of
from quotidian.types import ActClass


def found(phrases: Phrases[str], sentence: str) -> list[str]:
    words = words_of(sentence)
    return [one.value for place in range(len(words)) for one in phrases.at(words, place)]


@pytest.mark.parametrize("act", get_args(ActClass))
def test_every_act_has_a_verb_that_names_it(act: str) -> None:
    entry = lexicon.cue_words().at([act], 0)[0].value
    assert entry.act == act


@pytest.mark.parametrize(
    ("verb", "form"),
    [("deny", "denied"), ("say", "said"), ("urge", "urging"), ("admit", "admitted"), ("stress", "stresses")],
)
def test_verbs_are_known_in_all_their_forms(verb: str, form: str) -> None:
    assert form in verb_forms(verb)


def test_nouns_are_known_in_the_plural() -> None:
    assert {"promise", "promises"} <= noun_forms("promise")


def test_a_gap_in_a_phrase_holds_at_most_two_other_words() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("cast … doubt", "v", "doubt")
    assert found(phrases, "she cast some serious doubt") == ["doubt"]
    assert found(phrases, "she cast some very serious doubt") == []


def test_the_longest_phrase_comes_first() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("walk", "v", "short")
    phrases.add("walk back", "v", "long")
    assert found(phrases, "they walked back") == ["long", "short"]
