"""A read article → the appearances in it: those named, and who and what is named beside them."""

from __future__ import annotations

import re
from collections import Counter

from quotidian.entities.bodies import body_name
from quotidian.entities.folding import fold, fold_body
from quotidian.entities.lexicon import LISTS
from quotidian.entities.people import person_name
from quotidian.entities.values import Appearance, Pronoun
from quotidian.types import Article, Entity

_PRONOUNS: dict[str, Pronoun] = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Of the pronouns that an article uses of somebody so large a share must be of one kind.
_OF_ONE_MIND = 0.8


def appearances(article: Article) -> tuple[tuple[str, Appearance], ...]:
    """The named people, bodies, groups and places of an article that may be known again in another.

    Descriptions, the unnamed, documents and names that any body may have ("the ministry") are none; nor is
    a person of one word and no office by whom and about whom nothing is said: it is often no person.

    Returns:
        For each its id in the article and the appearance, in the order of the entities.
    """
    pronouns = _pronouns(article)
    told = concerned(article) | pronouns.keys()
    named = [one for one in article.entities if is_named(one) and (one.id in told or not _a_word_alone(one))]
    folded = {one.id: _folded(one) for one in named}
    # A single word may be anybody's surname and anybody's company: it tells nothing of others.
    beside = {one.id: folded[one.id] for one in named if one.type != "person" or " " in folded[one.id]}
    of_type = {one.id: one.type for one in named}
    places = {id: name for id, name in beside.items() if of_type[id] == "place"}
    companions = {id: name for id, name in beside.items() if id not in places}
    day = _DAY.match(article.published or "")
    return tuple(
        (
            one.id,
            Appearance(
                type=one.type,
                name=_plain(one.name),
                role=_plain(one.role.text) if one.role else None,
                organisation=_plain(one.organisation.text) if one.organisation else None,
                labels=_labels(one),
                outlet=article.outlet,
                day=day.group() if day else None,
                companions=frozenset(companions.values()) - {folded[one.id]},
                places=frozenset(places.values()) - {folded[one.id]},
                pronoun=pronouns.get(one.id) if one.type == "person" else None,
            ),
        )
        for one in named
    )


def is_named(one: Entity) -> bool:
    """Whether an entity has a name of its own, by which it may be known again."""
    names = {fold(label.passage.text) for label in one.labels if label.form != "description"}
    if one.type == "document" or fold(one.name) not in names:
        return False
    if one.type == "person":
        return person_name(one.name) is not None
    name = body_name(one.name)
    if name is None or name.kind == "generic":
        return False
    return not (one.type == "group" and name.words[-1] in LISTS["people"])


def _a_word_alone(one: Entity) -> bool:
    """A person of whom there is but a word: no first name, no office, no body."""
    if one.type != "person" or one.role or one.organisation:
        return False
    name = person_name(one.name)
    return name is not None and not name.given


def concerned(article: Article) -> frozenset[str]:
    """The entities that statements are by, perhaps by, or about."""
    found: set[str | None] = set()
    for made in article.statements:
        found.add(made.speaker.entity)
        found.update(who.entity for who in (*made.speaker.also, *made.speaker.maybe, *made.about))
    return frozenset(id for id in found if id is not None)


def _folded(one: Entity) -> str:
    return fold(one.name) if one.type == "person" else fold_body(one.name).removeprefix("the ")


def _plain(text: str) -> str:
    """Words with single spaces between them."""
    return " ".join(text.split())


def _labels(one: Entity) -> tuple[str, ...]:
    names = {_plain(label.passage.text) for label in one.labels if label.form != "description"}
    return tuple(sorted(names - {_plain(one.name)}))


def _pronouns(article: Article) -> dict[str, Pronoun]:
    """Which pronoun the article uses of each entity, where it is of one mind."""
    votes: dict[str, Counter[Pronoun]] = {}
    for mention in article.mentions:
        word = _PRONOUNS.get(mention.passage.text.casefold())
        if mention.form == "pronoun" and mention.entity and word:
            votes.setdefault(mention.entity, Counter())[word] += 1
    found: dict[str, Pronoun] = {}
    for id, counts in votes.items():
        (word, count), *_ = counts.most_common(1)
        if count >= 2 and count >= _OF_ONE_MIND * counts.total():
            found[id] = word
    return found
