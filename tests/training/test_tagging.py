"""What words are taught to be: from silver, from GUM, by hand, and with other names."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaluation import gum
from quotidian.encoder.about import SHIPPED
from quotidian.encoder.tags import NAMES, NOUNS, POS, PRONOUNS
from quotidian.encoder.words import load_tokenizer, words_of
from quotidian.types import Span
from training import silver
from training.renamed import renamed
from training.silver import Article, Name
from training.tagging import UNKNOWN, corrected, judged, of_article, of_document, pronouns_of

TOKENIZER = load_tokenizer(SHIPPED / "vocabulary.txt")
TEXT = "Sen. Eva Lund met voters in Ostmere. “Lund is tired,” she said of her visit."


def place(text: str, said: str, after: int = 0) -> tuple[int, int]:
    start = text.index(said, after)
    return start, start + len(said)


def article(text: str, names: dict[str, str], tokens: dict[str, str] | None = None, chains=()) -> Article:
    return Article(
        "an article",
        text,
        tuple(sorted(Name(*place(text, said), kind) for said, kind in names.items())),
        tuple(sorted((*place(text, said), pos) for said, pos in (tokens or {}).items())),
        chains,
    )


def tags_of(made, group: str, names: tuple[str, ...]) -> dict[str, str]:
    """The tag of each word that has one that says something, by the word."""
    numbers = getattr(made, group).tolist()
    spans = zip(made.words.start.tolist(), made.words.end.tolist(), numbers, strict=True)
    return {made.text[a:b]: names[n] for a, b, n in spans if n != UNKNOWN and names[n] != "none"}


def test_titles_and_possessives_fall_off_what_corenlp_took_for_a_name() -> None:
    one = article("Mr. Lund’s visit", {"Mr. Lund’s": "person"})
    assert [one.text[a:b] for a, b, _ in [silver._trimmed(one.text, one.names[0])]] == ["Lund"]


def test_what_was_decided_by_hand_outvotes_the_silver() -> None:
    one = article("Ostmere won. Lund lost.", {"Ostmere": "person", "Lund": "place"})
    (cleaned,) = silver.cleaned([one], {"Ostmere": "place"})
    assert [name.type for name in cleaned.names] == ["place", "place"]


def test_a_surname_is_a_person_where_the_full_name_stands() -> None:
    one = article("Eva Lund left. Then Ode saw Lund", {"Eva Lund": "person"})
    again = Name(*place(one.text, "Lund", after=14), "place")
    (cleaned,) = silver.cleaned([Article(one.doc, one.text, (*one.names, again), (), ())], {})
    assert [name.type for name in cleaned.names] == ["person", "person"]


def test_words_learn_names_classes_and_what_nouns_stand_for() -> None:
    one = article(TEXT, {"Eva Lund": "person", "Ostmere": "place"}, {"voters": "noun", "met": "finite"})
    made = of_article(
        one, words_of(TEXT, TOKENIZER), {"voters": NOUNS.index("people")}, {one.names[0][:2]: 1}
    )
    assert made.name.tolist()[2:4] == [NAMES.index("person"), NAMES.index("person+")]
    assert tags_of(made, "name", NAMES)["Ostmere"] == "place"
    assert tags_of(made, "pos", POS) == {"voters": "noun", "met": "finite"}
    assert tags_of(made, "noun", NOUNS)["voters"] == "people"
    assert tags_of(made, "pronoun", PRONOUNS)["Eva"] == "she"


def test_a_chain_tells_which_pronoun_a_name_asks_for() -> None:
    text = "Eva Lund met Ode. She said her visit was long, and Lund left."
    said = [place(text, "Eva Lund"), place(text, "She"), place(text, "her")]
    one = article(text, {"Eva Lund": "person"}, chains=(tuple(said),))
    last = Name(*place(text, "Lund", after=20), "person")
    (asked,) = pronouns_of([Article(one.doc, text, (*one.names, last), (), one.chains)])
    assert asked == {said[0]: 1, last[:2]: 1}


def test_names_read_by_hand_replace_the_silvers_but_not_its_groups() -> None:
    one = article(TEXT, {"Eva Lund": "place", "Ostmere": "group"})
    names = corrected(one, [Name(*place(TEXT, "Lund"), "person")]).names
    assert [(TEXT[a:b], kind) for a, b, kind in names] == [("Lund", "person"), ("Ostmere", "group")]


def test_tags_that_a_network_judged_spell_names_again() -> None:
    one = article(TEXT, {"Eva Lund": "person"})
    words = words_of(TEXT, TOKENIZER)
    tags = of_article(one, words, {}, {}).name
    assert judged(one, words, tags).names == one.names
    doubted = np.where(tags > 0, UNKNOWN, tags)
    assert [name.type for name in judged(one, words, doubted).names] == ["unsure"]


@given(st.integers(0, 10**6))
def test_an_article_with_other_names_keeps_all_else(seed: int) -> None:
    names = {"Eva Lund": "person", "Ostmere": "place"}
    tokens = {"Eva": "name", "met": "finite", "Ostmere": "name", "she": "pronoun", "visit": "noun"}
    one = article(TEXT, names, tokens)
    again = Name(*place(TEXT, "Lund", after=20), "person")
    one = Article(one.doc, one.text, (*one.names, again), one.tokens, ())
    made, asked = renamed(one, {one.names[0][:2]: 1}, seed)
    said = [made.text[a:b] for a, b, _ in made.names]
    assert said[0] != "Eva Lund" and said[0].split()[-1] == said[2]
    assert list(asked) == [made.names[0][:2]]
    rest = TEXT.replace("Eva Lund", "@").replace("Ostmere", "@").replace("Lund", "@")
    changed = made.text
    for name in reversed(made.names):
        changed = changed[: name.start] + "@" + changed[name.end :]
    assert changed == rest
    kept = {made.text[a:b]: pos for a, b, pos in made.tokens}
    assert {word: kept[word] for word in ("met", "she", "visit")} == {
        "met": "finite",
        "she": "pronoun",
        "visit": "noun",
    }
    assert all(a[1] <= b[0] for a, b in pairwise(made.tokens))


def test_gum_tells_what_the_head_of_a_phrase_stands_for() -> None:
    text = "the old spokesman of the board met us"
    spans = {"the old spokesman of the board": "person", "the board": "organization", "us": "person"}
    mentions = tuple(
        gum.Mention(Span(*place(text, said)), kind, None, i) for i, (said, kind) in enumerate(spans.items())
    )
    document = gum.Document("GUM_a_b", text, (), (0,), mentions)
    classes = ["determiner", "adjective", "noun", "preposition", "determiner", "noun", "finite", "pronoun"]
    pos = np.array([POS.index(name) for name in classes])
    made = of_document(document, words_of(text, TOKENIZER), pos, {})
    assert tags_of(made, "noun", NOUNS) == {"spokesman": "person", "board": "organisation", "us": "people"}
