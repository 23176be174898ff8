"""The policy: which reasons count, and for how much. Each clue says its reason in a reader's words.

Weights add up. An appearance is of a known entity from :data:`SAME` on; between :data:`UNSURE` and that a
person should say. They were set by hand on ``evaluation/gold/entities.jsonl`` so that "same" is hardly ever
wrong: a full name alone is not enough, a full name and one thing more is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quotidian.entities import people
from quotidian.entities.folding import fold_body
from quotidian.entities.lexicon import LISTS
from quotidian.entities.pair import Pair
from quotidian.entities.values import Reason

SAME = 5.0
UNSURE = 2.5
# Of bodies, groups and places a person is asked later: their names recur in every article, and most questions
# below this would be whether one country's congress is another's.
UNSURE_BODIES = 3.5

# Names that agree in this way are never enough for "same", whatever else agrees.
NEVER_SURE = frozenset({"part", "first", "initials", "shorter", "legal form"})

# In days: the same story; another time; another generation.
_NEAR, _FAR, _VERY_FAR = 14, 5 * 365, 25 * 365


@dataclass(frozen=True, slots=True)
class Clue:
    """A question about a pair: what it says in words, None where it says nothing, and its weight."""

    asks: Callable[[Pair], str | None]
    weight: float


# What names say

_PEOPLE = {
    "full": ("same full name", 4.0),
    "middle": ("same first name and surname", 3.5),
    "nickname": ("same surname, and one first name is short for the other", 2.5),
    "initial": ("same surname, and an initial that fits", 1.5),
    "misspelt": ("same first name, and a surname spelt nearly alike", 1.5),
    "surname": ("same surname; one of the two has no first name", 0.0),
    "part": ("the end of the same name", 0.0),
    "first": ("the same first name alone", -1.0),
}
_BODIES = {
    "reordered": ("the same words in another order", -0.5),
    "acronym": ("an acronym that articles give for it", -1.5),
    "initials": ("the initials of the same name, though no article says so", -3.0),
    "shorter": ("one name is a shorter form of the other", -2.5),
    "legal form": ("the same name with another legal form", -1.5),
    "same": ("same name", 0.0),
}


def names_agree(pair: Pair) -> Reason | None:
    """How the names go together, as the reason that all others are added to; None where they do not."""
    names = pair.names
    if names is None:
        return None
    said, weight = _PEOPLE[names.level] if pair.of_people else _of_bodies(pair, names.level)
    quoted = "" if names.one == names.other else f": “{names.one}” and “{names.other}”"
    return Reason(f"{said}{quoted}", weight)


def _of_bodies(pair: Pair, level: str) -> tuple[str, float]:
    said, less = _BODIES[level]
    body = pair.body
    if body is None or body.kind == "generic":
        return "a name that any such body has", -9.0
    if level == "same" and body.is_acronym and not body.known:
        return "same acronym", 3.5 if len(body.words[0]) > 3 else 3.0
    if body.kind == "functional":
        return f"{said}, which such bodies of other countries have too", 2.5 + less
    if body.known:
        return said, 5.5 + less
    if pair.one.type == "place":
        return said, 4.25 + less
    if body.kind == "one word":
        return said, 3.5 + less
    return said, (5.5 if body.telling > 2 else 4.5) + less


# What speaks for it, and against it


def name_seldom_shared(pair: Pair) -> str | None:
    """A full name of three words or more, the same in both: few people share it."""
    names, name = pair.names, pair.person
    whole = names and names.level == "full" and name and len(name.words) > 2
    return "a name of three parts, which few share" if whole else None


def name_of_many(pair: Pair) -> str | None:
    """A surname from the list of the commonest."""
    name = pair.person
    return f"many bear the surname “{name.surname.title()}”" if name and people.common(name) else None


def a_newspapers_word(pair: Pair) -> str | None:
    """A single word such as "Guardian" or "Times"."""
    body = pair.body
    says_little = body and len(body.words) == 1 and body.words[0] in LISTS["newspapers"]
    return "a word that many names have" if says_little else None


def one_is_junior(pair: Pair) -> str | None:
    """One has "Jr." or the like, the other nothing."""
    one, other = pair.suffixes
    return "one of the two is a “Jr.” or the like" if bool(one) != bool(other) else None


def pronouns_differ(pair: Pair) -> str | None:
    """Articles call the one "he" and the other "she"."""
    return "articles call one “he” and the other “she”" if pair.pronouns_differ else None


def _office(level: str, said: str) -> Callable[[Pair], str | None]:
    def asks(pair: Pair) -> str | None:
        held = pair.offices
        if held is None or held.level != level:
            return None
        both = f"“{held.one}”" if held.one == held.other else f"“{held.one}” and “{held.other}”"
        return f"{said}: {both}"

    asks.__doc__ = f"{said.capitalize()}."
    return asks


def same_organisation(pair: Pair) -> str | None:
    """Articles of both say that they belong to one body."""
    return f"both belong to “{pair.organisation}”" if pair.organisation else None


def _companions(number: int, or_more: bool = False) -> Callable[[Pair], str | None]:
    def asks(pair: Pair) -> str | None:
        shared = pair.companions
        if len(shared) != number and not (or_more and len(shared) > number):
            return None
        shown = ", ".join(name.title() for name in shared[:3])
        return f"both are named beside {shown}" + (" and others" if len(shared) > 3 else "")

    asks.__doc__ = f"{number}{' or more' if or_more else ''} named beside both."
    return asks


def same_news(pair: Pair) -> str | None:
    """Both beside somebody whom many are named beside: in an archive of many subjects, the same one."""
    name = pair.many_companions
    return f"both are in news of {name.title()}" if name and not pair.companions else None


def same_place(pair: Pair) -> str | None:
    """A place named beside both."""
    return f"{pair.places[0].title()} is named beside both" if len(pair.places) == 1 else None


def same_places(pair: Pair) -> str | None:
    """Places named beside both."""
    shown = " and ".join(name.title() for name in pair.places[:2])
    return f"{shown} are named beside both" if len(pair.places) > 1 else None


def no_place_in_common(pair: Pair) -> str | None:
    """For names that bodies and places of several countries have: other places are named beside them."""
    body = pair.body
    ambiguous = body and (body.kind == "functional" or pair.one.type == "place")
    if not ambiguous or (body and body.known) or not pair.without_a_place_in_common:
        return None
    return "other places are named beside them"


def same_outlet(pair: Pair) -> str | None:
    """One outlet names both."""
    return f"both in {pair.outlet}" if pair.outlet else None


def same_outlet_means_its_country(pair: Pair) -> str | None:
    """An outlet that says "the Supreme Court" without more mostly means its own country's."""
    body = pair.body
    return (
        "an outlet mostly means its own country’s"
        if pair.outlet and body and body.kind == "functional"
        else None
    )


def an_outlets_own_name(pair: Pair) -> str | None:
    """A single word such as "Chronicle", in an outlet whose own name ends with it."""
    body = pair.body
    if not body or len(body.words) != 1 or not pair.outlet:
        return None
    is_own = fold_body(pair.outlet).split()[-1:] == list(body.words)
    return f"{pair.outlet} means itself by it" if is_own else None


def near_in_time(pair: Pair) -> str | None:
    """Articles of both within two weeks."""
    days = pair.days_apart
    return "within two weeks of each other" if days is not None and days <= _NEAR else None


def years_apart(pair: Pair) -> str | None:
    """More than five years lie between the articles."""
    days = pair.days_apart
    return f"{days // 365} years apart" if days is not None and _FAR < days <= _VERY_FAR else None


def a_generation_apart(pair: Pair) -> str | None:
    """More than 25 years lie between the articles."""
    days = pair.days_apart
    return f"{days // 365} years apart" if days is not None and days > _VERY_FAR else None


def types_differ(pair: Pair) -> str | None:
    """One is read as a body, the other as a group or a place."""
    one, other = pair.one.type, pair.other.type
    return f"one is read as {_a(one)}, the other as {_a(other)}" if one != other else None


def _a(type: str) -> str:
    return f"an {type}" if type[0] in "aeiou" else f"a {type}"


CLUES: tuple[Clue, ...] = (
    Clue(name_seldom_shared, 1.0),
    Clue(name_of_many, -1.5),
    Clue(a_newspapers_word, -1.5),
    Clue(one_is_junior, -3.0),
    Clue(pronouns_differ, -4.0),
    Clue(_office("same", "same office"), 3.0),
    Clue(_office("compatible", "offices that agree"), 2.5),
    Clue(_office("kind", "the same kind of office"), 1.5),
    Clue(_office("another", "the same kind of office, but elsewhere"), -1.5),
    Clue(_office("other field", "offices in other fields"), -3.0),
    Clue(same_organisation, 1.5),
    Clue(_companions(1), 1.5),
    Clue(_companions(2), 2.25),
    Clue(_companions(3, or_more=True), 3.0),
    Clue(same_news, 0.5),
    Clue(same_place, 0.5),
    Clue(same_places, 0.75),
    Clue(no_place_in_common, -1.0),
    Clue(same_outlet, 0.5),
    Clue(same_outlet_means_its_country, 1.0),
    Clue(an_outlets_own_name, 3.0),
    Clue(near_in_time, 0.5),
    Clue(years_apart, -1.0),
    Clue(a_generation_apart, -3.0),
    Clue(types_differ, -3.0),
)
