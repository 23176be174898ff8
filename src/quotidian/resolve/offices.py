"""What the article says that a person is, and the body that they speak for.

Of several offices the most informative that still holds is taken; a reader finds it where it stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.resolve.layout import Layout
from quotidian.resolve.named import Named
from quotidian.resolve.office_bodies import OfficeBodies
from quotidian.resolve.office_phrases import OfficePhrases
from quotidian.resolve.office_places import OfficePlace, OfficePlaces
from quotidian.resolve.office_words import NO_OFFICES, RELATIONS, SIDES, TITLES, VAGUE_IN_GROUPS
from quotidian.types import Found, Mention, Passage, Span

_LEAST_TELLING = frozenset({"dr", "sir", "dame", "fr", "hon"})

# How sure an office found in each way is: the share found right by reading 200 of them.
_SURE = {"title": 0.9, "apposition": 0.9, "stated": 0.8, "before": 0.85, "tenure": 0.7, "description": 0.75}
_SURE_OF_BODY = 0.8
_SURE_OF_BODY_BESIDE = 0.7

# What an office tells by the way it is given, by its length, by what is named in it and by its noun,
# weighed by reading what comes out of articles.
_BY_WAY = {"apposition": 1.0, "title": 0.8, "before": 0.6, "stated": 0.6, "tenure": 0.0, "description": 0.0}
_PER_WORD, _MOST_WORDS = 0.4, 4
_WITH_BODY = 0.8
_PER_REPEAT, _MOST_REPEATS = 0.3, 4
_LATER = 0.02
_PAST, _QUOTED = 1.5, 1.0


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is, and for whom they speak; None where the article does not say."""

    role: Found | None = None
    organisation: Found | None = None


def offices(layout: Layout, mentions: Sequence[Mention]) -> dict[str, Office]:
    """The office and organisation of each person of whom an article states one, by entity.

    Args:
        layout: the article's text, laid out.
        mentions: its mentions, with their entities; those without one are passed over.
    """
    named = Named.of(layout, mentions)
    finder = OfficePlaces(named)
    places: dict[str, list[OfficePlace]] = defaultdict(list)
    beside: dict[str, Span] = {}
    people: set[str] = set()
    for name in named.names:
        if name.type == "person" and name.entity is not None:
            people.add(name.entity)
            places[name.entity].extend(finder.beside(name))
            for body in finder.bodies_beside(name):
                beside.setdefault(name.entity, body)
    for mention in mentions:
        if mention.form != "name" and mention.entity in people:
            places[mention.entity].extend(finder.of_mention(mention))
    return {
        entity: _office(named, places[entity], beside.get(entity))
        for entity in sorted(people)
        if places[entity] or entity in beside
    }


def offices_of_descriptions(
    layout: Layout, passages: Sequence[Passage], mentions: Sequence[Mention]
) -> list[Office]:
    """The office and body in descriptions of sources without a name: "a ministry spokesman".

    A noun that tells nothing beyond the description ("officials", "voters") is no office.

    Args:
        layout: the article's text, laid out.
        passages: the descriptions, in their order.
        mentions: the article's mentions.
    """
    named = Named.of(layout, mentions)
    phrases = OfficePhrases(named)
    return [_described(named, phrases, passage) for passage in passages]


def _described(named: Named, phrases: OfficePhrases, passage: Passage) -> Office:
    words = named.layout.words_in(passage.spans[0])
    inside = [phrase for phrase in phrases.within(words.start, words.stop) if not phrases.is_owner(phrase)]
    if not inside:
        return Office()
    first = inside[0]
    tells = phrases.head_of(first) not in VAGUE_IN_GROUPS | SIDES | NO_OFFICES
    bodies = OfficeBodies(phrases)
    found = (bodies.of(phrase) for phrase in (inside[:1] if tells else inside))
    body = next((body for body in found if body), None)
    role = named.span(max(first.start, words.start), min(first.end, words.stop))
    return Office(
        _found(named, role, _SURE["description"]) if tells else None,
        _found(named, body, _SURE_OF_BODY) if body else None,
    )


def _office(named: Named, places: Sequence[OfficePlace], beside: Span | None) -> Office:
    """The office to give of all that a text says of a person, and the body named in it or beside."""
    ranked = _by_telling(places)
    stated = next(
        (place.body for place in ranked if place.body and (place is ranked[0] or not place.past)), None
    )
    body = stated or beside
    role = ranked[0] if ranked else None
    return Office(
        _found(named, named.span(role.start, role.end), _SURE[role.how]) if role else None,
        _found(named, body, _SURE_OF_BODY if stated else _SURE_OF_BODY_BESIDE) if body else None,
    )


def _found(named: Named, span: Span, confidence: float) -> Found:
    return Found(Passage.of(named.layout.text, [span]), confidence)


def _by_telling(places: Sequence[OfficePlace]) -> list[OfficePlace]:
    """The places of one person, the most telling first; of equals the earliest."""
    in_order = sorted(places, key=lambda place: place.start)
    repeats = Counter(place.noun for place in in_order)
    ranks = {
        i: _telling(place) + _PER_REPEAT * min(_MOST_REPEATS, repeats[place.noun]) - _LATER * i
        for i, place in enumerate(in_order)
    }
    return [in_order[i] for i in sorted(ranks, key=lambda i: -ranks[i])]


def _telling(place: OfficePlace) -> float:
    rank = _BY_WAY[place.how] + _PER_WORD * min(_MOST_WORDS, place.end - place.start)
    rank += _WITH_BODY * (place.body is not None)
    rank -= _PAST * place.past + _QUOTED * place.quoted
    rank -= 2.0 * (place.noun in RELATIONS) + 1.0 * (place.noun in SIDES)
    return rank - 0.5 * (place.noun in TITLES) - 1.0 * (place.noun in _LEAST_TELLING)
