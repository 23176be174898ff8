"""Whether two reports name the same speaker, compatible ones, or two different people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quotidian.entities import bodies, people
from quotidian.trace.meaning import SMALL
from quotidian.trace.values import Voice
from quotidian.trace.words import forms, stem

# Names that go together so loosely that another clue has to agree.
_LOOSE = frozenset({"first", "part"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two voices go together: 1 the same name, 0 nothing known, -1 two different names."""

    score: float
    why: str


_UNKNOWN = Agreement(0.0, "nothing tells whether the same one speaks")


@lru_cache(maxsize=65_536)
def agreement(a: Voice, b: Voice) -> Agreement:
    """Whether two voices may be one. Symmetric; knows only what the two articles say."""
    found = [_of(x, y) for x in _named(a) for y in _named(b)]
    if any(score > 0.9 for score, _ in found):
        return Agreement(*max(found))
    shared = _shared(a, b)
    if shared:
        return shared
    if found:
        best = max(found)
        if best[0] > 0:
            return Agreement(*best)
    maybe = [_of(x, y) for x in _all(a) for y in _all(b)]
    if any(score > 0.6 for score, _ in maybe):
        return Agreement(0.6, "it may be the same speaker")
    if found and all(score < 0 for score, _ in found):
        return Agreement(*max(found))
    return _UNKNOWN


def _named(voice: Voice) -> list[tuple[str, str]]:
    """The names that a voice surely has, each with its kind."""
    names = [voice.name] if voice.name and voice.kind in ("person", "organisation", "document") else []
    return [(voice.kind, name) for name in (*names, *voice.also) if name]


def _all(voice: Voice) -> list[tuple[str, str]]:
    return _named(voice) + [("person", name) for name in voice.maybe]


def _of(a: tuple[str, str], b: tuple[str, str]) -> tuple[float, str]:
    (kind, name), (other_kind, other) = a, b
    if name == other:
        return 1.0, f"both name {name}"
    if kind == other_kind == "person":
        return _of_people(name, other)
    if kind == "document" or other_kind == "document":
        words, others = _telling(name), _telling(other)
        if words & others:
            return 0.7, f"{name} and {other} may be one"
        # Who speaks in a video or a letter, the words that name it need not tell.
        return 0.0, f"{name} and {other} may be two"
    if kind == other_kind == "organisation":
        one, two = bodies.body_name(name), bodies.body_name(other)
        if one and two and bodies.together(one, two):
            return 1.0, f"{name} and {other} are one"
        if _telling(name) & _telling(other):
            return 0.5, f"{name} and {other} may be one"
        return -0.7, f"{name} and {other} are two"
    return -0.3, f"{name} and {other} are not the same"


def _of_people(name: str, other: str) -> tuple[float, str]:
    one, two = people.person_name(name), people.person_name(other)
    if one is None or two is None:
        return 0.0, _UNKNOWN.why
    level = people.together(one, two)
    if level is None:
        return -1.0, f"{name} and {other} are two people"
    return (0.8 if level in _LOOSE else 1.0), f"{name} and {other} go together"


def _shared(a: Voice, b: Voice) -> Agreement | None:
    """A body and who speaks for it; or the same office, unnamed in one of them."""
    for voice, other in ((a, b), (b, a)):
        theirs = _words_of(other)
        for kind, name in _named(voice):
            if kind == "organisation" and _telling(name) and _telling(name) <= theirs:
                return Agreement(0.6, f"one speaks for {name}")
    if not (_named(a) and _named(b)):
        common = _words_of(a) & _words_of(b)
        if common:
            return Agreement(0.3, "what is said of the speaker agrees: " + ", ".join(sorted(common)))
    return None


def _words_of(voice: Voice) -> frozenset[str]:
    """Stems of all words that say who a voice is."""
    texts = (voice.name, voice.role, voice.organisation, voice.source)
    return frozenset(word for text in texts if text for word in _telling(text))


@lru_cache(maxsize=65_536)
def _telling(text: str) -> frozenset[str]:
    return frozenset(stem(form) for form in forms(text) if form not in SMALL)


def keys(voice: Voice) -> frozenset[str]:
    """What two voices must have in common to be worth comparing: last words of names, words of offices."""
    return frozenset(_keys(voice))


def _keys(voice: Voice) -> Iterator[str]:
    for kind, name in _all(voice):
        if kind == "person":
            found = people.person_name(name)
            if found:
                yield found.surname.split()[-1]
        else:
            yield from _telling(name)
    if voice.kind != "person" or not voice.name:
        yield from _words_of(voice)
    elif voice.organisation:
        yield from _telling(voice.organisation)
