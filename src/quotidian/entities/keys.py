"""Keys under which entities that may be one find each other, so that few need be compared."""

from __future__ import annotations

from quotidian.entities.bodies import BodyName, acronyms, body_name
from quotidian.entities.folding import skeleton
from quotidian.entities.lexicon import LISTS, full_given_names
from quotidian.entities.people import PersonName, person_name
from quotidian.entities.values import Appearance, Known

# Initials of fewer letters are those of too many names.
_SHORTEST_INITIALS = 2


def keys(one: Appearance | Known) -> frozenset[str]:
    """The keys to keep an entity under: those of all its appearances together.

    >>> sorted(keys(Appearance(type="person", name="Bill Lund")))
    ['person:lund', 'person:lund b', 'person:lund w', 'person~lnt b']
    """
    if one.type == "person":
        return frozenset(key for name in _people(one) for key in _of_person(name))
    return frozenset(key for body in _bodies(one) for key in _kept(body, tuple(one.labels)))


def _kept(body: BodyName, labels: tuple[str, ...]) -> set[str]:
    found = _of_body(body) | {f"acronym:{one}" for one in acronyms(labels, body)}
    if len(body.words) > 1:
        found.add(f"last:{body.words[-1]}")
        found |= _chief(body)
        found |= {f"initials:{one}" for one in body.initials if len(one) >= _SHORTEST_INITIALS}
    return found


def sought(one: Appearance | Known) -> frozenset[str]:
    """The keys under which to look for entities that this one may be.

    They are fewer than :func:`keys`: a full name looks for the same initial and surname and for
    entities that have the surname alone, not for all of that surname.

    >>> sorted(sought(Appearance(type="person", name="Lund")))
    ['person:lund']
    """
    if one.type == "person":
        return frozenset(key for name in _people(one) for key in _person_sought(name))
    return frozenset(key for body in _bodies(one) for key in _body_sought(body, tuple(one.labels)))


def _people(one: Appearance | Known) -> list[PersonName]:
    names = one.names if isinstance(one, Known) else [one.name]
    return [name for name in map(person_name, names) if name]


def _bodies(one: Appearance | Known) -> list[BodyName]:
    names = one.names if isinstance(one, Known) else [one.name]
    return [name for name in map(body_name, names) if name and name.kind != "generic"]


def _person_sought(name: PersonName) -> set[str]:
    if not name.given:
        return {f"person:{name.surname}", f"person:{name.surname.split()[-1]}"}
    surnames = {name.surname, name.surname.split()[-1], name.given[0]}
    return _with_given(name) | {f"person:{one} -" for one in surnames}


def _body_sought(body: BodyName, labels: tuple[str, ...]) -> set[str]:
    found = _of_body(body)
    if body.is_acronym:
        found |= {f"acronym:{body.words[0]}", f"initials:{body.words[0]}"}
    found |= {f"is acronym:{one}" for one in (*acronyms(labels, body), *body.initials)}
    if len(body.words) == 1 and body.words[0] not in LISTS["functional"]:
        found.add(f"last:{body.words[0]}")
    elif len(body.words) > 1:
        found.add(f"body:{body.words[-1]}")
        found |= _chief(body)
    return found


def _chief(body: BodyName) -> set[str]:
    """By which "Vell Assembly of Free Communes" and "Vell Assembly" find each other."""
    return {f"chief:{' '.join(body.chief or body.words)}"}


def _of_person(name: PersonName) -> set[str]:
    last = name.surname.split()[-1]
    found = {f"person:{name.surname}", f"person:{last}"}
    if not name.given:
        return found | {f"person:{name.surname} -", f"person:{last} -"}
    # "Xi" of "Xi Jinping" may stand alone; first names that English has shorter forms of seldom do.
    if name.given[0] not in full_given_names() and len(name.given[0]) > 1:
        found.add(f"person:{name.given[0]}")
    return found | _with_given(name)


def _with_given(name: PersonName) -> set[str]:
    """Surname with initial, of the given name and of what it may be short for; and as it sounds."""
    given = name.given[0]
    last = name.surname.split()[-1]
    found = {f"person:{name.surname} {one[0]}" for one in full_given_names().get(given, {given})}
    if len(name.given) > 1 and len(given) == 1:
        found.add(f"person:{name.surname} {name.given[1][0]}")
    found.add(f"person:{name.surname} {given[0]}")
    if len(given) > 1:
        found.add(f"person~{skeleton(last)} {given[0]}")
    return found


def _of_body(body: BodyName) -> set[str]:
    found = {"body:" + " ".join(sorted(body.words))}
    if body.is_acronym:
        found.add(f"is acronym:{body.words[0]}")
    # "Health Ministry" may be the "Ministry of Health and Welfare".
    heads = sorted(set(body.words) & LISTS["heads"])
    found |= {f"{heads[0]}:{word}" for word in body.words if heads and word not in LISTS["heads"]}
    return found
