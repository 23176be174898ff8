"""Which entities of an article appear in the archive: those with a name of their own."""

from __future__ import annotations

import pytest

from quotidian.entities import appearances
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Entity,
    Label,
    LabelForm,
    Mention,
    MentionType,
    Passage,
    Said,
    Speaker,
    Stance,
    Statement,
    Who,
)

TEXT = (
    "Mara Lindqvist, the trade minister, met the Northern League (NL) in Ostmere. She said that she was"
    " sure. The government, an official and farmers did not comment on the Harbour Report."
)


def passage(words: str) -> Passage:
    start = TEXT.index(words)
    return Passage.of(TEXT, [(start, start + len(words))])


def entity(id: str, type: MentionType, *labels: tuple[str, LabelForm], role: str | None = None) -> Entity:
    return Entity(
        id,
        type,
        labels[0][0],
        role=passage(role) if role else None,
        labels=tuple(Label(passage(words), form) for words, form in labels),
    )


ARTICLE = Article(
    id="a1",
    text=TEXT,
    outlet="Harbour Courier",
    published="2026-03-02T09:00:00+01:00",
    entities=(
        entity("e1", "person", ("Mara Lindqvist", "name"), role="trade minister"),
        entity("e2", "organisation", ("Northern League", "name"), ("NL", "acronym")),
        entity("e3", "place", ("Ostmere", "name")),
        entity("e4", "organisation", ("The government", "name")),
        entity("e5", "person", ("an official", "description")),
        entity("e6", "group", ("farmers", "name")),
        entity("e7", "document", ("Harbour Report", "name")),
    ),
    mentions=tuple(
        Mention(passage(words), "person", "pronoun", 1.0, entity="e1") for words in ("She said", "she was")
    ),
)


def test_only_those_with_a_name_of_their_own_appear() -> None:
    assert [(id, one.name) for id, one in appearances(ARTICLE)] == [
        ("e1", "Mara Lindqvist"),
        ("e2", "Northern League"),
        ("e3", "Ostmere"),
    ]


def test_an_appearance_says_office_outlet_day_and_who_is_named_beside() -> None:
    (_, minister), (_, party), _ = appearances(ARTICLE)
    assert (minister.role, minister.outlet, minister.day) == (
        "trade minister",
        "Harbour Courier",
        "2026-03-02",
    )
    assert minister.companions == {"northern league"}
    assert minister.places == {"ostmere"}
    assert party.labels == ("NL",)
    assert party.companions == {"mara lindqvist"}


@pytest.mark.parametrize(
    ("words", "pronoun"),
    [(("She", "she"), "she"), (("he", "his", "him"), "he"), (("she",), None), (("he", "she"), None)],
)
def test_a_pronoun_counts_where_the_article_is_of_one_mind(
    words: tuple[str, ...], pronoun: str | None
) -> None:
    text = f"Robin Tarn sang. {' '.join(words)}"
    places = [text.index(word, 17) for word in words]
    article = Article(
        id="a2",
        text=text,
        entities=(
            Entity("e1", "person", "Robin Tarn", labels=(Label(Passage.of(text, [(0, 10)]), "name"),)),
        ),
        mentions=tuple(
            Mention(Passage.of(text, [(at, at + len(word))]), "person", "pronoun", 1.0, entity="e1")
            for at, word in zip(places, words, strict=True)
        ),
    )
    ((_, one),) = appearances(article)
    assert one.pronoun == pronoun


def test_an_undated_article_gives_no_day() -> None:
    bare = Article(id="a3", text=TEXT, entities=ARTICLE.entities, published="last week")
    assert {one.day for _, one in appearances(bare)} == {None}


def test_a_word_read_as_a_person_appears_only_if_something_is_said_by_or_about_it() -> None:
    text = "Orle froze, the mayor said."
    orle = Entity("e1", "person", "Orle", labels=(Label(Passage.of(text, [(0, 4)]), "name"),))
    silent = Article(id="a4", text=text, entities=(orle,))
    assert appearances(silent) == ()
    found = Attribution(
        "s1",
        Passage.of(text, [(12, 21)]),
        Passage.of(text, [(22, 26)]),
        Passage.of(text, [(0, 10)]),
        "indirect",
        0,
        None,
        1.0,
    )
    about = Statement(
        found,
        Speaker("unnamed", None, "the mayor", 1.0),
        (Who("e1", "Orle", 1.0),),
        None,
        Said(None, "nothing", 0.0),
        Act("state", 1.0),
        Stance("neutral", 1.0),
    )
    told = Article(id="a4", text=text, entities=(orle,), attributions=(found,), statements=(about,))
    assert [one.name for _, one in appearances(told)] == ["Orle"]
