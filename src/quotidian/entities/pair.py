"""Two entities side by side: everything that the clues ask of them, worked out once."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from quotidian.entities import bodies, offices, people
from quotidian.entities.bodies import BodyName, body_name
from quotidian.entities.folding import fold, fold_body
from quotidian.entities.people import PersonName, person_name
from quotidian.entities.values import Known

# An entity named beside more others than this shares some with anybody by chance.
_MANY_COMPANIONS = 40
# Then so large a share of the companions of the one less known must be shared.
_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Names:
    """The two names that go together most plainly, and how."""

    level: people.Level | bodies.Level
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The two offices that go together best, in words, and how."""

    level: offices.Level
    one: str
    other: str


@dataclass(frozen=True, eq=False)
class Pair:
    """``one`` is the less known of the two, ``other`` what the archive has.

    ``common`` are folded names so frequent in the archive that sharing them tells nothing.
    """

    one: Known
    other: Known
    common: Container[str] = frozenset()

    @property
    def of_people(self) -> bool:
        """Whether the two are people."""
        return self.one.type == "person"

    @cached_property
    def names(self) -> Names | None:
        """How their names go together; None where they do not, or speak against each other."""
        if (self.one.type == "person") != (self.other.type == "person"):
            return None
        return self._of_people() if self.of_people else self._of_bodies()

    def _of_people(self) -> Names | None:
        best: Names | None = None
        for mine, name in _people(self.one):
            for others, known in _people(self.other):
                level = people.together(name, known)
                if level is None:
                    if name.spelt_out and known.spelt_out:
                        return None
                elif best is None or people.LEVELS.index(level) < people.LEVELS.index(best.level):
                    best = Names(level, mine, others)
        return best

    def _of_bodies(self) -> Names | None:
        best: Names | None = None
        for mine, name in _bodies(self.one):
            for others, known in _bodies(self.other):
                level = bodies.together(
                    name,
                    known,
                    bodies.acronyms(tuple(self.one.labels), name),
                    bodies.acronyms(tuple(self.other.labels), known),
                )
                if level != "same" and self.one.type != self.other.type:
                    continue
                if level in {"shorter", "initials"} and self.one.type != "organisation":
                    continue  # "New Ostmere" is not Ostmere
                if level and (best is None or bodies.LEVELS.index(level) < bodies.LEVELS.index(best.level)):
                    best = Names(level, mine, others)
        return best

    @property
    def person(self) -> PersonName | None:
        """The name of ``one`` that goes together with the other's, taken apart."""
        return person_name(self.names.one) if self.names and self.of_people else None

    @property
    def suffixes(self) -> tuple[str | None, str | None]:
        """The "Jr." of either name."""
        if not self.names or not self.of_people:
            return None, None
        one, other = person_name(self.names.one), person_name(self.names.other)
        return (one.suffix if one else None), (other.suffix if other else None)

    @property
    def body(self) -> BodyName | None:
        """The fuller of the two names that go together, taken apart."""
        if not self.names or self.of_people:
            return None
        both = [body_name(self.names.one), body_name(self.names.other)]
        return max((one for one in both if one), key=lambda one: len(one.words), default=None)

    @cached_property
    def offices(self) -> Offices | None:
        """How their offices go together: as well as any two of them do."""
        best: Offices | None = None
        for mine in self.one.held:
            for others in self.other.held:
                if not mine.role or not others.role:
                    continue
                one = offices.office(mine.role, mine.organisation)
                other = offices.office(others.role, others.organisation)
                level = offices.together(one, other) if one and other else None
                if level and (best is None or offices.LEVELS.index(level) < offices.LEVELS.index(best.level)):
                    best = Offices(level, mine.role, others.role)
        return best

    @cached_property
    def organisation(self) -> str | None:
        """A body to which articles of both say that they belong."""
        theirs = [name for held in self.other.held if (name := _body(held.organisation))]
        for held in self.one.held:
            mine = _body(held.organisation)
            if mine and mine.kind != "generic":
                for other in theirs:
                    if (
                        mine.words == other.words
                        or mine.initials & {*other.words[:1]}
                        or (other.initials & {*mine.words[:1]})
                    ):
                        return held.organisation
        return None

    @cached_property
    def companions(self) -> tuple[str, ...]:
        """Those named beside both, as far as it tells something: the best known first."""
        mine, others = self.one.companions, self.other.companions
        if len(mine) > len(others):
            mine, others = others, mine
        own = {fold(name) for known in (self.one, self.other) for name in (*known.names, *known.labels)}
        own |= {fold_body(name) for known in (self.one, self.other) for name in known.names}
        own |= {fold_body(self.organisation or "")}
        telling = [name for name in mine if name not in self.common]
        shared = [name for name in telling if name in others and name not in own]
        if len(others) > _MANY_COMPANIONS and len(shared) < _SHARE * len(telling):
            return ()
        return tuple(sorted(shared, key=lambda name: (-others[name], name)))

    @cached_property
    def many_companions(self) -> str | None:
        """Somebody named beside both whom many are named beside."""
        mine, others = self.one.companions, self.other.companions
        return min((name for name in mine if name in others and name in self.common), default=None)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places named beside both."""
        return tuple(sorted(name for name in self.one.places if name in self.other.places))

    @property
    def without_a_place_in_common(self) -> bool:
        """Whether both have places beside them, and none is the other's."""
        return bool(self.one.places) and bool(self.other.places) and not self.places

    @cached_property
    def outlet(self) -> str | None:
        """An outlet that has named both."""
        return next((name for name in self.one.outlets if name in self.other.outlets), None)

    @cached_property
    def days_apart(self) -> int | None:
        """How many days lie between the articles of one and those of the other; None where undated."""
        one, other = self.one, self.other
        if not (one.first and one.last and other.first and other.last):
            return None
        if one.last < other.first:
            return _days(one.last, other.first)
        return _days(other.last, one.first) if other.last < one.first else 0

    @property
    def pronouns_differ(self) -> bool:
        """Whether articles call the one "he" and the other "she"."""
        return {_called(self.one), _called(self.other)} == {"he", "she"}


def _people(known: Known) -> list[tuple[str, PersonName]]:
    return [(name, parsed) for name in known.names if (parsed := person_name(name))]


def _bodies(known: Known) -> list[tuple[str, BodyName]]:
    return [(name, parsed) for name in known.names if (parsed := body_name(name))]


def _body(name: str | None) -> BodyName | None:
    return body_name(name) if name else None


def _called(known: Known) -> str | None:
    he, she = known.pronouns.get("he", 0), known.pronouns.get("she", 0)
    return "he" if he > 3 * she else "she" if she > 3 * he else None


def _days(before: str, after: str) -> int | None:
    try:
        return (date.fromisoformat(after) - date.fromisoformat(before)).days
    except ValueError:
        return None
