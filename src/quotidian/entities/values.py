"""The values of entities across articles: appearances, what is known, and judgements with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypedDict, cast

from quotidian.types import MentionType

Pronoun = Literal["he", "she"]
Verdict = Literal["same", "unsure", "new"]

# Of those named beside an entity so many are kept, the most frequent; pruned when there are twice as many.
MOST_COMPANIONS = 200
# Of the offices of an entity so many are kept, those last held.
MOST_ROLES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An entity of one article, as far as it helps to know it again in another.

    ``name`` is the fullest form that the article has; ``labels`` are other names and acronyms there.
    ``companions`` are the people and bodies named beside it, ``places`` the places, all folded.
    ``pronoun`` is "he" or "she" where the article is of one mind. ``day`` is an ISO 8601 day.
    """

    type: MentionType
    name: str
    role: str | None = None
    organisation: str | None = None
    labels: tuple[str, ...] = ()
    outlet: str | None = None
    day: str | None = None
    companions: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    pronoun: Pronoun | None = None

    def as_json(self) -> dict[str, Any]:
        """The appearance as plain JSON values, what is empty left out."""
        values = {
            "type": self.type,
            "name": self.name,
            "role": self.role,
            "organisation": self.organisation,
            "labels": list(self.labels),
            "outlet": self.outlet,
            "day": self.day,
            "companions": sorted(self.companions),
            "places": sorted(self.places),
            "pronoun": self.pronoun,
        }
        return {key: value for key, value in values.items() if value is not None and value != []}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Appearance:
        """The appearance that :meth:`as_json` gave."""
        return cls(
            type=values["type"],
            name=values["name"],
            role=values.get("role"),
            organisation=values.get("organisation"),
            labels=tuple(values.get("labels", ())),
            outlet=values.get("outlet"),
            day=values.get("day"),
            companions=frozenset(values.get("companions", ())),
            places=frozenset(values.get("places", ())),
            pronoun=values.get("pronoun"),
        )


@dataclass(frozen=True, slots=True)
class Held:
    """An office as articles call it, and when: ISO 8601 days, None where no article is dated."""

    role: str | None
    organisation: str | None
    first: str | None
    last: str | None
    articles: int = 1


Counts = Mapping[str, int]


class _Plain(TypedDict):
    """What :meth:`Known.as_json` gives."""

    id: str
    type: MentionType
    names: dict[str, int]
    labels: dict[str, int]
    held: list[list[Any]]
    outlets: dict[str, int]
    companions: dict[str, int]
    places: dict[str, int]
    pronouns: dict[str, int]
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True)
class Known:
    """What an archive knows of an entity, from all its appearances.

    ``names`` counts the articles in which each is the fullest form, ``labels`` the other names there.
    ``held`` are roles and organisations with their days. ``first`` and ``last`` are the days of the
    first and the last dated article.
    """

    id: str
    type: MentionType
    names: Counts = field(default_factory=dict)
    labels: Counts = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    outlets: Counts = field(default_factory=dict)
    companions: Counts = field(default_factory=dict)
    places: Counts = field(default_factory=dict)
    pronouns: Counts = field(default_factory=dict)
    first: str | None = None
    last: str | None = None
    articles: int = 0

    @classmethod
    def of(cls, id: str, appearances: Iterable[Appearance]) -> Known:
        """What is known from some appearances, in their order.

        Raises:
            ValueError: there is none.
        """
        known: Known | None = None
        for one in appearances:
            known = (known or cls(id, one.type)).with_(one)
        if known is None:
            raise ValueError(f"entity {id} has no appearance")
        return known

    def with_(self, one: Appearance) -> Known:
        """This entity with one appearance more."""
        days = [day for day in (self.first, self.last, one.day) if day]
        return replace(
            self,
            names=_more(self.names, [one.name]),
            labels=_more(self.labels, one.labels),
            held=_held([*self.held, *_office_of(one)]),
            outlets=_more(self.outlets, [one.outlet] if one.outlet else []),
            companions=_pruned(_more(self.companions, one.companions)),
            places=_pruned(_more(self.places, one.places)),
            pronouns=_more(self.pronouns, [one.pronoun] if one.pronoun else []),
            first=min(days, default=None),
            last=max(days, default=None),
            articles=self.articles + 1,
        )

    def merged(self, other: Known) -> Known:
        """This entity, its ``id`` and type, with all that is known of another one."""
        days = [day for day in (self.first, self.last, other.first, other.last) if day]
        return replace(
            self,
            names=_sum(self.names, other.names),
            labels=_sum(self.labels, other.labels),
            held=_held([*self.held, *other.held]),
            outlets=_sum(self.outlets, other.outlets),
            companions=_pruned(_sum(self.companions, other.companions)),
            places=_pruned(_sum(self.places, other.places)),
            pronouns=_sum(self.pronouns, other.pronouns),
            first=min(days, default=None),
            last=max(days, default=None),
            articles=self.articles + other.articles,
        )

    @cached_property
    def name(self) -> str:
        """What to call it: the name that most articles use, single words only where there are no others."""
        fullest = [name for name in self.names if len(name.split()) > 1] or list(self.names)
        return min(fullest, key=lambda name: (-self.names[name], -len(name), name), default="")

    def as_json(self) -> dict[str, Any]:
        """The entity as plain JSON values."""
        plain: _Plain = {
            "id": self.id,
            "type": self.type,
            "names": dict(self.names),
            "labels": dict(self.labels),
            "held": [[one.role, one.organisation, one.first, one.last, one.articles] for one in self.held],
            "outlets": dict(self.outlets),
            "companions": dict(self.companions),
            "places": dict(self.places),
            "pronouns": dict(self.pronouns),
            "first": self.first,
            "last": self.last,
            "articles": self.articles,
        }
        return cast("dict[str, Any]", plain)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Known:
        """The entity that :meth:`as_json` gave."""
        return cls(**{**values, "held": tuple(Held(*one) for one in values["held"])})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against, in words that a reader understands, and its weight."""

    why: str
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that an appearance may be of: the sum of the reasons' weights, and the reasons."""

    id: str
    score: float
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of an appearance.

    "same": it is of the entity ``id``. "unsure": it may be of one of ``candidates``, the likeliest
    first, and a person should say. "new": nothing known is like it.
    """

    verdict: Verdict
    id: str | None = None
    score: float = 0.0
    because: tuple[Reason, ...] = ()
    candidates: tuple[Match, ...] = ()


def _office_of(one: Appearance) -> list[Held]:
    return [Held(one.role, one.organisation, one.day, one.day)] if one.role or one.organisation else []


def _more(counts: Counts, keys: Iterable[str]) -> Counts:
    made = dict(counts)
    for key in sorted(keys):
        made[key] = made.get(key, 0) + 1
    return made


def _sum(counts: Counts, others: Counts) -> Counts:
    made = dict(counts)
    for key, count in others.items():
        made[key] = made.get(key, 0) + count
    return made


def _pruned(counts: Counts) -> Counts:
    if len(counts) <= 2 * MOST_COMPANIONS:
        return counts
    kept = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_COMPANIONS]
    return {key: counts[key] for key in sorted(kept)}


def _held(all_held: Iterable[Held]) -> tuple[Held, ...]:
    """Offices, those of the same words as one, by when they were last held."""
    made: dict[tuple[str, str], Held] = {}
    for one in all_held:
        key = ((one.role or "").casefold(), (one.organisation or "").casefold())
        if key in made:
            before = made[key]
            days = [day for day in (before.first, before.last, one.first, one.last) if day]
            made[key] = replace(
                before,
                first=min(days, default=None),
                last=max(days, default=None),
                articles=before.articles + one.articles,
            )
        else:
            made[key] = one
    # Last the one last held; what no article dates counts as long ago.
    by_last = sorted(made.values(), key=lambda one: (one.last or "", one.articles, one.role or ""))
    return tuple(by_last[-MOST_ROLES:])
